"""Numbers and small matrices of them, exact or as balls: what terms are computed with.

A matrix is its rows; entries are `fmpq`, or `arb` where a root or function was taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import arb, arb_mat, fmpq, fmpq_mat

from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.terms.jets import Jet, Value, plain, slope_of
from blogkit.meaning.trees.arithmetic import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix."""

    rows: tuple[tuple[Value, ...], ...]
    """Its entries."""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])

    @property
    def entries(self) -> tuple[Value, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    @property
    def turned(self) -> Grid:
        """Its transpose."""
        return Grid(tuple(zip(*self.rows, strict=True)))

    def mapped(self, change: Callable[[Value], Value]) -> Grid:
        """It with each entry changed."""
        return Grid(tuple(tuple(map(change, row)) for row in self.rows))


def grid(height: int, width: int, entries: Iterable[Value]) -> Grid:
    """A matrix from its entries, row by row."""
    cells = tuple(entries)
    return Grid(tuple(cells[i * width : (i + 1) * width] for i in range(height)))


def unit(size: int) -> Grid:
    """The identity matrix."""
    return grid(size, size, (fmpq(int(i == j)) for i in range(size) for j in range(size)))


def plus(one: Value, two: Value) -> Value:
    """The sum of two numbers or of two matrices of one size."""
    if isinstance(one, Grid) and isinstance(two, Grid):
        return entrywise(lambda a, b: a + b, one, two)
    if isinstance(one, Grid) or isinstance(two, Grid):
        raise Undefined
    return one + two


def entrywise(of: Callable[[Value, Value], Value], one: Grid, two: Grid) -> Grid:
    """Two matrices of one size, joined entry by entry."""
    if (one.height, one.width) != (two.height, two.width):
        raise Undefined
    pairs = zip(one.entries, two.entries, strict=True)
    return grid(one.height, one.width, (of(a, b) for a, b in pairs))


def times(one: Value, two: Value) -> Value:
    """A product; a number may stand before a matrix or behind it."""
    if isinstance(one, Grid) and isinstance(two, Grid):
        if one.width != two.height:
            raise Undefined
        columns = two.turned.rows
        return Grid(tuple(tuple(_dot(row, column) for column in columns) for row in one.rows))
    if isinstance(one, Grid):
        return one.mapped(lambda entry: entry * two)
    if isinstance(two, Grid):
        return two.mapped(lambda entry: one * entry)
    return one * two


def _dot(row: tuple[Value, ...], column: tuple[Value, ...]) -> Value:
    total = row[0] * column[0]
    for a, b in zip(row[1:], column[1:], strict=True):
        total = total + a * b
    return total


def product(values: Iterable[Value]) -> Value:
    """A product in its order; 1 if there is none."""
    result: Value = fmpq(1)
    for value in values:
        result = times(result, value)
    return result


def inverse(value: Value) -> Value:
    """One over a number, or the inverse of a matrix."""
    if isinstance(value, Grid):
        flat = _flint(value)
        try:
            inverted = flat.inv()
        except ZeroDivisionError:
            raise Undefined from None
        return grid(value.height, value.width, inverted.entries())
    lone = plain(value)
    if (isinstance(lone, fmpq) and not lone) or (isinstance(lone, arb) and lone.contains(0)):
        raise Undefined
    return 1 / value


def determinant(value: Grid) -> Value:
    """The determinant."""
    return _flint(value).det()


def rank(value: Grid) -> Value:
    """The rank; of balls it can't be told."""
    flat = _flint(value)
    if not isinstance(flat, fmpq_mat):
        raise Undefined
    return fmpq(flat.rank())


def kronecker(one: Grid, two: Grid) -> Grid:
    """The Kronecker product: a block for each entry of the first matrix."""
    return Grid(
        tuple(
            tuple(a * b for a in upper for b in lower) for upper in one.rows for lower in two.rows
        )
    )


def _flint(value: Grid) -> Value:
    """It as python-flint's matrix, exact where all entries are."""
    if any(isinstance(entry, Jet) for entry in value.entries):
        raise NotApplicable(Message("the derivative of an inverse or determinant is not tried"))
    if all(isinstance(entry, fmpq) for entry in value.entries):
        return fmpq_mat(value.height, value.width, list(value.entries))
    return arb_mat(value.height, value.width, [arb(entry) for entry in value.entries])


def root(value: Value) -> Value:
    """The square root, exact where it is a fraction."""
    if isinstance(value, Jet):
        if not value > 0:
            raise Undefined  # it has no slope at zero
        return value.through(lambda x: x.sqrt())
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


def power(base: Value, exponent: Value) -> Value:
    """A number to any power; only of positive ones where that is no whole number."""
    if isinstance(exponent, fmpq) and exponent.q == 1 and abs(exponent) <= 64:
        whole = product([base] * abs(int(exponent.p)))
        return whole if exponent >= 0 else inverse(whole)
    if not base > 0:
        raise Undefined
    if isinstance(base, Jet) or isinstance(exponent, Jet):
        return function_of("exp", exponent * function_of("log", base))
    return arb(base) ** arb(exponent)


def function_of(name: str, *args: Value) -> Value:
    """The value of a function of numbers, or of a vector.

    Raises:
        NotApplicable: if there is no rule for it.
        Undefined: if it has no value there.
    """
    first = args[0]
    if name == "divide":
        whole = args[1] if isinstance(args[1], Grid) else Grid(((args[1],),))
        below = whole.mapped(inverse)
        if isinstance(first, Grid):
            return entrywise(lambda a, b: a * b, first, below)
        return times(first, below)
    if name == "root" and len(args) == 2:
        return power(first, inverse(args[1]))
    if name in {"max", "min"}:
        difference = plain(args[0] - args[1])
        if isinstance(difference, arb) and difference.contains(0):
            raise Undefined
        return args[0] if (difference > 0) == (name == "max") else args[1]
    if name in {"softmax", "LSE"}:
        if not isinstance(first, Grid):
            raise Undefined
        powers = first.mapped(lambda entry: function_of("exp", entry))
        total = sum(powers.entries, arb(0))
        if name == "LSE":
            return function_of("log", total)
        return powers.mapped(lambda entry: entry / total)
    if isinstance(first, Grid):
        return first.mapped(lambda entry: function_of(name, entry))
    if name == "ReLU":
        return function_of("max", first, fmpq(0))
    if name == "sign":
        if isinstance(first, arb) and first.contains(0):
            raise Undefined
        return fmpq(int(first > 0) - int(first < 0))
    if name == "log" and not first > 0:
        raise Undefined
    rule = _RULES.get(name)
    if rule is None:
        raise NotApplicable(Message("a part of the matrix expression is not understood"))
    return first.through(rule) if isinstance(first, Jet) else rule(arb(first))


def slope_of_function(name: str, at: Value) -> Value:
    """The derivative of a known function of a number, entry by entry.

    Raises:
        NotApplicable: if there is no rule for it.
    """
    if isinstance(at, Grid):
        return at.mapped(lambda entry: slope_of_function(name, entry))
    rule = _RULES.get(name)
    if rule is None or isinstance(at, Jet):
        raise NotApplicable(Message("a part of the matrix expression is not understood"))
    return slope_of(rule, at)


_RULES: dict[str, Callable[[Value], Value]] = {  # of balls, and of power series of them
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: x.tan(),
    "sinh": lambda x: (x.exp() - (-x).exp()) / 2,
    "cosh": lambda x: (x.exp() + (-x).exp()) / 2,
    "tanh": lambda x: 1 - 2 / ((2 * x).exp() + 1),
    "arctan": lambda x: x.atan(),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "softplus": lambda x: (1 + x.exp()).log(),
    "SiLU": lambda x: x / (1 + (-x).exp()),
}


def compare(one: Value, sign: str, two: Value) -> bool:
    """Whether a relation holds.

    Raises:
        Undefined: where balls overlap, or for an order of matrices.
    """
    if isinstance(one, Grid) or isinstance(two, Grid):
        if sign not in {"=", "≠"}:
            raise Undefined
        return _are_equal(one, two) == (sign == "=")
    order = _order(one, two)
    if order == 0 and sign in {"<", ">", "≠"} and "arb" in type(one - two).__name__:
        raise Undefined
    return bool(COMPARISONS[sign](order, 0))


def _are_equal(one: Value, two: Value) -> bool:
    if isinstance(one, Grid) and isinstance(two, Grid):
        if (one.height, one.width) != (two.height, two.width):
            raise Undefined
        orders = [_order(a, b) for a, b in zip(one.entries, two.entries, strict=True)]
        return not any(orders)
    matrix, lone = (one, two) if isinstance(one, Grid) else (two, one)
    if lone != 0:
        raise Undefined
    return not any(_order(entry, lone) for entry in matrix.entries)


def _order(one: Value, two: Value) -> int:
    """-1, 0 or 1; of balls, 0 where they are narrow and overlap."""
    difference = one - two
    if isinstance(difference, fmpq):
        return int(difference > 0) - int(difference < 0)
    if difference.contains(0):
        scale = arb(1) + abs(arb(one)) + abs(arb(two))
        if difference.abs_upper() < scale.abs_lower() * arb(2) ** -150:
            return 0
        raise Undefined
    return 1 if difference > 0 else -1


def is_ball(value: Value) -> bool:
    """Whether some number in it is known up to a radius only."""
    entries = value.entries if isinstance(value, Grid) else (value,)
    return any(isinstance(entry, arb) for entry in entries)


def value_latex(value: Value) -> str:
    """A number or matrix as LaTeX."""
    if isinstance(value, Grid):
        rows = (" & ".join(map(value_latex, row)) for row in value.rows)
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
    if isinstance(value, fmpq):
        sign = "-" if value < 0 else ""
        above, below = abs(int(value.p)), int(value.q)
        return f"{sign}{above}" if below == 1 else rf"{sign}\frac{{{above}}}{{{below}}}"
    return str(value)
