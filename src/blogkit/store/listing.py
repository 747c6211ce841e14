"""Posts as a list shows them: without their texts, so that a hundred thousand take seconds.

A row says of a text only how long it is. What ``read_post`` does for one post with four questions
is done here for all with three.
"""

from __future__ import annotations

from itertools import groupby

from blogkit.dates import PostDate
from blogkit.language import Message
from blogkit.posts import ListedPost, Occurrence
from blogkit.store.checksums import expect_sound, is_sound
from blogkit.store.lists import names_from_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.store.database import Database

_POSTS = (
    "SELECT p.number, p.id, p.title, p.title_from, p.year, p.month, p.day, p.tags, p.categories,"
    " p.comments, p.address, c.truncated, chars(c.text),"
    " (SELECT count(*) FROM formulas WHERE post = p.number),"
    f" {is_sound(posts='p', copies='c')}"
    " FROM posts p JOIN copies c ON c.id = p.kept ORDER BY p.number LIMIT ? OFFSET ?"
)
_COPIES = (
    "SELECT c.post, c.source, c.line, c.end_line, c.truncated, c.id = p.kept"
    " FROM posts p JOIN copies c ON c.post = p.number"
    " WHERE p.number >= ? ORDER BY c.post, c.id != p.kept, c.id"
)
_SOURCES = f"SELECT id, path, {is_sound(sources='s')} FROM sources s"


def list_posts(database: Database, limit: int | None, offset: int) -> Iterator[ListedPost]:
    """Posts in the order in which they were first added; all of them without a limit.

    Raises:
        LibraryDamagedError: if one is not as it was written.
    """
    execute = database.connection.execute
    rows = execute(_POSTS, (-1 if limit is None else limit, offset))
    places = _occurrences(database, offset)
    for (number, post_id, title, title_from, year, month, day, tags, categories, comments,
         address, truncated, chars, formulas, sound) in rows:  # fmt: skip
        expect_sound(sound, database.path, Message("post {post_id}", post_id=post_id))
        of_post = next(found for post, found in places if post == number)
        yield ListedPost(
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
            occurrences=of_post,
            address=address,
        )


def _occurrences(database: Database, offset: int) -> Iterator[tuple[int, tuple[Occurrence, ...]]]:
    """The places of each post from one on, by the post's number, those of the kept copy first."""
    execute = database.connection.execute
    paths: dict[int, str | None] = {}
    for source, path, sound in execute(_SOURCES):
        expect_sound(
            sound, database.path, Message("source {path}", path=path or Message("of a program"))
        )
        paths[source] = path
    first = execute("SELECT number FROM posts ORDER BY number LIMIT 1 OFFSET ?", (offset,))
    (number,) = first.fetchone() or (0,)
    for post, rows in groupby(execute(_COPIES, (number,)), key=lambda row: int(row[0])):
        yield (
            post,
            tuple(
                Occurrence(paths[source], line, end_line, bool(cut), bool(kept))
                for _, source, line, end_line, cut, kept in rows
            ),
        )
