"""The terms that set a post apart from the others, by which its like are found."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice

from blogkit.results.records import changed
from blogkit.search.asked import Asked
from blogkit.search.found import Found
from blogkit.search.hits import Hits
from blogkit.text.compounds import without_marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from blogkit.index.matches import SectionMatch
    from blogkit.posts import Post
    from blogkit.search.hits import Hit
    from blogkit.search.searcher import Index, Place, Searcher
    from blogkit.text.analyzer import Analyzer

    Shares: TypeAlias = Callable[[Iterable[str]], Mapping[str, float]]
    """Of common words, what share of all running words they are."""

RELATED_TERMS = 25
"""How many terms describe a post."""
SHARED_TERMS = 2
"""A section of a related post has at least so many of them: one is a coincidence."""
SHARED_WEIGHT = 0.15
"""Least share of the terms' weight that such a section has."""
_SHOWN_TERMS = 6
_SECTIONS = 256
"""At first so many sections are fetched."""
_FIELDS: Mapping[str, float] = {"body": 1.0}
"""Like are two posts of which one has a section about the other, not two of as many words."""
_COMMON_SHARE = 0.5
_ENGLISH = """
a about after all also an and any are as at be been but by can com do does for from get had has have
he her his how html http https if in into is it its may more most need new no not of on one only or
other our out over paper pdf she so some such than that the their them then there these they this to
up us use used using was we were what when where which who why will with www you your
"""
_SAYS_NOTHING = frozenset(_ENGLISH.split())
"""Everyday words of English, and of addresses."""
_MARKUP = re.compile(
    r"(?:https?|ftp)://[^\s<>\u3000-\u303f\u4e00-\uffef]+|\bwww\.[\w./-]+"
    r"|(?<=\])\([^()\s]*(?:\([^()\s]*\))?[^()\s]*\)|(?<=\])\{[^{}\n]*\}"
    r"|</?[A-Za-z][^<>\n]*>|&[A-Za-z]+;|[\w-]+=\"[^\"\n]*\""
    r"|\\(?:begin|end)\s*\{[^{}]*\}(?:\s*[\[{][^\[\]{}]*[\]}])*|\\[A-Za-z]+\*?"
    r"|\.{0,2}/?(?:[\w.-]+/){2,}[\w.-]*|:\w+:`[^`\n]*`|[\w-]+\.(?:jpe?g|png|gif|svg|webp|pdf|docx?|html?|md|tex|zip|txt)\b",
    re.ASCII,
)
"""Addresses, where links and pictures lead, tags, commands of TeX, and names of files."""
_EVERYDAY, _RARE = 3e-4, 1e-5
"""Shares of running Chinese: a word as common as the first says nothing, as the second all."""


def related_posts(
    searcher: Searcher, shares: Shares, number: int, post: Post, *, limit: int, offset: int
) -> Hits:
    """Posts like one, best first, each with the terms that it has in common.

    Args:
        searcher: the library's.
        shares: tells how common words are in Chinese at large.
        number: the post's number.
        post: the post.
        limit: at most so many.
        offset: how many better ones are passed over.
    """
    index = searcher.index
    weights = related_terms(post, index, searcher.analyzer, shares)
    weight = SHARED_WEIGHT * sum(weights.values())
    alike = {
        place
        for place in index.sections_sharing(weights, weight=weight, least=SHARED_TERMS)
        if place[0] != number
    }
    asked = Asked(weights, {})
    matches = _best(index, asked, alike, offset + limit)
    total = len({of for of, _ in alike})
    hits = searcher.show(Found(matches, total, asked, _FIELDS), limit=limit, offset=offset)
    page = matches[offset : offset + limit]
    held = index.words_held(list(weights), {match.post for match in page})
    shown = (_with_terms(h, held[m.post, m.section]) for h, m in zip(hits, page, strict=False))
    return Hits(post.title, total, tuple(shown), offset)


def _best(index: Index, asked: Asked, alike: set[Place], wanted: int) -> list[SectionMatch]:
    """Of the sections that are alike the best of each post, best first; as many as are wanted."""
    fetch = _SECTIONS
    while True:
        found = index.search(asked.query, fields=_FIELDS, limit=fetch) if alike else []
        best: dict[int, SectionMatch] = {}
        for match in found:
            if (match.post, match.section) in alike:
                best.setdefault(match.post, match)
        if len(best) >= wanted or len(found) < fetch:
            return list(best.values())
        fetch *= 4


def _with_terms(hit: Hit, terms: Sequence[str]) -> Hit:
    return changed(hit, terms=tuple(terms[:_SHOWN_TERMS]))


def related_terms(post: Post, index: Index, analyzer: Analyzer, shares: Shares) -> dict[str, float]:
    """The terms that set a post apart, with how much each does, the most telling first.

    It is tf-idf, less for words that are common in Chinese at large: a small library makes them
    look rare. Single characters, numbers, everyday words, what no other section has, what half of
    them have, and parts and other spellings of longer terms say nothing and are left out; markup,
    addresses and names of files are no words of the text.
    """
    counts = Counter(analyzer.terms("\n\n".join(_said(post))))
    total = len(index)
    common = shares(counts)
    scores: dict[str, float] = {}
    for term, count in counts.items():
        frequency = index.document_frequency("body", term)
        if _may_tell(term) and 1 < frequency <= max(2.0, _COMMON_SHARE * total):
            score = (1 + math.log(count)) * math.log(total / frequency) * _rarity(common.get(term))
            if score > 0:
                scores[term] = score
    by_score = sorted(scores, key=lambda term: (-scores[term], term))
    respelt = {joined for term in counts if (joined := without_marks(term)) != term}
    whole = (t for t in by_score if t not in respelt and not _is_part(t, counts, scores))
    return {term: scores[term] for term in islice(whole, RELATED_TERMS)}


def _said(post: Post) -> Iterator[str]:
    """The names of a post, and its text without markup."""
    yield from (post.title, *post.other_titles, *post.tags, *post.categories)
    yield _MARKUP.sub(" ", post.text)
    for passage in post.other_passages:
        yield _MARKUP.sub(" ", passage.text)


def _may_tell(term: str) -> bool:
    return len(term) > 1 and not term[0].isdigit() and term not in _SAYS_NOTHING


def _rarity(share: float | None) -> float:
    """How much a word says: 0 for an everyday word, 1 for a rare one or one of no dictionary."""
    if share is None:
        return 1.0
    return min(1.0, max(0.0, math.log(_EVERYDAY / share) / math.log(_EVERYDAY / _RARE)))


def _is_part(term: str, counts: Mapping[str, int], scores: Mapping[str, float]) -> bool:
    """Whether a term stands mostly inside a longer one that says as much."""
    return any(
        term in longer and len(longer) > len(term) and 2 * counts[longer] >= counts[term]
        for longer in scores
    )
