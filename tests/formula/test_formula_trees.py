"""Readings of usual notation, from a text file; and that every display of the seeds is there."""

import re
from pathlib import Path

import pytest
from cases import read_parts

from blogkit.formula import build, to_sexpr
from blogkit.latex import parse

SEEDS = Path(__file__).parents[2] / "seeds"
CASES = read_parts(Path(__file__).with_name("trees.txt"))
DISPLAY = re.compile(r"\\begin\{equation\}.*?\\end\{equation\}", re.S)


def read(latex: str) -> str:
    return to_sexpr(build(parse(latex).tree).tree)


@pytest.mark.parametrize(("latex", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_reading(latex: str, expected: str) -> None:
    assert expected == read(latex)


def test_titles_are_unique() -> None:
    titles = [title for title, _, _ in CASES]
    assert sorted(set(titles)) == sorted(titles)


def test_every_display_of_the_seeds_is_a_case() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    displays = {display for text in texts for display in DISPLAY.findall(text)}
    assert displays - {latex for _, latex, _ in CASES} == set()
    assert len(displays) == 15


def test_no_display_of_the_seeds_has_an_opaque_part() -> None:
    cases = [case for case in CASES if case[0].startswith("seed ")]
    assert [title for title, latex, _ in cases if build(parse(latex).tree).opaque_count] == []


SAME = [
    (r"\frac{a}{b}", "a/b"),
    (r"\left(a+b\right)^2", "(a+b)^2"),
    (r"\mathbf{x}", r"{\bf x}"),
    (r"\hat{v_t}", r"\hat v_t"),
    (r"a \le b", r"a \leq b"),
    (r"\text{softmax}(x)", r"\operatorname{softmax}(x)"),
    (r"\|x\|_2", r"\left\Vert x \right\Vert_{2}"),
    (r"\arg\min_x f(x)", r"\mathop{\arg\min}\limits_{x} f(x)"),
    (r"p(y \mid x)", r"p(y|x)"),
    (r"a \cdot b", "ab"),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b = c"),
    (r"x = 1 \label{eq:a}", "x = 1."),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_typography_makes_no_difference(left: str, right: str) -> None:
    assert build(parse(left).tree).tree == build(parse(right).tree).tree
