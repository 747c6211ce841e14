"""Which names a formula speaks of: free ones, bound ones, and those that are applied.

It exists for renaming, for definitions and for assumptions: the `i` of a sum says nothing of
another `i`.
Imports `tree.py` only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from blogkit.formula import tree as t
from blogkit.formula.tree import Symbol, Tree


@dataclass(frozen=True, slots=True)
class Variables:
    """Symbols of a tree; a name may be in several of the sets at different places."""

    free: frozenset[Symbol]
    """Symbols that stand for something outside, also as families and as indices."""
    bound: frozenset[Symbol]
    """Symbols that a sum, integral, limit, expectation, set or quantifier binds."""
    functions: frozenset[Symbol]
    """Symbols that are applied."""


def variables(tree: Tree) -> Variables:
    r"""The symbols of a tree by their use.

    A subscript or superscript that is part of a name is not looked into.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> found = variables(build(parse(r"\sum_{i=1}^n f(x_i)").tree).tree)
    >>> [sorted(s.name for s in part) for part in (found.free, found.bound, found.functions)]
    [['n', 'x'], ['i'], ['f']]
    """
    free: set[Symbol] = set()
    bound: set[Symbol] = set()
    functions: set[Symbol] = set()
    waiting: list[tuple[Tree, frozenset[Symbol]]] = [(tree, frozenset())]
    while waiting:
        node, binding = waiting.pop()
        if isinstance(node, Symbol):
            if node not in binding:
                free.add(node)
            continue
        if isinstance(node, t.Call):
            functions.update(_function_names(node.function))
            parts = (*node.args, *node.conditions, *node.parameters)
            waiting.extend((part, binding) for part in parts)
            continue
        own = frozenset(_bound_by(node))
        bound |= own
        within = binding | own if own else binding
        outside = _outside(node)
        waiting.extend((part, binding if part in outside else within) for part in node.children)
    return Variables(frozenset(free), frozenset(bound), frozenset(functions))


def _function_names(function: Tree) -> Iterator[Symbol]:
    return (node for node in t.walk(function) if isinstance(node, Symbol))


def _outside(node: Tree) -> tuple[Tree, ...]:
    """Parts of a binder that its variables do not reach."""
    if isinstance(node, t.Big):
        return tuple(part for part in (node.lower, node.upper) if part is not None)
    return ()


def _bound_by(node: Tree) -> Iterator[Symbol]:
    match node:
        case t.Big(bound=names):
            for name in names:
                yield from _names(name)
        case t.Expectation(under=under) if under is not None:
            yield from _drawn(under)
        case t.Comprehension(element=element):
            yield from _drawn(element)


def _drawn(tree: Tree) -> Iterator[Symbol]:
    r"""What `z \sim p`, `x \in A`, `(x, y)` or several of them introduce."""
    match tree:
        case t.Relation(operands=(first, *_), operators=("∼" | "∈", *_)):
            yield from _names(first)
        case t.System(statements=parts):
            for part in parts:
                yield from _drawn(part)
        case _:
            yield from _names(tree)


def _names(tree: Tree) -> Iterator[Symbol]:
    match tree:
        case Symbol():
            yield tree
        case t.Index(base=base):
            yield from _names(base)
        case t.Collection(items=items):
            for item in items:
                yield from _names(item)
