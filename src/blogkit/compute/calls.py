r"""Functions and derivatives as they are written in code: given, known by name, or missing.

Imports the checker's derivatives and the table of named functions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from blogkit.formula import tree as t
from blogkit.formula.named_functions import by_letter, named_function, value_of
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.definitions import Definition
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.derivatives import derivative_of

from . import stable
from .naming_rules import put_before
from .pieces import Piece
from .targets import ATOM

if TYPE_CHECKING:
    from .writing import Writer

_NUMBER_FUNCTIONS: Final = frozenset(["sigmoid", "softplus"])
"""Functions that have a row of their own in the table."""
_GAMMA: Final = Symbol("Γ")


def write_call(writer: Writer, tree: t.Call) -> Piece:
    if tree.conditions or tree.parameters or not isinstance(tree.function, Symbol):
        return _unknown(writer, tree)
    name = tree.function
    definition = writer.known.get(name)
    if definition is not None and len(definition.parameters) == len(tree.args):
        function = put_before(writer, definition)
        args = ", ".join(writer.write(arg).text for arg in tree.args)
        return Piece(f"{function.text}({args})")
    base = writer.known.get(replace(name, primes=0)) if name.primes else None
    if base is not None and len(base.parameters) == len(tree.args) == 1:
        return _primed(writer, base, name.primes, tree.args[0])
    if name == _GAMMA and len(tree.args) == 1:
        return writer.entrywise("gamma", tree.args)
    known = named_function(name) or by_letter(name)
    if known is None or len(tree.args) != 1:
        return _unknown(writer, tree)
    if named_function(name) is None:
        writer.note(f"{name.name} is taken for {known.name}, as by habit")
    return _named(writer, known.name, tree.args[0])


def _named(writer: Writer, name: str, arg: Tree) -> Piece:
    if name in _NUMBER_FUNCTIONS:
        return writer.entrywise(name, (arg,))
    if name in ("softmax", "LSE"):
        inner = writer.write(arg)
        form = "softmax" if name == "softmax" else "logsumexp"
        writer.note(stable.SHIFTED)
        rank = max(inner.rank, 1)
        return writer.form(form, inner, rank=rank if form == "softmax" else rank - 1)
    known = named_function(Symbol(name))
    assert known is not None
    piece = writer.write(arg)
    simple = piece if piece.level == ATOM else Piece(piece.at(ATOM), rank=piece.rank)
    with writer.giving({Symbol("x"): simple}):
        return writer.write(value_of(known))


def _unknown(writer: Writer, tree: t.Call) -> Piece:
    name = to_latex(tree.function)
    if tree.conditions or tree.parameters:
        return writer.lack(name, Message("{call} is not known", call=to_latex(tree)))
    letters = ", ".join("xyzuvw"[: len(tree.args)])
    return writer.lack(
        name,
        Message(
            "{name} is not known; give it with --let '{name}({letters}) = …'",
            name=name,
            letters=letters,
        ),
    )


def _primed(writer: Writer, base: Definition, primes: int, arg: Tree) -> Piece:
    name = base.parameters[0]
    order = t.Apply("order", (name, t.Number(str(primes))))
    body = _slope(writer.expanded(base.body), (order,))
    if body is None:
        return writer.lack(base.latex, Message("{part} has no rule of deriving", part=base.latex))
    writer.used.setdefault(base.symbol, base)
    piece = writer.write(arg)
    with writer.giving({name: Piece(piece.at(ATOM), rank=piece.rank)}):
        return writer.write(body)


def write_derivative(writer: Writer, tree: t.Apply) -> Piece:
    """The derivative of something known, by its rules."""
    inner, *by = tree.args
    if not by and isinstance(inner, t.Call) and len(inner.args) == 1:
        by = [inner.args[0]]
    body = _slope(writer.expanded(inner), tuple(by))
    if body is None or not by:
        return writer.lack(
            to_latex(tree), Message("{part} has no rule of deriving", part=to_latex(tree))
        )
    return writer.write(body)


def _slope(tree: Tree, by: tuple[Tree, ...]) -> Tree | None:
    """What is left after deriving by each name as often as is said; None where there is no rule."""
    try:
        for name in by:
            match name:
                case t.Apply(operator="order", args=(inner, t.Number(text=times))):
                    for _ in range(int(times)):
                        tree = derivative_of(tree, inner)
                case _:
                    tree = derivative_of(tree, name)
    except NotApplicable:
        return None
    return tree
