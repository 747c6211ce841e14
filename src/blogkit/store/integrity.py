"""What is wrong with a database: its pages, its references, its rows."""

import sqlite3

from blogkit.language import Message
from blogkit.store.checksums import CHECKED, checksum

_FAULTS_TOLD = 20


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, in words; at most some twenty of each kind.

    Cost: reads the whole file.
    """
    try:
        found = _pages(connection)
        # Rows are read by the order of pages; where that is broken, more would be noise.
        return found or [*_references(connection), *_rows(connection)]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def _pages(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(f"PRAGMA integrity_check({_FAULTS_TOLD})").fetchall()
    return [str(row[0]) for row in rows if row[0] != "ok"]


def _references(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_FAULTS_TOLD)
    return [
        Message(
            "row {row} of {table} refers to no row of {parent}", row=row, table=table, parent=parent
        )
        for table, row, parent, _ in rows
    ]


def _rows(connection: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    for table in CHECKED:
        columns = _columns(connection, table)
        if "checksum" not in columns:  # of an older version, not yet brought on
            continue
        (count,) = connection.execute(
            f"SELECT count(*) FROM {table} WHERE checksum IS NOT {checksum(table, among=columns)}"
        ).fetchone()
        if count:
            found.append(
                Message(
                    "{count} rows of {table} are not as they were written", count=count, table=table
                )
            )
    return found


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return {name for (name,) in rows}
