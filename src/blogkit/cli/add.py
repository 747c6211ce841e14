"""``blogkit add``."""

import argparse
import sys

from blogkit.cli.app import BAD, FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit, tell
from blogkit.cli.progress import shown_progress
from blogkit.library import Library
from blogkit.reports import AddReport


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "add",
        "Read files or folders into the library; of those read before, only what changed.",
        [
            ("seeds", "all posts of a folder"),
            ("notes.md dump.txt", "two files"),
            ("-", "standard input"),
        ],
    )
    made.add_argument("path", nargs="+", metavar="PATH", help="a file, a folder, or -")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Add and say what was done."""
    stdin = sys.stdin.buffer.read() if "-" in arguments.path else None
    with Library.open(arguments.library) as library, shown_progress(arguments) as progress:
        report = library.add(*arguments.path, progress=progress, stdin=stdin)
    return finish(arguments, report)


def finish(arguments: argparse.Namespace, report: AddReport) -> int:
    """Print the report, and its problems; the exit status."""
    emit(arguments, "added", report)
    for problem in report.problems:
        tell(problem.message)
    if not report.unreadable and not report.gone:
        return FOUND
    something_read = report.entries or report.unchanged or report.gone
    return NOTHING if something_read else BAD
