"""The terms that set a post apart from the others, by which its like are found."""

from __future__ import annotations

import math
from collections import Counter

from blogkit.index.documents import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.posts import Post
    from blogkit.search.searcher import Index
    from blogkit.text.analyzer import Analyzer

RELATED_TERMS = 25
"""How many terms describe a post."""
_COMMON_SHARE = 0.5


def related_terms(post: Post, index: Index, analyzer: Analyzer) -> dict[str, float]:
    """The post's terms with the greatest tf-idf, greatest first, each asked for once.

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
    return dict.fromkeys(best, 1.0)
