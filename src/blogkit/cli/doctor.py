"""``blogkit doctor``."""

import argparse

from blogkit.cli.app import FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit
from blogkit.library import Library


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    return command_parser(
        "doctor",
        "Check database and index; an index that is not whole is made anew.",
        [("", "look and repair"), ("--json", "for a program")],
    )


def run(arguments: argparse.Namespace) -> int:
    """Look the library over."""
    with Library.open(arguments.library) as library:
        report = library.doctor()
        emit(arguments, "doctor", report)
    return FOUND if report.is_well else NOTHING
