"""Every formula, with its label and place."""

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page
from blogkit.cli.output import emit, tell_if_empty
from blogkit.errors import QueryError
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.library.formula_reports import Formulas, FormulaShapes

DESCRIPTION = Message("Every formula, with its label and place.")
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument("post", nargs="?", metavar="POST", help=say("only those of one post"))
    parser.add_argument(
        "--by-shape",
        action="store_true",
        help=say("those that differ in the names of variables only as one, most frequent first"),
    )
    add_page(parser, limit=None)


def run(arguments: argparse.Namespace) -> int:
    """List the formulas."""
    page = {"limit": arguments.limit, "offset": arguments.offset}
    if arguments.by_shape and arguments.post is not None:
        raise QueryError(
            Message("--by-shape: expected no post, found '{post}'", post=arguments.post)
        )
    with Library.open(arguments.library) as library:
        if arguments.by_shape:
            formulas: Formulas | FormulaShapes = library.formula_shapes(**page)
        else:
            formulas = library.formulas(arguments.post, **page)
        emit(
            arguments,
            "formula_shapes" if arguments.by_shape else "formulas",
            formulas,
            pager=True,
        )
        if not formulas.total:
            tell_if_empty(library)
    return FOUND if formulas.total else NOTHING
