"""What patterns find, by the cases in the text file, to which anyone may add."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.lookup.index import FormulaIndex
from blogkit.lookup.pattern import read_pattern

CASES = read_cases(Path(__file__).with_name("patterns.txt"), 4)


def found(pattern: str, formula: str) -> str:
    for hit in FormulaIndex.build([("f", formula)]).find(pattern):
        bindings = [f"{name} = {latex}" for name, latex in hit.bindings.items()]
        return "\n".join([f"{hit.match}: {hit.matched_span.of(formula)}", *bindings])
    return "no hit"


@pytest.mark.parametrize(("pattern", "formula", "expected"), CASES)
def test_pattern(pattern: str, formula: str, expected: str) -> None:
    assert expected == found(pattern, formula)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"?a + \frac{x}{y", r"15-15 expected '}' to close \frac, found end of formula"),
        ("  ", "0-2 expected a formula, found nothing that could be looked up"),
        (r"\qvar{abc}+{", "12-12 expected '}' to close '{', found end of formula"),
    ],
)
def test_problems_are_told_at_their_place_in_the_pattern(pattern: str, expected: str) -> None:
    problem = read_pattern(pattern).problems[0]
    assert expected == f"{problem.span.start}-{problem.span.end} {problem.message}"


def test_a_pattern_that_is_too_long_is_read_as_far_as_allowed() -> None:
    problem = read_pattern("x" * 20_001).problems[0]
    assert problem.message == "expected a pattern of at most 20000 characters, found 20001"


def test_wildcards_are_listed_as_typed_once_each() -> None:
    assert read_pattern(r"?a + ?num1 + \qvar{b} + ?a + ?").wildcards == ("?a", "?num1", "?b")


def test_a_private_character_in_a_pattern_is_no_wildcard() -> None:
    assert found("\ue000 + ?a", "\ue000 + y") == "exact: \ue000 + y\n?a = y"
