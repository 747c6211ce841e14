"""The table of commands is whole: every command reads, and the reference shows it."""

from pathlib import Path

import pytest

from blogkit.latex import parse, to_latex
from blogkit.latex.commands import COMMANDS
from blogkit.latex.environments import ENVIRONMENTS, read_columns
from blogkit.latex.reference import code, reference
from blogkit.latex.symbols import OPERATORS, SYMBOLS

_PAGE = Path(__file__).parents[2] / "docs" / "formulas.md"
_ARGUMENTS = {
    "m": "{x}",
    "p": "{x}",
    "t": "{x}",
    "r": "{x}",
    "u": "{x}",
    "s": "{2pt}",
    "c": "{red}",
}
_ARGUMENTS |= {"d": "(", "o": "[x]", "q": "[x]", "*": ""}
_OWN_FORMS = {
    "\\right": "\\left(x\\right)",
    "\\left": "\\left(x\\right)",
    "\\middle": "\\left(x\\middle|y\\right)",
    "\\end": "\\begin{cases}x\\end{cases}",
    "\\begin": "\\begin{cases}x\\end{cases}",
    "\\endgroup": "\\begingroup x\\endgroup",
    "\\begingroup": "\\begingroup x\\endgroup",
    "\\bgroup": "\\bgroup x\\egroup",
    "\\egroup": "\\bgroup x\\egroup",
    "\\(": "\\text{\\(x\\)}",
    "\\)": "\\text{\\(x\\)}",
    "\\buildrel": "\\buildrel x \\over =",
    "\\root": "\\root 3 \\of x",
    "\\verb": "\\verb|x|",
    "\\hspace": "\\hspace{2pt}",
    "\\hline": "\\begin{array}{c}\\hline x\\end{array}",
    "\\hdashline": "\\begin{array}{c}\\hdashline x\\end{array}",
    "\\cline": "\\begin{array}{c}\\cline{1-1} x\\end{array}",
    "\\\\": "a\\\\[2pt]b",
    "\\char": '\\char"41',
    "\\unicode": "\\unicode{x41}",
    "\\newcommand": "\\newcommand{\\mine}{x}",
    "\\renewcommand": "\\renewcommand{\\frac}{x}",
    "\\providecommand": "\\providecommand{\\mine}{x}",
    "\\DeclareMathOperator": "\\DeclareMathOperator{\\mine}{x}",
    "\\let": "\\let\\mine=x",
    **{name: f"{name}\\mine{{x}}" for name in ("\\def", "\\gdef", "\\edef", "\\xdef")},
    **{name: f"\\sum{name}_x" for name in ("\\limits", "\\nolimits", "\\displaylimits")},
    **{name: f"{name}{{x}}" for name, c in COMMANDS.items() if c.node == "Array"},
    "\\global": "\\global\\def\\mine{x}",
    "\\long": "\\long\\def\\mine{x}",
}


def _example(name: str) -> str:
    command = COMMANDS[name]
    example = name + "".join(_ARGUMENTS[letter] for letter in command.arguments)
    example = example if command.node != "Infix" else f"a{example} b"
    return _OWN_FORMS.get(name) or (f"\\text{{{example}}}" if command.modes == "t" else example)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_reads_and_prints(name: str) -> None:
    parsed = parse(_example(name))
    assert parsed.problems == ()
    printed = to_latex(parsed.tree)
    assert printed == to_latex(parse(printed).tree)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_environment_reads(name: str) -> None:
    spec = ENVIRONMENTS[name]
    argument = {"alignat": "{1}", "xalignat": "{1}", "alignedat": "{1}"}.get(
        name.rstrip("*"), "{c}"
    )
    argument = argument if "r" in spec.arguments else ""
    assert parse(f"\\begin{{{name}}}{argument}x\\end{{{name}}}").problems == ()


@pytest.mark.parametrize("name", [*SYMBOLS, *OPERATORS])
def test_every_symbol_reads(name: str) -> None:
    assert parse(name).problems == ()


def test_reference_is_up_to_date() -> None:
    assert _PAGE.read_text(encoding="utf-8") == reference()


def test_reference_shows_every_command() -> None:
    page = reference()
    assert [name for name in COMMANDS if f"| {code(name)} |" not in page] == []


def test_columns_that_repeat_are_written_out() -> None:
    assert read_columns("*{3}{c}|r") == ("cccr", (0, 0, 0, 1, 0), "")
