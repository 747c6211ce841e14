"""Points of curves: where a function is interesting, and where it is torn.

Values that do not exist are `nan`, and a curve ends there; it ends too on both sides of a pole or
a jump, which is found by halving the gap. Imports the standard library and nothing of blogkit.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

Function = Callable[[float], float]
"""A function of one number; `nan` where it has no value."""
Points = tuple[tuple[float, float], ...]
"""Points of a curve from left to right; `nan` where it is torn."""

POINTS: Final = 400
"""How many points a curve has before gaps are looked at."""
_HALVINGS: Final = 24
_HALF_WIDTHS: Final = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0)
_DEFAULT_HALF_WIDTH: Final = 3.0
_WIDEST: Final = 40.0
"""How far a function is looked at."""
_SHARE: Final = 0.9
"""How much of all bending a range must show."""


def curve(function: Function, low: float, high: float, points: int = POINTS) -> Points:
    """The points of a function over a range, torn where it is.

    >>> [y for x, y in curve(lambda x: 1 / x if x else math.nan, -1, 1, 4) if math.isnan(y)]
    [nan]
    """
    step = (high - low) / points
    found = [(x, function(x)) for x in (low + step * k for k in range(points + 1))]
    usual = median([abs(b - a) for (_, a), (_, b) in _neighbours(found)] or [0.0])
    torn = found[:1]
    for (x, y), (x_next, y_next) in itertools.pairwise(found):
        if _is_torn(function, (x, y), (x_next, y_next), usual):
            torn.append(((x + x_next) / 2, math.nan))
        torn.append((x_next, y_next))
    return tuple(torn)


def _neighbours(
    points: Sequence[tuple[float, float]],
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    pairs = itertools.pairwise(points)
    return [(a, b) for a, b in pairs if math.isfinite(a[1]) and math.isfinite(b[1])]


def _is_torn(
    function: Function, left: tuple[float, float], right: tuple[float, float], usual: float
) -> bool:
    """Whether a gap stays as high as it is, or grows, however near the points come."""
    (a, below), (b, above) = left, right
    gap = abs(above - below)
    if not math.isfinite(gap) or gap <= 20 * usual:
        return False
    for _ in range(_HALVINGS):
        middle = (a + b) / 2
        value = function(middle)
        if not math.isfinite(value):
            return True
        if abs(value - below) >= abs(above - value):
            b, above = middle, value
        else:
            a, below = middle, value
    return abs(above - below) > gap / 2


def interesting_range(
    functions: Sequence[Function], lowest: float = -math.inf
) -> tuple[float, float]:
    """Where functions bend: a range that shows nearly all of it; 3 each way where there is none.

    Args:
        functions: what is to be drawn over it.
        lowest: where the variable begins, such as 0 for a norm.
    """
    start = 0.0 if lowest == 0 else -_WIDEST
    bendings = [_bending(function, start) for function in functions]
    width = next((w for w in _HALF_WIDTHS if all(_shows(b, w) for b in bendings)), None)
    width = width or _DEFAULT_HALF_WIDTH
    is_one_sided = start == 0 or not any(_exists(functions, -x * width) for x in (0.1, 0.5, 0.9))
    return (0.0 if is_one_sided else -width), width


def _exists(functions: Sequence[Function], x: float) -> bool:
    return any(math.isfinite(function(x)) for function in functions)


def _shows(bending: list[tuple[float, float]], width: float) -> bool:
    """Whether nearly all of what bends does so within a range."""
    whole = sum(change for _, change in bending)
    return whole > 0 and sum(c for x, c in bending if abs(x) <= width) >= _SHARE * whole


def _bending(function: Function, start: float, points: int = 800) -> list[tuple[float, float]]:
    """How much the slope changes at each place, as far as is looked at."""
    step = (_WIDEST - start) / points
    values = [function(start + step * k) for k in range(points + 1)]
    found = []
    for k in range(1, points):
        before, here, after = values[k - 1 : k + 2]
        change = abs(after - 2 * here + before)
        if math.isfinite(change):
            found.append((start + step * k, change))
    return found


def shown_heights(curves: Sequence[Points]) -> tuple[float, float]:
    """From where to where heights are shown: all of them, but for the flights of poles."""
    values = sorted(y for points in curves for _, y in points if math.isfinite(y))
    if not values:
        return -1.0, 1.0
    low, high = values[0], values[-1]
    near, far = values[len(values) // 20], values[-1 - len(values) // 20]
    if any(math.isnan(y) for points in curves for _, y in points) and far > near:
        low, high = max(low, near - (far - near)), min(high, far + (far - near))
    if high - low < 1e-12 * max(1.0, abs(high)):
        low, high = low - 0.5 * max(1.0, abs(low)), high + 0.5 * max(1.0, abs(high))
    margin = 0.04 * (high - low)
    return low - margin, high + margin


def ticks(low: float, high: float, most: int = 7) -> list[float]:
    """Round numbers within a range: steps of 1, 2 or 5 times a power of ten.

    >>> ticks(-3, 3), ticks(0, 0.1, 6)
    ([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0], [0.0, 0.02, 0.04, 0.06, 0.08, 0.1])
    """
    raw = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    digits = max(0, -math.floor(math.log10(step)))
    return [round(k * step, digits) + 0.0 for k in range(first, math.floor(high / step + 1e-9) + 1)]


def tick_label(value: float) -> str:
    """A round number as it is written at an axis.

    >>> tick_label(-2.0), tick_label(0.25), tick_label(3e6)
    ('-2', '0.25', '3e+06')
    """
    return f"{value:.6g}"
