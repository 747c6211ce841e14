r"""Trees written as expressions of Python, for one target.

    writer = Writer(TARGETS["numpy"], Names(), shapes, {})
    writer.write(tree).text

The rules of each kind of node stand in the modules beside it; what has no rule, or needs something
that is not known, is noted in `missing` and named to the reader all at once.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.definitions import Definition, put_in

from .arithmetic import write_operator
from .calls import write_call
from .conditions import truth, write_cases, write_collection, write_matrix, write_truth, write_where
from .names import Names, identifier
from .naming_rules import subscripts, write_constant, write_index, write_number, write_symbol
from .pieces import Piece, filled
from .plan import MARKS, is_name
from .shapes import Shapes, family, is_unknown_slope
from .sums import TERMS, terms_of, write_big
from .targets import HELPERS, OPERATORS, TARGETS, WHOLE, Target
from .wants import uncomputable


class Writer:
    """Writes trees for one target; remembers what the code around needs."""

    def __init__(
        self,
        target: Target,
        names: Names,
        shapes: Shapes,
        known: Mapping[Symbol, Definition],
    ) -> None:
        """
        Args:
            target: what is written for.
            names: what symbols are called.
            shapes: what they are.
            known: definitions that may be put in.
        """
        self.target = target
        self.names = names
        self.shapes = shapes
        self.known = known
        self.given: dict[Tree, Piece] = {}
        """What bound names, members and values computed before are written as."""
        self.unseen: dict[Tree, bool] = {}
        """Indices that have no name in the code: of whole arrays (True), of their members."""
        self.arguments: dict[Tree, str] = {}
        """What must be given from outside, in the order of use."""
        self.ranks: dict[Tree, int] = {}
        """How many axes each of them has."""
        self.sizes: dict[Symbol, str] = {}
        """Lengths that are read off arrays, each with its code."""
        self.used: dict[Symbol, Definition] = {}
        """Definitions that were put in, innermost first."""
        self.locals: list[str] = []
        """Lines that they make."""
        self.notes: list[str] = []
        """What a reader of the code should know."""
        self.missing: dict[str, Message] = {}
        """What can't be computed, by what it is about."""
        self.helpers: list[str] = []
        """Functions that come along."""
        self.is_cut = False
        """Whether a series is cut off after a number of terms."""

    # --- what the rules need

    def lack(self, name: str, message: Message) -> Piece:
        """Note what is missing; the code goes on for what else may be."""
        self.missing.setdefault(name, message)
        return Piece("...")

    def note(self, message: str) -> None:
        """Note what a reader of the code should know, once."""
        if message not in self.notes:
            self.notes.append(message)

    def form(self, name: str, *args: Piece, rank: int | None = None) -> Piece:
        """An operator of the table with its arguments."""
        form = OPERATORS.get(name) or WHOLE[name]
        template = form.of(self.target.to)
        if not template:
            return self.lack(name, Message("{name} needs arrays: write it --to numpy", name=name))
        if template.startswith(f"{name}(") and (name, self.target.to) in HELPERS:
            self.helper(name)
        piece = filled(form, self.target, args)
        return piece if rank is None else replace(piece, rank=rank)

    def helper(self, name: str) -> None:
        """Let a function come along."""
        if name not in self.helpers:
            self.helpers.append(name)

    def numbers(self, pieces: list[Piece]) -> list[Piece]:
        """Pieces that are computed with; plain Python can't compute with whole lists."""
        if not self.target.has_arrays and any(piece.rank for piece in pieces):
            self.lack("@", Message("arrays are computed with as a whole: write it --to numpy"))
        return pieces

    def entrywise(self, operator: str, args: tuple[Tree, ...]) -> Piece:
        """An operator taken of each entry; plain numbers stay with the library for numbers."""
        pieces = self.numbers([self.write(arg) for arg in args])
        if self.target.needs_arrays and all(map(self.closed, args)):
            return filled(OPERATORS[operator], TARGETS["python"], pieces)
        return self.form(operator, *pieces)

    def as_array(self, tree: Tree) -> Piece:
        """A value for functions that refuse plain numbers."""
        piece = self.write(tree)
        if self.target.needs_arrays and self.closed(tree):
            return Piece(f"torch.as_tensor(float({piece.text}))")
        return piece

    @contextmanager
    def giving(
        self, values: Mapping[Tree, Piece], unseen: Mapping[Tree, bool] | None = None
    ) -> Iterator[None]:
        """Write trees as given pieces inside the block."""
        before = self.given, self.unseen
        self.given, self.unseen = {**self.given, **values}, {**self.unseen, **(unseen or {})}
        try:
            yield
        finally:
            self.given, self.unseen = before

    def argument(self, tree: Tree, rank: int = 0) -> Piece:
        """A value from outside."""
        if tree not in self.arguments:
            self.arguments[tree] = self.names.of(tree)
            self.ranks[tree] = rank
        return Piece(self.arguments[tree], rank=rank)

    def array(self, base: Symbol) -> Piece:
        """A whole array."""
        base = self.shapes.array(base)
        key = t.Index(base, ())
        if key not in self.arguments:
            plural = "s" if base in self.shapes.apart else ""
            self.arguments[key] = self.names.give(key, f"{identifier(base)}{plural}")
        rank = self.shapes.axes[base] + self.shapes.ranks.get(base, 0)
        return Piece(self.arguments[key], rank=rank)

    def length(self, base: Symbol, axis: int) -> str:
        """How many members an axis has."""
        name = self.array(base).text
        written = f"len({name})" if axis == 0 else f"{name}.shape[{axis}]"
        if axis and not self.target.has_arrays:
            written = f"len({name}{'[0]' * axis})"
        return written

    # --- the walk

    def write(self, tree: Tree) -> Piece:
        """A tree as an expression."""
        if tree in self.given:
            return self.given[tree]
        if tree in self.shapes.norms:
            return self.argument(tree)
        if isinstance(tree, t.Apply) and tree.operator in MARKS and is_name(tree):
            return self.argument(tree, _rank(tree.args[0], self.shapes))
        if is_unknown_slope(tree, self.known):
            return self.argument(tree, _rank_of_slope(tree, self.shapes))
        rule = _RULES.get(Symbol if isinstance(tree, Symbol) else type(tree))
        if rule is None:
            return self.lack(to_latex(tree), uncomputable(tree))
        return rule(self, tree)

    def expanded(self, tree: Tree) -> Tree:
        """A tree with the definitions put in that it needs; they count as used."""
        changed, used = put_in(tree, self.known)
        self.used |= {one.symbol: one for one in used}
        return changed

    def terms_of(self, tree: t.Big, body: Tree) -> Piece | None:
        """The terms of a sum as one array or list."""
        return terms_of(self, tree, body)

    def subscripts(self, base: Symbol | None, indices: tuple[Tree, ...]) -> str:
        """The square brackets of a member."""
        return subscripts(self, base, indices)

    def truth(self, tree: Tree) -> Piece:
        """A condition as an expression."""
        return truth(self, tree)

    def cut_series(self) -> None:
        """Let a series end after a number of terms that the caller may change."""
        self.is_cut = True
        self.helper("series")
        self.note(f"the infinite series is cut after `{TERMS}` terms")

    def closed(self, tree: Tree) -> bool:
        """Whether a tree is a number that depends on no argument."""
        return not (variables(tree).free - self.shapes.sizes.keys()) and not any(
            isinstance(node, t.Call) for node in t.walk(tree)
        )


def _rank_of_slope(tree: Tree, shapes: Shapes) -> int:
    """How many axes a derivative has that is given: those of what is derived and by what."""
    match tree:
        case t.Apply(operator="gradient", args=(t.Call(args=(by, *_)),)):
            return _rank(by, shapes)
        case t.Apply(operator="partial" | "gradient", args=(inner, *by)) if len(by) == 1:
            return min(_rank(inner, shapes) + _rank(by[0], shapes), 2)
    return 0


def _rank(tree: Tree, shapes: Shapes) -> int:
    """How many axes a name has, by its font where nothing else is said."""
    base, indices = family(tree)
    if base is None:
        return 0
    if base.font == "bold":
        return 2 if base.name.isupper() else 1
    return shapes.ranks.get(base, 0) if indices else shapes.rank(base)


_RULES: Final[dict[type[Tree], Callable[..., Piece]]] = {
    t.Number: write_number,
    Symbol: write_symbol,
    t.Constant: write_constant,
    t.Index: write_index,
    t.Apply: write_operator,
    t.Call: write_call,
    t.Big: write_big,
    t.Cases: write_cases,
    t.Collection: write_collection,
    t.Matrix: write_matrix,
    t.Where: write_where,
    t.Relation: write_truth,
}
