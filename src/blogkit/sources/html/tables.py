"""Tables of pages: which of them hold data, and their rows as Markdown has them.

Pages set columns, menus and whole articles in tables too. What is only laid out so is read as the
blocks that stand in it; see ``data_rows``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from blogkit.sources.elements import name_set, raw_text
from blogkit.sources.html.tree import classes, plain_text
from blogkit.sources.reading import Draft
from blogkit.spans import Span
from blogkit.text.marks import Mark, covered, in_order
from blogkit.text.mathspans import find_math
from blogkit.text.tables import moved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from lxml.etree import _Element

    Row: TypeAlias = list[_Element | None]
    Cell: TypeAlias = tuple[str, tuple[Mark, ...]]

_LAYS_OUT = (
    "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "iframe", "form",
)  # fmt: skip
"""Elements that no cell of data holds."""
_EQUATION_CLASSES = name_set(
    """
    ltx_eqn_table ltx_equation ltx_equationgroup ltx_eqn_align ltx_eqn_eqnarray ltx_eqn_gather
    """
)
_SHOWS = ("img", "math", "script", "svg", "mjx-container")
_LONGEST_CELL_CHARS = 400
"""A cell with more text is laid out, where none of its table heads a row or column."""
_MOST_COLUMNS = 64
"""Columns that one cell may span."""
_BAR_OR_BREAK = re.compile(r"(?P<bar>\|)|(?P<wide>(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef]))|\n")


def data_rows(
    table: _Element, formulas: Container[_Element], is_hidden: Callable[[_Element], bool]
) -> list[Row]:
    """The rows of a table that holds data; none of one that is there for layout.

    It holds data if two rows and two columns say something, unless it says itself that it doesn't
    (``role``), or holds what data doesn't: tables, headings, code; where no cell heads a row or
    column, pictures and long text too.

    Args:
        table: a ``<table>``.
        formulas: the elements that are formulas.
        is_hidden: whether a cell is not to be read.

    Returns:
        The rows with a cell; in each its cells in the columns in which they begin, and None where
        one beside or above goes on.
    """
    if table.get("role") in ("presentation", "none") or classes(table) & _EQUATION_CLASSES:
        return []
    if next(table.iterdescendants(*_LAYS_OUT), None) is not None:
        return []
    written = (
        [c for c in row.iterchildren("td", "th") if not is_hidden(c)] for row in _rows(table)
    )
    rows = _grid([cells for cells in written if cells])
    filled = [{column for column, cell in enumerate(row) if _says_something(cell)} for row in rows]
    if sum(map(bool, filled)) < 2 or len(set().union(*filled)) < 2:
        return []
    if next(table.iterdescendants("th"), None) is not None:
        return rows
    all_cells = (cell for row in rows for cell in row if cell is not None)
    return [] if any(_is_laid_out(cell, formulas) for cell in all_cells) else rows


def has_headings(row: Row) -> bool:
    """Whether a row says what stands in the columns."""
    cells = [cell for cell in row if cell is not None]
    return next(cells[0].iterancestors("thead", "table")).tag == "thead" or all(
        cell.tag == "th" for cell in cells
    )


def table_draft(line: int, rows: Sequence[tuple[int, Sequence[Cell]]], *, has_head: bool) -> Draft:
    """A table as Markdown has it.

    Args:
        line: line of the file where it begins.
        rows: the cells of each row, with its line.
        has_head: whether the first row is the head; else that is empty, as Markdown must have one.
    """
    width = max(len(cells) for _, cells in rows)
    empty: list[Cell] = [("", ())] * width
    head = (rows[0][0], [*rows[0][1], *empty][:width]) if has_head else (line, empty)
    rule: list[Cell] = [("---", ())] * width
    pieces: list[str] = []
    marks: list[Mark] = []
    position = 0
    written = [head, (head[0], rule), *rows[has_head:]]
    for _, cells in written:
        for text, inside in cells:
            marks += (moved(mark, position + 2) for mark in inside)
            pieces.append(f"| {text} ")
            position += len(pieces[-1])
        pieces.append("|\n")
        position += 2
    lines = " ".join(str(at) for at, _ in written)
    text = "".join(pieces).rstrip("\n")
    return Draft("table", text, line, info=lines, marks=tuple(marks), flows=True)


def cell_of(drafts: Iterable[Draft]) -> Cell:
    """The blocks of a cell on one line, with a backslash where a bar would end it.

    The words of a picture are marked as its own; one without words is left out.
    """
    marks: list[Mark] = []
    words = [draft for draft in drafts if draft.text]
    start = 0
    for draft in words:
        if draft.kind == "caption" and draft.info:
            whole = Span(start, start + len(draft.text))
            marks.append(Mark("picture", whole, whole, draft.info))
        marks += (moved(mark, start) for mark in draft.marks)
        start += len(draft.text) + 1
    return _on_one_line(" ".join(draft.text for draft in words), marks)


def _on_one_line(text: str, marks: Sequence[Mark]) -> Cell:
    """A text without line breaks and bars of its own; bars of formulas and code are theirs."""
    kept = [f.span for f in find_math(text)[0]] + [m.span for m in marks if m.kind == "code"]
    outside = covered(text, kept)
    changes = [
        (match.start(), "\\|" if match["bar"] else "" if match["wide"] else " ")
        for match in _BAR_OR_BREAK.finditer(text)
        if not match["bar"] or outside[match.start()] == "|"
    ]
    ends = [start + 1 for start, _ in changes]
    shifts = list(accumulate((len(put) - 1 for _, put in changes), initial=0))

    def at(place: int) -> int:
        return place + shifts[bisect_right(ends, place)]

    def span(given: Span) -> Span:
        return Span(at(given.start), at(given.end))

    bars = (at(start) for start, put in changes if put == "\\|")
    escapes = [Mark("plain", Span(bar, bar + 2), Span(bar + 1, bar + 2)) for bar in bars]
    shown = list(text)
    for start, put in changes:
        shown[start] = put
    changed = (Mark(m.kind, span(m.span), span(m.inside), m.target) for m in marks)
    return "".join(shown), in_order([*changed, *escapes])


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")
        elif child.tag == "tr":
            yield child


def _grid(rows: Sequence[Sequence[_Element]]) -> list[Row]:
    """Cells in their columns.

    Source: HTML's algorithm for forming a table, without cells that overlap.
    """
    grid: list[Row] = []
    rows_left: dict[int, int] = {}
    for cells in rows:
        row: Row = []
        for cell in cells:
            while len(row) in rows_left:
                row.append(None)
            columns = range(len(row), len(row) + _spanned(cell, "colspan", _MOST_COLUMNS))
            rows_left.update(dict.fromkeys(columns, _spanned(cell, "rowspan", len(rows))))
            row += [cell, *[None] * (len(columns) - 1)]
        rows_left = {column: left - 1 for column, left in rows_left.items() if left > 1}
        while row[-1] is None:
            row.pop()
        grid.append(row)
    return grid


def _spanned(cell: _Element, name: str, most: int) -> int:
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), most) if said.isdecimal() and len(said) < 7 else 1


def _says_something(cell: _Element | None) -> bool:
    if cell is None:
        return False
    return bool(raw_text(cell).strip()) or next(cell.iterdescendants(*_SHOWS), None) is not None


def _is_laid_out(cell: _Element, formulas: Container[_Element]) -> bool:
    pictures = (image for image in cell.iter("img") if image not in formulas)
    return len(plain_text(cell)) > _LONGEST_CELL_CHARS or next(pictures, None) is not None
