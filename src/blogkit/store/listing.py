"""Posts as a list shows them: without their texts, so that a hundred thousand take seconds.

A row says of a text only how long it is. What ``read_post`` does for one post with four questions
is done here for a page of them with two, so that a page costs as much in a large library.
"""

from __future__ import annotations

import sys
from itertools import groupby

from blogkit.language import Message
from blogkit.posts import ListedPost, Occurrence
from blogkit.store.checksums import expect_sound, is_sound
from blogkit.store.lists import names_from_json
from blogkit.text.dates import PostDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from blogkit.store.database import Database

_POSTS = (
    "SELECT p.number, p.id, p.title, p.title_from, p.year, p.month, p.day, p.tags, p.categories,"
    " p.comments, p.address, c.truncated, chars(unpacked(c.text)),"
    " (SELECT count(*) FROM formulas WHERE post = p.number),"
    f" {is_sound(posts='p', copies='c')}"
    " FROM posts p JOIN copies c ON c.id = p.kept WHERE p.number > ? ORDER BY p.number LIMIT ?"
)
_COPIES = (
    "SELECT c.post, c.source, c.line, c.end_line, c.truncated, c.id = p.kept"
    " FROM posts p JOIN copies c ON c.post = p.number"
    " WHERE p.number BETWEEN ? AND ? ORDER BY c.post, c.id != p.kept, c.id"
)
_SOURCE = f"SELECT path, {is_sound(sources='s')} FROM sources s WHERE id = ?"
_PAGE = 500
"""Posts that are read at once."""


def list_posts(database: Database, limit: int | None, offset: int) -> Iterator[ListedPost]:
    """Posts in the order in which they were first added; all of them without a limit.

    Raises:
        LibraryDamagedError: if one is not as it was written.
    """
    before = _number_before(database, offset)
    left = limit
    paths: dict[int, str | None] = {}
    while left is None or left > 0:
        wanted = _PAGE if left is None else min(left, _PAGE)
        rows = database.connection.execute(_POSTS, (before, wanted)).fetchall()
        if not rows:
            return
        places = _occurrences(database, rows[0][0], rows[-1][0], paths)
        for row in rows:
            yield _listed(database, row, places[row[0]])
        before = rows[-1][0]
        left = None if left is None else left - len(rows)


def count_posts(database: Database) -> int:
    """How many posts there are."""
    (count,) = database.connection.execute("SELECT count(*) FROM posts").fetchone()
    return int(count)


def _number_before(database: Database, offset: int) -> int:
    """The number behind which a list begins that passes over so many posts."""
    if not offset:
        return -1
    select = "SELECT number FROM posts ORDER BY number LIMIT 1 OFFSET ?"
    (number,) = database.connection.execute(select, (offset - 1,)).fetchone() or (sys.maxsize,)
    return int(number)


def _listed(
    database: Database, row: tuple[Any, ...], occurrences: tuple[Occurrence, ...]
) -> ListedPost:
    (_, post_id, title, title_from, year, month, day, tags, categories, comments,
     address, truncated, chars, formulas, sound) = row  # fmt: skip
    expect_sound(sound, database.path, Message("post {post_id}", post_id=post_id))
    return ListedPost(
        id=post_id,
        title=title,
        title_from=title_from,
        date=PostDate(year, month, day),
        tags=names_from_json(tags),
        categories=names_from_json(categories),
        comments=comments,
        chars=chars,
        formulas=formulas,
        truncated=bool(truncated),
        occurrences=occurrences,
        address=address,
    )


def _occurrences(
    database: Database, first: int, last: int, paths: dict[int, str | None]
) -> dict[int, tuple[Occurrence, ...]]:
    """The places of the posts of some numbers, by number, those of the kept copy first.

    Args:
        database: where they are.
        first: the least number.
        last: the greatest.
        paths: of the sources that were read before; others are put there.
    """
    rows = database.connection.execute(_COPIES, (first, last))
    return {
        post: tuple(
            Occurrence(_path(database, source, paths), line, end_line, bool(cut), bool(kept))
            for _, source, line, end_line, cut, kept in of_post
        )
        for post, of_post in groupby(rows, key=lambda row: int(row[0]))
    }


def _path(database: Database, source: int, paths: dict[int, str | None]) -> str | None:
    if source not in paths:
        path, sound = database.connection.execute(_SOURCE, (source,)).fetchone()
        named = path or Message("of a program")
        expect_sound(sound, database.path, Message("source {path}", path=named))
        paths[source] = path
    return paths[source]
