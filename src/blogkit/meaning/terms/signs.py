"""Signs that a statement is about matrices or vectors: facts, bold type, transposes, norms.

Imports `facts/` and the operator tree.
"""

from typing import Final

from blogkit.formula import (
    Apply,
    Call,
    Expectation,
    Index,
    Matrix,
    Number,
    Relation,
    Symbol,
    Tree,
    walk,
)
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.trees.probabilities import is_probability

_MATRIX_WORK: Final = frozenset(
    ["transpose", "inverse", "determinant", "trace", "rank", "hadamard", "inner"]
)


def is_matrix_claim(tree: Tree, facts: Facts) -> bool:
    """Whether a statement is about matrices or vectors, or derivatives of unknown functions."""
    return has_sign_of_matrices(tree, facts) or _derives_unknown(tree)


def _is_mean_of_bold(tree: Tree) -> bool:
    """Whether it has expectations of bold letters, which are vectors, and no probabilities."""
    nodes = list(walk(tree))
    means = [node for node in nodes if isinstance(node, Expectation)]
    has_bold = any(isinstance(x, Symbol) and x.font == "bold" for mean in means for x in walk(mean))
    return has_bold and not any(isinstance(x, Call) and is_probability(x) for x in nodes)


def _derives_unknown(tree: Tree) -> bool:
    r"""Whether it is an equation with derivatives of unknown functions: `(fg)' = f'g + fg'`."""
    if not isinstance(tree, Relation) or tree.operators != ("=",):
        return False
    return any(
        isinstance(node, Apply)
        and node.operator in DERIVATIVES
        and any(isinstance(inner, Call) and not is_probability(inner) for inner in walk(node))
        for node in walk(tree)
    )


def has_sign_of_matrices(tree: Tree, facts: Facts) -> bool:
    """Whether a statement is about matrices or vectors."""
    if _is_mean_of_bold(tree):
        return True
    for node in walk(tree):
        if isinstance(node, Apply) and node.operator in _MATRIX_WORK:
            if node.operator != "inverse" or not isinstance(node.args[0], Symbol):
                return True
            if _is_matrix_name(node.args[0], facts):
                return True
        if isinstance(node, Matrix):
            return True
        if isinstance(node, Apply) and node.operator == "norm" and _is_plain(node.args[0]):
            return True
        if isinstance(node, Symbol | Index) and kind_given(node, facts) in {"matrix", "vector"}:
            return True
    return False


def _is_plain(tree: Tree) -> bool:
    """Whether it is made of names by sums and products only."""
    if isinstance(tree, Apply):
        return tree.operator in {"plus", "minus", "times"} and all(map(_is_plain, tree.args))
    return isinstance(tree, Symbol | Number)


def _is_matrix_name(name: Symbol, facts: Facts) -> bool:
    kind = kind_given(name, facts)
    return kind == "matrix" or (kind != "function" and name.name.isupper() and len(name.name) == 1)


def kind_given(tree: Tree, facts: Facts) -> str:
    """`matrix`, `vector`, `scalar` or nothing: by the facts and by bold type."""
    base = tree.base if isinstance(tree, Index) else tree
    if not isinstance(base, Symbol):
        return ""
    sort = facts.sorts.get(base)
    if sort is not None and sort.kind in {"matrix", "vector", "function", "set", "random"}:
        if isinstance(tree, Index) and not sort.is_family:
            return "" if base.font != "bold" else sort.kind
        return sort.kind
    if base.font == "bold" and len(base.name) == 1 and base.name.isalpha():
        return "matrix" if base.name.isupper() else "vector"
    if "vec" in base.accents or "vector" in base.accents:
        return "vector"
    return ""
