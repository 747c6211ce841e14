r"""Macros that are defined in running text, outside of all delimiters: where they end."""

from __future__ import annotations

import re

from blogkit.regexes import regex

DEFINITION = r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|[gex]?def)(?![A-Za-z])"
"""What a definition begins with, as a regular expression without groups."""
DEFINES = regex(DEFINITION)
"""Matches where a definition begins."""
_HEAD = regex(
    r"\\(?:(?:(?:re)?newcommand|providecommand|DeclareMathOperator)\*?\s*"
    r"(?:\{\s*\\?[A-Za-z@]+\s*\}|\\[A-Za-z@]+)[ \t]*(?:\[\d\][ \t]*)?(?:\[[^\[\]\n]*\][ \t]*)?"
    r"|[gex]?def\s*\\[A-Za-z@]+(?:[ \t]*#\d)*[ \t]*)(?=\{)"
)
_MARK = regex(r"\\.|[{}]", re.DOTALL)
_LONGEST_CHARS = 4000


def definitions_end(text: str, start: int) -> int:
    r"""Where the definitions end of which the first begins there; ``start`` if it is none.

    >>> definitions_end(r"\newcommand{\R}{\mathbb{R}} 之后", 0)
    27
    """
    end = start
    while head := _HEAD.match(text, end if end == start else _next(text, end)):
        close = _closing_brace(text, head.end())
        if close < 0:
            break
        end = close + 1
    return end


def _next(text: str, end: int) -> int:
    """Where another definition would begin: behind white space, but no blank line."""
    space = re.compile(r"[ \t]*\n?[ \t]*").match(text, end)
    return space.end() if space else end


def _closing_brace(text: str, opening: int) -> int:
    level = 0
    for match in _MARK.finditer(text, opening, opening + _LONGEST_CHARS):
        level += (match.group() == "{") - (match.group() == "}")
        if level == 0:
            return match.start()
    return -1
