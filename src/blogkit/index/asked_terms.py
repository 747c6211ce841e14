"""What a query asks of Tantivy: terms in weighted fields, and words that count only together.

Tantivy passes over most postings of a query (Broder et al., Efficient Query Evaluation using a
Two-Level Retrieval Process, 2003) where it is a union of terms; one conjunction among them, and it
scores every document that has any. So a name of one word is a term like others, and what several
words of a name add to a long query is asked for by itself.
"""

from __future__ import annotations

from operator import itemgetter

import tantivy

from blogkit.index.matches import WHOLES_FIELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import TypeAlias

    from blogkit.index.matches import TermQuery
    from blogkit.index.tantivy_folder import TantivyFolder

    Place: TypeAlias = tuple[int, int, float]
    """Post, section (none of a post itself) and score of a document."""

_LONG_TERMS = 8
"""A query of more terms is long."""


def is_long(query: TermQuery) -> bool:
    """Whether a query has so many terms that few of its postings should be read."""
    return len(query.terms) > _LONG_TERMS


def best(
    index: TantivyFolder,
    query: TermQuery,
    fields: Mapping[str, float],
    limit: int,
    posts: Collection[int] | None,
) -> list[Place]:
    """The best documents of an index, best first; those of some posts only, if they are given.

    Of a long query, what several words of a name add is added to what is among the best without.
    """
    schema = index.schema
    single = list(_single(schema, query, fields))
    several = list(_several(schema, query, fields))
    if posts is not None or not (several and is_long(query)):
        return best_places(index, among_posts(schema, _union(single + several), posts), limit)
    found = best_places(index, _union(single), limit)
    added = {place[:2]: place[2] for place in best_places(index, _union(several), limit)}
    if not added:
        return found
    both = [(*place[:2], place[2] + added.get(place[:2], 0.0)) for place in found]
    return sorted(both, key=itemgetter(2), reverse=True)


def count(index: TantivyFolder, query: tantivy.Query) -> int:
    """How many documents answer a query."""
    unscored = tantivy.Query.const_score_query(query, 1.0)
    found = index.searcher().search(unscored, 1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # tantivy's stub leaves it out


def words_in(schema: tantivy.Schema, query: TermQuery, field: str) -> tantivy.Query:
    """What holds any of the words in a field."""
    return _union([_plain(schema, field, term) for term in query.terms])


def anywhere(schema: tantivy.Schema, query: TermQuery) -> tantivy.Query:
    """What the same sections answer as a search, with fewer postings to read.

    ``pairs`` has all of ``names``, each Latin word of ``body``, and of each Chinese word there
    its first two characters: only terms without their pairs among those asked for are left.
    """
    pairs = query.pairs
    alone = [term for term in query.terms if term not in pairs and term[:2] not in pairs]
    clauses = [_plain(schema, "pairs", pair) for pair in pairs]
    clauses += [_plain(schema, "body", term) for term in alone]
    clauses += [_all_of(schema, group, "body", 1.0) for group in query.together]
    return _union(clauses)


def best_places(index: TantivyFolder, query: tantivy.Query, limit: int) -> list[Place]:
    """The documents that answer a query best, at most so many, best first."""
    searcher = index.searcher()
    # Tantivy allocates for as many hits as it is asked for, and aborts the process if it can't.
    most = max(1, min(limit, len(index)))
    hits = searcher.search(query, most, count=False).hits
    addresses = [address for _, address in hits]
    numbers = searcher.fast_field_values("post", addresses)
    ordinals = searcher.fast_field_values("section", addresses)
    scores = [score for score, _ in hits]
    return list(zip(numbers, ordinals, scores, strict=True))  # type: ignore[arg-type]


def among_posts(
    schema: tantivy.Schema, query: tantivy.Query, posts: Collection[int] | None
) -> tantivy.Query:
    """The query, of some posts only, if they are given, with the scores that it has by itself."""
    if posts is None:
        return query
    wanted = tantivy.Query.term_set_query(schema, "post", list(posts))
    both = (query, tantivy.Query.boost_query(wanted, 0.0))
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in both])


def _single(
    schema: tantivy.Schema, query: TermQuery, fields: Mapping[str, float]
) -> Iterator[tantivy.Query]:
    """Terms, and groups of one."""
    for field, weight in fields.items():
        for term, asked in query.asked_of(field).items():
            yield _boosted(schema, field, term, asked * weight)
    for group, field, weight in _groups(query, fields):
        if len(group) == 1:
            yield _all_of(schema, group, field, weight)


def _several(
    schema: tantivy.Schema, query: TermQuery, fields: Mapping[str, float]
) -> Iterator[tantivy.Query]:
    for group, field, weight in _groups(query, fields):
        if len(group) > 1:
            yield _all_of(schema, group, field, weight)


def _groups(
    query: TermQuery, fields: Mapping[str, float]
) -> Iterator[tuple[Mapping[str, float], str, float]]:
    """What counts only together, with each field where it does, and the weight there."""
    for field, weight in fields.items():
        yield from ((group, field, weight) for group in query.together_in(field))
    if WHOLES_FIELD in fields:
        yield from ((group, WHOLES_FIELD, 1.0) for group in query.wholes)


def _union(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _all_of(
    schema: tantivy.Schema, group: Mapping[str, float], field: str, weight: float
) -> tantivy.Query:
    """All terms of a group."""
    queries = [_boosted(schema, field, term, asked * weight) for term, asked in group.items()]
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _boosted(schema: tantivy.Schema, field: str, term: str, weight: float) -> tantivy.Query:
    query = tantivy.Query.term_query(schema, field, term, "freq")
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _plain(schema: tantivy.Schema, field: str, term: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, term, "basic")
