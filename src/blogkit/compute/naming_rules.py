r"""Numbers, constants, names and members, as they are written in code.

Members of arrays get their square brackets; definitions of the post become lines or functions of
their own before the expression. Imports `shapes` and `pieces`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.definitions import Definition

from .pieces import Piece, summed
from .shapes import ONE, ZERO, family
from .targets import ATOM
from .wants import uncomputable

if TYPE_CHECKING:
    from .writing import Writer


def write_number(writer: Writer, tree: t.Number) -> Piece:
    text = tree.text.lstrip("0") or "0"
    text = f"0{text}" if text.startswith(".") else text
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
        return writer.lack(text, Message("{part} could not be read", part=tree.text))
    return Piece(text)


def write_constant(writer: Writer, tree: t.Constant) -> Piece:
    module = "math" if writer.target.to in ("python", "torch") else writer.target.module
    if writer.target.to == "sympy":
        names = {"π": "sympy.pi", "e": "sympy.E", "∞": "sympy.oo", "i": "sympy.I"}
    else:
        names = {"π": f"{module}.pi", "e": f"{module}.e", "∞": f"{module}.inf", "i": "1j"}
    if tree.name not in names or (tree.name == "i" and writer.target.to == "python"):
        return writer.lack(tree.name, uncomputable(tree))
    return Piece(names[tree.name])


def write_symbol(writer: Writer, tree: Symbol) -> Piece:
    if tree in writer.shapes.sizes:
        return _size(writer, tree)
    if writer.shapes.is_array(tree) and writer.shapes.array(tree) not in writer.shapes.apart:
        return writer.array(tree)
    definition = writer.known.get(tree)
    if definition is not None and not definition.parameters:
        return put_before(writer, definition)
    return writer.argument(tree, writer.shapes.rank(tree))


def _size(writer: Writer, tree: Symbol) -> Piece:
    base, axis = writer.shapes.sizes[tree]
    if tree not in writer.sizes:
        name = writer.names.of(tree)
        less = " - 1" if writer.shapes.first_of(base, axis) == ZERO else ""
        writer.sizes[tree] = f"{name} = {writer.length(base, axis)}{less}"
    return Piece(writer.names.of(tree))


def put_before(writer: Writer, definition: Definition) -> Piece:
    """A definition as a line or function of its own before the expression, called by its name."""
    symbol = definition.symbol
    if symbol not in writer.used:
        with writer.giving({p: Piece(writer.names.of(p)) for p in definition.parameters}):
            body = writer.write(definition.body)
        name = writer.names.of(symbol)
        parameters = ", ".join(map(writer.names.of, definition.parameters))
        writer.used[symbol] = definition
        if definition.parameters:
            writer.locals += [f"def {name}({parameters}):", f"    return {body.text}", ""]
        else:
            writer.locals.append(f"{name} = {body.text}")
        writer.given[symbol] = Piece(name, rank=body.rank)
    return writer.given.get(symbol) or Piece(writer.names.of(symbol))


def write_index(writer: Writer, tree: t.Index) -> Piece:
    base, indices = family(tree)
    if base is None:
        inner = writer.write(tree.base)
        if inner.rank < len(tree.indices):
            return writer.lack(to_latex(tree), uncomputable(tree))
        text = inner.at(ATOM) + subscripts(writer, None, tree.indices)
        return Piece(text, rank=inner.rank - len(tree.indices))
    definition = writer.known.get(base)
    if (
        definition is not None
        and definition.is_family
        and len(indices) == len(definition.parameters)
    ):
        function = put_before(writer, definition)
        return Piece(f"{function.text}({', '.join(writer.write(i).text for i in indices)})")
    if writer.shapes.is_array(base):
        array = writer.array(base)
        base = writer.shapes.array(base)
        return Piece(array.text + subscripts(writer, base, indices), rank=array.rank - len(indices))
    return writer.argument(tree, writer.shapes.ranks.get(base, 0))


def subscripts(writer: Writer, base: Symbol | None, indices: tuple[Tree, ...]) -> str:
    """The square brackets of a member; indices count from 0 in Python."""
    texts = []
    for axis, index in enumerate(indices):
        first = ONE if base is None else writer.shapes.first_of(base, axis)
        texts.append(_shifted(writer, index, first))
    return f"[{', '.join(texts)}]" if writer.target.has_arrays else "".join(f"[{x}]" for x in texts)


def _shifted(writer: Writer, index: Tree, first: Tree) -> str:
    """An index as Python counts it, from 0."""
    match index, first:
        case t.Blank(), _:
            return ":"
        case t.Number(text=text), t.Number(text=start) if text.isdigit():
            return str(int(text) - int(start))
        case t.Apply(operator="plus", args=(*front, last)), _ if last == first:
            return summed([(False, writer.write(part)) for part in front]).text
        case _, t.Apply(operator="minus", args=(less,)):
            return summed([(False, writer.write(index)), (False, writer.write(less))]).text
    if first == ZERO:
        return writer.write(index).text
    return summed([(False, writer.write(index)), (True, writer.write(first))]).text
