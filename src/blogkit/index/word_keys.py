"""The words of a library on disk, found by keys of their spelling and sound.

Each new word is put among the terms of a folder of Tantivy's, behind each of its keys, so that the
words of a key are those terms that begin with it. Words only come: whether a section still holds
one, the index of sections knows. Imported where documents are written, or a query has a word that
none holds.
"""

from __future__ import annotations

import tantivy

from blogkit.index.tantivy_folder import TantivyFolder
from blogkit.text.similar import keys_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.index.stamp import Stamp

_HEAP_BYTES = 32_000_000
_WORDS_A_DOCUMENT = 1000
_FIELD = "keys"
_SIGN = "|"
"""Between a key and the word; no word has it."""


class WordKeys:
    """A folder of words, opened.

    Args:
        folder: where it lies; made, empty, where it is missing.

    Raises:
        LibraryError: if what lies there is no whole index.
    """

    def __init__(self, folder: str) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field(_FIELD, tokenizer_name="whitespace", index_option="basic")
        self._folder = TantivyFolder(folder, builder.build())

    def update(self, words: Iterable[str], stamp: Stamp) -> None:
        """Add those of the words that are not there yet, and stamp the folder."""
        entries = list(self._new_entries(words))
        if not entries:
            self._folder.stamp(stamp)
            return
        writer = self._folder.writer((), heap_bytes=_HEAP_BYTES)
        for first in range(0, len(entries), _WORDS_A_DOCUMENT):
            document = tantivy.Document()
            document.add_text(_FIELD, " ".join(entries[first : first + _WORDS_A_DOCUMENT]))
            writer.add_document(document)
        self._folder.commit(writer, stamp)

    def _new_entries(self, words: Iterable[str]) -> Iterator[str]:
        """For each new word, each key with the word behind it."""
        known = self._folder.searcher().doc_freq
        for word in words:
            entries = [f"{key}{_SIGN}{word}" for key in keys_of(word)]
            if entries and not known(_FIELD, entries[0]):
                yield " ".join(entries)

    def with_key(self, key: str) -> list[str]:
        """The words that have a key."""
        found = self._folder.searcher().terms_with_prefix(_FIELD, f"{key}{_SIGN}")
        return [term.partition(_SIGN)[2] for term, _ in found]
