"""What trees become in SymPy, and what is refused."""

import pytest
from proof_questions import ask

from blogkit.check.algebra.claims import read_claim
from blogkit.formula import build, to_sexpr
from blogkit.latex import parse
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.instances import without_ellipses


def conditions_of(latex: str, *assume: str) -> tuple[str, ...]:
    return read_claim(ask(latex, *assume)).printed


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ((r"\frac{x}{x} = 1",), (r"x \neq 0",)),
        ((r"\frac{a}{b} = 1", "b > 0"), ()),
        ((r"\log x = 1",), ("x > 0",)),
        ((r"\log(x-1) = 1",), ("x > 1",)),
        ((r"\sqrt{x} = 1",), (r"x \geq 0",)),
        ((r"\frac{1}{\sqrt x} = 1",), ("x > 0",)),
        ((r"\tan x = 1",), (r"\cos{\left(x \right)} \neq 0",)),
        ((r"\log z = 1", r"z,w \in \mathbb{C}"), (r"z \neq 0",)),
        ((r"\sqrt z = 1", r"z,w \in \mathbb{C}"), ()),
        ((r"\log \sum_{i=1}^n e^{x_i} = 1",), ()),
        ((r"\sum_{k=0}^n y^{n-k} = 1",), ()),
        ((r"x^{-1} = 1",), (r"x \neq 0",)),
        ((r"\arcsin x = 1",), (r"x^{2} \leq 1",)),
    ],
)
def test_conditions_are_noted_before_anything_cancels(
    case: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert conditions_of(*case) == expected


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ((r"\frac{1}{0} = 1",), "a part is defined nowhere: it needs 0 ≠ 0"),
        ((r"9^{9^{9^9}} = 1",), "a power has too many digits"),
        ((r"10^9! = 1",), "a factorial has too many digits"),
        ((r"\frac{d}{dx} |x| = 1",), "a derivative of what may have none"),
        ((r"\log(-1) = 1",), "a part is defined nowhere: it needs -1 > 0"),
    ],
)
def test_what_has_no_exact_counterpart_is_refused(case: tuple[str, ...], reason: str) -> None:
    with pytest.raises(NotApplicable) as caught:
        read_claim(ask(*case))
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x_1 + \dots + x_n", "(sum :for i :from 1 :to n :of (index x i))"),
        (r"1 + 2 + \cdots + n", "(sum :for i :from 1 :to n :of i)"),
        (r"1^2 + 2^2 + \cdots + n^2", "(sum :for i :from 1 :to n :of (power i 2))"),
        (r"n (n-1) \cdots 1", "(product :for i :from 1 :to n :of i)"),
        (r"\max(x_1, \dots, x_n)", "(max :for i :from 1 :to n :of (index x i))"),
        (
            r"x_1 y_1 + \dots + x_n y_n",
            "(sum :for i :from 1 :to n :of (times (index x i) (index y i)))",
        ),
    ],
)
def test_dots_become_a_range(latex: str, expected: str) -> None:
    assert to_sexpr(without_ellipses(build(parse(latex).tree).tree)) == expected


@pytest.mark.parametrize(
    "latex", [r"1 + 2 + \cdots + 2^n", r"1 + 3 + \cdots + n", r"1 + \cdots + n", r"x + \dots + y"]
)
def test_dots_without_a_certain_rule_stay(latex: str) -> None:
    tree = build(parse(latex).tree).tree
    assert without_ellipses(tree) == tree
