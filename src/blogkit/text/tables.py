"""Tables of Markdown: their cells, and the marks in these."""

from __future__ import annotations

from itertools import pairwise

from blogkit.regexes import regex
from blogkit.spans import Span
from blogkit.text.marks import Mark, covered, find_marks
from blogkit.text.mathspans import find_math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CELL_END = regex(r"(?<!\\)\|")
_TABLE_RULE = regex(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")


def table_marks(text: str) -> tuple[Mark, ...]:
    """The marks of a table's cells, in order; see ``find_marks``."""
    marks: list[Mark] = []
    for row in table_cells(text):
        for cell in row:
            marks += (moved(mark, cell.start) for mark in find_marks(cell.of(text)))
    return tuple(marks)


def table_cells(
    text: str, formulas: Sequence[Span] | None = None, code: Sequence[Span] | None = None
) -> list[list[Span]]:
    """Where the cells of a table stand, row by row, without the row that rules it.

    A head in which no cell has words is none.

    Args:
        text: rows of cells with ``|`` between them, a row a line.
        formulas: spans of its formulas; found in it if not given.
        code: spans of its code; found in it if not given.

    >>> text = "| a | $|x|$ |" + chr(10) + "|---|:-:|" + chr(10) + "| 1 | `|` |"
    >>> [[cell.of(text) for cell in row] for row in table_cells(text)]
    [['a', '$|x|$'], ['1', '`|`']]
    """
    if formulas is None:
        formulas = [formula.span for formula in find_math(text)[0]]
    if code is None:
        code = [mark.span for mark in find_marks(text, formulas) if mark.kind == "code"]
    rows: list[list[Span]] = []
    start = 0
    for number, line in enumerate(covered(text, (*formulas, *code)).split("\n")):
        if number != 1 or not _TABLE_RULE.fullmatch(line.strip()):
            rows.append([Span(start + a, start + b) for a, b in _cells(line)])
        elif not any(rows[0]):
            rows.clear()
        start += len(line) + 1
    return rows


def has_head(text: str) -> bool:
    """Whether the first row of a table is its head: it has words, and the second rules it."""
    first, second = (text + "\n").split("\n", 2)[:2]
    return bool(first.strip("| \t")) and _TABLE_RULE.fullmatch(second.strip()) is not None


def moved(mark: Mark, by: int) -> Mark:
    """A mark that stands so many characters further on."""
    span, inside = mark.span, mark.inside
    return Mark(
        mark.kind,
        Span(span.start + by, span.end + by),
        Span(inside.start + by, inside.end + by),
        mark.target,
    )


def _cells(line: str) -> Iterator[tuple[int, int]]:
    ends = [match.start() for match in _CELL_END.finditer(line)]
    edges = [-1, *ends, len(line)]
    for number, (before, end) in enumerate(pairwise(edges)):
        cell = line[before + 1 : end]
        is_border = number in (0, len(edges) - 2) and not cell.strip()
        if not is_border or len(edges) == 2:
            lead = len(cell) - len(cell.lstrip())
            start = before + 1 + lead
            yield start, start + len(cell.strip())
