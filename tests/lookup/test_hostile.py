"""LaTeX and patterns made to hurt: deep, wide, long, with many ways to match. Time is bounded."""

import time

import pytest

from blogkit.lookup.index import FormulaIndex

HOSTILE = {
    "deep parentheses": "(" * 5_000 + "x" + ")" * 5_000,
    "deep braces": "{" * 9_000 + "x" + "}" * 9_000,
    "deep fractions": r"\frac{1}{1+" * 300 + "x" + "}" * 300,
    "deep fences": r"\left(" * 200 + "x" + r"\right)" * 200,
    "deep switches": r"{\bf {\color{red}{" * 90 + "x" + "}}}" * 90,
    "deep functions": r"\sin " * 3_000 + "x",
    "deep sums": r"\sum_i " * 2_000 + "x",
    "deep slashes": "a/b c" * 3_000,
    "long names": "sin" * 4_000,
    "many bars": "|" * 5_001,
    "many primes": "f" + "'" * 5_000,
    "many factorials": "n" + "!" * 5_000,
    "unmatched": "x)" * 3_000 + "(x" * 3_000,
    "open applications": "f(" * 5_000,
    "many integrals": r"\int " * 1_000 + "x" + "dx" * 1_000,
    "wide sum": "+".join(f"x_{n}" for n in range(3_000)),
}


@pytest.mark.parametrize("latex", HOSTILE.values(), ids=HOSTILE)
def test_hostile_formulas_find_themselves_in_time(latex: str) -> None:
    start = time.process_time()
    best = FormulaIndex.build([("other", "y"), ("hostile", latex)]).find(latex).hits[0]
    assert (best.id, best.match) == ("hostile", "exact")
    assert time.process_time() - start < 4


def test_a_sum_of_ten_thousand_terms_is_read_in_time() -> None:
    start = time.process_time()
    index = FormulaIndex.build([("wide", "+".join(f"x_{n}" for n in range(10_000)))])
    assert index.find("x_1 + x_2").hits[0].match == "similar"  # wider than is tried
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    ("pattern", "formula"),
    [
        ("+".join(["x"] * 50), "+".join(["y"] * 50)),
        ("+".join(f"?a{n}" for n in range(40)) + "+q", "+".join(f"x_{n}" for n in range(80))),
        ("+".join(f"?a^{n}" for n in range(30)), "+".join(f"x_{n}^{n + 1}" for n in range(30))),
        ("+".join(f"{c} {d}" for c in "abcdefgh" for d in "stuvw"),
         "+".join(f"{c} {d}" for c in "ABCDEFGH" for d in "STUVW") + "+1"),
        ("+".join(["?"] * 60), "+".join(["x", "y"] * 40)),
    ],
    ids=["equal terms", "wildcards", "powers", "pairs", "anything"],
)  # fmt: skip
def test_many_ways_to_match_are_tried_in_time(pattern: str, formula: str) -> None:
    start = time.process_time()
    FormulaIndex.build([("a", formula)]).find(pattern)
    assert time.process_time() - start < 2


def test_fifty_equal_terms_are_recognised_when_renamed() -> None:
    index = FormulaIndex.build([("a", "+".join(["y"] * 50))])
    assert index.find("+".join(["x"] * 50)).hits[0].match == "renamed"


def test_a_formula_that_is_no_unicode_is_found() -> None:
    """Regression: the fuzzer of the query parser found a lone surrogate that ended in an error."""
    assert FormulaIndex.build([("a", "\ud800+1")]).find("\ud800+1").hits[0].match == "exact"
