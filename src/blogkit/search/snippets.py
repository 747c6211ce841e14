"""The best passage of a section: whole sentences around the query's words, formulas whole."""

from __future__ import annotations

from blogkit.search.hits import Snippet
from blogkit.spans import Span
from blogkit.text.analyzer import term_spans, terms_present
from blogkit.text.mathspans import find_math
from blogkit.text.sentences import sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SNIPPET_CHARS = 160
_ELLIPSIS = "…"


def best_snippet(text: str, weights: Mapping[str, float]) -> tuple[Snippet, int]:
    """The passage that says most of the query in about SNIPPET_CHARS characters, and its offset.

    It is a run of whole sentences; each distinct term counts once, by its weight; of equals the
    first wins. A sentence that is too long by itself is cut to the part around its words, with
    ``…`` where it is cut. A formula is never cut, however long.

    Args:
        text: a section's text.
        weights: terms of the query, with how much each is worth.
    """
    formulas = [formula.span for formula in find_math(text)[0]]
    spans = sentences(text, formulas)
    if not spans:
        return Snippet("", ()), 0
    terms = frozenset(weights)
    found = [terms_present(span.of(text), terms) for span in spans]
    best = max(range(len(spans)), key=lambda index: (_worth(found[index], weights), -index))
    sentence = spans[best]
    if len(sentence) > SNIPPET_CHARS:
        passage = _cut(text, sentence, terms, formulas)
    else:
        passage = _run_of_sentences(spans, found, weights, best)
        sentence = passage
    marks = [
        span
        for span in term_spans(passage.of(text), terms)
        if not any(_overlap(span, passage.start, formula) for formula in formulas)
    ]
    before = _ELLIPSIS if passage.start > sentence.start else ""
    after = _ELLIPSIS if passage.end < sentence.end else ""
    moved = tuple(Span(mark.start + len(before), mark.end + len(before)) for mark in marks)
    return Snippet(before + passage.of(text) + after, moved), passage.start


def _overlap(mark: Span, passage_start: int, formula: Span) -> bool:
    return mark.start + passage_start < formula.end and formula.start < mark.end + passage_start


def _worth(found: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[term] for term in found)


def _run_of_sentences(
    spans: Sequence[Span],
    found: Sequence[frozenset[str]],
    weights: Mapping[str, float],
    best: int,
) -> Span:
    """The best sentence with its neighbours, as long as they fit, the more telling side first."""
    first = last = best

    def worth(ends: tuple[int, int]) -> float:
        return _worth(frozenset().union(*found[ends[0] : ends[1] + 1]), weights)

    while True:
        grown = [
            (a, b)
            for a, b in ((first, last + 1), (first - 1, last))
            if a >= 0 and b < len(spans) and spans[b].end - spans[a].start <= SNIPPET_CHARS
        ]
        if not grown:
            return Span(spans[first].start, spans[last].end)
        first, last = max(grown, key=worth)


def _cut(text: str, sentence: Span, terms: frozenset[str], formulas: Sequence[Span]) -> Span:
    """The part of a long sentence where most of its words stand together."""
    marks = term_spans(sentence.of(text), terms)
    starts = [sentence.start + mark.start for mark in marks] or [sentence.start]
    room = SNIPPET_CHARS * 3 // 4

    def marks_in_window(index: int) -> int:
        return sum(starts[index] <= start <= starts[index] + room for start in starts)

    first = max(range(len(starts)), key=lambda index: (marks_in_window(index), -index))
    start = max(sentence.start, starts[first] - SNIPPET_CHARS // 4)
    end = min(sentence.end, start + SNIPPET_CHARS)
    return _between_words(text, Span(start, end), sentence, formulas)


def _between_words(text: str, window: Span, sentence: Span, formulas: Sequence[Span]) -> Span:
    """The window with its ends moved out of formulas and out of Latin words."""
    start, end = window.start, window.end
    while start > sentence.start and _is_inside_word(text, start):
        start -= 1
    while end < sentence.end and _is_inside_word(text, end):
        end += 1
    for formula in formulas:
        if formula.start < start < formula.end:
            start = formula.start
        if formula.start < end < formula.end:
            end = formula.end
    return Span(max(start, sentence.start), min(max(end, start), sentence.end))


def _is_inside_word(text: str, offset: int) -> bool:
    """Whether a Latin word or number runs across the offset."""
    pair = text[offset - 1 : offset + 1]
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
