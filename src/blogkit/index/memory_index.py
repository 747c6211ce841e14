"""The index in memory: rank-bm25's BM25Okapi over each field, weighted and summed.

It ranks exactly, without a file, and is what the index on disk is held to.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from blogkit.index.documents import IndexDocument
from blogkit.index.matches import FIELD_WEIGHTS, FIELDS, NO_PAIRS, PAIR_FIELDS, SectionMatch

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
        for field in FIELDS:
            columns = [document.fields[field] for document in documents]
            if any(columns):
                self._fields[field] = _BM25(columns, k1=K1, b=B)

    def search(
        self, terms: Mapping[str, float], *, limit: int, pairs: Mapping[str, float] = NO_PAIRS
    ) -> list[SectionMatch]:
        """The best sections that hold any of the terms or pairs; of equals, the first given."""
        scores = np.zeros(len(self._places))
        for field, weight in FIELD_WEIGHTS.items():
            ranker = self._fields.get(field)
            for term, asked in (pairs if field in PAIR_FIELDS else terms).items():
                if ranker and term in ranker.idf:
                    scores += weight * asked * ranker.get_scores([term])
        order = sorted(range(len(self._places)), key=lambda index: (-scores[index], index))
        return [
            SectionMatch(*self._places[index], float(scores[index]))
            for index in order[:limit]
            if scores[index] > 0
        ]

    def count_posts(
        self, terms: Mapping[str, float], *, pairs: Mapping[str, float] = NO_PAIRS
    ) -> int:
        """How many posts hold any of the terms or pairs."""
        return len(
            {match.post for match in self.search(terms, pairs=pairs, limit=len(self._places))}
        )

    def document_frequency(self, field: str, term: str) -> int:
        """How many sections have a term in a field."""
        ranker = self._fields.get(field)
        return sum(term in counts for counts in ranker.doc_freqs) if ranker else 0

    def __len__(self) -> int:
        return len(self._places)
