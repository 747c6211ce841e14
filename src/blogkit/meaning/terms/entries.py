"""Matrices that are written out, entry by entry, as fractions of polynomials.

For up to 4 by 4; a name of a matrix, a norm or a rank is not read. Imports no algebra.
"""

from fractions import Fraction

from blogkit.formula import Number
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.terms.nodes import ONE, Sizes, Term
from blogkit.meaning.trees.ratios import Ratio, atom_ratio, ratio

Entries = list[list[Ratio]]
"""Rows of entries."""


def same_entries(left: Term, right: Term, sizes: Sizes) -> bool:
    """Whether two matrices or numbers agree in all entries.

    Raises:
        NotApplicable: where a part has no entries that are written out.
    """
    one, two = _Reader(sizes).read(left), _Reader(sizes).read(right)
    if right.operator == "zero":
        return all(not entry.above.terms for row in one for entry in row)
    if left.operator == "zero":
        return all(not entry.above.terms for row in two for entry in row)
    return all(
        a.equals(b)
        for row, other in zip(one, two, strict=True)
        for a, b in zip(row, other, strict=True)
    )


class _Reader:
    """Reads terms as entries."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes

    def read(self, term: Term) -> Entries:
        match term.operator:
            case "number":
                assert isinstance(term.name, Number)
                return [[ratio(Fraction(term.name.text))]]
            case "zero":
                return [[ratio(0)]]
            case "name" if self._is_scalar(term):
                return [[atom_ratio(term.name)]]
            case "identity":
                n = self.sizes.known.get(self.sizes.find(term.rows), 0)
                return _identity(n)
            case "literal":
                cells = [self.read(arg)[0][0] for arg in term.args]
                return _rows(cells, term.count)
            case "plus":
                return self._sum(term)
            case "times":
                return _product([self.read(arg) for arg in term.args])
            case "divide":
                above, below = (self.read(arg) for arg in term.args)
                return [[entry / below[0][0] for entry in row] for row in above]
            case "power" if term.count:
                return _product([self.read(term.args[0])] * term.count)
            case "transpose":
                return [list(row) for row in zip(*self.read(term.args[0]), strict=True)]
            case "determinant":
                return [[determinant(self.read(term.args[0]))]]
            case "trace":
                return [[_trace(self.read(term.args[0]))]]
            case "inverse":
                return _inverse(self.read(term.args[0]))
            case "hadamard":
                return self._hadamard(term)
            case _:
                raise NotApplicable(Message("a matrix is not written out"))

    def _is_scalar(self, term: Term) -> bool:
        return self.sizes.find(term.rows) == ONE == self.sizes.find(term.columns)

    def _sum(self, term: Term) -> Entries:
        total = self.read(term.args[0])
        for arg in term.args[1:]:
            other = self.read(arg)
            total = [
                [a + b for a, b in zip(row, line, strict=True)]
                for row, line in zip(total, other, strict=True)
            ]
        return total

    def _hadamard(self, term: Term) -> Entries:
        total = self.read(term.args[0])
        for arg in term.args[1:]:
            other = self.read(arg)
            total = [
                [a * b for a, b in zip(row, line, strict=True)]
                for row, line in zip(total, other, strict=True)
            ]
        return total


def _rows(cells: list[Ratio], width: int) -> Entries:
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _identity(n: int) -> Entries:
    if not n:
        raise NotApplicable(Message("a matrix is not written out"))
    return [[ratio(int(i == j)) for j in range(n)] for i in range(n)]


def _product(matrices: list[Entries]) -> Entries:
    result = matrices[0]
    for other in matrices[1:]:
        if len(result) == len(result[0]) == 1:
            result = [[result[0][0] * entry for entry in row] for row in other]
        elif len(other) == len(other[0]) == 1:
            result = [[entry * other[0][0] for entry in row] for row in result]
        else:
            result = [[_dot(row, column) for column in zip(*other, strict=True)] for row in result]
    return result


def _dot(row: list[Ratio], column: tuple[Ratio, ...]) -> Ratio:
    return sum((a * b for a, b in zip(row, column, strict=True)), ratio(0))


def _trace(matrix: Entries) -> Ratio:
    return sum((row[place] for place, row in enumerate(matrix)), ratio(0))


def determinant(matrix: Entries) -> Ratio:
    """The determinant, by its first row.

    Source: Laplace expansion.
    """
    if len(matrix) == 1:
        return matrix[0][0]
    total = ratio(0)
    for place, entry in enumerate(matrix[0]):
        term = entry * determinant(_minor(matrix, 0, place))
        total += -term if place % 2 else term
    return total


def _minor(matrix: Entries, row: int, column: int) -> Entries:
    return [
        [entry for j, entry in enumerate(line) if j != column]
        for i, line in enumerate(matrix)
        if i != row
    ]


def _inverse(matrix: Entries) -> Entries:
    """The adjugate over the determinant."""
    whole = determinant(matrix)
    n = len(matrix)
    if n == 1:
        return [[ratio(1) / whole]]
    result: Entries = []
    for i in range(n):
        row = []
        for j in range(n):
            minor = determinant(_minor(matrix, j, i)) / whole
            row.append(-minor if (i + j) % 2 else minor)
        result.append(row)
    return result
