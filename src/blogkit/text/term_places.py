"""Where terms stand in a text, without a dictionary: for passages, which every search shows.

A Chinese term is found wherever its characters stand; a Latin one as a whole word or as a part of
a compound. All texts here are such as ``fold_script`` gives, so that one who asks of several parts
folds the whole once.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from blogkit.spans import Span
from blogkit.text.analyzer import LATIN_START, TOKEN
from blogkit.text.compounds import compound, compound_spans, without_marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def term_spans(folded: str, terms: frozenset[str]) -> list[Span]:
    """Where terms stand in a folded text; in order, overlapping ones joined.

    >>> term_spans("GO的env变量", frozenset({"变量", "env"}))
    [Span(start=3, end=6), Span(start=6, end=8)]
    """
    latin, other = _by_script(terms)
    spans = [span for term in other for span in _substring_spans(folded, term)]
    near = _inside(folded, latin)
    for token in TOKEN.finditer(folded) if near else ():
        if token.lastgroup == "word":
            spans += compound_spans(token.group(), token.start(), near)
    return _joined(sorted(spans, key=lambda span: (span.start, span.end)))


def terms_present(folded: str, terms: frozenset[str]) -> frozenset[str]:
    """Those of terms that stand in a folded text, found as term_spans finds them.

    >>> sorted(terms_present("bert4keras的变量", frozenset({"变量", "bert", "ker"})))
    ['bert', '变量']
    """
    latin, other = _by_script(terms)
    present = {term for term in other if term in folded}
    return frozenset(present.union(_latin_present(folded, latin)))


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
    near = _inside(folded, latin)
    for span, held in zip(spans, found, strict=True) if near else ():
        held.update(_latin_present(span.of(folded), near))
    return list(map(frozenset, found))


def _latin_present(folded: str, latin: frozenset[str]) -> Iterator[str]:
    near = _inside(folded, latin)
    for token in TOKEN.finditer(folded) if near else ():
        word = token.group()
        if token.lastgroup == "word" and (held := _inside(word, near)):
            yield from held.intersection(compound(word))


def _inside(folded: str, terms: frozenset[str]) -> frozenset[str]:
    """Those of the terms whose characters stand in a folded text; most texts need no more."""
    if not terms:
        return terms
    lowered = folded.lower()
    joined = lowered if lowered.isalnum() else without_marks(lowered)
    return frozenset(term for term in terms if term in lowered or term in joined)


@lru_cache(maxsize=8)
def _by_script(terms: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of terms that are Latin words or numbers, and the rest."""
    latin = frozenset(term for term in terms if LATIN_START.match(term))
    return latin, terms - latin


def _substring_spans(folded: str, term: str) -> Iterator[Span]:
    place = folded.find(term)
    while place >= 0:
        yield Span(place, place + len(term))
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
