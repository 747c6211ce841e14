r"""Operators of the vocabulary as they are written in code: sums, powers, norms, extrema.

Numbers come first in a product, then arrays as matrices and vectors multiply. Imports the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.language import Message

from . import stable
from .calls import write_derivative
from .conditions import truth
from .pieces import Piece, multiplied, summed
from .shapes import family
from .targets import ATOM, OPERATORS, POWER, PRODUCT, UNARY, WHOLE

if TYPE_CHECKING:
    from .writing import Writer

_MOST_EXACT: Final = 64
"""The greatest exponent to which whole numbers are raised exactly."""


def write_operator(writer: Writer, tree: t.Apply) -> Piece:
    if tree.operator in DERIVATIVES:
        return write_derivative(writer, tree)
    stabler = stable.written(writer, tree)
    if stabler is not None:
        return stabler
    rule = _OPERATORS.get(tree.operator)
    if rule is not None:
        return rule(writer, tree.args)
    if tree.operator in OPERATORS:
        return writer.entrywise(tree.operator, tree.args)
    if tree.operator in WHOLE and tree.operator not in ("sum", "product"):
        return _of_matrix(writer, tree.operator, tree.args)
    return writer.lack(
        tree.operator, Message("{part} is nothing to compute with numbers", part=to_latex(tree))
    )


def _plus(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    terms = []
    for arg in args:
        is_less = isinstance(arg, t.Apply) and arg.operator == "minus"
        terms.append((is_less, writer.write(arg.children[0] if is_less else arg)))
    writer.numbers([piece for _, piece in terms])
    return summed(terms)


def _minus(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    (piece,) = writer.numbers([writer.write(args[0])])
    return summed([(True, piece)])


def _times(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    """Numbers first, then arrays from left to right as matrices and vectors multiply."""
    numbers: list[Piece] = []
    array: Piece | None = None
    for piece in writer.numbers([writer.write(arg) for arg in args]):
        if piece.rank == 0:
            numbers.append(piece)
        elif array is None:
            array = piece
        else:
            array = _joined(writer, array, piece)
            if array.rank == 0:
                numbers.append(array)
                array = None
    if array is None:
        return multiplied(numbers)
    product = multiplied([*numbers, array])
    return replace(product, is_row=array.is_row)


def _joined(writer: Writer, one: Piece, two: Piece) -> Piece:
    if one.rank == 1 and two.rank == 1 and two.is_row and not one.is_row:
        return writer.form("outer", replace(one, is_row=False), replace(two, is_row=False), rank=2)
    text = f"{one.at(PRODUCT)} @ {two.at(UNARY)}"
    rank = max(one.rank + two.rank - 2, 0)
    return Piece(text, PRODUCT, rank, is_row=one.is_row and rank == 1)


def _hadamard(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return multiplied(writer.numbers([writer.write(arg) for arg in args]))


def _compose(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    """Between names that are no functions a ring is the product of entries, as of gates."""
    if any(family(arg)[0] is None or arg in writer.known for arg in args):
        return writer.lack("∘", Message("∘ between functions: apply them to something"))
    writer.note("the ring is taken for the product of entries")
    return _hadamard(writer, args)


def _star(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    pieces = [writer.write(arg) for arg in args]
    if any(piece.rank for piece in pieces):
        return writer.lack("*", Message("the star may be a convolution: write a product instead"))
    return multiplied(pieces)


def _divide(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    above, below = writer.numbers([writer.write(arg) for arg in args])
    if writer.target.to == "sympy" and above.text.isdigit() and below.text.isdigit():
        return Piece(f"sympy.Rational({above.text}, {below.text})")
    text = f"{above.at(PRODUCT)} / {below.at(UNARY)}"
    return Piece(text, PRODUCT, max(above.rank, below.rank), above.is_row)


def _power(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    base, exponent = args
    if base == t.Constant("e"):
        return writer.entrywise("exp", (exponent,))
    under, over = writer.numbers([writer.write(base), writer.write(exponent)])
    if under.rank == 2 and isinstance(exponent, t.Number):
        return writer.form("matrix-power", under, over, rank=2)
    if isinstance(base, t.Number) and not _is_small(exponent) and "." not in under.text:
        under = Piece(f"{under.text}.0") if writer.target.to != "sympy" else under
    if over.text.startswith("-") and over.text[1:].isdigit() and writer.target.has_arrays:
        over = Piece(f"{over.text}.0", UNARY)
    return Piece(f"{under.at(ATOM)} ** {over.at(UNARY)}", POWER, max(under.rank, over.rank))


def _is_small(exponent: Tree) -> bool:
    return (
        isinstance(exponent, t.Number)
        and exponent.text.isdigit()
        and int(exponent.text) <= _MOST_EXACT
    )


def _root(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    if len(args) == 1:
        return writer.entrywise("sqrt", args)
    inner, order = writer.write(args[0]), writer.write(args[1])
    one = "sympy.Integer(1)" if writer.target.to == "sympy" else "1"
    return Piece(f"{inner.at(ATOM)} ** ({one} / {order.at(UNARY)})", POWER, inner.rank)


def _log(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    if len(args) == 1:
        return writer.entrywise("log", args)
    for base, name in (("2", "log2"), ("10", "lg")):
        if args[1] == t.Number(base):
            return writer.entrywise(name, args[:1])
    return writer.entrywise("log-to", args)


def _exp(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return writer.entrywise("exp", args)


def _factorial(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    """Of what counts, exactly; else by the gamma function."""
    names = variables(args[0]).free
    is_whole = bool(names) and all(
        name in writer.given or name in writer.shapes.integers for name in names
    )
    return writer.entrywise("factorial-of-whole" if is_whole else "factorial", args)


def _transpose(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    inner = writer.write(args[0])
    if inner.rank == 1:
        return replace(inner, is_row=not inner.is_row)
    return Piece(f"{inner.at(ATOM)}.T", ATOM, 2) if inner.rank else inner


def _inner(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    one, two = map(writer.write, args)
    return _joined(writer, replace(one, rank=1, is_row=True), replace(two, rank=1, is_row=False))


def _norm(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    inner = writer.write(args[0])
    if not writer.target.has_arrays and inner.rank == 0:
        return writer.form("abs", inner)
    if len(args) == 1:
        return writer.form("norm", inner, rank=0)
    order = args[1]
    if order == t.Constant("∞") and inner.rank < 2:
        return writer.form("largest-size", inner, rank=0)
    if isinstance(order, Symbol) and order.name == "F":
        return writer.form("norm", inner, rank=0)
    if order == t.Number("2") and inner.rank < 2:
        return writer.form("norm", inner, rank=0)
    return writer.form("norm-of-order", inner, writer.write(order), rank=0)


def _of_matrix(writer: Writer, operator: str, args: tuple[Tree, ...]) -> Piece:
    inner = writer.write(args[0])
    if operator == "inverse" and inner.rank == 0:
        return Piece(f"1 / {inner.at(UNARY)}", PRODUCT)
    rank = {"trace": 0, "determinant": 0, "rank": 0, "diagonal": 3 - inner.rank}.get(operator, 2)
    return writer.form(operator, inner, rank=rank)


def _abs(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    inner = args[0]
    if isinstance(inner, Symbol) and inner.font in ("calligraphic", "script"):
        return write_cardinality(writer, args)
    if writer.write(inner).rank == 2:
        return _of_matrix(writer, "determinant", args)
    return writer.entrywise("abs", args)


def write_cardinality(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    """The number of members of a set: how many the arrays have that are summed over it."""
    counted = writer.shapes.sets.get(args[0])
    if counted is not None:
        return Piece(writer.length(*counted))
    return writer.argument(t.Apply("cardinality", args))


def _extreme(operator: str) -> Callable[[Writer, tuple[Tree, ...]], Piece]:
    pairwise = "larger" if operator in ("max", "sup") else "smaller"

    def rule(writer: Writer, args: tuple[Tree, ...]) -> Piece:
        if len(args) == 1 and isinstance(args[0], t.Collection):
            args = args[0].items
        pieces = [writer.as_array(arg) for arg in args]
        if len(pieces) == 1:
            if pieces[0].rank == 0:
                return pieces[0]
            return writer.form(operator, *pieces, rank=0)
        found = pieces[0]
        for piece in pieces[1:]:
            found = writer.form(pairwise, found, piece)
        return found

    return rule


def _iverson(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return writer.form("where", truth(writer, args[0]), Piece("1"), Piece("0"))


_OPERATORS: Final[dict[str, Callable[[Writer, tuple[Tree, ...]], Piece]]] = {
    "plus": _plus,
    "minus": _minus,
    "times": _times,
    "hadamard": _hadamard,
    "compose": _compose,
    "star": _star,
    "divide": _divide,
    "power": _power,
    "root": _root,
    "log": _log,
    "exp": _exp,
    "transpose": _transpose,
    "inner": _inner,
    "factorial": _factorial,
    "norm": _norm,
    "abs": _abs,
    "cardinality": write_cardinality,
    "max": _extreme("max"),
    "sup": _extreme("max"),
    "min": _extreme("min"),
    "inf": _extreme("min"),
    "iverson": _iverson,
}
