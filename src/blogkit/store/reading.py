"""The reading list, in the database: what a user said of posts, by their ids."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.store.database import Database


def put_state(database: Database, post: str, state: str, time: int) -> None:
    """Store what a user says of a post."""
    database.connection.execute(
        "INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", (post, state, time)
    )


def states(database: Database) -> list[tuple[str, str, int]]:
    """Post id, state and time of all that was said, oldest first."""
    rows = database.connection.execute("SELECT post, state, time FROM reading ORDER BY time, post")
    return [(post, state, time) for post, state, time in rows]


def current_ids(database: Database) -> dict[str, str]:
    """For each id by which a post is or was known, the id that it has now."""
    rows = database.connection.execute(
        "SELECT id, id FROM posts UNION ALL"
        " SELECT a.id, p.id FROM aliases a JOIN posts p ON p.number = a.post"
    )
    return dict(rows.fetchall())
