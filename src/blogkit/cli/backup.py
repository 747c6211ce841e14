"""``blogkit backup``."""

import argparse

from blogkit.cli.commands import FOUND
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "backup",
        say(
            "Write the library to one file, checked, while others go on using it. To "
            "restore it, put the file as library.db into an empty folder; the index is "
            "made by itself."
        ),
        [("posts.db", say("to this file, in place of an earlier backup")), ("posts.db --json", "")],
    )
    made.add_argument("file", metavar="FILE", help=say("where to"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Back the library up."""
    with Library.open(arguments.library) as library:
        emit(arguments, "backup", library.back_up(arguments.file))
    return FOUND
