"""TeX ignores the spaces of the source, and so do both readings of a formula."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.formula import build, to_sexpr
from blogkit.latex import parse
from blogkit.latex.lexer import tokenize
from blogkit.lookup.index import FormulaIndex
from blogkit.lookup.normal.form import normal_form

PIECES = r"""
x y d p f E 12 0.5 .5 1.2.3 + - = := , ; ! / | || ... \! \, \; \quad \sin loss log \theta \Gamma
\partial \sum_{i=1}^n \int_0^1 \frac12 \sqrt[3]{x} \mathbb{E} \mathbf{x} \left(x\right)
\bigl(x\bigr) (a+b) (x) [x] \{x\} |x| _i ^2 ' \hat{x} {,} {x} {2} \dots \mathcal{L} \log \min
\to \in \Delta dx \nabla \begin{pmatrix}a&b\end{pmatrix}
"""
FORMULAS = st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=9).map("".join)
BLANKS = ("", " ", "  ", "\n", "\t", "%\n")


def spaced(latex: str, seed: int) -> str:
    """The same tokens with blanks, new lines and comments among them."""
    choice = random.Random(seed).choice
    pieces: list[str] = []
    in_name = False
    for token in tokenize(latex):
        in_name = (in_name or token.text in ("\\begin", "\\end")) and token.text != "}"
        needed = " " if len(token.text) > 1 and token.text[0] == "\\" else ""
        pieces += [token.text, needed if in_name else needed + choice(BLANKS)]
    return "".join(pieces)


def readings(latex: str) -> tuple[str, str]:
    return str(normal_form(latex).key), to_sexpr(build(parse(latex).tree).tree)


@settings(max_examples=300)
@given(FORMULAS, st.integers(0, 1000))
def test_spaces_of_the_source_change_no_reading(latex: str, seed: int) -> None:
    assert readings(latex) == readings(spaced(latex, seed))


SAME = [
    (r"p_\theta (x)", r"p_\theta(x)"),
    (r"\Gamma (x)", r"\Gamma(x)"),
    ("E [x]", "E[x]"),
    (r"I_6 \left(z\right)", "I_6(z)"),
    (r"f\left(x\right)", "f(x)"),
    (r"f \bigl(x \bigr)", "f(x)"),
    (r"f\,(x)", "f(x)"),
    (r"f\;(x)", "f(x)"),
    (r"f\!\left(x\right)", "f(x)"),
    (r"f~(x)", "f(x)"),
    (r"\mathcal{L} (\theta)", r"\mathcal{L}(\theta)"),
    ("P (A | B)", "P(A|B)"),
    ("s i n (x)", r"\sin(x)"),
    ("p | | q", "p||q"),
    ("| x | | y |", "|x||y|"),
    ("1 000 . 5", "1000.5"),
    ("1/2 n", "1/2n"),
]


@pytest.mark.parametrize(("written", "meant"), SAME)
def test_a_space_before_a_bracket_or_within_a_name_is_no_difference(
    written: str, meant: str
) -> None:
    assert FormulaIndex.build([("s", written)]).find(meant).hits[0].match == "exact"
    assert readings(written)[0] == readings(meant)[0]


def test_a_wide_space_parts_a_formula_from_its_number() -> None:
    assert FormulaIndex.build([("s", r"f\quad(x)")]).find("f(x)").hits[0].match != "exact"
