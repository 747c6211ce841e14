r"""Where a symbol may lie: read off the sorts and the constraints of simple form.

It exists so that samples are drawn where they can count; every sample is checked against all
constraints afterwards, so a constraint that is not read here costs tries and nothing else.
Imports the operator tree, `sorts.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from blogkit.formula import (
    Apply,
    Big,
    Blank,
    Collection,
    Comprehension,
    Constant,
    Index,
    Interval,
    Number,
    Relation,
    Sign,
    Symbol,
    System,
    Tree,
    Where,
    walk,
)
from blogkit.formula.tree import outside_indices
from blogkit.meaning.sorts import Sort

Scalar = Literal["integer", "rational", "real", "complex"]

_KINDS: dict[str, Scalar] = {
    "natural": "integer",
    "integer": "integer",
    "rational": "rational",
    "real": "real",
    "complex": "complex",
}
_SETS: dict[str, Scalar] = {"N": "integer", "Z": "integer", "Q": "rational", "R": "real"}
_ORDER: tuple[Scalar, ...] = ("integer", "rational", "real", "complex")
_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}
ZERO = Number("0")


@dataclass(slots=True)
class Domain:
    """Where a scalar may lie, as far as it was read."""

    kind: Scalar
    """Which numbers."""
    lower: list[tuple[Tree, bool]] = field(default_factory=list)
    """Lower bounds, each with whether it is itself excluded."""
    upper: list[tuple[Tree, bool]] = field(default_factory=list)
    """Upper bounds, likewise."""
    size: list[Tree] = field(default_factory=list)
    """Upper bounds of the absolute value."""
    right_of: list[Tree] = field(default_factory=list)
    """Lower bounds of the real part."""
    listed: list[Tree] = field(default_factory=list)
    """Finite sets that it belongs to."""
    fixed: list[Tree] = field(default_factory=list)
    """What it equals."""

    def narrow(self, kind: Scalar) -> None:
        """Restrict to a narrower kind of number."""
        self.kind = min(self.kind, kind, key=_ORDER.index)

    def needs(self) -> set[Symbol]:
        """Symbols that must have values before this one can be drawn."""
        bounds = [bound for bound, _ in (*self.lower, *self.upper)]
        trees = (*bounds, *self.size, *self.right_of, *self.listed, *self.fixed)
        return {node for tree in trees for node in walk(tree) if isinstance(node, Symbol)}


def domain_of(atom: Tree, sort: Sort, statements: Iterable[Tree]) -> Domain:
    r"""What sort and constraints say of a symbol, or of a member of a family.

    >>> x = Symbol("x")
    >>> domain_of(x, Sort("natural"), [Relation((x, Number("3")), ("≤",))]).upper
    [(Number(text='3'), False)]
    """
    domain = Domain(_KINDS.get(sort.kind, "real"))
    if sort.kind == "natural":
        domain.lower.append((ZERO, False))
    for statement in statements:
        for left, sign, right in _links(statement):
            _read(domain, atom, left, sign, right)
    return domain


def flatten(tree: Tree) -> Iterator[Tree]:
    """The statements of a conjunction, one by one; what holds of all members, of any."""
    match tree:
        case Big("forall", bound, None, None, None, body) if _numbers_members(bound, body):
            yield from flatten(body)
        case System(statements=parts) | Apply("and", parts):
            for part in parts:
                yield from flatten(part)
        case _:
            yield tree


def _numbers_members(bound: tuple[Tree, ...], body: Tree) -> bool:
    """Whether what is bound only numbers members of families: `i` of `x_i > 0`."""
    indices = {i for node in walk(body) if isinstance(node, Index) for i in node.indices}
    return indices.issuperset(bound) and not {*bound} & {*outside_indices(body)}


def _links(statement: Tree) -> Iterator[tuple[Tree, str, Tree]]:
    if isinstance(statement, Where) and statement.word in ("for", "if"):
        statement = statement.body
    if not isinstance(statement, Relation):
        return
    operands = statement.operands
    for at, sign in enumerate(statement.operators):
        for left in _each(operands[at]):
            for right in _each(operands[at + 1]) if sign not in ("∈", "∉") else [operands[at + 1]]:
                yield left, sign, right
        # `1 ≤ i < j ≤ n` also bounds i by n.
        ascending = [s for s in statement.operators[at:] if s in ("<", "≤")]
        if sign in ("<", "≤") and len(ascending) == len(statement.operators) - at > 1:
            yield operands[at], "≤", operands[-1]
            yield operands[0], "≤", operands[at + 1]


def _each(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Collection) and tree.kind == "sequence":
        return tree.items
    return (tree,)


def _read(domain: Domain, atom: Tree, left: Tree, sign: str, right: Tree) -> None:
    if sign in _TURNED and _about(right, atom) and not _about(left, atom):
        left, sign, right = right, _TURNED[sign], left
    if any(node == atom for node in walk(right)):
        return
    if left == atom and sign == "∈":
        _read_set(domain, right)
    elif left == atom:
        _read_bound(domain, sign, right)
    elif left == Apply("abs", (atom,)) and sign in ("<", "≤"):
        domain.size.append(right)
    elif left == Apply("real-part", (atom,)) and sign in (">", "≥"):
        domain.right_of.append(right)


def _about(tree: Tree, atom: Tree) -> bool:
    if isinstance(tree, Apply) and tree.operator in ("abs", "real-part"):
        return tree.args[0] == atom
    return tree == atom


def _read_bound(domain: Domain, sign: str, bound: Tree) -> None:
    if Constant("∞") in walk(bound):
        return
    if sign in (">", "≥"):
        domain.lower.append((bound, sign == ">"))
    elif sign in ("<", "≤"):
        domain.upper.append((bound, sign == "<"))
    elif sign == "=":
        domain.fixed.append(bound)


def _read_set(domain: Domain, tree: Tree) -> None:
    match tree:
        case Constant(name=name) if name in _SETS:
            domain.narrow(_SETS[name])
            if name == "N":
                domain.lower.append((ZERO, False))
        case Index(Constant(name=name), (mark,)) | Apply("power", (Constant(name=name), mark)):
            if name in _SETS:
                domain.narrow(_SETS[name])
                _read_mark(domain, mark)
        case Interval(lower, upper, has_lower, has_upper):
            domain.narrow("real")
            _read_bound(domain, "≥" if has_lower else ">", lower)
            _read_bound(domain, "≤" if has_upper else "<", upper)
        case Collection(kind="set"):
            domain.listed.append(tree)
        case Apply("difference", (first, *_)):
            _read_set(domain, first)
        case Apply("intersection", parts):
            for part in parts:
                _read_set(domain, part)
        case Comprehension(Relation((_, base), ("∈",))):
            _read_set(domain, base)


def _read_mark(domain: Domain, mark: Tree) -> None:
    match mark:
        case Relation((Blank(), bound), (sign,)):
            _read_bound(domain, sign, bound)
        case Sign("+"):
            domain.lower.append((ZERO, True))
        case Sign("-" | "−"):
            domain.upper.append((ZERO, True))
