r"""Points near which an inequality is tightest: a local search that makes a point worse.

It exists because `\frac{1}{2}` made `0.5001` fails only near the spot where both sides meet. Floats
guide it and decide nothing. Imports `points.py`, `candidates.py`, `balls/`.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite

from flint import fmpq

from blogkit.formula import Apply, Relation, Tree
from blogkit.meaning.balls import Missing, Uncertain, Unsupported, Value
from blogkit.meaning.balls.truths import to_float
from blogkit.meaning.balls.values import Exact, is_real
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.sampling.candidates import gaussian
from blogkit.meaning.sampling.points import Point, Sampler
from blogkit.meaning.trees.rationals import rational

STARTS = 3
"""How many of the tightest points it starts from."""
ROUNDS = 28
"""Rounds of steps from each, the steps halved in each round without success."""
FAR = 1000
"""The factor of large steps: some inequalities are tight only at infinity or zero."""
LARGEST = 10**60
"""Numerators and denominators stay below this."""
TOUCHING = 1e-6
"""A margin below which the sides may meet nearby."""
ASIDE = Fraction(1, 64)
"""How far beside a point its margin is compared."""


def is_inequality(goal: Tree) -> bool:
    """Whether a goal is one inequality.

    >>> is_inequality(Relation((rational(1), rational(2)), ("<",)))
    True
    """
    return isinstance(goal, Relation) and goal.operators[0] in "<>≤≥" and len(goal.operators) == 1


def is_strict(goal: Tree) -> bool:
    """Whether a goal says that two values differ, so that a point where they agree is fatal.

    >>> is_strict(Relation((rational(1), rational(2)), ("≤",)))
    False
    """
    match goal:
        case Relation(operators=(sign,)):
            return sign in "<>≠"
        case Apply(operator="implies", args=(_, conclusion)):
            return is_strict(conclusion)
    return False


def worse_points(sampler: Sampler, held: list[Point]) -> Iterator[Point]:
    """Points with smaller and smaller distance between the sides, from the tightest of `held`."""
    measured = [
        (margin, point) for point in held if (margin := _margin(sampler, point)) is not None
    ]
    measured.sort(key=lambda pair: pair[0])
    for margin, point in measured[:STARTS]:
        yield from _descent(sampler, point, margin)


def touching_point(sampler: Sampler, held: list[Point]) -> Point | None:
    r"""A point beside which the sides seem to meet, or None.

    `(x - \sqrt{2})^2 > 0` holds at every rational point and is false. Where the margin is tiny and
    grows steeply in every direction, the sides may agree at a number nearby that no sample is.
    Sides that only draw near at a boundary or far out have a direction in which the margin stays.
    """
    measured = [(m, point) for point in held if (m := _margin(sampler, point)) is not None]
    margin, point = min(measured, key=lambda pair: pair[0], default=(1.0, {}))
    if margin > TOUCHING:
        return None
    beside = [_margin(sampler, other) for other in _neighbours(sampler, point, ASIDE)]
    steep = [found for found in beside if found is not None and found > 100 * margin]
    return point if beside and len(steep) == len(beside) else None


def _descent(sampler: Sampler, point: Point, margin: float) -> Iterator[Point]:
    step = Fraction(1, 2)
    for _ in range(ROUNDS):
        best: tuple[float, Point] | None = None
        for neighbour in _neighbours(sampler, point, step):
            found = _margin(sampler, neighbour)
            if found is None or found >= (best[0] if best else margin):
                continue
            if sampler.is_allowed(neighbour):
                best = (found, neighbour)
        if best is None:
            step /= 4
            continue
        margin, point = best
        yield point


def _neighbours(sampler: Sampler, point: Point, step: Fraction) -> Iterator[Point]:
    for atom, tree in point.items():
        value = _fraction(sampler, tree)
        if value is None:
            for moved_tree in _turned(sampler, tree, step):
                yield {**point, atom: moved_tree}
            continue
        if sampler.is_integer(atom):
            moved = [value - 1, value + 1]
        else:
            factors = (1 + step, 1 / (1 + step), Fraction(FAR), Fraction(1, FAR))
            moved = [*(value * factor for factor in factors), value + step, value - step]
        for number in moved:
            if number.denominator < LARGEST and abs(number.numerator) < LARGEST:
                yield {**point, atom: rational(number)}


def _turned(sampler: Sampler, tree: Tree, step: Fraction) -> Iterator[Tree]:
    """Complex numbers near one, and far from it in each direction."""
    value = _value(sampler, {}, tree)
    if not isinstance(value, Exact) or value.is_pi:
        return
    re, im = (Fraction(int(part.p), int(part.q)) for part in (value.re, value.im))
    for factor in (1 + step, 1 / (1 + step), Fraction(FAR), Fraction(1, FAR)):
        for number in ((re * factor, im), (re, im * factor), (re * factor, im * factor)):
            if max(abs(part.numerator) + part.denominator for part in number) < LARGEST:
                yield gaussian(*number)


def _fraction(sampler: Sampler, tree: Tree) -> Fraction | None:
    value = _value(sampler, {}, tree)
    if value is None or not is_real(value):
        return None
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    return Fraction(to_float(value)).limit_denominator(10**6)


def _margin(sampler: Sampler, point: Point) -> float | None:
    """The larger side minus the smaller, relative to their size; None where a float can't tell.

    Where one side is zero the size would be the distance itself: then it is the distance, bent
    to stay below 1.
    """
    goal = sampler.goal
    assert isinstance(goal, Relation)
    left, right = (_value(sampler, point, side) for side in goal.operands)
    if left is None or right is None or not (is_real(left) and is_real(right)):
        return None
    low, high = to_float(left), to_float(right)
    if goal.operators[0] in ">≥":
        low, high = high, low
    size = max(abs(low), abs(high)) if low and high else 1.0 + abs(high - low)
    margin = (high - low) / size
    return margin if isfinite(margin) else None


def _value(sampler: Sampler, point: Point, tree: Tree) -> Value | None:
    try:
        return sampler.evaluation(point).value(tree)
    except (Undefined, Uncertain, Unsupported, Missing):
        return None
