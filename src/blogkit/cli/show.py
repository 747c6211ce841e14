"""``blogkit show``."""

from __future__ import annotations

import argparse
import os

from blogkit.cli.commands import FOUND
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit
from blogkit.errors import FormulaError
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.library.reports import FullPost


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "show",
        say("Read one post, its formulas drawn."),
        [("3f9a", say("by the start of its id")), ("日食记", say("by its title"))],
    )
    made.add_argument("post", metavar="POST", help=say("id, start of an id, or title"))
    made.add_argument(
        "--images",
        action="store_true",
        help=say("displays and pictures drawn, in Kitty, iTerm2 and Sixel terminals"),
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the post."""
    with Library.open(arguments.library) as library:
        post = library.post(arguments.post)
        if arguments.images and not arguments.json:
            show_pictures(library, post)
            return FOUND
    emit(arguments, "post", post, pager=True)
    return FOUND


def show_pictures(library: Library, post: FullPost) -> None:
    """Print the post with pictures, as this terminal understands them."""
    from blogkit.views import pictures

    protocol = pictures.protocol_of(os.environ)
    if protocol is None:
        raise FormulaError(
            Message(
                "expected a terminal that shows pictures (Kitty, iTerm2, WezTerm, foot, "
                "mlterm), found TERM={term}; leave out --images",
                term=os.environ.get("TERM", ""),
            )
        )
    for piece in pictures.post(post, protocol, library.picture):
        print(piece)
