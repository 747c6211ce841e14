r"""Formulas in a query that are typed without dollars, as people paste them.

A formula has a sign that prose has not: a command, a script on something, a group behind ``_``. It
goes on over letters, numbers and operators, and ends where a word or Chinese begins. Paths, regular
expressions and names with an underscore are no formulas: what TeX does not know ends the matter.
"""

from __future__ import annotations

import re

from blogkit.spans import Span
from blogkit.text.mathcontent import open_groups, outside_groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = "\\^{"
"""Without one of these, no formula is without dollars."""
_QUOTED = re.compile(r"[\"＂].*?[\"＂]|“.*?”|「.*?」|『.*?』|《.*?》")
_SIGN = re.compile(r"\\[A-Za-z]{2,}|\\[{}|]|[\w)}\]|]\s?\^\s?[\w{(\\+*'-]|\w_\{", re.ASCII)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_PIECE = re.compile(r"\s+|[^\s\u2e80-\uffef]+|.", re.DOTALL)
"""Spaces, what stands between spaces and Chinese, and Chinese."""
_ENDS = " \t\n,.;:"


def bare_formulas(text: str, start: int, end: int) -> Iterator[Span]:
    r"""The formulas of a part of a query that has none between dollars, in order.

    >>> query = r"梯度 \frac{a}{b} + x^2 的裁剪，C:\Users\me, re.sub(r'\d+')"
    >>> [span.of(query) for span in bare_formulas(query, 0, len(query))]
    ['\\frac{a}{b} + x^2']
    """
    if not any(sign in text[start:end] for sign in SIGNS):
        return
    position = start
    for quoted in [*_QUOTED.finditer(text, start, end), None]:
        yield from _between_quotes(text, position, quoted.start() if quoted else end)
        position = quoted.end() if quoted else end


def _between_quotes(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    while position < end:
        stop = _end_of_math(text, position, end)
        formula = _trimmed(text, position, stop)
        if formula and _is_formula(formula.of(text)):
            yield formula
        position = max(stop, position + 1) if formula else _next_piece(text, position, end)


def _end_of_math(text: str, start: int, end: int) -> int:
    """Where what may be one formula ends that begins here; groups and environments are whole."""
    position = stop = start
    while position < end:
        position = _next_piece(text, position, end)
        if open_groups(text[start:position]) > 0:
            continue
        piece = text[stop:position]
        if not piece.isspace() and not _may_be_math(piece):
            break
        stop = position
    return stop


def _next_piece(text: str, position: int, end: int) -> int:
    match = _PIECE.match(text, position, end)
    return match.end() if match else end


def _may_be_math(piece: str) -> bool:
    """Whether it is made of commands, letters, numbers and operators."""
    if not piece[0].isascii() and not piece.startswith("\\"):
        return False
    outer = _COMMAND.sub(" ", outside_groups(piece))
    return not _WORD.search(outer) and ":\\" not in piece


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without spaces and marks of the sentence around it; None if nothing is left."""
    while end > start and text[end - 1] in _ENDS and text[end - 2 : end - 1] != "\\":
        end -= 1
    while start < end and text[start] in _ENDS:
        start += 1
    return Span(start, end) if start < end else None


def _is_formula(latex: str) -> bool:
    if not _SIGN.search(latex):
        return False
    from blogkit.latex import parse

    wildcards_named = latex.replace("?", "x")
    return not parse(wildcards_named).problems
