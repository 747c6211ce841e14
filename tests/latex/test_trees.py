"""Trees and problems of the cases in the text files, to which anyone may add."""

from pathlib import Path

import pytest
from cases import read_parts
from layout_dump import dump

from blogkit.latex import parse, to_latex

TREES = read_parts(Path(__file__).with_name("trees.txt"))
PROBLEMS = read_parts(Path(__file__).with_name("problems.txt"))


@pytest.mark.parametrize(("latex", "expected"), [c[1:] for c in TREES], ids=[c[0] for c in TREES])
def test_tree(latex: str, expected: str) -> None:
    assert expected == dump(parse(latex).tree)


@pytest.mark.parametrize("latex", [case[1] for case in TREES + PROBLEMS])
def test_printing_what_was_printed_changes_nothing(latex: str) -> None:
    printed = to_latex(parse(latex).tree)
    assert printed == to_latex(parse(printed).tree)


@pytest.mark.parametrize("case", PROBLEMS, ids=[f"{c[0]}: {c[1][:30]}" for c in PROBLEMS])
def test_problems(case: tuple[str, str, str]) -> None:
    _, latex, expected = case
    found = [
        f"{p.code} {p.severity} {p.span.start}-{p.span.end} {p.message}"
        for p in parse(latex).problems
    ]
    assert expected.split("\n") == found


def test_control_characters_are_errors() -> None:
    (problem,) = parse("a\x00b").problems
    assert problem.code == "invalid-character"
    assert problem.message == "expected a character that can be set, found U+0000"


def test_macros_are_carried_to_the_next_formula() -> None:
    first = parse(r"\newcommand{\R}{\mathbb{R}}")
    second = parse(r"x\in\R", macros=first.macros)
    assert to_latex(second.tree) == r"x\in\mathbb{R}"
    assert second.problems == ()


def test_nodes_of_a_macro_bear_the_span_of_the_call() -> None:
    latex = r"\def\half{\frac12}a\half"
    (fraction,) = (n for n in parse(latex).tree.items if type(n).__name__ == "Fraction")
    assert fraction.span.of(latex) == r"\half"
