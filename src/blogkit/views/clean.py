"""Text from posts, made safe to show: no character of it steers a terminal."""

from __future__ import annotations

import re

from blogkit.spans import Span, display_width, take_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogkit.search.hits import Snippet
    from blogkit.text.dates import PostDate

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAKS = re.compile("[\t\n\u2028\u2029]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text with control characters and bidirectional overrides shown as what they are.

    Line breaks and tabs stay.

    >>> clean("a\\x1b[31mb")
    'a␛[31mb'
    """
    return _STEERING.sub(lambda match: _picture(ord(match.group())), text)


def one_name(text: str) -> str:
    r"""The name of a file on one line: a line break in it must not begin a line of the output.

    >>> one_name("a\n1. b\tc.md")
    'a␊1. b␉c.md'
    """
    return _BREAKS.sub(lambda match: _picture(ord(match.group())), clean(text))


def one_line(text: str) -> str:
    """Cleaned text on one line, with each run of white space as one space."""
    return clean(_SPACE.sub(" ", text).strip())


_TABLE_RULE = re.compile(r"^[ \t]*\|(?:[ \t]*(?::?-+:?)?[ \t]*\|)+[ \t]*(?:\n|$)", re.MULTILINE)
"""The line below the head of a table, and the head of one that has none."""


def one_line_snippet(snippet: Snippet) -> Snippet:
    """The snippet on one line, cleaned, its spans moved along, without lines that rule a table."""
    from blogkit.search.hits import Snippet

    pieces: list[str] = []
    spans: list[Span] = []
    position, length = 0, 0

    def put(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    for span in snippet.spans:
        put(_between(snippet.text[position : span.start]))
        start = length
        put(one_line(span.of(snippet.text)))
        spans.append(Span(start, length))
        position = span.end
    put(_between(snippet.text[position:]))
    return Snippet("".join(pieces), tuple(spans))


def _between(text: str) -> str:
    return clean(_SPACE.sub(" ", _TABLE_RULE.sub("", text)))


def shorten(text: str, columns: int) -> str:
    """Text that fits into so many columns, with ``…`` where it was cut.

    >>> shorten("梯度裁剪", 5)
    '梯度…'
    """
    if display_width(text) <= columns:
        return text
    return take_columns(text, columns - 1) + "…"


def pad(text: str, columns: int) -> str:
    """Text with spaces behind it up to so many columns."""
    return text + " " * max(0, columns - display_width(text))


def columns(rows: Sequence[Sequence[str]], gap: int = 2) -> list[str]:
    """Rows as lines with aligned columns, wide characters counted as two."""
    if not rows:
        return []
    widths = [max(display_width(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        (" " * gap).join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def shown_date(date: PostDate) -> str:
    """A date as far as it is known: ``2020-06-05``, ``06-05`` or nothing.

    >>> from blogkit.text.dates import PostDate
    >>> shown_date(PostDate(None, 6, 5))
    '06-05'
    """
    parts = [date.year, date.month, date.day]
    return "-".join(f"{part:02}" for part in parts if part is not None)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"
