"""Formulas checked while somebody reads: in the background, a post at a time.

Checking takes seconds, a page must not. What is asked for is put on a list, one thread works
through it, what was asked last comes first, and what is known is kept until the library changes.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.errors import BlogkitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogkit.check.reports import CheckedFormula, CheckReport
    from blogkit.web.shelf import Shelf

STATEMENT_SECONDS = 5.0
"""How long one statement may take."""

WORST_FIRST = ("refuted", "problem", "undecided", "measured", "supported", "proved")
"""What a formula is marked with, if several things are to be said of it."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a post's formulas."""

    report: CheckReport | None
    """What was found; None while it is not known."""
    failure: str = ""
    """Why nothing can be known; empty if something can."""

    @property
    def is_done(self) -> bool:
        """Whether waiting longer is of no use."""
        return self.report is not None or bool(self.failure)


class Checks:
    """The checks of a library, made in the background.

    Args:
        shelf: gives libraries to ask.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: dict[str, State] = {}
        self._wanted: list[str] = []
        self._generation = -1
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def ask(self, post_id: str, generation: int) -> State:
        """What is known of a post; what is not known yet is then worked on next.

        Args:
            post_id: the post.
            generation: the state of the library.
        """
        with self._change:
            self._forget_older(generation)
            if post_id not in self._known:
                self._want([post_id])
            return self._known.get(post_id, State(None))

    def ask_all(self, post_ids: Iterable[str], generation: int) -> None:
        """Have all these posts checked, in this order."""
        with self._change:
            self._forget_older(generation)
            ids = list(post_ids)
            self._want([i for i in reversed(ids) if i not in self._known and i not in self._wanted])

    def known(self, generation: int) -> dict[str, State]:
        """What is known by now, by post."""
        with self._change:
            self._forget_older(generation)
            return dict(self._known)

    def waiting(self) -> int:
        """How many posts are still to be checked."""
        with self._change:
            return len(self._wanted)

    def close(self) -> None:
        """Take up nothing more."""
        with self._change:
            self._is_closed = True
            self._wanted.clear()
            self._change.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=STATEMENT_SECONDS)

    def _forget_older(self, generation: int) -> None:
        if generation != self._generation:
            self._generation = generation
            self._known.clear()

    def _want(self, post_ids: list[str]) -> None:
        """Put posts on the list, the last of them to be taken up first."""
        self._wanted = [i for i in self._wanted if i not in post_ids] + post_ids
        if self._thread is None and self._wanted and not self._is_closed:
            self._thread = threading.Thread(target=self._work, name="checks", daemon=True)
            self._thread.start()
        self._change.notify_all()

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._wanted or self._is_closed)
                if self._is_closed:
                    return
                post_id, generation = self._wanted[-1], self._generation
            state = self._check(post_id)
            with self._change:
                if generation == self._generation:
                    self._known[post_id] = state
                    self._wanted = [i for i in self._wanted if i != post_id]
                self._change.notify_all()

    def _check(self, post_id: str) -> State:
        try:
            with self._shelf.library() as library:
                return State(library.check(post_id, seconds=STATEMENT_SECONDS))
        except BlogkitError as error:
            return State(None, error.text)


def mark_of(formula: CheckedFormula) -> str:
    """The one word for a formula: the worst that is said of it; empty if it states nothing."""
    said: set[str] = {statement.verdict for statement in formula.statements}
    if formula.has_faults:
        said.add("problem")
    return next((word for word in WORST_FIRST if word in said), "")
