"""Where lines may end in Chinese and Latin text.

This is the part of Unicode's line breaking (UAX #14, classes ID, CL, OP, AL, SP) that such text
needs. It imports no Rich: help is broken by it too.
"""

from __future__ import annotations

import re
from itertools import pairwise

from blogkit.spans import display_width, take_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

NO_BREAK = "\u00a0"
"""A space where no line ends; shown as a space."""

_OPENING = "（【《「『〈〔“‘([{"
_CLOSING = "、。，．：；！？）】》」』〉〕”’…—·%,.:;!?)]}"
_WIDE = "\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[{_WIDE}]|[^{_WIDE}\s{re.escape(_OPENING)}]+)?"
    rf"(?:[{re.escape(_CLOSING)}]|{NO_BREAK}[^{_WIDE}\s]*)*[^\S{NO_BREAK}]*"
)
"""What stays together, with the spaces behind it."""


def line_ends(text: str, columns: int) -> Iterator[int]:
    """Where the lines of a paragraph end, but for the last one.

    >>> text = "顾名思义,这是 gradient clipping(梯度裁剪)。"
    >>> [text[a:b] for a, b in zip([0, *line_ends(text, 16)], [*line_ends(text, 16), None])]
    ['顾名思义,这是 ', 'gradient ', 'clipping(梯度裁', '剪)。']
    """
    start = end = 0
    for match in _UNIT.finditer(text):
        unit = match.group()
        if (
            display_width(text[start:end]) + display_width(unit.rstrip(" ")) > columns
            and end > start
        ):
            yield end
            start = end
        while display_width(unit.rstrip(" ")) > columns:
            taken = take_columns(unit, columns) or unit[:1]
            start += len(taken)
            yield start
            unit = unit[len(taken) :]
        end = match.end()


def lines(text: str, columns: int) -> list[str]:
    """A paragraph as lines of at most so many columns, each run of white space as one space.

    >>> lines("梯度，裁剪 ab", 6)
    ['梯度，', '裁剪', 'ab']
    """
    text = " ".join(text.split())
    ends = [0, *line_ends(text, columns), len(text)]
    return [text[start:end].strip() for start, end in pairwise(ends)]
