r"""Values for which an inequation fails, beyond those that are tried of every claim.

It exists for statements on some values: that `x^2 = 2` has a solution is what `x^2 \neq 2` for all
x denies. A root need not be rational: between two points where the sides compare the other way
around, and over which both are continuous, they are equal somewhere (the intermediate value
theorem). That they are continuous there is shown by evaluation over the whole stretch as one ball.
Imports `refute.py`, `sampling/`, `balls/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

from flint import arb, fmpq

from blogkit.check.answers import Open, Refuted
from blogkit.check.question import Question
from blogkit.check.refute import confirmed
from blogkit.formula import (
    Apply,
    Constant,
    Interval,
    Number,
    Relation,
    Symbol,
    Tree,
    variables,
    walk,
)
from blogkit.language import Message
from blogkit.meaning.balls import Missing, Uncertain, Unsupported, precision
from blogkit.meaning.balls.values import Value, is_real, sign_of
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.sampling.atoms import printed
from blogkit.meaning.sampling.goals import goal_of
from blogkit.meaning.sampling.points import Sampler
from blogkit.meaning.trees.rationals import integer, rational

_BITS: Final = 128
_HALVINGS: Final = 30
"""How often a stretch is halved before it is given up that the sides are continuous there."""
_REACH: Final = 12
"""How far from zero whole numbers are tried."""
_MAX_POINTS: Final = 700
_PLACES: Final = (
    *(Fraction(n) for n in (-100, -40, -20)),
    *(Fraction(2 * n + 1, 8) for n in range(-48, 48)),
    *(Fraction(n) for n in (20, 40, 100)),
)
"""Where the sides are compared, in order; off the whole numbers, at which both may be equal."""
_CONTINUOUS: Final = frozenset(
    [
        *["plus", "minus", "times", "divide", "power", "exp", "ln", "log", "sqrt", "root", "abs"],
        *["sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "max", "min"],
    ]
)
"""Operators that are continuous wherever a ball of theirs is finite."""


def seek_witness(question: Question) -> Refuted | Open:
    """A value for which a claim fails, among small whole numbers or between two points.

    Args:
        question: A claim on all values.
    """
    goal = goal_of(question.claim, question.facts)
    if goal.obstacle:
        return Open(Message("Not sampled: {obstacle}.", obstacle=goal.obstacle))
    sampler = Sampler(goal.tree, goal.names, question.facts, goal.statements)
    with precision(_BITS):
        return _among_integers(sampler) or _between_points(sampler) or _NONE


_NONE = Open(Message("no value of this kind was found"))


def _among_integers(sampler: Sampler) -> Refuted | None:
    """A point of small whole numbers, where there are several names."""
    count = len(sampler.names)
    if not 2 <= count <= 3:
        return None
    reach = _REACH if count == 2 else 4
    values = sorted(range(-reach, reach + 1), key=lambda n: (abs(n), n < 0))
    points = sorted(product(values, repeat=count), key=lambda p: max(map(abs, p)))
    for point in points[:_MAX_POINTS]:
        tried: dict[Tree, Tree] = {n: integer(v) for n, v in zip(sampler.names, point, strict=True)}
        if not sampler.is_allowed(tried):
            continue
        found = confirmed(sampler, tried, _BITS)
        if isinstance(found, Refuted):
            return found
    return None


def _between_points(sampler: Sampler) -> Refuted | None:
    """Two points of one real name between which the sides of `a ≠ b` are equal somewhere."""
    match sampler.goal, sampler.names:
        case Relation((left, right), ("≠",)), (name,) if _is_convex(sampler, name):
            difference = Apply("plus", (left, Apply("minus", (right,))))
        case _:
            return None
    if not all(map(_is_continuous, walk(difference))):
        return None
    line = _Line(sampler, name, difference)
    for (low, below), (high, above) in pairwise(line.signed()):
        if below != above and (ends := line.narrowed(low, high, below)):
            method = Message("the intermediate value theorem")
            shown = ", ".join(f"{float(end):.6g}" for end in ends)
            return Refuted(method, {printed(name): rf"\xi \in \left({shown}\right)"})
    return None


def _is_convex(sampler: Sampler, name: Symbol) -> bool:
    """Whether a real name may lie anywhere between two values that it may have."""
    if sampler.facts.sort_of(name).kind != "real" or sampler.is_integer(name):
        return False
    return all(_is_bound(each, name) for each in sampler.statements if name in walk(each))


def _is_bound(statement: Tree, name: Symbol) -> bool:
    match statement:
        case Relation((left, right), ("<" | "≤" | ">" | "≥",)):
            sides = [side for side in (left, right) if side != name]
            return len(sides) == 1 and not variables(sides[0]).free
        case Relation((left, Constant("R") | Interval()), ("∈",)):
            return left == name
    return False


def _is_continuous(node: Tree) -> bool:
    if isinstance(node, Apply):
        return node.operator in _CONTINUOUS
    return isinstance(node, Number | Symbol) or node in (Constant("e"), Constant("π"))


@dataclass(frozen=True, slots=True)
class _Line:
    """The difference of two sides, as a function of one real name."""

    sampler: Sampler
    """What is allowed."""
    name: Symbol
    """The name."""
    difference: Tree
    """The left side minus the right one."""

    def signed(self) -> Iterator[tuple[Fraction, int]]:
        """The places that are allowed and where the sign is known, in order."""
        for place in _PLACES:
            if self.sampler.is_allowed({self.name: rational(place)}):
                sign = self._sign(fmpq(place.numerator, place.denominator))
                if sign is not None:
                    yield place, sign

    def narrowed(
        self, low: Fraction, high: Fraction, below: int
    ) -> tuple[Fraction, Fraction] | None:
        """The ends of a shorter stretch over which the difference is one finite ball."""
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            half = (high - low) / 2
            ball = arb(fmpq(middle.numerator, middle.denominator), float(half) * 1.001)
            if self._value(ball) is not None:
                return low, high
            sign = self._sign(fmpq(middle.numerator, middle.denominator))
            if sign is None:
                return None
            low, high = (middle, high) if sign == below else (low, middle)
        return None

    def _sign(self, place: fmpq) -> int | None:
        value = self._value(place)
        return None if value is None else sign_of(value)

    def _value(self, place: Value) -> Value | None:
        evaluation = self.sampler.evaluation({})
        try:
            with evaluation.bound({self.name: place}):
                value = evaluation.value(self.difference)
        except (Undefined, Uncertain, Unsupported, Missing):
            return None
        return value if is_real(value) else None
