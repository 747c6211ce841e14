r"""What runs in a picture and over what, and what stays fixed.

It exists so that `formula plot X` gives a picture without being told anything, and says what it
chose. Imports the code of formulas.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from blogkit.errors import FormulaError
from blogkit.formula import tree as t
from blogkit.formula.tree import Symbol
from blogkit.language import Message

from ..names import identifier
from ..plan import Plan
from ..reports import Argument, Code
from ..sums import TERMS
from ..values import NUMBER, Point, read_point, real

Over = Mapping[str, tuple[float, float] | Sequence[float]]
"""What runs: a range as two numbers, or a family as a list."""

_USUAL: Final = ("x", "z", "t", "s", "u", "y", "r")
"""Names that usually run, the likeliest first."""
MOST_TERMS: Final = 2_000
"""Terms of one value of a picture."""
_NUMBER: Final = rf"\s*({NUMBER})\s*"
_RANGE: Final = re.compile(rf"{_NUMBER}(?:\.\.|…){_NUMBER}")
_LISTED: Final = 2
"""Members of a list of which nothing is said."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A number that a function takes: an argument, or a member of a list."""

    name: str
    """The argument's name."""
    place: tuple[int, ...]
    """Which member, from 0; nothing for a plain number."""
    latex: str
    """Its symbol."""
    lowest: float = -math.inf
    """Where it begins."""
    is_whole: bool = False
    """Whether it counts."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What runs, and what stays."""

    runs: tuple[tuple[Slot, tuple[float, float] | None], ...]
    """One or two numbers that run, with their ranges where they are told."""
    family: tuple[Slot, tuple[float, ...]] | None
    """A parameter with a curve for each of its values."""
    fixed: Mapping[str, Any]
    """Values of all arguments, to which those that run are added."""
    assumed: tuple[tuple[str, str], ...]
    """What was fixed without being told: symbol and value in LaTeX."""


def choose(plan: Plan, code: Code, over: Over, at: Iterable[str]) -> Choices:
    """What runs in a picture.

    Raises:
        FormulaError: if something is named that the formula does not have, or nothing can run.
    """
    point = read_point(plan, at)
    fixed, assumed = _fixed(code, point)
    runs: list[tuple[Slot, tuple[float, float] | None]] = []
    family = None
    for name, values in over.items():
        slot = _slot(name, code, fixed)
        if isinstance(values, tuple) and len(values) == 2:
            low, high = float(values[0]), float(values[1])
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise FormulaError(
                    Message(
                        "over: expected a range that rises, found {low}..{high}", low=low, high=high
                    )
                )
            if slot.is_whole and high - low > MOST_TERMS:
                raise FormulaError(
                    Message("over: expected at most {most} whole numbers", most=MOST_TERMS)
                )
            runs.append((slot, (low, high)))
        else:
            family = (slot, tuple(float(value) for value in values))
    if not runs:
        taken = {family[0].name} if family is not None else set()
        runs = [(_usual_slot(code, point, fixed, taken), None)]
    if len(runs) > 2 or (len(runs) == 2 and family is not None):
        raise FormulaError(Message("over: expected one range and a list, or two ranges"))
    running = {slot.name for slot, _ in runs} | ({family[0].name} if family else set())
    kept = tuple((latex, value) for name, latex, value in assumed if name not in running)
    return Choices(tuple(runs), family, fixed, kept)


def _fixed(code: Code, point: Point) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Values of all arguments, and which of them nobody told."""
    fixed: dict[str, Any] = {}
    assumed: list[tuple[str, str, str]] = []
    for one in code.arguments:
        told = _told(one, point)
        if told is not None:
            fixed[one.name] = int(told) if one.sort == "integer" else told
            continue
        if one.sort in ("matrix", "array"):
            raise FormulaError(
                Message(
                    "{name} has no value; give it with --at '{plain}=…'",
                    name=one.latex,
                    plain=one.name,
                )
            )
        fixed[one.name] = [0.0] * _LISTED if one.sort == "vector" else 1
        assumed.append((one.name, one.latex, "(0, 0)" if one.sort == "vector" else "1"))
    return fixed, assumed


def _told(argument: Argument, point: Point) -> Any:
    tree = argument.tree
    if isinstance(tree, t.Index) and not tree.indices:
        return _listed(tree.base, point)
    if isinstance(tree, Symbol) and tree in point.lengths:
        return _listed(tree, point)
    if tree is not None and tree in point.values:
        return real(point.values[tree])
    by_name = {identifier(key): value for key, value in point.values.items()}
    found = by_name.get(argument.name)
    return None if found is None else real(found)


def _listed(base: t.Tree, point: Point) -> list[Any] | None:
    for name, lengths in point.lengths.items():
        if name == base or (isinstance(base, Symbol) and name.name == base.name):
            if len(lengths) == 1:
                return [_member(name, (k,), point) for k in range(lengths[0])]
            rows, columns = lengths
            return [[_member(name, (j, k), point) for k in range(columns)] for j in range(rows)]
    return None


def _member(base: Symbol, place: tuple[int, ...], point: Point) -> float:
    return real(point.values[t.Index(base, tuple(t.Number(str(k + 1)) for k in place))])


def _slot(name: str, code: Code, fixed: Mapping[str, Any]) -> Slot:
    """The number that a name stands for: an argument, or `x_1` of a list `x`."""
    plain = name.strip().lstrip("\\")
    if plain == TERMS and f"{TERMS}=" in code.code:
        return Slot(TERMS, (), r"\text{terms}", 1, True)
    for one in code.arguments:
        if plain in (one.name, one.latex.lstrip("\\"), one.name.rstrip("_")):
            if one.sort == "vector":
                return _member_slot(one, 0)
            return _plain_slot(one)
        place = _place(plain, one, fixed)
        if place is not None:
            return _member_slot(one, place)
    known = ", ".join(one.name for one in code.arguments)
    raise FormulaError(
        Message("over: expected one of {known}, found {name}", known=known or "…", name=name)
    )


def _place(name: str, argument: Argument, fixed: Mapping[str, Any]) -> int | None:
    """Which member of a list `x_2` names, from 0."""
    stem, _, index = name.rpartition("_")
    if stem != argument.name or argument.sort != "vector" or not index.isdigit():
        return None
    place = int(index) - 1
    return place if 0 <= place < len(fixed[argument.name]) else None


def _plain_slot(argument: Argument) -> Slot:
    is_size = isinstance(argument.tree, t.Apply) and argument.tree.operator in (
        "norm",
        "cardinality",
    )
    lowest = 0.0 if is_size else -math.inf
    whole = argument.sort == "integer"
    return Slot(argument.name, (), argument.latex, 1.0 if whole else lowest, whole)


def _member_slot(argument: Argument, place: int) -> Slot:
    return Slot(argument.name, (place,), f"{argument.latex}_{{{place + 1}}}")


def _usual_slot(code: Code, point: Point, fixed: Mapping[str, Any], taken: set[str]) -> Slot:
    """What runs where nothing is said: what usually does, else the first number."""
    free = [one for one in code.arguments if one.name not in taken and _told(one, point) is None]
    numbers = [one for one in free if one.sort == "real"]
    counts = [one for one in free if one.sort == "integer"]
    atoms = [one for one in numbers if isinstance(one.tree, t.Apply)]
    lists = [one for one in code.arguments if one.sort == "vector" and one.name not in taken]
    usual = sorted(
        (one for one in (*numbers, *lists) if one.name in _USUAL),
        key=lambda one: _USUAL.index(one.name),
    )
    for one in (*atoms, *usual, *numbers, *lists, *counts):
        return _member_slot(one, 0) if one.sort == "vector" else _plain_slot(one)
    if f"{TERMS}=" in code.code:
        return Slot(TERMS, (), r"\text{terms}", 1, True)
    raise FormulaError(Message("nothing runs: all that it depends on has a value"))


def parameters(plan: Plan, code: Code) -> tuple[Argument, ...]:
    """Numbers that a picture keeps fixed where nothing is said: what one may want to turn.

    Raises:
        FormulaError: if there is no picture, because nothing can run.
    """
    running = choose(plan, code, {}, ()).runs[0][0].name
    return tuple(one for one in code.arguments if one.sort == "real" and one.name != running)


def require_few_terms(plan: Plan, choices: Choices) -> None:
    """Raise unless a picture, which asks for many values, is computed in a moment.

    Raises:
        FormulaError: if a sum is too long, or something that counts is too great.
    """
    counts = [value for value in choices.fixed.values() if isinstance(value, int)]
    counts += [math.prod(_terms(node) for node in _chain(part.body)) for part in plan.parts]
    if max(counts, default=0) > MOST_TERMS:
        raise FormulaError(
            Message("a picture of sums of more than {most} terms takes too long", most=MOST_TERMS)
        )


def _chain(tree: t.Tree) -> Iterable[t.Big]:
    return (node for node in t.walk(tree) if isinstance(node, t.Big))


def _terms(tree: t.Big) -> int:
    """How many terms a sum has, where its ends are numbers."""
    ends = [end.text for end in (tree.lower, tree.upper) if isinstance(end, t.Number)]
    is_counted = len(ends) == 2 and all(end.isdigit() for end in ends)
    return max(int(ends[1]) - int(ends[0]), 1) if is_counted else 1


def with_value(fixed: Mapping[str, Any], slot: Slot, value: float) -> dict[str, Any]:
    """The arguments with one number put in."""
    given = dict(fixed)
    if not slot.place:
        given[slot.name] = int(value) if slot.is_whole else value
        return given
    members = list(given[slot.name])
    members[slot.place[0]] = value
    given[slot.name] = members
    return given


def read_over(texts: Iterable[str]) -> Over:
    """Ranges and lists as they are typed.

    Raises:
        FormulaError: if one is neither.

    >>> read_over(["x=-3..3", "K=1,5,50"])
    {'x': (-3.0, 3.0), 'K': [1.0, 5.0, 50.0]}
    """
    found: dict[str, tuple[float, float] | list[float]] = {}
    for text in texts:
        name, _, values = text.partition("=")
        span = _RANGE.fullmatch(values)
        listed = [part for part in re.split(r"[,;，；]", values) if part.strip()]
        if span is not None:
            found[name.strip()] = (float(span[1]), float(span[2]))
        elif listed and all(re.fullmatch(_NUMBER, part) for part in listed):
            found[name.strip()] = [float(part) for part in listed]
        else:
            raise FormulaError(
                Message("over: expected x=-3..3 or K=1,5,50, found {text}", text=text)
            )
    return found
