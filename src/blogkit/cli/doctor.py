"""``blogkit doctor``."""

import argparse

from blogkit.cli.app import FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit
from blogkit.library import Library


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "doctor",
        "Check database and index; an index that is not whole is made anew.",
        [
            ("", "look, and make the index anew if it has to be"),
            ("--repair", "read a damaged database anew from what is whole"),
            ("--json", "for a program"),
        ],
    )
    made.add_argument(
        "--repair",
        action="store_true",
        help="where the database is damaged, read it anew; the damaged one is kept beside it",
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
