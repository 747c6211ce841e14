"""Look a formula up by LaTeX, symbol, label or structure, or by the words that name it.

In LaTeX ?a stands for any expression and the same name for the same one, ? for any, ?num, ?var and
?op for a number, a variable and an operator.
"""

import argparse
import sys

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page
from blogkit.cli.output import emit, tell, tell_if_empty
from blogkit.cli.progress import shown_progress
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

DESCRIPTION = Message(
    "Look a formula up by LaTeX, symbol, label or structure. In LaTeX ?a stands for any "
    "expression and the same name for the same one, ? for any, ?num, ?var and ?op for a "
    "number, a variable and an operator. Words, such as softmax, find the formulas that name "
    "them and those that stand beside them."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument(
        "pattern", metavar="PATTERN", help=say("LaTeX with wildcards, a label, or words")
    )
    add_page(parser, limit=10)


def run(arguments: argparse.Namespace) -> int:
    """Find and print the formulas."""
    pattern = sys.stdin.read().strip() if arguments.pattern == "-" else arguments.pattern
    with Library.open(arguments.library) as library:
        with shown_progress(arguments) as progress:
            hits = library.find_formula(
                pattern,
                limit=arguments.limit,
                offset=arguments.offset,
                progress=progress,
            )
        emit(arguments, "formula_hits", hits)
        if not len(hits):
            tell_if_empty(library)
    if hits.looked_for == "words":
        tell(say("looked for words, in formulas and beside them: {words}", words=pattern))
    for problem in hits.problems:
        place = f"{problem.span.start + 1}"
        tell(say("pattern, column {place}: {message}", place=place, message=problem.message))
    return FOUND if len(hits) else NOTHING
