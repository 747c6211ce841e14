r"""Refutation of limits: an exact limit at a small exact point that is not what the claim says.

Sizes become 1, 2 or 3, members of families and symbols small integers, so that a limit over a
symbolic range becomes the limit of one elementary function. Its value comes from the squeeze, or
from Gruntz's algorithm where the function visibly comes near it; both sides must be rational
numbers, compared exactly. A limit that is infinite, or differs by side, refutes that it is a
number.
"""

from collections.abc import Iterator
from itertools import islice
from itertools import product as combinations_of

from sympy import Expr, Integer, Limit
from sympy.core.function import AppliedUndef

from blogkit.check.algebra.claims import Claim, read_claim, unread_facts
from blogkit.check.answers import Open, Refuted, method
from blogkit.check.prove.approach import diverges
from blogkit.check.prove.limits import by_gruntz
from blogkit.check.prove.tropical import squeeze
from blogkit.check.prove.writing_out import written_out
from blogkit.check.question import Question
from blogkit.language import Message
from blogkit.meaning.trees.arithmetic import COMPARISONS

MAX_POINTS = 60
"""Points that are tried."""
_MEMBERS = ((0, 1, 3), (1, 0, 2), (1, 2, 1), (2, -1, -3), (3, 1, 2), (1, 1, 1))
_VALUES = (1, 2, -1, 0, 3)
_Point = dict[Expr, Expr]


@method
def refute_limit(question: Question) -> Refuted | Open:
    """A point at which a limit is certainly not what an equation says.

    Args:
        question: An equation with one limit as a side or part of it.
    """
    claim = read_claim(question)
    limits = (claim.left - claim.right).atoms(Limit)
    if claim.sign != "=" or not limits:
        return Open(Message("the claim is no equation with a limit"))
    if unread_facts(claim):
        return Open(
            Message("a fact about the symbols is not read, so no point surely satisfies all")
        )
    for point in _points(claim):
        found = _refuted_at(claim, point)
        if found is not None:
            return found
    return Open(Message("no point was found at which the limit is certainly another number"))


def _points(claim: Claim) -> Iterator[_Point]:
    """Values of sizes, members and symbols that satisfy the facts and conditions."""
    names = sorted((claim.left - claim.right).free_symbols, key=str)
    names = [name for name in names if not name.name.startswith("@")]
    sizes = [name for name in names if name.is_integer]
    others = [name for name in names if not name.is_integer]
    chosen = combinations_of(
        combinations_of((2, 1, 3), repeat=len(sizes)),
        combinations_of(_VALUES, repeat=len(others)),
        _MEMBERS,
    )
    for whole, values, members in islice(chosen, 40 * MAX_POINTS):
        point = _point(claim, [*sizes, *others], [*whole, *values], members)
        if point is not None:
            yield point


def _point(
    claim: Claim, names: list[Expr], values: list[int], members: tuple[int, ...]
) -> _Point | None:
    point = {name: Integer(value) for name, value in zip(names, values, strict=True)}
    for name, value in point.items():
        if not _suits(name, value):
            return None
    calls = _calls(claim, point, members)
    if calls is None:
        return None
    point |= calls
    for each in (*claim.hypotheses, *claim.conditions):
        value = concrete(each.part, point)
        if not value.is_Rational or not COMPARISONS[each.sign](value, 0):
            return None
    return point


def _suits(name: Expr, value: Expr) -> bool:
    """Whether a value agrees with the assumptions on a symbol or call."""
    checks = (
        (name.is_positive, value > 0),
        (name.is_nonnegative, value >= 0),
        (name.is_negative, value < 0),
        (name.is_nonpositive, value <= 0),
        (name.is_zero is False, value != 0),
    )
    return all(bool(holds) for known, holds in checks if known)


def _calls(claim: Claim, point: _Point, members: tuple[int, ...]) -> _Point | None:
    """Values for the members of all families with indices 1 to 3; None where one does not suit."""
    found: _Point = {}
    for side in (claim.left, claim.right):
        for call in side.atoms(AppliedUndef):
            name = str(call.func)
            if name in ("greatest", "least"):
                continue
            if not name.endswith("_") or len(call.args) != 1:
                return None
            for at, value in enumerate(members, 1):
                if not _suits(call, Integer(value)):
                    return None
                found[call.func(at)] = Integer(value)
    return found


def concrete(part: Expr, point: _Point) -> Expr:
    """An expression at a point: sums written out, greatest members computed, limits kept."""
    found = part.subs({name: value for name, value in point.items() if name.is_Symbol})
    found = written_out(found)
    return found.subs({name: value for name, value in point.items() if not name.is_Symbol})


def _refuted_at(claim: Claim, point: _Point) -> Refuted | None:
    sides = [concrete(side, point) for side in (claim.left, claim.right)]
    values, texts = [], []
    for side in sides:
        reason = ""
        for limit in side.atoms(Limit):
            value = _value(limit, claim)
            if isinstance(value, str):
                reason = value
            elif value is None:
                return None
            else:
                side = side.xreplace({limit: value})
        values.append(None if reason else side)
        texts.append(reason or str(side))
    left, right = values
    if left is None and right is None:
        return None
    known = [value for value in values if value is not None]
    if not all(value.is_Rational for value in known) or (left is not None and left == right):
        return None
    return Refuted(
        method=Message("exact limit at a point"),
        counterexample=_printed(claim, point),
        left=texts[0],
        right=texts[1],
    )


def _value(limit: Expr, claim: Claim) -> Expr | str | None:
    """The value of a limit of one variable; a word where it has none; None where it is not
    known."""
    found = squeeze(limit, claim) or by_gruntz(limit, claim)
    if found is not None:
        return found.value
    return diverges(limit)


def _printed(claim: Claim, point: _Point) -> dict[str, str]:
    """The values of the symbols and members that occur, in LaTeX."""
    symbols = {name: value for name, value in point.items() if name.is_Symbol}
    used: set[Expr] = set()
    for side in (claim.left, claim.right):
        used |= side.free_symbols
        used |= members_of(written_out(side.subs(symbols)))
    return {claim.reader.latex_of(name): str(point[name]) for name in point if name in used}


def members_of(part: Expr) -> set[Expr]:
    """The members of families in an expression, also below what was computed."""
    return set(part.atoms(AppliedUndef))
