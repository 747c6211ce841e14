r"""What stands where a command takes a formula: an id of the library, LaTeX, or `-`."""

from __future__ import annotations

import argparse
import re
import sys

from blogkit.errors import FormulaError
from blogkit.language import Message
from blogkit.library.formulas import Formula, parse_formula
from blogkit.views.speech import say

_ID = re.compile(r"[^\\{}$#=]+#[^\\{}$#]+")


def is_id(given: str) -> bool:
    r"""Whether it is the id of a formula and not LaTeX.

    >>> is_id("3f9a#eq:clip-1"), is_id(r"\frac{1}{x}")
    (True, False)
    """
    return _ID.fullmatch(given) is not None


def add_formula(parser: argparse.ArgumentParser) -> None:
    """The argument itself, for commands that compute."""
    parser.add_argument(
        "formula", metavar="X", help=say("LaTeX ('-' reads it), POST#LABEL or POST#N")
    )
    parser.add_argument(
        "--let",
        action="append",
        default=[],
        metavar="DEFINITION",
        help=say("a definition that it needs, such as 'f(x) = x^2'; may be given several times"),
    )


def add_point(parser: argparse.ArgumentParser) -> None:
    """Where it is computed."""
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="POINT",
        help=say("values of its symbols, such as 'x=1,K=50' or 's=(1,2,3)'"),
    )


def runnable(arguments: argparse.Namespace) -> Formula:
    """The formula, with what its post defines.

    Raises:
        FormulaError: if there is none on standard input, or it is not well written.
    """
    given = sys.stdin.read() if arguments.formula == "-" else arguments.formula
    if is_id(given):
        from blogkit.library.facade import Library

        with Library.open(arguments.library) as library:
            return library.runnable(given)
    if not given.strip():
        raise FormulaError(Message("expected LaTeX, found nothing"))
    formula = parse_formula(given.strip())
    for problem in formula.problems:
        if problem.severity == "error":
            raise FormulaError(
                Message(
                    "column {column}: {message}",
                    column=problem.span.start + 1,
                    message=problem.message,
                )
            )
    return formula
