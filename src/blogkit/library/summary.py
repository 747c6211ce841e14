"""What a library holds, counted. Reads, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit import __version__
from blogkit.results.records import record
from blogkit.results.shown import Shown
from blogkit.store.counts import count_all

if TYPE_CHECKING:
    from blogkit.library.indexing import Indexing
    from blogkit.store.counts import Counts
    from blogkit.store.database import Database


@record
class LibrarySummary(Shown):
    """How much a library holds, and whether its index is level with it."""

    _shown = ("library", "posts", "sections", "formulas", "sources", "index_fault")

    library: str
    """Its folder."""
    counts: Counts
    """What it holds."""
    changes: int
    """How many times it was changed."""
    index_fault: str | None
    """What is wrong with the text index, which the next search mends; None if it is well."""

    def to_dict(self) -> dict[str, object]:
        """The summary as JSON has it."""
        return {
            "schema": 1,
            "version": __version__,
            "library": self.library,
            "posts": self.counts.posts,
            "sections": self.counts.sections,
            "formulas": self.counts.formulas,
            "sources": self.counts.sources,
            "changes": self.changes,
            "index_fault": self.index_fault,
        }


def summarise(folder: str, database: Database, indexing: Indexing) -> LibrarySummary:
    """Count what a library holds, and look whether its index is level."""
    return LibrarySummary(folder, count_all(database), database.generation(), indexing.state())
