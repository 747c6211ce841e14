"""A formula as a function in Python: named after its left side, its symbols as arguments."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND
from blogkit.cli.given_formula import add_formula, runnable
from blogkit.cli.output import print_json, write_file
from blogkit.language import Message
from blogkit.views.speech import say

_TARGETS = ("python", "numpy", "torch", "jax", "sympy")

DESCRIPTION = Message(
    "A formula as a function in Python: named after its left side, with its symbols as arguments "
    "and what its post defines. An update becomes a step from old values to new ones, an equation "
    "a function that gives all its sides."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    add_formula(parser)
    parser.add_argument(
        "--to", choices=_TARGETS, default="numpy", help=say("what it is written for (numpy)")
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=say("where it goes (standard output)")
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the code."""
    from blogkit.views.clean import clean

    code = runnable(arguments).code(arguments.to, let=arguments.let)
    if arguments.output:
        write_file(arguments.output, code.code.rstrip("\n"))
    if arguments.json:
        print_json(code.to_dict())
    elif not arguments.output:
        print(clean(code.code), end="")
    return FOUND
