"""The best passage of a section: whole sentences around the query's words, formulas whole."""

from __future__ import annotations

import math

from blogkit.macros import replaced, replacements
from blogkit.search.hits import Snippet
from blogkit.spans import Span
from blogkit.text.mathspans import find_math
from blogkit.text.normalize import fold_script
from blogkit.text.sentences import sentences
from blogkit.text.term_places import term_spans, terms_in_each, terms_present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

SNIPPET_CHARS = 160
_ELLIPSIS = "…"
_FORMULA = "$"
"""Stands among the terms for the formula that answers."""


def best_snippet(
    text: str,
    weights: Mapping[str, float],
    *,
    typed: Collection[str] | None = None,
    formulas: Sequence[str] = (),
) -> tuple[Snippet, int]:
    """The passage that says most of the query in about SNIPPET_CHARS characters, and its offset.

    It is a run of whole sentences; each distinct term counts once, by its weight; of equals the
    first wins. A sentence that is too long by itself is cut to the part around its words, with
    ``…`` where it is cut. A formula is never cut, however long.

    Args:
        text: a section's text.
        weights: terms of the query, with how much each is worth.
        typed: those of the terms that were typed, all if not given; others, of other names, are
            marked where no typed one is.
        formulas: LaTeX of formulas in the text that answer the query, the best first.
    """
    found_math = find_math(text)[0]
    maths = [formula.span for formula in found_math]
    spans = sentences(text, maths)
    if not spans:
        return Snippet("", ()), 0
    terms = frozenset(weights)
    folded = fold_script(text)
    found = terms_in_each(folded, spans, terms)
    if formulas:
        wanted = [m.span for m in found_math if m.body.of(text) == formulas[0]][:1]
        weights = {**weights, _FORMULA: 1.0 + sum(weights.values())}
        found = [
            present | {_FORMULA} if any(_overlap(span, 0, w) for w in wanted) else present
            for span, present in zip(spans, found, strict=True)
        ]
    telling = [index for index, present in enumerate(found) if present] or [0]
    best = max(telling, key=lambda index: _worth(found[index], weights))
    sentence = spans[best]
    if len(sentence) > SNIPPET_CHARS:
        marks = term_spans(sentence.of(folded), _least(_typed(found[best], typed)))
        passage = _cut(text, sentence, marks, maths)
    else:
        passage = _run_of_sentences(spans, found, weights, best)
        sentence = passage
    shown = passage.of(folded)
    marks = [
        span
        for span in term_spans(shown, _least(_typed(terms_present(shown, terms), typed)))
        if not any(_overlap(span, passage.start, formula) for formula in maths)
    ]
    before = _ELLIPSIS if passage.start > sentence.start else ""
    after = _ELLIPSIS if passage.end < sentence.end else ""
    moved = tuple(Span(mark.start + len(before), mark.end + len(before)) for mark in marks)
    return Snippet(before + passage.of(text) + after, moved), passage.start


def read_alone(snippet: Snippet, definitions: str) -> Snippet:
    """A snippet whose formulas say the same without the macros of their post.

    Args:
        snippet: a passage; what is marked in it stands outside of formulas.
        definitions: what its post defines before it.
    """
    changed = list(replacements(snippet.text, definitions))
    if not changed:
        return snippet

    def moved(mark: Span) -> Span:
        by = sum(len(shown) - len(span) for span, shown in changed if span.start < mark.start)
        return Span(mark.start + by, mark.end + by)

    text = replaced(snippet.text, changed)
    return Snippet(text, tuple(map(moved, snippet.spans)))


def _typed(present: frozenset[str], typed: Collection[str] | None) -> frozenset[str]:
    """Those of the terms that were typed; all, if none was."""
    return present if typed is None else present.intersection(typed) or present


def _least(terms: frozenset[str]) -> frozenset[str]:
    """The terms without Chinese ones that are others one after another.

    Where ``梯度裁剪`` is asked for with its parts, the parts are marked wherever they stand.
    """
    return frozenset(
        term
        for term in terms
        if len(term) < 3 or term.isascii() or not _is_made_of(term, terms - {term})
    )


def _is_made_of(word: str, parts: frozenset[str]) -> bool:
    ends = {0}
    for end in range(1, len(word) + 1):
        if any(word[start:end] in parts for start in ends):
            ends.add(end)
    return len(word) in ends


def _overlap(mark: Span, passage_start: int, formula: Span) -> bool:
    return mark.start + passage_start < formula.end and formula.start < mark.end + passage_start


def _worth(found: frozenset[str], weights: Mapping[str, float]) -> float:
    """What terms are worth; rounded once, because a set has another order in each process."""
    return math.fsum(weights[term] for term in found)


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
        first, last = max(grown, key=worth) if len(grown) > 1 else grown[0]


def _cut(text: str, sentence: Span, marks: Sequence[Span], formulas: Sequence[Span]) -> Span:
    """The part of a long sentence where most of its marked words stand together."""
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
