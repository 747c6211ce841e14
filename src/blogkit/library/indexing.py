"""Keeping the index level with the database: caught up when behind, rebuilt when not whole."""

from __future__ import annotations

import os
import sqlite3

from blogkit.errors import LibraryBusyError, LibraryError
from blogkit.index.stamp import (
    Stamp,
    cant_write,
    discard,
    empty_folder,
    make_folder,
    read_whole_stamp,
    write_stamp,
)
from blogkit.index.text_index import TextIndex, read_whole_index_stamp
from blogkit.language import Message
from blogkit.store.words import StoredLexicon, words_changed_since
from blogkit.text.analyzer import ANALYZER_VERSION, Analyzer
from blogkit.text.segment import DictionarySegmenter, ReadySegmenter
from blogkit.text.words import WordTable, build_word_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogkit.index.documents import IndexDocument
    from blogkit.store.database import Database
    from blogkit.text.segment import Segmenter


class Indexing:
    """The derived part of a library: its ``index`` folder.

    Args:
        folder: where the index lies.
        database: what it reflects.
    """

    def __init__(self, folder: str, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._index: TextIndex | None = None
        self._loaded: Stamp | None = None
        self._words: WordTable | None = None
        self._posts_read = 0

    def current(self) -> TextIndex:
        """The index, level with the database; costs two small reads where it is level already.

        While another process keeps writing, the index of before is given rather than none.

        Raises:
            LibraryError: if it can't be brought level.
        """
        wanted = self._wanted_stamp()
        index = self._index
        index, stamp = (index, index.stamp()) if index else self._open(wanted)
        if index is None or stamp is None or stamp != wanted:
            return self._leveled(index)
        if self._loaded and stamp != self._loaded:
            index.reload()
        self._index, self._loaded = index, stamp
        return index

    @property
    def posts_read(self) -> int:
        """How many posts were read for the index since it was opened."""
        return self._posts_read

    def rebuild(self) -> None:
        """Make index and word table anew from the database."""
        from blogkit.store import posts as stored_posts

        self.close()
        stored_posts.define_terms(self._database)
        with self._database.locked():
            empty_folder(self.folder)
            self._level(None, None)

    def analyzer(self) -> Analyzer:
        """What makes terms of a query; it knows the library's own words."""
        return Analyzer(self._segmenter(), StoredLexicon(self._database))

    def _segmenter(self) -> Segmenter:
        """What cuts a query: the word table, or rjieba's dictionary where there is none yet."""
        if self._words is None:
            try:
                self._mend_words()
                self._words = WordTable(self._words_path)
            except (LibraryError, sqlite3.DatabaseError):
                return DictionarySegmenter()
        return ReadySegmenter(self._words)

    def shares_in_language(self, words: Iterable[str]) -> Mapping[str, float]:
        """Of common words, what share of all running words they are in Chinese at large."""
        self._segmenter()
        return self._words.shares(words) if self._words else {}

    def state(self) -> str | None:
        """What is wrong with the index as it lies there; None if it is whole and level."""
        from blogkit.store import posts as stored_posts

        stamp = read_whole_index_stamp(self._text_folder, thorough=True)
        if stamp is None:
            return Message("missing, or not as it was written")
        if stamp != self._wanted_stamp():
            return Message("behind the database, or made by another version")
        try:
            count = len(TextIndex(self._text_folder))
        except LibraryError as error:
            return error.text
        expected = stored_posts.count_sections(self._database)
        if count != expected:
            return Message(
                "expected {expected} sections, found {count}", expected=expected, count=count
            )
        if read_whole_stamp(self.folder, thorough=True) is None:
            return Message("word table missing, or not as it was written")
        formulas = os.path.join(self.folder, "formulas")
        if os.path.exists(formulas) and read_whole_stamp(formulas, thorough=True) is None:
            return Message("formulas not as they were written")
        return None

    def close(self) -> None:
        """Close the files."""
        if self._words:
            self._words.close()
        self._words = self._index = self._loaded = None

    @property
    def _text_folder(self) -> str:
        return os.path.join(self.folder, "text")

    @property
    def _words_path(self) -> str:
        return os.path.join(self.folder, "words.db")

    def _wanted_stamp(self) -> Stamp:
        return Stamp(*self._database.state(), ANALYZER_VERSION)

    def _open(self, wanted: Stamp) -> tuple[TextIndex | None, Stamp | None]:
        """The index as it lies there; None where it is not whole, or not of this library."""
        stamp = read_whole_index_stamp(self._text_folder)
        if stamp is None or not stamp.is_of(wanted):
            return None, None
        try:
            return TextIndex(self._text_folder), stamp
        except LibraryError:
            return None, None

    def _leveled(self, index: TextIndex | None) -> TextIndex:
        """The index brought level, by this process or by the one that it waited for."""
        from blogkit.store import posts as stored_posts

        if not self._database.is_writable:
            raise LibraryError(
                Message(
                    "{folder}: expected an index that is level with the library ({found}); it "
                    "can't be made where nothing may be written: open the library once where it "
                    "may",
                    folder=self.folder,
                    found=self.state() or Message("now it is, and before it could not be opened"),
                )
            )
        try:
            if index is None:
                stored_posts.define_terms(self._database)
            with self._database.locked():
                self._index = self._level(*self._open(self._wanted_stamp()))
        except LibraryBusyError:
            if index is None:
                raise
            return index
        except OSError as error:
            raise cant_write(self.folder, error.strerror) from error
        return self._index

    def _level(self, index: TextIndex | None, stamp: Stamp | None) -> TextIndex:
        """Bring the index to the database's generation, from where it is or from nothing.

        Other processes must be kept from writing meanwhile: two that make it anew at once would
        take each other's files away.
        """
        from blogkit.store import posts as stored_posts

        wanted = self._wanted_stamp()
        if index is None or stamp is None or stamp.generation > wanted.generation:
            make_folder(self.folder)
            index = TextIndex.rebuilt(self._text_folder)
            stamp = Stamp(wanted.library, -1, wanted.version)
        if stamp != wanted:
            changed, removed = stored_posts.changed_since(self._database, stamp.generation)
            documents = self._documents(changed)
            index.update(
                removed=[*removed, *changed],
                documents=documents,
                own_words=words_changed_since(self._database, stamp.generation),
                stamp=wanted,
            )
        if not os.path.exists(self._words_path):
            self._make_words()
        self._loaded = wanted
        return index

    def _mend_words(self) -> None:
        """Make the word table anew where it is not as it was written."""
        if read_whole_stamp(self.folder) is None:
            with self._database.locked():
                self._make_words()

    def _make_words(self) -> None:
        try:
            for name in os.listdir(self.folder):
                if name.endswith(".part"):  # a killed process left it
                    os.remove(os.path.join(self.folder, name))
            if os.path.isdir(self._words_path):
                discard(self._words_path)
            build_word_table(self._words_path)
            stamp = Stamp("", 0, 0)
            write_stamp(self.folder, stamp, [os.path.basename(self._words_path)])
        except sqlite3.Error as error:
            raise cant_write(self.folder, error) from error

    def _documents(self, numbers: list[int]) -> Iterator[IndexDocument]:
        from blogkit.index.documents import documents
        from blogkit.store import posts as stored_posts

        analyzer = Analyzer(DictionarySegmenter())
        for number in numbers:
            self._posts_read += 1
            post = stored_posts.read_post(self._database, number)
            yield from documents(number, post, analyzer)
