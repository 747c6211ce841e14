r"""What the facts say of one symbol: its kind, its bounds, whether it can be zero.

It exists so that `x \in (0, 1)`, `x > 0` and `n \in \mathbb{Z}_{\ge 1}` reach a proof in one form.
What it can't read it leaves out, which never makes a proof wrong. Imports the operator tree, the
sorts and the question; no algebra.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from blogkit.formula import (
    Apply,
    Big,
    Blank,
    Collection,
    Constant,
    Ellipsis,
    Index,
    Interval,
    Number,
    Relation,
    Symbol,
    Tree,
)
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.sorts import SCALARS, Kind

_MIRRORED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}
_SETS: dict[str, Kind] = {
    "N": "natural",
    "Z": "integer",
    "Q": "rational",
    "R": "real",
    "C": "complex",
}
_NARROWER: tuple[Kind, ...] = ("natural", "integer", "rational", "real", "complex")


@dataclass(frozen=True, slots=True)
class Range:
    """Where a symbol, or each member of a family, lies."""

    kind: Kind = "real"
    """The narrowest kind known."""
    lower: Fraction | None = None
    """A lower bound, or None."""
    is_above: bool = False
    """Whether it is strictly above the lower bound."""
    upper: Fraction | None = None
    """An upper bound, or None."""
    is_below: bool = False
    """Whether it is strictly below the upper bound."""
    excluded: frozenset[Fraction] = frozenset()
    """Single values that it does not take."""

    def at_least(self, bound: Fraction, *, strictly: bool) -> "Range":
        """The part of it from a bound upwards."""
        if self.lower is not None and (self.lower, self.is_above) >= (bound, strictly):
            return self
        return replace(self, lower=bound, is_above=strictly)

    def at_most(self, bound: Fraction, *, strictly: bool) -> "Range":
        """The part of it from a bound downwards."""
        if self.upper is not None and (-self.upper, self.is_below) >= (-bound, strictly):
            return self
        return replace(self, upper=bound, is_below=strictly)

    def of_kind(self, kind: Kind) -> "Range":
        """The part of it of a kind, where that is narrower."""
        if kind not in _NARROWER or self.kind not in _NARROWER:
            return self
        if _NARROWER.index(kind) < _NARROWER.index(self.kind):
            return replace(self, kind=kind)
        return self

    def without(self, value: Fraction) -> "Range":
        """All of it but one value."""
        return replace(self, excluded=self.excluded | {value})


def rational_of(tree: Tree) -> Fraction | None:
    r"""The value of a number as written, with its sign, as a fraction; None for anything else.

    >>> rational_of(Apply("minus", (Apply("divide", (Number("1"), Number("4"))),)))
    Fraction(-1, 4)
    """
    match tree:
        case Number(text=text) if len(text) < 60:
            return Fraction(text)
        case Apply(operator="minus", args=(inner,)):
            value = rational_of(inner)
            return None if value is None else -value
        case Apply(operator="divide", args=(above, below)):
            over, under = rational_of(above), rational_of(below)
            return over / under if over is not None and under else None
    return None


def links_of(tree: Tree) -> Iterator[tuple[Tree, str, Tree]]:
    """The links of what a fact says: `0 < x ≤ y` is two, a conjunction those of its parts."""
    match tree:
        case Relation(operands=operands, operators=operators):
            for left, sign, right in zip(operands, operators, operands[1:], strict=False):
                for member in _members(left):
                    yield member, sign, right
        case Apply(operator="and", args=args):
            for part in args:
                yield from links_of(part)


def _members(tree: Tree) -> tuple[Tree, ...]:
    """The members of `x, y > 0`, else the side itself."""
    if isinstance(tree, Collection) and tree.kind == "sequence":
        return tree.items
    return (tree,)


def range_of(symbol: Tree, facts: Facts) -> Range:
    r"""Where a symbol or a member of a family lies, by its sort and all constraints that name it.

    Args:
        symbol: A `Symbol`, or an `Index` of one: a member of a family.
        facts: What is known.

    >>> n = Symbol("n")
    >>> from blogkit.meaning.facts.known import Fact
    >>> from blogkit.meaning.sorts import Sort
    >>> fact = Fact(Relation((n, Number("1")), ("≥",)), "n \\geq 1", "given")
    >>> range_of(n, Facts({n: Sort("integer")}, (fact,))).lower
    Fraction(1, 1)
    """
    base = symbol.base if isinstance(symbol, Index) else symbol
    assert isinstance(base, Symbol)
    kind = facts.sort_of(base).kind
    if kind not in SCALARS:
        kind = "complex" if facts.field_ == "complex" else "real"
    found = Range(kind)
    for fact in facts.constraints:
        tree, is_of_all = of_all_members(fact.tree)
        for left, sign, right in links_of(tree):
            if _names(left, symbol, is_of_all):
                found = _narrowed(found, sign, right)
            if _names(right, symbol, is_of_all) and sign in _MIRRORED:
                found = _narrowed(found, _MIRRORED[sign], left)
    return _with_whole_bound(found)


def of_all_members(tree: Tree) -> tuple[Tree, bool]:
    """What a fact says, and whether it says so for all indices: `x_i > 0` for all i."""
    match tree:
        case Big(operator="forall", lower=None, upper=None, condition=None, body=body):
            return body, True
    return tree, False


def _names(tree: Tree, symbol: Tree, is_of_all: bool) -> bool:
    """Whether a side of a fact is the symbol, or a member that stands for every one."""
    if tree == symbol:
        return True
    if not (is_of_all and isinstance(tree, Index) and isinstance(symbol, Index)):
        return False
    return tree.base == symbol.base and all(isinstance(i, Symbol) for i in tree.indices)


def _with_whole_bound(found: Range) -> Range:
    if found.kind == "natural":
        found = found.at_least(Fraction(0), strictly=False)
    if found.kind in ("natural", "integer"):
        if found.lower is not None:
            least = floor(found.lower) + 1 if found.is_above else ceil(found.lower)
            found = replace(found, lower=Fraction(least), is_above=False)
        while found.lower is not None and found.lower in found.excluded:
            found = replace(found, lower=found.lower + 1)
    return found


def is_exact_set(tree: Tree) -> bool:
    r"""Whether a range says all that membership in a set does: `\mathbb{N}`, `(0, 1]`.

    >>> is_exact_set(Interval(Number("0"), Number("1"), True, False))
    True
    """
    match tree:
        case Constant(name=name):
            return name in _SETS
        case Interval(lower=lower, upper=upper):
            return all(_is_end(end) for end in (lower, upper))
        case Index(base=Constant(name=name), indices=(Relation(operands=(Blank(), bound)),)):
            return name in _SETS and rational_of(bound) is not None
    return False


def _is_end(tree: Tree) -> bool:
    match tree:
        case Constant(name="∞") | Apply(operator="minus", args=(Constant(name="∞"),)):
            return True
    return rational_of(tree) is not None


def _narrowed(found: Range, sign: str, other: Tree) -> Range:
    if sign == "∈":
        return _within(found, other)
    value = rational_of(other)
    if value is None:
        return found
    match sign:
        case ">" | "≥":
            return found.at_least(value, strictly=sign == ">")
        case "<" | "≤":
            return found.at_most(value, strictly=sign == "<")
        case "≠":
            return found.without(value)
        case "=":
            return found.at_least(value, strictly=False).at_most(value, strictly=False)
    return found


def _within(found: Range, other: Tree) -> Range:
    match other:
        case Constant(name=name) if name in _SETS:
            return found.of_kind(_SETS[name])
        case Interval(lower=lower, upper=upper):
            return _between(found.of_kind("real"), lower, upper, other.has_lower, other.has_upper)
        case Collection(kind="tuple", items=(lower, upper)):
            return _between(found.of_kind("real"), lower, upper, False, False)
        case Collection(kind="list", items=(lower, upper)):
            return _between(found.of_kind("real"), lower, upper, True, True)
        case Collection(kind="set", items=items):
            return _among(found, items)
        case Apply(operator="difference", args=(whole, Collection(kind="set", items=items))):
            found = _within(found, whole)
            for item in items:
                value = rational_of(item)
                found = found if value is None else found.without(value)
            return found
        case Index(base=base, indices=(Relation(operands=(Blank(), bound), operators=(sign,)),)):
            return _narrowed(_within(found, base), sign, bound)
    return found


def _between(found: Range, lower: Tree, upper: Tree, has_lower: bool, has_upper: bool) -> Range:
    found = _narrowed(found, "≥" if has_lower else ">", lower)
    return _narrowed(found, "≤" if has_upper else "<", upper)


def _among(found: Range, items: tuple[Tree, ...]) -> Range:
    r"""`\{1, \dots, n\}` are whole numbers from 1; `\{0, 1\}` lies between its least and
    greatest."""
    if any(isinstance(item, Ellipsis) for item in items):
        found = found.of_kind("integer")
        first = rational_of(items[0])
        second = rational_of(items[1])
        if first is not None and (second is None or second > first):
            found = found.at_least(first, strictly=False)
        last = rational_of(items[-1])
        if last is not None and (first is None or last >= first):
            found = found.at_most(last, strictly=False)
        return found
    values = [rational_of(item) for item in items]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return found
    if all(value.denominator == 1 for value in known):
        found = found.of_kind("integer")
    return found.at_least(min(known), strictly=False).at_most(max(known), strictly=False)
