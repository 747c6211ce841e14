r"""The value of a formula at a point, with as many digits as are sure.

    value_of(r"\frac{1}{K}\log(e^{Kx}+1)", at=["x=1,K=50"]).value

Computed in balls (python-flint), so that each printed digit is certain. Imports the checker's
balls.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from blogkit.errors import FormulaError
from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.language import Message
from blogkit.latex import Macro
from blogkit.meaning.balls import Evaluation, Missing, Uncertain, Unsupported, precision, show
from blogkit.meaning.definitions import Definition, put_in
from blogkit.meaning.facts.assume import as_latex
from blogkit.meaning.outcomes import Requires, Undefined
from blogkit.meaning.steps import OutOfStepsError, at_most
from blogkit.meaning.trees.reading import read
from blogkit.meaning.trees.rewriting import map_nodes, substitute

from .names import identifier
from .plan import Part, Plan, read_plan
from .reports import Side, ValueReport
from .shapes import ZERO, Shapes, axes_along, family, members_of, read_shapes

DIGITS: Final = 15
"""Digits that are given unless told otherwise."""
MOST_DIGITS: Final = 1000
"""Digits that may be asked for."""
_STEPS: Final = 400_000
"""Steps of computing before a value is given up, as much as a few seconds."""
NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
"""A number as it is typed."""
_ASSIGNMENT: Final = re.compile(r",(?=[^,()\[\]{}]*=)|[;；，]")


def value_of(
    latex: str,
    at: Iterable[str] = (),
    *,
    let: Iterable[str] = (),
    definitions: Iterable[Definition] = (),
    macros: Mapping[str, Macro] | None = None,
    digits: int = DIGITS,
) -> ValueReport:
    r"""The value of a formula at a point.

    Args:
        latex: the formula, without delimiters.
        at: values of its symbols: `x=1, K=50`, `s=(1, 2, 3)`, `x_1=2`.
        let: definitions that are given with it: `f(x) = x^2`.
        definitions: those of its post.
        macros: commands that its post defines.
        digits: how many digits are wanted, 1 to 1000.

    Raises:
        FormulaError: if a symbol has no value, or it has no value there; it names which.

    >>> value_of(r"\log(1 + e^{x})", ["x = 1"]).value
    '1.31326168751822'
    """
    at = tuple(at)
    if not 1 <= digits <= MOST_DIGITS:
        raise FormulaError(
            Message("digits: expected 1 to {most}, found {found}", most=MOST_DIGITS, found=digits)
        )
    plan = read_plan(latex, let=let, definitions=definitions, macros=macros)
    point = read_point(plan, at)
    sides = tuple(_side(part, plan, point, digits) for part in _asked(plan))
    used = dict.fromkeys(d.latex for p in _asked(plan) for d in put_in(p.body, plan.known)[1])
    return ValueReport(latex, sides, at, tuple(used))


def _asked(plan: Plan) -> list[Part]:
    return [plan.parts[k] for k in plan.results]


def _side(part: Part, plan: Plan, point: "Point", digits: int) -> Side:
    value = evaluate(part, plan, point, digits)
    shown = to_latex(part.body if part.left is None else part.left)
    text = show(value, digits=digits)
    if not hasattr(value, "rel_accuracy_bits"):
        return Side(shown, text, None)
    return Side(shown, _plainly(value.str(digits, radius=False)), digits)


def _plainly(digits: str) -> str:
    """Digits without an exponent where they are no longer for it."""
    if "e" not in digits or not -7 < Decimal(digits).adjusted() < len(digits):
        return digits
    return f"{Decimal(digits):f}"


# --- the point


@dataclass(frozen=True, slots=True)
class Point:
    """Values for symbols and members of families, as closed trees."""

    values: Mapping[Tree, Tree]
    """The value of each symbol and member."""
    lengths: Mapping[Symbol, tuple[int, ...]]
    """How many members each array has."""


def read_point(plan: Plan, at: Iterable[str]) -> Point:
    """The point that is given as text, for a plan.

    Raises:
        FormulaError: if a text is no `name = value`, or names nothing of the formula.
    """
    values: dict[Tree, Tree] = {}
    lengths: dict[Symbol, tuple[int, ...]] = {}
    names = dict(_names(plan))
    for text in at:
        for part in filter(None, (piece.strip() for piece in _ASSIGNMENT.split(text))):
            name, sign, value = part.partition("=")
            tree = names.get(name.strip()) or read(as_latex(name)).tree
            if not sign or not isinstance(tree, Symbol | t.Index):
                raise FormulaError(
                    Message("expected a value such as x = 1, found {text}", text=part)
                )
            _assign(tree, value.strip(), values, lengths)
    return Point(values, lengths)


def _names(plan: Plan) -> Iterator[tuple[str, Tree]]:
    """The symbols of a formula by their names in Python."""
    for part in plan.parts:
        for tree in (part.body, *([part.left] if part.left is not None else [])):
            for symbol in variables(tree).free:
                yield identifier(symbol), symbol
            for node in t.walk(tree):
                if isinstance(node, t.Index):
                    yield identifier(node), node


def _assign(
    tree: Symbol | t.Index,
    text: str,
    values: dict[Tree, Tree],
    lengths: dict[Symbol, tuple[int, ...]],
) -> None:
    listed = _listed(text)
    if listed is None:
        values[tree] = number(text)
        return
    if not isinstance(tree, Symbol):
        raise FormulaError(
            Message("expected a number for {name}, found {text}", name=to_latex(tree), text=text)
        )
    lengths[tree] = (len(listed),)
    for k, item in enumerate(listed, start=1):
        inner = _listed(item)
        if inner is None:
            values[t.Index(tree, (t.Number(str(k)),))] = number(item)
            continue
        lengths[tree] = (len(listed), len(inner))
        for j, entry in enumerate(inner, start=1):
            values[t.Index(tree, (t.Number(str(k)), t.Number(str(j))))] = number(entry)


def _listed(text: str) -> list[str] | None:
    """What a list has: `(1, 2)`, `[[1, 2], [3, 4]]`."""
    if not (text[:1] in ("(", "[") and text[-1:] in (")", "]")):
        return None
    items, depth, start = list[str](), 0, 1
    for place, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0 and place < len(text) - 1:
            return None
        if depth == 1 and char == ",":
            items.append(text[start:place].strip())
            start = place + 1
    return [*items, text[start:-1].strip()] if items else None


def number(text: str) -> Tree:
    """A number as a tree: `-0.5`, `1e-3`, `1/3`, `\\sqrt{2}`."""
    if re.fullmatch(NUMBER, text):
        try:
            plain = f"{abs(Decimal(text)):f}"
        except InvalidOperation:  # pragma: no cover - the pattern admits no such text
            plain = text
        found: Tree = t.Number(plain)
        return t.Apply("minus", (found,)) if text.startswith("-") else found
    reading = read(as_latex(text))
    if not text or not reading.is_complete or variables(reading.tree).free:
        raise FormulaError(Message("expected a number, found {text}", text=text or "…"))
    return reading.tree


# --- the value


def evaluate(part: Part, plan: Plan, point: Point, digits: int = DIGITS) -> Any:
    """The value of a part in balls: a `fmpq`, an `arb` or an exact number.

    Raises:
        FormulaError: if a symbol has no value, or it has none there.
    """
    tree, values = prepared(part, plan, point)
    bits = int(digits * 3.33) + 32
    last: Exception | None = None
    while bits <= 16 * (digits * 4 + 64):
        with precision(bits), at_most(_STEPS):
            try:
                value = Evaluation(values, is_complex=False).value(tree)
            except Uncertain as error:
                last = error
            except OutOfStepsError:
                raise FormulaError(Message("the value takes too long to compute")) from None
            except (Missing, Undefined, Unsupported) as error:
                raise FormulaError(_why(error, tree)) from error
            else:
                if not hasattr(value, "rel_accuracy_bits") or _is_sure(value, digits):
                    return value
        bits *= 2
    raise FormulaError(Message("its digits can't be told: it may be undefined there")) from last


def _is_sure(value: Any, digits: int) -> bool:
    return bool(value.rel_accuracy_bits() >= digits * 3.33 + 4 or value.is_exact())


def _why(error: Exception, tree: Tree) -> Message:
    match error:
        case Missing(atom=atom):
            name = to_latex(atom)
            plain = identifier(atom)
            return Message(
                "{name} has no value; give it with --at '{plain}=…'", name=name, plain=plain
            )
        case Requires(tree=part, requirement=requirement):
            return Message(
                "it has no value there: {part} must be {requirement}",
                part=to_latex(part),
                requirement=requirement,
            )
    return Message("it can't be computed: {reason}", reason=getattr(error, "reason", str(error)))


def prepared(part: Part, plan: Plan, point: Point) -> tuple[Tree, dict[Tree, Tree]]:
    """What the evaluator is given: the tree with definitions put in, and all values."""
    tree, _ = put_in(_before(part, plan), plan.known)
    lefts = [part.left] if part.left is not None else []
    shapes = read_shapes([tree], lefts, plan.known)
    tree = _with_ranges(_untwinned(tree, shapes), shapes, point)
    tree = map_nodes(tree, _as_evaluated)
    values: dict[Tree, Tree] = {}
    for name, value in point.values.items():
        values[_shifted(name, shapes)] = value
    for size, (base, axis) in shapes.sizes.items():
        count = _length(base, axis, shapes, point)
        if count is not None and size not in values:
            first = 1 if shapes.first_of(base, axis) == ZERO else 0
            values[size] = t.Number(str(count - first))
    return tree, values


def _before(part: Part, plan: Plan) -> Tree:
    """A part with what is computed before it put in: `Z` in `p = e^{-E}/Z`."""
    tree = part.body
    for _ in plan.parts:
        done = {
            one.left: one.body
            for one in plan.parts
            if one is not part and one.left is not None and one.left not in t.walk(one.body)
        }
        put = substitute(tree, done)
        if put == tree:
            break
        tree = put
    return tree


def _length(base: Symbol, axis: int, shapes: Shapes, point: Point) -> int | None:
    for name, lengths in point.lengths.items():
        if shapes.array(name) == base or name == base:
            return lengths[axis] if axis < len(lengths) else None
    return None


def _shifted(name: Tree, shapes: Shapes) -> Tree:
    """A member as the formula counts: from 0 where its array starts there."""
    base, indices = family(name)
    if not isinstance(name, t.Index) or base is None:
        return name
    base = shapes.array(base)
    moved = tuple(
        t.Number(str(int(index.text) - 1))
        if isinstance(index, t.Number) and shapes.first_of(base, axis) == ZERO
        else index
        for axis, index in enumerate(indices)
    )
    return t.Index(base, moved)


def _untwinned(tree: Tree, shapes: Shapes) -> Tree:
    return substitute(tree, dict(shapes.twins)) if shapes.twins else tree


def _with_ranges(tree: Tree, shapes: Shapes, point: Point) -> Tree:
    """Sums that do not say how far they run, with as many terms as there are members."""

    def changed(node: Tree) -> Tree:
        match node:
            case t.Big(bound=(name,), lower=None, upper=None):
                for base, axis in axes_along(node.body, name):
                    count = _length(shapes.array(base), axis, shapes, point)
                    if count is not None:
                        end = t.Number(str(count))
                        kept = None if members_of(node) is not None else node.condition
                        return replace(node, lower=t.Number("1"), upper=end, condition=kept)
            case t.Apply(operator="cardinality", args=(members,)) if members in shapes.sets:
                count = _length(*shapes.sets[members], shapes, point)
                return node if count is None else t.Number(str(count))
        return node

    return map_nodes(tree, changed)


def _as_evaluated(node: Tree) -> Tree:
    """Spellings that the evaluator does not know: a gradient by a number, a letter by habit."""
    match node:
        case t.Apply(operator="gradient", args=(inner, Symbol() as by)):
            return t.Apply("partial", (inner, by))
        case t.Index():
            base, indices = family(node)
            return node if base is None else t.Index(base, indices)
        case t.Apply(operator="star", args=args):
            return t.Apply("times", args)
        case t.Call(function=Symbol() as name) if named_function(name) is None:
            habit = by_letter(name)
            return replace(node, function=Symbol(habit.name)) if habit is not None else node
    return node


def real(tree: Tree) -> float:
    """A closed tree as a float.

    >>> real(number("1/4"))
    0.25
    """
    with precision(64):
        value: Any = Evaluation({}, is_complex=False).value(tree)
    found = value.mid() if hasattr(value, "mid") else value
    return int(found.p) / int(found.q) if hasattr(found, "p") else float(found)
