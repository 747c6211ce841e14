r"""Small exact matrices for the names of a statement, and its value there.

Facts such as symmetry, orthogonality and definiteness are met by construction; what is not
understood makes a counterexample impossible. Python-flint is imported only inside functions.
"""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from blogkit.check.matrices.free_algebra import orthogonal_name, symmetric_name
from blogkit.check.matrices.terms import Term, TermReader
from blogkit.check.probability.events import Unread
from blogkit.check.question import Fact
from blogkit.formula import Apply, Constant, Number, Relation, Symbol, Tree, walk
from blogkit.language import Message

if TYPE_CHECKING:
    from typing import Any

    from flint import fmpq_mat

    Value = Any  # a number (fmpq or arb) or a matrix (fmpq_mat); which, is asked where it matters

SIZES = ((2, 2), (3, 3), (1, 1), (3, 2), (2, 3), (1, 2))
"""Values for the first, third … and the second, fourth … size that is free."""

TRIALS = 8
"""How many matrices are tried for each choice of sizes."""


class Undefined(Exception):  # noqa: N818 - no error: a point to be skipped
    """A side is undefined, or can't be told, at these matrices."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A fact as terms; for symmetric and orthogonal matrices, what the points are made to meet."""

    kind: str
    """`symmetric`, `orthogonal`, `definite`, `relation`; `zero`, `identity` or `ones`."""
    name: Tree | None = None
    """The matrix that it is said of; None for a relation."""
    left: Term | None = None
    """The left side of a relation."""
    sign: str = ""
    """Its sign."""
    right: Term | None = None
    """Its right side."""


def read_fact(fact: Fact, reader: TermReader, claim: Relation) -> Limit | None:
    """A fact on names of the claim; None for others.

    Raises:
        Unread: where it is not understood, so that a counterexample might violate it.
    """
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
    if isinstance(tree, Relation) and len(tree.operators) == 1:
        sign = tree.operators[0]
        if sign == "∈" and _is_space(tree.operands[1]):
            return None
        if sign in {"≻", "⪰", "≽"} and tree.operands[1] == Number("0"):
            return Limit("definite", tree.operands[0])
        if sign in {"=", "≠", "≤", "≥", "<", ">"}:
            left, right = (reader.term(side) for side in tree.operands)
            return Limit("relation", None, left, sign, right)
    raise Unread(Message("a fact is not understood, so a counterexample might violate it"))


def _is_space(tree: Tree) -> bool:
    base = tree.args[0] if isinstance(tree, Apply) and tree.operator == "power" else tree
    return base == Constant("R")


def points(reader: TermReader, facts: list[Limit]) -> Iterator["Point"]:
    """Small matrices for all names; the same ones at every run."""
    source = random.Random(7)
    free = [
        size
        for size in range(len(reader.sizes.parents))
        if reader.sizes.find(size) == size and size not in reader.sizes.known
    ]
    for pair in SIZES:
        sizes = dict(reader.sizes.known)
        sizes.update({size: pair[place % 2] for place, size in enumerate(free)})
        if max(sizes.values()) > 6:
            raise Unread(Message("a matrix is too large to be tried"))
        for trial in range(TRIALS):
            names = _names(reader, facts, sizes, source, trial)
            yield Point(reader, sizes, names)


def _names(
    reader: TermReader,
    facts: list[Limit],
    sizes: Mapping[int, int],
    source: random.Random,
    trial: int,
) -> dict[Tree, "Value"]:
    kinds = _kinds(facts)
    names: dict[Tree, Value] = {}
    for name, term in reader.names.items():
        if term.operator != "name" or name in reader.sizes.named:
            continue
        rows = sizes[reader.sizes.find(term.rows)]
        columns = sizes[reader.sizes.find(term.columns)]
        drawn = _drawn(kinds.get(name, ""), rows, columns, source, trial)
        is_scalar = reader.is_scalar(term)
        names[name] = drawn[0, 0] if is_scalar else drawn
    return names


def _kinds(facts: list[Limit]) -> dict[Tree, str]:
    """How each matrix is made: definite ones are symmetric too; other pairs can't be met at once.

    Raises:
        Unread: where one matrix is to be made in two ways.
    """
    kinds: dict[Tree, str] = {}
    for fact in facts:
        if fact.name is None:
            continue
        both = {fact.kind, kinds.get(fact.name, fact.kind)}
        if both == {"symmetric", "definite"}:
            both = {"definite"}
        if len(both) > 1:
            raise Unread(Message("a fact is not understood, so a counterexample might violate it"))
        (kinds[fact.name],) = both
    return kinds


def _drawn(kind: str, rows: int, columns: int, source: random.Random, trial: int) -> "fmpq_mat":
    from flint import fmpq, fmpq_mat

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
    matrix = fmpq_mat(rows, columns, cells)
    if kind in {"symmetric", "definite"} and rows != columns:
        raise Unread(Message("the sizes of the matrices don't fit"))
    if kind == "symmetric":
        return matrix + matrix.transpose()
    if kind == "definite":
        unit = fmpq_mat(rows, rows, [fmpq(int(i == j)) for i in range(rows) for j in range(rows)])
        return matrix * matrix.transpose() + unit
    return matrix


def _special(kind: str, rows: int, columns: int) -> "fmpq_mat":
    from flint import fmpq, fmpq_mat

    if kind == "identity":
        cells = [fmpq(int(i == j)) for i in range(rows) for j in range(columns)]
    else:
        cells = [fmpq(int(kind == "ones"))] * (rows * columns)
    return fmpq_mat(rows, columns, cells)


def _orthogonal(rows: int, columns: int, source: random.Random) -> "fmpq_mat":
    """Orthonormal columns with rational entries: a product of reflections."""
    from flint import fmpq, fmpq_mat

    if columns > rows:
        raise Unread(Message("a matrix with orthonormal columns is never wider than high"))
    unit = [fmpq(int(i == j)) for i in range(rows) for j in range(rows)]
    result = fmpq_mat(rows, rows, unit)
    for _ in range(2):
        column = fmpq_mat(rows, 1, [fmpq(source.randint(-3, 3) or 1) for _ in range(rows)])
        length = (column.transpose() * column)[0, 0]
        mirror = column * column.transpose() * (fmpq(2) / length)
        result = result * (fmpq_mat(rows, rows, unit) - mirror)
    cells = [result[i, j] for i in range(rows) for j in range(columns)]
    return fmpq_mat(rows, columns, cells)


@dataclass(slots=True)
class Point:
    """Matrices for all names."""

    reader: TermReader
    """What read the statement."""
    sizes: Mapping[int, int]
    """The value of each size."""
    names: dict[Tree, "Value"] = field(default_factory=dict)
    """The value of each name."""

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
        if fact.left is None or fact.right is None:
            return True
        verdict = self.compare(self.value(fact.left), fact.sign, self.value(fact.right))
        return verdict is True

    def compare(self, one: "Value", sign: str, two: "Value") -> bool:
        """Whether a relation holds.

        Raises:
            Undefined: where balls overlap, or for an order of matrices.
        """
        from flint import arb, fmpq, fmpq_mat

        for zero, other in ((one, two), (two, one)):
            if isinstance(other, fmpq_mat) and isinstance(zero, fmpq) and not zero:
                is_zero = not any(other.entries())
                return is_zero if sign == "=" else _only_unequal(sign, not is_zero)
        if isinstance(one, fmpq_mat) or isinstance(two, fmpq_mat):
            return one == two if sign == "=" else _only_unequal(sign, one != two)
        if isinstance(one, fmpq) and isinstance(two, fmpq):
            difference = one - two
            return _signs(sign, int(difference > 0) - int(difference < 0))
        gap = arb(one) - arb(two)
        if gap.contains(0):
            if sign in {"=", "≤", "≥"} and gap.abs_upper() < arb(2) ** -200:
                return True
            raise Undefined
        return _signs(sign, 1 if gap > 0 else -1)

    def value(self, term: Term) -> "Value":
        """The value of a term: a matrix, or a number where it is 1 by 1."""
        value = self._raw(term)
        return _number(value) if self.reader.is_scalar(term) else value

    def _raw(self, term: Term) -> "Value":
        from flint import fmpq, fmpq_mat

        match term.operator:
            case "name" if term.name in self.names:
                return self.names[term.name]
            case "name" | "number" | "zero":
                return self._plain(term)
            case "identity":
                n = self.size(term.rows)
                return fmpq_mat(n, n, [fmpq(int(i == j)) for i in range(n) for j in range(n)])
            case "literal":
                cells = [self.value(arg) for arg in term.args]
                if not all(isinstance(cell, fmpq) for cell in cells):
                    raise Undefined
                return fmpq_mat(len(cells) // term.count, term.count, cells)
            case "plus":
                return self._sum([self.value(arg) for arg in term.args])
            case "times":
                return _product([self.value(arg) for arg in term.args])
            case "divide":
                above, below = (self.value(arg) for arg in term.args)
                return _product([above, _inverse(below)])
            case "power":
                if term.count % 2 == 0 and term.args[0].operator in {"frobenius", "root"}:
                    return _product([self._square(term.args[0])] * (term.count // 2))
                base = self.value(term.args[0])
                if not term.count and isinstance(base, fmpq_mat):
                    return _product([base, _inverse(base)])
                return _product([base] * term.count) if term.count else fmpq(1)
            case "symbolic-power":
                assert term.name is not None
                place = self.reader.sizes.named.get(term.name)
                if place is None:
                    raise Unread(Message("an exponent is no size of a matrix"))
                return _product([self.value(term.args[0])] * self.size(place))
            case _:
                return self._unary(term)

    def _square(self, term: Term) -> "Value":
        """The square of a length or root, without taking the root."""
        from flint import fmpq, fmpq_mat

        inner = self.value(term.args[0])
        if term.operator == "frobenius":
            cells = inner.entries() if isinstance(inner, fmpq_mat) else [inner]
            return sum((cell * cell for cell in cells), fmpq(0))
        if not inner >= 0:
            raise Undefined
        return inner

    def _plain(self, term: Term) -> "Value":
        from flint import fmpq

        if term.operator == "zero":
            return fmpq(0)
        if term.operator == "number":
            assert isinstance(term.name, Number)
            exact = Fraction(term.name.text)
            return fmpq(exact.numerator, exact.denominator)
        place = self.reader.sizes.named.get(term.name) if term.name else None
        if place is None:
            raise Undefined
        return fmpq(self.size(place))

    def _sum(self, values: list["Value"]) -> "Value":
        total = values[0]
        for value in values[1:]:
            total = total + value
        return total

    def _unary(self, term: Term) -> "Value":
        from flint import fmpq, fmpq_mat

        if term.operator == "hadamard":
            return _hadamard([self.value(arg) for arg in term.args])
        value = self.value(term.args[0])
        if not isinstance(value, fmpq_mat):
            return self._of_number(term, value)
        match term.operator:
            case "transpose":
                return value.transpose()
            case "inverse":
                return _inverse(value)
            case "determinant":
                return value.det()
            case "trace":
                return sum((value[i, i] for i in range(value.nrows())), fmpq(0))
            case "rank":
                return fmpq(value.rank())
            case "frobenius":
                return _root(sum((cell * cell for cell in value.entries()), fmpq(0)))
            case "one-norm":
                return sum((abs(cell) for cell in value.entries()), fmpq(0))
            case "diagonal":
                n = value.nrows()
                cells = [value[i, 0] if i == j else fmpq(0) for i in range(n) for j in range(n)]
                return fmpq_mat(n, n, cells)
        raise Unread(Message("the norm of a matrix is not known"))

    def _of_number(self, term: Term, value: "Value") -> "Value":
        from flint import fmpq

        match term.operator:
            case "transpose" | "determinant" | "trace" | "diagonal":
                return value
            case "inverse":
                return _inverse(value)
            case "rank" if isinstance(value, fmpq):
                return fmpq(int(bool(value)))
            case "abs" | "frobenius" | "one-norm":
                return abs(value)
            case "root":
                return _root(value)
        raise Unread(Message("the norm of a matrix is not known"))


def _signs(sign: str, order: int) -> bool:
    return {
        "=": order == 0,
        "≠": order != 0,
        "<": order < 0,
        "≤": order <= 0,
        ">": order > 0,
        "≥": order >= 0,
    }[sign]


def _only_unequal(sign: str, are_unequal: bool) -> bool:
    if sign != "≠":
        raise Undefined
    return are_unequal


def _number(value: "Value") -> "Value":
    from flint import fmpq_mat

    return value[0, 0] if isinstance(value, fmpq_mat) else value


def _product(values: list["Value"]) -> "Value":
    """A product; a number may stand before a matrix or behind it."""
    from flint import fmpq, fmpq_mat

    result: Value = fmpq(1)
    for value in values:
        if isinstance(result, fmpq_mat) and isinstance(value, fmpq_mat):
            if result.ncols() != value.nrows():
                raise Undefined
        elif isinstance(result, fmpq_mat) or isinstance(value, fmpq_mat):
            scalar = value if isinstance(result, fmpq_mat) else result
            if not isinstance(scalar, fmpq):
                raise Undefined
        result = result * value
    return result


def _hadamard(values: list["Value"]) -> "Value":
    from flint import fmpq_mat

    result = values[0]
    for value in values[1:]:
        if isinstance(result, fmpq_mat) and isinstance(value, fmpq_mat):
            cells = [a * b for a, b in zip(result.entries(), value.entries(), strict=True)]
            result = fmpq_mat(result.nrows(), result.ncols(), cells)
        else:
            result = result * value
    return result


def _inverse(value: "Value") -> "Value":
    from flint import arb, fmpq, fmpq_mat

    if isinstance(value, fmpq_mat):
        if not value.det():
            raise Undefined
        return value.inv()
    if (isinstance(value, fmpq) and not value) or (isinstance(value, arb) and value.contains(0)):
        raise Undefined
    return 1 / value


def _root(value: "Value") -> "Value":
    from flint import arb, fmpq

    if isinstance(value, fmpq):
        if value < 0:
            raise Undefined
        above, below = int(value.p), int(value.q)
        roots = math.isqrt(above), math.isqrt(below)
        if roots[0] ** 2 == above and roots[1] ** 2 == below:
            return fmpq(*roots)
    elif not value > 0:
        raise Undefined
    return arb(value).sqrt()


def value_latex(value: "Value") -> str:
    """A number or matrix as LaTeX."""
    from flint import fmpq, fmpq_mat

    if isinstance(value, fmpq_mat):
        rows = (
            " & ".join(value_latex(value[i, j]) for j in range(value.ncols()))
            for i in range(value.nrows())
        )
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
    if isinstance(value, fmpq):
        sign = "-" if value < 0 else ""
        above, below = abs(int(value.p)), int(value.q)
        return f"{sign}{above}" if below == 1 else rf"{sign}\frac{{{above}}}{{{below}}}"
    return str(value)
