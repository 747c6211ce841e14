"""Where terms stand in a text, without a dictionary: for passages, which every search shows.

A Chinese term is found wherever its characters stand; a Latin one as a whole word or as a part of
a compound. All texts here are such as ``fold_script`` gives, so that one who asks of several parts
folds the whole once.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from blogkit.regexes import regex
from blogkit.spans import Span
from blogkit.text.analyzer import LATIN_START, TOKEN
from blogkit.text.compounds import compound, compound_spans, without_marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence

_RUN = regex("[!-\u052f’]+")
"""What may stand in Latin words, and marks."""


def term_spans(folded: str, terms: frozenset[str]) -> list[Span]:
    """Where terms stand in a folded text; in order, overlapping ones joined.

    >>> term_spans("GO的env变量", frozenset({"变量", "env"}))
    [Span(start=3, end=6), Span(start=6, end=8)]
    """
    latin, other = _by_script(terms)
    spans = [Span(at, at + len(term)) for term in other for at in _places(folded, term)]
    for token in _latin_words(folded, latin):
        spans += compound_spans(token.group(), token.start(), latin)
    return _joined(sorted(spans, key=lambda span: (span.start, span.end)))


def terms_present(folded: str, terms: frozenset[str]) -> frozenset[str]:
    """Those of terms that stand in a folded text, found as term_spans finds them.

    >>> sorted(terms_present("bert4keras的变量", frozenset({"变量", "bert", "ker"})))
    ['bert', '变量']
    """
    latin, other = _by_script(terms)
    present = {term for term in other if term in folded}
    for token in _latin_words(folded, latin):
        present |= latin.intersection(compound(token.group()))
    return frozenset(present)


def terms_in_each(
    folded: str, spans: Sequence[Span], terms: frozenset[str]
) -> list[frozenset[str]]:
    """For each of some spans of a folded text, in order, what terms_present finds there.

    >>> spans = [Span(0, 3), Span(3, 6)]
    >>> [sorted(found) for found in terms_in_each("变量。变化量", spans, frozenset({"变量", "变"}))]
    [['变', '变量'], ['变']]
    """
    latin, other = _by_script(terms)
    found: list[set[str]] = [set() for _ in spans]
    starts = [span.start for span in spans]
    for term in other:
        place = folded.find(term)
        while place >= 0:
            index = bisect_right(starts, place) - 1
            is_inside = index >= 0 and place + len(term) <= spans[index].end
            if is_inside:
                found[index].add(term)
            place = folded.find(term, spans[index].end if is_inside else place + 1)
    for token in _latin_words(folded, latin):
        index = bisect_right(starts, token.start()) - 1
        if index >= 0 and token.end() <= spans[index].end:
            found[index] |= latin.intersection(compound(token.group()))
    return list(map(frozenset, found))


def _latin_words(folded: str, terms: frozenset[str]) -> Iterator[re.Match[str]]:
    """The Latin words and numbers that may hold some of the terms.

    Most texts have the characters of none, and others at a few places: only there words are cut.
    """
    lowered = folded.lower() if terms else ""
    joined = lowered if lowered.isalnum() else without_marks(lowered)
    near = [term for term in terms if term in joined or term in lowered]
    if not near:
        return
    places: Iterable[tuple[int, int]] = [(0, len(folded))]
    if len(lowered) == len(folded) and not any(map(_counts_more(joined, lowered), near)):
        places = _runs_at(folded, sorted(at for term in near for at in _places(lowered, term)))
    for start, end in places:
        for token in TOKEN.finditer(folded, start, end):
            if token.lastgroup == "word":
                yield token


def _counts_more(joined: str, lowered: str) -> Callable[[str], bool]:
    """Whether a term stands oftener in a text without marks: across some of them."""
    return lambda term: joined.count(term) > lowered.count(term)


def _runs_at(folded: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The runs around some places, in order, of what may stand in Latin words, marks with them."""
    runs = _RUN.finditer(folded)
    start = end = 0
    for place in places:
        if place < end:
            continue
        while end <= place and (run := next(runs, None)):
            start, end = run.span()
        if start <= place < end:
            yield start, end


@lru_cache(maxsize=8)
def _by_script(terms: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of terms that are Latin words or numbers, and the rest."""
    latin = frozenset(term for term in terms if LATIN_START.match(term))
    return latin, terms - latin


def _places(folded: str, term: str) -> Iterator[int]:
    place = folded.find(term)
    while place >= 0:
        yield place
        place = folded.find(term, place + 1)


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted spans with overlapping ones made one; touching ones stay apart."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            last = joined.pop()
            span = Span(last.start, max(last.end, span.end))
        joined.append(span)
    return joined
