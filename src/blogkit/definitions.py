r"""Macros of a post: what one of its formulas defines holds in those after it.

A formula is kept as it was written. What its post defines before it is told beside it, as LaTeX
that draws nothing: put in front of the formula, it makes it whole by itself. Imports `latex`, and
that only where something is defined, so that a search does not pay for it.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator)(?![A-Za-z])"
)
_MOST_CHARS = 20_000


def definitions_before(formulas: Iterable[str]) -> Iterator[str]:
    r"""For each formula of a post, in order, the definitions of those before it.

    >>> list(definitions_before([r"\def\R{\mathbb{R}}x", r"x\in\R", "y"]))
    ['', '\\def\\R{\\mathbb{R}}', '\\def\\R{\\mathbb{R}}']
    """
    known = ""
    for latex in formulas:
        yield known
        known = definitions_after(known, latex)


def definitions_after(known: str, latex: str) -> str:
    r"""The definitions that hold after a formula, each name's last one.

    Args:
        known: those that hold before it.
        latex: the formula.

    >>> definitions_after(r"\def\a{x}", r"\newcommand{\b}[1]{y_#1}\def\a{z}")
    '\\def\\b#1{y_#1}\\def\\a{z}'
    """
    if not _DEFINES.search(latex):
        return known
    from blogkit.latex import Definition, parse, walk

    last: dict[str, str] = {}
    for node in walk(parse(known + latex).tree):
        if isinstance(node, Definition) and node.latex:
            last.pop(node.name, None)
            last[node.name] = node.latex
    written = "".join(last.values())
    return written if len(written) <= _MOST_CHARS else known
