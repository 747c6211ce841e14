"""Sections as a hit needs them: read by themselves, so that a search loads nothing of the rest."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from operator import itemgetter

from blogkit.language import Message
from blogkit.spans import row_starts
from blogkit.store.checksums import CheckedRows, expect_sound
from blogkit.store.lists import block_lines_from_json
from blogkit.store.macros import definitions_at
from blogkit.store.packing import unpacked
from blogkit.text.dates import PostDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from blogkit.store.database import Database

_ROWS = CheckedRows(("c.text", "c.blocks"), s="sections", p="posts", c="copies", src="sources")
_SELECT = (
    f"SELECT {_ROWS.select} FROM asked"
    " CROSS JOIN sections s ON s.post = asked.post AND s.ordinal = asked.ordinal"
    " JOIN posts p ON p.number = s.post JOIN copies c ON c.id = ifnull(s.copy, p.kept)"
    " JOIN sources src ON src.id = c.source"
)
_columns = itemgetter(
    *_ROWS.places(
        "s.post", "s.ordinal", "p.id", "p.title", "p.year", "p.month", "p.day", "src.path",
        "c.blocks", "s.heading", "s.line", "s.start", 's."end"', "c.text", "s.copy",
    )
)  # fmt: skip
_BATCH = 500
"""Sections that one statement reads."""


class StoredSection:
    """A section, with what a hit says of its post.

    Args:
        post_id: id of the post.
        title: title of the post.
        date: date of the post.
        path: file of the kept copy.
        heading: heading of the section; None before the first.
        line: line of the file where the section begins.
        text: text of the section.
        line_starts: for each block, in order, its offset in the text and its line in the file; for
            a table of a page each row.
        definitions_at: what the formulas of its post define before an offset of the text.
    """

    __slots__ = (
        "date", "definitions_at", "heading", "line", "line_starts", "path", "post_id", "text",
        "title",
    )  # fmt: skip

    def __init__(
        self,
        post_id: str,
        title: str,
        date: PostDate,
        path: str | None,
        heading: str | None,
        line: int,
        text: str,
        line_starts: Sequence[tuple[int, int]],
        definitions_at: Callable[[int], str],
    ) -> None:
        self.post_id = post_id
        self.title = title
        self.date = date
        self.path = path
        self.heading = heading
        self.line = line
        self.text = text
        self.line_starts = line_starts
        self.definitions_at = definitions_at

    def line_of(self, offset: int) -> int:
        """Line of the file where an offset of the section's text stands."""
        index = bisect_right(self.line_starts, offset, key=lambda start: start[0]) - 1
        if index < 0:
            return self.line
        start, line = self.line_starts[index]
        return line + self.text.count("\n", start, offset)


def read_titles(database: Database, numbers: Sequence[int]) -> dict[int, str]:
    """The titles of posts, by number; at most some hundreds."""
    marks = ",".join("?" * len(numbers))
    select = f"SELECT number, title FROM posts WHERE number IN ({marks})"
    return dict(database.connection.execute(select, list(numbers)))


def read_sections(
    database: Database, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], StoredSection]:
    """Sections by the numbers of their posts and their places there; without those that are gone.

    The index may know more than the database.

    Raises:
        LibraryDamagedError: if one is not as it was written.
    """
    found: dict[tuple[int, int], StoredSection] = {}
    for first in range(0, len(places), _BATCH):
        batch = places[first : first + _BATCH]
        asked = ",".join(["(?,?)"] * len(batch))
        rows = database.connection.execute(
            f"WITH asked(post, ordinal) AS (VALUES {asked}) {_SELECT}", list(chain(*batch))
        )
        for row in rows:
            number, ordinal, *columns = _columns(row)
            if not _ROWS.are_sound(row):
                expect_sound(False, database.path, Message("post {post_id}", post_id=columns[0]))
            found[number, ordinal] = _section(database, number, columns)
    return found


def _section(database: Database, number: int, columns: Sequence[Any]) -> StoredSection:
    post_id, title, year, month, day, path, blocks, heading, line, start, end, text, copy = columns
    whole = unpacked(text)
    lines = block_lines_from_json(unpacked(blocks), start, end)
    starts = ([(at, line), *row_starts(whole, at, rows)] for at, line, rows in lines)
    line_starts = [(at - start, line) for at, line in chain.from_iterable(starts)]

    def definitions(offset: int) -> str:
        # A passage of another copy stands nowhere in the post: all that it defines holds there.
        return definitions_at(database, number, start + offset if copy is None else None)

    said = whole[start:end]
    date = PostDate(year, month, day)
    return StoredSection(post_id, title, date, path, heading, line, said, line_starts, definitions)
