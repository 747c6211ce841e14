"""``blogkit show``."""

import argparse

from blogkit.cli.app import FOUND
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit
from blogkit.library import Library


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "show",
        "Read one post.",
        [("3f9a", "by the start of its id"), ("日食记", "by its title")],
    )
    made.add_argument("post", metavar="POST", help="id, start of an id, or title")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the post."""
    with Library.open(arguments.library) as library:
        emit(arguments, "post", library.post(arguments.post), pager=True)
    return FOUND
