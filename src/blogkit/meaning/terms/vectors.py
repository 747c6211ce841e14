"""Small letters that are vectors by what is done with them, in a statement without bold type.

Imports the operator tree.
"""

from typing import Final

from blogkit.formula import Apply, Index, Symbol, Tree, walk
from blogkit.formula.vocabulary import DERIVATIVES

_VECTOR_PLACES: Final = frozenset(["transpose", "norm", "inner", "diagonal", "hadamard"])


_BY_VECTORS: Final = DERIVATIVES - {"derivative"}
"""Derivatives by what may be a vector; who writes an upright d derives by a number."""


def vectors_of(claim: Tree) -> set[Tree]:
    """Small letters that are used as vectors, and what is added to them."""
    found: set[Tree] = set()
    for node in walk(claim):
        if isinstance(node, Apply) and (
            node.operator in _VECTOR_PLACES
            or (node.operator == "power" and node.args[1] == Symbol("T"))
        ):
            taken = node.args[:1] if node.operator == "norm" else node.args[:2]
            found |= {arg for arg in taken if _is_small(arg)}
            found |= _summands(node.args[0])
        if isinstance(node, Apply) and node.operator in _BY_VECTORS and len(node.args) == 2:
            found |= {node.args[1]} if _is_small(node.args[1]) else set()
            found |= _applied_to(node.args[0], node.args[1])
        if _ends_in_vector(node):
            found.add(node.children[-1])
    for _ in range(3):
        for node in walk(claim):
            if isinstance(node, Apply) and node.operator == "plus":
                members = _summands(node)
                if members & found:
                    found |= members
    return found


def _applied_to(tree: Tree, by: Tree) -> set[Tree]:
    """Small letters beside `A x` in a sum are vectors where x is one."""
    found: set[Tree] = set()
    for node in walk(tree):
        if isinstance(node, Apply) and node.operator == "plus":
            ends = [arg.args[-1] for arg in node.args if isinstance(arg, Apply) and arg.args]
            if by in ends and any(
                isinstance(arg, Apply) and arg.operator == "times" for arg in node.args
            ):
                found |= _summands(node)
    return found


def _ends_in_vector(tree: Tree) -> bool:
    """`x^T A y`: what is left after a row is a column."""
    if not isinstance(tree, Apply) or tree.operator != "times" or not _is_small(tree.args[-1]):
        return False
    return any(_is_turned_small(arg) for arg in tree.args[:-1])


def _is_turned_small(tree: Tree) -> bool:
    if not isinstance(tree, Apply):
        return False
    is_turned = tree.operator == "transpose" or tree.args[-1] == Symbol("T")
    return is_turned and _is_small(tree.args[0])


def _summands(tree: Tree) -> set[Tree]:
    if isinstance(tree, Apply) and tree.operator in {"plus", "minus"}:
        return {name for arg in tree.args for name in _summands(arg)}
    return {tree} if _is_small(tree) else set()


def _is_small(tree: Tree) -> bool:
    base = tree.base if isinstance(tree, Index) else tree
    return isinstance(base, Symbol) and base.name.islower() and base.name.isascii()
