"""The index on disk: Tantivy, one document a section.

A stamp beside it says which state of which library it reflects, and which analyzer made it. It is
written after Tantivy's commit, so that it is never ahead: at worst an update is done twice.
"""

from __future__ import annotations

import os
import time

import tantivy

from blogkit.errors import LibraryBusyError, LibraryError
from blogkit.index.matches import (
    FIELD_WEIGHTS,
    FIELDS,
    NO_GROUPS,
    NO_PAIRS,
    PAIR_FIELDS,
    WHOLES_FIELD,
    SectionMatch,
)
from blogkit.index.stamp import Stamp, clear_leftovers, empty_folder, read_stamp, write_stamp
from blogkit.language import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from blogkit.index.documents import IndexDocument
    from blogkit.index.term_scores import TermScore

_HEAP_BYTES = 256_000_000
"""Most memory for what is not yet written; the more, the fewer segments a query has to ask."""
_LOCK_SECONDS = 10.0
_REMOVALS = 100
"""How often a folder is removed to which a thread of Tantivy's may still write."""


class TextIndex:
    """An index folder, opened for searching.

    Args:
        folder: where it lies; made, empty, where it is missing.

    Raises:
        LibraryError: if what lies there is no whole index.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._schema = _schema()
        try:
            os.makedirs(folder, exist_ok=True)
            self._index = _opened(self._schema, folder)
        except (ValueError, OSError) as error:
            raise LibraryError(
                Message("{folder}: no whole index: {error}", folder=folder, error=error)
            ) from error

    @classmethod
    def rebuilt(cls, folder: str) -> TextIndex:
        """An empty index in place of whatever lies there.

        Raises:
            OSError: if what lies there can't be removed.
        """
        empty_folder(folder)
        return cls(folder)

    def stamp(self) -> Stamp | None:
        """The state that the index reflects; None for a new or a torn one."""
        return read_stamp(self.folder)

    def reload(self) -> None:
        """See what another process has written.

        Raises:
            LibraryError: if what lies there is no whole index.
        """
        try:
            if os.access(self.folder, os.W_OK):
                self._index.reload()
            else:
                self._index = _opened(self._schema, self.folder)
        except (ValueError, OSError) as error:
            raise LibraryError(
                Message("{folder}: no whole index: {error}", folder=self.folder, error=error)
            ) from error

    def update(
        self, *, removed: Iterable[int], documents: Iterable[IndexDocument], stamp: Stamp
    ) -> None:
        """Replace the documents of some posts.

        Args:
            removed: numbers of the posts whose documents go; also those that documents replace.
            documents: what comes.
            stamp: the state that the index then reflects.

        Raises:
            LibraryBusyError: if another process keeps writing to the index.
        """
        clear_leftovers(self.folder)
        writer = self._writer()
        try:
            for number in removed:
                # Not by term: tantivy-py makes a signed number of it, which an unsigned field
                # never holds, and deletes nothing.
                writer.delete_documents_by_query(
                    tantivy.Query.term_query(self._schema, "post", number)
                )
            for document in documents:
                writer.add_document(_to_tantivy(document))
            writer.commit()
            writer.wait_merging_threads()
            write_stamp(self.folder, stamp)
        except (ValueError, OSError) as error:
            raise LibraryError(
                Message(
                    "{folder}: can't be written: {error}; the posts are in the library, and the "
                    "index is brought level as soon as it can be",
                    folder=self.folder,
                    error=error,
                )
            ) from error
        self.reload()

    def search(
        self,
        terms: Mapping[str, float],
        *,
        limit: int,
        pairs: Mapping[str, float] = NO_PAIRS,
        together: Sequence[Mapping[str, float]] = NO_GROUPS,
        wholes: Sequence[Mapping[str, float]] = NO_GROUPS,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        posts: Collection[int] | None = None,
    ) -> list[SectionMatch]:
        """The best sections that hold any of the terms or pairs, each weighted, best first.

        Args:
            terms: words with their weights.
            limit: at most so many sections.
            pairs: pairs of characters with their weights.
            together: words that count only where all of a group stand in one section.
            wholes: the same of pairs, where pairs are searched.
            fields: the fields that are searched, with their weights.
            posts: numbers of the only posts that are searched, a few thousand at most.
        """
        searcher = self._index.searcher()
        query = self._query(terms, pairs, together, wholes, fields)
        if posts is not None:
            query = self._of_posts(query, posts)
        # Tantivy allocates for as many hits as it is asked for, and aborts the process if it can't.
        most = max(1, min(limit, int(searcher.num_docs)))
        found = searcher.search(query, most, count=False)
        addresses = [address for _, address in found.hits]
        numbers = searcher.fast_field_values("post", addresses)
        ordinals = searcher.fast_field_values("section", addresses)
        return [
            SectionMatch(int(post or 0), int(section or 0), float(score))
            for (score, _), post, section in zip(found.hits, numbers, ordinals, strict=True)
        ]

    def count_posts(
        self,
        terms: Mapping[str, float],
        *,
        pairs: Mapping[str, float] = NO_PAIRS,
        together: Sequence[Mapping[str, float]] = NO_GROUPS,
    ) -> int:
        """How many posts hold any of the terms or pairs; over some hundreds, nearly so many."""
        query = self._any_of(terms, pairs, together)
        return round(float(self._index.searcher().cardinality(query, "post") or 0))

    def count_sections(
        self,
        terms: Mapping[str, float],
        *,
        pairs: Mapping[str, float] = NO_PAIRS,
        together: Sequence[Mapping[str, float]] = NO_GROUPS,
    ) -> int:
        """How many sections hold any of the terms or pairs."""
        query = self._any_of(terms, pairs, together)
        found = self._index.searcher().search(query, 1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # tantivy's stub leaves it out

    def document_frequency(self, field: str, term: str) -> int:
        """How many sections have a term in a field."""
        return int(self._index.searcher().doc_freq(field, term))

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def vocabulary(self) -> dict[str, int]:
        """Every word, with in how many sections it stands."""
        from blogkit.index.text_terms import vocabulary

        return vocabulary(self._index.searcher())

    def sections_with(self, pieces: Sequence[str]) -> dict[int, set[int]]:
        """By post, the sections that have each of the pieces: pairs, Latin words, or characters."""
        from blogkit.index.text_terms import sections_with

        return sections_with(self._index.searcher(), self._schema, pieces)

    def explain(
        self,
        terms: Mapping[str, float],
        match: SectionMatch,
        *,
        pairs: Mapping[str, float] = NO_PAIRS,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> list[TermScore]:
        """The terms, pairs and fields behind the score of a section."""
        from blogkit.index.text_terms import term_scores

        asked = {name: pairs if name in PAIR_FIELDS else terms for name in fields}
        return term_scores(self._index.searcher(), self._schema, asked, match, fields)

    def _query(
        self,
        terms: Mapping[str, float],
        pairs: Mapping[str, float],
        together: Sequence[Mapping[str, float]],
        wholes: Sequence[Mapping[str, float]],
        fields: Mapping[str, float],
    ) -> tantivy.Query:
        clauses = [
            (tantivy.Occur.Should, _boosted(self._schema, field, term, asked * weight))
            for field, weight in fields.items()
            for term, asked in (pairs if field in PAIR_FIELDS else terms).items()
        ]
        for group in together:
            clauses += [
                (tantivy.Occur.Should, self._all_of(group, field, weight))
                for field, weight in fields.items()
                if field not in PAIR_FIELDS
            ]
        for group in wholes if WHOLES_FIELD in fields else ():
            clauses.append((tantivy.Occur.Should, self._all_of(group, WHOLES_FIELD, 1.0)))
        return tantivy.Query.boolean_query(clauses)

    def _of_posts(self, query: tantivy.Query, posts: Collection[int]) -> tantivy.Query:
        """The query, of some posts only, with the scores that it has by itself."""
        wanted = tantivy.Query.term_set_query(self._schema, "post", list(posts))
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.boost_query(wanted, 0.0)),
            ]
        )

    def _any_of(
        self,
        terms: Mapping[str, float],
        pairs: Mapping[str, float],
        together: Sequence[Mapping[str, float]],
    ) -> tantivy.Query:
        """What the same sections answer as ``_query``, with fewer postings to read.

        ``pairs`` has all of ``names``, each Latin word of ``body``, and of each Chinese word there
        its first two characters: only terms without their pairs among those asked for are left.
        """
        alone = [term for term in terms if term not in pairs and term[:2] not in pairs]
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, "basic"))
            for field, asked in (("pairs", pairs), ("body", alone))
            for term in asked
        ]
        clauses += [(tantivy.Occur.Should, self._all_of(group, "body", 1.0)) for group in together]
        return tantivy.Query.boolean_query(clauses)

    def _all_of(self, group: Mapping[str, float], field: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, _boosted(self._schema, field, term, asked * weight))
                for term, asked in group.items()
            ]
        )

    def _writer(self) -> tantivy.IndexWriter:
        deadline = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                return self._index.writer(_HEAP_BYTES, 1)
            except ValueError as error:
                if "lock" not in str(error).lower():
                    raise LibraryError(
                        Message(
                            "{folder}: can't be written: {error}", folder=self.folder, error=error
                        )
                    ) from error
                if time.monotonic() > deadline:
                    raise LibraryBusyError(
                        Message(
                            "{folder}: another process has been writing the index for "
                            "{lock_seconds:.0f} s; try again",
                            folder=self.folder,
                            lock_seconds=_LOCK_SECONDS,
                        )
                    ) from error
                time.sleep(0.05)


def _opened(schema: tantivy.Schema, folder: str) -> tantivy.Index:
    try:
        return tantivy.Index(schema, path=folder)
    except ValueError:
        if os.access(folder, os.W_OK):
            raise
    # Tantivy writes a lock even to read. Where it can't, the lock lies in a folder of links to the
    # files; they are mapped by then, and the folder can go.
    import tempfile

    links = tempfile.mkdtemp()
    try:
        for name in os.listdir(folder):
            if not name.endswith(".lock"):
                os.symlink(os.path.join(os.path.abspath(folder), name), os.path.join(links, name))
        return tantivy.Index(schema, path=links)
    finally:
        _remove_links(links)


def _remove_links(folder: str) -> None:
    """Remove a folder in which a thread of Tantivy's may be about to put its lock once more."""
    import shutil

    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            return
        time.sleep(0.01)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("post", indexed=True, fast=True)
    builder.add_unsigned_field("section", fast=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _to_tantivy(document: IndexDocument) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("post", document.post)
    made.add_unsigned("section", document.section)
    for field, terms in document.fields.items():
        made.add_text(field, " ".join(terms))
    return made


def _boosted(schema: tantivy.Schema, field: str, term: str, weight: float) -> tantivy.Query:
    query = tantivy.Query.term_query(schema, field, term, "freq")
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)
