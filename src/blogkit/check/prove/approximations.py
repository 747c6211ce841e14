r"""How near an approximation is: `a \approx b` and `a = b + O(h^k)`, measured.

Such a statement is neither true nor false as it stands, so what is told is a figure: the largest
difference of both sides over a range, and where it is; and the order in which it vanishes, as
numbers show it. Numbers are balls of 128 bits, so what is printed is right, of the points that
were looked at. Imports `balls/`, `facts/`, `sampling/`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING, Final, NamedTuple

from blogkit.check.answers import Answer, Measured, Open
from blogkit.formula import Apply, Call, Index, Number, Relation, Symbol, variables, walk
from blogkit.formula.build import build
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.latex import parse
from blogkit.meaning.balls import Missing, Uncertain, Unsupported
from blogkit.meaning.balls.truths import to_float
from blogkit.meaning.balls.values import is_real, precision
from blogkit.meaning.facts.ranges import range_of
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.sampling.goals import goal_of
from blogkit.meaning.sampling.points import Sampler
from blogkit.meaning.statements.kinds import UNSAID
from blogkit.meaning.trees.increments import ORDERS, along_a_line
from blogkit.meaning.trees.rationals import rational
from blogkit.meaning.trees.rewriting import map_nodes, substitute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blogkit.check.question import Question
    from blogkit.formula import Tree
    from blogkit.meaning.sampling.points import Point, Sampler

BITS: Final = 128
"""Precision in which sides are compared; four times as much where an order is asked."""
_POINTS: Final = {1: 401, 2: 41, 3: 15}
"""Points a name, for each number of names; of more nothing is measured."""
_ZOOMS: Final = 4
"""How often the surroundings of the worst point are looked at more closely."""
_SHRINKINGS: Final = 6
"""How often a range that is not said is halved where a side has no value within."""
_HALF_WIDTH: Final = 5
"""How far a range goes from zero, or from its only bound, where nothing is said."""
_LARGEST: Final = 100
"""Up to where a natural number goes where nothing is said."""
_HALVINGS: Final = range(8, 21, 2)
"""The powers of one half at which an order is read off."""
_DOUBLINGS: Final = range(4, 11)
"""The powers of two at which it is read off of whole numbers."""
_LEAST: Final = 4
"""How many differences must be there for that."""
_NEAR: Final = 0.02
"""How near two slopes must be to show an order."""


class _Span(NamedTuple):
    """The range of one name."""

    lower: Fraction
    upper: Fraction
    is_whole: bool
    is_said: bool
    """Whether both ends are said, and not what is looked at where nothing is said."""

    @property
    def halved(self) -> _Span:
        """It nearer to zero, or to the end that is said; of whole numbers, without the first."""
        if self.is_said:
            return self
        if self.is_whole:
            return self._replace(lower=self.lower + 1)
        if self.lower < 0 < self.upper:
            return self._replace(lower=self.lower / 2, upper=self.upper / 2)
        return self._replace(upper=(self.lower + self.upper) / 2)


def is_approximation(tree: Tree) -> bool:
    r"""Whether a statement says how near two sides are: by `\approx`, or by an `O` among terms."""
    if not isinstance(tree, Relation) or len(tree.operators) != 1:
        return False
    return tree.operators[0] == "≈" or (tree.operators[0] == "=" and _remainder(tree) is not None)


def measure(question: Question) -> Answer:
    """The largest difference of the two sides of an approximation, and its order.

    Args:
        question: a statement of which `is_approximation` is true.
    """
    assert isinstance(question.claim, Relation)
    claim = along_a_line(question.claim)
    remainder = _remainder(claim)
    has_members = any(isinstance(node, Index) for node in walk(claim))
    calls = [node for node in walk(claim) if isinstance(node, Call) and node is not remainder]
    if remainder is None and not calls and not has_members:
        return _near(question, claim)
    if has_members or not all(map(_is_smooth, calls)):
        return Open(UNSAID if remainder is None else Message("nothing is known of the functions"))
    if remainder is None:
        return _of_steps(question, claim)
    return _of_order(question, claim, remainder)


def measure_rounding(question: Question) -> Measured | None:
    r"""How near a decimal is to the other side, where it is that rounded: `\frac{8}{17} = 0.471`.

    None where it is not.
    """
    claim = question.claim
    if not isinstance(claim, Relation) or claim.operators != ("=",) or variables(claim).free:
        return None
    unit = min((unit for side in claim.operands if (unit := _last_place(side))), default=None)
    if unit is None:
        return None
    found = _near(question, claim)
    return found if isinstance(found, Measured) and found.error <= unit / 2 else None


def _last_place(side: Tree) -> float | None:
    """The unit of the last place of a decimal; None of what is none."""
    if isinstance(side, Apply) and side.operator == "minus":
        (side,) = side.args
    if not isinstance(side, Number) or "." not in side.text:
        return None
    return float(10.0 ** -len(side.text.partition(".")[2]))


# --- nearly equal


def _near(question: Question, claim: Relation) -> Answer:
    left, right = claim.operands
    names = sorted(variables(claim).free, key=to_latex)
    if not _speak_of_the_same(left, right, question):
        return Open(UNSAID)
    spans = {name: _span(name, question) for name in names}
    if len(names) > max(_POINTS) or None in spans.values():
        return Open(UNSAID)
    known = {name: span for name, span in spans.items() if span is not None}
    sides = _Sides(question, left, right)
    for _ in range(_SHRINKINGS):
        worst = _worst(sides, known)
        if worst is not None or sides.reason or all(span.is_said for span in known.values()):
            break
        known = {name: span.halved for name, span in known.items()}
    if worst is None:
        return Open(sides.reason or UNSAID)
    error, point = worst
    return Measured(
        Message("ball arithmetic, {bits} bits", bits=BITS),
        float(f"{error:.3g}"),
        {to_latex(name): _decimal(value) for name, value in point.items()},
        {to_latex(name): (float(s.lower), float(s.upper)) for name, s in known.items()},
        _order(sides, known),
    )


def _speak_of_the_same(left: Tree, right: Tree, question: Question) -> bool:
    """Whether an approximation is of a function: `x \\approx 0.3` gives a name a value."""
    sides = [variables(side).free for side in (left, right)]
    if sides[0] == sides[1]:
        return True
    rest = sides[0] ^ sides[1]
    is_constant = not (sides[0] and sides[1])
    whole = {"natural", "integer"}
    return is_constant and all(question.facts.sort_of(name).kind in whole for name in rest)


def _span(name: Symbol, question: Question) -> _Span | None:
    """The range that is said of a name, else one around zero; None if it is no real number."""
    found = range_of(name, question.facts)
    if found.kind == "complex" or question.facts.sort_of(name).is_family:
        return None
    is_whole = found.kind in {"natural", "integer"}
    width = Fraction(_LARGEST if is_whole else _HALF_WIDTH)
    lower, upper = found.lower, found.upper
    if lower is None:
        lower = Fraction(1) if is_whole else -width if upper is None else upper - width
    is_said = found.lower is not None and upper is not None
    if upper is None:
        upper = lower + max(width, -2 * lower)
    return _Span(lower, upper, is_whole, is_said)


class _Sides:
    """Both sides at a point."""

    def __init__(self, question: Question, left: Tree, right: Tree) -> None:
        claim = Relation((left, right), ("=",))
        goal = goal_of(claim, question.facts)
        self.reason = goal.obstacle
        self._sampler: Sampler = Sampler(
            goal.tree, goal.names, question.facts, goal.statements, has_company=False
        )
        self._tree = Apply("plus", (left, Apply("minus", (right,))))

    def difference(self, point: Mapping[Symbol, Fraction], bits: int = BITS) -> float | None:
        """The absolute difference; None where a side has no real value."""
        if self.reason:
            return None
        values: Point = {name: rational(value) for name, value in point.items()}
        try:
            with precision(bits):
                value = self._sampler.evaluation(values).value(self._tree)
                return abs(to_float(value)) if is_real(value) else None
        except (Undefined, Uncertain):
            return None
        except Unsupported as stop:
            self.reason = stop.reason
        except Missing as stop:
            self.reason = Message("{atom} has no known meaning", atom=to_latex(stop.atom))
        return None


def _worst(
    sides: _Sides, spans: Mapping[Symbol, _Span]
) -> tuple[float, dict[Symbol, Fraction]] | None:
    """The largest difference and where it is: on a grid, then around the worst of it.

    None where a side has no value at some point: then the range is too wide.
    """
    best: tuple[float, dict[Symbol, Fraction]] | None = None
    around = dict(spans)
    for _ in range(_ZOOMS if spans else 1):
        for point in _grid(around):
            found = sides.difference(point)
            if found is None or not math.isfinite(found):
                return None
            if best is None or found > best[0]:
                best = (found, point)
        assert best is not None
        around = {
            name: _closer(span, best[1][name], spans[name], len(spans))
            for name, span in around.items()
        }
    return best


def _closer(span: _Span, at: Fraction, whole: _Span, names: int) -> _Span:
    step = (span.upper - span.lower) / (_POINTS[names] - 1)
    lower, upper = max(whole.lower, at - step), min(whole.upper, at + step)
    return span._replace(lower=lower, upper=upper)


def _grid(spans: Mapping[Symbol, _Span]) -> Iterator[dict[Symbol, Fraction]]:
    axes = [_axis(span, _POINTS[len(spans)]) for span in spans.values()]
    for values in product(*axes):
        yield dict(zip(spans, values, strict=True))


def _axis(span: _Span, count: int) -> list[Fraction]:
    if span.is_whole:
        first, last = math.ceil(span.lower), math.floor(span.upper)
        stride = max(1, (last - first) // count)
        return [Fraction(n) for n in range(first, last + 1, stride)]
    width = span.upper - span.lower
    steps = [span.lower + width * k / (count - 1) for k in range(count)]
    return [Fraction(round(x * 10**9), 10**9) for x in steps]


def _decimal(value: Fraction) -> str:
    return f"{float(value):.6g}"


# --- orders


def _order(sides: _Sides, spans: Mapping[Symbol, _Span]) -> float | None:
    """In which power of its one name the difference vanishes: at zero, of whole numbers far out."""
    if len(spans) != 1:
        return None
    ((name, span),) = spans.items()
    if span.is_whole:
        far_out = ({name: Fraction(2**k)} for k in _DOUBLINGS)
        return _slope((sides.difference(point, 4 * BITS) for point in far_out), 1)
    if not span.lower <= 0 < span.upper:
        return None
    near_zero = ({name: Fraction(1, 2**k)} for k in _HALVINGS)
    return _slope((sides.difference(point, 4 * BITS) for point in near_zero), 2)


def _slope(differences: Iterator[float | None], halvings: int) -> float | None:
    """The power that differences show which fall with a name; None where they show none.

    Args:
        differences: at values of the name, each nearer by so many halvings than the one before.
        halvings: how many.
    """
    row = [value for value in differences if value and math.isfinite(value)]
    if len(row) < _LEAST:
        return None
    slopes = [math.log2(a / b) / halvings for a, b in pairwise(row)]
    found = round(2 * slopes[-1]) / 2
    is_steady = abs(slopes[-1] - found) < _NEAR and abs(slopes[-2] - found) < 3 * _NEAR
    return found if is_steady and found > 0 else None


def _remainder(claim: Relation) -> Call | None:
    r"""The `O(h^2)` among the terms of a side; None if there is not just one."""
    found = [
        part
        for side in claim.operands
        for part in (side.args if isinstance(side, Apply) and side.operator == "plus" else (side,))
        if isinstance(part, Call)
        and isinstance(part.function, Symbol)
        and part.function.name in ORDERS
        and len(part.args) == 1
    ]
    return found[0] if len(found) == 1 else None


def _is_smooth(call: Call) -> bool:
    """Whether it is an unknown function of one number, or a derivative of one by primes."""
    function = call.function
    has_one = len(call.args) == 1 and not call.conditions and not call.parameters
    return has_one and isinstance(function, Symbol) and function.primes < len(_SMOOTH)


_SMOOTH: Final = (
    r"e^{x/2} + x^3 + a x^4",
    r"\frac{e^{x/2}}{2} + 3 x^2 + 4 a x^3",
    r"\frac{e^{x/2}}{4} + 6 x + 12 a x^2",
    r"\frac{e^{x/2}}{8} + 6 + 24 a x",
)
"""A function of which no derivative vanishes, and its derivatives; `a` tells functions apart."""


def _with_smooth(tree: Tree) -> Tree:
    """A statement with such a function for each that is unknown, as one that is smooth."""
    letters: dict[Symbol, Tree] = {}

    def known(node: Tree) -> Tree:
        if not isinstance(node, Call) or not isinstance(node.function, Symbol):
            return node
        if node.function.name in ORDERS:
            return node
        name = replace(node.function, primes=0)
        letter = letters.setdefault(name, Number(str(len(letters) + 1)))
        body = build(parse(_SMOOTH[node.function.primes]).tree, constants=["e"]).tree
        return substitute(body, {Symbol("x"): node.args[0], Symbol("a"): letter})

    return map_nodes(tree, known)


def _of_order(question: Question, claim: Relation, remainder: Call) -> Answer:
    (bound,) = remainder.args
    calls = [node for node in walk(bound) if isinstance(node, Call)]
    names = variables(substitute(bound, dict.fromkeys(calls, Number("1")))).free
    if len(names) != 1:
        return Open(Message("of which name the order is, is not said"))
    (name,) = names
    left, right = (_with_smooth(_without(side, remainder)) for side in claim.operands)
    trials = list(_trials(question, left, right, name))
    stated = {found.order for found in _trials(question, _with_smooth(bound), Number("0"), name)}
    shown = {found.order for found in trials}
    if None in shown | stated or len(stated) != 1:
        return Open(trials[0].reason or Message("numbers show no order"))
    least, asked = min(filter(None, shown)), max(filter(None, stated))
    assert isinstance(remainder.function, Symbol)
    orders = {"shown": f"{least:g}", "stated": f"{asked:g}"}
    if least < asked:
        return Open(
            Message("numbers show the order {shown}, less than the stated {stated}", **orders)
        )
    if least == asked and remainder.function.name == "o":
        return Open(Message("numbers show the order {shown}, and no more", shown=orders["shown"]))
    return _measured(claim, remainder, name, trials[-1], least)


def _of_steps(question: Question, claim: Relation) -> Answer:
    r"""An approximation for small values of the one name at whose zero both sides are equal."""
    if any(isinstance(node, Apply) and node.args[1:] == (Symbol("T"),) for node in walk(claim)):
        return Open(UNSAID)  # a transpose, that is
    for name in sorted(variables(claim).free, key=to_latex):
        if found := _in_name(question, claim, name):
            return _measured(claim, None, name, *found)
    for name, near in permutations(_places(claim), 2):
        step = replace(name, name="h", accents=("near",))
        moved = substitute(claim, {name: Apply("plus", (near, step))})
        if isinstance(moved, Relation) and (found := _in_name(question, moved, step)):
            trial, order = found
            at = trial.point[near]
            others = {other: value for other, value in trial.point.items() if other != step}
            trial = trial._replace(point={name: at + trial.point[step], **others})
            return _measured(claim, None, name, trial, order, start=at)
    return Open(UNSAID)


def _in_name(question: Question, claim: Relation, name: Symbol) -> tuple[_Trial, float] | None:
    """The order in which both sides of a claim become equal as a name vanishes; None if not."""
    left, right = map(_with_smooth, claim.operands)
    trials = []
    for trial in _trials(question, left, right, name):
        if trial.order is None:
            return None
        trials.append(trial)
    return trials[-1], min(trial.order for trial in trials if trial.order is not None)


def _places(claim: Relation) -> list[Symbol]:
    """The names that functions are applied to as such."""
    args = {arg for node in walk(claim) if isinstance(node, Call) for arg in node.args}
    return sorted((arg for arg in args if isinstance(arg, Symbol)), key=to_latex)


class _Trial(NamedTuple):
    """Both sides near the zero of a name, the others fixed."""

    order: float | None
    """The power of the name in which the difference vanishes; None where it does not."""
    error: float
    """The difference at the first point."""
    point: dict[Symbol, Fraction]
    """That point."""
    reason: str
    """Why nothing could be computed."""


def _trials(question: Question, left: Tree, right: Tree, name: Symbol) -> Iterator[_Trial]:
    free = {symbol for side in (left, right) for symbol in variables(side).free}
    others = sorted(free - {name}, key=to_latex)
    sides = _Sides(question, left, right)
    for trial in (Fraction(3, 7), Fraction(5, 4), Fraction(2, 3)):
        fixed = {other: trial + Fraction(place, 5) for place, other in enumerate(others)}
        points = [{**fixed, name: Fraction(1, 2**k)} for k in _HALVINGS]
        order = _slope((sides.difference(point, 4 * BITS) for point in points), 2)
        yield _Trial(order, sides.difference(points[0]) or 0.0, points[0], sides.reason)


def _measured(
    claim: Relation,
    remainder: Call | None,
    name: Symbol,
    trial: _Trial,
    order: float,
    start: Fraction = Fraction(0),
) -> Measured:
    method = Message("ball arithmetic, {bits} bits", bits=4 * BITS)
    if any(isinstance(node, Call) and node is not remainder for node in walk(claim)):
        method = Message("{method}, of smooth functions for those that are unknown", method=method)
    return Measured(
        method,
        float(f"{trial.error:.3g}"),
        {to_latex(key): _decimal(value) for key, value in trial.point.items()},
        {to_latex(name): (float(start), float(start + Fraction(1, 2 ** _HALVINGS[0])))},
        order,
    )


def _without(side: Tree, part: Tree) -> Tree:
    if side == part:
        return Number("0")
    if isinstance(side, Apply) and side.operator == "plus":
        kept = tuple(arg for arg in side.args if arg != part)
        return kept[0] if len(kept) == 1 else replace(side, args=kept)
    return side
