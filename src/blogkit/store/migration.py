"""An older database brought to this version: with a backup, in one transaction.

Imported only where there is something to do.
"""

from __future__ import annotations

import os
import sqlite3

from blogkit.errors import LibraryError, SchemaVersionError
from blogkit.language import Message
from blogkit.store import citations
from blogkit.store.copying import copy_database, remove_database
from blogkit.store.schema import MIGRATIONS, SCHEMA_VERSION, statements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.store.database import Database


def migrate(database: Database) -> None:
    """Bring a database to SCHEMA_VERSION; what it was is kept in ``library.db.schema-N``.

    Of two processes that try at once, the second waits and finds it done.

    Raises:
        SchemaVersionError: if it can't be brought to this version; it is as it was then.
    """
    with database.locked():
        (version,) = database.connection.execute("PRAGMA user_version").fetchone()
        if version == SCHEMA_VERSION:
            return
        _keep(database, version)
        citations.define(database.connection)
        try:
            for script in MIGRATIONS[version - 1 :]:
                for statement in statements(script):
                    database.connection.execute(statement)
        except sqlite3.Error as error:
            raise SchemaVersionError(
                Message(
                    "{path}: can't be brought from schema {version} to {newest}: "
                    "{error}; it is as it was",
                    path=database.path,
                    version=version,
                    newest=SCHEMA_VERSION,
                    error=error,
                )
            ) from error
        database.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def backup_path(database: Database, version: int) -> str:
    """Where the database of an older version is kept."""
    return f"{database.path}.schema-{version}"


def _keep(database: Database, version: int) -> None:
    kept = backup_path(database, version)
    part = f"{kept}.part"
    try:
        remove_database(part)
        copy_database(database.path, part)
        os.replace(part, kept)
    except (OSError, sqlite3.Error) as error:
        remove_database(part)
        raise LibraryError(
            Message(
                "{kept}: can't be written, and without this backup the library is not "
                "brought to schema {newest}: {error}",
                kept=kept,
                newest=SCHEMA_VERSION,
                error=error,
            )
        ) from error
