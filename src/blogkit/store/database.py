"""The connection: opening, transactions, and SQLite's errors told as blogkit's.

Every change goes through ``writing``: one transaction, all of it or nothing, which also raises the
library's generation, so that the index knows that it is behind. What no index reflects, the state
of study, goes through ``noting``. Each thread has a connection of its own, so that none reads what
another has not committed.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from _thread import get_ident

from blogkit.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    SchemaVersionError,
)
from blogkit.language import Message
from blogkit.store import checksums, interruption, packing
from blogkit.store.schema import (
    APPLICATION_ID,
    FIRST_TABLES,
    MIGRATIONS,
    SCHEMA_VERSION,
    statements,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 10.0
"""How long a writer waits for another before it gives up."""

WRITING_CACHE_KIB = 128 * 1024
"""Memory for pages while a transaction writes: fingerprints are looked up and put all over."""

LARGE_LOG_BYTES = 16 * 2**20
"""A write-ahead log of this size is emptied once what it holds is committed."""

_CANT_WRITE = ("readonly", "read-only")
_WRITE_FAILED = frozenset(
    f"SQLITE_IOERR_{what}"
    for what in ("WRITE", "FSYNC", "DIR_FSYNC", "TRUNCATE", "SHMOPEN", "SHMSIZE", "SHMMAP")
)
"""What SQLite calls a write that the system refused; the file holds what it held."""
_DAMAGED = ("malformed", "not a database", "disk I/O error", "unsupported file format")


class Database:
    """An open ``library.db``.

    Args:
        path: the file; made, with its tables, where it is missing.

    Raises:
        LibraryError: if it can't be opened, or is no library.
        LibraryDamagedError: if SQLite can't read it.
        SchemaVersionError: if a newer version of blogkit wrote it.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._connections: dict[int, sqlite3.Connection] = {}
        self._written: set[int] = set()
        self._is_unwritable = False
        self._is_closed = False
        expect_file(path)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def is_writable(self) -> bool:
        """Whether it may be changed; else it is read as it lies there."""
        return not self._is_unwritable

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        return self._connections.get(get_ident()) or self._connect()

    def _connect(self) -> sqlite3.Connection:
        if self._is_closed:
            raise LibraryError(Message("{path}: is closed; open the library again", path=self.path))
        if self._is_unwritable:
            from blogkit.store.unwritable import connect_to_read

            made = connect_to_read(self.path)
        else:
            made = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        self._connections[get_ident()] = made
        checksums.define(made)
        packing.define(made)
        made.execute("PRAGMA foreign_keys = ON")
        made.execute("PRAGMA trusted_schema = OFF")
        return made

    def _prepare(self) -> None:
        with told(self.path):
            version = self._version()
            if version > SCHEMA_VERSION:
                raise SchemaVersionError(
                    Message(
                        "{path}: expected schema {newest} or older, found {version}; open "
                        "it with the version of blogkit that wrote it, or a newer one",
                        path=self.path,
                        newest=SCHEMA_VERSION,
                        version=version,
                    )
                )
            if version == 0:
                self._create()
            (application,) = self.connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise LibraryError(
                    Message("{path}: is an SQLite file, but no library of blogkit", path=self.path)
                )
            self._refuse_what_acts()
            if 0 < version < SCHEMA_VERSION:
                from blogkit.store.migration import migrate

                migrate(self)

    def _refuse_what_acts(self) -> None:
        """Raise LibraryError for a trigger or a view: it would act as the library is used."""
        found = self.connection.execute(
            "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1"
        ).fetchone()
        if found:
            raise LibraryError(
                Message(
                    "{path}: has the {kind} '{name}', which no library of blogkit has: somebody "
                    "else put it there; 'blogkit doctor --repair' reads the library anew without "
                    "it",
                    path=self.path,
                    kind=found[0],
                    name=found[1],
                )
            )

    def _version(self) -> int:
        """Version of the schema; a file that can't be written is opened for reading only."""
        try:
            (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.OperationalError as error:
            from blogkit.store.unwritable import is_unwritable

            if not is_unwritable(self.path, error):
                raise
            self._disconnect()
            self._is_unwritable = True
            (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    def _create(self) -> None:
        """Make the tables; of two processes that try at once, the second finds them made."""
        execute = self.connection.execute
        (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if not tables:
            execute("PRAGMA journal_mode = WAL")
        with self.locked():
            (version,) = execute("PRAGMA user_version").fetchone()
            (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if version == 0 and tables:
                raise LibraryError(
                    Message("{path}: is an SQLite file, but no library of blogkit", path=self.path)
                )
            if version == 0:
                from blogkit.store import citations

                citations.define(self.connection)
                for script in (FIRST_TABLES, *MIGRATIONS):
                    for statement in statements(script):
                        execute(statement)
                execute("INSERT INTO library (id, generation) VALUES (?, 0)", (new_identity(),))
                execute(f"PRAGMA application_id = {APPLICATION_ID}")
                execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing; what is written here is one transaction.

        Raises:
            LibraryBusyError: if another process keeps writing for BUSY_SECONDS; it says which.
        """
        from blogkit.store.holder import Holder

        if self._is_unwritable:
            raise _cant_write(self.path)
        holder = Holder(self.path)
        with told(self.path):
            try:
                self.connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
                raise LibraryBusyError(
                    Message(
                        "{path}: another process has been writing for {seconds:.0f} s{holder}; "
                        "wait until it is done, and try again",
                        path=self.path,
                        seconds=BUSY_SECONDS,
                        holder=holder.named(),
                    )
                ) from error
            holder.sign()
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk was full.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                holder.leave()

    @contextlib.contextmanager
    def writing(self) -> Iterator[int]:
        """One transaction; gives the new generation, which counts only if something changed.

        Raises:
            LibraryBusyError: if another process keeps writing for BUSY_SECONDS.
        """
        execute = self.connection.execute
        execute(f"PRAGMA cache_size = -{WRITING_CACHE_KIB}")
        with self.locked():
            changes, generation = self.connection.total_changes, self.generation() + 1
            yield generation
            has_changed = self.connection.total_changes > changes
            if has_changed:
                execute("UPDATE library SET generation = generation + 1")
        if has_changed:
            self._written.add(generation)
        self._empty_large_log()

    def _empty_large_log(self) -> None:
        """Put a large log into the database and cut it off, unless somebody reads from it.

        SQLite would keep its size, which is that of the largest transaction, on the disk.
        """
        log = f"{self.path}-wal"
        if not os.path.exists(log) or os.path.getsize(log) < LARGE_LOG_BYTES:
            return
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")

    def has_written(self, generation: int) -> bool:
        """Whether a generation was made by this object, and so by this version of blogkit."""
        return generation in self._written

    @contextlib.contextmanager
    def noting(self) -> Iterator[None]:
        """One transaction for what no index reflects: the generation stays.

        Raises:
            LibraryBusyError: if another process keeps writing for BUSY_SECONDS.
        """
        with self.locked():
            yield

    def generation(self) -> int:
        """How many times the library was changed."""
        return self.state()[1]

    def state(self) -> tuple[str, int]:
        """A name that no other library has, and how many times the library was changed."""
        name, number = self.connection.execute("SELECT id, generation FROM library").fetchone()
        return str(name), int(number)

    def close(self) -> None:
        """Close the file; harmless when it is closed already, and it stays closed."""
        self._is_closed = True
        self._disconnect()

    def _disconnect(self) -> None:
        while self._connections:
            self._connections.popitem()[1].close()


def expect_file(path: str) -> None:
    """Nothing, if a file lies there, or nothing does.

    Raises:
        LibraryError: if something else does, which SQLite would wait for or call damaged.
    """
    if os.path.lexists(path) and not os.path.isfile(path):
        raise LibraryError(
            Message(
                "{path}: expected a file, found a folder, a pipe, or a link that leads nowhere; "
                "move it away, or name another library",
                path=path,
            )
        )


@contextlib.contextmanager
def told(path: str) -> Iterator[None]:
    """SQLite's errors, as blogkit's, with the file's name; and what no row of blogkit's holds."""
    try:
        yield
    except checksums.ColumnError as error:
        raise LibraryDamagedError(
            Message(
                "{path}: damaged: {reason}; 'blogkit doctor --repair' reads the library anew "
                "from what is whole",
                path=path,
                reason=error.args[0],
            )
        ) from error
    except sqlite3.DatabaseError as error:
        interruption.raise_if_noted()
        raise _as_ours(path, error) from error


def _as_ours(path: str, error: sqlite3.DatabaseError) -> LibraryError:
    reason = str(error)
    if _is_busy(error):
        return LibraryBusyError(
            Message(
                "{path}: another process has been writing for {seconds:.0f} s; wait "
                "until it is done, and try again",
                path=path,
                seconds=BUSY_SECONDS,
            )
        )
    if "full" in reason:
        return LibraryError(
            Message(
                "{path}: the disk is full; nothing was changed: make room, and try again", path=path
            )
        )
    if getattr(error, "sqlite_errorname", "") in _WRITE_FAILED:
        return LibraryError(
            Message(
                "{path}: can't be written: a limit on the size of files, a quota or the disk "
                "refused it; nothing was changed",
                path=path,
            )
        )
    if any(word in reason for word in _CANT_WRITE):
        return _cant_write(path)
    if "unable to open" in reason:
        from blogkit.store.unwritable import why_not_opened

        return LibraryError(
            Message(
                "{path}: can't be opened: {reason}",
                path=path,
                reason=why_not_opened(path),
            )
        )
    is_damage = not isinstance(error, sqlite3.OperationalError) or any(
        word in reason for word in _DAMAGED
    )
    if is_damage and not isinstance(error, sqlite3.IntegrityError):
        return LibraryDamagedError(
            Message(
                "{path}: damaged, or no library: {reason}; 'blogkit doctor --repair' reads "
                "the library anew from what is whole",
                path=path,
                reason=reason,
            )
        )
    return LibraryError(f"{path}: {reason}")


def _cant_write(path: str) -> LibraryError:
    return LibraryError(
        Message(
            "{path}: can't be written; nothing was changed: expected a folder and files "
            "that may be written",
            path=path,
        )
    )


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def new_identity() -> str:
    """A name for a library that no other has."""
    return os.urandom(8).hex()
