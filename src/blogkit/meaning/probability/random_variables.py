r"""Which names in a statement about expectations are random, and what its parts are.

Capitals are random, and what the facts say; small letters only where no capital stands under an
expectation. `E(X)`, `D(X)` and `Var(X)` written as functions are read too.
Imports the operator tree.
"""

from dataclasses import dataclass
from typing import Final

from blogkit.formula import Apply, Call, Expectation, Index, Relation, Symbol, Tree, walk
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.outcomes import NotApplicable

_FUNCTIONS: Final = {
    "E": "expectation",
    "D": "variance",
    "Var": "variance",
    "Cov": "covariance",
}


@dataclass(frozen=True, slots=True)
class Mean:
    """An expectation, variance or covariance, however it is written."""

    operator: str
    """`expectation`, `variance` or `covariance`."""
    args: tuple[Tree, ...]
    """What it is taken of."""
    given: tuple[Tree, ...]
    """What stands behind the bar."""
    under: Tree | None = None
    """The subscript."""


def as_mean(tree: Tree) -> Mean | None:
    r"""A tree as an expectation, or None.

    >>> as_mean(Call(Symbol("D"), (Symbol("X"),))).operator
    'variance'
    """
    if isinstance(tree, Expectation):
        return Mean(tree.operator, tree.args, tree.conditions, tree.under)
    if isinstance(tree, Call) and isinstance(tree.function, Symbol) and not tree.parameters:
        operator = _FUNCTIONS.get(tree.function.name) if tree.function.is_bare else None
        if operator and all(_holds_capital(arg) for arg in tree.args):
            return Mean(operator, tree.args, tree.conditions)
    return None


def _holds_capital(tree: Tree) -> bool:
    return any(isinstance(node, Symbol) and _is_capital(node) for node in walk(tree))


def _is_capital(name: Symbol) -> bool:
    return name.name in set("UVWXYZ") and name.font in {"", "bold", "upright"}


def means(tree: Tree) -> list[Mean]:
    """All expectations in a tree."""
    found = (as_mean(node) for node in walk(tree))
    return [mean for mean in found if mean is not None]


def applies(claim: Tree) -> bool:
    """Whether a statement is about expectations."""
    return isinstance(claim, Relation) and bool(means(claim))


def random_names(claim: Tree, facts: Facts) -> frozenset[Tree]:
    """The names that are random variables: symbols, or members of a family.

    Raises:
        NotApplicable: where expectations are taken over different things, or nothing is random.
    """
    if any(_is_misread(node) for node in walk(claim)):
        raise NotApplicable(Message("an expectation may have been read as a product"))
    found = means(claim)
    unders = {mean.under for mean in found}
    if len(unders) > 1:
        raise NotApplicable(Message("expectations over different distributions are not handled"))
    names = {node for mean in found for arg in (*mean.args, *mean.given) for node in _names(arg)}
    declared = {name for name in names if facts.sort_of(_base(name)).kind == "random"}
    capitals = {name for name in names if _is_capital(_base(name))}
    under = next(iter(unders))
    drawn = set() if under is None else {name for name in names if name in set(_drawn(under))}
    chosen = declared | capitals | drawn
    if not chosen:
        chosen = {name for name in names if _base(name).name in set("uvwxyz")}
    if not chosen:
        raise NotApplicable(Message("which names are random is not known"))
    return frozenset(chosen)


def _is_misread(tree: Tree) -> bool:
    r"""Whether the sign of an expectation stands as a factor: `\log \mathbb{E}[X]`, `YE[X]`."""
    if isinstance(tree, Apply):
        return any(
            isinstance(arg, Symbol)
            and (arg.font == "blackboard" or arg.name in {"E", "Var", "Cov"} or len(arg.name) > 1)
            for arg in tree.args
        )
    return False


def _drawn(under: Tree) -> tuple[Tree, ...]:
    if isinstance(under, Relation):
        return under.operands[:1]
    if isinstance(under, Call):
        return under.args
    return (under,)


def _base(name: Tree) -> Symbol:
    base = name.base if isinstance(name, Index) else name
    assert isinstance(base, Symbol)
    return base


def _names(tree: Tree) -> list[Tree]:
    """Names and members of families, but no function names."""
    if isinstance(tree, Index) and isinstance(tree.base, Symbol):
        return [tree]
    if isinstance(tree, Symbol):
        return [tree]
    parts = tree.children[1:] if isinstance(tree, Call) else tree.children
    return [name for part in parts for name in _names(part)]


def depends(tree: Tree, names: frozenset[Tree]) -> frozenset[Tree]:
    """The random names in a tree."""
    return frozenset(name for name in _names(tree) if name in names)


def independent_groups(facts: Facts, names: frozenset[Tree]) -> list[frozenset[Tree]]:
    """Pairs of names that the facts say are independent."""
    groups = []
    for fact in facts.constraints:
        tree = fact.tree
        if isinstance(tree, Relation) and set(tree.operators) <= {"⟂", "⊥"}:
            pair = frozenset(operand for operand in tree.operands if operand in names)
            if len(pair) == 2:
                groups.append(pair)
    return groups
