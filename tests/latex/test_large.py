"""Long and deep formulas: linear time, and trees that a walk may recurse into."""

import pytest
from costs import grows_with_length, processor_seconds

from blogkit.latex import Node, parse, to_latex

DEEP = 10_000
OPENINGS = (
    "{", "\\frac{", "\\left(", "x_{", "x^", "\\sqrt[", "\\sqrt", "\\hat", "\\text{", "\\text{$",
    "\\begin{matrix}", "\\mathbf ", "\\bf\\displaystyle ", "\\begingroup ", "\\substack{", "}",
    "\\right)",    "\\end{a}", "&", "$", "{a\\over ", "\\label{", "\\def\\a#1{", "\\\\[", "'",
)  # fmt: skip


def depth(node: Node) -> int:
    return 1 + max(map(depth, node.children), default=0)


@pytest.mark.parametrize("opening", OPENINGS)
def test_ten_thousand_deep(opening: str) -> None:
    parsed = parse(opening * DEEP)
    assert depth(parsed.tree) <= 302
    assert any(problem.severity == "error" for problem in parsed.problems) or opening in "\\'"
    printed = to_latex(parsed.tree)
    assert printed == to_latex(parse(printed).tree)


def test_closed_groups_ten_thousand_deep_are_one_error() -> None:
    parsed = parse("{" * DEEP + "x" + "}" * DEEP)
    assert [problem.code for problem in parsed.problems] == ["too-deep"]


def test_one_hundred_levels_are_read() -> None:
    assert parse("{" * 99 + "x" + "}" * 99).problems == ()


@pytest.mark.parametrize("piece", ["x", "\\alpha_1 + ", "\\frac{a}{b}", "}", "\\text{梯度 a}"])
def test_one_megabyte(piece: str, is_long: bool) -> None:
    """The long form has all of it; the short one an eighth, of which half takes half as long."""
    count = 1_000_000 // len(piece)
    if is_long:
        assert processor_seconds(lambda: parse(piece * count)) < 20
    else:
        assert grows_with_length(lambda n: parse(piece * n), count // 8)


def test_a_macro_that_doubles_itself_ends() -> None:
    problems = parse(r"\def\a{\a\a}\a").problems
    assert problems[0].code == "expansion-limit"
