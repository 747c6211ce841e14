"""Whether both sides of a claim are defined somewhere, and agree there, in floating point.

It exists as a second look: a proof of what is defined nowhere is worth nothing, and SymPy may err.
It can only turn a proof into `Open`, never prove or refute.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from mpmath import mp
from sympy import Expr
from sympy.core.function import AppliedUndef

from blogkit.check.algebra.claims import Claim
from blogkit.check.answers import Open, Proved
from blogkit.check.prove.writing_out import written_out
from blogkit.language import Message

DIGITS = 30
_TRIES = 40
_TOLERANCE = 1e-12


def proved(
    claim: Claim,
    method: str,
    steps: Iterable[str],
    *,
    settled: Claim | None = None,
    wanted: int = 6,
) -> Proved | Open:
    """A proof of a claim, unless its sides are seen to differ or are defined nowhere.

    Args:
        claim: The claim.
        method: What proves it.
        steps: What was done.
        settled: The claim as it can be computed, where it can't as it stands.
        wanted: How many points to compare at; more take longer.
    """
    doubt = _doubt_of(settled or claim, wanted)
    if doubt:
        return Open(doubt)
    return Proved(method, conditions=claim.printed, steps=tuple(steps))


def _doubt_of(claim: Claim, wanted: int) -> str:
    """What speaks against a proof of the claim, in one sentence; empty where nothing does."""
    found = 0
    for gap, size in gaps(claim):
        if not _holds(claim.sign, gap, _TOLERANCE * size):
            return Message("the sides differ at a point in floating point")
        found += 1
        if found == wanted:
            break
    return "" if found else Message("no point was found at which both sides are defined")


def _holds(sign: str, gap: Any, tolerance: float) -> bool:
    """Whether left minus right is what the sign says, but for rounding."""
    if sign == "=":
        return bool(abs(gap) <= tolerance)
    if sign in ("≤", "<"):
        return bool(gap.real <= tolerance)
    return sign == "≠" or bool(gap.real >= -tolerance)


def gaps(claim: Claim) -> Iterator[tuple[Any, float]]:
    """Left minus right and the size of both, at random points that satisfy facts and conditions."""
    chance = random.Random(20240229)
    parts = [claim.left, claim.right, *(each.part for each in claim.hypotheses)]
    parts += [each.part for each in claim.conditions]
    names = sorted(set().union(*(part.free_symbols for part in parts)), key=sp.default_sort_key)
    for attempt in range(_TRIES):
        point = {name: random_value(name, chance, attempt) for name in names}
        left, right = (value_at(side, point, attempt) for side in (claim.left, claim.right))
        if left is None or right is None or not _is_allowed(claim, point, attempt):
            continue
        yield left - right, 1 + abs(left) + abs(right)


def random_value(name: Expr, chance: random.Random, attempt: int) -> Expr:
    """A random value of a symbol that its assumptions allow; later attempts go further out."""
    if name.name.startswith("@"):
        return name
    spread = 4 + attempt
    if name.is_integer:
        low = 1 if name.is_positive else 0 if name.is_nonnegative else -spread
        return sp.Integer(chance.randint(low, spread if not name.is_negative else -1))
    value = sp.Rational(chance.randint(1, 40 + 40 * (attempt % 5)), chance.randint(7, 43))
    if not name.is_extended_real:
        return _signed(chance, value) + sp.I * _signed(
            chance, sp.Rational(chance.randint(1, 60), 29)
        )
    if name.is_nonnegative:
        return value
    return -value if name.is_nonpositive else _signed(chance, value)


def _signed(chance: random.Random, value: Expr) -> Expr:
    return value if chance.random() < 0.5 else -value


def _is_allowed(claim: Claim, point: dict[Expr, Expr], attempt: int) -> bool:
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


def value_at(part: Expr, point: dict[Expr, Expr], attempt: int) -> Any:
    """The value of an expression at a point as an mpmath number; None where it has none."""
    try:
        found = _evaluated(part, point, attempt)
    except (ValueError, TypeError, ZeroDivisionError, RecursionError, NotImplementedError):
        return None
    if not found.is_number or not found.is_finite:
        return None
    real, imaginary = found.as_real_imag()
    if not all(each.is_Float or each.is_Rational for each in (real, imaginary)):
        return None
    return _number(real, imaginary)


def _evaluated(part: Expr, point: dict[Expr, Expr], attempt: int) -> Expr:
    """The value by SymPy; exact rational arithmetic only where a function needs it."""
    smooth = (sp.exp, sp.log, sp.sin)
    if all(isinstance(call, smooth) for call in part.atoms(sp.Function)) and not part.has(
        sp.Sum, sp.Product, sp.Integral, sp.Limit
    ):
        return part.evalf(DIGITS, subs=point, maxn=200)
    concrete = written_out(part.subs(point))
    calls = concrete.atoms(AppliedUndef)
    concrete = concrete.xreplace({call: _function_value(call, attempt) for call in calls})
    if concrete.has(sp.Integral, sp.Limit):
        concrete = concrete.doit()
    return concrete.evalf(DIGITS, maxn=200)


def _number(real: Expr, imaginary: Expr) -> Any:
    bits = 110
    return mp.mpc(real._to_mpmath(bits), imaginary._to_mpmath(bits))


def _function_value(call: Expr, attempt: int) -> Expr:
    """Unknown functions and families as smooth ones with the right sign."""
    name = str(call.func)
    seed = sum(ord(letter) * (7 + at) for at, letter in enumerate(name)) % 89 + attempt
    wave = sp.cos(
        seed + sum(sp.Rational(seed % 7 + 3 * at + 2, 5) * arg for at, arg in enumerate(call.args))
    ).evalf(DIGITS)
    if call.is_integer:
        return call
    if call.is_nonnegative:
        return sp.Rational(3, 2) + wave
    if call.is_nonpositive:
        return -sp.Rational(3, 2) + wave
    return sp.Rational(1, 3) + 2 * wave
