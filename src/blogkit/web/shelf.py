"""Libraries at hand for requests: one request uses one at a time.

A library's connection to SQLite and its view of the index belong to one user at a time. Requests
run in several threads, so each takes a library from the shelf and puts it back. One whose folder
was changed meanwhile, by another process or another request, is opened anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from blogkit.library.facade import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

Answer = TypeVar("Answer")


class Shelf:
    """The opened libraries of one folder.

    Args:
        folder: where the library lies.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._idle: deque[tuple[Library, int]] = deque()

    @contextmanager
    def library(self) -> Iterator[Library]:
        """A library that nobody else uses meanwhile, level with the folder."""
        library, generation = self._take()
        try:
            yield library
        except BaseException:
            library.close()
            raise
        self._idle.append((library, generation))

    def close(self) -> None:
        """Close the libraries that are not in use."""
        while self._idle:
            self._idle.pop()[0].close()

    def _take(self) -> tuple[Library, int]:
        while True:
            try:
                library, generation = self._idle.pop()
            except IndexError:
                library = Library.open(self.folder)
                return library, library.generation
            if library.generation == generation:
                return library, generation
            library.close()


class Kept(Generic[Answer]):
    """Answers of the library, kept until it changes.

    Args:
        most: how many are kept; the one unused longest goes first.
    """

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[int, Hashable], Answer] = OrderedDict()

    def get(
        self, library: Library, make: Callable[[Library], Answer], key: Hashable = None
    ) -> Answer:
        """The answer for this state of the library, made if it is not kept.

        Args:
            library: what answers.
            make: asks it.
            key: tells several answers apart.
        """
        known = self.known(library, key)
        if known is not None:
            return known
        answer = make(library)
        with self._lock:
            self._answers[library.generation, key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

    def known(self, library: Library, key: Hashable = None) -> Answer | None:
        """The answer for this state of the library, if it is kept."""
        whole_key = (library.generation, key)
        with self._lock:
            if whole_key in self._answers:
                self._answers.move_to_end(whole_key)
            return self._answers.get(whole_key)


class Awaited(Generic[Answer]):
    """An answer that takes long: made beside the requests, kept until the library changes.

    Args:
        shelf: gives the library to ask.
        make: asks it.
    """

    def __init__(self, shelf: Shelf, make: Callable[[Library], Answer]) -> None:
        self._shelf = shelf
        self._make = make
        self._lock = threading.Lock()
        self._asked_at = -1
        self._answer: Answer | None = None

    def get(self, library: Library) -> Answer | None:
        """The answer for this state of the library; None while it is being made."""
        generation = library.generation
        with self._lock:
            if generation != self._asked_at:
                self._asked_at, self._answer = generation, None
                worker = threading.Thread(target=self._work, args=(generation,), daemon=True)
                worker.start()
            return self._answer

    def _work(self, generation: int) -> None:
        try:
            with self._shelf.library() as library:
                answer = self._make(library)
        except BaseException:
            with self._lock:
                self._asked_at = -1  # so that the next request asks again
            raise
        with self._lock:
            if generation == self._asked_at:
                self._answer = answer
