r"""A post's paragraphs as lines of words in which each formula is one character.

It exists so that patterns for words do not stumble over LaTeX, over line breaks and over the stars
of emphasis. Every character of a line knows its place in the text. Imports `naming.py` and spans.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol
from blogkit.posts import Block, Post
from blogkit.spans import Span
from blogkit.symbols.naming import Named
from blogkit.text.normalize import fold_script

MENTION: Final = "\ue000"
"""Stands for a formula in the line."""
DISPLAY: Final = "\ue001"
"""Stands for a formula on a line of its own."""

_BLANK: Final = re.compile(r"\n[ \t]*\n")
_HAN: Final = r"[\u4e00-\u9fff。、]"
_ITEM: Final = r"(?:[-*+•]\s|\d{1,2}[.)、]|\|)"
_BREAK: Final = rf"[ \t]*\n(?!\s*{_ITEM})\s*"
_DROPPED: Final = re.compile(
    rf"(?<!\n)\*+|[\u200b\ufeff]|(?<={_HAN}){_BREAK}|{_BREAK}(?={_HAN}|[\ue000\ue001]{_HAN})"
    rf"|(?<=[\ue000\ue001]){_BREAK}(?=[\ue000\ue001])"
)
_NO_ITEM: Final = re.compile(rf"\n(?!\s*{_ITEM})")
_LEVELLED: Final = str.maketrans("（）：；！？［］", "():;!?[]")
_STOP: Final = re.compile(r"(?<=[\u4e00-\u9fff])\.(?![\d.])")
"""A full stop that ends a Chinese sentence."""
_NEAR_CHARS: Final = 1000
"""How far from a formula with a letter the letter by itself means the same."""
_LETTER: Final = re.compile(
    r"(?!(?<=\()[A-Za-z]\))(?<![A-Za-z0-9_\\.\-+/'])[A-Za-z\u03b1-\u03c9\u0391-\u03a9](?![A-Za-z0-9_\-+/'.])"
)
_IN_CHINESE: Final = re.compile(r"[\u4e00-\u9fff、。]\s*[,:(]?\s*$")
_BEFORE_CHINESE: Final = re.compile(r"\s*[,:)]?\s*[\u4e00-\u9fff、。]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A formula with its place, as far as its names are concerned."""

    span: Span
    """Where it stands in the text, with its delimiters."""
    latex: str
    """Its LaTeX."""
    display: bool
    """Whether it stands on a line of its own."""
    named: Named | None
    """What it names; None for an expression."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as words."""

    text: str
    """The text of the post."""
    words: str
    """Its words, with `MENTION` and `DISPLAY` for formulas."""
    places: tuple[int, ...]
    """For each character its place in the text, and at last the end."""
    mentions: dict[int, Placed]
    """The formulas, by their place in the words."""

    def span(self, start: int, end: int) -> Span:
        """The place in the text of a stretch of the words."""
        last = self.mentions.get(end - 1)
        return Span(self.places[start], last.span.end if last else self.places[end - 1] + 1)

    def spelled(self, start: int, end: int) -> str:
        """A stretch of the words as the text has it, its formulas between dollars."""
        parts = []
        for at in range(start, end):
            formula = self.mentions.get(at)
            char = self.text[self.places[at]]
            parts.append(f"${formula.latex.strip()}$" if formula else " " if char == "\n" else char)
        return "".join(parts)


def lines_of(
    post: Post, formulas: Sequence[Placed], letters: Mapping[str, Sequence[int]]
) -> Iterator[Line]:
    """The paragraphs of a post, in order.

    Args:
        post: the post.
        formulas: its formulas, in order.
        letters: letters that its formulas use as names, each with the places of the formulas, in
            order; one that stands near in Chinese without dollars is taken for such a formula.
    """
    starts = [formula.span.start for formula in formulas]
    displays = frozenset(formula.span.start for formula in formulas if formula.display)
    for span in _paragraphs(post, displays):
        own = formulas[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if own or letters:
            yield _line(post.text, span, own, letters)


def _paragraphs(post: Post, displays: frozenset[int]) -> Iterator[Span]:
    """The paragraphs; one that begins with a display goes on from the one before it.

    Args:
        post: the post.
        displays: where formulas begin that stand on lines of their own.
    """
    waiting: Span | None = None
    for span in _blocks(post):
        if waiting and span.start in displays:
            waiting = Span(waiting.start, span.end)
            continue
        if waiting:
            yield waiting
        waiting = span
    if waiting:
        yield waiting


def _blocks(post: Post) -> Iterator[Span]:
    if post.blocks:
        yield from (block.span for block in post.blocks if _is_read(block))
        return
    start = 0
    for blank in (*_BLANK.finditer(post.text), None):
        end = blank.start() if blank else len(post.text)
        yield Span(start, end)
        start = blank.end() if blank else end


def _is_read(block: Block) -> bool:
    return block.kind != "code"


def _line(
    text: str, span: Span, formulas: Sequence[Placed], letters: Mapping[str, Sequence[int]]
) -> Line:
    chars: list[str] = []
    places: list[int] = []
    mentions: dict[int, Placed] = {}
    at = span.start
    for formula in (*formulas, None):
        end = formula.span.start if formula else span.end
        piece = text[at:end]
        folded = fold_script(piece)
        folded = _STOP.sub("。", folded)
        chars += (folded if len(folded) == len(piece) else piece).translate(_LEVELLED)
        places += range(at, end)
        if formula is None:
            break
        mentions[len(chars)] = formula
        chars.append(DISPLAY if formula.display else MENTION)
        places.append(formula.span.start)
        at = formula.span.end
    whole = Line(text, "".join(chars), (*places, span.end), mentions)
    return _dropped(_with_letters(whole, letters))


def _with_letters(line: Line, letters: Mapping[str, Sequence[int]]) -> Line:
    """A line in which a bare letter between Chinese is a formula."""
    words = list(line.words)
    mentions = dict(line.mentions)
    for match in _LETTER.finditer(line.words) if letters else ():
        front = line.words[max(0, match.start() - 6) : match.start()]
        is_chinese = _IN_CHINESE.search(front) or _BEFORE_CHINESE.match(line.words, match.end())
        is_near = _is_near(line.places[match.start()], letters.get(match[0], ()))
        if is_chinese and is_near and not (match[0] == "O" and line.words[match.end()] == "("):
            span = Span(line.places[match.start()], line.places[match.start()] + 1)
            mentions[match.start()] = Placed(span, match[0], False, Named((Symbol(match[0]),)))
            words[match.start()] = MENTION
    return Line(line.text, "".join(words), line.places, mentions)


def _is_near(place: int, formulas: Sequence[int]) -> bool:
    """Whether one of the formulas, whose places are in order, stands near a place."""
    at = bisect_left(formulas, place - _NEAR_CHARS)
    return at < len(formulas) and formulas[at] <= place + _NEAR_CHARS


def _dropped(line: Line) -> Line:
    """A line without stars and without line breaks between Chinese."""
    chars: list[str] = []
    places: list[int] = []
    mentions: dict[int, Placed] = {}
    at = 0
    for match in (*_DROPPED.finditer(line.words), None):
        end = match.start() if match else len(line.words)
        for offset in range(at, end):
            if offset in line.mentions:
                mentions[len(chars)] = line.mentions[offset]
            is_space = line.words[offset] == "\t" or _NO_ITEM.match(line.words, offset)
            chars.append(" " if is_space else line.words[offset])
            places.append(line.places[offset])
        at = match.end() if match else end
    return Line(line.text, "".join(chars), (*places, line.places[-1]), mentions)
