r"""Matrices that are written with dots, by their general entry: `(x_1, \dots, x_n)^\top`.

The entry is read only where all that are written agree with it. Imports the operator tree,
`instances.py` and `rewriting.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Blank, Ellipsis, Number, Symbol, Tree, walk
from blogkit.meaning.trees.instances import PLACE, progression
from blogkit.meaning.trees.rewriting import substitute

ROW: Final = Symbol("i", accents=("index",))
"""The number of a row; no source can write this name."""
COLUMN: Final = Symbol("j", accents=("index",))
"""The number of a column."""
_ONE: Final = Number("1")


@dataclass(frozen=True, slots=True)
class Array:
    """A matrix whose rows, columns or both go on."""

    cells: tuple[tuple[Tree, ...], ...]
    """The entries in `ROW` and `COLUMN`: one row where the rows go on, one column where they do."""
    last_row: Tree | None
    """How many rows there are; None where they are written."""
    last_column: Tree | None
    """How many columns there are; None where they are written."""


def general_entry(rows: Sequence[Sequence[Tree]]) -> Array | None:
    r"""A matrix with dots by its general entry; None where that is not clear.

    >>> x, n, dots = Symbol("x"), Symbol("n"), Ellipsis()
    >>> from blogkit.formula import Index
    >>> column = [[Index(x, (Number("1"),))], [dots], [Index(x, (n,))]]
    >>> general_entry(column).last_row == n
    True
    """
    lines = [list(row) for row in rows]
    if len({len(line) for line in lines}) != 1:
        return None
    lines, last_column = _along(lines, COLUMN)
    turned = [list(line) for line in zip(*lines, strict=True)]
    turned, last_row = _along(turned, ROW)
    cells = tuple(zip(*turned, strict=True))
    has_dots = any(
        isinstance(node, Ellipsis | Blank) for row in cells for x in row for node in walk(x)
    )
    if has_dots or (last_row is None and last_column is None):
        return None
    return Array(cells, last_row, last_column)


def _along(lines: list[list[Tree]], letter: Symbol) -> tuple[list[list[Tree]], Tree | None]:
    """Lines whose entries go on as one general entry each, and how many those are."""
    places = {place for line in lines for place, cell in enumerate(line) if _goes_on(cell)}
    dotted = [place for place in places if all(_goes_on(line[place]) for line in lines)]
    if len(dotted) != 1:
        return lines, None
    (place,) = dotted
    found: list[list[Tree]] = []
    lasts: set[Tree] = set()
    for line in lines:
        head, tail = line[:place], line[place + 1 :]
        if all(map(_goes_on, line)):
            found.append([Ellipsis()])
            continue
        if head and {*head, *tail} == {head[0]}:
            found.append(head[:1])
            continue
        rule = progression(head, tail) if head and tail else None
        if rule is None or rule[1] != _ONE:
            return lines, None
        found.append([substitute(rule[0], {PLACE: letter})])
        lasts.add(rule[2])
    if len(lasts) != 1:
        return lines, None
    return found, lasts.pop()


def _goes_on(cell: Tree) -> bool:
    return isinstance(cell, Ellipsis)
