r"""Markdown's marks within a block: emphasis, code, links, roles, and the HTML that people use.

The text stays as it is written; a mark says which part of it is shown how. Emphasis is found as
CommonMark finds it, with one change for writing without spaces: beside a Chinese character every
run of ``*`` may open and close (``**“粗”**的``). Formulas are letters here: none of them is a mark.

Sources: CommonMark 0.31, chapter 6; GitHub Flavored Markdown, sections 4.10 and 6.5; the roles of
d2lbook (``:eqref:`a```) and MyST (``{eq}`a```).
"""

from __future__ import annotations

import re

from blogkit.regexes import regex
from blogkit.results.records import record
from blogkit.spans import Span
from blogkit.text.emphasis import emphasis
from blogkit.text.mathspans import find_math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal, TypeAlias

    MarkKind: TypeAlias = Literal[
        "strong", "emphasis", "deleted", "super", "sub", "code", "link", "picture", "role",
        "character", "break", "plain",
    ]  # fmt: skip

_LETTER = "\ue0f4"
"""Stands for each character of formulas and of marks that are found already."""
_SIGN = regex(r"[*`\[<&~]|(?<![A-Za-z0-9])_|\\[^A-Za-z]|[ ]{2}\n|^:end_", re.MULTILINE)
"""What every mark has; most paragraphs have none of it, and are not looked at further."""
_ATOM = regex(
    r"(?<![A-Za-z0-9:])(?::(?P<colons>[A-Za-z][\w+.-]{0,40}):|\{(?P<braces>[A-Za-z][\w:+.-]{0,40})\})"
    r"(?P<quotes>`{1,3})(?P<argument>[^`\n]+)(?P=quotes)(?!`)"
    r"|(?m:^):(?P<end>end_[a-z]{1,20}):(?m:[ \t]*$)"
    r"|(?P<ticks>`+)(?!`)(?P<code>[^\n]*?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<hard>(?<![ ])[ ]{2,}|\\)(?=\n)"
    r"|\\(?P<escaped>[!-'*-/:-@^-`{-~])"
    r"|&(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|<(?P<address>https?://[^<>\s]{1,2000})>"
    r"|<br\s{0,3}/?>(?P<line>)"
    r"|<img\s(?P<image>(?:[^<>\"']++|\"[^\"\n]{0,2000}\"|'[^'\n]{0,2000}'){1,99})>"
    r"|\[\^(?P<note>[^\]\s^]{1,100})\](?!\()"
)
_IN_LINK = r"(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*"
"""The text of a link, with pairs of brackets in it, and pairs in these."""
_LINK = regex(
    rf"!?\[(?P<text>{_IN_LINK})\]\([ \t]*(?:<(?P<braced>[^<>\n]{{0,2000}})>"
    r"|(?P<bare>(?:[^\s()<>]|\([^\s()]{0,500}\)){0,2000}))"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?[ \t]*\)"
)
_HELD_SCHEME = regex(r"(?:attachment:|data:,)")
"""Addresses of pictures that stand in the file of their post."""
_OTHER_SCHEME = regex(r"(?!https?:|mailto:)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)
_TAG = regex(r"<(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?P<rest>(?:\s[^<>]{0,2000})?)/?>")
_VALUE = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_HREF = regex(rf"\shref{_VALUE}", re.IGNORECASE)
_SRC = regex(rf"(?<![\w-])src{_VALUE}", re.IGNORECASE)
_ALT = regex(rf"(?<![\w-])alt{_VALUE}", re.IGNORECASE)
_TAGS: dict[str, MarkKind] = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "del": "deleted",
    "s": "deleted", "strike": "deleted", "sup": "super", "sub": "sub", "code": "code",
    "kbd": "code", "tt": "code", "a": "link", "u": "plain", "ins": "plain", "mark": "plain",
    "span": "plain", "font": "plain", "center": "plain", "small": "plain", "big": "plain",
    "nobr": "plain", "abbr": "plain",
}  # fmt: skip
_SLIDE = regex(
    r"(?P<open>[\[(])\*\*(?P<inside>[^*]{1,2000}(?:\*[^*]{1,2000}){0,9})\*\*[\])](?![\[(])"
)
_NOT_BREAK = regex(r"[^\n]")
_RUN = regex(r"\*+|_+|~~+")


@record
class Mark:
    """A part of a block that is shown otherwise than the words around it.

    In Markdown the text has what writes it (``**`` around ``粗``), in other formats nothing does.
    Marks of a block never cross each other.
    """

    kind: MarkKind
    """What it is. ``role`` stands for what it names (``:eqref:`a```), ``character`` for its
    target (``&nbsp;``), ``break`` for the end of a line, ``plain`` for what is inside."""
    span: Span
    """With what writes it, in the block's text."""
    inside: Span
    """What of it is shown, in the block's text; what is named, for a role."""
    target: str = ""
    """Address of a link or picture, name of a role, the character."""


def find_marks(
    text: str, formulas: Sequence[Span] | None = None, *, html: bool = True
) -> tuple[Mark, ...]:
    """The marks of a block of Markdown in order, the outer before the inner.

    Args:
        text: the block's text.
        formulas: spans of its formulas; found in it if not given.
        html: whether tags and characters by name are HTML's, as in Markdown, or words.

    >>> text = "是**粗**的 `a*b*`"
    >>> [(mark.kind, mark.inside.of(text)) for mark in find_marks(text)]
    [('strong', '粗'), ('code', 'a*b*')]
    """
    if not _SIGN.search(text):
        return ()
    if formulas is None:
        formulas = [formula.span for formula in find_math(text)[0]]
    page = _Page(text, formulas)
    page.find_atoms(html=html)
    page.find_links()
    page.find_slides()
    if html:
        page.find_tags()
    page.find_emphasis()
    return tuple(sorted(page.found, key=lambda mark: (mark.span.start, -mark.span.end)))


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks in order, the outer first, without those that are empty or cross one before them."""
    found: list[Mark] = []
    around: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        while around and around[-1].span.end <= mark.span.start:
            around.pop()
        if mark.span and not (around and around[-1].span.end < mark.span.end):
            found.append(mark)
            around.append(mark)
    return tuple(found)


def plain_words(text: str) -> str:
    """A text without what only writes marks; its formulas stay as they are written.

    >>> plain_words("**粗** 与 [链接](https://a.org) 和 $a_1$")
    '粗 与 链接 和 $a_1$'
    """
    pieces: list[str] = []
    position = 0
    ends: list[Mark] = []
    for mark in find_marks(text):
        while ends and ends[-1].span.end <= mark.span.start:
            pieces.append(text[position : ends[-1].inside.end])
            position = ends.pop().span.end
        pieces.append(text[position : mark.span.start])
        position = mark.inside.start
        ends.append(mark)
        if mark.kind in ("character", "role"):
            pieces.append(mark.target if mark.kind == "character" else "")
            position = mark.span.end
    for mark in reversed(ends):
        pieces.append(text[position : mark.inside.end])
        position = max(position, mark.span.end)
    return "".join([*pieces, text[position:]])


class _Page:
    """A text whose marks are looked for, kind by kind; what is found is written over."""

    def __init__(self, text: str, formulas: Iterable[Span]) -> None:
        self.text = text
        self.seen = covered(text.replace(_LETTER, "\ufffd"), formulas)
        self.found: list[Mark] = []
        self._regions: list[Span] = []

    def find_atoms(self, *, html: bool = True) -> None:
        """What holds no other mark: code, roles, escapes, characters by name, ends of lines."""
        found = (m for m in _ATOM.finditer(self.seen) if html or not _is_html(m))
        marks = [mark for match in found if (mark := self._atom(match))]
        self.found += marks
        self.seen = covered(self.seen, (mark.span for mark in marks))

    def _atom(self, match: re.Match[str]) -> Mark | None:
        span = Span(*match.span())
        name = match["colons"] or match["braces"] or match["end"]
        if name:
            inside = match.span("argument") if match["argument"] else (span.end, span.end)
            return Mark("role", span, Span(*inside), name)
        if match["ticks"]:
            return Mark("code", span, _code_inside(self.text, Span(*match.span("code"))))
        if match["hard"] or match["line"] is not None:
            return Mark("break", span, Span(span.end, span.end))
        if match["note"]:
            return Mark("super", span, Span(*match.span("note")))
        if match["image"]:
            return self._image(match, span)
        if match["escaped"]:
            return Mark("plain", span, Span(*match.span("escaped")))
        if match["address"]:
            inside = match.span("address")
            return Mark("link", span, Span(*inside), match["address"])
        char = _unescaped(match[0])
        return None if char == match[0] else Mark("character", span, span, char)

    def _image(self, match: re.Match[str], span: Span) -> Mark | None:
        """A picture that is written as HTML."""
        start, end = match.span("image")
        source = _SRC.search(self.text, start, end)
        address = _unescaped(next(filter(None, source.groups()), "")) if source else ""
        if not self._may_lie_at(address, "picture"):
            return None
        alt = _ALT.search(self.text, start, end)
        place = alt.span(alt.lastindex) if alt and alt.lastindex else (end, end)
        return Mark("picture", span, Span(*place), address)

    def find_links(self) -> None:
        """Links and pictures with their addresses behind them, in parentheses."""
        position = last_end = 0
        around: list[Span] = []
        while match := _LINK.search(self.seen, position):
            span, inside = Span(*match.span()), Span(*match.span("text"))
            kind: MarkKind = "picture" if match[0].startswith("!") else "link"
            address = self._address(match, kind)
            if address is None or (kind == "link" and span.start < last_end):
                position = span.start + 1
                continue
            self.found.append(Mark(kind, span, inside, address))
            self._regions.append(inside)
            around += (Span(span.start, inside.start), Span(inside.end, span.end))
            position, last_end = inside.start, max(last_end, span.end)
        self.seen = covered(self.seen, around)

    def _address(self, match: re.Match[str], kind: MarkKind) -> str | None:
        """The address of a link; None where it is none that a page may lead to."""
        group = "braced" if match["braced"] is not None else "bare"
        address = _unescaped(Span(*match.span(group)).of(self.text)).replace("\\", "")
        return address if self._may_lie_at(address, kind) else None

    def _may_lie_at(self, address: str, kind: MarkKind) -> bool:
        """Whether a link or a picture may lead to an address."""
        is_held = kind == "picture" and _HELD_SCHEME.match(address)
        return bool(is_held) or not _OTHER_SCHEME.match(address)

    def find_tags(self) -> None:
        """Pairs of HTML's tags that stand in one another as they should, each within its link."""
        tags = [match for match in _TAG.finditer(self.seen) if match["name"].lower() in _TAGS]
        regions = _innermost(self._regions, [match.start() for match in tags])
        opened: list[tuple[re.Match[str], Span | None]] = []
        around: list[Span] = []
        for match, region in zip(tags, regions, strict=True):
            name = match["name"].lower()
            if not match["closes"]:
                opened.append((match, region))
            elif opened and (opened[-1][0]["name"].lower(), opened[-1][1]) == (name, region):
                first, _ = opened.pop()
                self._pair(first, match)
                around += (Span(*first.span()), Span(*match.span()))
        self.seen = covered(self.seen, around)

    def _pair(self, first: re.Match[str], last: re.Match[str]) -> None:
        inside = Span(first.end(), last.start())
        kind, target = _TAGS[first["name"].lower()], ""
        if kind == "link":
            href = _HREF.search(Span(*first.span("rest")).of(self.text))
            target = _unescaped(next(filter(None, href.groups()), "")) if href else ""
            kind = "plain" if not target or _OTHER_SCHEME.match(target) else kind
        self.found.append(Mark(kind, Span(first.start(), last.end()), inside, target))
        self._regions.append(inside)

    def find_slides(self) -> None:
        """What d2lbook's slides repeat (``[**…**]``, ``(**…**)``) with space inside of its ends."""
        around: list[Span] = []
        for match in _SLIDE.finditer(self.seen):
            inside = Span(*match.span("inside"))
            if match["inside"] == match["inside"].strip():
                continue
            is_put = match["open"] == "["
            span = Span(match.start() + (not is_put), match.end() - (not is_put))
            self.found.append(Mark("strong", span, inside))
            self._regions.append(inside)
            around += (Span(span.start, inside.start), Span(inside.end, span.end))
        self.seen = covered(self.seen, around)

    def find_emphasis(self) -> None:
        """Runs of ``*``, ``_`` and ``~~`` that open and close, each within its link or tag."""
        runs = list(_RUN.finditer(self.seen))
        groups: dict[Span, list[re.Match[str]]] = {}
        whole = Span(0, len(self.seen))
        for match, region in zip(
            runs, _innermost(self._regions, [match.start() for match in runs]), strict=True
        ):
            groups.setdefault(region or whole, []).append(match)
        for region, inside in groups.items():
            for found in emphasis(self.seen, region, inside):
                self.found.append(self._widened(Mark(*found)))

    def _widened(self, mark: Mark) -> Mark:
        """A mark with the brackets that d2lbook puts around what a slide repeats: ``[**…**]``."""
        start, end = mark.span.start - 1, mark.span.end + 1
        is_put = mark.kind == "strong" and start >= 0 and self.seen[start] == "["
        if (
            is_put
            and self.seen[end - 1 : end] == "]"
            and self.seen[end : end + 1] not in ("(", "[")
        ):
            return Mark(mark.kind, Span(start, end), mark.inside)
        return mark


def _is_html(match: re.Match[str]) -> bool:
    return any(match[name] is not None for name in ("entity", "line", "image"))


def covered(text: str, spans: Iterable[Span]) -> str:
    """A text with a letter in place of each character of some spans; lines stay."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start >= position:
            pieces += (text[position : span.start], _NOT_BREAK.sub(_LETTER, span.of(text)))
            position = span.end
    return "".join([*pieces, text[position:]])


def _innermost(regions: Iterable[Span], places: Iterable[int]) -> Iterator[Span | None]:
    """The innermost region that holds each place; regions don't cross, places are in order."""
    coming = sorted(regions, key=lambda region: (-region.start, region.end))
    around: list[Span] = []
    for place in places:
        while coming and coming[-1].start <= place:
            around.append(coming.pop())
            while len(around) > 1 and around[-2].end <= around[-1].start:
                del around[-2]
        while around and around[-1].end <= place:
            around.pop()
        yield around[-1] if around else None


def _code_inside(text: str, span: Span) -> Span:
    """Code without the one space at each end that keeps ticks of its own from those around it."""
    code = span.of(text)
    is_padded = code.startswith(" ") and code.endswith(" ") and code.strip()
    return Span(span.start + 1, span.end - 1) if is_padded else span


def _unescaped(text: str) -> str:
    """A text with its HTML entities as the characters that they stand for."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)
