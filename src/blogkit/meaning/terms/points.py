r"""Small exact matrices for the names of a statement, and its value there.

Facts such as symmetry, orthogonality and definiteness are met by construction; what is not
understood makes a counterexample impossible.
"""

import functools
import itertools
import math
import operator
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from flint import arb, fmpq

from blogkit.formula import (
    Apply,
    Big,
    Blank,
    Call,
    Cases,
    Constant,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.terms.free_algebra import orthogonal_name, symmetric_name
from blogkit.meaning.terms.jets import Value
from blogkit.meaning.terms.nodes import ONE, Term, all_terms, binder, kind_of_norm, without_slopes
from blogkit.meaning.terms.reader import TermReader
from blogkit.meaning.terms.spectra import function_of_matrix, matrix_norm, of_spectrum
from blogkit.meaning.terms.unknown import Unknown
from blogkit.meaning.terms.values import (
    Grid,
    compare,
    determinant,
    entrywise,
    function_of,
    grid,
    inverse,
    kronecker,
    plus,
    power,
    product,
    rank,
    root,
    times,
    unit,
)
from blogkit.meaning.trees.probabilities import is_probability

SIZES = ((2, 2), (3, 3), (1, 1), (3, 2), (2, 3), (1, 2))
"""Values for the first, third … and the second, fourth … size that is free."""

TRIALS = 8
"""How many matrices are tried for each choice of sizes."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A fact as terms; for symmetric and orthogonal matrices, what the points are made to meet."""

    kind: str
    """`symmetric`, `orthogonal`, `definite`, `relation`, `bounds`; `zero`, `identity` or `ones`."""
    name: Tree | None = None
    """The matrix that it is said of; None for a relation."""
    left: Term | None = None
    """The left side of a relation."""
    sign: str = ""
    """Its sign."""
    right: Term | None = None
    """Its right side."""
    bounds: Relation | None = None
    r"""`1 \leq j \leq n`, of indices."""


def read_facts(reader: TermReader, claim: Relation) -> list[Limit]:
    """What the reader knows of the names of a claim.

    Raises:
        NotApplicable: where it is not understood, so that a counterexample might violate it.
    """
    found = (_read_fact(fact, reader, claim) for fact in reader.facts.constraints)
    return [fact for fact in found if fact is not None]


def _read_fact(fact: Fact, reader: TermReader, claim: Relation) -> Limit | None:
    """A fact on names of the claim; None for others."""
    used = {node for node in walk(claim) if isinstance(node, Symbol)}
    touched = {node for node in walk(fact.tree) if isinstance(node, Symbol)}
    if not used & touched - {Symbol("I")}:
        return None
    for kind, name in (
        ("symmetric", symmetric_name(fact.tree)),
        ("orthogonal", orthogonal_name(fact.tree)),
    ):
        if name is not None:
            return Limit(kind, name)
    tree = fact.tree
    if isinstance(tree, Relation) and _is_of_indices(tree, reader):
        return Limit("bounds", bounds=tree)
    if isinstance(tree, Relation) and len(tree.operators) == 1:
        sign = tree.operators[0]
        if sign == "∈" and _is_space(tree.operands[1]):
            return None
        if sign in {"≻", "⪰", "≽"} and tree.operands[1] == Number("0"):
            return Limit("definite", tree.operands[0])
        if sign in {"=", "≠", "≤", "≥", "<", ">"}:
            left, right = (reader.term(side) for side in tree.operands)
            return Limit("relation", None, left, sign, right)
    raise NotApplicable(Message("a fact is not understood, so a counterexample might violate it"))


def _is_of_indices(tree: Relation, reader: TermReader) -> bool:
    """Whether it bounds indices or other whole numbers."""
    names = {node for node in walk(tree) if isinstance(node, Symbol)}
    is_bound = all(sign in _ORDERS for sign in tree.operators)
    whole = all(reader.facts.sort_of(name).kind in {"natural", "integer"} for name in names)
    return is_bound and bool(names) and whole


_ORDERS = {"≤": operator.le, "<": operator.lt, "≥": operator.ge, ">": operator.gt}


def _is_space(tree: Tree) -> bool:
    base = tree.args[0] if isinstance(tree, Apply) and tree.operator == "power" else tree
    return base == Constant("R")


def points(
    reader: TermReader, facts: list[Limit], make: Callable[..., "Point"] | None = None
) -> Iterator["Point"]:
    """Small matrices for all names; the same ones at every run."""
    make = make or Point
    source = random.Random(7)
    free = [
        size
        for size in range(len(reader.sizes.parents))
        if reader.sizes.find(size) == size
        and size not in reader.sizes.known
        and size not in reader.sizes.products
    ]
    for pair in SIZES:
        sizes = dict(reader.sizes.known)
        sizes.update({size: pair[place % 2] for place, size in enumerate(free)})
        if max(sizes.values()) > 6:
            raise NotApplicable(Message("a matrix is too large to be tried"))
        for size, factors in reader.sizes.products.items():
            sizes[reader.sizes.find(size)] = math.prod(sizes[reader.sizes.find(x)] for x in factors)
        for trial in range(TRIALS):
            yield make(reader, sizes, _kinds(facts), source, trial)


def _kinds(facts: list[Limit]) -> dict[Tree, str]:
    """How each matrix is made: definite ones are symmetric too; other pairs can't be met at once.

    Raises:
        NotApplicable: where one matrix is to be made in two ways.
    """
    kinds: dict[Tree, str] = {}
    for fact in facts:
        if fact.name is None:
            continue
        both = {fact.kind, kinds.get(fact.name, fact.kind)}
        if both == {"symmetric", "definite"}:
            both = {"definite"}
        if len(both) > 1:
            raise NotApplicable(
                Message("a fact is not understood, so a counterexample might violate it")
            )
        (kinds[fact.name],) = both
    return kinds


def _drawn(kind: str, rows: int, columns: int, source: random.Random, trial: int) -> Grid:
    if kind in {"zero", "ones", "identity"}:
        return _special(kind, rows, columns)
    if kind == "orthogonal":
        return _orthogonal(rows, columns, source)
    top = (2, 3, 9)[trial % 3]
    below = (1, 1, 5)[trial % 3]
    cells = [
        fmpq(source.randint(-top, top) or 1, source.randint(1, below))
        for _ in range(rows * columns)
    ]
    matrix = grid(rows, columns, cells)
    if kind in {"symmetric", "definite"} and rows != columns:
        raise NotApplicable(Message("the sizes of the matrices don't fit"))
    if kind == "symmetric":
        return entrywise(lambda a, b: a + b, matrix, matrix.turned)
    if kind == "definite":
        square: Grid = times(matrix, matrix.turned)
        return entrywise(lambda a, b: a + b, square, unit(rows))
    return matrix


def _special(kind: str, rows: int, columns: int) -> Grid:
    is_one = kind == "ones"
    cells = [
        fmpq(int(i == j if kind == "identity" else is_one))
        for i in range(rows)
        for j in range(columns)
    ]
    return grid(rows, columns, cells)


def _orthogonal(rows: int, columns: int, source: random.Random) -> Grid:
    """Orthonormal columns with rational entries: a product of reflections."""
    if columns > rows:
        raise NotApplicable(Message("a matrix with orthonormal columns is never wider than high"))
    result = unit(rows)
    for _ in range(2):
        column = grid(rows, 1, [fmpq(source.randint(-3, 3) or 1) for _ in range(rows)])
        length = times(column.turned, column).rows[0][0]
        mirror = times(times(column, column.turned), fmpq(-2) / length)
        result = times(result, plus(unit(rows), mirror))
    return Grid(tuple(row[:columns] for row in result.rows))


@dataclass(slots=True)
class Point:
    """Matrices for all names, drawn as they are met; members of a family by their numbers."""

    reader: TermReader
    """What read the statement."""
    sizes: Mapping[int, int]
    """The value of each size."""
    kinds: Mapping[Tree, str]
    """How names are made of which something is said."""
    source: random.Random
    """What draws."""
    trial: int
    """The number of the trial: later ones draw larger numbers."""
    names: dict[Tree, Value] = field(default_factory=dict)
    """The value of each name that was met."""
    functions: dict[str, Unknown] = field(default_factory=dict)
    """Each unknown function that was met."""
    wholes: dict[Tree, int] = field(default_factory=dict)
    """Whole numbers: indices, and how far sums run."""

    @property
    def is_square(self) -> bool:
        """Whether all sizes that are not given are equal."""
        known = self.reader.sizes.known
        return len({value for size, value in self.sizes.items() if size not in known}) <= 1

    @property
    def is_of_numbers(self) -> bool:
        """Whether all matrices, whose sizes are not given, have one entry here."""
        known = self.reader.sizes.known
        free = [value for size, value in self.sizes.items() if size not in known]
        return bool(free) and max(free) == 1

    def size(self, size: int) -> int:
        """The value of a size."""
        return self.sizes[self.reader.sizes.find(size)]

    def meets(self, fact: Limit) -> bool:
        """Whether a fact holds here."""
        if fact.bounds is not None:
            ends = map(self.whole, fact.bounds.operands)
            pairs = zip(itertools.pairwise(ends), fact.bounds.operators, strict=True)
            return all(_ORDERS[sign](low, high) for (low, high), sign in pairs)
        if fact.left is None or fact.right is None:
            return True
        return compare(self.value(fact.left), fact.sign, self.value(fact.right))

    def value(self, term: Term) -> Value:
        """The value of a term: a matrix, or a number where it is 1 by 1.

        Raises:
            Undefined: where it has none here.
            NotApplicable: where a part has no rule.
        """
        value = self._raw(term)
        is_lone = isinstance(value, Grid) and self.reader.is_scalar(term)
        return value.rows[0][0] if is_lone else value

    def _raw(self, term: Term) -> Value:
        match term.operator:
            case "name":
                return self._named(term)
            case "number" | "zero" | "constant" | "count":
                return self._plain(term)
            case "identity":
                return unit(self.size(term.rows))
            case "literal":
                cells = [self.value(arg) for arg in term.args]
                return grid(len(cells) // term.count, term.count, cells)
            case "array":
                return self._array(term)
            case "plus":
                return self._sum(self.value(arg) for arg in term.args)
            case "times":
                return product(self.value(arg) for arg in term.args)
            case "divide":
                above, below = (self.value(arg) for arg in term.args)
                return times(above, inverse(below))
            case "power" | "symbolic-power" | "exponent":
                return self._power(term)
            case "sum" | "product" | "extremum":
                return self._over(term)
            case "call":
                return self._called(term)
            case "function":
                assert isinstance(term.name, Symbol)
                return function_of(term.name.name, *map(self.value, term.args))
            case "entry":
                return self._entry(term)
            case "cases":
                return self._case(term)
            case "matrix-function":
                return self._of_matrix(term)
            case "kronecker":
                return functools.reduce(kronecker, map(self._grid, term.args))
            case "hadamard":
                first, *others = (self.value(arg) for arg in term.args)
                for other in others:
                    is_grid = isinstance(first, Grid)
                    first = entrywise(_multiplied, first, other) if is_grid else first * other
                return first
            case "expectation" | "integral":
                raise NotApplicable(Message("expectations beside matrices are not tried"))
            case _:
                return self._unary(term)

    # Names

    def _named(self, term: Term) -> Value:
        tree = term.name
        assert tree is not None
        if tree in self.reader.sizes.named:
            return fmpq(self.size(self.reader.sizes.named[tree]))
        if tree == Symbol("1", "bold"):
            return _special("ones", self.size(term.rows), self.size(term.columns))
        if tree in self.wholes:
            return fmpq(self.wholes[tree])
        key = self._member(tree)
        if key not in self.names:
            self.names[key] = self._draw(term, tree)
        return self.names[key]

    def _member(self, tree: Tree) -> Tree:
        """A name with its indices as numbers, where they are such."""
        if not isinstance(tree, Index):
            return tree
        return replace(tree, indices=tuple(map(self._index, tree.indices)))

    def _index(self, tree: Tree) -> Tree:
        try:
            return Number(str(self.whole(tree)))
        except NotApplicable:
            return tree

    def _draw(self, term: Term, tree: Tree) -> Value:
        kind = self.kinds.get(tree, "")
        base = tree.base if isinstance(tree, Index) else tree
        sort = self.reader.facts.sorts.get(base) if isinstance(base, Symbol) else None
        if sort is not None and sort.kind in {"natural", "integer"} and not sort.is_family:
            return fmpq(self.whole(tree))
        drawn = _drawn(kind, self.size(term.rows), self.size(term.columns), self.source, self.trial)
        return drawn.rows[0][0] if self.reader.is_scalar(term) else drawn

    def whole(self, tree: Tree) -> int:
        """The whole number that an index or the bound of a sum is.

        Raises:
            NotApplicable: where it is none.
        """
        match tree:
            case Number(text=text) if text.isdigit():
                return int(text)
            case Apply(operator="plus", args=args):
                return sum(map(self.whole, args))
            case Apply(operator="minus", args=(inner,)):
                return -self.whole(inner)
            case Symbol() if tree in self.reader.sizes.named:
                return self.size(self.reader.sizes.named[tree])
            case Symbol() if tree in self.names:
                value = self.names[tree]
                if isinstance(value, Grid) or not hasattr(value, "q") or value.q != 1:
                    raise Undefined
                return int(value.p)
            case Symbol(name=name) if len(name) == 1 or tree in self.wholes:
                return self.wholes.setdefault(tree, self.source.randint(2, 3))
        raise NotApplicable(Message("an index is no whole number"))

    def _plain(self, term: Term) -> Value:
        if term.operator == "zero":
            return fmpq(0)
        if term.operator == "constant":
            return arb.pi() if term.name == Constant("π") else arb(1).exp()
        if term.operator == "count":
            assert term.name is not None
            return fmpq(self._length(term.name))
        assert isinstance(term.name, Number)
        exact = Fraction(term.name.text)
        return fmpq(exact.numerator, exact.denominator)

    # Sums and functions

    def _array(self, term: Term) -> Value:
        """A matrix by its general entries, which may be rows or columns of it."""
        bound = binder(term)
        assert isinstance(bound, Big)
        row, column = bound.bound
        counts = len(term.args) // term.count, term.count
        heights = counts[0] if bound.lower is None else self.whole(bound.lower)
        widths = counts[1] if bound.upper is None else self.whole(bound.upper)
        lines: list[tuple[Value, ...]] = []
        for i in range(heights):
            blocks = []
            for j in range(widths):
                self.wholes[row], self.wholes[column] = i + 1, j + 1
                place = min(i, counts[0] - 1) * term.count + min(j, term.count - 1)
                value = self.value(term.args[place])
                blocks.append(value if isinstance(value, Grid) else Grid(((value,),)))
            lines.extend(
                tuple(itertools.chain(*parts))
                for parts in zip(*(b.rows for b in blocks), strict=True)
            )
        del self.wholes[row], self.wholes[column]
        return Grid(tuple(lines))

    def _over(self, term: Term) -> Value:
        """A sum or product over an index."""
        bound = binder(term)
        assert isinstance(bound, Big)
        (index,) = bound.bound
        before = self.wholes.get(index)
        values = []
        for number in self._range(bound, term.args[0]):
            self.wholes[index] = number
            values.append(self.value(term.args[0]))
        self.wholes.pop(index, None)
        if before is not None:
            self.wholes[index] = before
        if term.operator == "product":
            return product(values)
        if term.operator == "extremum":
            name = "max" if bound.operator in {"max", "sup"} else "min"
            return functools.reduce(lambda one, two: function_of(name, one, two), values)
        is_number = self.reader.is_scalar(term)
        zero = fmpq(0) if is_number else _zero(self.size(term.rows), self.size(term.columns))
        return self._sum((zero, *values))

    def _range(self, bound: Big, body: Term) -> range:
        match bound:
            case Big(lower=None, upper=None, condition=None):
                sizes = [self.size(size) for size in _indexed(body, bound.bound[0])]
                return range(1, (min(sizes) if sizes else self._length(Blank())) + 1)
            case Big(lower=Tree() as first, upper=Tree() as last, condition=None):
                return range(self.whole(first), self.whole(last) + 1)
            case Big(
                lower=None,
                upper=None,
                condition=Relation(operators=("∈",), operands=(name, members)),
            ) if name in bound.bound:
                return range(1, self._length(members) + 1)
        raise NotApplicable(Message("the range of a sum or product is not known"))

    def _length(self, members: Tree) -> int:
        """How many members a set has; the same for all sums without bounds."""
        return self.wholes.setdefault(members, self.source.randint(2, 3))

    def _called(self, term: Term) -> Value:
        return self._applied(term, [self.value(arg) for arg in term.args])

    def _applied(self, term: Term, args: list[Value]) -> Value:
        """The value of an unknown function: a random polynomial, the same at each call."""
        assert term.name is not None
        signature, places = without_slopes(term.name)
        if isinstance(signature, Call) and is_probability(signature):
            raise NotApplicable(Message("probabilities beside matrices are not tried"))
        assert isinstance(signature, Call)
        name = to_latex(self._numbered(signature.function))
        function = self.functions.setdefault(name, Unknown(f"{name} {self.trial}"))
        if places:
            return function.slope(args, [place - 1 for place in places])
        return function.value(args, self.size(term.rows), self.size(term.columns))

    def _numbered(self, function: Tree) -> Tree:
        if isinstance(function, Index):
            return replace(function, indices=tuple(map(self._index, function.indices)))
        return function

    def _case(self, term: Term) -> Value:
        """The value whose condition is the first that holds."""
        assert isinstance(term.name, Cases)
        for (_, condition), arg in zip(term.name.branches, term.args, strict=True):
            if condition is None or self._holds(condition):
                return self.value(arg)
        raise Undefined

    def _holds(self, condition: Tree) -> bool:
        match condition:
            case Relation(operators=("=" | "≠" as sign,), operands=(one, two)):
                return (self.whole(one) == self.whole(two)) == (sign == "=")
        raise NotApplicable(Message("a condition is not on indices"))

    def _entry(self, term: Term) -> Value:
        whole = self.value(term.args[0])
        assert term.name is not None
        places = [self.whole(index) for index in term.name.children]
        row, column = (*places, 1)[:2]
        if not isinstance(whole, Grid) or not 1 <= row <= whole.height:
            raise Undefined
        if not 1 <= column <= whole.width:
            raise Undefined
        return whole.rows[row - 1][column - 1]

    # Operators

    def _sum(self, values: Iterable[Value]) -> Value:
        first, *others = values
        for value in others:
            first = plus(first, value)
        return first

    def _power(self, term: Term) -> Value:
        if term.operator == "exponent":
            return power(*(self.value(arg) for arg in term.args))
        count = term.count
        if term.operator == "symbolic-power":
            assert term.name is not None
            count = self.whole(term.name)
        if count % 2 == 0 and term.args[0].operator in {"frobenius", "root"}:
            return product([self._square(term.args[0])] * (count // 2))
        base = self.value(term.args[0])
        if not count and isinstance(base, Grid):
            return times(base, inverse(base))
        return product([base] * count)

    def _square(self, term: Term) -> Value:
        """The square of a length or root, without taking the root."""
        inner = self.value(term.args[0])
        if term.operator == "frobenius":
            cells = inner.entries if isinstance(inner, Grid) else [inner]
            return self._sum(cell * cell for cell in cells)
        if not inner >= 0:
            raise Undefined
        return inner

    def _grid(self, term: Term) -> Grid:
        value = self.value(term)
        return value if isinstance(value, Grid) else Grid(((value,),))

    def _of_matrix(self, term: Term) -> Value:
        """A function of a whole matrix."""
        assert isinstance(term.name, Symbol)
        first, *others = term.args
        if term.name.name in {"exp", "log", "power"}:
            return function_of_matrix(term.name.name, self._grid(first), *map(self.value, others))
        return of_spectrum(term.name.name, self._grid(first))

    def _unary(self, term: Term) -> Value:
        value = self.value(term.args[0])
        if not isinstance(value, Grid):
            return self._of_number(term, value)
        match term.operator:
            case "transpose":
                return value.turned
            case "stacked":
                return grid(len(value.entries), 1, value.turned.entries)
            case "inverse":
                return inverse(value)
            case "determinant":
                return determinant(value)
            case "trace":
                return self._sum(value.rows[i][i] for i in range(value.height))
            case "rank":
                return rank(value)
            case "frobenius":
                return root(self._sum(cell * cell for cell in value.entries))
            case "one-norm":
                return self._sum(abs(cell) for cell in value.entries)
            case "norm" if self._is_vector(term.args[0]) and term.name is not None:
                return self._norm(value, term.name)
            case "norm" if term.name is not None:
                return matrix_norm(value, kind_of_norm(term.name))
            case "diagonal":
                n = value.height
                return grid(
                    n,
                    n,
                    (value.rows[i][0] if i == j else fmpq(0) for i in range(n) for j in range(n)),
                )
        raise NotApplicable(Message("the norm of a matrix is not known"))

    def _is_vector(self, term: Term) -> bool:
        return ONE in (self.reader.sizes.find(term.rows), self.reader.sizes.find(term.columns))

    def _norm(self, vector: Grid, kind: Tree) -> Value:
        """The norm of a vector for any power, or infinity."""
        sizes = [abs(cell) for cell in vector.entries]
        if Constant("∞") in walk(kind):
            name = "max" if kind == Constant("∞") else "min"
            return functools.reduce(lambda one, two: function_of(name, one, two), sizes)
        power_of = self.whole(kind)
        return power(self._sum(product([x] * power_of) for x in sizes), fmpq(1, power_of))

    def _of_number(self, term: Term, value: Value) -> Value:
        match term.operator:
            case "transpose" | "determinant" | "trace" | "diagonal" | "stacked":
                return value
            case "inverse":
                return inverse(value)
            case "rank" if isinstance(value, fmpq):
                return fmpq(int(bool(value)))
            case "abs" | "frobenius" | "one-norm":
                return abs(value)
            case "root":
                return root(value)
        raise NotApplicable(Message("the norm of a matrix is not known"))


def _multiplied(a: Value, b: Value) -> Value:
    return a * b


def _zero(height: int, width: int) -> Grid:
    return grid(height, width, [fmpq(0)] * (height * width))


def _indexed(body: Term, index: Tree) -> Iterator[int]:
    """The sizes of the vectors and matrices of which an index names entries."""
    for term in all_terms(body):
        if term.operator == "entry" and term.name is not None:
            (whole,) = term.args
            for place, size in zip(term.name.children, (whole.rows, whole.columns), strict=False):
                if place == index:
                    yield size
