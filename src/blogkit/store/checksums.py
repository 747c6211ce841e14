"""Checksums of rows: a byte that changed on the disk is told, and never read as if it were written.

SQLite finds what breaks the order of its pages, not a changed letter in a text. Each row that says
what a post is, or what a reader studied, bears a CRC-32 of its columns, made where it is written
and compared where it is read; ``checksum`` is a function of the connection, so that both are SQL.
Imports nothing of blogkit but its errors.
"""

from __future__ import annotations

import zlib

from blogkit.errors import LibraryDamagedError
from blogkit.language import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence
    from typing import Any

CHECKED = {
    "sources": ("key", "path", "digest", "format", "encoding"),
    "posts": (
        "id", "kept", "title", "title_from", "year", "month", "day", "tags", "categories",
        "comments", "address", "links", "other_titles",
    ),
    "copies": (
        "source", "given_id", "line", "end_line", "truncated", "title", "title_from", "year",
        "month", "day", "tags", "categories", "comments", "text", "blocks", "digest",
        "address", "links",
    ),
    "sections": ("post", "ordinal", "heading", "level", "line", "start", '"end"', "copy"),
    "formulas": (
        "post", "number", "label", "name", "display", "latex", "line", "start", '"end"',
    ),
    "cards": (
        "id", "kind", "post", "formula", "line", "name", "context", "question", "answer",
        "is_edited", "is_dropped", "ordinal", "state", "step", "stability", "difficulty", "due",
        "last_review",
    ),
    "reviews": (
        "number", "card", "time", "grade", "seconds", "anki", "state", "step", "stability",
        "difficulty", "due", "last_review",
    ),
    "reading": ("post", "state", "time"),
    "pictures": ("digest", "type", "width", "height", "bytes"),
    "picture_data": ("digest", "data"),
    "picture_references": ("copy", "address", "caption", "line", "picture"),
    "notes": (
        "id", "post", "formula", "exact", "prefix", "suffix", "start", "body", "tags",
        "is_question", "created", "changed",
    ),
}  # fmt: skip
"""The tables whose rows bear a checksum, and the columns that it is of."""


class ColumnError(ValueError):
    """A column holds what none of blogkit's rows does, although its row's checksum agrees."""


def checksum(table: str, alias: str = "", *, among: Collection[str] | None = None) -> str:
    """SQL for the checksum that a row should have.

    Args:
        table: one of CHECKED.
        alias: the name that the table has in the statement.
        among: the columns that the table has, where an older version made it.

    >>> checksum("sections", "s")
    'checksum(s.post, s.ordinal, s.heading, s.level, s.line, s.start, s."end", s.copy)'
    """
    prefix = f"{alias}." if alias else ""
    columns = [name for name in CHECKED[table] if among is None or name.strip('"') in among]
    return f"checksum({', '.join(prefix + column for column in columns)})"


def is_sound(**aliases: str) -> str:
    """SQL for whether rows are as they were written, 1 or 0.

    Args:
        aliases: for each table, the name that it has in the statement.
    """
    return " AND ".join(
        f"{alias}.checksum IS {checksum(table, alias)}" for table, alias in aliases.items()
    )


class CheckedRows:
    """Rows of several tables joined, each with all that its checksum is of: for many at once.

    SQLite calls a function of Python's for each row of each table, and makes each text for it anew;
    rows that are read anyway are checked here.

    Args:
        as_bytes: columns of text that are read as bytes, to be made text once they are checked.
        aliases: for each name of a table in the statement, the table.

    >>> rows = CheckedRows((), r="reading", s="sources")
    >>> rows.select
    'r.post, r.state, r.time, r.checksum, s.key, s.path, s.digest, s.format, s.encoding, s.checksum'
    >>> rows.places("r.state", "s.path")
    [1, 5]
    """

    def __init__(self, as_bytes: Collection[str], **aliases: str) -> None:
        self._names: list[str] = []
        self._spans: list[tuple[int, int]] = []
        for alias, table in aliases.items():
            start = len(self._names)
            self._names += [f"{alias}.{column}" for column in (*CHECKED[table], "checksum")]
            self._spans.append((start, len(self._names) - 1))
        self.select = ", ".join(
            f"CAST({name} AS BLOB)" if name in as_bytes else name for name in self._names
        )

    def places(self, *names: str) -> list[int]:
        """Where columns stand in a row."""
        return list(map(self._names.index, names))

    def are_sound(self, row: Sequence[Any]) -> bool:
        """Whether all rows that are joined in this one are as they were written."""
        return all(row[end] == row_checksum(*row[start:end]) for start, end in self._spans)


def expect_sound(sound: int | bool, path: str, what: str) -> None:
    """Go on only if a row is as it was written.

    Args:
        sound: what ``is_sound`` gave.
        path: the database.
        what: what was read, for the message.

    Raises:
        LibraryDamagedError: if it is not.
    """
    if not sound:
        raise LibraryDamagedError(
            Message(
                "{path}: damaged: {what} is not as it was written; 'blogkit doctor "
                "--repair' reads the library anew from what is whole",
                path=path,
                what=what,
            )
        )


def define(connection: sqlite3.Connection) -> None:
    """Let a connection know ``checksum``, and ``chars``: SQLite's ``length`` ends at a NUL."""
    connection.create_function("checksum", -1, row_checksum, deterministic=True)
    connection.create_function("chars", 1, len, deterministic=True)


def row_checksum(*values: str | int | float | bytes | None) -> int:
    """The checksum of a row's columns; a text may be given as its bytes.

    >>> row_checksum(1, "梯度", None) == row_checksum(1, "梯度".encode(), None)
    True
    """
    parts: list[bytes] = []
    for value in values:
        if value.__class__ is int:
            parts.append(_SIGNED_NUMBERS[value])
        elif value is None:
            parts.append(_NONE)
        else:
            data = _bytes_of(value)
            size = len(data)
            parts += data, _LENGTHS[size] if size < _MOST_LENGTHS else b"%d;" % size
    return zlib.crc32(b"".join(parts))


_NONE = b"\xffNone5;"
_MOST_LENGTHS = 64
_LENGTHS = [b"%d;" % size for size in range(_MOST_LENGTHS)]
"""What ends a column: its length, made once of those that most columns have."""


class _SignedNumbers(dict[int, bytes]):
    """Numbers with their length; the small ones, which most are, are kept."""

    def __missing__(self, value: int) -> bytes:
        number = b"\xff%d" % value  # no text begins so in UTF-8
        signed = b"%b%d;" % (number, len(number))
        if 0 <= value < 1 << 14:
            self[value] = signed
        return signed


_SIGNED_NUMBERS = _SignedNumbers()


def _bytes_of(value: str | float | bytes) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return value if isinstance(value, bytes) else b"\xff%s" % repr(value).encode()
