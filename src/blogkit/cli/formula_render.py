"""Draw a formula of the library, or LaTeX as it is, as text, MathML, HTML, SVG, PNG or LaTeX."""

import argparse
import sys

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.given_formula import is_id
from blogkit.cli.output import print_json, tell, terminal_columns, write_file
from blogkit.errors import FormulaError
from blogkit.language import Message
from blogkit.library.formulas import Formula, parse_formula
from blogkit.views.speech import say
from blogkit.views.terms import term

_FORMATS = ("text", "mathml", "svg", "png", "html", "latex")

DESCRIPTION = Message(
    "Draw a formula of the library, or LaTeX as it is, as text, MathML, HTML, SVG, PNG or LaTeX."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument("formula", metavar="X", help=say("LaTeX, POST#LABEL or POST#N"))
    parser.add_argument(
        "--to", choices=_FORMATS, default="text", help=say("what it becomes (text)")
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=say("where it goes (standard output)")
    )
    parser.add_argument("--ascii", action="store_true", help=say("text of ASCII characters only"))
    parser.add_argument("--inline", action="store_true", help=say("as inside a line of text"))
    parser.add_argument(
        "--width", type=int, metavar="N", help=say("columns that text stays within")
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw the formula, and say what is wrong with it."""
    formula_id, formula = _formula(arguments)
    drawn = _draw(formula, arguments)
    if arguments.output:
        write_file(arguments.output, drawn)
    if arguments.json:
        print_json(_to_dict(formula_id, formula, drawn, arguments))
    elif not arguments.output:
        _print(drawn)
    for problem in formula.problems:
        column = problem.span.start + 1
        tell(
            say(
                "{severity}, column {column}: {message}",
                severity=term(problem.severity),
                column=column,
                message=problem.message,
            )
        )
    return NOTHING if any(p.severity == "error" for p in formula.problems) else FOUND


def _formula(arguments: argparse.Namespace) -> tuple[str | None, Formula]:
    if is_id(arguments.formula):
        from blogkit.library.facade import Library

        with Library.open(arguments.library) as library:
            found = library.formula(arguments.formula)
        return found.id, Formula(found.whole, found.display and not arguments.inline)
    return None, parse_formula(arguments.formula, display=not arguments.inline)


def _draw(formula: Formula, arguments: argparse.Namespace) -> str | bytes:
    if arguments.to == "text":
        return formula.to_text(width=arguments.width or terminal_columns(), ascii=arguments.ascii)
    if arguments.to == "png":
        if not (arguments.output or arguments.json) and sys.stdout.isatty():
            raise FormulaError(Message("a PNG picture is no text for a terminal; give -o FILE"))
        return formula.to_png()
    drawn: str = getattr(formula, f"to_{arguments.to}")()
    return drawn


def _print(drawn: str | bytes) -> None:
    if isinstance(drawn, bytes):
        sys.stdout.buffer.write(drawn)
    else:
        from blogkit.views.clean import clean

        print(clean(drawn))


def _to_dict(
    formula_id: str | None, formula: Formula, drawn: str | bytes, arguments: argparse.Namespace
) -> dict[str, object]:
    """The drawing as JSON has it; a PNG picture in base64."""
    if isinstance(drawn, bytes):
        from base64 import b64encode

        drawn = b64encode(drawn).decode()
    return {
        **formula.to_dict(),
        "formula_id": formula_id,
        "to": arguments.to,
        "output": arguments.output,
        "drawing": drawn,
    }
