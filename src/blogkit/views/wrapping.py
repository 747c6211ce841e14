"""Lines of a terminal, broken where Chinese and Latin text may be.

Rich breaks at spaces only, so that a Chinese paragraph is one long word to it. This is the part of
Unicode's line breaking (UAX #14, classes ID, CL, OP, AL, SP) that such text needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from blogkit.spans import display_width, take_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions

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


class Prose:
    """A paragraph that is wrapped as Chinese is, for Rich."""

    def __init__(self, text: Text, *, hanging: int = 0) -> None:
        """What is shown.

        Args:
            text: the paragraph; a line break in it stays.
            hanging: columns by which the second and later lines are set in.
        """
        self._text = text
        self._hanging = hanging

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, each as wide as there is room at most."""
        columns = max(2, options.max_width - self._hanging)
        margin = ""
        for paragraph in self._text.split("\n", allow_blank=True):
            for line in paragraph.divide(line_ends(paragraph.plain, columns)):
                line.rstrip()
                line.plain = line.plain.replace(NO_BREAK, " ")
                yield Text(margin, no_wrap=True, overflow="crop").append_text(line)
                margin = " " * self._hanging
