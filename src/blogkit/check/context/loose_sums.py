r"""Sums that don't say over what they run: `\sum p \log p`, `\frac{1}{n} \sum (y - a) x_j`.

They run over what their parts are numbered by: the one index in them that nothing else names, else
one that is not written, of all letters that stand in such sums only. So read, an equation that
holds for any families holds for those that are meant, also where one of the letters is a constant.
Imports the operator tree and `rewriting.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.meaning.trees.rewriting import map_nodes, map_parts

_INDICES = tuple(map(Symbol, "ijklrs"))
"""Letters for an index that is not written; the first that the statement does not use."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the letters of sums without an index are numbered."""

    index: Symbol
    """What numbers them."""
    kept: frozenset[Tree]
    """Letters and families that are the same in each summand."""

    def over(self, tree: Tree) -> Tree:
        """A tree in which each letter that may vary is a member."""
        match tree:
            case t.Index(base=Symbol() as base, indices=indices):
                is_kept = base in self.kept or self.index in indices
                return tree if is_kept else replace(tree, indices=(*indices, self.index))
            case Symbol():
                return tree if tree in self.kept else t.Index(tree, (self.index,))
            case t.Big(bound=bound):
                inner = replace(self, kept=self.kept | frozenset(bound))
                return map_parts(tree, lambda part: part if part in bound else inner.over(part))
            case t.Call(function=function):
                return map_parts(tree, lambda part: part if part is function else self.over(part))
        return map_parts(tree, self.over)


def with_indices(tree: Tree) -> tuple[Tree, tuple[Tree, ...]]:
    r"""A statement whose sums say what they run over, and as equations how they were read.

    It itself where that is not clear.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> to_latex(with_indices(read(r"\sum p \log p = \sum p_k \log p_k").tree)[0])
    '\\sum_{k} p_{k} \\log(p_{k}) = \\sum_{k} p_{k} \\log(p_{k})'
    """
    if not any(map(_is_loose, walk(tree))):
        return tree, ()
    whole, tree = tree, map_nodes(tree, _reaching)
    loose = [node for node in walk(tree) if isinstance(node, t.Big) and _is_loose(node)]
    derived = frozenset(_derived_by(tree))
    inside = {atom for node in loose for atom in _atoms(node)} - derived
    outside = {atom for atom in _atoms(map_nodes(tree, _without_body)) if atom not in derived}
    own = {index for atom in inside for index in _indices(atom)}
    own -= {index for atom in (*outside, *derived) for index in _indices(atom)} | derived
    is_nested = any(_is_loose(part) for node in loose for part in walk(node.body))
    if is_nested or inside & outside or len(own) > 1:
        return whole, ()
    used = {node for node in walk(tree) if isinstance(node, Symbol)}
    (index,) = own or {next(letter for letter in _INDICES if letter not in used)}
    spread = Spread(index, derived | {index})
    told: list[Tree] = []

    def changed(node: Tree) -> Tree:
        if not isinstance(node, t.Big) or not _is_loose(node):
            return node
        body = spread.over(node.body)
        made = replace(node, bound=(index,), lower=None, upper=None, body=body)
        told.append(t.Relation((node, made), ("=",)))
        return made

    return map_nodes(tree, changed), tuple(dict.fromkeys(told))


def _is_loose(node: Tree) -> bool:
    match node:
        case t.Big(operator="sum" | "product", bound=(), condition=None, lower=low, upper=high):
            return all(end is None or isinstance(end, t.Blank) for end in (low, high))
    return False


def _reaching(node: Tree) -> Tree:
    """A product in which such a sum is of all that stands behind it, up to the next sum."""
    if not isinstance(node, t.Apply) or node.operator not in ("times", "star"):
        return node
    for place, factor in enumerate(node.args[:-1]):
        if isinstance(factor, t.Big) and _is_loose(factor) and factor.operator == "sum":
            rest = node.args[place + 1 :]
            if any(isinstance(x, t.Big) for x in rest):
                return node
            parts = _factors(factor.body, node.operator)
            whole = replace(factor, body=t.Apply(node.operator, (*parts, *rest)))
            return t.Apply(node.operator, (*node.args[:place], whole)) if place else whole
    return node


def _factors(tree: Tree, operator: str) -> tuple[Tree, ...]:
    is_product = isinstance(tree, t.Apply) and tree.operator == operator
    return tree.args if isinstance(tree, t.Apply) and is_product else (tree,)


def _without_body(node: Tree) -> Tree:
    return replace(node, body=t.Blank()) if isinstance(node, t.Big) and _is_loose(node) else node


def _atoms(tree: Tree) -> Iterator[Tree]:
    """The letters and members in a tree that no sum in it binds, but for names of functions."""
    if isinstance(tree, Symbol | t.Index):
        yield tree
        return
    bound = frozenset(tree.bound) if isinstance(tree, t.Big) else frozenset[Tree]()
    for child in tree.children:
        if not (isinstance(tree, t.Call) and child == tree.function):
            yield from (atom for atom in _atoms(child) if bound.isdisjoint(walk(atom)))


def _derived_by(tree: Tree) -> Iterator[Tree]:
    """What something is derived by, with its family and indices."""
    for node in walk(tree):
        if isinstance(node, t.Apply) and node.operator in DERIVATIVES:
            for by in node.args[1:]:
                yield from walk(by)


def _indices(tree: Tree) -> Iterator[Symbol]:
    for node in walk(tree):
        if isinstance(node, t.Index):
            yield from (index for index in node.indices if isinstance(index, Symbol))
