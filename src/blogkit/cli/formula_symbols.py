"""What each symbol means: its defining words, sort and size, and where it occurs."""

import argparse
import sys

from blogkit.cli.commands import BAD, FOUND, NOTHING
from blogkit.cli.output import emit, tell
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

DESCRIPTION = Message(
    "What each symbol of a formula or a post means: the words and the formula that define it, its "
    "sort and size, and where it occurs; what other posts say of it is told as such. What a post "
    "does not say is not guessed. Exit status: 0 found, 1 no symbols."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument(
        "target", metavar="X", help=say("POST#LABEL, POST#N, a post, or LaTeX ('-' reads it)")
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what the symbols mean."""
    target = sys.stdin.read().strip() if arguments.target == "-" else arguments.target
    if not target.strip():
        tell(say("expected a formula, a post or LaTeX, found nothing"))
        return BAD
    with Library.open(arguments.library) as library:
        report = library.symbols(target)
    emit(arguments, "symbols", report, family="symbols_", pager=True)
    return FOUND if report.symbols else NOTHING
