r"""The search for a counterexample, and support where none is found.

    seek_counterexample(question)   # Refuted | Supported | Open

Points that satisfy the facts are tried in rising precision: an equality is refuted where the ball
of the difference excludes zero, an inequality where it is certainly violated. For inequalities a
local search then looks around the worst points. A float never decides. Imports `goals.py`,
`points.py`, `worst.py`, `balls/`, `answers.py`, `question.py`.
"""

from dataclasses import dataclass, field

from blogkit.check.answers import Open, Refuted, Supported
from blogkit.check.question import Question
from blogkit.formula import Apply, Call, Collection, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.balls import Missing, Truth, Uncertain, Unsupported, precision, show
from blogkit.meaning.balls.values import as_integer, is_exact
from blogkit.meaning.outcomes import Requires, Undefined
from blogkit.meaning.sampling.atoms import printed
from blogkit.meaning.sampling.goals import Goal, goal_of
from blogkit.meaning.sampling.points import Point, Sampler
from blogkit.meaning.sampling.worst import (
    is_inequality,
    is_strict,
    touching_point,
    worse_points,
)
from blogkit.meaning.steps import OutOfStepsError, at_most

PRECISIONS = (64, 333, 1100)
"""Bits that are tried one after the other; the last is more than 300 digits."""
CLOSED_PRECISIONS = (4400, 17600)
"""Bits that are tried next where the statement has no free symbols, and so one point only."""
SURE_BITS = 128
"""A counterexample is confirmed with so many more bits."""
ENOUGH = 48
"""Points after which no further one is tried."""
LEAST = 20
"""Points that support asks for where there are free symbols."""
THOROUGH = 3
"""Points that are looked at in the highest precision although a lower one agreed."""
STEPS = 300_000
"""What may be spent on points that are drawn, and as much again on the search for worse ones: about
half a second each. An integral takes a quarter of a million."""
PATIENCE = 8
"""Points without any rule after which it is given up."""


@dataclass(slots=True)
class Tally:
    """What was seen so far."""

    held: list[Point] = field(default_factory=list)
    """Points at which the goal held."""
    conditions: dict[str, None] = field(default_factory=dict)
    """Where it was undefined, in LaTeX, in the order met."""
    undefined: int = 0
    """Points at which it was undefined."""
    uncertain: int = 0
    """Points at which no precision sufficed."""
    unseen: bool = False
    """Whether at one both sides agreed, but would also if a small part of them were otherwise."""
    unsupported: list[str] = field(default_factory=list)
    """Reasons of points that could not be computed."""
    touching: str = ""
    """A point where no precision told the sides of a strict inequality apart, in LaTeX."""
    is_drawn_short: bool = False
    """Whether the steps ran out before enough points were drawn."""
    is_cut_short: bool = False
    """Whether the search for worse points of an inequality ran out of steps."""
    near: str = ""
    """A point near which the sides of a strict inequality seem to meet, in LaTeX."""
    bits: int = 0
    """The highest precision that was used; 0 while all was exact."""


def seek_counterexample(question: Question) -> Refuted | Supported | Open:
    r"""A counterexample, or how many points agreed, or why neither was found.

    Args:
        question: the statement and its facts.
    """
    goal = goal_of(question.claim, question.facts)
    if goal.obstacle:
        return Open(Message("Not sampled: {obstacle}.", obstacle=goal.obstacle))
    sampler = Sampler(
        goal.tree, goal.names, question.facts, goal.statements, has_company=_speaks_of_gamma(goal)
    )
    tally = Tally()
    with precision(PRECISIONS[0]):
        refuted = _first_refuted(sampler, tally)
    if isinstance(refuted, Refuted) and goal.is_loose and goal.names[1:]:
        return Open(Message("over what a sum runs is not said"))
    return refuted if refuted is not None else _summary(goal, sampler, tally)


def _speaks_of_gamma(goal: Goal) -> bool:
    calls = [node.function for node in walk(goal.tree) if isinstance(node, Call)]
    return Symbol("Γ") in calls


def _first_refuted(sampler: Sampler, tally: Tally) -> Refuted | Open | None:
    refuted = None
    try:
        with at_most(STEPS):
            refuted = _among_drawn(sampler, tally)
    except OutOfStepsError:
        tally.is_drawn_short = True
    if refuted is not None or not is_inequality(sampler.goal):
        return refuted
    try:
        with at_most(STEPS):
            refuted = _among_worse(sampler, tally)
            if refuted is None:
                _note_touching(sampler, tally)
    except OutOfStepsError:
        tally.is_cut_short = True
    return refuted


def _among_drawn(sampler: Sampler, tally: Tally) -> Refuted | Open | None:
    for point in sampler.points():
        violated = _violated(sampler, point, tally)
        if violated:
            return confirmed(sampler, point, violated)
        if len(tally.held) >= ENOUGH or (len(tally.unsupported) >= PATIENCE and not tally.held):
            break
    return None


def _among_worse(sampler: Sampler, tally: Tally) -> Refuted | Open | None:
    for point in worse_points(sampler, tally.held):
        violated = _violated(sampler, point, tally)
        if violated:
            return confirmed(sampler, point, violated)
    return None


def _note_touching(sampler: Sampler, tally: Tally) -> None:
    if not is_strict(sampler.goal) or tally.near:
        return
    point = touching_point(sampler, tally.held)
    if point is not None:
        tally.near = _shown(point)


def _shown(point: Point) -> str:
    """A point as LaTeX."""
    return ", ".join(f"{printed(atom)} = {to_latex(value)}" for atom, value in point.items())


def _violated(sampler: Sampler, point: Point, tally: Tally) -> int:
    """The precision in which the goal is certainly false at a point, else 0."""
    needed = 0
    for bits in (*PRECISIONS, *CLOSED_PRECISIONS):
        if bits > PRECISIONS[-1] and (sampler.names or not PRECISIONS[-1] < needed <= bits):
            continue
        try:
            with precision(bits):
                evaluation = sampler.evaluation(point)
                truth = evaluation.truth(sampler.goal)
                tally.unseen |= evaluation.is_unseen
                needed = evaluation.bits if evaluation.is_unseen else 0
        except Uncertain:
            continue
        except Requires as stop:
            tally.undefined += 1
            condition = Message("{part} {must}", part=printed(stop.tree), must=stop.requirement)
            tally.conditions.setdefault(condition)
            return 0
        except (Unsupported, Missing) as stop:
            tally.unsupported.append(_reason(stop))
            return 0
        if truth is Truth.FALSE:
            return bits
        if truth is Truth.TRUE or (truth is Truth.CLOSE and _is_enough(bits, tally, point)):
            tally.held.append(point)
            tally.bits = max(tally.bits, bits if truth is Truth.CLOSE else 0)
            return 0
    tally.uncertain += 1
    if is_strict(sampler.goal) and not tally.touching:
        tally.touching = _shown(point)
    return 0


def _reason(stop: Unsupported | Missing) -> str:
    if isinstance(stop, Unsupported):
        return stop.reason
    return Message("{atom} has no known meaning", atom=to_latex(stop.atom))


def _is_enough(bits: int, tally: Tally, point: Point) -> bool:
    if bits >= PRECISIONS[-1]:
        return True
    return bool(point) and len(tally.held) >= THOROUGH


def confirmed(sampler: Sampler, point: Point, bits: int) -> Refuted | Open:
    """The refutation, computed afresh in a higher precision."""
    with precision(bits + SURE_BITS):
        allowed = sampler.is_allowed(point)
        if sampler.unread:
            reason = Message("a condition was not understood ({unread})", unread=sampler.unread[0])
            return Open(
                Message("It fails at a point that may be excluded: {reason}.", reason=reason)
            )
        truth = sampler.evaluation(point).truth(sampler.goal)
        if not allowed or truth is not Truth.FALSE:
            return Open(Message("A counterexample in low precision was not confirmed."))
        sides, exact = _sides(sampler, point)
    values = {printed(atom): to_latex(value) for atom, value in point.items()}
    method = (
        Message("exact arithmetic")
        if exact
        else Message("ball arithmetic, {bits} bits", bits=bits + SURE_BITS)
    )
    return Refuted(method, values, *sides)


def _sides(sampler: Sampler, point: Point) -> tuple[tuple[str, str], bool]:
    match sampler.goal:
        case Relation((left, right), (_,)):
            shown = [_side(sampler, point, tree) for tree in (left, right)]
            return (shown[0][0], shown[1][0]), all(exact for _, exact in shown)
    return ("", ""), False


def _side(sampler: Sampler, point: Point, tree: Tree) -> tuple[str, bool]:
    if isinstance(tree, Collection):
        return to_latex(tree), True
    try:
        value = sampler.evaluation(point).value(tree)
    except (Unsupported, Undefined, Uncertain, Missing):
        return to_latex(tree), True
    return show(value), is_exact(value)


def _summary(goal: Goal, sampler: Sampler, tally: Tally) -> Supported | Open:
    count = len(tally.held)
    if not sampler.names and not any(tally.held):
        if count:
            bits = tally.bits or PRECISIONS[-1]
            method = (
                Message("ball arithmetic, {bits} bits", bits=bits)
                if tally.bits
                else Message("exact arithmetic")
            )
            return Supported(method, 1, goal.conditions)
        return Open(_shortage(tally, 0))
    if tally.touching:
        return Open(
            Message(
                "Both sides agree to {digits} digits at {touching}.",
                digits=_digits(PRECISIONS[-1]),
                touching=tally.touching,
            )
        )
    if tally.near:
        return Open(
            Message(
                "Both sides may meet near {point}, and a strict relation fails there.",
                point=tally.near,
            )
        )
    if tally.is_cut_short:
        return Open(
            Message(
                "It held at {count} points, but the search for worse ones took too many steps.",
                count=count,
            )
        )
    if count < LEAST and not _is_exhausted(sampler, tally):
        return Open(_shortage(tally, count))
    if _is_exception(sampler):
        return Open(Message("It could fail at single points, which samples do not meet."))
    if not _reaches_far(sampler, tally):
        return Open(Message("Only small values could be tried."))
    method = Message(
        "exact and ball arithmetic, up to {bits} bits", bits=tally.bits or PRECISIONS[0]
    )
    conditions = dict.fromkeys((*goal.conditions, *tally.conditions))
    return Supported(method, count, tuple(conditions))


def _is_exception(sampler: Sampler) -> bool:
    """Whether the goal only excludes single values, of names that are not integers."""
    if all(sampler.is_integer(name) for name in sampler.names):
        return False
    match sampler.goal:
        case Apply("not", (Relation(_, ("=" | "∈",)),)):
            return True
        case Relation(_, ("≠" | "∉",)) | Relation((_, Apply("difference", _)), ("∈",)):
            return True
    return False


def _is_exhausted(sampler: Sampler, tally: Tally) -> bool:
    """Whether all names run through finite lists and every member was tried."""
    size = 1
    for name in sampler.names:
        found = sampler.finite_count(name)
        if found is None:
            return False
        size *= found
    return bool(sampler.names) and len(tally.held) + tally.undefined == size and bool(tally.held)


def _reaches_far(sampler: Sampler, tally: Tally) -> bool:
    """Whether integers without an upper bound were tried beyond 10."""
    for name in sampler.unbounded_integers():
        sizes = [_size(point.get(name), sampler) for point in tally.held]
        if max(sizes, default=0) <= 10:
            return False
    return True


def _size(tree: Tree | None, sampler: Sampler) -> int:
    if tree is None:
        return 0
    return abs(as_integer(sampler.evaluation({}).value(tree)) or 0)


def _digits(bits: int) -> int:
    """How many decimal digits a precision is worth."""
    return int(bits * 0.30103)


def _shortage(tally: Tally, count: int) -> str:
    if tally.unsupported:
        return Message(
            "Not computed with numbers: {unsupported}.", unsupported=tally.unsupported[0]
        )
    if tally.unseen and not count:
        return Message(
            "The sides agree in their first digits, but a part is too small to be seen there."
        )
    if tally.uncertain:
        return Message(
            "Only {count} points could be decided in the highest precision.", count=count
        )
    if tally.is_drawn_short:
        return Message(
            "Only {count} points were tried in as many steps as are allowed.", count=count
        )
    if tally.undefined and not count:
        return Message("It was undefined at every point that was tried.")
    return Message("Only {count} points that meet the assumptions were found.", count=count)
