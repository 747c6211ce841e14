"""A damaged database read anew: what is whole is taken over, what follows from it is made again.

Sections, formulas, fingerprints and definitions follow from the copies, so that only these, their
sources and what a user said need to be read. A copy that is lost is read again from its file or
page, by the next sync of these, which is told by an empty digest.
"""

import os
import shutil
import sqlite3

from blogkit.errors import LibraryError
from blogkit.language import Message, in_list
from blogkit.library.fingerprinting import renew_fingerprints
from blogkit.library.intake import Intake
from blogkit.library.reports import Finding
from blogkit.store import checksums
from blogkit.store import words as stored_words
from blogkit.store.copying import remove_database
from blogkit.store.database import Database, expect_file, told
from blogkit.store.integrity import faults
from blogkit.store.salvage import Row, Wreck

_READ_FROM_FILES = ("copies", "sources", "pictures", "picture_data", "picture_references")
_MADE_AGAIN = (
    "library", "posts", "copies", "sources", "sections", "formulas", "fingerprints", "addresses",
    "definitions", "words", "removed_posts", "names", "citations", "checked", "doubts",
)  # fmt: skip
"""Tables that are not taken over row by row."""


def repair(path: str) -> list[Finding]:
    """Read a damaged database anew; nothing, and no findings, where it is sound.

    Args:
        path: ``library.db``. What it was is kept beside it, as ``library.db.damaged``.

    Raises:
        LibraryError: if there is none, or the folder can't be written.
    """
    expect_file(path)
    if not os.path.exists(path):
        raise LibraryError(Message("{path}: expected a library to repair, found none", path=path))
    wrong = _faults(path)
    if not wrong:
        return []
    fresh, kept = f"{path}.repairing", _free_name(f"{path}.damaged")
    try:
        _copy_whole(path, kept)
        remove_database(fresh)
        lost = _read_anew(kept, fresh)
        remove_database(path)
        os.replace(fresh, path)
    except OSError as error:
        raise LibraryError(
            Message("{path}: can't be repaired: {error}", path=path, error=error.strerror or error)
        ) from error
    message = Message(
        "{wrong}; read anew, what it was is kept in {kept}",
        wrong=wrong[0],
        kept=os.path.basename(kept),
    )
    findings = [Finding("damage", "repaired", message)]
    if lost:
        rows = in_list(
            Message("{count} or more of {table}", count=count, table=table)
            for table, count in sorted(lost.items())
        )
        findings.append(
            Finding(
                "lost rows",
                "repaired",
                Message(
                    "{rows}; files were read again where they are there, pages are by"
                    " 'blogkit sync --web'",
                    rows=rows,
                ),
            )
        )
    return findings


def _faults(path: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        checksums.define(connection)
        return faults(connection)
    finally:
        connection.close()


def _read_anew(wrecked: str, fresh: str) -> dict[str, int]:
    """Fill a new database from a damaged one; how many rows of which table were lost at least."""
    database = Database(fresh)
    try:
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        wreck = Wreck(wrecked, fresh)
        try:
            with told(fresh), database.writing() as generation:
                _take_over(wreck, database)
                _refresh(database, generation)
        finally:
            wreck.close()
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()
    return {table: count for table, count in wreck.lost.items() if table not in _FOLLOWING}


_FOLLOWING = (
    "sections", "formulas", "fingerprints", "addresses", "definitions", "posts", "removed_posts",
    "names", "citations", "checked", "doubts",
)  # fmt: skip
"""Tables whose lost rows are no loss."""


def _take_over(wreck: Wreck, database: Database) -> None:
    connection = database.connection
    for row in wreck.rows("sources"):
        _insert(connection, "sources", row)
    for row in wreck.rows("posts"):
        _insert(connection, "posts", {**row, "kept": None})
    for row in wreck.rows("copies"):
        _take_copy(connection, row)
    for row in wreck.rows("words"):
        if row["is_user"] == 1 and isinstance(row["word"], str):
            stored_words.put_user_word(database, row["word"], wanted=True, generation=1)
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        if table not in _MADE_AGAIN:
            for row in wreck.rows(table):
                _insert(connection, table, row)
            if table in checksums.CHECKED:
                _sign(connection, table)
    _read_again_what_lacks(connection, wreck)


def _take_copy(connection: sqlite3.Connection, row: Row) -> None:
    """A copy, with a source and a post where its own are lost."""
    number = row["id"]
    connection.execute(
        "INSERT OR IGNORE INTO sources (id, key, path, digest, format, encoding)"
        " VALUES (?, ?, NULL, '', 'program', 'utf-8')",
        (row["source"], f"post:recovered-{number!r}"),
    )
    connection.execute(
        "INSERT OR IGNORE INTO posts (number, id, generation, title, title_from, tags, categories)"
        " VALUES (?, ?, 0, '', 'text', '[]', '[]')",
        (row["post"], f"recovered-{number!r}"),
    )
    _insert(connection, "copies", row)


def _read_again_what_lacks(connection: sqlite3.Connection, wreck: Wreck) -> None:
    """Let sync read files and pages of which a copy may be lost: all, if it is not known which."""
    if any(map(wreck.lost.get, _READ_FROM_FILES)):
        connection.execute("UPDATE sources SET digest = '' WHERE path IS NOT NULL")
    for table in ("sources", "copies"):
        _sign(connection, table)


def _sign(connection: sqlite3.Connection, table: str) -> None:
    """Checksums anew: an older version's are of fewer columns; what is here has been compared."""
    connection.execute(f"UPDATE {table} SET checksum = {checksums.checksum(table)}")


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    """Put a row where it fits: what another row or a rule of the table forbids is left out, and so
    are columns that somebody else added."""
    known = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    values = {name: row[name] for (name,) in known if name in row}
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    try:
        connection.execute(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
        )
    except sqlite3.IntegrityError:
        # A reference to a row that is lost: this one means nothing without it.
        return


def _refresh(database: Database, generation: int) -> None:
    """Make what follows from the copies."""
    renew_fingerprints(database)
    intake = Intake(database, generation)
    numbers = database.connection.execute("SELECT number FROM posts ORDER BY number").fetchall()
    for (number,) in numbers:
        intake.renew(number)
    intake.finish()


def _free_name(path: str) -> str:
    number, name = 1, path
    while os.path.lexists(name):
        number += 1
        name = f"{path}-{number}"
    return name


def _copy_whole(path: str, target: str) -> None:
    shutil.copy2(path, target)
    if os.path.exists(f"{path}-wal"):
        shutil.copy2(f"{path}-wal", f"{target}-wal")
