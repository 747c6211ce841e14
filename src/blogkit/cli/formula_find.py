"""Look a formula up by LaTeX, symbol, label or structure.

In LaTeX ?a stands for any expression and the same name for the same one, ? for any, ?num, ?var and
?op for a number, a variable and an operator.
"""

import argparse
import sys

from blogkit.cli.app import FOUND, NOTHING
from blogkit.cli.options import add_page
from blogkit.cli.output import emit, tell
from blogkit.library import Library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument("pattern", metavar="PATTERN", help="LaTeX with wildcards, or a label")
    add_page(parser, limit=10)


def run(arguments: argparse.Namespace) -> int:
    """Find and print the formulas."""
    pattern = sys.stdin.read().strip() if arguments.pattern == "-" else arguments.pattern
    with Library.open(arguments.library) as library:
        hits = library.find_formula(pattern, limit=arguments.limit, offset=arguments.offset)
        emit(arguments, "formula_hits", hits)
    for problem in hits.problems:
        place = f"{problem.span.start + 1}"
        tell(f"pattern, column {place}: {problem.message}")
    return FOUND if hits.total else NOTHING
