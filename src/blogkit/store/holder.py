"""Who is writing to a library: a note beside the database, for the one who waits in vain.

The lock itself is SQLite's, and ends with the process that holds it. The note only names that
process; one that was left behind is never read, for nobody waits then.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time

from blogkit.language import Message


class Holder:
    """The note of the process that writes to a database.

    Args:
        path: the database.
    """

    def __init__(self, path: str) -> None:
        self._path = f"{path}-writer"

    def sign(self) -> None:
        """Say that this process writes now; where that can't be written, it is left out."""
        command = " ".join([os.path.basename(sys.argv[0]), *sys.argv[1:]])[:200]
        note = {"pid": os.getpid(), "command": command, "since": time.strftime("%H:%M:%S")}
        with contextlib.suppress(OSError), open(self._path, "w", encoding="utf-8") as file:
            json.dump(note, file)

    def leave(self) -> None:
        """Take the note away."""
        with contextlib.suppress(OSError):
            os.remove(self._path)

    def named(self) -> str:
        """Who holds the lock, as the middle of a sentence; nothing where it is not known."""
        try:
            with open(self._path, encoding="utf-8") as file:
                note = json.load(file)
            return Message(
                ": process {pid} ('{command}', since {since})",
                pid=note["pid"],
                command=note["command"],
                since=note["since"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return ""
