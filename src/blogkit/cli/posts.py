"""``blogkit posts``."""

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, command_parser
from blogkit.cli.output import emit, tell_if_empty
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "posts",
        say("All posts, in the order in which they were first added."),
        [
            ("", say("all of them")),
            ("--limit 5", say("the first five")),
            ("--json", say("for a program")),
        ],
    )
    add_page(made, limit=None)
    return made


def run(arguments: argparse.Namespace) -> int:
    """List the posts."""
    with Library.open(arguments.library) as library:
        posts = library.list_posts(limit=arguments.limit, offset=arguments.offset)
        emit(arguments, "posts", posts, pager=True)
        if not posts.total:
            tell_if_empty(library)
    return FOUND if posts.total else NOTHING
