"""``blogkit duplicates``."""

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, command_parser
from blogkit.cli.output import emit
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "duplicates",
        say("What was merged, why, and how the copies differ, passage by passage."),
        [("", say("all groups")), ("--json", say("for a program"))],
    )
    add_page(made, limit=None)
    return made


def run(arguments: argparse.Namespace) -> int:
    """List the groups of copies."""
    with Library.open(arguments.library) as library:
        groups = library.duplicates(limit=arguments.limit, offset=arguments.offset)
        emit(arguments, "duplicates", groups, pager=True)
    return FOUND if groups.groups else NOTHING
