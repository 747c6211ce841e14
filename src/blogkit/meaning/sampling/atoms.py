r"""Norms and values of functions that nothing is known of, as names of their own.

`\|\nabla_\theta f(\theta)\|` can be any number that is not negative where nothing is said of `f`;
so a statement about it alone can be sampled. That holds only if nothing else in the statement or
its facts depends on what stands inside. Imports the operator tree and `question.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from blogkit.formula import (
    Apply,
    Blank,
    Call,
    Constant,
    Number,
    Relation,
    Symbol,
    Tree,
    variables,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.sorts import Sort
from blogkit.meaning.trees.rewriting import map_nodes, map_parts

_TOLD: Final = frozenset(["given", "prose"])
_NUMBERS: Final = frozenset(["R", "C"])


@dataclass(frozen=True, slots=True)
class Stand(Symbol):
    """A name that stands for a part of a formula; no source can write it."""

    part: Tree = field(default_factory=Blank)
    """The part."""


def abstract(tree: Tree, facts: Facts) -> Mapping[Tree, Sort]:
    """The parts of a goal that may take any value of a sort, independently of all else.

    >>> x = Symbol("x")
    >>> list(abstract(Apply("norm", (x,)), Facts(sorts={x: Sort("vector")})).values())
    [Sort(kind='real', shape=(), is_family=False)]
    """
    found = dict.fromkeys(node for node in walk(tree) if _is_free_norm(node, facts))
    inside = {atom: _letters(atom) for atom in found}
    outside = _letters(_without(tree, found))
    kept: dict[Tree, Sort] = _free_values(tree, facts)
    bound = {name.name.lower() for name in variables(tree).bound}
    for atom in found:
        others = [inside[other] for other in found if other != atom]
        if inside[atom].isdisjoint(outside.union(bound, *others)) and _is_unrestricted(atom, facts):
            kept[atom] = Sort("real")
    return kept


def _free_values(tree: Tree, facts: Facts) -> dict[Tree, Sort]:
    """`f(x)` for each `f` that is said to be a function, and that stands nowhere else."""
    told = [fact for fact in (*facts.stated, *facts.constraints) if fact.source in _TOLD]
    kept: dict[Tree, Sort] = {}
    for call in dict.fromkeys(node for node in walk(tree) if isinstance(node, Call)):
        f = call.function
        if not isinstance(f, Symbol) or facts.sort_of(f) != Sort("function"):
            continue
        rest = _without(tree, [call])
        alone = f not in _names(rest) and not _names(call) & variables(tree).bound
        constrained = any(f in _names(fact.tree) for fact in facts.constraints)
        said = any(f in _names(fact.tree) for fact in told)
        if said and alone and not constrained and f not in facts.definitions:
            kept[call] = Sort("real")
    return kept


def as_names(tree: Tree, facts: Facts) -> tuple[dict[Tree, Tree], list[Tree]]:
    """For each such part a name that stands for it, and what holds of the names."""
    names: dict[Tree, Tree] = {
        atom: Stand(to_latex(atom), part=atom) for atom in abstract(tree, facts)
    }
    holds: list[Tree] = [
        Relation((name, Number("0")), ("≥",))
        for atom, name in names.items()
        if isinstance(atom, Apply)
    ]
    return names, holds


def printed(tree: Tree) -> str:
    """LaTeX of a tree, with the parts that such names in it stand for."""
    return to_latex(map_nodes(tree, lambda node: node.part if isinstance(node, Stand) else node))


def _is_free_norm(node: Tree, facts: Facts) -> bool:
    """Whether a node is the norm of a vector, a gradient or a value that is not defined."""
    if not (isinstance(node, Apply) and node.operator == "norm"):
        return False
    inner = node.args[0]
    if isinstance(inner, Apply) and inner.operator == "gradient":
        inner = inner.args[0]
    if isinstance(inner, Call):
        inner = inner.function
    return isinstance(inner, Symbol) and not _names(node) & set(facts.definitions)


def _is_unrestricted(atom: Tree, facts: Facts) -> bool:
    """Whether no fact speaks of what is inside, other than through the norm or as a vector."""
    names = _names(atom)
    for fact in facts.constraints:
        rest = _without(fact.tree, [atom])
        if names & _names(rest) and not _is_space(rest):
            return False
    return True


def _is_space(tree: Tree) -> bool:
    match tree:
        case Relation((_, Apply("power", (Constant(name=name), _)) | Constant(name=name)), ("∈",)):
            return name in _NUMBERS
    return False


def _without(tree: Tree, atoms: Iterable[Tree]) -> Tree:
    return Constant("∅") if tree in atoms else map_parts(tree, lambda part: _without(part, atoms))


def _letters(tree: Tree) -> set[str]:
    """Names without font and case: the entries of a bold `x` are written `x_i`."""
    return {name.name.lower() for name in _names(tree)}


def _names(tree: Tree) -> set[Symbol]:
    return {node for node in walk(tree) if isinstance(node, Symbol)}
