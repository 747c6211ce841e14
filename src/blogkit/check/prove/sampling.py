"""Whether both sides of a claim are defined somewhere, and agree there, in floating point.

It exists as a second look: a proof of what is defined nowhere is worth nothing, and SymPy may err. It
can only turn a proof into `Open`, never prove or refute. SymPy and mpmath are imported inside
functions only.
"""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from blogkit.check.claims import Claim

if TYPE_CHECKING:
    from sympy import Expr

DIGITS = 30
_TRIES = 40
_HOLDS = {
    "=": lambda gap, size: abs(gap) <= 1e-12 * size,
    "≠": lambda gap, size: True,
    "≤": lambda gap, size: gap <= 1e-12 * size,
    "<": lambda gap, size: gap <= 1e-12 * size,
    "≥": lambda gap, size: gap >= -1e-12 * size,
    ">": lambda gap, size: gap >= -1e-12 * size,
}


def doubt_of(claim: Claim, *, wanted: int = 6) -> str | None:
    """What speaks against a proof of the claim, in one sentence; None where nothing does.

    Args:
        claim: The claim.
        wanted: How many points to compare at; more take longer.
    """
    found = 0
    for gap, size in gaps(claim):
        if not _HOLDS[claim.sign](gap if claim.sign in "=≠" else gap.real, size):
            return "the sides differ at a point in floating point"
        found += 1
        if found == wanted:
            return None
    if found == 0:
        return "no point was found at which both sides are defined"
    return None


def gaps(claim: Claim) -> Iterator[tuple[Any, float]]:
    """Left minus right and the size of both, at random points that satisfy facts and conditions."""
    from sympy import default_sort_key

    chance = random.Random(20240229)
    parts = [claim.left, claim.right, *(each.part for each in claim.hypotheses)]
    parts += [each.part for each in claim.conditions]
    names = sorted(set().union(*(part.free_symbols for part in parts)), key=default_sort_key)
    for attempt in range(_TRIES):
        point = {name: _value(name, chance, attempt) for name in names}
        left, right = (value_at(side, point, attempt) for side in (claim.left, claim.right))
        if left is None or right is None or not _is_allowed(claim, point, attempt):
            continue
        yield left - right, 1 + abs(left) + abs(right)


def _value(name: "Expr", chance: random.Random, attempt: int) -> "Expr":
    from sympy import I, Integer, Rational

    if name.name.startswith("@"):
        return name
    spread = 4 + attempt
    if name.is_integer:
        low = 1 if name.is_positive else 0 if name.is_nonnegative else -spread
        return Integer(chance.randint(low, spread if not name.is_negative else -1))
    value = Rational(chance.randint(1, 40 + 40 * (attempt % 5)), chance.randint(7, 43))
    if not name.is_extended_real:
        return _signed(chance, value) + I * _signed(chance, Rational(chance.randint(1, 60), 29))
    if name.is_nonnegative:
        return value
    return -value if name.is_nonpositive else _signed(chance, value)


def _signed(chance: random.Random, value: "Expr") -> "Expr":
    return value if chance.random() < 0.5 else -value


def _is_allowed(claim: Claim, point: "dict[Expr, Expr]", attempt: int) -> bool:
    for each in (*claim.conditions, *claim.hypotheses):
        value = value_at(each.part, point, attempt)
        if value is None:
            return False
        if each.sign in ("=", "≠"):
            if (abs(value) < 1e-20) != (each.sign == "="):
                return False
        elif abs(value.imag) > 1e-20 or not _compares(value.real, each.sign):
            return False
    return True


def _compares(value: Any, sign: str) -> bool:
    return bool({">": value > 0, "≥": value >= 0, "<": value < 0, "≤": value <= 0}[sign])


def value_at(part: "Expr", point: "dict[Expr, Expr]", attempt: int) -> Any:
    """The value of an expression at a point as an mpmath number; None where it has none."""
    from sympy import Integral, Limit

    concrete = _concrete(part, attempt).subs(point)
    if concrete.has(Integral, Limit):
        concrete = concrete.doit()
    try:
        found = concrete.doit(deep=True).evalf(DIGITS, maxn=200)
    except (ValueError, TypeError, ZeroDivisionError, RecursionError, NotImplementedError):
        return None
    if not found.is_number or not found.is_finite or found.has(Integral, Limit):
        return None
    real, imaginary = found.as_real_imag()
    if not (real.is_Float or real.is_Rational) or not (imaginary.is_Float or imaginary.is_Rational):
        return None
    return _number(real, imaginary)


def _number(real: "Expr", imaginary: "Expr") -> Any:
    from mpmath import mp, mpc

    with mp.workdps(DIGITS):
        return mpc(str(real), str(imaginary))


def _concrete(part: "Expr", attempt: int) -> "Expr":
    """Unknown functions and families as smooth ones with the right sign."""
    from sympy.core.function import AppliedUndef

    return part.replace(
        lambda each: isinstance(each, AppliedUndef), lambda each: _function_value(each, attempt)
    )


def _function_value(call: "Expr", attempt: int) -> "Expr":
    from sympy import Max, Min, Piecewise, Rational, cos

    name = str(call.func)
    if name in ("greatest", "least"):
        body, letter, lower, upper = call.args
        members = [
            Piecewise(
                (body.subs(letter, lower + step), step <= upper - lower),
                (body.subs(letter, lower), True),
            )
            for step in range(9)
        ]
        return (Max if name == "greatest" else Min)(*members)
    seed = sum(ord(letter) * (7 + at) for at, letter in enumerate(name)) % 89 + attempt
    wave = cos(
        seed + sum(Rational(seed % 7 + 3 * at + 2, 5) * arg for at, arg in enumerate(call.args))
    )
    if call.is_integer:
        return call
    if call.is_nonnegative:
        return Rational(3, 2) + wave
    if call.is_nonpositive:
        return -Rational(3, 2) + wave
    return Rational(1, 3) + 2 * wave
