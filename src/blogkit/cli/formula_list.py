"""Every formula, with its label and place."""

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page
from blogkit.cli.output import emit, tell_if_empty
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

DESCRIPTION = Message("Every formula, with its label and place.")
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument("post", nargs="?", metavar="POST", help=say("only those of one post"))
    add_page(parser, limit=None)


def run(arguments: argparse.Namespace) -> int:
    """List the formulas."""
    with Library.open(arguments.library) as library:
        formulas = library.formulas(arguments.post, limit=arguments.limit, offset=arguments.offset)
        emit(arguments, "formulas", formulas, pager=True)
        if not formulas.total:
            tell_if_empty(library)
    return FOUND if formulas.total else NOTHING
