"""Ranking posts by their best section, the same for the index on disk and the one in memory.

A query of plain words is answered here. One that says more is answered by ``evaluation``, which
an ordinary search does not load.
"""

from __future__ import annotations

import math

from blogkit.errors import QueryError, require_page
from blogkit.index.matches import FIELD_WEIGHTS
from blogkit.language import Message
from blogkit.search.asked import asked_words
from blogkit.search.found import Found
from blogkit.search.hits import Hit, Hits
from blogkit.search.series import LOOKED_AT, in_order_of_parts
from blogkit.search.snippets import best_snippet, read_alone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Literal, Protocol, TypeAlias

    from blogkit.index.matches import SectionMatch, TermQuery
    from blogkit.index.term_scores import TermScore
    from blogkit.search.aliases import Aliases
    from blogkit.search.asked import Asked
    from blogkit.search.conditions import PostFacts
    from blogkit.search.explanation import Explanation
    from blogkit.search.fusion import FormulasFound
    from blogkit.store.sections import StoredSection
    from blogkit.text.analyzer import Analyzer

    By: TypeAlias = Literal["post", "section"]

    ReadTitles: TypeAlias = Callable[[Sequence[int]], Mapping[int, str]]
    """Gives the titles of posts by their numbers."""

    Place: TypeAlias = tuple[int, int]
    """A section: its post's number, and its place in the post."""

    ReadSections: TypeAlias = Callable[[Sequence[Place]], Mapping[Place, StoredSection]]
    """Gives sections by their places; none of those that are gone."""

    class Index(Protocol):
        """What finds sections by terms."""

        def search(
            self,
            query: TermQuery,
            *,
            limit: int,
            fields: Mapping[str, float] = FIELD_WEIGHTS,
            posts: Collection[int] | None = None,
        ) -> list[SectionMatch]:
            """The best sections, best first; of some posts only, if they are given."""
            ...

        def count_posts(self, query: TermQuery) -> int:
            """How many posts hold any of the terms or pairs."""
            ...

        def count_sections(self, query: TermQuery) -> int:
            """How many sections hold any of the terms or pairs."""
            ...

        def document_frequency(self, field: str, term: str) -> int:
            """How many sections have a term in a field."""
            ...

        def words_with(self, keys: Iterable[str]) -> dict[str, list[str]]:
            """By key, the words that have it, and some that no section has any more."""
            ...

        def sections_with(
            self,
            pieces: Sequence[str],
            posts: Collection[int] | None = None,
            *,
            field: str = "pairs",
        ) -> dict[int, set[int]]:
            """By post, of some posts only if they are given, the sections with each piece."""
            ...

        def sections_sharing(
            self, terms: Mapping[str, float], *, weight: float, least: int
        ) -> set[Place]:
            """The sections that have at least so many of the words, and so much of their weight."""
            ...

        def words_held(
            self, words: Sequence[str], posts: Collection[int]
        ) -> Mapping[Place, Sequence[str]]:
            """By section of some posts, those of the words that it has, in their order."""
            ...

        def posts_with(self, pieces: Sequence[str]) -> set[int]:
            """The posts with such a section."""
            ...

        def explain(
            self,
            query: TermQuery,
            match: SectionMatch,
            *,
            fields: Mapping[str, float] = FIELD_WEIGHTS,
        ) -> list[TermScore]:
            """The terms, pairs and fields behind a score."""
            ...

        def __len__(self) -> int: ...

    class Archive(Protocol):
        """What holds the posts, for queries that ask for more than words."""

        def facts(self, numbers: set[int] | None) -> Iterable[PostFacts]:
            """The posts of these numbers, or all, in the library's order."""
            ...

        def numbers(self) -> Sequence[int]:
            """The numbers of all posts, in the library's order."""
            ...

        def find_formulas(self, latex: str) -> FormulasFound:
            """The formulas that answer a pattern, best first."""
            ...


_SECTIONS = 256
"""At first so many sections are fetched, and weighed with their posts; as many for a page as for
the next, so that a hit stands on one of them."""
_SECTIONS_A_POST = 4
_NOT_PLAIN = frozenset('"＂“”„「」『』《》$＄\\^{:：-－')
"""Characters without which a query is plain words."""


class Searcher:
    """Answers queries from an index, and shows passages from what holds the posts.

    Args:
        index: finds sections.
        read_sections: reads those of a page.
        read_titles: reads titles of posts.
        analyzer: makes terms of a query.
        aliases: knows other names.
        archive: makes what holds the posts, when a query asks for more than words.
    """

    def __init__(
        self,
        index: Index,
        read_sections: ReadSections,
        read_titles: ReadTitles,
        analyzer: Analyzer,
        aliases: Aliases,
        archive: Callable[[], Archive],
    ) -> None:
        self.index = index
        self.analyzer = analyzer
        self.aliases = aliases
        self.archive = archive
        self._read_sections = read_sections
        self._read_titles = read_titles

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
            asked = asked_words(query, self.analyzer, self.aliases)
            found = Found(*self.rank(asked, offset + limit, by), asked)
        else:
            from blogkit.search.evaluation import evaluate

            found = evaluate(self, query, wanted=offset + limit, by=by, pinyin=pinyin)
        if by == "post" and found.fusion is None:
            found.matches = self._parts_in_order(found.matches, query)
        hits = self.show(found, limit=limit, offset=offset, explain=explain)
        suggestion = None if pinyin else self._suggestion(query, found.asked)
        return Hits(query, found.total, hits, offset, suggestion, found.ignored)

    def rank(
        self,
        asked: Asked,
        wanted: int,
        by: By,
        *,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> tuple[list[SectionMatch], int]:
        """At least as many matches as wanted, if there are, and how many there are in all.

        Args:
            asked: words and pairs with their weights.
            wanted: how many matches are shown.
            by: ``post`` for the best section of each post.
            fields: the fields that are searched, with their weights.
        """
        if not asked.terms:
            return [], 0
        fetch = _SECTIONS
        while fetch < wanted * _SECTIONS_A_POST:
            fetch *= 4
        while True:
            found = self.index.search(asked.query, fields=fields, limit=fetch)
            matches = _best_of_each_post(found) if by == "post" else found
            if len(found) < fetch:
                return matches, len(matches)
            if len(matches) >= wanted:
                count = self.index.count_posts if by == "post" else self.index.count_sections
                return matches, max(len(matches), count(asked.query))
            fetch *= 4

    def _parts_in_order(self, matches: list[SectionMatch], query: str) -> list[SectionMatch]:
        first = [match.post for match in matches[:LOOKED_AT]]
        return in_order_of_parts(matches, query, self._read_titles(first))

    def show(
        self, found: Found, *, limit: int, offset: int, explain: bool = False
    ) -> tuple[Hit, ...]:
        """A page of what was found, each with its passage."""
        weights = self.term_weights(found.asked.terms)
        for word, pairs in found.asked.wholes.items():
            weights[word] = max(self._idf(pair, "pairs") for pair in pairs)
        # Words of other names count less, as they do for the score.
        for other in found.asked.others:
            for term, times in other.terms.items():
                weights.setdefault(term, times * self._idf(term))
        hits: list[Hit] = []
        page = found.matches[offset : offset + limit]
        read = self._read_sections([(match.post, match.section) for match in page])
        for match in page:
            stored = read.get((match.post, match.section))
            if stored:
                rank = offset + len(hits) + 1
                explanation = self._explanation(found, match) if explain else None
                hits.append(self._hit(match, stored, weights, found, explanation, rank=rank))
        return tuple(hits)

    def term_weights(self, terms: Iterable[str]) -> dict[str, float]:
        """How much each word says: its inverse document frequency in the body."""
        return {term: self._idf(term) for term in terms}

    def _idf(self, term: str, field: str = "body") -> float:
        frequency = self.index.document_frequency(field, term)
        return math.log1p((len(self.index) - frequency + 0.5) / (frequency + 0.5))

    def _hit(
        self,
        match: SectionMatch,
        stored: StoredSection,
        weights: dict[str, float],
        found: Found,
        explanation: Explanation | None,
        *,
        rank: int,
    ) -> Hit:
        formulas = found.fusion.formulas_of(match) if found.fusion else ()
        sources = [formula.latex for formula in formulas if formula.section == match.section]
        snippet, offset = best_snippet(
            stored.text, weights, typed={*found.asked.terms, *found.asked.wholes}, formulas=sources
        )
        if "\\" in snippet.text:
            snippet = read_alone(snippet, stored.definitions_at(offset))
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
            match=formulas[0].match if formulas else None,
            explanation=explanation,
        )

    def _explanation(self, found: Found, match: SectionMatch) -> Explanation:
        from blogkit.search.explanation import explain_match

        return explain_match(self.index, found, match)

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Of the words that are known, how many sections have each, or how many posts define it."""
        counted = {word: self.index.document_frequency("body", word) for word in words}
        own = self.analyzer.defined([word for word, count in counted.items() if not count])
        return {word: count for word, count in (counted | own).items() if count}

    def words_by_sound(self, sound: str) -> list[list[str]]:
        """For each word that was spoken, the words that it may be; see ``text.pinyin``."""
        from blogkit.text.pinyin import pieces_of, read_sound, words_by_sound
        from blogkit.text.similar import sound_key

        spoken = read_sound(sound)
        keys = {piece: sound_key(piece) for piece in (spoken, *pieces_of(spoken)) if piece}
        found = self.index.words_with(keys.values())
        known = self.counts({word for words in found.values() for word in words})
        sounds = {
            piece: words
            for piece, key in keys.items()
            if (words := [word for word in found.get(key, ()) if word in known])
        }
        return words_by_sound(spoken, sounds) if spoken else []

    def _suggestion(self, query: str, asked: Asked) -> str | None:
        """A query that would find more, where nothing holds a word of this one."""
        known = {term for term in asked.terms if self.index.document_frequency("body", term)}
        unknown = [
            term
            for term in asked.terms
            if term not in known
            and not any(len(k) > 1 and k in term for k in known)
            and not term.isdecimal()
        ]
        if not unknown:
            return None
        from blogkit.search.spelling import suggest

        return suggest(query, unknown, self)


def _best_of_each_post(matches: list[SectionMatch]) -> list[SectionMatch]:
    best: dict[int, SectionMatch] = {}
    for match in matches:
        best.setdefault(match.post, match)
    return list(best.values())


def _require_page(limit: int, offset: int, by: str) -> None:
    require_page(limit, offset)
    if by not in ("post", "section"):
        raise QueryError(Message("by: expected 'post' or 'section', found '{by}'", by=by))
