"""The rows of a damaged database that can still be read.

A damaged page ends a walk over a table, so that rows are read from both ends, and those between
one by one. What a checksum disproves is left out. Imports nothing that writes.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator

from blogkit.store import checksums
from blogkit.store.checksums import CHECKED, checksum
from blogkit.store.columns import LISTS, holds_list
from blogkit.store.schema import APPLICATION_ID, SCHEMA_VERSION

Row = dict[str, str | int | float | bytes | None]
"""A row by the names of its columns."""

_MOST_PROBED = 1_000_000
"""Rows between two damaged places that are asked for one by one."""


class Wreck:
    """A damaged database, opened as a copy whose header is set right.

    Args:
        path: the damaged file; it is left as it is.
        sound: a new, empty library, whose header says what is the same in all.
    """

    def __init__(self, path: str, sound: str) -> None:
        self._copy = f"{path}.opened"
        shutil.copy(path, self._copy)
        if os.path.exists(f"{path}-wal"):
            shutil.copy(f"{path}-wal", f"{self._copy}-wal")
        _mend_header(self._copy, sound)
        self._connection = sqlite3.connect(self._copy)
        checksums.define(self._connection)
        self.lost: dict[str, int] = {}

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table that are as they were written; the others are counted in ``lost``."""
        for row in self._readable(table):
            lists = LISTS.get(table, ())
            if row.pop("is_sound", 1) and all(holds_list(c, row[c]) for c in lists if c in row):
                yield row
            else:
                self._lose(table)

    def close(self) -> None:
        """Close and remove the copy."""
        self._connection.close()
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(self._copy + suffix):
                os.remove(self._copy + suffix)

    def _readable(self, table: str) -> Iterator[Row]:
        columns = self._columns(table)
        if not columns:
            self._lose(table)
            return
        key = "rowid" if self._has_rowid(table) else _primary_key(columns)
        asked = ", ".join(f'"{name}"' for name, _ in columns)
        names = {name for name, _ in columns}
        if "checksum" in names and table in CHECKED:
            asked += f", checksum IS {checksum(table, among=names)} AS is_sound"
        select = f"SELECT {key.split(',')[0]} AS walked_by, {asked} FROM {table} NOT INDEXED"
        seen = 0
        first: int | None = None
        last: int | None = None
        try:
            for row in self._walk(f"{select} ORDER BY {key}"):
                first = _number(row.pop("walked_by"))
                seen += 1
                yield row
            return
        except sqlite3.DatabaseError:
            self._lose(table)
        backwards = ", ".join(f"{part} DESC" for part in key.split(","))
        try:
            for row in self._walk(f"{select} ORDER BY {backwards}"):
                last = _number(row.pop("walked_by"))
                if first is not None and last is not None and last <= first:
                    return
                yield row
        except sqlite3.DatabaseError:
            pass
        if key == "rowid":
            yield from self._probe(select, first or 0, last)

    def _probe(self, select: str, after: int, before: int | None) -> Iterator[Row]:
        """Rows between two damaged places, each asked for by itself."""
        end = before if before is not None else after + _MOST_PROBED
        misses = 0
        for number in range(after + 1, min(end, after + _MOST_PROBED)):
            try:
                for row in self._walk(f"{select} WHERE rowid = {number}"):
                    row.pop("walked_by")
                    misses = 0
                    yield row
            except sqlite3.DatabaseError:
                misses += 1
                if before is None and misses > 10_000:
                    return

    def _walk(self, statement: str) -> Iterator[Row]:
        cursor = self._connection.execute(statement)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield dict(zip(names, values, strict=True))

    def _columns(self, table: str) -> list[tuple[str, int]]:
        """Names of the columns, each with its place in the primary key, 0 if it has none."""
        try:
            return self._connection.execute(
                "SELECT name, pk FROM pragma_table_info(?)", (table,)
            ).fetchall()
        except sqlite3.DatabaseError:
            return []

    def _has_rowid(self, table: str) -> bool:
        try:
            self._connection.execute(f"SELECT rowid FROM {table} LIMIT 0")
        except sqlite3.OperationalError:
            return False
        return True

    def _lose(self, table: str) -> None:
        self.lost[table] = self.lost.get(table, 0) + 1


def _primary_key(columns: list[tuple[str, int]]) -> str:
    places = sorted((place, name) for name, place in columns if place)
    return ",".join(f'"{name}"' for _, name in places)


def _number(value: str | int | float | bytes | None) -> int | None:
    return value if isinstance(value, int) else None


def _mend_header(path: str, sound: str) -> None:
    """Set right what is the same in every library: the places are those of SQLite's format, 1.3."""
    with open(sound, "rb") as file:
        size = int.from_bytes(file.read(18)[16:18], "big")
        file.seek(0)
        first_page = file.read(size)
    with open(path, "rb+") as file:
        head = bytearray(file.read(100).ljust(100, b"\0"))
        if not 1 <= int.from_bytes(head[60:64], "big") <= SCHEMA_VERSION:
            head[60:64] = SCHEMA_VERSION.to_bytes(4, "big")
        for start, end in ((0, 24), (44, 48), (56, 60)):
            head[start:end] = first_page[start:end]
        head[68:72] = APPLICATION_ID.to_bytes(4, "big")
        file.seek(0)
        file.write(head)
    if not _has_tables(path):
        _put_first_page(path, bytearray(first_page))


def _has_tables(path: str) -> bool:
    connection = sqlite3.connect(path)
    try:
        return bool(connection.execute("SELECT 1 FROM sqlite_schema").fetchall())
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _put_first_page(path: str, page: bytearray) -> None:
    """Put a new library's list of tables: tables are made in one order, so lie in one place.

    Where they do not, because an older version made the library, no row has the right checksum.
    """
    page[24:28] = (1).to_bytes(4, "big")  # unlike 92:96: the size is taken from the file
    page[92:96] = bytes(4)
    page[32:40] = bytes(8)  # no free pages
    with open(path, "rb+") as file:
        file.write(page)
