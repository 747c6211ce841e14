r"""Arrays in the environments that the drawing engines know, and in the forms that stand anywhere.

A formula is drawn by itself, so that `align` is `aligned`: displays that number their lines may not
stand in one another, and a number is a cell at the right (see `tags`). Imports `latex` only.
"""

import re
from dataclasses import replace

from blogkit.latex import nodes
from blogkit.latex.nodes import ArrayRow, Node, Row
from blogkit.render.dialects import Dialect

_NAMES = {
    "split": "aligned", "align": "aligned", "flalign": "aligned", "alignat": "aligned",
    "xalignat": "aligned", "alignedat": "aligned", "gather": "gathered", "multline": "multlined",
    "eqnarray": "array", "darray": "array", "tabular": "array", "numcases": "cases",
    "subnumcases": "cases", "\\matrix": "matrix", "\\pmatrix": "pmatrix", "\\cases": "cases",
    "\\eqalign": "aligned", "\\eqalignno": "aligned", "\\displaylines": "gathered",
}  # fmt: skip
"""Environments, and commands with rows -> what both engines have."""
_PLAIN = re.compile(r"\{[lcr|:]+\}")
_SMALL = ("\\substack", "subarray")


def array(node: Node, dialect: Dialect) -> Node:
    """Rows and columns in an environment of the dialect; see the module."""
    assert isinstance(node, nodes.Array)
    name = node.environment
    name = _NAMES.get(name, _NAMES.get(name.removesuffix("*"), name))
    if name in _SMALL:
        return _of_scripts(node) if dialect.is_small else replace(node, rows=_plain_rows(node))
    if dialect.is_small and "smallmatrix" in name:
        return _small(_formed(node, name.replace("small", "").removesuffix("*")))
    if name == "multlined" and dialect.is_small:
        name = "gathered"
    starred_cases = name.endswith("cases*")
    if dialect.is_small or starred_cases:
        name = name.removesuffix("*")
    found = _formed(node, name)
    if node.environment in ("numcases", "subnumcases"):
        before = nodes.Chars(node.span, node.argument[1:-1])
        return Row(node.span, (before, found), True)
    return found


def _formed(node: nodes.Array, name: str) -> nodes.Array:
    rows = _plain_rows(node)
    argument = node.argument if name.endswith("*") else ""
    if name == "array":
        argument = f"{{{_preamble(node, rows)}}}"
    return replace(
        node, environment=name, argument=argument, rows=rows, lines_below=_lines(node.lines_below)
    )


def _preamble(node: nodes.Array, rows: tuple[ArrayRow, ...]) -> str:
    """A letter for each column, and the rules between them."""
    count = max([1, *(len(row.cells) for row in rows)])
    if _PLAIN.fullmatch(node.argument) and len(node.rules) > count:
        return node.argument[1:-1]
    written = len(node.rules) - 1 if node.rules else 0
    count = max(count, min(written, 50))
    rules = [*node.rules, *([0] * (count + 1))][: count + 1]
    letters = [
        node.columns[index] if index < len(node.columns) else node.columns[-1]
        for index in range(count)
    ]
    if node.environment.startswith("eqnarray"):
        letters = [node.alignment(index) for index in range(count)]
    pairs = zip(rules, [*letters, ""], strict=True)
    return "".join("|" * min(rule, 1) + letter for rule, letter in pairs)


def _plain_rows(node: nodes.Array) -> tuple[ArrayRow, ...]:
    rows: list[ArrayRow] = []
    for row in node.rows:
        end = row.end
        if end and not end.startswith("\\\\["):
            end = "\\\\"
        rows.append(replace(row, end=end, lines=_lines(row.lines)))
    return tuple(rows)


def _lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    r"""Rules that both engines know: one of a kind between two rows, and no `\cline`."""
    return tuple([line for line in dict.fromkeys(lines) if not line.startswith("\\cline")][:1])


def _of_scripts(node: nodes.Array) -> Node:
    return _small(replace(_formed(node, "matrix"), argument=""))


def _small(node: nodes.Array) -> nodes.Array:
    """An array with its cells as small as scripts, which no table of math-core is by itself."""
    rows = [
        replace(row, cells=tuple([_in_script_size(cell) for cell in row.cells]))
        for row in node.rows
    ]
    return replace(node, rows=tuple(rows))


def _in_script_size(cell: Row) -> Row:
    return replace(cell, items=(nodes.Style(cell.span, "\\scriptstyle", cell),))
