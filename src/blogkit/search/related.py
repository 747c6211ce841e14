"""The terms that set a post apart from the others, by which its like are found."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

from blogkit.index.documents import documents
from blogkit.search.asked import Asked
from blogkit.search.hits import Hits
from blogkit.search.searcher import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogkit.index.matches import SectionMatch
    from blogkit.posts import Post
    from blogkit.search.hits import Hit
    from blogkit.search.searcher import Index, Searcher
    from blogkit.text.analyzer import Analyzer

RELATED_TERMS = 25
"""How many terms describe a post."""
SHARED_TERMS = 3
"""A related post has at least so many of them: fewer are a coincidence."""
SHARED_WEIGHT = 0.12
"""Least share of the terms' weight that a related post has."""
_SHOWN_TERMS = 6
_COMMON_SHARE = 0.5


def related_posts(searcher: Searcher, number: int, post: Post, *, limit: int, offset: int) -> Hits:
    """Posts like one, best first, each with the terms that it has in common.

    Args:
        searcher: the library's.
        number: the post's number.
        post: the post.
        limit: at most so many.
        offset: how many better ones are passed over.
    """
    weights = related_terms(post, searcher.index, searcher.analyzer)
    asked = Asked(dict.fromkeys(weights, 1.0), {})
    matches, _ = searcher.rank(asked, len(searcher.index), "post", without=number)
    shared = {match.post: _shared(searcher.index, asked, match) for match in matches}
    whole = sum(weights.values())
    alike = [
        match
        for match in matches
        if len(shared[match.post]) >= SHARED_TERMS
        and sum(weights[term] for term in shared[match.post]) >= SHARED_WEIGHT * whole
    ]
    found = Found(alike, len(alike), asked)
    hits = searcher.show(found, limit=limit, offset=offset)
    shown = [_with_terms(hit, shared[match.post]) for hit, match in zip(
        hits, alike[offset:], strict=False)]  # fmt: skip
    return Hits(post.title, len(alike), tuple(shown), offset)


def _with_terms(hit: Hit, terms: Sequence[str]) -> Hit:
    return replace(hit, terms=tuple(terms[:_SHOWN_TERMS]))


def _shared(index: Index, asked: Asked, match: SectionMatch) -> list[str]:
    """Those of the terms that the matched section has, in the order of the terms."""
    scores = index.explain(asked.terms, match)
    return list(dict.fromkeys(score.term for score in scores))


def related_terms(post: Post, index: Index, analyzer: Analyzer) -> dict[str, float]:
    """The post's terms with the greatest tf-idf, greatest first.

    Terms of a single character, terms that no other section has, and terms that half of all
    sections have say nothing of likeness and are left out.
    """
    counts: Counter[str] = Counter()
    for document in documents(0, post, analyzer):
        counts.update(document.fields["body"])
    counts.update(term for name in post.tags for term in analyzer.terms(name))
    total = len(index)
    scores: dict[str, float] = {}
    for term, count in counts.items():
        frequency = index.document_frequency("body", term)
        if len(term) > 1 and 1 < frequency <= max(2.0, _COMMON_SHARE * total):
            scores[term] = (1 + math.log(count)) * math.log(total / frequency)
    best = sorted(scores, key=lambda term: (-scores[term], term))[:RELATED_TERMS]
    return {term: scores[term] for term in best}
