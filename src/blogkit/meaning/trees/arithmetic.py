r"""Sums, products, quotients and small powers, whatever the numbers are: fractions, balls, ratios.

A reader says what the parts are that are none, and asks here for the rest:

    def value(tree):
        return known[tree] if tree in known else arithmetic(tree, value, Fraction)

Imports the operator tree only.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from blogkit.formula import Apply, Number, Tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self


class Summand(Protocol):
    """What can be added, multiplied and divided."""

    def __add__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...
    def __neg__(self) -> Self: ...


Value = TypeVar("Value", bound=Summand)

_POWERS: Final = frozenset("0123456")
"""The exponents that are multiplied out."""

COMPARISONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "<": operator.lt,
    "≤": operator.le,
    ">": operator.gt,
    "≥": operator.ge,
}
"""Signs between numbers."""


def arithmetic(
    tree: Tree, value: Callable[[Tree], Value], number: Callable[[Fraction], Value]
) -> Value | None:
    """The value of a number, sum, difference, product, quotient or small power; else None.

    Args:
        tree: What is read.
        value: The value of a part.
        number: A number as a value.

    >>> square = Apply("power", (Number("3"), Number("2")))
    >>> half = Apply("divide", (square, Number("2")))
    >>> def value(tree): return arithmetic(tree, value, Fraction)
    >>> value(half)
    Fraction(9, 2)
    """
    match tree:
        case Number(text=text) if text.replace(".", "", 1).isdigit():
            return number(Fraction(text))
        case Apply(operator="plus", args=args):
            return reduce(operator.add, map(value, args))
        case Apply(operator="minus", args=(inner,)):
            return -value(inner)
        case Apply(operator="times", args=args):
            return reduce(operator.mul, map(value, args))
        case Apply(operator="divide", args=(above, below)):
            return value(above) / value(below)
        case Apply(operator="power", args=(base, Number(text=text))) if text in _POWERS:
            return reduce(operator.mul, [value(base)] * int(text), number(Fraction(1)))
    return None
