r"""Trees written as expressions of Python, for one target.

    writer = Writer(TARGETS["numpy"], Names(), shapes, {})
    writer.write(tree).text

One rule a kind of node; what has no rule, or needs something that is not known, is noted in
`missing` and named to the reader all at once. Imports the table, shapes and pieces.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from blogkit.check.context.definitions import Definition, put_in
from blogkit.check.trees.partials import NoRuleError, partial
from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.named_functions import by_letter, named_function, value_of
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.formula.vocabulary import DERIVATIVES, OTHERWISE
from blogkit.language import Message

from . import stable
from .names import Names, identifier
from .pieces import Piece, filled, multiplied, summed
from .plan import MARKS, is_name
from .shapes import ONE, ZERO, Shapes, family, is_unknown_slope
from .sums import TERMS, terms_of, write_big
from .targets import ATOM, HELPERS, OPERATORS, POWER, PRODUCT, SUM, TARGETS, UNARY, WHOLE, Target

_NUMBER_FUNCTIONS: Final = {"sigmoid": "sigmoid", "softplus": "softplus"}
_GAMMA: Final = Symbol("Γ")
_SIGNS: Final = {"=": "==", "≡": "==", "≠": "!=", "≤": "<=", "≥": ">=", "<": "<", ">": ">"}
_MOST_EXACT: Final = 64
"""The greatest exponent to which whole numbers are raised exactly."""


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
            return self.lack(to_latex(tree), _uncomputable(tree))
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


def _uncomputable(tree: Tree) -> Message:
    match tree:
        case t.Opaque():
            return Message("{part} could not be read", part=tree.latex)
        case t.Expectation():
            return Message(
                "{part}: an expectation needs the distribution, written as a sum or an integral",
                part=to_latex(tree),
            )
        case t.Ellipsis():
            return Message("what the dots stand for is not clear")
        case t.Text(text=text):
            return Message("“{text}” is words, nothing to compute", text=text)
    return Message("{part} is nothing to compute with numbers", part=to_latex(tree))


# --- names


def _number(writer: Writer, tree: t.Number) -> Piece:
    text = tree.text.lstrip("0") or "0"
    text = f"0{text}" if text.startswith(".") else text
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
        return writer.lack(text, Message("{part} could not be read", part=tree.text))
    return Piece(text)


def _constant(writer: Writer, tree: t.Constant) -> Piece:
    module = "math" if writer.target.to in ("python", "torch") else writer.target.module
    if writer.target.to == "sympy":
        names = {"π": "sympy.pi", "e": "sympy.E", "∞": "sympy.oo", "i": "sympy.I"}
    else:
        names = {"π": f"{module}.pi", "e": f"{module}.e", "∞": f"{module}.inf", "i": "1j"}
    if tree.name not in names:
        return writer.lack(tree.name, _uncomputable(tree))
    return Piece(names[tree.name])


def _symbol(writer: Writer, tree: Symbol) -> Piece:
    if tree in writer.shapes.sizes:
        return _size(writer, tree)
    if writer.shapes.is_array(tree) and writer.shapes.array(tree) not in writer.shapes.apart:
        return writer.array(tree)
    definition = writer.known.get(tree)
    if definition is not None and not definition.parameters:
        return _put_in(writer, definition)
    return writer.argument(tree, writer.shapes.rank(tree))


def _size(writer: Writer, tree: Symbol) -> Piece:
    base, axis = writer.shapes.sizes[tree]
    if tree not in writer.sizes:
        name = writer.names.of(tree)
        less = " - 1" if writer.shapes.first_of(base, axis) == ZERO else ""
        writer.sizes[tree] = f"{name} = {writer.length(base, axis)}{less}"
    return Piece(writer.names.of(tree))


def _put_in(writer: Writer, definition: Definition) -> Piece:
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


def _index(writer: Writer, tree: t.Index) -> Piece:
    base, indices = family(tree)
    if base is None:
        inner = writer.write(tree.base)
        if inner.rank < len(tree.indices):
            return writer.lack(to_latex(tree), _uncomputable(tree))
        text = inner.at(ATOM) + subscripts(writer, None, tree.indices)
        return Piece(text, rank=inner.rank - len(tree.indices))
    definition = writer.known.get(base)
    if (
        definition is not None
        and definition.is_family
        and len(indices) == len(definition.parameters)
    ):
        function = _put_in(writer, definition)
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


# --- arithmetic


def _apply(writer: Writer, tree: t.Apply) -> Piece:
    if tree.operator in DERIVATIVES:
        return _derivative(writer, tree)
    stabler = stable.written(writer, tree)
    if stabler is not None:
        return stabler
    rule = _OPERATORS.get(tree.operator)
    if rule is not None:
        return rule(writer, tree.args)
    if tree.operator in OPERATORS:
        return elementwise(writer, tree.operator, tree.args)
    if tree.operator in WHOLE and tree.operator not in ("sum", "product"):
        return _of_matrix(writer, tree.operator, tree.args)
    return writer.lack(
        tree.operator, Message("{part} is nothing to compute with numbers", part=to_latex(tree))
    )


def elementwise(writer: Writer, operator: str, args: tuple[Tree, ...]) -> Piece:
    """An operator taken of each entry; plain numbers stay with the library for numbers."""
    pieces = [writer.write(arg) for arg in args]
    if writer.target.needs_arrays and all(map(writer.closed, args)):
        return filled(OPERATORS[operator], TARGETS["python"], pieces)
    return writer.form(operator, *pieces)


def _plus(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    terms = []
    for arg in args:
        is_less = isinstance(arg, t.Apply) and arg.operator == "minus"
        terms.append((is_less, writer.write(arg.children[0] if is_less else arg)))
    return summed(terms)


def _minus(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return summed([(True, writer.write(args[0]))])


def _times(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    """Numbers first, then arrays from left to right as matrices and vectors multiply."""
    numbers: list[Piece] = []
    array: Piece | None = None
    for piece in map(writer.write, args):
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
    if not writer.target.has_arrays:
        return writer.lack("@", Message("a product of arrays needs arrays: write it --to numpy"))
    if one.rank == 1 and two.rank == 1 and two.is_row and not one.is_row:
        return writer.form("outer", replace(one, is_row=False), replace(two, is_row=False), rank=2)
    text = f"{one.at(PRODUCT)} @ {two.at(UNARY)}"
    rank = max(one.rank + two.rank - 2, 0)
    return Piece(text, PRODUCT, rank, is_row=one.is_row and rank == 1)


def _hadamard(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return multiplied([writer.write(arg) for arg in args])


def _star(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    pieces = [writer.write(arg) for arg in args]
    if any(piece.rank for piece in pieces):
        return writer.lack("*", Message("the star may be a convolution: write a product instead"))
    return multiplied(pieces)


def _divide(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    above, below = map(writer.write, args)
    if writer.target.to == "sympy" and above.text.isdigit() and below.text.isdigit():
        return Piece(f"sympy.Rational({above.text}, {below.text})")
    text = f"{above.at(PRODUCT)} / {below.at(UNARY)}"
    return Piece(text, PRODUCT, max(above.rank, below.rank), above.is_row)


def _power(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    base, exponent = args
    if base == t.Constant("e"):
        return elementwise(writer, "exp", (exponent,))
    under, over = writer.write(base), writer.write(exponent)
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
        return elementwise(writer, "sqrt", args)
    inner, order = writer.write(args[0]), writer.write(args[1])
    one = "sympy.Integer(1)" if writer.target.to == "sympy" else "1"
    return Piece(f"{inner.at(ATOM)} ** ({one} / {order.at(UNARY)})", POWER, inner.rank)


def _log(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    if len(args) == 1:
        return elementwise(writer, "log", args)
    for base, name in (("2", "log2"), ("10", "lg")):
        if args[1] == t.Number(base):
            return elementwise(writer, name, args[:1])
    return elementwise(writer, "log-to", args)


def _exp(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return elementwise(writer, "exp", args)


# --- arrays


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
        return _cardinality(writer, args)
    return elementwise(writer, "abs", args)


def _cardinality(writer: Writer, args: tuple[Tree, ...]) -> Piece:
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
        pieces = [_as_array(writer, arg) for arg in args]
        if len(pieces) == 1:
            if pieces[0].rank == 0:
                return pieces[0]
            return writer.form(operator, *pieces, rank=0)
        found = pieces[0]
        for piece in pieces[1:]:
            found = writer.form(pairwise, found, piece)
        return found

    return rule


def _as_array(writer: Writer, tree: Tree) -> Piece:
    """A value for functions that refuse plain numbers."""
    piece = writer.write(tree)
    if writer.target.needs_arrays and writer.closed(tree):
        return Piece(f"torch.as_tensor(float({piece.text}))")
    return piece


def _iverson(writer: Writer, args: tuple[Tree, ...]) -> Piece:
    return writer.form("where", truth(writer, args[0]), Piece("1"), Piece("0"))


# --- functions


def _call(writer: Writer, tree: t.Call) -> Piece:
    if tree.conditions or tree.parameters or not isinstance(tree.function, Symbol):
        return _unknown(writer, tree)
    name = tree.function
    definition = writer.known.get(name)
    if definition is not None and len(definition.parameters) == len(tree.args):
        function = _put_in(writer, definition)
        args = ", ".join(writer.write(arg).text for arg in tree.args)
        return Piece(f"{function.text}({args})")
    base = writer.known.get(replace(name, primes=0)) if name.primes else None
    if base is not None and len(base.parameters) == len(tree.args) == 1:
        return _primed(writer, base, name.primes, tree.args[0])
    if name == _GAMMA and len(tree.args) == 1:
        return elementwise(writer, "gamma", tree.args)
    known = named_function(name) or by_letter(name)
    if known is None or len(tree.args) != 1:
        return _unknown(writer, tree)
    if named_function(name) is None:
        writer.note(f"{name.name} is taken for {known.name}, as by habit")
    return _named(writer, known.name, tree.args[0])


def _named(writer: Writer, name: str, arg: Tree) -> Piece:
    if name in _NUMBER_FUNCTIONS:
        return elementwise(writer, name, (arg,))
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


def _derivative(writer: Writer, tree: t.Apply) -> Piece:
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
                        tree = partial(tree, inner)
                case _:
                    tree = partial(tree, name)
    except NoRuleError:
        return None
    return tree


# --- cases and truths


def _cases(writer: Writer, tree: t.Cases) -> Piece:
    found: Piece | None = None
    for value, condition in reversed(tree.branches):
        piece = _as_array(writer, value) if writer.target.needs_arrays else writer.write(value)
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


# --- lists


def _collection(writer: Writer, tree: t.Collection) -> Piece:
    if len(tree.items) == 1 and tree.kind != "set":
        return writer.write(tree.items[0])
    if tree.kind == "set":
        return writer.lack(to_latex(tree), _uncomputable(tree))
    pieces = [_as_array(writer, item) for item in tree.items]
    return writer.form("stack", Piece(", ".join(p.text for p in pieces)), rank=1)


def _matrix(writer: Writer, tree: t.Matrix) -> Piece:
    rows = [[_as_array(writer, cell) for cell in row] for row in tree.rows]
    if any(piece.rank for row in rows for piece in row):
        return writer.lack("matrix", Message("a matrix made of blocks is not written yet"))
    if all(len(row) == 1 for row in rows):
        return writer.form("stack", Piece(", ".join(row[0].text for row in rows)), rank=1)
    lines = [writer.form("stack", Piece(", ".join(p.text for p in row))).text for row in rows]
    return writer.form("stack", Piece(", ".join(lines)), rank=2)


def _where(writer: Writer, tree: t.Where) -> Piece:
    return writer.write(tree.body)


def _truth_value(writer: Writer, tree: t.Relation) -> Piece:
    return truth(writer, tree)


_OPERATORS: Final[dict[str, Callable[[Writer, tuple[Tree, ...]], Piece]]] = {
    "plus": _plus,
    "minus": _minus,
    "times": _times,
    "hadamard": _hadamard,
    "star": _star,
    "divide": _divide,
    "power": _power,
    "root": _root,
    "log": _log,
    "exp": _exp,
    "transpose": _transpose,
    "inner": _inner,
    "norm": _norm,
    "abs": _abs,
    "cardinality": _cardinality,
    "max": _extreme("max"),
    "sup": _extreme("max"),
    "min": _extreme("min"),
    "inf": _extreme("min"),
    "iverson": _iverson,
}

_RULES: Final[dict[type[Tree], Callable[..., Piece]]] = {
    t.Number: _number,
    Symbol: _symbol,
    t.Constant: _constant,
    t.Index: _index,
    t.Apply: _apply,
    t.Call: _call,
    t.Big: write_big,
    t.Cases: _cases,
    t.Collection: _collection,
    t.Matrix: _matrix,
    t.Where: _where,
    t.Relation: _truth_value,
}
