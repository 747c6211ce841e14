r"""Statements on some values, turned into the denial of one on all.

It exists because all methods ask whether something holds for all values: `\exists x: A` denies
that all x lack A, and `A \not\Rightarrow B` that all values with A have B. Imports the operator
tree and `clauses.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.meaning.statements.clauses import bare_names, conjuncts, contrary_of
from blogkit.meaning.trees.rewriting import map_nodes, substitute

_RANGES: Final = frozenset("∈<≤>≥")
_COUNTING: Final = frozenset(map(Symbol, "ijklmnN"))
_DENIED_SIGNS: Final = {"≰": "≤", "≱": "≥", "≮": "<", "≯": ">"}


@dataclass(frozen=True, slots=True)
class Universal:
    """A statement on all values, which another statement says or denies."""

    claim: Tree
    """What would hold for all values."""
    conditions: tuple[Tree, ...]
    """What restricts the values."""
    is_denied: bool
    """Whether the other statement says that it does not hold for all."""
    bound: tuple[Symbol, ...] = ()
    """The names that a quantifier binds."""

    def without_range(self, told: tuple[Tree, ...]) -> tuple[Symbol, ...]:
        """The bound names of which neither the conditions nor what else is told say a range."""
        ranged = with_range((*self.conditions, *told))
        return tuple(name for name in self.bound if name not in ranged)


def with_range(told: Iterable[Tree]) -> frozenset[Tree]:
    """The names of which relations say where they lie: in a set, or above or below something."""
    return frozenset(
        name
        for tree in told
        if isinstance(tree, t.Relation) and _RANGES.issuperset(tree.operators)
        for side in tree.operands
        for name in bare_names(side) or ()
    )


def least_range(name: Symbol) -> tuple[Tree, ...]:
    """What all ranges of a letter have in common by habit: 1, 2, 3, … of one that counts."""
    if name not in _COUNTING:
        return ()
    natural = t.Relation((name, t.Constant("N")), ("∈",))
    return natural, t.Relation((name, t.Number("1")), ("≥",))


def universal_of(tree: Tree) -> Universal | None:
    r"""What a statement with an existential quantifier or a denied step says of all values.

    None for others, and where free names beside `\exists` are meant for all values.

    >>> from blogkit.formula import build, to_sexpr
    >>> from blogkit.latex import parse
    >>> found = universal_of(build(parse(r"\exists x \in \mathbb{R}: x^2 = 2").tree).tree)
    >>> to_sexpr(found.claim), found.is_denied
    ('(≠ (power x 2) 2)', True)
    """
    match tree:
        case t.Apply(operator="not", args=(t.Apply(operator="implies" | "iff") as step,)):
            return Universal(step, (), is_denied=True)
        case t.Apply(operator="not", args=(t.Big(operator="exists") as inner,)):
            return _none(inner, is_denied=False)
        case t.Apply(operator="not", args=(t.Big(operator="forall", body=body) as inner,)):
            return None if variables(inner).free else _bound(inner, body, (), is_denied=True)
        case t.Big(operator="exists" | "exists-one"):
            return None if variables(tree).free else _none(tree, is_denied=True)
    return None


def _none(tree: t.Big, *, is_denied: bool) -> Universal | None:
    """That no values have what a quantifier says of some."""
    parts = tuple(conjuncts(tree.body))
    equations = (part for part in parts if isinstance(part, t.Relation) and "=" in part.operators)
    said = next(equations, parts[-1])
    premises = tuple(part for part in parts if part is not said)
    return _bound(tree, denied(said), premises, is_denied=is_denied)


def _bound(
    tree: t.Big, claim: Tree, premises: tuple[Tree, ...], *, is_denied: bool
) -> Universal | None:
    names = tuple(name for name in tree.bound if isinstance(name, Symbol))
    is_plain = len(names) == len(tree.bound) and not isinstance(tree.body, t.Blank)
    if not names or not is_plain or tree.lower is not None or tree.upper is not None:
        return None
    if any(isinstance(part, t.Big) for part in (claim, tree.body)):
        return None
    scope = _scope(tree)
    if any(
        isinstance(node, t.Collection) and node.kind == "set" for s in scope for node in walk(s)
    ):
        return None  # it is decided by trying all
    return Universal(claim, (*scope, *premises), is_denied, names)


def denied(tree: Tree) -> Tree:
    """A statement that holds where another does not."""
    return contrary_of(tree) or t.Apply("not", (tree,))


def spelled_out(tree: Tree) -> Tree:
    r"""A statement with struck signs of order as denials: `a \nleq b` as not `a \leq b`."""

    def changed(node: Tree) -> Tree:
        if isinstance(node, t.Relation) and len(node.operators) == 1:
            sign = _DENIED_SIGNS.get(node.operators[0])
            if sign:
                return t.Apply("not", (t.Relation(node.operands, (sign,)),))
        return node

    return map_nodes(tree, changed)


def sameness_of(tree: Tree) -> Universal | None:
    r"""That all values are the same of which `\exists!` speaks; None where nothing says so."""
    match tree:
        case t.Big(operator="exists-one", bound=(Symbol() as name,), body=body):
            other = replace(name, primes=name.primes + 1)
            said = (*_scope(tree), *conjuncts(body))
            both = (*said, *(substitute(part, {name: other}) for part in said))
            return Universal(t.Relation((name, other), ("=",)), both, is_denied=False)
    return None


def _scope(tree: t.Big) -> tuple[Tree, ...]:
    return () if tree.condition is None else tuple(conjuncts(tree.condition))
