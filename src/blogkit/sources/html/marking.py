"""Where emphasis, links and code of HTML begin and end, while a block is put together.

Until it is whole, each end stands in its text as one private character, which says of which mark it
is: so white space may be collapsed, lines broken and formulas found, and the marks stay in place.
"""

from __future__ import annotations

import re

from blogkit.spans import Span
from blogkit.text.marks import Mark, in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from blogkit.text.marks import MarkKind

PRIVATE = re.compile("[\ue0f0-\ue0f4\U000f0000-\U0010ffff]")
"""Characters that stand for something while a page is read; none of its own may."""
NOTHING = "\u200b"
"""Stands for an end of a mark within a formula, where it says nothing."""
_FIRST_OPENING, _FIRST_CLOSING, _MOST = 0xF0000, 0x100000, 0xFFFD
_ENDS = re.compile("[\U000f0000-\U0010ffff]")
_EARLY = re.compile("([\U000f0000-\U000fffff]+)([ \n]+)")
_LATE = re.compile("([ \n]+)([\U00100000-\U0010ffff]+)")


class Marking:
    """The marks of one block."""

    def __init__(self) -> None:
        self._kinds: list[tuple[MarkKind, str]] = []
        self._waiting: list[tuple[_Element, MarkKind, str]] = []
        self._open: dict[_Element, int] = {}

    def open(self, element: _Element, kind: MarkKind, target: str) -> None:
        """Take the beginning of a mark; it stands where its text begins."""
        self._waiting.append((element, kind, target))

    def opened(self) -> str:
        """The characters for marks whose text begins here."""
        signs = ""
        for element, kind, target in self._waiting:
            if len(self._kinds) < _MOST:
                self._open[element] = len(self._kinds)
                signs += chr(_FIRST_OPENING + len(self._kinds))
                self._kinds.append((kind, target))
        self._waiting.clear()
        return signs

    def close(self, element: _Element) -> str:
        """The character for the end of an element's mark; nothing where it has no text."""
        self._waiting = [waiting for waiting in self._waiting if waiting[0] is not element]
        number = self._open.pop(element, None)
        return "" if number is None else chr(_FIRST_CLOSING + number)

    def pulled_in(self, text: str) -> str:
        """A text whose marks begin and end at words."""
        return _LATE.sub(r"\2\1", _EARLY.sub(r"\2\1", text))

    def as_source(self, text: str) -> str:
        """A text as long, in which emphasis is underscores and other marks are nothing."""

        def source(match: re.Match[str]) -> str:
            kind, _ = self._kinds[_number_of(match[0])]
            return "_" if kind == "emphasis" else NOTHING

        return _ENDS.sub(source, text)

    def read(self, pieces: Sequence[str]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
        """Each piece without the characters, and its marks; one that is cut goes on in the next."""
        closed = {
            _number_of(sign) for piece in pieces for sign in _ENDS.findall(piece) if _closes(sign)
        }
        going_on: list[int] = []
        for piece in pieces:
            text = _ENDS.sub("", piece)
            starts = dict.fromkeys(going_on, 0)
            marks = []
            for place, sign in _places(piece):
                number = _number_of(sign)
                if not _closes(sign) and number in closed:
                    starts[number] = place
                elif number in starts:
                    marks.append(self._mark(number, text, starts.pop(number), place))
            going_on = list(starts)
            marks += (self._mark(number, text, starts[number], len(text)) for number in starts)
            yield text, in_order(marks)

    def _mark(self, number: int, text: str, start: int, end: int) -> Mark:
        kind, target = self._kinds[number]
        span = Span(start, end)
        if kind != "code":
            return Mark(kind, span, span, target)
        inner = span.of(text).strip("`")
        inner = inner[1:-1] if inner.startswith(" ") and inner.endswith(" ") else inner
        place = text.index(inner, start) if inner else start
        return Mark(kind, span, Span(place, place + len(inner)))


def _places(piece: str) -> Iterator[tuple[int, str]]:
    """The characters for ends of marks, with where they stand in the text without them."""
    for number, match in enumerate(_ENDS.finditer(piece)):
        yield match.start() - number, match[0]


def _number_of(sign: str) -> int:
    code = ord(sign)
    return code - (_FIRST_CLOSING if code >= _FIRST_CLOSING else _FIRST_OPENING)


def _closes(sign: str) -> bool:
    return ord(sign) >= _FIRST_CLOSING
