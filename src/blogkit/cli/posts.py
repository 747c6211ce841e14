"""``blogkit posts``."""

import argparse

from blogkit.cli.app import FOUND, NOTHING
from blogkit.cli.options import add_page, command_parser
from blogkit.cli.output import emit
from blogkit.library import Library


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "posts",
        "All posts, in the order in which they were first added.",
        [("", "all of them"), ("--limit 5", "the first five"), ("--json", "for a program")],
    )
    add_page(made, limit=None)
    return made


def run(arguments: argparse.Namespace) -> int:
    """List the posts."""
    with Library.open(arguments.library) as library:
        posts = library.list_posts(limit=arguments.limit, offset=arguments.offset)
        emit(arguments, "posts", posts, pager=True)
    return FOUND if posts.total else NOTHING
