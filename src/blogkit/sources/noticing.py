"""That something changed in some folders and files, as the operating system tells it.

What it was is found out by reading again; here it only counts that it may concern what is read.
This alone knows watchfiles.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.errors import LibraryError, MissingExtraError
from blogkit.language import Message
from blogkit.sources.passing import reason_by_name, reason_for_folder
from blogkit.sources.walk import below

if TYPE_CHECKING:
    from watchfiles import Change

    Wanted = Callable[[Change, str], bool]

QUIET_MS = 300
"""So long nothing must change before what changed is told: editors write a file in steps."""
MOST_MS = 3000
"""What changes without a pause is told after this time."""
_STEP_MS = 200
"""How often a thread looks whether it is to end."""


@dataclass(frozen=True, slots=True)
class Places:
    """What is watched."""

    folders: tuple[str, ...] = ()
    """Folders, with all that is below them; absolute."""
    files: tuple[str, ...] = ()
    """Single files elsewhere; absolute."""

    def identities(self) -> dict[str, tuple[int, int]]:
        """The folders to be watched that are there, by path: another of that name is another."""
        found = {}
        for folder in (*self.folders, *self._parents()):
            try:
                status = os.stat(folder)
            except OSError:
                continue
            found[folder] = status.st_dev, status.st_ino
        return found

    def watched(self, there: Iterable[str]) -> list[tuple[list[str], bool, Wanted]]:
        """Folders that are there, whether with all below, and which changes in them count."""
        known = set(there)
        deep = [folder for folder in self.folders if folder in known]
        flat = [folder for folder in self._parents() if folder in known]
        files = frozenset(self.files)
        groups: list[tuple[list[str], bool, Wanted]] = [
            (deep, True, lambda _, path: path in files or _may_be_read(path, deep)),
            (flat, False, lambda _, path: path in files),
        ]
        return [group for group in groups if group[0]]

    def _parents(self) -> list[str]:
        """The folders of the single files: an editor may put a new file in place of one."""
        return sorted({os.path.dirname(path) for path in self.files})


def _may_be_read(path: str, folders: list[str]) -> bool:
    """Whether a walk of one of the folders may come by a path."""
    for folder in below(path, folders):
        *inner, name = os.path.relpath(path, folder).split(os.sep)
        if not (reason_by_name(name) or any(map(reason_for_folder, inner))):
            return True
    return False


class Notices:
    """That something changed, asked for from one thread; used as a context.

    Args:
        left_alone: a folder whose changes do not count, such as that of the library.

    Raises:
        MissingExtraError: without the extra ``watch``.
    """

    def __init__(self, left_alone: str) -> None:
        try:
            import watchfiles
        except ModuleNotFoundError as error:
            raise MissingExtraError("watchfiles", "watch", "blogkit watch") from error
        self._watch = watchfiles.watch
        self._left_alone = [left_alone]
        self._followed: dict[str, tuple[int, int]] | None = None
        self._places = Places()
        self._told: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Notices:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def follow(self, places: Places) -> bool:
        """Watch these places from here on; whether they are others than before.

        When it is back, every later change of what is there will be told.
        """
        there = places.identities()
        if (places, there) == (self._places, self._followed):
            return False
        self._end()
        self._places, self._followed = places, there
        self._stop = threading.Event()
        ready = [self._start(*group) for group in places.watched(there)]
        for event in ready:
            event.wait()
        return True

    def wait(self, seconds: float) -> bool:
        """Whether something changes within this time; all that is told by then counts as one.

        Raises:
            LibraryError: if a place can't be watched.
        """
        try:
            told = [self._told.get(timeout=seconds)]
        except queue.Empty:
            return False
        while not self._told.empty():
            told.append(self._told.get())
        for error in filter(None, told):
            if isinstance(error, FileNotFoundError):
                self._followed = None  # it went while its watch began: look again
            else:
                raise LibraryError(
                    Message("a folder can't be watched: {reason}", reason=error)
                ) from error
        return True

    def _start(self, folders: list[str], is_deep: bool, wanted: Wanted) -> threading.Event:
        ready, stop = threading.Event(), self._stop

        def counts(change: Change, path: str) -> bool:
            return wanted(change, path) and not any(below(path, self._left_alone))

        def run() -> None:
            try:
                for changes in self._watch(
                    *folders, watch_filter=counts, recursive=is_deep, stop_event=stop,
                    debounce=MOST_MS, step=QUIET_MS, rust_timeout=_STEP_MS, yield_on_timeout=True,
                    raise_interrupt=False, ignore_permission_denied=True,
                ):  # fmt: skip
                    ready.set()
                    if changes:
                        self._told.put(None)
            except Exception as error:  # noqa: BLE001 (told to the thread that waits, which raises)
                self._told.put(error)
            finally:
                ready.set()

        thread = threading.Thread(target=run, name="noticing", daemon=True)
        thread.start()
        self._threads.append(thread)
        return ready

    def _end(self) -> None:
        self._stop.set()
        while self._threads:
            self._threads.pop().join()
