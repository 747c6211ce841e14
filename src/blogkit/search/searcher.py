"""Ranking posts by their best section, the same for the index on disk and the one in memory."""

from __future__ import annotations

import math

from blogkit.errors import QueryError
from blogkit.index.matches import NO_PAIRS
from blogkit.search.hits import Hit, Hits
from blogkit.search.snippets import best_snippet
from blogkit.text.analyzer import query_pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal, Protocol, TypeAlias

    from blogkit.index.matches import SectionMatch
    from blogkit.store.sections import StoredSection
    from blogkit.text.analyzer import Analyzer

    By: TypeAlias = Literal["post", "section"]

    ReadSection: TypeAlias = Callable[[int, int], StoredSection | None]
    """Gives a section by its post's number and its place in the post."""

    class Index(Protocol):
        """What finds sections by terms."""

        def search(
            self, terms: Mapping[str, float], *, limit: int, pairs: Mapping[str, float] = NO_PAIRS
        ) -> list[SectionMatch]:
            """The best sections, best first."""
            ...

        def count_posts(
            self, terms: Mapping[str, float], *, pairs: Mapping[str, float] = NO_PAIRS
        ) -> int:
            """How many posts hold any of the terms or pairs."""
            ...

        def document_frequency(self, field: str, term: str) -> int:
            """How many sections have a term in a field."""
            ...

        def __len__(self) -> int: ...


_SECTIONS_A_POST = 4


class Searcher:
    """Answers queries from an index, and shows passages from what holds the posts."""

    def __init__(self, index: Index, read_section: ReadSection, analyzer: Analyzer) -> None:
        self._index = index
        self._read_section = read_section
        self._analyzer = analyzer

    def search(self, query: str, *, limit: int, offset: int, by: By) -> Hits:
        """Posts, or sections, that hold any word of the query, best first.

        A word that nothing holds is passed over.

        Raises:
            QueryError: if limit or offset is negative, or by is unknown.
        """
        terms = self._analyzer.query_terms(query)
        pairs = query_pairs(query)
        return self.search_terms(terms, pairs, query=query, limit=limit, offset=offset, by=by)

    def search_terms(
        self,
        terms: Mapping[str, float],
        pairs: Mapping[str, float] = NO_PAIRS,
        *,
        query: str,
        limit: int,
        offset: int,
        by: By,
        without: int | None = None,
    ) -> Hits:
        """As search, for terms that are known already; without the post of that number."""
        _require_page(limit, offset, by)
        if not terms:
            return Hits(query, 0, (), offset)
        matches, total = self._matches(terms, pairs, offset + limit, by, without)
        weights = self._weights(terms)
        hits: list[Hit] = []
        for match in matches[offset : offset + limit]:
            hit = self._hit(match, weights, rank=offset + len(hits) + 1)
            if hit:
                hits.append(hit)
        return Hits(query, total, tuple(hits), offset)

    def _matches(
        self,
        terms: Mapping[str, float],
        pairs: Mapping[str, float],
        wanted: int,
        by: By,
        without: int | None,
    ) -> tuple[list[SectionMatch], int]:
        """At least as many matches as wanted, if there are, and how many there are in all."""
        fetch = max(64, wanted * _SECTIONS_A_POST)
        while True:
            found = self._index.search(terms, pairs=pairs, limit=fetch)
            exhausted = len(found) < fetch
            matches = [match for match in found if match.post != without]
            if by == "post":
                matches = _best_of_each_post(matches)
            if exhausted:
                return matches, len(matches)
            if len(matches) >= wanted and by == "post":
                others = self._index.count_posts(terms, pairs=pairs) - (without is not None)
                return matches, max(len(matches), others)
            fetch = max(fetch * 4, len(self._index) if by == "section" else 0)

    def _weights(self, terms: Mapping[str, float]) -> dict[str, float]:
        """How much each term says: its inverse document frequency in the body."""
        count = len(self._index)
        weights = {}
        for term in terms:
            frequency = self._index.document_frequency("body", term)
            weights[term] = math.log1p((count - frequency + 0.5) / (frequency + 0.5))
        return weights

    def _hit(self, match: SectionMatch, weights: dict[str, float], *, rank: int) -> Hit | None:
        stored = self._read_section(match.post, match.section)
        if stored is None:
            return None
        snippet, offset = best_snippet(stored.text, weights)
        return Hit(
            rank=rank,
            score=match.score,
            post_id=stored.post_id,
            title=stored.title,
            date=stored.date,
            heading=stored.heading,
            heading_line=stored.line,
            path=stored.path,
            line=stored.line_of(offset),
            snippet=snippet,
        )


def _best_of_each_post(matches: list[SectionMatch]) -> list[SectionMatch]:
    best: dict[int, SectionMatch] = {}
    for match in matches:
        best.setdefault(match.post, match)
    return list(best.values())


def _require_page(limit: int, offset: int, by: str) -> None:
    if limit < 0 or offset < 0:
        raise QueryError(f"limit and offset: expected 0 or more, found {limit} and {offset}")
    if by not in ("post", "section"):
        raise QueryError(f"by: expected 'post' or 'section', found '{by}'")
