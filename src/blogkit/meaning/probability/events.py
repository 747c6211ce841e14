r"""What the arguments of a probability say: `y_3, X, y_1`, `X = x`, `A \cup \bar{B}`, `y_{<t}`.

An argument names a random variable and at the same time the value that it takes, so `p(x)` and
`p(y)` are marginals of one joint distribution. Nothing is guessed: what is not understood raises
`NotApplicable`, which stays inside this package. Imports the operator tree and `affine.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from blogkit.formula import (
    Apply,
    Big,
    Blank,
    Call,
    Collection,
    Constant,
    Ellipsis,
    Index,
    Number,
    Relation,
    Symbol,
    Text,
    Tree,
    walk,
)
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.affine import Affine, affine
from blogkit.meaning.trees.probabilities import is_distribution

Distribution = tuple[Tree, ...]
"""A function that is a probability, with its parameters."""


@dataclass(frozen=True, slots=True)
class Point:
    """A random variable takes a value."""

    name: Tree
    """The variable."""
    value: Tree | None = None
    """The value; None where the variable's own name stands for it."""


@dataclass(frozen=True, slots=True)
class Run:
    """All members of a family from one index to another take their values."""

    family: Symbol
    """The family."""
    lower: Affine
    """The first index."""
    upper: Affine
    """The last index, included; one less than `lower` where there is no member."""


@dataclass(frozen=True, slots=True)
class Event:
    """What may happen: elements, or events joined by a word."""

    word: Literal["is", "and", "or", "not", "never"]
    """`is` for one element; `never` for the empty set."""
    parts: tuple["Event", ...] = ()
    """What is joined."""
    element: Point | Run | None = None
    """What `is`."""


ALWAYS = Event("and")
"""The event that always happens."""


@dataclass(frozen=True, slots=True)
class Sequences:
    """Which symbols are families, and which stand for a whole sequence."""

    wholes: Mapping[Tree, Run] = field(default_factory=dict)
    """What a symbol without index stands for: `Y` for all of `y_1, …, y_n`."""
    families: frozenset[Symbol] = frozenset()
    """The symbols that are indexed under a probability."""
    numbered: frozenset[Symbol] = frozenset()
    """Families whose index only numbers values: `A` in a sum over `i` of `P(A_i)`."""
    first: int = 1
    """The index of the first member."""
    last: Mapping[Symbol, Affine] = field(default_factory=dict)
    """The index of the last member, where it is known."""
    conventions: tuple[str, ...] = ()
    """LaTeX of what was taken for granted: `Y = (y_{1}, \\dots, y_{n})`."""


def drawn_from(under: Tree | None) -> Call | None:
    r"""The distribution below an expectation at what is drawn: `p(x)` of `x \sim p`."""
    if isinstance(under, Relation) and under.operators == ("∼",):
        name, source = under.operands
        if isinstance(source, Symbol) and is_distribution(source):
            return Call(source, name.items if isinstance(name, Collection) else (name,))
        under = source
        names = name.items if isinstance(name, Collection) else (name,)
        if not isinstance(source, Call) or source.args != names:
            return None
    return under if isinstance(under, Call) and is_distribution(under.function) else None


def distribution_calls(tree: Tree) -> list[Call]:
    """All probabilities in a tree, in reading order."""
    return [
        node for node in walk(tree) if isinstance(node, Call) and is_distribution(node.function)
    ]


def distribution_of(call: Call) -> Distribution:
    """Which distribution a probability is of: its function, and what stands behind a semicolon."""
    return (call.function, *call.parameters)


def speaks_of_chance(tree: Tree) -> bool:
    r"""Whether a `p` is meant as a probability here and not as any function.

    A bar, `\Pr`, a blackboard letter, a set or a relation as argument say so; also two calls with
    different numbers of arguments, and a sum or integral over all values.
    """
    calls = distribution_calls(tree)
    sizes: dict[Tree, set[int]] = {}
    for call in calls:
        sizes.setdefault(call.function, set()).add(len(call.args))
    return (
        any(_is_telling(call) for call in calls)
        or any(len(found) > 1 for found in sizes.values())
        or any(_is_total(node) for node in walk(tree))
    )


def _is_telling(call: Call) -> bool:
    function = call.function
    assert isinstance(function, Symbol)
    if call.conditions or function.name == "Pr" or function.font == "blackboard":
        return True
    if function.name not in {"p", "P"}:
        return False
    words = {"union", "intersection", "difference", "not"}
    return any(_is_index_run(arg) or isinstance(arg, Ellipsis) for arg in call.args) or any(
        isinstance(arg, Relation)
        or (isinstance(arg, Constant) and arg.name == "∅")
        or (isinstance(arg, Symbol) and _is_event_name(arg))
        or (isinstance(arg, Apply) and (arg.operator in words or _complement(arg) is not None))
        for arg in call.args
    )


def _is_event_name(tree: Symbol) -> bool:
    return tree.name == "Ω" or _is_barred(tree) or tree.font in {"calligraphic", "script"}


def _is_total(tree: Tree) -> bool:
    """Whether it is a sum or integral of a `p` over its argument, without limits."""
    return (
        isinstance(tree, Big)
        and tree.operator in {"sum", "integral"}
        and (tree.lower is None or tree.operator == "integral")
        and any(name in call.args for name in tree.bound for call in distribution_calls(tree.body))
    )


def _is_index_run(tree: Tree) -> bool:
    return (
        isinstance(tree, Index)
        and isinstance(tree.indices[0], Apply)
        and tree.indices[0].operator == "slice"
    )


def read_event(args: tuple[Tree, ...], sequences: Sequences) -> Event:
    """The event that all arguments happen.

    Raises:
        NotApplicable: where an argument is not understood.
    """
    parts: list[Event] = []
    position = 0
    while position < len(args):
        if position + 1 < len(args) and isinstance(args[position + 1], Ellipsis):
            after = args[position + 2] if position + 2 < len(args) else None
            run = _listed(args[position], after, sequences)
            while parts and (longer := _begun(parts[-1].element, run)) is not None:
                run = longer
                parts.pop()
            parts.append(Event("is", element=run))
            position += 3
        else:
            parts.append(_event(args[position], sequences))
            position += 1
    return parts[0] if len(parts) == 1 else Event("and", tuple(parts))


def _event(tree: Tree, sequences: Sequences) -> Event:
    match tree:
        case Constant(name="∅"):
            return Event("never")
        case Symbol(name="Ω") if tree.is_bare:
            return ALWAYS
        case Symbol() if tree in sequences.wholes:
            return Event("is", element=sequences.wholes[tree])
        case Symbol() if _is_barred(tree):
            bare = replace(tree, accents=tree.accents[:-1])
            return Event("not", (_event(bare, sequences),))
        case Symbol():
            return Event("is", element=Point(tree))
        case Text(text=text):
            return Event("is", element=Point(Symbol(text, font="upright")))
        case Index(base=Symbol() as family, upper=False, indices=(index,)):
            return Event("is", element=_member(family, index, sequences))
        case Relation(operators=("=",), operands=(name, value)):
            return Event("is", element=Point(_variable(name), _value(value)))
        case Apply():
            return _composed(tree, sequences)
        case _:
            raise NotApplicable(Message("an event under a probability is not understood"))


def _composed(tree: Apply, sequences: Sequences) -> Event:
    words: dict[str, Literal["and", "or"]] = {
        "union": "or",
        "intersection": "and",
        "or": "or",
        "and": "and",
    }
    bare = _complement(tree)
    if bare is not None:
        return Event("not", (_event(bare, sequences),))
    if tree.operator == "times":
        raise NotApplicable(Message("a product under a probability is not understood"))
    parts = tuple(_event(arg, sequences) for arg in tree.args)
    if tree.operator in words:
        return Event(words[tree.operator], parts)
    if tree.operator == "difference":
        return Event("and", (parts[0], Event("not", parts[1:])))
    raise NotApplicable(Message("an event under a probability is not understood"))


def is_event(tree: Tree) -> bool:
    r"""Whether it may name an event by itself: `A`, `\bar{B}`, `B^c`, `A_1`.

    >>> is_event(Symbol("A")), is_event(Symbol("x"))
    (True, False)
    """
    if isinstance(tree, Apply):
        bare = _complement(tree)
        return bare is not None and is_event(bare)
    return isinstance(tree, Index) or _is_capital(tree)


def _complement(tree: Apply) -> Tree | None:
    r"""`A` of `A^c`, `\neg A`, `\overline{A \cup B}`."""
    if tree.operator in {"not", "conjugate"}:
        return tree.args[0]
    if tree.operator == "power" and isinstance(tree.args[1], Symbol):
        exponent = tree.args[1]
        is_sign = exponent.is_bare and exponent.name in {"c", "C", "∁", "complement"}
        if is_sign and not isinstance(tree.args[0], Number):
            return tree.args[0]
    return None


def _is_capital(tree: Tree) -> bool:
    return isinstance(tree, Symbol) and tree.name.isupper() and tree.font != "bold"


def _is_barred(tree: Symbol) -> bool:
    return _is_capital(tree) and tree.accents[-1:] == ("bar",)


def _variable(tree: Tree) -> Tree:
    if isinstance(tree, Symbol):
        return tree
    if isinstance(tree, Index) and isinstance(tree.base, Symbol) and not tree.upper:
        return tree
    raise NotApplicable(Message("a random variable under a probability is not a plain name"))


def _value(tree: Tree) -> Tree:
    if isinstance(tree, Symbol | Number) or (
        isinstance(tree, Index) and isinstance(tree.base, Symbol)
    ):
        return tree
    raise NotApplicable(Message("the value of a random variable is not a plain name or number"))


def _member(family: Symbol, index: Tree, sequences: Sequences) -> Run:
    match index:
        case Apply(operator="slice", args=(lower, upper)):
            return Run(family, _end(lower), _end(upper))
        case Relation(operands=(Blank(), bound), operators=(sign,)) if sign in {"<", "≤"}:
            last = _end(bound) - (1 if sign == "<" else 0)
            return Run(family, Affine(sequences.first), last)
        case Relation(operands=(Blank(), bound), operators=(sign,)) if sign in {">", "≥"}:
            if family not in sequences.last:
                raise NotApplicable(Message("the length of a sequence is not known"))
            first = _end(bound) + (1 if sign == ">" else 0)
            return Run(family, first, sequences.last[family])
        case _:
            return Run(family, _end(index), _end(index))


def _end(index: Tree) -> Affine:
    value = affine(index)
    if value is None:
        raise NotApplicable(Message("an index is not understood"))
    return value


def _listed(first: Tree, last: Tree | None, sequences: Sequences) -> Run:
    r"""The run of `y_1, \dots, y_{t-1}`, in either direction, or `y_2, \dots` to the end."""
    one = _single(first, sequences)
    if last is None:
        if one.family not in sequences.last:
            raise NotApplicable(Message("where a list ends is not known"))
        return Run(one.family, one.lower, sequences.last[one.family])
    other = _single(last, sequences)
    if one.family != other.family:
        raise NotApplicable(Message("a list does not go on as it starts"))
    ahead = _is_ahead(one.lower, other.lower)
    lower, upper = (one, other) if ahead else (other, one)
    return Run(one.family, lower.lower, upper.lower)


def _begun(element: Point | Run | None, run: Run) -> Run | None:
    """A list with the member before it: `y_1, y_2, …, y_{t-1}` has none where `t` is 1."""
    if not isinstance(element, Run) or element.lower != element.upper:
        return None
    if element.family == run.family and element.upper + 1 == run.lower:
        return Run(run.family, element.lower, run.upper)
    if element.family == run.family and element.lower == run.upper + 1:
        return Run(run.family, run.lower, element.upper)
    return None


def _single(tree: Tree, sequences: Sequences) -> Run:
    if isinstance(tree, Index) and isinstance(tree.base, Symbol) and len(tree.indices) == 1:
        run = _member(tree.base, tree.indices[0], sequences)
        if run.lower == run.upper and not tree.upper:
            return run
    raise NotApplicable(Message("a list with dots is not understood"))


def _is_ahead(start: Affine, end: Affine) -> bool:
    """Whether a list runs upwards; a lone number is taken for the low end: `x_{t-1}, …, x_1`."""
    if not (end - start).terms:
        return end.constant >= start.constant - 1
    if not start.terms:
        return True
    if not end.terms:
        return False
    if len(start.terms) == 1 and len(end.terms) == 1 and not end.constant:
        return True
    raise NotApplicable(Message("the direction of a list is not known"))


def is_divergence(tree: Tree) -> bool:
    r"""Whether it is a divergence of two distributions: `KL(p\|q)`, `D_{KL}(p\|q)`."""
    if not isinstance(tree, Call) or not isinstance(tree.function, Symbol):
        return False
    function = tree.function
    below = function.subscript
    is_named = replace(function, font="") == Symbol("KL") or (
        replace(function, font="", subscript=None) == Symbol("D")
        and isinstance(below, Symbol)
        and replace(below, font="") == Symbol("KL")
    )
    return is_named and len(tree.args) == len(tree.conditions) == 1
