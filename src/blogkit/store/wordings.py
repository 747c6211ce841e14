"""Copies of posts as they are compared: many at once, and nothing made of them that no one asks."""

from __future__ import annotations

from itertools import groupby, islice
from operator import itemgetter

from blogkit.dedup.wording import Wording
from blogkit.language import Message
from blogkit.posts import line_of
from blogkit.results.records import record
from blogkit.store.checksums import CheckedRows, expect_sound
from blogkit.store.columns import block_from_row
from blogkit.store.lists import block_rows, names_from_json
from blogkit.store.packing import unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from blogkit.store.database import Database

_ROWS = CheckedRows(("c.text", "c.blocks"), c="copies", p="posts", s="sources")
_SELECT = (
    f"SELECT {_ROWS.select}, c.id, c.post, c.kind, c.similarity FROM copies c"
    " JOIN posts p ON p.number = c.post JOIN sources s ON s.id = c.source"
)
_columns = itemgetter(
    *_ROWS.places(
        "p.id", "p.title", "c.given_id", "s.path", "c.line", "c.end_line", "c.title",
        "c.title_from", "c.text", "c.blocks",
    )
)  # fmt: skip
_lists = itemgetter(*_ROWS.places("c.tags", "c.categories", "c.links"))
_BATCH = 500
"""Posts whose copies one statement reads."""


@record
class WordedCopy:
    """A copy of a post, with what is compared of it."""

    post_id: str
    """Id of the post."""
    post_title: str
    """Its title."""
    given_id: str | None
    """The id that a program gave the copy."""
    kind: str | None
    """How it is like the kept copy; None for the kept one."""
    similarity: float | None
    """How much, 0 to 1."""
    wording: Wording
    """What it says."""


def worded_copies(database: Database, numbers: Sequence[int]) -> Iterator[list[WordedCopy]]:
    """The copies of each of some posts, the posts by their numbers, the copies as they were added.

    Raises:
        LibraryDamagedError: if one is not as it was written.
    """
    for first in range(0, len(numbers), _BATCH):
        batch = numbers[first : first + _BATCH]
        marks = ",".join("?" * len(batch))
        rows = database.connection.execute(
            f"{_SELECT} WHERE c.post IN ({marks}) ORDER BY c.post, c.id", list(batch)
        )
        for _, of_post in groupby(rows, key=itemgetter(-3)):
            yield [_copy(database, row) for row in of_post]


def _copy(database: Database, row: tuple[Any, ...]) -> WordedCopy:
    copy, _, kind, similarity = row[-4:]
    post_id, post_title, given_id, path, line, end_line, title, title_from, text, blocks = _columns(
        row
    )
    if not _ROWS.are_sound(row):
        of = path or Message("a program")
        expect_sound(False, database.path, Message("copy {copy}, of {path}", copy=copy, path=of))
    for names in _lists(row):
        if names != "[]":  # not compared, but told where it is none, as by all who read copies
            names_from_json(names)
    said, rows = unpacked(text), block_rows(unpacked(blocks))

    def line_at(offset: int) -> int:
        held = (block for block in rows if block[1] < block[2] and offset <= block[2])
        return line_of(offset, said, tuple(map(block_from_row, islice(held, 1))))

    wording = Wording(
        heading=title if title_from == "heading" else "",
        text=said,
        path=path,
        line=line,
        end_line=end_line,
        block_starts=frozenset(block[1] for block in rows),
        line_of=line_at,
    )
    return WordedCopy(post_id, post_title, given_id, kind, similarity, wording)
