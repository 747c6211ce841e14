"""A copy of the database while others go on using it, whole or not at all."""

import os
import sqlite3

from blogkit.errors import LibraryDamagedError, LibraryError
from blogkit.language import Message
from blogkit.store import checksums
from blogkit.store.copying import copy_database, remove_database
from blogkit.store.database import Database, new_identity, told
from blogkit.store.integrity import faults
from blogkit.store.schema import APPLICATION_ID


def back_up(database: Database, target: str) -> int:
    """Write the database to a file, checked, in place of an earlier backup; its size in bytes.

    The copy is a library of its own, with a name of its own: put as ``library.db`` into a folder
    it is opened as it is, and no index of the original is taken for its own.

    Raises:
        LibraryError: if the file can't be written, or is there and no backup.
        LibraryDamagedError: if what was copied is not sound; an earlier backup is kept then.
    """
    _expect_replaceable(target)
    part = f"{target}.{os.getpid()}.part"
    try:
        with told(target):
            copy_database(database.path, part)
            _check(part, database.path)
        os.replace(part, target)
    except OSError as error:
        raise LibraryError(
            Message("{target}: can't be written: {error}", target=target, error=error.strerror)
        ) from error
    finally:
        remove_database(part)
    return os.path.getsize(target)


def _expect_replaceable(target: str) -> None:
    if not os.path.lexists(target):
        return
    try:
        with open(target, "rb") as file:
            head = file.read(72)
    except OSError as error:
        raise LibraryError(
            Message("{target}: can't be written: {error}", target=target, error=error.strerror)
        ) from error
    # The application id stands at byte 68 (https://www.sqlite.org/fileformat.html, 1.3).
    if head[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise LibraryError(
            Message(
                "{target}: expected no file or an earlier backup, found another file; name "
                "another one",
                target=target,
            )
        )


def _check(path: str, original: str) -> None:
    copy = sqlite3.connect(path)
    try:
        checksums.define(copy)
        found = faults(copy)
        if found:
            raise LibraryDamagedError(
                Message(
                    "{original}: damaged, no backup was made: {found}; 'blogkit doctor "
                    "--repair' reads the library anew from what is whole",
                    original=original,
                    found=found[0],
                )
            )
        with copy:
            copy.execute("UPDATE library SET id = ?", (new_identity(),))
    finally:
        copy.close()
