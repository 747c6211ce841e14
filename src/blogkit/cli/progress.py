"""A progress bar for long adds, on a terminal's standard error."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time

from blogkit.views.clean import one_line
from blogkit.views.speech import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.library.fingerprinting import Progress

_PATIENCE_SECONDS = 0.5


@contextlib.contextmanager
def shown_progress(arguments: argparse.Namespace) -> Iterator[Progress | None]:
    """What to call as files are read; None where nobody looks.

    The bar, and Rich with it, appears only when the work takes longer than half a second.
    """
    if arguments.json or not sys.stderr.isatty():
        yield None
        return
    with contextlib.ExitStack() as stack:
        yield _Bar(stack)


class _Bar:
    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack
        self._started = time.monotonic()
        self._update: Progress | None = None

    def __call__(self, done: int, total: int, path: str) -> None:
        if self._update is None and time.monotonic() - self._started > _PATIENCE_SECONDS:
            self._update = self._open()
        if self._update:
            self._update(done, total, path)

    def _open(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        description = TextColumn("{task.description}", markup=False)
        bar = Bar(BarColumn(), MofNCompleteColumn(), description, console=Console(stderr=True))
        self._stack.enter_context(bar)
        task = bar.add_task("")

        def update(done: int, total: int, path: str) -> None:
            name = one_line(os.path.basename(path)) or say("index")
            bar.update(task, completed=done, total=total, description=name)

        return update
