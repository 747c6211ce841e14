"""Trees with parts replaced.

It exists because the nodes are immutable and of many types. Imports the operator tree only.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from blogkit.formula import Big, Comprehension, Symbol, Tree


def rebuild(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """A tree whose direct parts were changed."""
    changed: dict[str, Any] = {}
    for field in fields(tree):
        before = getattr(tree, field.name)
        after = _changed(before, change)
        if after is not before:
            changed[field.name] = after
    return replace(tree, **changed) if changed else tree


def _changed(part: object, change: Callable[[Tree], Tree]) -> object:
    if isinstance(part, Tree):
        return change(part)
    if isinstance(part, tuple) and part and any(isinstance(x, Tree | tuple) for x in part):
        after = tuple(_changed(x, change) for x in part)
        return part if all(a is b for a, b in zip(part, after, strict=True)) else after
    return part


def substitute(tree: Tree, values: Mapping[Tree, Tree]) -> Tree:
    """A tree in which each key stands replaced by its value, except where it is bound.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> substitute(x, {x: y}) == y
    True
    """
    if tree in values:
        return values[tree]
    if isinstance(tree, Symbol):
        return tree
    if isinstance(tree, Big):
        inner = {key: value for key, value in values.items() if key not in tree.bound}
        return replace(
            tree,
            lower=None if tree.lower is None else substitute(tree.lower, values),
            upper=None if tree.upper is None else substitute(tree.upper, values),
            condition=None if tree.condition is None else substitute(tree.condition, inner),
            body=substitute(tree.body, inner),
        )
    if isinstance(tree, Comprehension):
        return tree
    return rebuild(tree, lambda part: substitute(part, values))
