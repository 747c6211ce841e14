"""An equation in another form comes before a copy of it in which something was changed."""

import pytest

from blogkit.lookup.index import FormulaIndex
from blogkit.lookup.normal.form import normal_form
from blogkit.lookup.residues import are_same, contradict, equations

REWRITTEN = [
    ("V - E + F = 2", "V + F = 2 + E", ["V - E + F = 3", "V + F = E", "V + E + F = 2"]),
    (
        r"|A\cup B| = |A| + |B| - |A\cap B|",
        r"|A\cup B| + |A\cap B| = |A| + |B|",
        [r"|A\cup B| = |A| + |B| + |A\cap B|"],
    ),
    (r"a \sin\beta = b \sin\alpha", r"\frac{\sin\alpha}{a} = \frac{\sin\beta}{b}", [
        r"a \sin\alpha = b \sin\alpha", r"a \cos\beta = b \sin\alpha",
    ]),
    (r"e^{i\pi} = -1", r"e^{i\pi} + 1 = 0", [r"e^{i\pi} = 1", r"e^{\pi} = -1"]),
    (r"x - y \le \frac{z}{2}", r"x \le y + 0.5 z", [r"x - y \le \frac{z}{3}"]),
    (r"(p+q)^2 = r", r"p^2 + 2pq + q^2 = r", [r"(p-q)^2 = r", r"(p+q)^3 = r"]),
    (r"\forall p,q: (p+q)(p-q) = s", "p^2 - q^2 = s", [r"\forall p,q: (p+q)(p+q) = s"]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "true", "false"), REWRITTEN)
def test_a_rewriting_comes_before_changed_copies(pattern: str, true: str, false: list[str]) -> None:
    index = FormulaIndex.build([*((f"false {n}", x) for n, x in enumerate(false)), ("true", true)])
    assert next(iter(index.find(pattern))).id == "true"


def test_a_copy_that_contradicts_comes_behind_what_is_said_of_another_sum() -> None:
    changed, other = r"\sum_{k=1}^n k = \frac{n(n-1)}{2}", r"\sum_{k=1}^n 2k = n(n+1)"
    index = FormulaIndex.build([("changed", changed), ("other", other)])
    hits = index.find(r"\sum_{k=1}^n k = \frac{n(n+1)}{2}")
    assert [hit.id for hit in hits] == ["other", "changed"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a = b", "2a = 2b", "same"),
        (r"\frac{a}{b} = c", "a = bc", "same"),
        ("x = 0", "y = 0", "neither"),
        ("x = 1", "x = 2", "neither"),
        (r"\sum_k k = n^2", r"\sum_k k = n^3", "contrary"),
        (r"\zeta(2) = \frac{\pi^2}{6}", r"\zeta(2) = \sum_n n^{-2}", "neither"),
        ("a < b", "b < a", "neither"),
    ],
)
def test_what_arithmetic_says_of_two_equations(one: str, other: str, expected: str) -> None:
    [first], [second] = equations(normal_form(one)), equations(normal_form(other))
    said = {"same": are_same(first, second), "contrary": contradict(first, second)}
    assert [name for name, holds in said.items() if holds] == [
        name for name in said if name == expected
    ]


@pytest.mark.parametrize("latex", [r"\frac{1}{0} = x", "1" * 3000 + "=2", "x+1", r"x^{9^{9^9}}=1"])
def test_what_has_no_value_or_is_too_long_is_passed_over(latex: str) -> None:
    index = FormulaIndex.build([("same", latex)])
    assert [hit.id for hit in index.find(latex)] == ["same"]


def test_a_letter_that_also_stands_alone_may_be_a_factor_before_a_bracket() -> None:
    formulas = [("origin", r"\sin x \le 4x(\pi - x)"), ("copy", r"\sin Y \le 3Y(\pi - Y)")]
    first = next(iter(FormulaIndex.build(formulas).find(r"\sin Y \le 4Y(\pi - Y)")))
    assert (first.id, first.match) == ("origin", "renamed")


def test_pi_is_a_factor_before_a_sum_and_a_function_of_a_letter() -> None:
    index = FormulaIndex.build([("factor", r"\cos(\pi(n+z))"), ("function", r"\pi(x) = n")])
    assert next(iter(index.find(r"\cos((n+z)\pi)"))).match == "exact"
    assert next(iter(index.find(r"\pi(y) = m"))).id == "function"
