"""``blogkit read``."""

from __future__ import annotations

import argparse
import sys

from blogkit.cli.commands import FOUND
from blogkit.cli.options import command_parser
from blogkit.cli.output import print_json
from blogkit.errors import MissingExtraError, QueryError
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "read",
        say(
            "A reader for the terminal: search as you type, read posts with drawn formulas, look "
            "symbols up, take notes, review cards. The last line of each screen shows its keys."
        ),
        [
            ("", say("the home, and a box to search in")),
            ("a4b6", say("a post, by the start of its id")),
            ("--json", say("what it would open, for a program")),
        ],
    )
    made.add_argument("post", nargs="?", metavar="POST", help=say("id, start of an id, or title"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Read until the reader ends it."""
    with Library.open(arguments.library) as library:
        if arguments.json:
            print_json(_first(library, arguments.post))
        else:
            _read(library, arguments.post)
    return FOUND


def _read(library: Library, post: str | None) -> None:
    try:
        from blogkit.tui.app import Reader
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "textual", "tui", "blogkit read") from error
    reader = Reader(library, post)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise QueryError(
            Message(
                "expected a terminal, found a pipe or a file; 'blogkit show POST' prints a post"
            )
        )
    reader.run()


def _first(library: Library, post: str | None) -> dict[str, object]:
    """The post that would be opened, or the home."""
    if post is not None:
        return library.post(post).to_dict()
    from blogkit.study import Study

    return Study(library).home().to_dict()
