r"""Emphasis and code of LaTeX, as marks: ``\emph{…}``, ``\textbf{…}``, ``{\bf …}``, ``\texttt{…}``.

While prose is read, each end of it is one private character, so that it stays in its place whatever
becomes of the commands and braces around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogkit.spans import Span
from blogkit.text.marks import Mark, in_order

if TYPE_CHECKING:
    from blogkit.text.marks import MarkKind

_KINDS: dict[str, MarkKind] = {
    "textbf": "strong", "alert": "strong", "bf": "strong", "bfseries": "strong",
    "texttt": "code", "tt": "code", "ttfamily": "code",
}  # fmt: skip
"""What commands make of their text; the others emphasise it."""
_OPENS: dict[MarkKind, str] = {"emphasis": "\ue0e0", "strong": "\ue0e1", "code": "\ue0e3"}
_KIND_OF = {sign: kind for kind, sign in _OPENS.items()}
_CLOSES = "\ue0e2"
ENDS = re.compile("[\ue0e0-\ue0e3]")
"""The characters for ends of emphasis; none of a file's own may be one."""
_BRACE = re.compile(
    r"\\(?P<command>emph|textit|textsl|textbf|alert|texttt)\*?[ \t]*\{"
    r"|\{[ \t]*\\(?P<switch>em|it|sl|itshape|slshape|bf|bfseries|tt|ttfamily)(?![A-Za-z])[ \t]*"
    r"|\\(?:[^A-Za-z]|[A-Za-z]+)|(?P<open>\{)|(?P<close>\})"
)


def with_ends(text: str) -> str:
    r"""LaTeX in which the braces of emphasis are characters of their own, and its commands gone.

    >>> with_ends(r"a \emph{b {\bf c}} \{ {d}").translate({0xE0E0: "<", 0xE0E1: "<", 0xE0E2: ">"})
    'a <b <c>> \\{ {d}'
    """
    if "\\" not in text:
        return text
    opened: list[bool] = []

    def shown(match: re.Match[str]) -> str:
        name = match["command"] or match["switch"]
        if name:
            opened.append(True)
            return _OPENS[_KINDS.get(name, "emphasis")]
        if match["open"]:
            opened.append(False)
        elif match["close"] and opened and opened.pop():
            return _CLOSES
        return match[0]

    return _BRACE.sub(shown, text)


def without_ends(text: str) -> tuple[str, tuple[Mark, ...]]:
    """A text without those characters, and its marks; one that does not end goes to its end."""
    plain = ENDS.sub("", text)
    opened: list[tuple[MarkKind, int]] = []
    marks: list[Mark] = []
    for number, match in enumerate(ENDS.finditer(text)):
        place = match.start() - number
        kind = _KIND_OF.get(match[0])
        if kind:
            opened.append((kind, place))
        elif opened:
            marks.append(_mark(*opened.pop(), place, plain))
    marks += (_mark(kind, start, len(plain), plain) for kind, start in opened)
    return plain, in_order(marks)


def _mark(kind: MarkKind, start: int, end: int, text: str) -> Mark:
    """A mark that begins and ends at words."""
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    span = Span(start, max(start, start + len(inside.strip())))
    return Mark(kind, span, span)
