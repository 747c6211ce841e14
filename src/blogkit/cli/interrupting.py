"""Ctrl-C noted before it is raised, so that it is told from damage where SQLite swallows it."""

from __future__ import annotations

from blogkit.store import interruption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from signal import SIGINT, default_int_handler, getsignal, signal
else:
    # ``signal`` itself makes enumerations, for milliseconds of every start.
    from _signal import SIGINT, default_int_handler, getsignal, signal


class NotedInterruption:
    """A context in which Ctrl-C is noted; nothing where signals are handled otherwise.

    A class: ``contextlib`` is not loaded by a search.
    """

    def __enter__(self) -> None:
        interruption.note(False)
        self._is_ours = getsignal(SIGINT) is default_int_handler
        if self._is_ours:
            try:
                signal(SIGINT, _interrupt)
            except ValueError:  # in another thread than the first
                self._is_ours = False

    def __exit__(self, *_: object) -> None:
        interruption.note(False)
        if self._is_ours and getsignal(SIGINT) is _interrupt:
            signal(SIGINT, default_int_handler)


def _interrupt(number: int, frame: object) -> None:
    interruption.note(True)
    raise KeyboardInterrupt
