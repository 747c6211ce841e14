"""Lines of a terminal, broken where Chinese and Latin text may be.

Rich breaks at spaces only, so that a Chinese paragraph is one long word to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from blogkit.spans import display_width
from blogkit.views.line_breaking import NO_BREAK, line_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions


class Prose:
    """A paragraph that is wrapped as Chinese is, for Rich."""

    def __init__(self, text: Text, *, hanging: int = 0, first: str = "", rest: str = "") -> None:
        """What is shown.

        Args:
            text: the paragraph; a line break in it stays.
            hanging: columns by which the second and later lines are set in.
            first: what stands before the first line.
            rest: what stands before the others, as wide.
        """
        self._text = text
        self._first = first
        self._rest = rest + " " * hanging

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, each as wide as there is room at most."""
        columns = max(2, options.max_width - display_width(self._rest))
        margin = self._first
        for paragraph in self._text.split("\n", allow_blank=True):
            for line in paragraph.divide(line_ends(paragraph.plain, columns)):
                line.rstrip()
                line.plain = line.plain.replace(NO_BREAK, " ")
                head = Text(no_wrap=True, overflow="crop")
                head.append(margin, style="dim" if margin.strip() else "")
                yield head.append_text(line)
                margin = self._rest
