"""The best passage of a section: whole sentences around the query's words, formulas whole."""

from collections.abc import Mapping, Sequence

from blogkit.search.hits import Snippet
from blogkit.spans import Span
from blogkit.text.analyzer import term_spans, terms_present
from blogkit.text.mathspans import find_math
from blogkit.text.sentences import sentences

SNIPPET_CHARS = 160
_ELLIPSIS = "…"


def best_passage(text: str, weights: Mapping[str, float]) -> Span:
    """The run of whole sentences that says most of the query in SNIPPET_CHARS characters.

    Each distinct term counts once, by its weight; of equals the first wins. A sentence that is
    too long by itself is cut to the part around its words, never inside a formula.

    Args:
        text: a section's text.
        weights: terms of the query, with how much each is worth.
    """
    formulas = [formula.span for formula in find_math(text)[0]]
    spans = sentences(text, formulas)
    if not spans:
        return Span(0, 0)
    terms = frozenset(weights)
    found = [terms_present(span.of(text), terms) for span in spans]
    best = max(range(len(spans)), key=lambda index: (_worth(found[index], weights), -index))
    if len(spans[best]) > SNIPPET_CHARS:
        return _cut(text, spans[best], terms, formulas)
    first = last = best
    while True:
        grown = [
            (a, b)
            for a, b in ((first, last + 1), (first - 1, last))
            if a >= 0 and b < len(spans) and spans[b].end - spans[a].start <= SNIPPET_CHARS
        ]
        if not grown:
            return Span(spans[first].start, spans[last].end)
        first, last = max(grown, key=lambda ends: _worth_of_run(found, ends, weights))


def make_snippet(text: str, passage: Span, terms: frozenset[str]) -> Snippet:
    """The passage as it is shown: words marked, ``…`` at an end inside a sentence.

    Line breaks stay as they are, so that offsets are those of the text.
    """
    shown = passage.of(text)
    formulas = [formula.span for formula in find_math(shown)[0]]
    marks = [
        span
        for span in term_spans(shown, terms)
        if not any(f.start < span.end and span.start < f.end for f in formulas)
    ]
    before = _ELLIPSIS if _is_inside_sentence(text, passage.start) else ""
    after = _ELLIPSIS if _is_inside_sentence(text, passage.end) else ""
    moved = tuple(Span(span.start + len(before), span.end + len(before)) for span in marks)
    return Snippet(before + shown + after, moved)


def _worth(found: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[term] for term in found)


def _worth_of_run(
    found: Sequence[frozenset[str]], ends: tuple[int, int], weights: Mapping[str, float]
) -> float:
    first, last = ends
    return _worth(frozenset().union(*found[first : last + 1]), weights)


def _cut(text: str, sentence: Span, terms: frozenset[str], formulas: Sequence[Span]) -> Span:
    """The part of a long sentence where most of its words stand together."""
    marks = term_spans(sentence.of(text), terms)
    starts = [sentence.start + mark.start for mark in marks] or [sentence.start]
    ends = [sentence.start + mark.end for mark in marks] or [sentence.start]
    room = SNIPPET_CHARS * 3 // 4

    def marks_in_window(index: int) -> int:
        return sum(starts[index] <= end <= starts[index] + room for end in ends)

    first = max(range(len(starts)), key=lambda index: (marks_in_window(index), -index))
    start = max(sentence.start, starts[first] - SNIPPET_CHARS // 4)
    end = min(sentence.end, start + SNIPPET_CHARS)
    return _around_formulas(text, Span(start, end), sentence, formulas)


def _around_formulas(text: str, window: Span, sentence: Span, formulas: Sequence[Span]) -> Span:
    """The window with its ends moved out of formulas and out of Latin words."""
    start, end = window.start, window.end
    while start > sentence.start and _glued(text, start):
        start -= 1
    while end < sentence.end and _glued(text, end):
        end += 1
    for formula in formulas:
        if formula.start < start < formula.end:
            start = formula.start
        if formula.start < end < formula.end:
            end = formula.end
    return Span(max(start, sentence.start), min(max(end, start), sentence.end))


def _glued(text: str, offset: int) -> bool:
    """Whether a Latin word or number runs across the offset."""
    pair = text[offset - 1 : offset + 1]
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _is_inside_sentence(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and not any(
        offset in (span.start, span.end) for span in sentences(text)
    )
