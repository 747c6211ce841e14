"""Trees changed: every node mapped, symbols replaced without capture.

It exists because trees are immutable, so that whatever changes one rebuilds it. What was changed
has no place in the source any more. Imports the operator tree only.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from blogkit.formula import NOWHERE, Symbol, Tree, variables
from blogkit.formula import tree as t

_MAX_PRIMES = 50

_Key = TypeVar("_Key", bound=Tree)


def map_parts(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """A tree whose direct parts were changed, in reading order; the tree itself if none was."""
    if not tree.children:
        return tree
    changed: dict[str, Any] = {}
    for name in tree.__dataclass_fields__:
        before = getattr(tree, name)
        after = _changed(before, change)
        if after is not before:
            changed[name] = after
    return replace(tree, **changed, span=NOWHERE) if changed else tree


def _changed(part: object, change: Callable[[Tree], Tree]) -> object:
    if isinstance(part, Tree):
        return change(part)
    if isinstance(part, tuple) and any(isinstance(x, (Tree, tuple)) for x in part):
        after = tuple(_changed(x, change) for x in part)
        return part if all(a is b for a, b in zip(part, after, strict=True)) else after
    return part


def map_nodes(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """A tree with each node changed, leaves first; what is not changed keeps its place.

    >>> double = lambda node: t.Number("2") if node == t.Number("1") else node
    >>> map_nodes(t.Apply("plus", (t.Number("1"), Symbol("x"))), double)
    Apply(operator='plus', args=(Number(text='2'), Symbol(name='x', font='', accents=(), primes=0, \
subscript=None, superscript=None)))
    """
    return change(map_parts(tree, lambda part: map_nodes(part, change)))


def with_members(
    tree: Tree, letters: frozenset[Tree], families: frozenset[Tree] | None = None
) -> Tree:
    r"""A tree whose names with such a letter as subscript are members by that letter.

    Where `families` are said, only members of those: `h_T` where there is `h_t` and a sum up to T.

    >>> with_members(Symbol("h", subscript=Symbol("T")), frozenset([Symbol("T")])).indices[0].name
    'T'
    """

    def changed(node: Tree) -> Tree:
        if not isinstance(node, Symbol) or node.subscript not in letters:
            return node
        family = replace(node, subscript=None)
        is_member = families is None or family in families
        return t.Index(family, (node.subscript,)) if is_member else node

    return map_nodes(tree, changed)


def substitute(tree: Tree, values: Mapping[_Key, Tree]) -> Tree:
    r"""A tree with other trees put in; bound variables are renamed where they capture.

    A symbol that is applied (`f` in `f(x)`) or that names a family is not replaced.

    >>> from blogkit.formula import build, to_sexpr
    >>> from blogkit.latex import parse
    >>> body = build(parse(r"\sum_{i=1}^n a i").tree).tree
    >>> to_sexpr(substitute(body, {Symbol("a"): Symbol("i")}))
    "(sum :for i' :from 1 :to n :of (times i i'))"

    Args:
        tree: where they are put in.
        values: what is replaced, by what: free symbols, or any tree that has a place.
    """
    if tree in values:
        return values[tree]  # type: ignore[index]
    if isinstance(tree, Symbol) or not values:
        return tree
    own = _bound_by(tree)
    if own:
        values = {key: value for key, value in values.items() if key not in own}
        used = [value for key, value in values.items() if _stands_in(key, tree)]
        incoming = frozenset(x for value in used for x in variables(value).free)
        clashing = own & incoming
        if clashing:
            tree = _renamed(tree, clashing, incoming | variables(tree).free | own)
    kept = _not_replaced(tree)
    return map_parts(tree, lambda part: part if part in kept else substitute(part, values))


def _stands_in(key: Tree, tree: Tree) -> bool:
    return not isinstance(key, Symbol) or key in variables(tree).free


def _not_replaced(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case t.Call(function=Symbol() as function):
            return (function,)
        case t.Index(base=Symbol() as base):
            return (base,)
    return ()


def _bound_by(tree: Tree) -> frozenset[Symbol]:
    """The symbols that this very node binds."""
    if not isinstance(tree, (t.Big, t.Expectation, t.Comprehension)):
        return frozenset()
    within = frozenset().union(*(variables(child).bound for child in tree.children))
    return variables(tree).bound - within | frozenset(
        name for name in getattr(tree, "bound", ()) if isinstance(name, Symbol)
    )


def _renamed(tree: Tree, names: frozenset[Symbol], taken: frozenset[Symbol]) -> Tree:
    renaming = {name: _fresh(name, taken) for name in names}
    return map_nodes(
        tree, lambda node: renaming.get(node, node) if isinstance(node, Symbol) else node
    )


def _fresh(name: Symbol, taken: frozenset[Symbol]) -> Symbol:
    for primes in range(1, _MAX_PRIMES):
        fresh = replace(name, primes=name.primes + primes)
        if fresh not in taken:
            return fresh
    raise AssertionError("a formula with fifty names that differ in primes only")
