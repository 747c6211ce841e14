"""The value of a formula at a point: every digit that is printed is sure."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND
from blogkit.cli.given_formula import add_formula, add_point, runnable
from blogkit.cli.output import emit
from blogkit.language import Message
from blogkit.views.speech import say

DESCRIPTION = Message(
    "The value of a formula at a point, every digit of it sure. Of a definition it is that of what "
    "is defined, of an equation that of each side."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    add_formula(parser)
    add_point(parser)
    parser.add_argument(
        "--digits", type=int, default=None, metavar="N", help=say("how many digits (15)")
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the value."""
    formula = runnable(arguments)
    emit(
        arguments,
        "value",
        formula.value(*arguments.at, let=arguments.let, digits=arguments.digits),
    )
    return FOUND
