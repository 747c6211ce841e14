"""``blogkit doctor``."""

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "doctor",
        say("Check database and index; an index that is not whole is made anew."),
        [
            ("", say("look, and make the index anew if it has to be")),
            ("--repair", say("read a damaged database anew from what is whole")),
            ("--json", say("for a program")),
        ],
    )
    made.add_argument(
        "--repair",
        action="store_true",
        help=say("where the database is damaged, read it anew; the damaged one is kept beside it"),
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Look the library over."""
    if arguments.repair:
        report = Library.repair(arguments.library)
    else:
        with Library.open(arguments.library) as library:
            report = library.doctor()
    emit(arguments, "doctor", report)
    return FOUND if report.is_well else NOTHING
