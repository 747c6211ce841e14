"""How the weights of the fields were chosen: MRR@10 of other ones, on the tuning half.

    python benchmarks/search_weights.py [--half tune|report] [--bm25] [--queries N]

Only the ranking of sections by the index is asked, without passages. ``--bm25`` varies k1 and b
instead, in the index in memory (Tantivy's are fixed), on N queries a set.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Iterable, Mapping

from measure import require_data
from searching.collections import Collection, Query, citations, paragraphs
from searching.development import (
    link_words,
    page_citations,
    questions_as_headings,
    summaries,
)

from blogkit import Library
from blogkit.index import memory_index
from blogkit.index.documents import documents
from blogkit.index.matches import FIELD_WEIGHTS, SectionMatch, TermQuery
from blogkit.index.memory_index import MemoryIndex
from blogkit.sources.read import with_formulas
from blogkit.text.analyzer import Analyzer, query_pairs
from blogkit.text.segment import DictionarySegmenter

WEIGHTS = [
    {"body": 1.0, "pairs": pairs, "names": names, "post_words": post}
    for pairs, names, post in [
        (0.4, 1, 0), (0.4, 1, 1), (0.4, 1, 2), (0.4, 1, 3), (0, 1, 2), (0.4, 0, 2), (0.4, 0.5, 2),
        (0.4, 1.5, 2), (0.8, 1, 2),
    ]
]  # fmt: skip
BM25 = [(0.6, 0.75), (0.9, 0.4), (1.2, 0.3), (1.2, 0.75), (1.2, 0.9), (2.0, 0.75)]
DEPTH = 10
SECTIONS_ASKED = 60

Rank = Callable[[str], list[int]]
"""Numbers of the best posts for a query."""

ANALYZER = Analyzer(DictionarySegmenter())


def best_posts(found: Iterable[SectionMatch]) -> list[int]:
    """Posts in the order of their best section."""
    return list(dict.fromkeys(match.post for match in found))


def mean_reciprocal_rank(rank: Rank, homes: Mapping[str, int], queries: list[Query]) -> float:
    """MRR@10 over the queries."""
    total = 0.0
    for query in queries:
        left_out = {homes[name] for name in query.left_out}
        found = [post for post in rank(query.text) if post not in left_out][:DEPTH]
        wanted = {homes[answer] for answer in query.answers}
        total += next((1 / place for place, post in enumerate(found, 1) if post in wanted), 0.0)
    return total / len(queries)


def by_weights(collection: Collection, queries: list[Query]) -> list[float]:
    """MRR@10 for each of WEIGHTS, in the index on disk."""
    from blogkit.store.posts import find_post

    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.add_posts(collection.posts)
        homes = {p.id or "": find_post(library._database, p.id or "") for p in collection.posts}
        index = library._indexing.current()

        def rank(text: str) -> list[int]:
            terms, pairs = ANALYZER.query_terms(text), query_pairs(text)
            return best_posts(index.search(TermQuery(terms, pairs), limit=SECTIONS_ASKED))

        return [
            with_weights(w, lambda: mean_reciprocal_rank(rank, homes, queries)) for w in WEIGHTS
        ]


def with_weights(weights: Mapping[str, float], measure: Callable[[], float]) -> float:
    """A measure while other weights are in force."""
    kept = dict(FIELD_WEIGHTS)
    FIELD_WEIGHTS.update(weights)  # type: ignore[attr-defined]
    try:
        return measure()
    finally:
        FIELD_WEIGHTS.update(kept)  # type: ignore[attr-defined]


def by_bm25(collection: Collection, queries: list[Query]) -> list[float]:
    """MRR@10 for each of BM25, in the index in memory."""
    posts = [with_formulas(post)[0] for post in collection.posts]
    made = [d for number, post in enumerate(posts) for d in documents(number, post, ANALYZER)]
    homes = {post.id or "": number for number, post in enumerate(posts)}
    figures = []
    for memory_index.K1, memory_index.B in BM25:
        index = MemoryIndex(made)

        def rank(text: str, index: MemoryIndex = index) -> list[int]:
            terms, pairs = ANALYZER.query_terms(text), query_pairs(text)
            return best_posts(index.search(TermQuery(terms, pairs), limit=SECTIONS_ASKED))

        figures.append(mean_reciprocal_rank(rank, homes, queries))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--bm25", action="store_true")
    parser.add_argument("--queries", type=int, default=150, help="with --bm25, a set")
    options = parser.parse_args()
    chapters = require_data("d2l-zh")
    sets = [paragraphs(require_data(name)) for name in ("cmrc2018", "drcd")]
    sets += [citations(chapters, named=named) for named in (True, False)]
    pages = require_data("oi-wiki")
    sets += [page_citations(pages), page_citations(pages, parts=True), link_words(pages)]
    sets += [summaries(chapters), questions_as_headings(require_data("dl500"))]
    columns = []
    for collection in sets:
        queries = [query for query in collection.queries if query.half == options.half]
        if options.bm25:
            chosen = random.Random(1).sample(queries, min(options.queries, len(queries)))
            columns.append(by_bm25(collection, chosen))
        else:
            columns.append(by_weights(collection, queries))
    settings = [f"k1={k1} b={b}" for k1, b in BM25] if options.bm25 else list(map(_named, WEIGHTS))
    print(f"{'':28}" + "".join(f"{collection.name:>22}" for collection in sets))
    for setting, row in zip(settings, zip(*columns, strict=True), strict=True):
        print(f"{setting:28}" + "".join(f"{figure:22.4f}" for figure in row))


def _named(weights: Mapping[str, float]) -> str:
    return " ".join(f"{field}={weight:g}" for field, weight in weights.items())


if __name__ == "__main__":
    main()
