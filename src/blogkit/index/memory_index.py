"""The index in memory: rank-bm25's BM25Okapi over each field, weighted and summed.

It ranks exactly, without a file, and is what the index on disk is held to.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from blogkit.index.documents import IndexDocument
from blogkit.index.matches import (
    FEATURE_SIGN,
    FIELD_WEIGHTS,
    FIELDS,
    POST_FIELD,
    WHOLES_FIELD,
    SectionMatch,
    TermQuery,
)
from blogkit.index.term_scores import TermScore
from blogkit.text.similar import keys_of

K1 = 1.2
B = 0.75
"""BM25's parameters, the same as Tantivy's."""


class _BM25(BM25Okapi):  # type: ignore[misc]
    """BM25Okapi whose weight of a term is never negative, as in Tantivy and Lucene.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), equation 3.15,
    with log(1 + …) for the weight of a term: log(1 + (N - n + 1/2) / (n + 1/2)).
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, count in nd.items():
            self.idf[term] = math.log1p((self.corpus_size - count + 0.5) / (count + 0.5))


def _scores_together(ranker: _BM25, together: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    """Scores of the words of each group where all of it stands."""
    scores = np.zeros(ranker.corpus_size)
    for group in together:
        columns = [ranker.get_scores([term]) for term in group]
        has_all = np.all([column > 0 for column in columns], axis=0)
        whole = sum(asked * column for asked, column in zip(group.values(), columns, strict=True))
        scores += np.where(has_all, whole, 0.0)
    return scores


class MemoryIndex:
    """Ranks sections that are given once.

    Args:
        documents: the sections.
        own_words: words of the library's own.
    """

    def __init__(self, documents: Sequence[IndexDocument], own_words: Iterable[str] = ()) -> None:
        self._own_words = own_words
        self._by_key: dict[str, list[str]] | None = None
        self._places = [(document.post, document.section) for document in documents]
        self._features = [{FEATURE_SIGN + has for has in d.features} for d in documents]
        self._fields: dict[str, _BM25] = {}
        for field in FIELDS:
            columns = [document.fields[field] for document in documents]
            if any(columns):
                self._fields[field] = _BM25(columns, k1=K1, b=B)
        posts = {d.post: d.post_words for d in documents if d.post_words}
        if posts:
            self._fields[POST_FIELD] = _BM25(list(posts.values()), k1=K1, b=B)
        self._post_rows = {post: row for row, post in enumerate(posts)}

    def search(
        self,
        query: TermQuery,
        *,
        limit: int,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        posts: Collection[int] | None = None,
    ) -> list[SectionMatch]:
        """The best sections that hold any of the terms or pairs; of equals, the first given."""
        scores = np.zeros(len(self._places))
        for field, weight in fields.items():
            if field != POST_FIELD:
                scores += weight * self._scores(field, query)
        ranker = self._fields.get(WHOLES_FIELD)
        if ranker and WHOLES_FIELD in fields:
            scores += _scores_together(ranker, query.wholes)
        if POST_FIELD in fields and POST_FIELD in self._fields:
            of_posts = np.append(self._scores(POST_FIELD, query), 0.0)
            rows = [self._post_rows.get(post, -1) for post, _ in self._places]
            scores += np.where(scores > 0, fields[POST_FIELD] * of_posts[rows], 0.0)
        order = sorted(
            (i for i, (post, _) in enumerate(self._places) if posts is None or post in posts),
            key=lambda index: (-scores[index], index),
        )
        return [
            SectionMatch(*self._places[index], float(scores[index]))
            for index in order[:limit]
            if scores[index] > 0
        ]

    def _scores(self, field: str, query: TermQuery) -> NDArray[np.float64]:
        """What is asked of a field adds to each of its sections, or posts."""
        ranker = self._fields.get(field)
        if ranker is None:
            return np.zeros(len(self._places))
        scores = np.zeros(ranker.corpus_size)
        for term, asked in query.asked_of(field).items():
            if term in ranker.idf:
                scores += asked * ranker.get_scores([term])
        return scores + _scores_together(ranker, query.together_in(field))

    def count_posts(self, query: TermQuery) -> int:
        """How many posts hold any of the terms or pairs."""
        return len({match.post for match in self.search(query, limit=len(self._places))})

    def count_sections(self, query: TermQuery) -> int:
        """How many sections hold any of the terms or pairs."""
        return len(self.search(query, limit=len(self._places)))

    def document_frequency(self, field: str, term: str) -> int:
        """How many sections have a term in a field."""
        ranker = self._fields.get(field)
        return sum(term in counts for counts in ranker.doc_freqs) if ranker else 0

    def words_with(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """By key, the words that have it; see ``text.similar``."""
        if self._by_key is None:
            self._by_key = defaultdict(list)
            ranker = self._fields.get("body")
            for word in {*self._own_words, *(ranker.idf if ranker else ())}:
                for key in keys_of(word):
                    self._by_key[key].append(word)
        return {key: self._by_key[key] for key in keys if key in self._by_key}

    def sections_with(
        self, pieces: Sequence[str], posts: Collection[int] | None = None, *, field: str = "pairs"
    ) -> dict[int, set[int]]:
        """By post, the sections that have each of the pieces: pairs, Latin words, or characters.

        Args:
            pieces: what they have; a feature of FEATURES stands for itself with ``has:`` before.
            posts: the only posts that are looked at; all, if not given.
            field: where the pieces stand, ``body`` for words.
        """
        ranker = self._fields.get(field)
        rows = ranker.doc_freqs if ranker else [{} for _ in self._places]
        found: dict[int, set[int]] = {}
        for (post, section), counts, has in zip(self._places, rows, self._features, strict=True):
            if (posts is None or post in posts) and all(p in counts or p in has for p in pieces):
                found.setdefault(post, set()).add(section)
        return found

    def sections_sharing(
        self, terms: Mapping[str, float], *, weight: float, least: int
    ) -> set[tuple[int, int]]:
        """The sections that have at least so many of the words, and so much of their weight."""
        ranker = self._fields.get("body")
        rows = ranker.doc_freqs if ranker else []
        held = [[asked for term, asked in terms.items() if term in counts] for counts in rows]
        return {
            place
            for place, weights in zip(self._places, held, strict=False)
            if len(weights) >= least and sum(weights) >= weight
        }

    def words_held(
        self, words: Sequence[str], posts: Collection[int]
    ) -> dict[tuple[int, int], list[str]]:
        """By section of some posts, those of the words that it has, in their order."""
        ranker = self._fields.get("body")
        rows = ranker.doc_freqs if ranker else []
        return {
            place: [word for word in words if word in counts]
            for place, counts in zip(self._places, rows, strict=False)
            if place[0] in posts
        }

    def posts_with(self, pieces: Sequence[str]) -> set[int]:
        """The posts with such a section."""
        return set(self.sections_with(pieces))

    def explain(
        self,
        query: TermQuery,
        match: SectionMatch,
        *,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> list[TermScore]:
        """The terms, pairs and fields behind the score of a section."""
        place = self._places.index((match.post, match.section))
        return [
            TermScore(
                term=term,
                field=field,
                weight=weight,
                asked=asked,
                idf=ranker.idf[term],
                holders=sum(term in counts for counts in ranker.doc_freqs),
                documents=ranker.corpus_size,
                count=ranker.doc_freqs[row][term],
                length=ranker.doc_len[row],
                average_length=ranker.avgdl,
                k1=ranker.k1,
                b=ranker.b,
            )
            for field, weight in fields.items()
            if (ranker := self._fields.get(field)) is not None
            for row in [self._post_rows[match.post] if field == POST_FIELD else place]
            for term, asked in query.asked_of(field).items()
            if term in ranker.doc_freqs[row]
        ]

    def __len__(self) -> int:
        return len(self._places)
