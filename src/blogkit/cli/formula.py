"""``blogkit formula``: list, find, show, render, value, code, plot, check, symbols; a file each."""

from __future__ import annotations

import argparse
from importlib import import_module

from blogkit.cli.options import add_shared, examples_parser
from blogkit.language import Message
from blogkit.views.speech import said, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

ACTIONS = {
    "list": Message("every formula, with its label and place"),
    "find": Message("look a formula up by LaTeX, symbol, label or structure"),
    "show": Message("one formula: drawn, its place, its sentence, where else it occurs"),
    "render": Message("draw a formula as text, MathML, HTML, SVG, PNG or LaTeX"),
    "value": Message("its value at a point, with as many digits as are sure"),
    "code": Message("a function in Python, NumPy, PyTorch, JAX or SymPy"),
    "plot": Message("a picture of it: curves, families, surfaces"),
    "check": Message("is it well written, does it state something, is that true"),
    "symbols": Message("what each symbol means: its defining words, sort and size, its places"),
}
"""What can be done with formulas, with a line of help each; the module of each is formula_NAME."""


def parser() -> argparse.ArgumentParser:
    """Arguments of the command and its actions."""
    return parser_for(ACTIONS)


def parser_for(given: Collection[str]) -> argparse.ArgumentParser:
    """The same, of actions that are not among the given arguments with their names only.

    Each action has a module of its own, and one at most is run.
    """
    made = examples_parser(
        "formula",
        say("Formulas of the library, or LaTeX as it is."),
        [
            ("list", say("all formulas")),
            (r"find '\min\{1, \frac{?a}{?b}\}'", say("by structure; ?a stands for anything")),
            ("find eq:clip-1", say("by label")),
            ("show 'a4b6#eq:clip-1'", say("one formula and where else it occurs")),
            (r"render '\frac{1}{x}' --to svg -o x.svg", say("a picture")),
            (
                r"check '\sqrt{x^2} = x' --assume 'x > 0'",
                say("true? with a proof or a counterexample"),
            ),
            (r"value '\frac{1}{K}\log(1+e^{Kx})' --at 'x=1,K=50'", say("every digit sure")),
            ("plot '4ffd#3' --over 'K=1,5,50'", say("a picture, in the terminal")),
            (r"code 'a4b6#eq:clip-1' --to numpy", say("a function that runs")),
            ("symbols 'a4b6#eq:clip-1'", say("what its letters mean")),
        ],
    )
    add_shared(made)
    actions = made.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, line in ACTIONS.items():
        if name not in given:
            actions.add_parser(name, help=said(line))
            continue
        module = import_module(f"blogkit.cli.formula_{name}")
        action = actions.add_parser(name, help=said(line), description=said(module.DESCRIPTION))
        add_shared(action, is_inner=True)
        module.add_arguments(action)
        action.set_defaults(run=module.run)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Run the action."""
    status: int = arguments.run(arguments)
    return status
