"""blogkit and its peers, each as one class: built over a collection, then asked.

The peers rank units by plain BM25 over jieba's words: each unit's title, heading and text as one
field, cut in search mode, lower-cased, without punctuation.
"""

import tempfile
from pathlib import Path
from typing import Protocol

import jieba
import numpy as np

from blogkit import Corpus, Library
from blogkit.search.hits import Hits
from searching.collections import Collection

jieba.setLogLevel("ERROR")


class Engine(Protocol):
    """What the benchmark asks."""

    def __init__(self, collection: Collection) -> None: ...

    def rank(self, query: str, limit: int) -> list[str]:
        """Ids of the best units, best first."""
        ...


def jieba_words(text: str) -> list[str]:
    """jieba's words of a text, as the peers take them."""
    return [word.lower() for word in jieba.lcut_for_search(text) if any(map(str.isalnum, word))]


class RankBM25:
    """rank-bm25's BM25Okapi with its defaults."""

    def __init__(self, collection: Collection) -> None:
        from rank_bm25 import BM25Okapi

        self._ids, texts = zip(*collection.units(), strict=True)
        self._ranker = BM25Okapi([jieba_words(text) for text in texts])

    def rank(self, query: str, limit: int) -> list[str]:
        scores = self._ranker.get_scores(jieba_words(query))
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self._ids[index] for index in best if scores[index] > 0]


class BM25S:
    """bm25s with its defaults."""

    def __init__(self, collection: Collection) -> None:
        import bm25s

        self._ids, texts = zip(*collection.units(), strict=True)
        self._ranker = bm25s.BM25()
        self._ranker.index([jieba_words(text) for text in texts], show_progress=False)

    def rank(self, query: str, limit: int) -> list[str]:
        known = [word for word in jieba_words(query) if word in self._ranker.vocab_dict]
        if not known:
            return []
        limit = min(limit, len(self._ids))
        found, scores = self._ranker.retrieve([known], k=limit, show_progress=False)
        pairs = zip(found[0], scores[0], strict=True)
        return [self._ids[index] for index, score in pairs if score > 0]


class Tantivy:
    """Tantivy with one field of words."""

    def __init__(self, collection: Collection) -> None:
        import tantivy

        self._ids, texts = zip(*collection.units(), strict=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("unit", fast=True)
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(64_000_000, 1)
        for number, text in enumerate(texts):
            document = tantivy.Document()
            document.add_unsigned("unit", number)
            document.add_text("text", " ".join(jieba_words(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def rank(self, query: str, limit: int) -> list[str]:
        from tantivy import Occur, Query

        words = [Query.term_query(self._schema, "text", w, "freq") for w in jieba_words(query)]
        wanted = Query.boolean_query([(Occur.Should, word) for word in words])
        searcher = self._index.searcher()
        hits = searcher.search(wanted, limit, count=False).hits
        numbers = searcher.fast_field_values("unit", [address for _, address in hits])
        return [self._ids[int(number or 0)] for number in numbers]


class BlogkitLibrary:
    """blogkit's library on disk, through add_posts and search."""

    def __init__(self, collection: Collection) -> None:
        self._by = collection.by
        self._folder = tempfile.TemporaryDirectory()
        self._library = Library.open(Path(self._folder.name))
        self._library.add_posts(collection.posts)
        # Copies are merged: what a copy is known by leads to the post that it became.
        homes = {post.id or "": self._library.post(post.id or "").id for post in collection.posts}
        self._given: dict[str | None, list[str]] = {}
        for given, home in homes.items():
            self._given.setdefault(home, []).append(given)

    def rank(self, query: str, limit: int) -> list[str]:
        by = "section" if self._by == "section" else "post"
        hits = self._library.search(query, limit=limit, by=by)
        return [unit for hit in _units(hits, self._by) for unit in self._names(hit)]

    def _names(self, unit: str) -> list[str]:
        post, line = unit.split("\t")
        return [f"{given}{line}" for given in self._given[post]]


class BlogkitCorpus:
    """blogkit's corpus in memory."""

    def __init__(self, collection: Collection) -> None:
        self._by = collection.by
        self._corpus = Corpus(collection.posts)

    def rank(self, query: str, limit: int) -> list[str]:
        by = "section" if self._by == "section" else "post"
        hits = self._corpus.search(query, limit=limit, by=by)
        return [unit.replace("\t", "") for unit in _units(hits, self._by)]


def _units(hits: Hits, by: str) -> list[str]:
    if by == "section":
        return [f"{hit.post_id}\t:{hit.heading_line}" for hit in hits]
    return [f"{hit.post_id}\t" for hit in hits]


ENGINES: dict[str, type[Engine]] = {
    "rank-bm25": RankBM25,
    "bm25s": BM25S,
    "tantivy": Tantivy,
    "blogkit": BlogkitLibrary,
    "blogkit Corpus": BlogkitCorpus,
}
