"""A picture of a formula: curves, all sides of an equation, families, surfaces."""

from __future__ import annotations

import argparse
import sys

from blogkit.cli.commands import FOUND
from blogkit.cli.given_formula import add_formula, add_point, runnable
from blogkit.cli.output import print_json, terminal_columns, write_file
from blogkit.errors import FormulaError
from blogkit.language import Message
from blogkit.views.speech import say

_SUFFIXES = {".svg": "svg", ".png": "png"}

DESCRIPTION = Message(
    "A picture of a formula: a curve, all sides of an equation, a curve for each value of a "
    "parameter, or a surface as contours. Without --over what usually runs does, where the formula "
    "is interesting."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    add_formula(parser)
    add_point(parser)
    parser.add_argument(
        "--over",
        action="append",
        default=[],
        metavar="RANGE",
        help=say("what runs: 'x=-3..3', a curve for each of 'K=1,5,50'; twice for a surface"),
    )
    parser.add_argument(
        "--to",
        choices=("text", "svg", "png"),
        default=None,
        help=say("what it becomes (text, or as the name of FILE ends)"),
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=say("where it goes (standard output)")
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw the picture."""
    from blogkit.compute.plots.choices import read_over

    plot = runnable(arguments).plot(read_over(arguments.over), at=arguments.at, let=arguments.let)
    to = arguments.to or _by_name(arguments.output)
    if arguments.json:
        print_json(plot.to_dict())
        if not arguments.output:
            return FOUND
    if to == "png":
        if not arguments.output and sys.stdout.isatty():
            raise FormulaError(Message("a PNG picture is no text for a terminal; give -o FILE"))
        drawn: str | bytes = plot.to_png()
    else:
        drawn = plot.to_svg() if to == "svg" else plot.to_text(width=terminal_columns() or 72)
    if arguments.output:
        write_file(arguments.output, drawn)
    elif isinstance(drawn, bytes):
        sys.stdout.buffer.write(drawn)
    else:
        from blogkit.views.clean import clean

        print(clean(drawn))
    return FOUND


def _by_name(path: str | None) -> str:
    return next((to for end, to in _SUFFIXES.items() if (path or "").endswith(end)), "text")
