"""Sections as a hit needs them: read by themselves, so that a search loads nothing of the rest."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass

from blogkit.dates import PostDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogkit.store.database import Database


@dataclass(frozen=True, slots=True)
class StoredSection:
    """A section, with what a hit says of its post."""

    post_id: str
    """Id of the post."""
    title: str
    """Title of the post."""
    date: PostDate
    """Date of the post."""
    path: str | None
    """File of the kept copy."""
    heading: str | None
    """Heading of the section; None before the first."""
    line: int
    """Line of the file where the section begins."""
    text: str
    """Text of the section."""
    line_starts: Sequence[tuple[int, int]]
    """For each block, in order, its offset in the section's text and its line in the file."""

    def line_of(self, offset: int) -> int:
        """Line of the file where an offset of the section's text stands."""
        index = bisect_right(self.line_starts, offset, key=lambda start: start[0]) - 1
        if index < 0:
            return self.line
        start, line = self.line_starts[index]
        return line + self.text.count("\n", start, offset)


def read_section(database: Database, number: int, ordinal: int) -> StoredSection | None:
    """One section of a post; None where the index knows more than the database."""
    row = database.connection.execute(
        "SELECT p.id, p.title, p.year, p.month, p.day, src.path, c.blocks, s.heading,"
        ' s.line, s.start, s."end", substr(c.text, s.start + 1, s."end" - s.start)'
        " FROM sections s JOIN posts p ON p.number = s.post JOIN copies c ON c.id = p.kept"
        " JOIN sources src ON src.id = c.source WHERE s.post = ? AND s.ordinal = ?",
        (number, ordinal),
    ).fetchone()
    if not row:
        return None
    post_id, title, year, month, day, path, blocks, heading, line, start, end, text = row
    line_starts = [
        (block_start - start, block_line)
        for _, block_start, _, block_line, _ in json.loads(blocks)
        if start <= block_start < end
    ]
    return StoredSection(
        post_id, title, PostDate(year, month, day), path, heading, line, text, line_starts
    )
