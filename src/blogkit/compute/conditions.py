r"""Cases, conditions, lists and matrices as they are written in code. Imports `pieces`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import OTHERWISE
from blogkit.language import Message

from .pieces import Piece
from .targets import SUM
from .wants import uncomputable

if TYPE_CHECKING:
    from .writing import Writer

_SIGNS: Final = {"=": "==", "≡": "==", "≠": "!=", "≤": "<=", "≥": ">=", "<": "<", ">": ">"}


def write_cases(writer: Writer, tree: t.Cases) -> Piece:
    found: Piece | None = None
    for value, condition in reversed(tree.branches):
        piece = writer.as_array(value) if writer.target.needs_arrays else writer.write(value)
        if condition is None or (isinstance(condition, t.Text) and condition.text in OTHERWISE):
            found = piece
        elif found is None:
            nan = "sympy.nan" if writer.target.to == "sympy" else "float('nan')"
            found = writer.form("where", truth(writer, condition), piece, Piece(nan))
        else:
            found = writer.form("where", truth(writer, condition), piece, found)
    return found or writer.lack("cases", Message("cases without a value"))


def truth(writer: Writer, tree: Tree) -> Piece:
    """A condition as an expression that is true or false."""
    match tree:
        case t.Where(body=body):
            return truth(writer, body)
        case t.Relation(operands=operands, operators=signs) if set(signs) <= _SIGNS.keys():
            pieces = [writer.write(operand) for operand in operands]
            links = [
                Piece(_compared(writer, a, sign, b), 1)
                for a, sign, b in zip(pieces, signs, pieces[1:], strict=False)
            ]
            found = links[0]
            for link in links[1:]:
                found = writer.form("and", found, link)
            return found
        case t.Apply(operator="and" | "or" as operator, args=args):
            found = truth(writer, args[0])
            for arg in args[1:]:
                found = writer.form(operator, found, truth(writer, arg))
            return found
        case t.Apply(operator="not", args=(inner,)):
            return writer.form("not", truth(writer, inner))
    return writer.lack(
        to_latex(tree), Message("{part} is no condition to decide", part=to_latex(tree))
    )


def _compared(writer: Writer, one: Piece, sign: str, two: Piece) -> str:
    if writer.target.to == "sympy" and sign in ("=", "≡", "≠"):
        return f"sympy.{'Ne' if sign == '≠' else 'Eq'}({one.text}, {two.text})"
    return f"{one.at(SUM)} {_SIGNS[sign]} {two.at(SUM)}"


def write_collection(writer: Writer, tree: t.Collection) -> Piece:
    if len(tree.items) == 1 and tree.kind != "set":
        return writer.write(tree.items[0])
    if tree.kind == "set":
        return writer.lack(to_latex(tree), uncomputable(tree))
    pieces = [writer.as_array(item) for item in tree.items]
    return writer.form("stack", Piece(", ".join(p.text for p in pieces)), rank=1)


def write_matrix(writer: Writer, tree: t.Matrix) -> Piece:
    rows = [[writer.as_array(cell) for cell in row] for row in tree.rows]
    if any(piece.rank for row in rows for piece in row):
        return writer.lack("matrix", Message("a matrix made of blocks is not written yet"))
    if all(len(row) == 1 for row in rows):
        return writer.form("stack", Piece(", ".join(row[0].text for row in rows)), rank=1)
    lines = [writer.form("stack", Piece(", ".join(p.text for p in row))).text for row in rows]
    return writer.form("stack", Piece(", ".join(lines)), rank=2)


def write_where(writer: Writer, tree: t.Where) -> Piece:
    return writer.write(tree.body)


def write_truth(writer: Writer, tree: t.Relation) -> Piece:
    return truth(writer, tree)
