r"""The reference of LaTeX that blogkit reads, printed from the tables.

python -m blogkit.latex.reference > docs/formulas.md
"""

import sys

from blogkit.latex.commands import COMMANDS
from blogkit.latex.environments import ENVIRONMENTS
from blogkit.latex.symbols import DELIMITERS, OPERATORS, SYMBOLS

_HEAD = """# LaTeX that blogkit reads

Printed by `python -m blogkit.latex.reference`; a test holds this page to the tables. A command
that is not here is kept in the tree as `Unknown`, with a warning.

Arguments: `m` math in braces or one token, `p` a math field, `o` math in brackets, `t` text, `r`
kept as written, `q` kept as written in brackets, `s` a length, `c` a colour, `d` a delimiter, `u`
an address, `*` a star. Arguments in brackets and stars may be left out.
"""


def reference() -> str:
    """The whole page, in Markdown."""
    parts = [_HEAD, *_commands(), *_environments(), *_operators(), *_symbols(), *_delimiters()]
    return "\n".join(parts) + "\n"


def code(latex: str) -> str:
    """LaTeX as Markdown code that may stand in a table."""
    shown = latex.replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def _commands() -> list[str]:
    lines = [
        "## Commands",
        "",
        "| command | arguments | node | what it does |",
        "| --- | --- | --- | --- |",
    ]
    for command in COMMANDS.values():
        doc = command.doc.replace("|", "\\|")
        lines.append(f"| {code(command.name)} | {command.arguments} | {command.node} | {doc} |")
    return [*lines, ""]


def _environments() -> list[str]:
    lines = ["## Environments", "", "| name | arguments | columns | what it does |"]
    lines.append("| --- | --- | --- | --- |")
    for spec in ENVIRONMENTS.values():
        lines.append(f"| {code(spec.name)} | {spec.arguments} | {spec.columns} | {spec.doc} |")
    return [*lines, ""]


def _operators() -> list[str]:
    lines = ["## Operators", "", "| command | drawn | limits |", "| --- | --- | --- |"]
    for name, (text, limits) in OPERATORS.items():
        lines.append(f"| {code(name)} | {text} | {'above and below' if limits else 'beside'} |")
    return [*lines, ""]


def _symbols() -> list[str]:
    lines = ["## Symbols", "", "| symbol | drawn | class |", "| --- | --- | --- |"]
    for name, (text, kind) in SYMBOLS.items():
        if len(name) > 1:
            lines.append(f"| {code(name)} | {code(text)} | {kind} |")
    return [*lines, ""]


def _delimiters() -> list[str]:
    names = " ".join(code(name) for name in DELIMITERS)
    return ["## Delimiters", "", f"After `\\left`, `\\big` and their kin: {names}"]


if __name__ == "__main__":
    sys.stdout.write(reference())
