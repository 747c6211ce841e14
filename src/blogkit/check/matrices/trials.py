r"""Statements about matrices and vectors, tried on small exact matrices and proved entry by entry.

Names get matrices of small fractions in sizes 1 to 3 that fit; one failure, in exact arithmetic or
balls (for norms), refutes. Matrices that are written out are compared entry by entry as fractions
of polynomials, which is a proof. Python-flint is imported only inside functions.
"""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from blogkit.check.answers import Answer, Open, Proved, Refuted, Supported
from blogkit.check.matrices.entries import same_entries
from blogkit.check.matrices.free_algebra import orthogonal_name, prove_matrices, symmetric_name
from blogkit.check.matrices.terms import Term, TermReader, all_terms, is_matrix_claim, term_latex
from blogkit.check.probability.events import Unread
from blogkit.check.question import Fact, Question
from blogkit.check.ratios import TooMany
from blogkit.formula import Apply, Constant, Number, Relation, Symbol, Tree, to_sexpr, walk

if TYPE_CHECKING:
    from typing import Any

    from flint import fmpq_mat

    Value = Any  # a number (fmpq or arb) or a matrix (fmpq_mat); which, is asked where it matters

SIZES = ((2, 2), (3, 2), (2, 3), (1, 1), (3, 3), (1, 2))
"""Values for the first, third … and the second, fourth … size that is free."""

TRIALS = 8
"""How many matrices are tried for each choice of sizes."""

BITS = 256
"""Precision of balls, for norms."""


class Undefined(Exception):  # noqa: N818 - no error: a point to be skipped
    """A side is undefined, or can't be told, at these matrices."""


def applies(question: Question) -> bool:
    """Whether a claim is about matrices or vectors."""
    return isinstance(question.claim, Relation) and is_matrix_claim(question.claim, question.facts)


def decide_matrices(question: Question) -> Answer:
    """A proof or a counterexample, else support, else `Open`."""
    proof = prove_matrices(question)
    if isinstance(proof, Proved):
        return proof
    entries = prove_entries(question)
    return entries if isinstance(entries, Proved) else try_matrices(question)


def prove_entries(question: Question) -> Answer:
    """A proof for matrices that are written out, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or claim.operators != ("=",) or not applies(question):
        return Open("no equation of matrices")
    try:
        reader = TermReader(question.facts)
        left, right = reader.read(claim)
        if not any(t.operator == "literal" for side in (left, right) for t in all_terms(side)):
            return Open("no matrix is written out")
        if same_entries(left, right, reader.sizes):
            steps = ("All entries agree as fractions of polynomials.",)
            return Proved(
                "comparison of entries", (r"\text{all denominators are not zero}",), steps
            )
    except (Unread, TooMany) as reason:
        return Open(str(reason))
    return Open("some entries differ as fractions of polynomials")


def try_matrices(question: Question) -> Answer:
    """A counterexample among small matrices, or support, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not applies(question):
        return Open("no relation between matrices")
    if claim.operators[0] not in {"=", "≠", "≤", "≥", "<", ">"}:
        return Open("the relation is not understood for matrices")
    try:
        reader = TermReader(question.facts)
        left, right = reader.read(claim)
        doubt = _doubt(left, claim.operators[0], right)
        if doubt:
            return Open(doubt)
        facts = [_read_fact(fact, reader, claim) for fact in question.facts.constraints]
        return _try_all(left, claim.operators[0], right, reader, [f for f in facts if f])
    except Unread as reason:
        return Open(str(reason))


def _doubt(left: Term, sign: str, right: Term) -> str:
    """Why a statement that fails may still be meant: it may tell what holds of given matrices."""
    names = [{t.name for t in all_terms(side) if t.operator == "name"} for side in (left, right)]
    if sign == "=" and names[0] - names[1] and names[1] - names[0]:
        return "an equation between different quantities, which may be what they are to meet"
    for one, other in ((left, right), (right, left)):
        if sign == "=" and one.operator == "name" and not names[0] & names[1]:
            return "a name gets a value"
        if sign == "=" and len(names[0] | names[1]) == 1 and _is_property(one, other):
            return "a property that is told of one matrix"
        if sign not in {"=", "≠"} and one.operator == "zero" and _is_quadratic(other):
            return "a matrix may be told to be positive or negative definite"
    return ""


def _is_property(one: Term, other: Term) -> bool:
    """`A^T = A`, `A^T A = I`, `A^2 = A`, `A^{-1} = A^T`: one or two letters on a side."""
    plain = {"name", "transpose", "inverse", "times", "power", "identity", "zero", "number"}
    sides = [list(all_terms(one)), list(all_terms(other))]
    letters = [sum(t.operator == "name" for t in side) for side in sides]
    if any(t.operator not in plain for side in sides for t in side) or max(letters) > 2:
        return False
    has_both = any(
        t.operator == "times" and len({arg.operator for arg in t.args} & {"name", "inverse"}) == 2
        for side in sides
        for t in side
    )
    return one.operator in {"name", "transpose", "identity", "zero"} and not has_both


def _is_quadratic(term: Term) -> bool:
    """`x^T A x`."""
    if term.operator == "times" and len(term.args) == 1:
        term = term.args[0]
    args = term.args
    if term.operator != "times" or len(args) != 3 or args[0].operator != "transpose":
        return False
    return args[0].args[0] == args[2] and args[1].operator == "name"


def _try_all(
    left: Term, sign: str, right: Term, reader: TermReader, facts: list["_Limit"]
) -> Answer:
    from flint import ctx

    samples = 0
    with ctx.workprec(BITS):
        for point in _points(reader, facts):
            try:
                if not all(point.meets(fact) for fact in facts):
                    continue
                one, two = point.value(left), point.value(right)
                verdict = point.compare(one, sign, two)
            except Undefined:
                continue
            if verdict is False:
                return _refuted(point, one, two)
            samples += 1
    if not samples:
        return Open("no small matrices could be tried")
    return Supported("random small matrices", samples, tuple(reader.conventions))


def _refuted(point: "_Point", one: "Value", two: "Value") -> Refuted:
    shown = {term_latex(name): value_latex(value) for name, value in point.names.items()}
    for name in point.reader.sizes.named:
        size = point.sizes[point.reader.sizes.find(point.reader.sizes.named[name])]
        if name.isalpha():
            shown[name] = str(size)
    is_exact = not any("arb" in type(value).__name__ for value in (one, two))
    method = "exact arithmetic, small matrices" if is_exact else "ball arithmetic, 256 bits"
    return Refuted(method, shown, value_latex(one), value_latex(two))


@dataclass(frozen=True, slots=True)
class _Limit:
    """A fact as terms; for symmetric and orthogonal matrices, what the points are made to meet."""

    kind: str
    name: Tree | None = None
    left: Term | None = None
    sign: str = ""
    right: Term | None = None


def _read_fact(fact: Fact, reader: TermReader, claim: Relation) -> _Limit | None:
    """A fact on names of the claim; None for others.

    Raises:
        Unread: where it is not understood, so that a counterexample might violate it.
    """
    used = {to_sexpr(node) for node in walk(claim) if isinstance(node, Symbol)}
    touched = {to_sexpr(node) for node in walk(fact.tree) if isinstance(node, Symbol)}
    if not used & touched - {"I"}:
        return None
    for kind, name in (
        ("symmetric", symmetric_name(fact.tree)),
        ("orthogonal", orthogonal_name(fact.tree)),
    ):
        if name is not None:
            return _Limit(kind, name)
    tree = fact.tree
    if isinstance(tree, Relation) and len(tree.operators) == 1:
        sign = tree.operators[0]
        if sign == "∈" and _is_space(tree.operands[1]):
            return None
        if sign in {"≻", "⪰", "≽"} and tree.operands[1] == Number("0"):
            return _Limit("definite", tree.operands[0])
        if sign in {"=", "≠", "≤", "≥", "<", ">"}:
            left, right = (reader.term(side) for side in tree.operands)
            return _Limit("relation", None, left, sign, right)
    raise Unread("a fact is not understood, so a counterexample might violate it")


def _is_space(tree: Tree) -> bool:
    base = tree.args[0] if isinstance(tree, Apply) and tree.operator == "power" else tree
    return base == Constant("R")


def _points(reader: TermReader, facts: list[_Limit]) -> Iterator["_Point"]:
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
            raise Unread("a matrix is too large to be tried")
        for trial in range(TRIALS):
            names = _names(reader, facts, sizes, source, trial)
            yield _Point(reader, sizes, names)


def _names(
    reader: TermReader,
    facts: list[_Limit],
    sizes: Mapping[int, int],
    source: random.Random,
    trial: int,
) -> dict[Tree, "Value"]:
    kinds = {fact.name: fact.kind for fact in facts if fact.name is not None}
    names: dict[Tree, Value] = {}
    for name, term in reader.names.items():
        if term.operator != "name" or to_sexpr(name) in reader.sizes.named:
            continue
        rows = sizes[reader.sizes.find(term.rows)]
        columns = sizes[reader.sizes.find(term.columns)]
        drawn = _drawn(kinds.get(name, ""), rows, columns, source, trial)
        is_scalar = reader.is_scalar(term)
        names[name] = drawn[0, 0] if is_scalar else drawn
    return names


def _drawn(kind: str, rows: int, columns: int, source: random.Random, trial: int) -> "fmpq_mat":
    from flint import fmpq, fmpq_mat

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
        raise Unread("the sizes of the matrices don't fit")
    if kind == "symmetric":
        return matrix + matrix.transpose()
    if kind == "definite":
        unit = fmpq_mat(rows, rows, [fmpq(int(i == j)) for i in range(rows) for j in range(rows)])
        return matrix * matrix.transpose() + unit
    return matrix


def _orthogonal(rows: int, columns: int, source: random.Random) -> "fmpq_mat":
    """Orthonormal columns with rational entries: a product of reflections."""
    from flint import fmpq, fmpq_mat

    if columns > rows:
        raise Unread("a matrix with orthonormal columns is never wider than high")
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
class _Point:
    """Matrices for all names."""

    reader: TermReader
    sizes: Mapping[int, int]
    names: dict[Tree, "Value"] = field(default_factory=dict)

    def size(self, size: int) -> int:
        return self.sizes[self.reader.sizes.find(size)]

    def meets(self, fact: _Limit) -> bool:
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
                place = self.reader.sizes.named.get(to_sexpr(term.name))
                if place is None:
                    raise Unread("an exponent is no size of a matrix")
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
        place = self.reader.sizes.named.get(to_sexpr(term.name)) if term.name else None
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
        raise Unread("the norm of a matrix is not known")

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
        raise Unread("the norm of a matrix is not known")


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
