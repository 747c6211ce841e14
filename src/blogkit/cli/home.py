"""``blogkit home``."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import command_parser, count
from blogkit.cli.output import emit, tell_if_empty
from blogkit.library.facade import Library
from blogkit.study import Study
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "home",
        say(
            "What to come back to: posts that are half read, cards that are due, what was added "
            "last, posts that others cite and that are not read yet, and formulas that were found "
            "refuted or undecided when posts were checked. It checks nothing itself."
        ),
        [("", say("five things of each kind")), ("--limit 20", say("twenty of each"))],
    )
    made.add_argument(
        "--limit", type=count, default=5, metavar="N", help=say("at most so many of each kind (5)")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    with Library.open(arguments.library) as library:
        found = Study(library).home(limit=arguments.limit)
        emit(arguments, "home", found, family="home_")
        tell_if_empty(library)
    return FOUND if found.posts else NOTHING
