"""Places in a text: spans, lines and columns, and excerpts that point at them.

Offsets count code points from 0 and are half-open, everywhere in blogkit. Lines and columns count
from 1, as editors do. This module imports only ``records``.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from blogkit.results.records import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDE = frozenset("WF")


@record
class Span:
    """A half-open range of code points.

    >>> Span(2, 5).of("gradient")
    'adi'
    """

    start: int
    """First code point, from 0."""
    end: int
    """One past the last code point; not before start."""

    def of(self, text: str) -> str:
        """The part of text that the span covers."""
        return text[self.start : self.end]

    def to_list(self) -> list[int]:
        """The span as JSON has it."""
        return [self.start, self.end]

    def __len__(self) -> int:
        return self.end - self.start


def row_starts(text: str, start: int, lines: str) -> Iterator[tuple[int, int]]:
    """Where the lines of a part of a text begin that stands otherwise in its file.

    Args:
        text: the text.
        start: where the part begins.
        lines: the line of the file for each of its lines, with spaces between.

    >>> list(row_starts("甲 乙\\n丙 丁", 0, "7 9"))
    [(0, 7), (4, 9)]
    """
    for line in lines.split():
        yield start, int(line)
        start = text.find("\n", start) + 1
        if not start:
            break


def line_at(starts: Sequence[tuple[int, int]], offset: int) -> int:
    """The line of an offset, by where lines begin and what they are, the first one for what stands
    before it.

    >>> line_at([(0, 7), (4, 9)], 5)
    9
    """
    return starts[max(0, bisect_right(starts, offset, key=lambda start: start[0]) - 1)][1]


class Source:
    """A text with a name, that can say where an offset lies.

    >>> source = Source("notes.md", "首行\\n梯度裁剪 clip")
    >>> source.place(8)
    (2, 6)
    >>> print(source.excerpt(Span(3, 7)))
    梯度裁剪 clip
    ^^^^^^^^
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._line_starts: list[int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; past the end counts as the end."""
        starts = self._starts()
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """Text of a line, from 1, without its line break."""
        starts = self._starts()
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end]

    def excerpt(self, span: Span, *, max_columns: int = 100) -> str:
        """The line where the span starts, with a second line of carets under the span.

        Carets are placed by display width, so that they stand under Chinese characters too.
        A long line is shown from a little before the span.
        """
        line, column = self.place(span.start)
        text = self.line_text(line)
        first = column - 1
        cut = first - 30 if display_width(text) > max_columns and first > 30 else 0
        shown = take_columns(text[cut:], max_columns)
        before = display_width(text[cut:first])
        under = display_width(text[first : min(first + max(1, len(span)), cut + len(shown))])
        return f"{shown}\n{' ' * before}{'^' * max(1, under)}"

    def _starts(self) -> list[int]:
        if self._line_starts is None:
            starts = [0]
            position = self.text.find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = self.text.find("\n", position + 1)
            self._line_starts = starts
        return self._line_starts


def display_width(text: str) -> int:
    """Columns that a terminal uses for text: two for wide characters, none for combining ones.

    >>> display_width("梯度 x̂")
    6
    """
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def take_columns(text: str, columns: int) -> str:
    """The longest start of text that fits into so many columns.

    >>> take_columns("梯度裁剪", 5)
    '梯度'
    """
    used = 0
    for index, char in enumerate(text):
        used += _char_width(char)
        if used > columns:
            return text[:index]
    return text


def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in _WIDE:
        return 2
    return 0 if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf") else 1
