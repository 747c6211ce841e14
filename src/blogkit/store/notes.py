"""Notes of a reader, in the database: apart from the posts, by the ids of these."""

from __future__ import annotations

from blogkit.language import Message
from blogkit.results.records import record
from blogkit.store.checksums import CHECKED, checksum, expect_sound, is_sound
from blogkit.store.lists import names_from_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.store.database import Database


@record
class StoredNote:
    """A note as the database has it."""

    id: str
    """Its id."""
    post: str
    """Id of the post when it was written."""
    formula: str | None
    """Name of the formula then: its label or its number; None of a note on words or a post."""
    exact: str
    """The words that it is about; empty of a note on a whole post."""
    prefix: str
    """The words before them."""
    suffix: str
    """The words behind them."""
    start: int
    """Where they stood in the post's text."""
    body: str
    """What was written; empty of a mere highlight."""
    tags: tuple[str, ...]
    """Tags of the reader's own."""
    is_question: bool
    """Whether it is marked as not understood yet."""
    created: int
    """When it was written, in seconds since 1970."""
    changed: int
    """When it was changed last."""


_COLUMNS = ", ".join(CHECKED["notes"])


def put_note(database: Database, note: StoredNote) -> None:
    """Store a note, in place of what was known of it."""
    from blogkit.store.columns import names_to_json

    database.connection.execute(
        f"INSERT OR REPLACE INTO notes ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            note.id, note.post, note.formula, note.exact, note.prefix, note.suffix, note.start,
            note.body, names_to_json(note.tags), note.is_question, note.created, note.changed,
        ),
    )  # fmt: skip
    database.connection.execute(
        f"UPDATE notes SET checksum = {checksum('notes')} WHERE id = ?", (note.id,)
    )


def delete_note(database: Database, note: str) -> None:
    """Forget a note."""
    database.connection.execute("DELETE FROM notes WHERE id = ?", (note,))


def all_notes(database: Database) -> Iterator[StoredNote]:
    """All notes, as they were written."""
    rows = database.connection.execute(
        f"SELECT {_COLUMNS}, {is_sound(notes='notes')} FROM notes ORDER BY created, id"
    ).fetchall()
    for *row, sound in rows:
        expect_sound(sound, database.path, Message("note {note}", note=row[0]))
        (note, post, formula, exact, prefix, suffix, start, body, tags, is_question, created,
         changed) = row  # fmt: skip
        yield StoredNote(
            note, post, formula, exact, prefix, suffix, start, body, names_from_json(tags),
            bool(is_question), created, changed,
        )  # fmt: skip


def state(database: Database) -> tuple[int, int]:
    """How many notes there are, and when one was changed last."""
    select = "SELECT count(*), ifnull(max(changed), 0) FROM notes"
    count, changed = database.connection.execute(select).fetchone()
    return int(count), int(changed)


def own_tags(database: Database) -> dict[int, tuple[str, ...]]:
    """The tags that a reader gave posts, by the number of the post."""
    rows = database.connection.execute(
        "SELECT p.number, n.tags FROM notes n JOIN posts p ON p.id = n.post"
        " UNION ALL SELECT a.post, n.tags FROM notes n JOIN aliases a ON a.id = n.post"
    )
    found: dict[int, tuple[str, ...]] = {}
    for number, tags in rows:
        found[number] = (*found.get(number, ()), *names_from_json(tags))
    return found


def own_tags_by_id(database: Database) -> dict[str, tuple[str, ...]]:
    """The tags that a reader gave posts, by the id of the post; of posts that have any."""
    select = "SELECT id FROM posts WHERE number = ?"
    return {
        database.connection.execute(select, (number,)).fetchone()[0]: tags
        for number, tags in own_tags(database).items()
        if tags
    }
