"""One formula: drawn, its place, its sentence, and where else it occurs, oldest known first."""

import argparse

from blogkit.cli.commands import FOUND
from blogkit.cli.output import emit
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

DESCRIPTION = Message(
    "One formula: drawn, its place, its sentence, and where else it occurs, oldest known first."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument("formula", metavar="FORMULA", help=say("POST#LABEL or POST#N"))


def run(arguments: argparse.Namespace) -> int:
    """Print the concordance of the formula."""
    with Library.open(arguments.library) as library:
        emit(arguments, "concordance", library.concordance(arguments.formula))
    return FOUND
