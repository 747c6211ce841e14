r"""A picture of a formula: what it shows, and its three forms.

    plot = draw_plot(read_plan(r"f(x) = x^2"), over={"x": (-2, 2)})
    plot.to_text(); plot.to_svg(); plot.to_png()

Imports the code of formulas, and `render` for what is drawn of symbols.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blogkit.compute.code import write_plan
from blogkit.compute.plots.choices import choose, require_few_terms, with_value
from blogkit.compute.plots.sampling import (
    Points,
    curve,
    interesting_range,
    shown_heights,
)
from blogkit.compute.targets import TARGETS
from blogkit.errors import FormulaError
from blogkit.formula.printing import to_latex
from blogkit.language import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from blogkit.compute.plan import Plan
    from blogkit.compute.plots.choices import Choices, Over, Slot
    from blogkit.compute.reports import Code

MOST_CURVES = 12
"""Curves of one picture."""
_CELLS = 72
"""Cells of a surface each way."""
_WHOLE_RANGE = (1.0, 30.0)
"""Where what counts runs, where nothing is said."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve."""

    latex: str
    """What it is, in LaTeX."""
    points: Points
    """Its points from left to right; `nan` where it is torn."""
    is_stepped: bool = False
    """Whether only its points are meant: of what counts."""


@dataclass(frozen=True, slots=True)
class Surface:
    """The heights of a function of two numbers."""

    rows: tuple[tuple[float, ...], ...]
    """Its values, from the lowest row up."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of a formula."""

    latex: str
    """The formula."""
    x: tuple[str, float, float]
    """What runs to the right, in LaTeX, from where to where."""
    y: tuple[str, float, float]
    """What runs up: the value, or of a surface the second number; without a name for values."""
    curves: tuple[Curve, ...] = ()
    """The curves; none for a surface."""
    surface: Surface | None = None
    """The surface."""
    fixed: tuple[tuple[str, str], ...] = ()
    """What was fixed without being told: symbol and value in LaTeX."""
    difference: Plot | None = None
    """Of two sides that are nearly equal, how far they are apart: drawn below."""

    def to_text(self, *, width: int = 72, height: int = 20) -> str:
        """The picture with characters: curves in Braille, surfaces in shades.

        Args:
            width: columns, at least 30.
            height: lines of the picture itself, at least 5.
        """
        from blogkit.compute.plots.text import to_text

        return to_text(self, width=max(width, 30), height=max(height, 5))

    def to_svg(self) -> str:
        """The picture as SVG; symbols are drawn where the extra ``images`` is installed."""
        from blogkit.compute.plots.svg import to_svg

        return to_svg(self)

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.to_svg()

    def to_png(self, *, scale: float = 2.0) -> bytes:
        """The picture as PNG.

        Raises:
            MissingExtraError: without the extra ``images``.
        """
        from blogkit.compute.plots.svg import to_png

        return to_png(self, scale=scale)

    def to_dict(self) -> dict[str, object]:
        """The picture as JSON has it: its points, `null` where a curve is torn."""
        return {
            "schema": 1,
            "latex": self.latex,
            "x": {"latex": self.x[0], "range": list(self.x[1:])},
            "y": {"latex": self.y[0] or None, "range": list(self.y[1:])},
            "curves": [
                {"latex": one.latex, "points": [[x, _or_null(y)] for x, y in one.points]}
                for one in self.curves
            ],
            "surface": None
            if self.surface is None
            else [[_or_null(value) for value in row] for row in self.surface.rows],
            "difference": None if self.difference is None else self.difference.to_dict(),
            "fixed": [{"latex": name, "value": value} for name, value in self.fixed],
        }


def _or_null(value: float) -> float | None:
    return value if math.isfinite(value) else None


def draw_plot(plan: Plan, *, over: Over | None = None, at: Iterable[str] = ()) -> Plot:
    r"""A picture of what a formula computes.

    Args:
        plan: the formula, read.
        over: what runs: `{"x": (-3, 3)}` a range, `{"K": [1, 5, 50]}` a curve for each value, two
            ranges for a surface. Without it what usually runs, where it is interesting.
        at: values of other symbols: `K = 5`. What is told nothing is 1, and the picture says so.

    Raises:
        FormulaError: if something that it needs is not known.

    >>> from blogkit.compute.plan import read_plan
    >>> plot = draw_plot(read_plan(r"y = x^2"), over={"x": (-1, 1)})
    >>> plot.x, [one.latex for one in plot.curves], plot.curves[0].points[0]
    (('x', -1.0, 1.0), ['y'], (-1.0, 1.0))
    """
    code = write_plan(plan, TARGETS["numpy"])
    choices = choose(plan, code, over or {}, at)
    require_few_terms(plan, choices)
    values = _Values(code, choices)
    if len(choices.runs) == 2:
        return _surface(plan, values)
    slot, span = choices.runs[0]
    functions = _functions(plan, values)
    span = span or (_WHOLE_RANGE if slot.is_whole else _range(list(functions.values()), slot))
    curves = _curves(plan, values, functions, span)
    across = (slot.latex, *span)
    difference = _difference(plan, across, curves) if plan.is_approximate else None
    y = (_title(plan), *shown_heights([one.points for one in curves]))
    return Plot(plan.latex, across, y, tuple(curves), None, choices.assumed, difference)


_Functions = dict[tuple[float | None, int], "Callable[[float], float]"]
"""A function for each value of the parameter and each result."""


def _functions(plan: Plan, values: _Values) -> _Functions:
    slot, span = values.choices.runs[0]
    family = values.choices.family
    members: tuple[float | None, ...] = (None,) if family is None else family[1]
    count = values.count(members[0], 1.0 if span is None else (span[0] + span[1]) / 2)
    if len(members) * max(count, len(plan.results)) > MOST_CURVES:
        raise FormulaError(
            Message("over: expected at most {most} curves, found more", most=MOST_CURVES)
        )
    return {(m, k): values.of_one(slot, m, k) for m in members for k in range(count)}


def _curves(
    plan: Plan, values: _Values, functions: _Functions, span: tuple[float, float]
) -> list[Curve]:
    """The curves, each once.

    Raises:
        FormulaError: if there is nothing to see.
    """
    slot = values.choices.runs[0][0]
    count = 1 + max(k for _, k in functions)
    curves = [
        Curve(
            _label(plan, values.choices, member, k, count),
            _points(function, slot, span),
            slot.is_whole,
        )
        for (member, k), function in functions.items()
    ]
    if not any(math.isfinite(y) for one in curves for _, y in one.points):
        raise FormulaError(
            Message(
                "it has no value for {name} from {low:g} to {high:g}",
                name=slot.latex,
                low=span[0],
                high=span[1],
            )
        )
    return _distinct(plan, curves, count)


def _title(plan: Plan) -> str:
    """What is computed, where that is one thing with a name."""
    left = plan.parts[plan.results[0]].left
    return to_latex(left) if len(plan.results) == 1 and left is not None else ""


def _difference(plan: Plan, across: tuple[str, float, float], curves: list[Curve]) -> Plot | None:
    """How far two sides are apart, where both have their values at the same places."""
    if len(curves) != 2:
        return None
    one, two = (dict(each.points) for each in curves)
    points = tuple((x, one[x] - two.get(x, math.nan)) for x in one)
    heights = shown_heights([points])
    return Plot(plan.latex, across, ("", *heights), (Curve(r"\Delta", points),))


def _range(functions: Sequence[Callable[[float], float]], slot: Slot) -> tuple[float, float]:
    return interesting_range(functions, slot.lowest)


def _points(function: Callable[[float], float], slot: Slot, span: tuple[float, float]) -> Points:
    if slot.is_whole:
        return tuple(
            (float(k), function(k)) for k in range(math.ceil(span[0]), math.floor(span[1]) + 1)
        )
    return curve(function, *span)


def _labels(plan: Plan) -> list[str]:
    """What each result is, in LaTeX."""
    parts = [plan.parts[k] for k in plan.results]
    return [to_latex(part.body if part.left is None else part.left) for part in parts]


def _label(plan: Plan, choices: Choices, member: float | None, k: int, count: int) -> str:
    labels = _labels(plan)
    label = labels[k] if len(labels) == count else f"{labels[0]}_{{{k + 1}}}"
    if member is None or choices.family is None:
        return label
    value = f"{choices.family[0].latex} = {member:g}"
    return value if count == 1 else rf"{label},\ {value}"


def _distinct(plan: Plan, curves: list[Curve], count: int) -> list[Curve]:
    """Curves without those that a parameter does not change: they are drawn once."""
    seen: dict[Points, Curve] = {}
    labels = _labels(plan)
    for place, one in enumerate(curves):
        key = tuple((x, 0.0 if math.isnan(y) else y) for x, y in one.points)
        if key in seen and len(labels) == count:
            seen[key] = Curve(labels[place % count], one.points, one.is_stepped)
        else:
            seen.setdefault(key, one)
    return list(seen.values())


class _Values:
    """The formula's own code, asked point by point."""

    def __init__(self, code: Code, choices: Choices) -> None:
        self._function = code.function()
        self.choices = choices
        """What runs, and what stays."""

    def at(self, *values: tuple[Slot, float]) -> tuple[float, ...]:
        """The results at a point; nothing where there is no value."""
        import numpy as np

        given: dict[str, Any] = dict(self.choices.fixed)
        for slot, value in values:
            given = with_value(given, slot, value)
        ready = {name: np.asarray(v) if isinstance(v, list) else v for name, v in given.items()}
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = self._function(**ready)
        except (ArithmeticError, ValueError, IndexError, TypeError):
            return ()
        results = found if isinstance(found, tuple) else (found,)
        return tuple(entry for one in results for entry in _entries(one))

    def count(self, member: float | None, place: float) -> int:
        """How many curves a member of the family has."""
        slot = self.choices.runs[0][0]
        for shift in (0.0, 0.3, 1.0, -1.0, 2.0):
            found = self.at(*self._family(member), (slot, place + shift))
            if found:
                return len(found)
        return 1

    def of_one(self, slot: Slot, member: float | None, k: int) -> Callable[[float], float]:
        """One result as a function of what runs."""

        def function(x: float) -> float:
            found = self.at(*self._family(member), (slot, x))
            return found[k] if k < len(found) else math.nan

        return function

    def _family(self, member: float | None) -> tuple[tuple[Slot, float], ...]:
        family = self.choices.family
        return () if member is None or family is None else ((family[0], member),)


def _entries(value: Any) -> list[float]:
    """A result as numbers: itself, or the entries of a vector."""
    import numpy as np

    array = np.asarray(value)
    if np.iscomplexobj(array):
        return [math.nan]
    return [float(entry) for entry in array.reshape(-1)[:4]]


def _surface(plan: Plan, values: _Values) -> Plot:
    (right, across), (up, along) = values.choices.runs
    assert across is not None
    assert along is not None
    xs = [across[0] + (across[1] - across[0]) * k / _CELLS for k in range(_CELLS + 1)]
    ys = [along[0] + (along[1] - along[0]) * k / _CELLS for k in range(_CELLS + 1)]
    rows = tuple(tuple((values.at((right, x), (up, y)) or (math.nan,))[0] for x in xs) for y in ys)
    if not any(math.isfinite(value) for row in rows for value in row):
        raise FormulaError(Message("it has no value anywhere in these ranges"))
    return Plot(
        plan.latex,
        (right.latex, *across),
        (up.latex, *along),
        (),
        Surface(rows),
        values.choices.assumed,
    )
