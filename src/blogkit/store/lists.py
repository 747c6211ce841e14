"""Columns that hold lists, read back: apart, since a search needs nothing else of a post."""

from __future__ import annotations

import json
from bisect import bisect_left
from operator import itemgetter

from blogkit.language import Message
from blogkit.regexes import regex
from blogkit.store.checksums import ColumnError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHOWN_CHARS = 40
_PLAIN_BLOCKS = regex(r'\[(?:\["\w+",\d+,\d+,\d+,\d+\](?:,(?=\[)|(?=\])))*\]')


def names_from_json(source: str) -> tuple[str, ...]:
    """Names that ``columns.names_to_json`` wrote.

    Raises:
        ColumnError: if it is no list of texts.
    """
    names = _list_of(source)
    if not all(isinstance(name, str) for name in names):
        raise _not(Message("a list of texts"), source)
    return tuple(names)


def block_lines_from_json(source: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Where each block of a section starts, its line, and the lines of a table's rows: all that a
    hit needs of them.

    Args:
        source: the column.
        start: offset of the section.
        end: where it ends.

    Raises:
        ColumnError: if it is no list of blocks.
    """
    rows = _list_of(source)
    try:
        first = bisect_left(rows, start, key=itemgetter(1))
        last = bisect_left(rows, end, first, key=itemgetter(1))
    except (TypeError, LookupError) as error:
        raise _not(Message("a list of blocks"), source) from error
    found = _checked(rows[first:last], source)
    return [(row[1], row[3], _row_lines(row)) for row in found]


def _row_lines(row: list[Any]) -> str:
    more = row[5] if row[0] == "table" and len(row) > 5 else None
    said = more.get("info") if isinstance(more, dict) else None
    return said if isinstance(said, str) else ""


def block_rows(source: str) -> list[list[Any]]:
    """The rows of a list of blocks: kind, start, end, line, level, and what ``columns`` adds.

    Raises:
        ColumnError: if it is no list of blocks.
    """
    rows = _list_of(source)
    return rows if are_plain_blocks(source) else _checked(rows, source)


def are_plain_blocks(source: str) -> bool:
    """Whether it is a list of blocks with nothing that ``columns`` adds, as most are.

    It is told a hundred times as fast as by reading them.
    """
    return _PLAIN_BLOCKS.fullmatch(source) is not None


def _checked(rows: list[Any], source: str) -> list[list[Any]]:
    for row in rows:
        is_row = isinstance(row, list) and len(row) in (5, 6) and isinstance(row[0], str)
        if not is_row or not type(row[1]) is type(row[2]) is type(row[3]) is type(row[4]) is int:
            raise _not(Message("a list of blocks"), source)
    return rows


def _list_of(source: str) -> list[Any]:
    try:
        found = json.loads(source)
    except ValueError as error:
        raise _not(Message("a list"), source) from error
    if not isinstance(found, list):
        raise _not(Message("a list"), source)
    return found


def _not(expected: str, source: str) -> ColumnError:
    shown = source[:_SHOWN_CHARS]
    return ColumnError(
        Message("expected {expected}, found {found}", expected=expected, found=shown)
    )
