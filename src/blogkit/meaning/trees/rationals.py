"""Rational numbers as trees, so that they print as LaTeX and stay exact.

Imports the operator tree only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.formula import Apply, Number, Tree

if TYPE_CHECKING:
    from fractions import Fraction

    from flint import fmpq


def integer(number: int) -> Tree:
    """An integer as a tree.

    >>> integer(-2)
    Apply(operator='minus', args=(Number(text='2'),))
    """
    digits = Number(str(abs(number)))
    return digits if number >= 0 else Apply("minus", (digits,))


def rational(number: Fraction | fmpq | int) -> Tree:
    r"""A rational number as a tree.

    >>> from fractions import Fraction
    >>> rational(Fraction(1, 2)).operator
    'divide'
    """
    above, below = abs(int(number.numerator)), int(number.denominator)
    size = integer(above) if below == 1 else Apply("divide", (integer(above), integer(below)))
    return size if number >= 0 else Apply("minus", (size,))
