"""The index in memory: rank-bm25's BM25Okapi over each field, weighted and summed.

It ranks exactly, without a file, and is what the index on disk is held to.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from rank_bm25 import BM25Okapi

from blogkit.index.documents import IndexDocument
from blogkit.index.matches import FIELD_WEIGHTS, SectionMatch
from blogkit.index.term_scores import TermScore

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


class MemoryIndex:
    """Ranks sections that are given once."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self._places = [(document.post, document.section) for document in documents]
        self._fields: dict[str, _BM25] = {}
        for field in FIELD_WEIGHTS:
            columns = [document.fields[field] for document in documents]
            if any(columns):
                self._fields[field] = _BM25(columns, k1=K1, b=B)

    def search(
        self,
        terms: Mapping[str, float],
        *,
        limit: int,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> list[SectionMatch]:
        """The best sections that hold any of the terms, best first; of equals, the first given."""
        rankers = [(fields[name], self._fields[name]) for name in fields if name in self._fields]
        if not rankers or not terms:
            return []
        scores = sum(
            weight * asked * ranker.get_scores([term])
            for weight, ranker in rankers
            for term, asked in terms.items()
        )
        order = sorted(range(len(self._places)), key=lambda index: (-scores[index], index))
        return [
            SectionMatch(*self._places[index], float(scores[index]))
            for index in order[:limit]
            if scores[index] > 0
        ]

    def count_posts(self, terms: Mapping[str, float]) -> int:
        """How many posts hold any of the terms."""
        return len({match.post for match in self.search(terms, limit=len(self._places))})

    def document_frequency(self, field: str, term: str) -> int:
        """How many sections have a term in a field."""
        ranker = self._fields.get(field)
        return sum(term in counts for counts in ranker.doc_freqs) if ranker else 0

    def vocabulary(self) -> dict[str, int]:
        """Every term of every field, with in how many sections it stands, of the fields the most."""
        found: dict[str, int] = {}
        for ranker in self._fields.values():
            sections = Counter(term for counts in ranker.doc_freqs for term in counts)
            for term, count in sections.items():
                found[term] = max(found.get(term, 0), count)
        return found

    def posts_with(self, pieces: Sequence[str]) -> set[int]:
        """Numbers of the posts that have each of the pieces inside a term of any field."""
        places = [
            {
                post
                for ranker in self._fields.values()
                for (post, _), counts in zip(self._places, ranker.doc_freqs, strict=True)
                if any(piece in term for term in counts)
            }
            for piece in pieces
        ]
        return set.intersection(*places) if places else {post for post, _ in self._places}

    def explain(
        self, terms: Mapping[str, float], match: SectionMatch, fields: Mapping[str, float]
    ) -> list[TermScore]:
        """The terms and fields behind the score of a section."""
        place = self._places.index((match.post, match.section))
        return [
            TermScore(
                term=term,
                field=field,
                weight=fields[field],
                asked=asked,
                idf=ranker.idf[term],
                sections_with_term=sum(term in counts for counts in ranker.doc_freqs),
                sections=len(self._places),
                count=ranker.doc_freqs[place][term],
                length=ranker.doc_len[place],
                average_length=ranker.avgdl,
                k1=ranker.k1,
                b=ranker.b,
            )
            for term, asked in terms.items()
            for field, ranker in self._fields.items()
            if field in fields and term in ranker.doc_freqs[place]
        ]

    def __len__(self) -> int:
        return len(self._places)
