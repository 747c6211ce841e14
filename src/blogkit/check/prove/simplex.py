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
    gains = _gains(table, basis, goal)
    for _ in range(MAX_STEPS):
        column = next((at for at in range(width) if gains[at] > 0), None)
        if column is None:
            return True
        ratios = [
            (row[-1] / row[column], basis[at], at)
            for at, row in enumerate(table)
            if row[column] > 0
        ]
        if not ratios:
            return False
        line = min(ratios)[2]
        _pivot(table, basis, line, column)
        gains = _without(gains, gains[column], table[line])
    return False


def _gains(table: list[_Row], basis: list[int], goal: _Row) -> _Row:
    """How much the goal grows with each variable."""
    gains = list(goal)
    for at, row in zip(basis, table, strict=True):
        if goal[at]:
            gains = _without(gains, goal[at], row)
    return gains


def _without(row: _Row, factor: Fraction, other: _Row) -> _Row:
    return [
        entry - factor * part if part else entry for entry, part in zip(row, other, strict=True)
    ]


def _pivot(table: list[_Row], basis: list[int], line: int, column: int) -> None:
    divisor = table[line][column]
    table[line] = [entry / divisor if entry else entry for entry in table[line]]
    for at, row in enumerate(table):
        if at != line and row[column]:
            table[at] = _without(row, row[column], table[line])
    basis[line] = column


def _leave_artificial(table: list[_Row], basis: list[int], width: int) -> None:
    """Put real variables for artificial ones that stayed at zero; drop rows that say nothing."""
    for line in range(len(table)):
        if basis[line] < width:
            continue
        column = next((at for at in range(width) if table[line][at] != 0), None)
        if column is not None:
            _pivot(table, basis, line, column)
