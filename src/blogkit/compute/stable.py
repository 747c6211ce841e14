r"""Forms that do not overflow or cancel, where they are known: `log(1 + x)` by `log1p`.

Each is said in a comment of the code. Not for SymPy, which computes exactly. Imports `pieces`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blogkit.formula import tree as t
from blogkit.meaning.trees.derivatives import negative
from blogkit.meaning.trees.rewriting import substitute

from .pieces import Piece, summed

if TYPE_CHECKING:
    from blogkit.formula.tree import Tree

    from .writing import Writer

SHIFTED: Final = "sums of exponentials are shifted by the largest: they do not overflow"
_LOG1P: Final = "log(1 + x) by log1p, exact for small x"
_EXPM1: Final = "exp(x) - 1 by expm1, exact for small x"
_SOFTPLUS: Final = "log(1 + exp(x)) by softplus: it does not overflow"
_SIGMOID: Final = "1 / (1 + exp(-x)) by a sigmoid that does not overflow"
_ONE: Final = t.Number("1")


def written(writer: Writer, tree: t.Apply) -> Piece | None:
    """The stable form of a tree, or None where none is known or needed."""
    if writer.target.to == "sympy" or (writer.target.needs_arrays and writer.closed(tree)):
        return None
    match tree:
        case t.Apply(operator="log" | "ln", args=(inner,)):
            return _log(writer, inner)
        case t.Apply(operator="divide", args=(above, below)):
            return _quotient(writer, above, below)
        case t.Apply(operator="plus", args=(first, t.Apply(operator="minus", args=(one,)))):
            exponent = exponent_of(first)
            if one == _ONE and exponent is not None:
                writer.note(_EXPM1)
                return writer.form("expm1", writer.write(exponent))
    return None


def exponent_of(tree: Tree) -> Tree | None:
    """What stands in the exponent, of a power of e."""
    match tree:
        case t.Apply(operator="exp", args=(exponent,)):
            return exponent
        case t.Apply(operator="power", args=(t.Constant(name="e"), exponent)):
            return exponent
    return None


def is_sum_of_powers(tree: Tree) -> bool:
    r"""Whether it is `\sum_i e^{\dots}`."""
    return isinstance(tree, t.Big) and tree.operator == "sum" and exponent_of(tree.body) is not None


def _log(writer: Writer, inner: Tree) -> Piece | None:
    if isinstance(inner, t.Big) and is_sum_of_powers(inner):
        exponent = exponent_of(inner.body)
        assert exponent is not None
        terms = writer.terms_of(inner, exponent)
        if terms is None:
            return None
        writer.note(SHIFTED)
        return writer.form("logsumexp", terms, rank=0)
    exponent = exponent_of(inner)
    if exponent is not None:
        return writer.write(exponent)
    match inner:
        case t.Apply(operator="divide", args=(above, below)) if exponent_of(
            above
        ) is not None or is_sum_of_powers(below):
            logarithms = [writer.write(t.Apply("log", (part,))) for part in (above, below)]
            return summed([(False, logarithms[0]), (True, logarithms[1])])
        case (
            t.Apply(operator="plus", args=(t.Number(text="1"), rest))
            | t.Apply(operator="plus", args=(rest, t.Number(text="1")))
        ):
            return _log_of_one_and(writer, rest)
    return None


def _log_of_one_and(writer: Writer, rest: Tree) -> Piece | None:
    exponent = exponent_of(rest)
    if exponent is not None:
        writer.note(_SOFTPLUS)
        return writer.form("softplus", writer.write(exponent))
    if writer.closed(rest):
        return None
    writer.note(_LOG1P)
    return writer.form("log1p", writer.write(rest))


def _quotient(writer: Writer, above: Tree, below: Tree) -> Piece | None:
    match below:
        case (
            t.Apply(operator="plus", args=(t.Number(text="1"), power))
            | t.Apply(operator="plus", args=(power, t.Number(text="1")))
        ) if above == _ONE:
            exponent = exponent_of(power)
            if exponent is not None:
                writer.note(_SIGMOID)
                return writer.form("sigmoid", writer.write(negative(exponent)))
    if not (isinstance(below, t.Big) and is_sum_of_powers(below) and len(below.bound) == 1):
        return None
    exponent, term = exponent_of(above), exponent_of(below.body)
    if exponent is None or term is None or below.bound[0] not in t.walk(term):
        return None
    index = _index_under(term, exponent, below.bound[0])
    if index is None or writer.unseen.get(index) is False:
        return None
    terms = writer.terms_of(below, term)
    if terms is None or not terms.rank:
        return None
    writer.note(SHIFTED)
    whole = writer.form("softmax", terms, rank=1)
    if index in writer.unseen:
        return Piece(whole.text)
    return Piece(whole.text + writer.subscripts(None, (index,)))


def _index_under(term: Tree, exponent: Tree, name: Tree) -> Tree | None:
    """The index with which a term of a sum is the exponent: the `t` of `s_i` and `s_t`."""
    candidates = {node for node in t.walk(exponent) if isinstance(node, t.Symbol | t.Number)}
    for one in sorted(candidates, key=repr):
        if substitute(term, {name: one}) == exponent and one != name:
            return one
    return None
