"""A database copied to another file, and removed, with the files that SQLite keeps beside it."""

import os
import sqlite3


def copy_database(path: str, target: str) -> None:
    """Copy what was committed last to a new file, as it stands at one moment, down to the disk."""
    reading, writing = sqlite3.connect(path), sqlite3.connect(target)
    try:
        reading.backup(writing)
        # A single file, which needs no log beside it to be whole.
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        reading.close()
        writing.close()
    with open(target, "rb+") as file:
        os.fsync(file.fileno())


def remove_database(path: str) -> None:
    """Remove a database with the files beside it, where they are."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
