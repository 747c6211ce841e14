"""``blogkit remove``."""

import argparse

from blogkit.cli.commands import BAD, FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit, tell
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "remove",
        say(
            "Forget files, or all files below folders, and the posts that only they "
            "held. The files themselves stay."
        ),
        [("seeds/000.txt", say("one file")), ("seeds", say("a folder"))],
    )
    made.add_argument(
        "path", nargs="+", metavar="PATH", help=say("a file or folder that was added")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Forget the sources, and say which paths the library did not know."""
    with Library.open(arguments.library) as library:
        report = library.remove(*arguments.path)
        emit(arguments, "removed", report)
    for path in report.unknown:
        tell(say("{path}: expected a source of the library, found none", path=path))
    if not report.unknown:
        return FOUND
    return NOTHING if report.sources else BAD
