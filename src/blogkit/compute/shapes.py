r"""What a formula's names are in code: numbers, whole numbers, vectors, lists with members.

It exists because code must know what mathematics leaves to the reader: that the `x_i` under a sum
are one array `x`, that its `n` is that array's length, and that `x_1` beside no other is a number.
Sorts are those of the checker's notation. Imports the operator tree and `meaning.facts`.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from blogkit.formula import tree as t
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.tree import Symbol, Tree
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.meaning.facts.notation import read_notation
from blogkit.meaning.sorts import Sort as KnownSort
from blogkit.meaning.trees.derivatives import is_negative

Sort = Literal["real", "integer", "vector", "matrix", "array"]
"""What an argument is; an array has members by one index or more."""
ZERO: Final = t.Number("0")
ONE: Final = t.Number("1")


@dataclass(slots=True)
class Shapes:
    """What the names of some trees are."""

    axes: dict[Symbol, int] = field(default_factory=dict)
    """Families that are arrays, with how many indices their members have."""
    first: dict[tuple[Symbol, int], Tree] = field(default_factory=dict)
    """The first index of an axis where it is not 1."""
    sizes: dict[Symbol, tuple[Symbol, int]] = field(default_factory=dict)
    """Letters that are the last index of an axis, with array and axis."""
    ranks: dict[Symbol, int] = field(default_factory=dict)
    """Vectors (1) and matrices (2); of a family, what its members are."""
    integers: set[Symbol] = field(default_factory=set)
    """Names that count: ends of sums, free indices of arrays."""
    sets: dict[Tree, tuple[Symbol, int]] = field(default_factory=dict)
    """Sets that a sum runs over, with an array and its axis that have a member for each."""
    norms: set[Tree] = field(default_factory=set)
    """Norms that are taken for a number by themselves: of a gradient that stands nowhere else."""
    twins: dict[Symbol, Symbol] = field(default_factory=dict)
    r"""Bold letters with the array that they are: the `\mathbf{x}` beside the `x_i`."""

    apart: set[Symbol] = field(default_factory=set)
    """Letters that name an array and, by themselves, something else: the `x` beside the `x_i`."""

    def array(self, symbol: Symbol) -> Symbol:
        """The array that a symbol names, or the symbol."""
        return self.twins.get(symbol, symbol)

    def is_array(self, symbol: Symbol) -> bool:
        """Whether a symbol names an array with members."""
        return self.array(symbol) in self.axes

    def first_of(self, base: Symbol, axis: int) -> Tree:
        """The first index of an axis."""
        return self.first.get((base, axis), ONE)

    def rank(self, symbol: Symbol) -> int:
        """How many axes a symbol's value has, where it stands by itself."""
        symbol = self.array(symbol)
        if symbol in self.apart:
            return self.ranks.get(symbol, 0)
        return self.axes.get(symbol, 0) + self.ranks.get(symbol, 0)

    def sort(self, tree: Tree) -> Sort:
        """What an argument is."""
        if isinstance(tree, t.Index) and not tree.indices and isinstance(tree.base, Symbol):
            rank = self.axes[tree.base] + self.ranks.get(tree.base, 0)
            return "array" if rank > 2 else ("real", "vector", "matrix")[rank]
        if not isinstance(tree, Symbol):
            base = family(tree)[0]
            rank = self.ranks.get(base, 0) if base is not None else 0
            return ("real", "vector", "matrix")[min(rank, 2)]
        if tree in self.integers:
            return "integer"
        return ("real", "vector", "matrix")[min(self.rank(tree), 2)]


def family(tree: Tree) -> tuple[Symbol | None, tuple[Tree, ...]]:
    r"""The name and all indices of a member, those above first: `x_j^{(i)}` has `i, j`."""
    upper: tuple[Tree, ...] = ()
    lower: tuple[Tree, ...] = ()
    while isinstance(tree, t.Index):
        upper, lower = (
            ((*tree.indices, *upper), lower) if tree.upper else (upper, (*tree.indices, *lower))
        )
        tree = tree.base
    return (tree if isinstance(tree, Symbol) else None), (*upper, *lower)


def axes_along(tree: Tree, name: Tree) -> Iterator[tuple[Symbol, int]]:
    """The families in a tree whose members a name numbers, and which of their indices it is."""
    for node in t.walk(tree):
        base, indices = family(node)
        if base is not None and name in indices:
            yield base, indices.index(name)


def is_unknown_slope(tree: Tree, known: Iterable[Symbol] = ()) -> bool:
    r"""Whether it is the derivative of something that is not known: `\nabla f(x)`, `f'(x)`."""
    match tree:
        case t.Apply(operator=operator, args=(inner, *_)) if operator in DERIVATIVES:
            return _is_unknown(inner, known)
        case t.Call(function=Symbol(primes=primes) as name) if primes:
            return name not in known and replace(name, primes=0) not in known
    return False


def _is_unknown(tree: Tree, known: Iterable[Symbol]) -> bool:
    match tree:
        case t.Call(function=Symbol() as name):
            return name not in known and not (named_function(name) or by_letter(name))
        case t.Call(function=t.Index() as member):
            base, _ = family(member)
            return base is None or base not in known
        case Symbol() | t.Index():
            return True
    return False


def read_shapes(
    bodies: Iterable[Tree], lefts: Iterable[Tree] = (), known: Iterable[Symbol] = ()
) -> Shapes:
    """What the names of some trees are, taken together.

    Args:
        bodies: what is computed.
        lefts: the left sides.
        known: functions that are defined.
    """
    bodies = tuple(bodies)
    trees = (*bodies, *lefts)
    found = Shapes()
    uses = [use for tree in trees for use in _uses(tree, {})]
    for base, indices, bound in uses:
        if any(symbol in bound for index in indices for symbol in _symbols(index)):
            found.axes[base] = len(indices)
    listed = {name for tree in trees for name in _listed(tree)}
    found.axes |= {base: len(indices) for base, indices, _ in uses if base in listed}
    sorts = read_notation(trees).sorts
    _find_twins(trees, uses, sorts, found)
    for base, indices, bound in uses:
        if found.axes.get(found.array(base)) == len(indices):
            _read_axes(found.array(base), indices, bound, found)
        found.integers.update(i for i in indices if isinstance(i, Symbol) and i not in bound)
    for symbol, sort in sorts.items():
        if sort.kind in ("vector", "matrix") and symbol not in found.sizes:
            rank = 1 if sort.kind == "vector" else 2
            is_entry = found.axes.get(symbol, 0) >= rank and (rank == 2 or not sort.is_family)
            if not is_entry and symbol not in found.twins:
                found.ranks[symbol] = rank
    partners = {name for tree in trees for name in _partners(tree, found)}
    for symbol in (listed | partners) - found.axes.keys():
        found.ranks.setdefault(symbol, 1)
    alone = {symbol for body in bodies for symbol in _standing_alone(body)}
    for symbol in (alone & found.axes.keys()) - listed:
        if symbol not in sorts or sorts[symbol].is_family or sorts[symbol].kind != "vector":
            found.apart.add(symbol)
    found.integers.update(name for tree in trees for name in _counting(tree))
    _find_norms(trees, known, found)
    return found


def _partners(tree: Tree, found: Shapes) -> Iterator[Symbol]:
    r"""Letters behind a transposed vector, which are vectors too: the `x` of `w^\top x`."""
    for node in t.walk(tree):
        match node:
            case t.Apply(operator="times", args=args):
                for first, second in itertools.pairwise(args):
                    base, _ = family(second)
                    if base is not None and base not in found.axes and _is_row(first, found):
                        yield base


def _is_row(tree: Tree, found: Shapes) -> bool:
    """Whether it is a vector that was transposed."""
    if not (isinstance(tree, t.Apply) and tree.operator == "transpose"):
        return False
    base, _ = family(tree.args[0])
    return base is not None and found.ranks.get(base) == 1


def _listed(tree: Tree) -> Iterator[Symbol]:
    r"""Letters that something takes as a list: the `x` of `\max(x)` and `\mathrm{softmax}(x)`."""
    for node in t.walk(tree):
        match node:
            case t.Apply(operator="max" | "min", args=(Symbol() as name,)):
                yield name
            case t.Call(function=Symbol() as function, args=(Symbol() as name,)):
                known = named_function(function)
                if known is not None and known.takes == "vector":
                    yield name


def _counting(tree: Tree) -> Iterator[Symbol]:
    """Letters that can only count: ends of ranges, what is chosen from and how many."""
    for node in t.walk(tree):
        match node:
            case t.Apply(operator="binomial", args=ends):
                yield from (name for end in ends for name in _symbols(end))
            case t.Big(operator="sum" | "product", lower=lower, upper=upper):
                yield from (end for end in (lower, upper) if isinstance(end, Symbol))


_Use = tuple[Symbol, tuple[Tree, ...], dict[Tree, t.Big]]
"""A member's family, its indices, and what binds each letter around it."""


def _uses(tree: Tree, bound: dict[Tree, t.Big]) -> Iterator[_Use]:
    """All members of families with what binds their indices."""
    if isinstance(tree, t.Index):
        base, indices = family(tree)
        if base is not None:
            yield base, indices, bound
            for index in indices:
                yield from _uses(index, bound)
            return
    if isinstance(tree, t.Big):
        for end in (tree.lower, tree.upper):
            if end is not None:
                yield from _uses(end, bound)
        yield from _uses(tree.body, {**bound, **dict.fromkeys(tree.bound, tree)})
        return
    for child in tree.children:
        yield from _uses(child, bound)


def _symbols(tree: Tree) -> Iterator[Symbol]:
    return (node for node in t.walk(tree) if isinstance(node, Symbol))


def _find_twins(
    trees: tuple[Tree, ...], uses: list[_Use], sorts: Mapping[Symbol, KnownSort], found: Shapes
) -> None:
    """A bold letter and its plain members, or a letter that stands alone as a vector."""
    plain = {base for base, _, _ in uses if not base.font}
    alone = {s for tree in trees for s in _standing_alone(tree)}
    for symbol in sorted(alone, key=lambda s: (s.name, s.font)):
        twin = replace(symbol, font="", span=symbol.span)
        if symbol.font == "bold" and twin in plain and symbol not in {b for b, _, _ in uses}:
            _unite(symbol, twin, uses, found)
    for symbol, sort in sorts.items():
        entries = replace(symbol, name=symbol.name.lower(), font="", span=symbol.span)
        if sort.kind == "matrix" and symbol in alone and found.axes.get(entries) == 2:
            _unite(symbol, entries, uses, found)


def _unite(symbol: Symbol, array: Symbol, uses: list[_Use], found: Shapes) -> None:
    """Let a letter name the array whose members another letter names."""
    found.twins[symbol] = array
    counts = [len(indices) for base, indices, _ in uses if base == array]
    found.axes.setdefault(array, max(counts))


def _standing_alone(tree: Tree) -> Iterator[Symbol]:
    """Symbols that stand for themselves, not as the name of a family."""
    if isinstance(tree, Symbol):
        yield tree
        return
    if isinstance(tree, t.Index):
        base, indices = family(tree)
        parts: tuple[Tree, ...] = indices if base is not None else tree.children
    else:
        parts = tree.children
    for part in parts:
        yield from _standing_alone(part)


def _read_axes(
    base: Symbol, indices: tuple[Tree, ...], bound: dict[Tree, t.Big], found: Shapes
) -> None:
    for axis, index in enumerate(indices):
        big = bound.get(index)
        lower = big.lower if big is not None else index
        if lower is not None and (lower == ZERO or (big is not None and is_negative(lower))):
            found.first[base, axis] = lower
        if big is not None and _is_counted(big) and isinstance(big.upper, Symbol):
            found.sizes.setdefault(big.upper, (base, axis))
        members = members_of(big) if big is not None else None
        if members is not None:
            found.sets.setdefault(members, (base, axis))
        found.integers.update(symbol for symbol in _symbols(index) if symbol not in bound)


def _is_counted(big: t.Big) -> bool:
    """Whether it runs from the start to a letter: the number of members."""
    return isinstance(big.upper, Symbol) and big.lower in (ZERO, ONE)


def members_of(tree: t.Big) -> Tree | None:
    r"""The set over which a sum runs, where it has a name: the `B` of `i \in B`."""
    match tree.condition:
        case t.Relation(operands=(name, Symbol() | t.Index() as members), operators=("∈",)):
            return members if (name,) == tree.bound else None
    return None


def _find_norms(trees: tuple[Tree, ...], known: Iterable[Symbol], found: Shapes) -> None:
    inside: list[Tree] = []
    outside: set[Tree] = set()
    for tree in trees:
        _sort_slopes(tree, known, inside, outside)
    for norm in inside:
        if norm.children[0] not in outside:
            found.norms.add(norm)


def _sort_slopes(
    tree: Tree, known: Iterable[Symbol], inside: list[Tree], outside: set[Tree]
) -> None:
    match tree:
        case t.Apply(operator="norm", args=(inner, *_)) if is_unknown_slope(inner, known):
            inside.append(tree)
            return
    if is_unknown_slope(tree, known):
        outside.add(tree)
        return
    for child in tree.children:
        _sort_slopes(child, known, inside, outside)
