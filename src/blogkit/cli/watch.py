"""``blogkit watch``, and what ``blogkit serve --watch`` does beside its pages."""

from __future__ import annotations

import argparse
import contextlib
import contextvars
import sys
import threading
import time
from typing import TYPE_CHECKING

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import print_json, tell, tell_if_empty
from blogkit.errors import BlogkitError
from blogkit.library.facade import Library
from blogkit.views import plain
from blogkit.views.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.library.watching import FileChange
    from blogkit.sources.noticing import Places


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    return command_parser(
        "watch",
        say(
            "Read files and folders that were added again as they change, by the rules of 'sync', "
            "and say each change in a line. Pages that 'serve' shows follow. Ctrl-C ends."
        ),
        [
            ("", say("until Ctrl-C")),
            ("--json", say("an object a line, for a program")),
        ],
    )


def run(arguments: argparse.Namespace) -> int:
    """Watch until interrupted; to be interrupted is how it ends well."""
    show = _print_as_json if arguments.json else _print_line
    with Library.open(arguments.library) as library, contextlib.suppress(KeyboardInterrupt):
        if not library.summary().counts.sources:
            tell_if_empty(library)
            return NOTHING
        for change in library.watch(ready=_tell_places):
            show(change)
    return FOUND


@contextlib.contextmanager
def watching_beside(folder: str) -> Iterator[None]:
    """Watch in a thread as long as the context lasts; changes are told on standard error."""
    stop = threading.Event()
    inside = contextvars.copy_context()  # so that the thread speaks the same language
    thread = threading.Thread(target=inside.run, args=(_watch_beside, folder, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _watch_beside(folder: str, stop: threading.Event) -> None:
    try:
        with Library.open(folder) as library:
            for change in library.watch(stop=stop):
                for line in plain.file_change(change):
                    tell(line)
    except BlogkitError as error:
        tell(say("no longer watched: {reason}", reason=error.text))


def _tell_places(places: Places) -> None:
    tell(plain.watched(places))


def _print_line(change: FileChange) -> None:
    for line in plain.file_change(change):
        print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)


def _print_as_json(change: FileChange) -> None:
    print_json(change.to_dict())
    sys.stdout.flush()
