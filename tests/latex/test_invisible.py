r"""Characters that nobody sees mean nothing, wherever they stand, and are told as a problem."""

import pytest

import blogkit
from blogkit.formula import build
from blogkit.latex import parse, to_latex, walk
from blogkit.latex.lexer import tokenize
from blogkit.lint import find_problems

UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2061\u2062\u2064\u2066"
    "\u2069\ufe00\ufe0f\ufeff\U000e0100"
)
FORMULAS = [
    r"\frac{a}{b} + 1000 \leq \alpha_{12}^{2}",
    r"\operatorname{rank} A = 3.14",
    r"\begin{pmatrix} 1 & x \\ y & 2 \end{pmatrix}",
    r"\left( x \right) = \text{for all } y",
    r"矩阵 = \mathbf{A}",
]


@pytest.mark.parametrize("char", UNSEEN, ids=lambda char: f"U+{ord(char):04X}")
@pytest.mark.parametrize("latex", FORMULAS)
def test_what_nobody_sees_changes_no_reading_wherever_it_stands(latex: str, char: str) -> None:
    plain = build(parse(latex).tree).tree
    for place in range(len(latex) + 1):
        hidden = latex[:place] + char + latex[place:]
        assert to_latex(parse(hidden).tree) == to_latex(parse(latex).tree)
        assert build(parse(hidden).tree).tree == plain
        (problem,) = (p for p in find_problems(hidden) if p.code == "invisible-character")
        assert problem.span.of(hidden) == char


def test_one_that_parts_a_command_from_a_letter_is_a_space_there() -> None:
    latex = "\\sin\u2061\u200bx + \\in\u2061fty"
    assert [(token.text, latex[token.start : token.end]) for token in tokenize(latex)] == [
        (r"\sin", r"\sin"),
        ("x", "x"),
        (" ", " "),
        ("+", "+"),
        (" ", " "),
        (r"\infty", "\\in\u2061fty"),
    ]


def test_tokens_stand_where_they_are_written() -> None:
    latex = "\u200bx\u200b = \\al\u00adpha\ufeff y"
    assert [(token.text, latex[token.start : token.end]) for token in tokenize(latex)] == [
        ("x", "x"),
        (" ", " "),
        ("=", "="),
        (" ", " "),
        (r"\alpha", "\\al\u00adpha"),
        ("y", "y"),
    ]


@pytest.mark.parametrize("text", ["👨\u200d👩", "❤\ufe0f", "می\u200cخواهم", "क\u094d\u200dष"])
def test_what_shapes_the_character_before_it_is_no_stray(text: str) -> None:
    latex = rf"\text{{{text}}}"
    assert to_latex(parse(latex).tree) == latex
    assert find_problems(latex) == ()


def test_a_formula_of_unseen_characters_only_is_empty() -> None:
    assert not [node for node in walk(parse(UNSEEN).tree) if node.children]
    assert to_latex(parse(UNSEEN).tree) == ""


@pytest.mark.parametrize(
    "latex", ["x\u200b=x", "\ufeffx+1\u2060000 = x+1000", "\\sin\u200e x=\\sin x"]
)
def test_equations_with_them_are_proved_and_the_characters_told(latex: str) -> None:
    report = blogkit.check_formula(latex)
    (result,) = report
    assert [s.verdict for s in result.statements] == ["proved"]
    assert {problem.code for problem in result.problems} == {"invisible-character"}
    assert all(s.latex.isascii() for s in result.statements)
