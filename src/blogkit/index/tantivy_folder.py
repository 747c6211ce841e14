"""A folder with an index of Tantivy's, and the stamp of what it reflects.

The stamp says which state of which library it reflects, and which analyzer made it. It is written
after Tantivy's commit, so that it is never ahead: at worst an update is done twice.
"""

from __future__ import annotations

import os
import time

import tantivy

from blogkit.errors import LibraryBusyError, LibraryError
from blogkit.index.stamp import clear_leftovers, write_stamp
from blogkit.language import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogkit.index.stamp import Stamp

_LOCK_SECONDS = 10.0
_REMOVALS = 100
"""How often a folder is removed to which a thread of Tantivy's may still write."""


class TantivyFolder:
    """An index folder, opened.

    Args:
        folder: where it lies; made, empty, where it is missing.
        schema: of its documents, each of which has the number of its ``post``.

    Raises:
        LibraryError: if what lies there is no whole index.
    """

    def __init__(self, folder: str, schema: tantivy.Schema) -> None:
        self.folder = folder
        self.schema = schema
        try:
            os.makedirs(folder, exist_ok=True)
            self._index = _opened(schema, folder)
        except (ValueError, OSError) as error:
            raise self._not_whole(error) from error

    def searcher(self) -> tantivy.Searcher:
        """What searches the index as it was when it was opened, or reloaded, last."""
        return self._index.searcher()

    def __len__(self) -> int:
        return int(self.searcher().num_docs)

    def reload(self) -> None:
        """See what another process has written.

        Raises:
            LibraryError: if what lies there is no whole index.
        """
        try:
            if os.access(self.folder, os.W_OK):
                self._index.reload()
            else:
                self._index = _opened(self.schema, self.folder)
        except (ValueError, OSError) as error:
            raise self._not_whole(error) from error

    def _not_whole(self, error: Exception) -> LibraryError:
        return LibraryError(
            Message("{folder}: no whole index: {error}", folder=self.folder, error=error)
        )

    def writer(self, removed: Iterable[int], *, heap_bytes: int) -> tantivy.IndexWriter:
        """What writes documents, those of some posts gone.

        Args:
            removed: numbers of the posts whose documents go.
            heap_bytes: most memory for what is not yet written; the more, the fewer segments a
                query has to ask.

        Raises:
            LibraryBusyError: if another process keeps writing to the index.
        """
        clear_leftovers(self.folder)
        writer = self._locked(heap_bytes)
        for number in removed:
            # Not by term: tantivy-py makes a signed number of it, which an unsigned field
            # never holds, and deletes nothing.
            writer.delete_documents_by_query(tantivy.Query.term_query(self.schema, "post", number))
        return writer

    def commit(self, writer: tantivy.IndexWriter, stamp: Stamp) -> None:
        """Put what was written in place, and stamp it."""
        writer.commit()
        writer.wait_merging_threads()
        self.stamp(stamp)

    def stamp(self, stamp: Stamp) -> None:
        """Say which state it reflects."""
        write_stamp(self.folder, stamp)

    def _locked(self, heap_bytes: int) -> tantivy.IndexWriter:
        deadline = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                return self._index.writer(heap_bytes, 1)
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
