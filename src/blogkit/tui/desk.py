"""What the screens ask: the facades of one library, and a second one for what takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from blogkit.library.facade import Library
from blogkit.notes import Notes
from blogkit.study import Study

if TYPE_CHECKING:
    from asyncio import Future

Answer = TypeVar("Answer")


class Desk:
    """A library with what studies it and what is noted of it.

    Args:
        library: an open library; only the thread of the screens uses it.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.study = Study(library)
        self.notes = Notes(library)
        self._thread = ThreadPoolExecutor(1, "beside")
        self._other: Library | None = None

    def beside(self, ask: Callable[[Library], Answer]) -> Future[Answer]:
        """Ask beside the screens, which go on: one question after another.

        Args:
            ask: is given the library, opened once more.
        """
        return asyncio.get_running_loop().run_in_executor(self._thread, self._ask, ask)

    def _ask(self, ask: Callable[[Library], Answer]) -> Answer:
        if self._other is None:
            self._other = Library.open(self.library.folder)
        return ask(self._other)

    def close(self) -> None:
        """Ask nothing more beside; what is being asked comes to its end by itself."""
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._other is not None:
            self._other.close()
