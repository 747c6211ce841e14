"""Ranking posts by their best section, the same for the index on disk and the one in memory.

A query of plain words is answered here. One that says more is answered by ``evaluation``, which
an ordinary search does not load.
"""

from __future__ import annotations

import math

from blogkit.errors import QueryError
from blogkit.index.matches import FIELD_WEIGHTS
from blogkit.search.asked import asked_terms
from blogkit.search.hits import Hit, Hits
from blogkit.search.snippets import best_snippet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Literal, Protocol, TypeAlias

    from blogkit.index.matches import SectionMatch
    from blogkit.index.term_scores import TermScore
    from blogkit.search.aliases import Alias, Aliases
    from blogkit.search.conditions import PostFacts
    from blogkit.search.explanation import Explanation
    from blogkit.search.fusion import FormulaMatch, Fusion
    from blogkit.search.query import Ignored
    from blogkit.store.sections import StoredSection
    from blogkit.text.analyzer import Analyzer

    By: TypeAlias = Literal["post", "section"]

    ReadSection: TypeAlias = Callable[[int, int], StoredSection | None]
    """Gives a section by its post's number and its place in the post."""

    class Index(Protocol):
        """What finds sections by terms."""

        def search(
            self, terms: Mapping[str, float], *, limit: int, fields: Mapping[str, float]
        ) -> list[SectionMatch]:
            """The best sections, best first."""
            ...

        def count_posts(self, terms: Mapping[str, float]) -> int:
            """How many posts hold any of the terms."""
            ...

        def document_frequency(self, field: str, term: str) -> int:
            """How many sections have a term in a field."""
            ...

        def vocabulary(self) -> dict[str, int]:
            """Every term, with in how many sections it stands."""
            ...

        def posts_with(self, pieces: Sequence[str]) -> set[int]:
            """Posts that have each piece inside a term."""
            ...

        def explain(
            self, terms: Mapping[str, float], match: SectionMatch, fields: Mapping[str, float]
        ) -> list[TermScore]:
            """The terms and fields behind a score."""
            ...

        def __len__(self) -> int: ...

    class Archive(Protocol):
        """What holds the posts, for queries that ask for more than words."""

        def facts(self, numbers: set[int] | None) -> Iterable[PostFacts]:
            """The posts of these numbers, or all, in the library's order."""
            ...

        def find_formulas(self, latex: str) -> list[FormulaMatch]:
            """The formulas that answer a pattern, best first."""
            ...

        def words_by_sound(self, sound: str, vocabulary: Mapping[str, int]) -> list[list[str]]:
            """For each word that was spoken, the words of the vocabulary that it may be."""
            ...


_SECTIONS_A_POST = 4
_NOT_PLAIN = frozenset('"＂“”„「」『』《》$＄\\:：-－')
"""Characters without which a query is plain words."""


class Found:
    """What answers a query: sections in order, and what made them answer.

    Args:
        matches: the sections to show, best first; as many as were wanted, or all.
        total: how many there are in all.
        terms: what was asked of the index.
        aliases: for terms that were not typed, the other name that they come from.
        fields: the fields that were searched, with their weights.
        fusion: how words and formulas were joined; None where there are only words.
        ignored: parts of the query that could not be used.
    """

    __slots__ = ("aliases", "fields", "fusion", "ignored", "matches", "terms", "total")

    def __init__(
        self,
        matches: list[SectionMatch],
        total: int,
        terms: Mapping[str, float],
        aliases: Mapping[str, Alias],
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        fusion: Fusion | None = None,
        ignored: tuple[Ignored, ...] = (),
    ) -> None:
        self.matches = matches
        self.total = total
        self.terms = terms
        self.aliases = aliases
        self.fields = fields
        self.fusion = fusion
        self.ignored = ignored


class Searcher:
    """Answers queries from an index, and shows passages from what holds the posts.

    Args:
        index: finds sections.
        read_section: reads one.
        analyzer: makes terms of a query.
        aliases: knows other names.
        archive: makes what holds the posts, when a query asks for more than words.
    """

    def __init__(
        self,
        index: Index,
        read_section: ReadSection,
        analyzer: Analyzer,
        aliases: Aliases,
        archive: Callable[[], Archive],
    ) -> None:
        self.index = index
        self.analyzer = analyzer
        self.aliases = aliases
        self.archive = archive
        self._read_section = read_section

    def search(
        self,
        query: str,
        *,
        limit: int,
        offset: int,
        by: By,
        explain: bool = False,
        pinyin: bool = False,
    ) -> Hits:
        """Posts, or sections, that answer the query, best first.

        A word that nothing holds is passed over.

        Raises:
            QueryError: if limit or offset is negative, or by is unknown.
        """
        _require_page(limit, offset, by)
        if not pinyin and _NOT_PLAIN.isdisjoint(query) and "OR" not in query:
            found = self._find_words(query, offset + limit, by)
        else:
            from blogkit.search.evaluation import evaluate

            found = evaluate(self, query, wanted=offset + limit, by=by, pinyin=pinyin)
        hits = self.show(found, limit=limit, offset=offset, explain=explain)
        suggestion = None if pinyin else self._suggestion(query, found)
        return Hits(query, found.total, hits, offset, suggestion, found.ignored)

    def _find_words(self, words: str, wanted: int, by: By) -> Found:
        asked = asked_terms(words, self.analyzer, self.aliases)
        matches, total = self.rank(asked.terms, wanted, by)
        return Found(matches, total, asked.terms, asked.aliases)

    def rank(
        self, terms: Mapping[str, float], wanted: int, by: By, *, without: int | None = None
    ) -> tuple[list[SectionMatch], int]:
        """At least as many matches as wanted, if there are, and how many there are in all.

        Args:
            terms: terms with their weights.
            wanted: how many matches are shown.
            by: ``post`` for the best section of each post.
            without: number of a post that is passed over.
        """
        if not terms:
            return [], 0
        fetch = max(64, wanted * _SECTIONS_A_POST)
        while True:
            found = self.index.search(terms, limit=fetch, fields=FIELD_WEIGHTS)
            exhausted = len(found) < fetch
            matches = [match for match in found if match.post != without]
            if by == "post":
                matches = _best_of_each_post(matches)
            if exhausted:
                return matches, len(matches)
            if len(matches) >= wanted and by == "post":
                others = self.index.count_posts(terms) - (without is not None)
                return matches, max(len(matches), others)
            fetch = max(fetch * 4, len(self.index) if by == "section" else 0)

    def show(
        self, found: Found, *, limit: int, offset: int, explain: bool = False
    ) -> tuple[Hit, ...]:
        """A page of what was found, each with its passage."""
        weights = self._weights(found)
        hits: list[Hit] = []
        for match in found.matches[offset : offset + limit]:
            rank = offset + len(hits) + 1
            explanation = self._explanation(found, match) if explain else None
            hit = self._hit(match, weights, found, explanation, rank=rank)
            if hit:
                hits.append(hit)
        return tuple(hits)

    def _weights(self, found: Found) -> dict[str, float]:
        """How much each term says: its inverse document frequency in the body."""
        count = len(self.index)
        weights = {}
        for term, asked in found.terms.items():
            frequency = self.index.document_frequency("body", term)
            weight = math.log1p((count - frequency + 0.5) / (frequency + 0.5))
            weights[term] = weight * asked if term in found.aliases else weight
        return weights

    def _hit(
        self,
        match: SectionMatch,
        weights: dict[str, float],
        found: Found,
        explanation: Explanation | None,
        *,
        rank: int,
    ) -> Hit | None:
        stored = self._read_section(match.post, match.section)
        if stored is None:
            return None
        formulas = found.fusion.formulas_of(match) if found.fusion else ()
        sources = [formula.latex for formula in formulas if formula.section == match.section]
        snippet, offset = best_snippet(stored.text, weights, others=found.aliases, formulas=sources)
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
            formulas=tuple(formula.id for formula in formulas),
            explanation=explanation,
        )

    def _explanation(self, found: Found, match: SectionMatch) -> Explanation:
        from blogkit.search.explanation import explain_match

        return explain_match(self.index, found, match)

    def _suggestion(self, query: str, found: Found) -> str | None:
        """A query that would find more, where nothing holds a word of this one."""
        unknown = [
            term for term in found.terms if term not in found.aliases and not self._is_known(term)
        ]
        if not unknown:
            return None
        from blogkit.search.spelling import suggest

        return suggest(query, unknown, self)

    def _is_known(self, term: str) -> bool:
        return any(self.index.document_frequency(field, term) for field in FIELD_WEIGHTS)


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
