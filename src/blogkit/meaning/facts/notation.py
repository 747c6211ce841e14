r"""What the way a symbol is written says of it.

It exists so that nothing is guessed silently: the `n` above a sum is a natural number, a bold
capital is a matrix, the argument of `\mathbb{E}` is random. Each reading is handed on as a fact
with a reason, and gives way to anything that is stated. Imports the operator tree and `sorts.py`.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from blogkit.formula import Symbol, Tree, to_sexpr, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.meaning.sorts import Kind, Sort
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.rewriting import map_nodes

_MATRIX_ARGUMENTS: Final = frozenset(
    ["determinant", "trace", "rank", "pseudo-inverse", "kernel", "conjugate-transpose"]
)
_WHOLE_ARGUMENTS: Final = frozenset(["factorial", "double-factorial", "binomial"])
_INTEGER_ARGUMENTS: Final = frozenset(["gcd", "lcm", "mod"])
_COUNTING: Final = frozenset("nmkNMK")
_CONSTANT_LETTERS: Final = frozenset("abcαβγλμκρσhk")
_ONE: Final = t.Number("1")

SPECIAL: Final = {"O": "zero", "E": "identity", "J": "ones"}
"""Letters that often stand for one matrix, and for which."""

_MEANT: Final = {
    "O": Symbol("0", "bold"),
    "E": Symbol("I", "bold"),
    "I": Symbol("I", "bold"),
    "J": t.Apply("times", (Symbol("1", "bold"), t.Apply("transpose", (Symbol("1", "bold"),)))),
}


def meanings(tree: Tree, letter: str) -> tuple[str, ...]:
    r"""A statement with a letter that often stands for one matrix, in LaTeX: as any name, and so.

    An `E` before a name may be an expectation too.

    >>> meanings(t.Apply("times", (Symbol("A"), Symbol("E"))), "E")
    ('A E', 'A \\mathbf{I}')
    """

    def meant(node: Tree) -> Tree:
        base = node.base if isinstance(node, t.Index) else node
        return _MEANT[letter] if base == Symbol(letter) else node

    special = map_nodes(tree, meant)
    expected = map_nodes(tree, _expected)
    found = [tree, special] if Symbol(letter) in walk(expected) else [tree, special, expected]
    return tuple(dict.fromkeys(map(to_latex, found)))


def _expected(node: Tree) -> Tree:
    match node:
        case t.Apply(operator="times", args=(Symbol(name="E"), Symbol() as of)):
            return t.Expectation("expectation", None, (of,))
    return node


@dataclass(slots=True)
class Notation:
    """What was gathered of the symbols of some trees."""

    sorts: dict[Symbol, Sort] = field(default_factory=dict)
    """What each symbol is, where its notation says so."""
    constraints: list[Tree] = field(default_factory=list)
    """What bounds them: `n ≥ 1`, `1 ≤ t ≤ n`."""
    lengths: dict[Symbol, Tree] = field(default_factory=dict)
    """How many members a family has that a sum or a list runs through from 1 on."""
    has_imaginary_unit: bool = False
    """Whether the constant `i` occurs."""
    has_assumed_e: bool = False
    """Whether a lone letter was taken for Euler's number; `e^x` can hardly be read otherwise."""

    def note(self, symbol: Symbol, kind: Kind, *, family: bool = False) -> None:
        """Note what a symbol is, unless something stronger is noted."""
        old = self.sorts.get(symbol)
        if old is None or (_STRENGTH[kind], family) > (_STRENGTH[old.kind], old.is_family):
            self.sorts[symbol] = Sort(kind, is_family=family or (old is not None and old.is_family))
        elif family and not old.is_family:
            self.sorts[symbol] = Sort(old.kind, is_family=True)


_STRENGTH: Final[dict[Kind, int]] = {
    "real": 0,
    "rational": 1,
    "integer": 2,
    "natural": 3,
    "complex": 4,
    "vector": 5,
    "matrix": 6,
    "set": 7,
    "random": 8,
    "function": 9,
}


def read_notation(trees: tuple[Tree, ...]) -> Notation:
    r"""What the notation of some trees says of their free symbols.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> found = read_notation((build(parse(r"\sum_{i=1}^n x_i^2").tree).tree,))
    >>> {symbol.name: sort.kind for symbol, sort in found.sorts.items()}
    {'x': 'real', 'n': 'natural'}
    """
    found = Notation()
    for tree in trees:
        _read_functions(tree, found)
    for tree in trees:
        _read_uses(tree, found)
    free = frozenset().union(*(variables(tree).free for tree in trees)) if trees else frozenset()
    _read_fonts(free, found)
    _read_factors(trees, found)
    _read_products(trees, found)
    _read_entries(trees, found)
    for tree in trees:
        _read_sizes(tree, free, found)
        _read_indices(tree, free, found)
        _read_exponents(tree, found)
        _read_deviations(tree, found)
    kept = {s: sort for s, sort in found.sorts.items() if s in free or sort.kind == "function"}
    found.sorts = kept
    return found


# --- functions and random variables


def _has_lone_e(tree: Tree) -> bool:
    match tree:
        case t.Constant(name="e"):
            return tree.assumed
        case t.Apply(operator="power", args=(t.Constant(), exponent)):
            return _has_lone_e(exponent)
    return any(map(_has_lone_e, tree.children))


def _read_functions(tree: Tree, found: Notation) -> None:
    found.has_assumed_e |= _has_lone_e(tree)
    for symbol in variables(tree).functions:
        if _is_name_of_function(tree, symbol):
            found.note(symbol, "function")
    for node in walk(tree):
        if isinstance(node, t.Call) and is_probability(node):
            for part in (*node.args, *node.conditions):
                _note_random(part, found)
        elif isinstance(node, t.Expectation):
            _read_expectation(node, found)
        elif isinstance(node, t.Constant) and node.name == "i":
            found.has_imaginary_unit = True


def _is_name_of_function(tree: Tree, symbol: Symbol) -> bool:
    for node in walk(tree):
        if isinstance(node, t.Call):
            function = node.function
            while isinstance(function, (t.Apply, t.Index)) and function.children:
                if isinstance(function, t.Apply) and symbol in function.args:
                    return True
                function = function.children[0]
            if function == symbol:
                return True
    return False


def _note_random(tree: Tree, found: Notation) -> None:
    match tree:
        case Symbol():
            found.note(tree, "random")
        case t.Index(base=Symbol() as base):
            found.note(base, "random", family=True)
        case t.Relation(operands=(first, *_)):
            _note_random(first, found)
        case t.Apply(operator="union" | "intersection" | "difference" | "and" | "or", args=args):
            for arg in args:
                _note_random(arg, found)
        case t.Apply(operator="conjugate" | "not" | "abs", args=(inner,)):
            _note_random(inner, found)
        case t.Collection(items=items):
            for item in items:
                _note_random(item, found)


def _read_expectation(node: t.Expectation, found: Notation) -> None:
    """Capitals in an expectation are random; if none, the letters that are no usual constants."""
    if node.under is not None:
        return
    names = [s for arg in node.args for s in variables(arg).free if s not in found.sorts]
    capitals = [s for s in names if s.name[:1].isupper() and s.name[:1].isascii()]
    usual = [s for s in names if s.name not in _CONSTANT_LETTERS]
    for symbol in capitals or usual or names:
        found.note(symbol, "random")


# --- vectors and matrices


def _read_uses(tree: Tree, found: Notation) -> None:
    for node in walk(tree):
        match node:
            case t.Index(base=Symbol() as base):
                found.note(base, _kind_of_font(base) or "real", family=True)
            case t.Apply(operator="transpose" | "inverse", args=(inner,)):
                _note_array(inner, found, is_inverse=node.operator == "inverse")
            case t.Apply(operator=operator, args=(inner, *_)) if operator in _MATRIX_ARGUMENTS:
                _note_array(inner, found, is_inverse=True)
            case t.Apply(
                operator="real-part" | "imaginary-part" | "conjugate" | "argument", args=args
            ):
                _note_all(args, "complex", found)
            case t.Apply(operator="norm", args=(inner, *_)):
                _note_vectors(inner, found)
            case t.Apply(operator="gradient", args=(inner, by)) if _is_of_vectors(inner):
                _note_vectors(by, found)
            case t.Apply(operator="inner", args=args):
                for arg in args:
                    _note_vectors(arg, found)
            case t.Apply(operator=operator, args=args) if operator in _WHOLE_ARGUMENTS:
                _note_all(args, "natural", found)
            case t.Apply(operator="mod", args=(t.Relation(operands=operands), modulus)):
                _note_all((*operands, modulus), "integer", found)
            case t.Apply(operator=operator, args=args) if operator in _INTEGER_ARGUMENTS:
                _note_all(args, "integer", found)
            case t.Relation(operators=("∣",) | ("|",), operands=operands):
                _note_all(operands, "integer", found)


def _note_array(tree: Tree, found: Notation, *, is_inverse: bool) -> None:
    """A capital that is transposed or inverted is a matrix, a small letter a vector."""
    match tree:
        case Symbol(name=name):
            if name[:1].isupper() or is_inverse:
                if not (is_inverse and name[:1].islower()):
                    found.note(tree, "matrix")
            else:
                found.note(tree, "vector")
        case t.Index(base=Symbol(name=name) as base):
            if base.font == "bold" or not is_inverse:
                kind: Kind = "matrix" if name[:1].isupper() else "vector"
                found.note(base, kind, family=True)
        case t.Apply(operator="times", args=args) if any(map(_is_latin_capital, args[1:])):
            last = max(k for k, arg in enumerate(args) if _is_latin_capital(arg))
            numbers = [arg for arg in args[:last] if isinstance(arg, Symbol) and _is_number(arg)]
            for arg in (arg for arg in args if arg not in numbers):
                _note_array(arg, found, is_inverse=is_inverse)
        case t.Apply(operator="plus" | "minus" | "times" | "transpose" | "power", args=args):
            for arg in args:
                if not (isinstance(arg, Symbol) and arg.name[:1].islower() and is_inverse):
                    _note_array(arg, found, is_inverse=is_inverse)


def _note_vectors(tree: Tree, found: Notation) -> None:
    """The terms within a norm or inner product are vectors, unless bold capitals."""
    match tree:
        case Symbol():
            if not _kind_of_font(tree):
                found.note(tree, "matrix" if _is_latin_capital(tree) else "vector")
        case t.Apply(operator="plus" | "minus", args=args):
            for arg in args:
                _note_vectors(arg, found)
        case t.Apply(operator="times", args=args):
            _note_vectors(args[-1], found)
        case t.Apply(operator="divide", args=(above, _)):
            _note_vectors(above, found)
        case t.Index(base=Symbol() as base):
            found.note(base, "vector", family=True)


def _is_number(symbol: Symbol) -> bool:
    """Whether a factor in front of a capital is a number: `\\eta` of `\\eta O`."""
    return symbol.name[:1].islower() and not symbol.font


def _is_of_vectors(tree: Tree) -> bool:
    return any(
        isinstance(node, t.Apply) and node.operator in ("norm", "transpose", "inner", "trace")
        for node in walk(tree)
    )


def _is_latin_capital(symbol: Tree) -> bool:
    return isinstance(symbol, Symbol) and symbol.name.isascii() and symbol.name.isupper()


def _note_all(trees: tuple[Tree, ...], kind: Kind, found: Notation) -> None:
    for tree in trees:
        for symbol in variables(tree).free:
            if symbol not in variables(tree).functions:
                found.note(symbol, kind)


def _kind_of_font(symbol: Symbol) -> Kind | None:
    if symbol.font == "bold":
        return "matrix" if symbol.name.isupper() else "vector"
    if symbol.font in ("calligraphic", "script"):
        return "set"
    return None


def _read_factors(trees: tuple[Tree, ...], found: Notation) -> None:
    r"""A calligraphic capital that is transposed, or stands before a bold letter, is a matrix."""
    for node in (node for tree in trees for node in walk(tree)):
        if not isinstance(node, t.Apply) or node.operator not in ("times", "transpose"):
            continue
        bases = [arg.base if isinstance(arg, t.Index) else arg for arg in node.args]
        names = [base for base in bases if isinstance(base, Symbol)]
        is_array = node.operator == "transpose" or any(name.font == "bold" for name in names)
        for name in names if is_array else ():
            old = found.sorts.get(name)
            if name.font in ("calligraphic", "script") and old is not None and old.kind == "set":
                found.sorts[name] = Sort("matrix", is_family=old.is_family)


def _read_fonts(free: frozenset[Symbol], found: Notation) -> None:
    for symbol in free:
        kind = _kind_of_font(symbol)
        if kind is not None:
            found.note(symbol, kind)


def _read_entries(trees: tuple[Tree, ...], found: Notation) -> None:
    """What stands alone as a vector and also with an index is one vector with its entries."""
    for symbol, sort in list(found.sorts.items()):
        is_array = sort.is_family and sort.kind in ("vector", "matrix") and symbol.font != "bold"
        if is_array and any(_stands_alone(symbol, tree) for tree in trees):
            found.sorts[symbol] = Sort(sort.kind)


def _stands_alone(symbol: Symbol, tree: Tree) -> bool:
    match tree:
        case t.Index(base=base) if base == symbol:
            return False
        case Symbol():
            return tree == symbol
    return any(_stands_alone(symbol, child) for child in tree.children)


def _read_products(trees: tuple[Tree, ...], found: Notation) -> None:
    """Capitals in a product or sum with a matrix are matrices too, `I` beside one the identity."""
    for tree in trees:
        _read_commuted(tree, found)
    changed = True
    while changed:
        before = len(found.sorts), sum(s.kind == "matrix" for s in found.sorts.values())
        for tree in trees:
            for node in walk(tree):
                _spread_matrices(node, found)
        after = len(found.sorts), sum(s.kind == "matrix" for s in found.sorts.values())
        changed = before != after


def _read_commuted(tree: Tree, found: Notation) -> None:
    """`AB = BA` says something of matrices only: of numbers nobody would say it."""
    match tree:
        case t.Relation(operands=(left, right), operators=("=" | "≠",)):
            words = [_words(side) for side in (left, right)]
            if None in words or words[0] == words[1]:
                return
            if sorted(map(sorted, words[0] or ())) == sorted(map(sorted, words[1] or ())):
                for node in walk(tree):
                    if isinstance(node, t.Index) and isinstance(node.base, Symbol):
                        found.note(node.base, "matrix", family=True)
                    elif isinstance(node, Symbol) and _is_capital(node):
                        found.note(node, "matrix")


def _words(tree: Tree) -> list[tuple[str, ...]] | None:
    """A sum of products of capitals as words, in order; None for anything else.

    Capitals may bear an index or a mark: `W_Q W_K`, `A^{*} A`.
    """
    match tree:
        case Symbol() | t.Index(base=Symbol()) if _is_capital(tree):
            return [(to_sexpr(tree),)]
        case t.Apply(operator="times", args=args):
            parts = [_words(arg) for arg in args]
            if any(part is None or len(part) != 1 for part in parts):
                return None
            return [tuple(letter for part in parts if part for letter in part[0])]
        case t.Apply(operator="plus", args=args):
            sums = [_words(arg) for arg in args]
            return None if None in sums else sorted(word for part in sums if part for word in part)
    return None


def _is_capital(tree: Tree) -> bool:
    base = tree.base if isinstance(tree, t.Index) else tree
    is_entry = isinstance(tree, t.Index) and (
        len(tree.indices) > 1
        or (isinstance(tree.indices[0], t.Number) and len(tree.indices[0].text) > 1)
    )
    return isinstance(base, Symbol) and len(base.name) == 1 and base.name.isupper() and not is_entry


def _spread_matrices(node: Tree, found: Notation) -> None:
    match node:
        case t.Apply(operator="times" | "plus" | "minus", args=parts) | t.Relation(operands=parts):
            symbols = [p for part in parts for p in _factors(part) if isinstance(p, Symbol)]
            if any(found.sorts.get(s, Sort("real")).kind == "matrix" for s in symbols):
                for symbol in symbols:
                    if _is_latin_capital(symbol) and symbol not in found.sorts:
                        found.note(symbol, "matrix")
            for first, second in itertools.pairwise(parts if isinstance(node, t.Apply) else ()):
                is_product = isinstance(node, t.Apply) and node.operator == "times"
                if is_product and _is_latin_capital(first) and _is_vector(second, found):
                    _note_array(first, found, is_inverse=True)


def _is_vector(tree: Tree, found: Notation) -> bool:
    return isinstance(tree, Symbol) and found.sorts.get(tree, Sort("real")) == Sort("vector")


def _factors(tree: Tree) -> Iterator[Tree]:
    match tree:
        case t.Apply(
            operator="times" | "plus" | "minus" | "transpose" | "inverse" | "hadamard", args=args
        ):
            for arg in args:
                yield from _factors(arg)
        case t.Apply(operator="power", args=(base, _)):
            yield from _factors(base)
        case _:
            yield tree


# --- sizes, indices, exponents


def _read_sizes(tree: Tree, free: frozenset[Symbol], found: Notation) -> None:
    """What stands at the ends of a sum or a list is a whole number, and the list is not empty."""
    for node in walk(tree):
        match node:
            case t.Big(operator="sum" | "product", lower=lower, upper=upper) if upper is not None:
                _note_range(lower or _ONE, upper, free, found)
            case t.Call(args=items) | t.Collection(items=items):
                _note_list(items, free, found)
            case t.Apply(operator="plus" | "times" | "max" | "min", args=items):
                _note_list(items, free, found)


def _note_list(items: tuple[Tree, ...], free: frozenset[Symbol], found: Notation) -> None:
    """`x_1, …, x_n`, `1 + 2 + … + n`."""
    if len(items) < 3 or not isinstance(items[-2], t.Ellipsis):
        return
    first, last = items[0], items[-1]
    if isinstance(first, t.Index) and isinstance(last, t.Index) and len(last.indices) == 1:
        _note_range(first.indices[0], last.indices[0], free, found)
    elif isinstance(first, t.Number) and "." not in first.text:
        _note_range(first, last, free, found)


def _note_range(lower: Tree, upper: Tree, free: frozenset[Symbol], found: Notation) -> None:
    names = [s for bound in (lower, upper) for s in variables(bound).free if s in free]
    names = [s for s in names if found.sorts.get(s, Sort("real")).kind in ("real", "integer")]
    for symbol in names:
        found.note(symbol, "natural" if symbol in variables(upper).free else "integer")
    if names and isinstance(upper, Symbol) and isinstance(lower, t.Number):
        _constrain(t.Relation((upper, lower), ("≥",)), found)
    elif names and not isinstance(lower, t.Number):
        _constrain(t.Relation((lower, upper), ("≤",)), found)
    elif names:
        _constrain(t.Relation((upper, lower), ("≥",)), found)


def _constrain(tree: Tree, found: Notation) -> None:
    if tree not in found.constraints:
        found.constraints.append(tree)


def _read_indices(tree: Tree, free: frozenset[Symbol], found: Notation) -> None:
    """A free index is a whole number, within the range of its family where that is written."""
    ranges = dict(_ranges(tree))
    for base, (lower, upper) in ranges.items():
        if isinstance(base, Symbol) and lower == _ONE:
            found.lengths[base] = upper
    for node in walk(tree):
        if not isinstance(node, t.Index):
            continue
        for index in node.indices:
            for symbol in variables(index).free & free:
                if found.sorts.get(symbol, Sort("real")).kind == "real":
                    found.note(symbol, "integer")
        if len(node.indices) == 1 and node.indices[0] in free and node.base in ranges:
            lower, upper = ranges[node.base]
            if node.indices[0] not in variables(upper).free:
                bound = t.Relation((lower, node.indices[0], upper), ("≤", "≤"))
                _constrain(bound, found)


def _ranges(tree: Tree) -> Iterator[tuple[Tree, tuple[Tree, Tree]]]:
    """Each family that a sum or a list runs through, with the ends of its range."""
    for node in walk(tree):
        match node:
            case t.Big(bound=(name,), lower=lower, upper=upper) if lower and upper:
                for inner in walk(node.body):
                    if isinstance(inner, t.Index) and inner.indices == (name,):
                        yield inner.base, (lower, upper)
            case t.Call(args=items) | t.Collection(items=items) | t.Apply(args=items):
                match items:
                    case (
                        t.Index(base=base, indices=(lower,)),
                        *_,
                        t.Ellipsis(),
                        t.Index(indices=(upper,)),
                    ):
                        yield base, (lower, upper)


def _read_deviations(tree: Tree, found: Notation) -> None:
    r"""The σ beside `\sqrt{2\pi}` is a standard deviation, which is positive."""
    for node in walk(tree):
        match node:
            case t.Apply(operator="times", args=args) if any(map(_is_root_of_pi, args)):
                for name in args:
                    if _is_sigma(name):
                        _constrain(t.Relation((name, t.Number("0")), (">",)), found)


def _is_sigma(tree: Tree) -> bool:
    """Whether it is a σ, or a member of a family of that name."""
    match tree:
        case t.Index(base=base):
            return _is_sigma(base)
        case Symbol(name=name):
            return name == "σ"
    return False


def _is_root_of_pi(tree: Tree) -> bool:
    is_root = isinstance(tree, t.Apply) and tree.operator == "root"
    return is_root and t.Constant("π") in walk(tree)


def _read_exponents(tree: Tree, found: Notation) -> None:
    """A counting letter as exponent is natural; exponents of a negative number are whole."""
    for node in walk(tree):
        if not (isinstance(node, t.Apply) and node.operator == "power"):
            continue
        base, exponent = node.args
        is_negative = isinstance(base, t.Apply) and base.operator == "minus"
        for symbol in variables(exponent).free:
            if is_negative:
                found.note(symbol, "integer")
            if symbol.name in _COUNTING and not symbol.font:
                found.note(symbol, "natural")
