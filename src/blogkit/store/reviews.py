"""The log of reviews, in the database: each with the schedule before it, for taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from blogkit.language import Message
from blogkit.store.cards import Schedule, values_of
from blogkit.store.checksums import checksum, expect_sound, is_sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from blogkit.store.database import Database

_COLUMNS = (
    "number, card, time, grade, seconds, anki, state, step, stability, difficulty, due, last_review"
)
_IS_SOUND = is_sound(reviews="reviews")


@dataclass(frozen=True, slots=True)
class StoredReview:
    """One answer."""

    number: int | None
    """Its place in the log; None before it is stored."""
    card: str
    """The card."""
    time: int
    """When, in seconds since 1970."""
    grade: int
    """1 again, 2 hard, 3 good, 4 easy."""
    seconds: float | None
    """How long the answer took; None if nobody measured."""
    anki: int | None
    """Anki's number of it; None for one of blogkit's own."""
    before: Schedule
    """The card's schedule before it."""


def put_review(database: Database, review: StoredReview) -> None:
    """Append a review, or store one again in its place."""
    put = database.connection.execute(
        f"INSERT OR REPLACE INTO reviews ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            review.number, review.card, review.time, review.grade, review.seconds, review.anki,
            *values_of(review.before),
        ),
    )  # fmt: skip
    database.connection.execute(
        f"UPDATE reviews SET checksum = {checksum('reviews')} WHERE number = ?", (put.lastrowid,)
    )


def delete_review(database: Database, number: int) -> None:
    """Forget a review."""
    database.connection.execute("DELETE FROM reviews WHERE number = ?", (number,))


def last_review(database: Database) -> StoredReview | None:
    """The review that came to be known last."""
    rows = _select(database, "ORDER BY number DESC LIMIT 1")
    return rows[0] if rows else None


def reviews_of(database: Database, card: str) -> list[StoredReview]:
    """The reviews of a card, by time."""
    return _select(database, "WHERE card = ? ORDER BY time, number", (card,))


def anki_numbers(database: Database) -> set[int]:
    """Anki's numbers of the reviews that were imported."""
    return {r.anki for r in _select(database, "WHERE anki IS NOT NULL") if r.anki is not None}


def review_times(database: Database, since: int) -> list[tuple[int, int]]:
    """Time and grade of the reviews since a time."""
    rows = _select(database, "WHERE time >= ? ORDER BY time, number", (since,))
    return [(review.time, review.grade) for review in rows]


def _select(database: Database, clause: str, values: tuple[object, ...] = ()) -> list[StoredReview]:
    rows = database.connection.execute(
        f"SELECT {_COLUMNS}, {_IS_SOUND} FROM reviews {clause}", values
    ).fetchall()
    for number, *_, sound in rows:
        expect_sound(sound, database.path, Message("review {number}", number=number))
    return [_review(row[:-1]) for row in rows]


def _review(row: tuple[Any, ...]) -> StoredReview:
    number, card, time, grade, seconds, anki, *before = row
    return StoredReview(number, card, time, grade, seconds, anki, Schedule(*before))
