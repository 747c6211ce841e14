"""A linear programme in exact fractions.

It exists because a certificate of an inequality must be exact, and its programmes are small: some
dozens of rows. Bland's rule, so that it ends (Bland 1977). Imports nothing of the package.
"""

from collections.abc import Sequence
from fractions import Fraction

_Row = list[Fraction]
MAX_STEPS = 400
"""Pivots after which the search is given up."""


def nonnegative_solution(
    rows: Sequence[Sequence[Fraction]],
    values: Sequence[Fraction],
    goal: Sequence[Fraction],
) -> list[Fraction] | None:
    """Numbers x ≥ 0 with rows · x = values, and goal · x as large as was found.

    Args:
        rows: The coefficients, all rows of the length of `goal`.
        values: The right sides.
        goal: What to make large; it must be bounded.

    Returns:
        A solution, or None where there is none or it took too many pivots.

    >>> one, two = Fraction(1), Fraction(2)
    >>> nonnegative_solution([[one, one]], [two], [one, Fraction(0)])
    [Fraction(2, 1), Fraction(0, 1)]
    """
    width = len(goal)
    table, basis = _start(rows, values)
    total = width + len(table)
    first = [Fraction(0)] * width + [Fraction(-1)] * len(table) + [Fraction(0)]
    if not _improve(table, basis, first, total):
        return None
    if any(at >= width and row[-1] != 0 for at, row in zip(basis, table, strict=True)):
        return None
    _leave_artificial(table, basis, width)
    second = [*goal, *([Fraction(0)] * len(table)), Fraction(0)]
    _improve(table, basis, second, width)
    found = [Fraction(0)] * width
    for at, row in zip(basis, table, strict=True):
        if at < width:
            found[at] = row[-1]
    return found


def _start(
    rows: Sequence[Sequence[Fraction]], values: Sequence[Fraction]
) -> tuple[list[_Row], list[int]]:
    """The table with an artificial variable for each row."""
    table: list[_Row] = []
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        sign = -1 if value < 0 else 1
        artificial = [Fraction(int(other == at)) for other in range(len(rows))]
        table.append([sign * entry for entry in row] + artificial + [sign * value])
    width = len(rows[0]) if rows else 0
    return table, [width + at for at in range(len(rows))]


def _improve(table: list[_Row], basis: list[int], goal: _Row, width: int) -> bool:
    """Pivot while the goal grows; whether the end was reached."""
    for _ in range(MAX_STEPS):
        prices = [goal[at] for at in basis]
        column = next((at for at in range(width) if _gain(table, prices, goal, at) > 0), None)
        if column is None:
            return True
        ratios = [
            (row[-1] / row[column], basis[at], at)
            for at, row in enumerate(table)
            if row[column] > 0
        ]
        if not ratios:
            return False
        _pivot(table, basis, min(ratios)[2], column)
    return False


def _gain(table: list[_Row], prices: _Row, goal: _Row, column: int) -> Fraction:
    spent = sum(
        (
            price * row[column]
            for price, row in zip(prices, table, strict=True)
            if price and row[column]
        ),
        Fraction(0),
    )
    return goal[column] - spent


def _pivot(table: list[_Row], basis: list[int], line: int, column: int) -> None:
    divisor = table[line][column]
    table[line] = [entry / divisor for entry in table[line]]
    for at, row in enumerate(table):
        factor = row[column]
        if at != line and factor:
            table[at] = [
                entry - factor * other if other else entry
                for entry, other in zip(row, table[line], strict=True)
            ]
    basis[line] = column


def _leave_artificial(table: list[_Row], basis: list[int], width: int) -> None:
    """Put real variables for artificial ones that stayed at zero; drop rows that say nothing."""
    for line in range(len(table)):
        if basis[line] < width:
            continue
        column = next((at for at in range(width) if table[line][at] != 0), None)
        if column is not None:
            _pivot(table, basis, line, column)
