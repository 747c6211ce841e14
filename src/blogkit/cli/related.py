"""``blogkit related``."""

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, command_parser
from blogkit.cli.output import emit
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "related",
        say("Posts like one, found by the terms that set it apart."),
        [("3f9a", say("by the start of its id")), ("日食记 --limit 3", say("by its title"))],
    )
    made.add_argument("post", metavar="POST", help=say("id, start of an id, or title"))
    add_page(made, limit=10)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Find related posts and print them."""
    with Library.open(arguments.library) as library:
        hits = library.related(arguments.post, limit=arguments.limit, offset=arguments.offset)
        emit(arguments, "hits", hits)
    return FOUND if hits.total else NOTHING
