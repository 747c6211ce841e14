"""The reading list, in the database: what a user said of posts, by their ids."""

from __future__ import annotations

from blogkit.language import Message
from blogkit.store.checksums import checksum, expect_sound, is_sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.store.database import Database


def put_state(database: Database, post: str, state: str, time: int) -> None:
    """Store what a user says of a post."""
    database.connection.execute(
        "INSERT OR REPLACE INTO reading (post, state, time) VALUES (?, ?, ?)", (post, state, time)
    )
    database.connection.execute(
        f"UPDATE reading SET checksum = {checksum('reading')} WHERE post = ?", (post,)
    )


def states(database: Database) -> list[tuple[str, str, int]]:
    """Post id, state and time of all that was said, oldest first."""
    rows = database.connection.execute(
        f"SELECT post, state, time, {is_sound(reading='reading')} FROM reading ORDER BY time, post"
    ).fetchall()
    for post, *_, sound in rows:
        expect_sound(sound, database.path, Message("the reading state of post {post}", post=post))
    return [(post, state, time) for post, state, time, _ in rows]


def current_id(database: Database, post: str) -> str | None:
    """The id that a post has now, by any id by which it is or was known; None if it is gone."""
    row = database.connection.execute(
        "SELECT id FROM posts WHERE id = ? UNION ALL"
        " SELECT p.id FROM aliases a JOIN posts p ON p.number = a.post WHERE a.id = ?",
        (post, post),
    ).fetchone()
    return str(row[0]) if row else None
