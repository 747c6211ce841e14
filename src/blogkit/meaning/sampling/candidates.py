r"""Values worth trying for one symbol: small and special ones first, then random ones.

A value is a closed tree, so that it prints as LaTeX and is exact. Deterministic: the random ones
come of a fixed seed. Imports `domains.py`, `balls/`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from flint import fmpq

from blogkit.formula import Apply, Collection, Constant, Ellipsis, Number, Tree, walk
from blogkit.meaning.balls import Evaluation, Missing, Uncertain, Unsupported
from blogkit.meaning.balls.sets import elements, progression
from blogkit.meaning.balls.truths import to_float
from blogkit.meaning.balls.values import as_integer, is_real
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.sampling.domains import Domain
from blogkit.meaning.trees.rationals import integer, rational

FIRST = (1, 2, "1/2", 0, -1, 3, "1/3", -2, "-1/2", "3/2", 5, "-3", "2/3", 10, "-7/3", "1/10")
"""Real values that are tried first, in this order."""
LAST = (100, "1/100", "-100", 1000, "1/1000", "-1/1000", 1000000, "1/1000000")
"""Large and small ones."""
SHARES = ("1/2", "1/3", "3/4", "1/10", "9/10", "1/7", "99/100", "1/100", "2/3", "999/1000")
"""Parts of the way between two bounds."""
COMPLEX = ((0, 1), (1, 1), (-1, 0), (0, -1), ("-1/2", 1), (2, -3), ("1/3", "1/2"), (-2, -1))
"""Gaussian rationals that are tried between the real ones."""
FAR_OUT = ((1, 100), (-50, "1/10"), ("1/100", "-1/100"), (30, -40), (0, "1/1000"), (-1, 1000))
"""Gaussian rationals of other sizes, tried next."""


def gaussian(re: Fraction, im: Fraction) -> Tree:
    """A Gaussian rational as a tree."""
    if im == 0:
        return rational(re)
    unit = Constant("i")
    turned = unit if abs(im) == 1 else Apply("times", (rational(abs(im)), unit))
    part: Tree = turned if im > 0 else Apply("minus", (turned,))
    return part if re == 0 else Apply("plus", (rational(re), part))


@dataclass(frozen=True, slots=True)
class Bounds:
    """A domain with its bounds as numbers."""

    lower: float | None
    """The greatest lower bound."""
    upper: float | None
    """The least upper bound."""
    ends: tuple[Tree, ...]
    """The bounds that belong to the domain, as they were written."""


def bounds_of(domain: Domain, evaluation: Evaluation) -> Bounds:
    """The bounds at a partial point; those without a value there are left out."""
    lower = [(_float(tree, evaluation), tree, strict) for tree, strict in domain.lower]
    upper = [(_float(tree, evaluation), tree, strict) for tree, strict in domain.upper]
    for tree in domain.size:
        size = _float(tree, evaluation)
        if domain.kind != "complex" and size is not None:
            lower.append((-size, tree, True))
            upper.append((size, tree, True))
    lows = [value for value, _, _ in lower if value is not None]
    highs = [value for value, _, _ in upper if value is not None]
    closed = [tree for value, tree, strict in (*lower, *upper) if value is not None and not strict]
    return Bounds(max(lows, default=None), min(highs, default=None), tuple(closed))


def _float(tree: Tree, evaluation: Evaluation) -> float | None:
    try:
        value = evaluation.value(tree)
    except (Undefined, Uncertain, Unsupported, Missing):
        return None
    return to_float(value) if is_real(value) else None


def candidates(
    domain: Domain,
    evaluation: Evaluation,
    extra: Iterable[Fraction],
    random: Random,
    *,
    small: bool,
) -> list[Tree]:
    """Values for a scalar, the most telling first; about 40 of them.

    Args:
        domain: where it may lie.
        evaluation: the point so far, for bounds that depend on other symbols.
        extra: numbers of the formula itself.
        random: draws the rest.
        small: keep integers small, as sizes of families are.
    """
    if domain.fixed:
        return [_closed(domain.fixed[0], evaluation)]
    if domain.listed:
        return _listed(domain.listed[0], evaluation)
    bounds = bounds_of(domain, evaluation)
    if domain.kind == "integer":
        return _integers(bounds, extra, random, small=small)
    reals = _reals(bounds, extra, random, is_real=domain.kind != "rational")
    if domain.kind != "complex":
        return reals
    return _complex(domain, evaluation, reals, random)


def _closed(tree: Tree, evaluation: Evaluation) -> Tree:
    """A tree at a point, as a number where it is a rational one."""
    value = evaluation.value(tree)
    number = as_integer(value)
    if number is not None:
        return integer(number)
    return rational(value) if isinstance(value, fmpq) else evaluation.closed(tree)


def _listed(tree: Tree, evaluation: Evaluation) -> list[Tree]:
    if isinstance(tree, Collection) and any(isinstance(x, Ellipsis) for x in tree.items):
        first, step, last = progression(tree, evaluation)
        count = 40 if last is None else max(0, (last - first) // step + 1)
        spread = range(count) if count <= 40 else [*range(20), *range(count - 20, count)]
        return [integer(first + step * k) for k in spread]
    if isinstance(tree, Collection):
        return list(tree.items)
    return [integer(int(as_integer(v) or 0)) for v in elements(tree, evaluation)]


def _integers(
    bounds: Bounds, extra: Iterable[Fraction], random: Random, *, small: bool
) -> list[Tree]:
    low = None if bounds.lower is None else _ceil(bounds.lower)
    high = None if bounds.upper is None else _floor(bounds.upper)
    if low is not None:
        reach = 6 if small else 14
        found = list(range(low, low + reach))
        if not small:
            found += [low + random.randrange(14, 48) for _ in range(14)] + [low + 97, low + 30]
    elif high is not None:
        found = [high - k for k in range(14)] + [high - random.randrange(14, 48) for _ in range(12)]
    else:
        found = [1, 2, 0, -1, 3, 4, -2, 5, 7, -3, 6, -5, 12]
        found += [random.randrange(-30, 31) for _ in range(14)]
    if high is not None and low is not None:
        found += [high, high - 1, (low + high) // 2]
    if not small:
        found += [int(number) for number in extra if number.denominator == 1 and abs(number) < 200]
    kept = [k for k in found if (low is None or k >= low) and (high is None or k <= high)]
    return [integer(k) for k in dict.fromkeys(kept)]


def _ceil(number: float) -> int:
    return int(-((-number) // 1))


def _floor(number: float) -> int:
    return int(number // 1)


def _reals(
    bounds: Bounds, extra: Iterable[Fraction], random: Random, *, is_real: bool
) -> list[Tree]:
    low, high = bounds.lower, bounds.upper
    numbers = list(_rationals(low, high, list(extra), random))
    special: list[Tree] = [_pi(1, 1), Constant("e"), _pi(1, 2), _pi(1, 3)] if is_real else []
    if (low is not None and low >= 4) or (high is not None and high <= 1):
        special = []
    found = [*map(rational, numbers[:12]), *bounds.ends, *special, *map(rational, numbers[12:])]
    return list(dict.fromkeys(found))


def _pi(above: int, below: int) -> Tree:
    pi = Constant("π")
    return pi if below == above == 1 else Apply("divide", (pi, Number(str(below))))


def _rationals(
    low: float | None, high: float | None, extra: list[Fraction], random: Random
) -> Iterator[Fraction]:
    if low is not None and high is not None:
        start, width = Fraction(low).limit_denominator(1000), Fraction(high) - Fraction(low)
        width = width.limit_denominator(1000)
        plain = [Fraction(value) for value in FIRST[:12]]
        yield from (number for number in plain if low <= number <= high)
        yield from (start + width * Fraction(share) for share in SHARES)
        yield from (start + width * Fraction(random.randrange(1, 1000), 1000) for _ in range(14))
        return
    if low is None and high is None:
        yield from (Fraction(value) for value in FIRST)
        yield from extra
        yield from (_random(random) for _ in range(16))
        yield from (Fraction(value) for value in LAST)
        return
    edge = Fraction(low if low is not None else high or 0).limit_denominator(1000)
    side = 1 if low is not None else -1
    sizes = [Fraction(value) for value in (*FIRST, *LAST) if Fraction(value) > 0]
    yield from (edge + side * size for size in sizes[:9])
    yield from (number for number in extra if side * (number - edge) > 0)
    yield from (edge + side * abs(_random(random)) for _ in range(16))
    yield from (edge + side * size for size in sizes[9:])


def _random(random: Random) -> Fraction:
    number = Fraction(random.randrange(-400, 401), random.randrange(1, 60))
    return number or Fraction(1, 7)


def _complex(
    domain: Domain, evaluation: Evaluation, reals: list[Tree], random: Random
) -> list[Tree]:
    sizes = [_float(tree, evaluation) for tree in domain.size]
    limit = min((size for size in sizes if size is not None), default=None)
    rights = [_float(tree, evaluation) for tree in domain.right_of]
    right = max((edge for edge in rights if edge is not None), default=None)
    points = [(Fraction(re), Fraction(im)) for re, im in (*COMPLEX, *FAR_OUT)]
    points += [(_random(random) / 8, _random(random) / 8) for _ in range(20)]
    if limit is not None:
        points = [_shrunk(re, im, limit) for re, im in points]
    if right is not None:
        edge = Fraction(right).limit_denominator(1000)
        points = [(edge + abs(re) + Fraction(1, 9), im) for re, im in points]
    mixed: list[Tree] = []
    for at, point in enumerate(points):
        mixed.append(gaussian(*point))
        mixed.extend(reals[at : at + 1])
    return list(dict.fromkeys(mixed))


def _shrunk(re: Fraction, im: Fraction, limit: float) -> tuple[Fraction, Fraction]:
    share = Fraction(limit).limit_denominator(1000) / (abs(re) + abs(im) + Fraction(1, 5))
    return re * share, im * share


def numbers_in(tree: Tree) -> list[Fraction]:
    """The numbers that stand in a formula, with their negatives, each once."""
    found = []
    for node in walk(tree):
        if isinstance(node, Number) and len(node.text) < 20:
            whole, _, decimals = node.text.partition(".")
            if (whole + decimals).isdecimal():
                number = Fraction(int(whole + decimals), 10 ** len(decimals))
                found += [number, -number]
    return list(dict.fromkeys(found))
