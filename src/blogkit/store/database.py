"""The connection: opening, versions, transactions.

Every change goes through ``writing``: one transaction, all of it or nothing, which also raises the
library's generation, so that the index knows that it is behind. What no index reflects, the state
of study, goes through ``noting``.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator

from blogkit.errors import LibraryBusyError, LibraryError, SchemaVersionError
from blogkit.store.schema import APPLICATION_ID, MIGRATIONS, SCHEMA, SCHEMA_VERSION

BUSY_SECONDS = 10.0
"""How long a writer waits for another before it gives up."""

WRITING_CACHE_KIB = 128 * 1024
"""Memory for pages while a transaction writes: fingerprints are looked up and put all over."""


class Database:
    """An open ``library.db``.

    Args:
        path: the file; made, with its tables, where it is missing.

    Raises:
        LibraryError: if it can't be opened, or is no library.
        SchemaVersionError: if another version of blogkit wrote it.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._depth = 0
        try:
            self.connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise LibraryError(f"{path}: can't be opened: {error}") from error
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        with told(self.path):
            execute = self.connection.execute
            (version,) = execute("PRAGMA user_version").fetchone()
            if version == 0:
                self._create()
            elif version in MIGRATIONS:
                self._migrate()
            elif version != SCHEMA_VERSION:
                raise SchemaVersionError(
                    f"{self.path}: expected schema {SCHEMA_VERSION}, found {version}; "
                    "open it with the version of blogkit that wrote it"
                )
            (application,) = execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise LibraryError(f"{self.path}: is an SQLite file, but no library of blogkit")
            execute("PRAGMA foreign_keys = ON")
            execute("PRAGMA synchronous = NORMAL")

    def _create(self) -> None:
        """Make the tables; of two processes that try at once, the second finds them made."""
        execute = self.connection.execute
        execute("PRAGMA journal_mode = WAL")
        execute("BEGIN IMMEDIATE")
        try:
            (version,) = execute("PRAGMA user_version").fetchone()
            (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if version == 0 and tables:
                raise LibraryError(f"{self.path}: is an SQLite file, but no library of blogkit")
            if version == 0:
                for statement in _statements(SCHEMA):
                    execute(statement)
                execute("INSERT INTO library VALUES (?, 0)", (os.urandom(8).hex(),))
                execute(f"PRAGMA application_id = {APPLICATION_ID}")
                execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            execute("COMMIT")
        except BaseException:
            execute("ROLLBACK")
            raise

    def _migrate(self) -> None:
        """Bring an older database to this version, in one transaction."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            (application,) = execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise LibraryError(f"{self.path}: is an SQLite file, but no library of blogkit")
            (version,) = execute("PRAGMA user_version").fetchone()
            for older in range(version, SCHEMA_VERSION):
                for statement in _statements(MIGRATIONS[older]):
                    execute(statement)
            execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            execute("COMMIT")
        except BaseException:
            execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def writing(self) -> Iterator[int]:
        """One transaction; gives the new generation, which counts only if something changed.

        Raises:
            LibraryBusyError: if another process keeps writing for BUSY_SECONDS.
        """
        with self.noting():
            changes = self.connection.total_changes
            yield self.generation() + 1
            if self.connection.total_changes > changes:
                self.connection.execute("UPDATE library SET generation = generation + 1")

    @contextlib.contextmanager
    def noting(self) -> Iterator[None]:
        """One transaction for what no index reflects: the generation stays.

        Raises:
            LibraryBusyError: if another process keeps writing for BUSY_SECONDS.
        """
        with told(self.path):
            self.connection.execute(f"PRAGMA cache_size = -{WRITING_CACHE_KIB}")
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise

    def generation(self) -> int:
        """How many times the library was changed."""
        (number,) = self.connection.execute("SELECT generation FROM library").fetchone()
        return int(number)

    def identity(self) -> str:
        """A name that no other library has."""
        (name,) = self.connection.execute("SELECT id FROM library").fetchone()
        return str(name)

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file and with the references in it."""
        with told(self.path):
            rows = self.connection.execute("PRAGMA integrity_check").fetchall()
            faults = [str(row[0]) for row in rows if row[0] != "ok"]
            for table, row, parent, _ in self.connection.execute("PRAGMA foreign_key_check"):
                faults.append(f"row {row} of {table} refers to no row of {parent}")
        return faults

    def close(self) -> None:
        """Close the file; harmless when it is closed already."""
        self.connection.close()


@contextlib.contextmanager
def told(path: str) -> Iterator[None]:
    """SQLite's errors, as blogkit's, with the file's name."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise LibraryBusyError(
                f"{path}: another process has been writing for {BUSY_SECONDS:.0f} s; try again"
            ) from error
        raise LibraryError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{path}: damaged, or no library: {error}") from error


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
