"""Where in a text a note belongs: by the words that it is about and the words around them.

A post's text changes under its notes, when a fuller copy is merged or its file is edited. The
words are looked for without what formats change (``dedup.bare``); of several places that have them,
the one counts whose surroundings agree most, and then the nearest. Where the words themselves were
changed, what stands between their surroundings is meant. What is found nowhere is not guessed.

Source: W3C Web Annotation Data Model, 4.2.4 (TextQuoteSelector).
"""

from __future__ import annotations

from itertools import takewhile

from blogkit.dedup.bare import bare, bare_with_places
from blogkit.results.records import record
from blogkit.spans import Span

CONTEXT_CHARS = 40
"""How much is kept of what stands before and behind."""
_LEAST_CONTEXT_CHARS = 6
"""Surroundings of fewer characters, bare, don't say alone where something stands."""
_MOST_GROWTH = 3
"""Between its surroundings, a passage that was changed is so many times as long at most."""


@record
class Quote:
    """Words of a text with what stands around them."""

    exact: str
    """The words."""
    prefix: str
    """What stands before them."""
    suffix: str
    """What stands behind them."""
    start: int
    """Where they stood."""


def quote_at(text: str, span: Span) -> Quote:
    """The words of a place.

    >>> quote_at("甲乙丙", Span(1, 2))
    Quote(exact='乙', prefix='甲', suffix='丙', start=1)
    """
    before = text[max(0, span.start - CONTEXT_CHARS) : span.start]
    return Quote(span.of(text), before, text[span.end : span.end + CONTEXT_CHARS], span.start)


class QuotedText:
    """A text in which quotes are looked for; what formats change is left out of it once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bare, self._places = bare_with_places(text)

    def places_of(self, words: str) -> list[Span]:
        """All places that have these words, whatever marks stand in them, in order."""
        wanted = bare(words)
        if not wanted:
            return []
        found, at = [], self._bare.find(wanted)
        while at >= 0:
            found.append(_widened(self.text, self._span(at, at + len(wanted)), words))
            at = self._bare.find(wanted, at + 1)
        return found

    def find(self, quote: Quote) -> Span | None:
        """Where the words stand now; None if nothing tells.

        >>> QuotedText("前言。甲，**乙**丙丁").find(quote_at("甲乙丙丁", Span(1, 2)))
        Span(start=7, end=8)
        """
        found = self.places_of(quote.exact)
        if not found:
            return self._between(quote)
        return max(
            found,
            key=lambda span: (_agreement(self.text, span, quote), -abs(span.start - quote.start)),
        )

    def _between(self, quote: Quote) -> Span | None:
        """What stands between the surroundings of words that were changed."""
        before, behind = bare(quote.prefix), bare(quote.suffix)
        if min(len(before), len(behind)) < _LEAST_CONTEXT_CHARS:
            return None
        at = self._bare.find(before)
        start = at + len(before)
        end = self._bare.find(behind, start) if at >= 0 else -1
        if end <= start or end - start > _MOST_GROWTH * max(
            len(bare(quote.exact)), _LEAST_CONTEXT_CHARS
        ):
            return None
        return self._span(start, end)

    def _span(self, start: int, end: int) -> Span:
        """The place in the text of a part of what is left of it."""
        return Span(self._places[start], self._places[end - 1] + 1)


def _agreement(text: str, span: Span, quote: Quote) -> int:
    """How many bare characters around a place agree with what stood around the words."""
    before = bare(text[max(0, span.start - 3 * CONTEXT_CHARS) : span.start])
    behind = bare(text[span.end : span.end + 3 * CONTEXT_CHARS])
    return _shared(before[::-1], bare(quote.prefix)[::-1]) + _shared(behind, bare(quote.suffix))


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _widened(text: str, span: Span, words: str) -> Span:
    """A place with the marks around it that the words have too, such as dollars."""
    _, inside = bare_with_places(words)
    head, tail = words[: inside[0]], words[inside[-1] + 1 :]
    start = span.start - len(head) if text[: span.start].endswith(head) else span.start
    return Span(start, span.end + len(tail) if text.startswith(tail, span.end) else span.end)
