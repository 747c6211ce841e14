"""What is wrong with a database: its pages, its references, its rows."""

import sqlite3

from blogkit.language import Message
from blogkit.store import citations, interruption
from blogkit.store.checksums import CHECKED, checksum, define
from blogkit.store.columns import LISTS, holds_list
from blogkit.store.schema import FIRST_TABLES, MIGRATIONS, SCHEMA_VERSION

_FAULTS_TOLD = 20


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, in words; at most some twenty of each kind.

    Cost: reads the whole file.
    """
    try:
        found = _pages(connection)
        # Rows are read by the order of pages; where that is broken, more would be noise.
        return found or [
            *_foreign(connection),
            *_references(connection),
            *_rows(connection),
            *_lists(connection),
        ]
    except sqlite3.DatabaseError as error:
        interruption.raise_if_noted()
        return [str(error)]


def _pages(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(f"PRAGMA integrity_check({_FAULTS_TOLD})").fetchall()
    return [str(row[0]) for row in rows if row[0] != "ok"]


def _foreign(connection: sqlite3.Connection) -> list[str]:
    """What a library of this version has not, or lacks; nothing of a library of an older one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA_VERSION:
        return []
    found, expected = _shape(connection), _expected_shape()
    return [
        *(
            Message("the {kind} '{name}' is none of blogkit's", kind=kind, name=name)
            for kind, name, _ in sorted(found - expected)[:_FAULTS_TOLD]
        ),
        *(
            Message("the {kind} '{name}' is missing, or another", kind=kind, name=name)
            for kind, name, _ in sorted(expected - found)[:_FAULTS_TOLD]
        ),
    ]


def _expected_shape() -> frozenset[tuple[str, str, tuple[str, ...]]]:
    """The shape of a new library."""
    connection = sqlite3.connect(":memory:")
    try:
        define(connection)
        citations.define(connection)
        for script in (FIRST_TABLES, *MIGRATIONS):
            connection.executescript(script)
        return _shape(connection)
    finally:
        connection.close()


def _shape(connection: sqlite3.Connection) -> frozenset[tuple[str, str, tuple[str, ...]]]:
    """Kind and name of all that is made in a database; of tables and indexes, the columns too."""
    rows = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    info = {"table": "pragma_table_xinfo", "index": "pragma_index_xinfo"}
    return frozenset(
        (kind, name, tuple(_columns_of(connection, info[kind], name)) if kind in info else ())
        for kind, name in rows
    )


def _columns_of(connection: sqlite3.Connection, info: str, name: str) -> list[str]:
    rows = connection.execute(f"SELECT name FROM {info}(?) ORDER BY 1", (name,))
    return [str(column) for (column,) in rows]


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


def _lists(connection: sqlite3.Connection) -> list[str]:
    """Columns that hold no list although their row's checksum agrees."""
    found: list[str] = []
    for table, columns in LISTS.items():
        for column in sorted(_columns(connection, table).intersection(columns)):
            values = connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT '[]'")
            count = sum(not holds_list(column, value) for (value,) in values)
            if count:
                found.append(
                    Message(
                        "{count} rows of {table} have no list in {column}",
                        count=count,
                        table=table,
                        column=column,
                    )
                )
    return found


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return {name for (name,) in rows}
