"""A library that may be read and not written: in a read-only folder, or another user's.

SQLite's write-ahead log wants a file beside the database even to read. Where none can be made,
nobody can be writing either, and the database is read as a file that does not change. Imported
only where opening it failed.
"""

import os
import sqlite3
from urllib.parse import quote

from blogkit.language import Message

_CANT_OPEN = ("readonly", "unable to open")


def is_unwritable(path: str, error: sqlite3.OperationalError) -> bool:
    """Whether SQLite could not open the file for want of a right to write."""
    is_there = os.access(path, os.R_OK)
    return is_there and any(word in str(error) for word in _CANT_OPEN)


def connect_to_read(path: str) -> sqlite3.Connection:
    """A connection that reads: with the log of the process that writes, or without any log.

    Raises:
        sqlite3.OperationalError: if there is a log that can't be read without writing.
    """
    try:
        return _connect(path, "mode=ro")
    except sqlite3.OperationalError:
        log = f"{path}-wal"
        if os.path.exists(log) and os.path.getsize(log):
            raise
        return _connect(path, "mode=ro&immutable=1")


def _connect(path: str, options: str) -> sqlite3.Connection:
    made = sqlite3.connect(
        f"file:{quote(path)}?{options}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        made.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        made.close()
        raise
    return made


def why_not_opened(path: str) -> str:
    """What the system says against opening a file, as SQLite does not tell."""
    try:
        with open(path, "rb"):
            pass
    except FileNotFoundError:
        return Message("there is none, and none can be made in this folder")
    except OSError as error:
        return error.strerror or str(error)
    if os.path.exists(f"{path}-wal"):
        return Message(
            "what was written last is in {path}-wal, which can't be merged without "
            "writing; open the library once where it may be written",
            path=path,
        )
    return Message("expected a folder and files that may be read")
