"""Signs of constant SymPy expressions, by balls.

It exists because a float never decides: a sign is told only where the ball lies apart from zero.
"""

from typing import Any, Final

import sympy as sp
from flint import arb, ctx, fmpq
from sympy import Add, E, Expr, Mul, Pow, pi

BITS: Final = (64, 256, 1024)
"""Precisions that are tried."""


_WITH_BALLS: Final = (sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.atan, sp.sinh, sp.cosh, sp.tanh)
"""Functions that balls have by the same name."""


def sign_of(number: Expr) -> int | None:
    """The sign of a real number; None where no ball tells, as for what is zero but not plainly.

    >>> from sympy import pi, sqrt, Rational
    >>> sign_of(pi - Rational(22, 7)), sign_of(sqrt(2) ** 2 - 2)
    (-1, 0)
    """
    if number.is_Rational:
        return int(bool(number > 0)) - int(bool(number < 0))
    if number.is_infinite:
        return 1 if number.is_extended_positive else -1
    for bits in BITS:
        with ctx.workprec(bits):
            ball = ball_of(number)
        if ball is None:
            return None
        if ball > 0 or ball < 0:
            return 1 if ball > 0 else -1
    return None


def ball_of(number: Expr) -> Any:
    """The ball of a real constant in the precision that is set; None for what is not read."""
    if number.is_Rational:
        return arb(fmpq(int(number.p), int(number.q)))
    if number == pi:
        return arb.pi()
    if number == E:
        return arb(1).exp()
    if isinstance(number, Add | Mul):
        return _combined([ball_of(arg) for arg in number.args], isinstance(number, Add))
    if isinstance(number, Pow):
        base, exponent = ball_of(number.base), ball_of(number.exp)
        if base is None or exponent is None or not base > 0:
            return None if not number.exp.is_Integer or base is None else base ** int(number.exp)
        return base**exponent
    return _called(number)


def _combined(balls: list[Any], is_sum: bool) -> Any:
    if any(ball is None for ball in balls):
        return None
    total = balls[0]
    for ball in balls[1:]:
        total = total + ball if is_sum else total * ball
    return total


def _called(number: Expr) -> Any:
    if not isinstance(number, _WITH_BALLS):
        return None
    inner = ball_of(number.args[0])
    if inner is None or (isinstance(number, sp.log) and not inner > 0):
        return None
    found = getattr(inner, number.func.__name__)()
    return found if found.is_finite() else None
