"""Engines as the speed benchmark times them: filled with posts, then asked one query at a time.

All take the same words: those of blogkit's analyzer. The peers keep one field and give the places
of ten sections, and so does ``blogkit ranking``, over its three fields; ``blogkit`` is the whole of
``Library.search``: hits with titles and passages, and how many posts there are in all.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from blogkit import Library, Post
from blogkit.index.matches import TermQuery
from blogkit.posts import sections
from blogkit.text.analyzer import Analyzer, query_pairs
from blogkit.text.segment import DictionarySegmenter

LIMIT = 10
_ANALYZER = Analyzer(DictionarySegmenter())


class TimedEngine(Protocol):
    """What the benchmark times."""

    def __init__(self, folder: Path) -> None: ...

    def add(self, posts: Iterable[Post]) -> None:
        """Take all posts."""
        ...

    def open(self) -> None:
        """Open anew what lies in the folder, if anything does."""
        ...

    def ask(self, query: str) -> int:
        """Answer a query; how many hits there are."""
        ...


def section_words(posts: Iterable[Post]) -> Iterator[list[str]]:
    """The words of each section, with its title and heading."""
    for post in posts:
        for section in sections(post.text, post.blocks):
            whole = f"{post.title}\n{section.heading or ''}\n{section.text}"
            yield _ANALYZER.terms(whole)


class BlogkitLibrary:
    """blogkit's library on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = Library.open(folder)

    def add(self, posts: Iterable[Post]) -> None:
        self._library.add_posts(posts)

    def open(self) -> None:
        self._library.close()
        self._library = Library.open(self._folder)
        self._library.search("无")

    def ask(self, query: str) -> int:
        return len(self._library.search(query, limit=LIMIT))


class BlogkitRanking(BlogkitLibrary):
    """The ranking of blogkit's library by itself."""

    def open(self) -> None:
        super().open()
        self._index = self._library._indexing.current()
        self._words = self._library._indexing.analyzer()

    def ask(self, query: str) -> int:
        words, pairs = self._words.query_terms(query), query_pairs(query)
        return len(self._index.search(TermQuery(words, pairs), limit=LIMIT))


class TantivyAlone:
    """Tantivy on disk, one field."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema, self._folder = builder.build(), str(folder)
        self._index = tantivy.Index(self._schema, path=self._folder)

    def add(self, posts: Iterable[Post]) -> None:
        import tantivy

        writer = self._index.writer(64_000_000, 1)
        for words in section_words(posts):
            document = tantivy.Document()
            document.add_text("text", " ".join(words))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self._index = tantivy.Index(self._schema, path=self._folder)
        self._searcher = self._index.searcher()

    def ask(self, query: str) -> int:
        from tantivy import Occur, Query

        words = set(_ANALYZER.terms(query))
        terms = [Query.term_query(self._schema, "text", word, "freq") for word in words]
        wanted = Query.boolean_query([(Occur.Should, term) for term in terms])
        return len(self._searcher.search(wanted, LIMIT, count=False).hits)


class Fts5:
    """SQLite's FTS5 on disk, without a copy of the text, ranked by its bm25."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / "fts5.db")
        self._connection = sqlite3.connect(self._path)
        self._connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS sections USING fts5(words, content='',"
            " detail=column, tokenize=\"unicode61 remove_diacritics 0 tokenchars '._-+#'\")"
        )

    def add(self, posts: Iterable[Post]) -> None:
        with self._connection:
            self._connection.executemany(
                "INSERT INTO sections (words) VALUES (?)",
                ((" ".join(words),) for words in section_words(posts)),
            )

    def open(self) -> None:
        self._connection.close()
        self._connection = sqlite3.connect(self._path)
        self._connection.execute("SELECT count(*) FROM sections_config")

    def ask(self, query: str) -> int:
        wanted = " OR ".join(f'"{word}"' for word in set(_ANALYZER.terms(query)))
        select = "SELECT rowid FROM sections WHERE sections MATCH ? ORDER BY rank LIMIT ?"
        return len(self._connection.execute(select, (wanted, LIMIT)).fetchall())


class Bm25s:
    """bm25s in memory, with numpy."""

    backend = "numpy"

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._path = folder / "bm25s"
        self._ranker = bm25s.BM25(backend=self.backend)

    def add(self, posts: Iterable[Post]) -> None:
        self._ranker.index(list(section_words(posts)), show_progress=False)
        self._ranker.save(self._path)

    def open(self) -> None:
        import bm25s

        self._ranker = bm25s.BM25.load(self._path)
        self._ranker.backend = self.backend
        if self.backend == "numba":
            self._ranker.activate_numba_scorer()

    def ask(self, query: str) -> int:
        words = [word for word in set(_ANALYZER.terms(query)) if word in self._ranker.vocab_dict]
        if not words:
            return 0
        found, _ = self._ranker.retrieve([words], k=LIMIT, show_progress=False)
        return len(found[0])


class Bm25sNumba(Bm25s):
    """bm25s in memory, compiled by numba."""

    backend = "numba"


class RankBM25:
    """rank-bm25's BM25Okapi, in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, posts: Iterable[Post]) -> None:
        from rank_bm25 import BM25Okapi

        self._ranker = BM25Okapi(list(section_words(posts)))

    def open(self) -> None:
        """It keeps nothing on disk."""

    def ask(self, query: str) -> int:
        import numpy as np

        scores = self._ranker.get_scores(list(set(_ANALYZER.terms(query))))
        return len(np.argpartition(-scores, LIMIT)[:LIMIT])


TIMED: dict[str, type[TimedEngine]] = {
    "blogkit": BlogkitLibrary,
    "blogkit ranking": BlogkitRanking,
    "tantivy": TantivyAlone,
    "fts5": Fts5,
    "bm25s": Bm25s,
    "bm25s numba": Bm25sNumba,
    "rank-bm25": RankBM25,
}
