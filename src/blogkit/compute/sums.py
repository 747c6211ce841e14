r"""Sums, products and extrema that run: over whole arrays where they can, else step by step.

`\sum_i x_i^2` becomes `np.sum(x ** 2)`; what runs otherwise becomes a generator. Imports `pieces`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.language import Message

from .pieces import Piece
from .shapes import ZERO, axes_along, family, members_of
from .targets import OPERATORS

if TYPE_CHECKING:
    from .writing import Writer

_RUNNING: Final = {
    "sum": "sum",
    "product": "product",
    "max": "max",
    "sup": "max",
    "min": "min",
    "inf": "min",
}
_ENTRYWISE: Final = frozenset(
    ["plus", "minus", "times", "hadamard", "divide", "power", "root", "log", "ln", "exp", "abs"]
)
_WHOLE: Final = frozenset(["plus", "minus", "times"])
"""Operators that make whole numbers of whole numbers."""
TERMS: Final = "terms"
"""The argument that says where an infinite series is cut."""


def write_big(writer: Writer, tree: t.Big) -> Piece:
    """A sum, product, maximum, minimum or integral."""
    if tree.operator == "integral":
        return _integral(writer, tree)
    operator = _RUNNING.get(tree.operator)
    if operator is None or isinstance(tree.body, t.Relation):
        return writer.lack(
            tree.operator,
            Message("{part} is nothing to compute with numbers", part=to_latex(tree)),
        )
    if operator == "sum" and tree.upper == t.Constant("∞") and tree.lower is not None:
        return _series(writer, tree, tree.lower)
    whole = whole_array(writer, tree, tree.body)
    if whole is not None:
        return writer.form(operator, whole, rank=0)
    steps = _steps(writer, tree, tree.body) if tree.bound else None
    if steps is None:
        return writer.lack(
            to_latex(tree), Message("{part}: over what it runs is not written", part=to_latex(tree))
        )
    body, text = steps
    return Piece(_generated(writer, operator, text), rank=body.rank)


def _series(writer: Writer, tree: t.Big, lower: Tree) -> Piece:
    """An infinite sum, which the caller may cut; it ends where its terms no longer count."""
    name = writer.names.of(tree.bound[0])
    with writer.giving({tree.bound[0]: Piece(name)}):
        body = writer.write(tree.body)
    if writer.target.to == "sympy":
        ends = f"({name}, {writer.write(lower).text}, sympy.oo)"
        return _of_symbol(name, f"sympy.Sum({body.text}, {ends}).doit()")
    writer.cut_series()
    return Piece(f"series(lambda {name}: {body.text}, {writer.write(lower).text}, {TERMS})")


def _generated(writer: Writer, operator: str, text: str) -> str:
    if operator == "product":
        return f"{'sympy' if writer.target.to == 'sympy' else 'math'}.prod({text})"
    if operator in ("max", "min") and writer.target.to == "sympy":
        return f"sympy.{operator.title()}(*({text}))"
    return f"{operator}({text})"


def terms_of(writer: Writer, tree: t.Big, body: Tree) -> Piece | None:
    """The terms of a sum as one array, or as a generator where there are no arrays."""
    whole = whole_array(writer, tree, body)
    if whole is not None:
        return whole
    steps = _steps(writer, tree, body)
    if steps is None:
        return None
    if writer.target.has_arrays:
        return writer.form("stack", Piece(f"*({steps[1]})"), rank=1)
    is_array = " for " not in steps[1]
    return Piece(steps[1] if is_array else f"[{steps[1]}]", rank=1)


# --- whole arrays


def whole_array(writer: Writer, tree: t.Big, body: Tree) -> Piece | None:
    """The body with arrays in place of their members, if all of it is taken entry by entry."""
    if not writer.target.has_arrays or len(tree.bound) != 1 or not runs_whole(writer, tree):
        return None
    name = tree.bound[0]
    members: dict[Tree, Piece] = {}
    if not _is_entrywise(writer, body, name, members) or not members:
        return None
    with writer.giving(members, {name: True}):
        piece = writer.write(body)
    return Piece(piece.text, piece.level, 1)


def _is_entrywise(writer: Writer, tree: Tree, name: Tree, members: dict[Tree, Piece]) -> bool:
    if name not in t.walk(tree):
        return writer.write(tree).rank == 0
    match tree:
        case t.Index():
            return _is_member(writer, tree, name, members)
        case t.Apply(operator=operator, args=args) if _is_of_entries(operator, args):
            return all(_is_entrywise(writer, arg, name, members) for arg in args)
        case t.Call(args=args):
            return all(_is_entrywise(writer, arg, name, members) for arg in args)
    return False


def _is_of_entries(operator: str, args: tuple[Tree, ...]) -> bool:
    is_pairwise = operator in ("max", "min") and len(args) > 1
    return is_pairwise or operator in _ENTRYWISE or operator in OPERATORS


def _is_member(writer: Writer, tree: t.Index, name: Tree, members: dict[Tree, Piece]) -> bool:
    base, indices = family(tree)
    if base is None or not writer.shapes.is_array(base):
        return False
    base = writer.shapes.array(base)
    if writer.shapes.ranks.get(base) or writer.shapes.axes[base] != len(indices):
        return False
    if indices.count(name) != 1 or any(name in t.walk(i) for i in indices if i != name):
        return False
    cut = tuple(t.Blank() if index == name else index for index in indices)
    text = writer.array(base).text
    members[tree] = Piece(text if len(cut) == 1 else text + writer.subscripts(base, cut))
    return True


def runs_whole(writer: Writer, tree: t.Big) -> bool:
    """Whether it runs over all members of the arrays in it, however many there are."""
    if tree.condition is not None and members_of(tree) is None:
        return False
    if tree.lower is None and tree.upper is None:
        return True
    if not isinstance(tree.lower, t.Number) or tree.upper not in writer.shapes.sizes:
        return False
    shapes, axes = writer.shapes, axes_along(tree.body, tree.bound[0])
    return {shapes.first_of(shapes.array(base), axis) for base, axis in axes} == {tree.lower}


# --- step by step


def _steps(writer: Writer, tree: t.Big, body: Tree) -> tuple[Piece, str] | None:
    """The body for each value of what is bound, and all of it as a generator."""
    zipped = _zipped(writer, tree, body)
    if zipped is not None:
        return zipped
    loops = []
    with writer.giving({name: Piece(writer.names.of(name)) for name in tree.bound}):
        for name in tree.bound:
            span = _range(writer, tree, name)
            if span is None:
                return None
            loops.append(f" for {writer.names.of(name)} in {span}")
        if tree.condition is not None and members_of(tree) is None:
            loops.append(f" if {writer.truth(tree.condition).text}")
        piece = writer.write(body)
    return piece, piece.text + "".join(loops)


def _zipped(writer: Writer, tree: t.Big, body: Tree) -> tuple[Piece, str] | None:
    """`for x_i, y_i in zip(x, y)`, where nothing else is asked of the index."""
    if len(tree.bound) != 1 or not runs_whole(writer, tree):
        return None
    name, members = tree.bound[0], dict[Tree, Piece]()
    for node in t.walk(body):
        if isinstance(node, t.Index) and name in t.walk(node):
            base, indices = family(node)
            if base is None or indices != (name,) or not writer.shapes.is_array(base):
                continue
            base = writer.shapes.array(base)
            if writer.shapes.axes[base] != 1:
                return None
            rank = writer.shapes.ranks.get(base, 0)
            members[node] = Piece(writer.names.of(node), rank=rank)
    if not members or _stands_bare(body, name, members):
        return None
    arrays = [writer.array(_base(node)).text for node in members]
    with writer.giving(members, {name: False}):
        piece = writer.write(body)
    if piece in members.values() and len(arrays) == 1:
        return piece, arrays[0]
    names = ", ".join(member.text for member in members.values())
    over = arrays[0] if len(arrays) == 1 else f"zip({', '.join(arrays)})"
    return piece, f"{piece.text} for {names} in {over}"


def _base(node: Tree) -> Symbol:
    base, _ = family(node)
    assert base is not None
    return base


def _stands_bare(tree: Tree, name: Tree, members: dict[Tree, Piece]) -> bool:
    if tree in members:
        return False
    return tree == name or any(_stands_bare(child, name, members) for child in tree.children)


def _range(writer: Writer, tree: t.Big, name: Tree) -> str | None:
    if tree.lower is not None and tree.upper is not None:
        lower = writer.write(tree.lower)
        return f"range({lower.text}, {_next(writer, tree.upper)})"
    for base, axis in axes_along(tree.body, name):
        array = writer.shapes.array(base)
        if writer.shapes.axes.get(array, 0) > axis:
            is_from_zero = writer.shapes.first_of(array, axis) == ZERO
            length = writer.length(array, axis)
            return f"range({length})" if is_from_zero else f"range(1, {length} + 1)"
    return None


def _next(writer: Writer, upper: Tree) -> str:
    """The number behind the last one, where Python's ranges end."""
    match upper:
        case t.Number(text=text) if text.isdigit():
            return str(int(text) + 1)
        case t.Apply(operator="plus", args=(first, t.Apply(operator="minus", args=(one,)))) if (
            one == t.Number("1")
        ):
            return writer.write(first).text
    piece = writer.write(upper)
    if any(isinstance(n, t.Apply) and n.operator not in _WHOLE for n in t.walk(upper)):
        return f"int({piece.text}) + 1"
    return f"{piece.at(2)} + 1"


# --- integrals


def _of_symbol(name: str, text: str) -> Piece:
    """An expression in which a name is a symbol of SymPy."""
    return Piece(f'(lambda {name}: {text})(sympy.Symbol("{name}"))')


def _integral(writer: Writer, tree: t.Big) -> Piece:
    if len(tree.bound) != 1 or tree.lower is None or tree.upper is None:
        return writer.lack(
            to_latex(tree), Message("{part}: over what it runs is not written", part=to_latex(tree))
        )
    name = writer.names.of(tree.bound[0])
    lower, upper = writer.write(tree.lower), writer.write(tree.upper)
    with writer.giving({tree.bound[0]: Piece(name)}):
        body = writer.write(tree.body)
    if writer.target.to == "sympy":
        ends = f"({name}, {lower.text}, {upper.text})"
        return _of_symbol(name, f"sympy.integrate({body.text}, {ends})")
    writer.helper("integral")
    writer.note("the integral by the double exponential rule, to about ten digits")
    return Piece(f"integral(lambda {name}: {body.text}, {lower.text}, {upper.text})")
