"""Numbers that carry their derivatives: forward automatic differentiation at a point.

A jet is a value with its slopes along a few directions; sums, products and known functions of
jets are jets, so that whatever is computed with numbers is derived by computing it with jets.
Source: Griewank and Walther, Evaluating Derivatives, chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flint import arb, arb_series

if TYPE_CHECKING:
    from collections.abc import Callable


Value = Any
"""A number: exact (fmpq), a ball (arb) or a `Jet`; or a `Grid` of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Jet:
    """A number and how it changes along each direction."""

    value: Value
    """The number."""
    slopes: tuple[Value, ...]
    """Its derivative along each direction."""

    def _with(self, value: Value, factor: Value) -> Jet:
        return Jet(value, tuple(factor * slope for slope in self.slopes))

    def _plus(self, other: Value) -> Jet:
        if isinstance(other, Jet):
            pairs = zip(self.slopes, other.slopes, strict=True)
            return Jet(self.value + other.value, tuple(a + b for a, b in pairs))
        return Jet(self.value + other, self.slopes)

    __add__ = __radd__ = _plus

    def __neg__(self) -> Jet:
        return self._with(-self.value, -1)

    def __sub__(self, other: Value) -> Jet:
        return self._plus(-other)

    def __rsub__(self, other: Value) -> Jet:
        return self.__neg__()._plus(other)

    def _times(self, other: Value) -> Jet:
        if isinstance(other, Jet):
            pairs = zip(self.slopes, other.slopes, strict=True)
            slopes = tuple(a * other.value + self.value * b for a, b in pairs)
            return Jet(self.value * other.value, slopes)
        return self._with(self.value * other, other)

    __mul__ = __rmul__ = _times

    def __truediv__(self, other: Value) -> Jet:
        inverse: Value = 1 / other
        return self._times(inverse)

    def __rtruediv__(self, other: Value) -> Jet:
        inverse = 1 / self.value
        return self._with(inverse, -inverse * inverse)._times(other)

    def __abs__(self) -> Jet:
        return -self if self.value < 0 else self

    def __lt__(self, other: Value) -> bool:
        return bool(self.value < plain(other))

    def __gt__(self, other: Value) -> bool:
        return bool(self.value > plain(other))

    def __ge__(self, other: Value) -> bool:
        return bool(self.value >= plain(other))

    def through(self, rule: Callable[[Value], Value]) -> Jet:
        """A known function of it, by the function's power series of two terms."""
        return self._with(rule(arb(self.value)), slope_of(rule, self.value))


def slope_of(rule: Callable[[Value], Value], at: Value) -> Value:
    """The derivative at a number of a function that is given as one of balls.

    >>> round(float(slope_of(lambda x: x.exp(), 0)), 12)
    1.0
    """
    return rule(arb_series([arb(at), 1], prec=2))[1]


def plain(value: Value) -> Value:
    """A number without its slopes."""
    return value.value if isinstance(value, Jet) else value
