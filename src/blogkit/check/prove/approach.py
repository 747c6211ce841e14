"""Whether a function comes near its supposed limit, in floating point.

A second look at what SymPy says of limits; it proves nothing by itself.
"""

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sympy import Expr, Integer, Rational
from sympy import limit as sympy_limit

from blogkit.check.prove.sampling import random_value, value_at
from blogkit.language import Message

_POWERS = (2, 3, 4, 5)
_NEAR = 0.02
_POINTS = 3


def approaches(limit: Expr, value: Expr) -> bool:
    """Whether the distance to the value shrinks towards the point, at random parameters.

    Args:
        limit: A SymPy `Limit`.
        value: Its supposed value, finite.
    """
    body, name, _, _ = limit.args
    chance = random.Random(7)
    names = sorted((limit.free_symbols | value.free_symbols) - {name}, key=str)
    seen = 0
    for attempt in range(10):
        chosen = {each: random_value(each, chance, attempt) for each in names}
        target = value_at(value, chosen, attempt)
        if target is None:
            continue
        for path in paths(limit):
            distances = [_distance(body, {**chosen, name: at}, target, attempt) for at in path]
            if any(distance is None for distance in distances) or not _shrinks(distances, target):
                return False
        seen += 1
        if seen == _POINTS or not names:
            return True
    return False


def paths(limit: Expr) -> Iterator[list[Expr]]:
    """Points that tend to the point of a limit, for each side."""
    _, _, point, side = limit.args
    if point.is_infinite:
        sign = 1 if point.is_extended_positive else -1
        yield [sign * Integer(10) ** power for power in _POWERS]
        return
    for sign in (1, -1):
        if str(side) in ("+-", "+" if sign > 0 else "-"):
            yield [point + sign * Rational(1, 10**power) for power in _POWERS]


def _distance(body: Expr, point: dict[Expr, Expr], target: Any, attempt: int) -> Any:
    value = value_at(body, point, attempt)
    return None if value is None else abs(value - target)


def _shrinks(distances: list[Any], target: Any) -> bool:
    tiny = 1e-15 * (1 + abs(target))
    falls = all(later < earlier or later < tiny for earlier, later in pairwise(distances))
    return falls and bool(distances[-1] < _NEAR * (1 + abs(target)))


def diverges(limit: Expr) -> str | None:
    """How a limit without parameters has no finite value, in words; None where that is not clear.

    SymPy must say that a side tends to infinity, and the function must be seen to grow there.
    """
    body, name, point, side = limit.args
    if body.free_symbols - {name} or body.count_ops() > 60:
        return None
    sides = ("+", "-") if str(side) == "+-" and point.is_finite else (str(side),)
    found = []
    for direction, path in zip(sides, paths(limit), strict=True):
        try:
            value = sympy_limit(body, name, point, direction)
        except (ValueError, NotImplementedError, TypeError, RecursionError, ZeroDivisionError):
            return None
        values = [value_at(body, {name: at}, 0) for at in path]
        if not value.is_infinite or not _grows(values, value):
            return None
        found.append("∞" if value.is_extended_positive else "-∞")
    return found[0] if len(set(found)) == 1 else Message("no limit: ∞ on one side, -∞ on the other")


def _grows(values: list[Any], target: Expr) -> bool:
    if any(value is None or value.imag for value in values):
        return False
    sign = 1 if target.is_extended_positive else -1
    pairs = pairwise(values)
    return all(sign * later.real > max(2 * sign * earlier.real, 1) for earlier, later in pairs)
