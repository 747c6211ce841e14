"""Ellipses as sums over an index, where the rule is clear, and left alone where it is not."""

import pytest

from blogkit.formula import build, to_sexpr
from blogkit.latex import parse
from blogkit.meaning.trees.instances import unroll


def unrolled(latex: str) -> str:
    return to_sexpr(unroll(build(parse(latex).tree).tree)).replace("index:k", "K")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"1 + 2 + \cdots + n", "(sum :for K :from 1 :to n :of K)"),
        (r"x_1 + \dots + x_n", "(sum :for K :from 1 :to n :of (index x K))"),
        (r"a_1 a_2 \cdots a_n", "(product :for K :from 1 :to n :of (index a K))"),
        (r"\max(x_1, \dots, x_n)", "(max :for K :from 1 :to n :of (index x K))"),
        (
            r"1 + x + x^2 + \cdots + x^n",
            "(sum :for K :from 0 :to n :of (power x K))",
        ),
        (r"1 + 2 + 4 + \cdots + 2^n", "(sum :for K :from 0 :to n :of (power 2 K))"),
        (
            r"a_0 + a_1 x + \cdots + a_n x^n",
            "(sum :for K :from 0 :to n :of (times (index a K) (power x K)))",
        ),
    ],
)
def test_clear_rules_become_sums(latex: str, expected: str) -> None:
    assert expected == unrolled(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"1 + 3 + \cdots + (2n - 1)",
        r"1 + 2 + \cdots + 2^n",
        r"2 + \cdots + 2 n",
        r"x_1 + x_3 + \cdots + x_n",
        r"x + y + \cdots + z",
    ],
)
def test_unclear_rules_stay(latex: str) -> None:
    assert "…" in unrolled(latex)
