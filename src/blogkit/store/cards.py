"""Cards that a user took or dropped, with their schedules, in the database."""

from __future__ import annotations

from dataclasses import dataclass

from blogkit.language import Message
from blogkit.store.checksums import checksum, expect_sound, is_sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from blogkit.store.database import Database


@dataclass(frozen=True, slots=True)
class Schedule:
    """What FSRS knows of one card; see py-fsrs for the meaning of the numbers."""

    state: int
    """1 learning, 2 review, 3 relearning."""
    step: int | None
    """Which of the short steps of (re)learning comes next; None in review."""
    stability: float | None
    """Days until the chance to remember falls to 0.9; None before the first review."""
    difficulty: float | None
    """From 1 to 10; None before the first review."""
    due: int
    """When it is to be asked again, in seconds since 1970."""
    last_review: int | None
    """When it was last asked; None before the first review."""


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card as the database has it."""

    id: str
    """Its id."""
    kind: str
    """What it asks for."""
    post: str
    """Id of the post that it was made from."""
    formula: str | None
    """Name of the formula in the post: its label or its number; None for a term."""
    line: int
    """Line of the file where its paragraph began."""
    name: str
    """What the formula is called."""
    context: str
    """Title and heading."""
    question: str
    """What is asked."""
    answer: str
    """What is hidden."""
    is_edited: bool
    """Whether a user changed it."""
    is_dropped: bool
    """Whether a user doesn't want it."""
    schedule: Schedule | None
    """When it is asked; None as long as it never was accepted."""


_COLUMNS = (
    "id, kind, post, formula, line, name, context, question, answer, is_edited, is_dropped,"
    " state, step, stability, difficulty, due, last_review"
)
_IS_SOUND = is_sound(cards="cards")


def put_card(database: Database, card: StoredCard) -> None:
    """Store a card, in place of what was known of it; a new one goes behind all others."""
    database.connection.execute(
        f"INSERT INTO cards (ordinal, {_COLUMNS}) VALUES"
        " ((SELECT ifnull(max(ordinal), 0) + 1 FROM cards),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET post = excluded.post, formula = excluded.formula,"
        " line = excluded.line, name = excluded.name, context = excluded.context,"
        " question = excluded.question, answer = excluded.answer,"
        " is_edited = excluded.is_edited, is_dropped = excluded.is_dropped,"
        " state = excluded.state, step = excluded.step, stability = excluded.stability,"
        " difficulty = excluded.difficulty, due = excluded.due, last_review = excluded.last_review",
        (
            card.id, card.kind, card.post, card.formula, card.line, card.name, card.context,
            card.question, card.answer, card.is_edited, card.is_dropped, *values_of(card.schedule),
        ),
    )  # fmt: skip
    _sign(database, card.id)


def put_schedule(database: Database, card: str, schedule: Schedule) -> None:
    """Store when a card is asked next."""
    database.connection.execute(
        "UPDATE cards SET state = ?, step = ?, stability = ?, difficulty = ?, due = ?,"
        " last_review = ? WHERE id = ?",
        (*values_of(schedule), card),
    )
    _sign(database, card)


def _sign(database: Database, card: str) -> None:
    database.connection.execute(
        f"UPDATE cards SET checksum = {checksum('cards')} WHERE id = ?", (card,)
    )


def values_of(schedule: Schedule | None) -> tuple[float | None, ...]:
    """A schedule as the columns of a row hold it."""
    if schedule is None:
        return (None,) * 6
    return (
        schedule.state, schedule.step, schedule.stability, schedule.difficulty, schedule.due,
        schedule.last_review,
    )  # fmt: skip


def read_card(database: Database, card: str) -> StoredCard | None:
    """The card of exactly that id."""
    return next(_select(database, "WHERE id = ?", (card,)), None)


def ids_with_prefix(database: Database, prefix: str) -> list[str]:
    """Ids of stored cards that begin so, in order."""
    rows = database.connection.execute(
        "SELECT id FROM cards WHERE substr(id, 1, ?) = ? ORDER BY id", (len(prefix), prefix)
    )
    return [card for (card,) in rows]


def all_cards(database: Database, *, dropped: bool = False) -> Iterator[StoredCard]:
    """The cards that were accepted, or those that were dropped, as they were taken."""
    yield from _select(database, "WHERE is_dropped = ? ORDER BY ordinal, id", (dropped,))


def due_cards(database: Database, before: int) -> Iterator[StoredCard]:
    """Accepted cards due by a time: those seen before first, by time; then new ones as taken."""
    order = "ORDER BY last_review IS NULL, CASE WHEN last_review IS NULL THEN 0 ELSE due END"
    yield from _select(
        database, f"WHERE NOT is_dropped AND due <= ? {order}, ordinal, id", (before,)
    )


def answered_cards(database: Database, since: int) -> Iterator[StoredCard]:
    """Cards that were answered since a time, the latest last; also those dropped since."""
    yield from _select(database, "WHERE last_review >= ? ORDER BY last_review, ordinal", (since,))


def due_times(database: Database) -> list[tuple[str, int, bool]]:
    """Id of each accepted card, when it is due, and whether it is new; by when."""
    rows = database.connection.execute(
        f"SELECT id, due, last_review IS NULL, {_IS_SOUND} FROM cards"
        " WHERE NOT is_dropped ORDER BY due"
    ).fetchall()
    for card, _, _, sound in rows:
        _expect_sound(database, card, sound)
    return [(card, due, bool(is_new)) for card, due, is_new, _ in rows]


def _select(database: Database, where: str, values: tuple[object, ...]) -> Iterator[StoredCard]:
    rows = database.connection.execute(
        f"SELECT {_COLUMNS}, {_IS_SOUND} FROM cards {where}", values
    ).fetchall()
    for *row, sound in rows:
        _expect_sound(database, row[0], sound)
        yield _card(row)


def _expect_sound(database: Database, card: str, sound: int) -> None:
    expect_sound(sound, database.path, Message("card {card}", card=card))


def _card(row: Sequence[Any]) -> StoredCard:
    (card, kind, post, formula, line, name, context, question, answer, is_edited, is_dropped,
     *schedule) = row  # fmt: skip
    known = None if schedule[0] is None else Schedule(*schedule)
    return StoredCard(
        card, kind, post, formula, line, name, context, question, answer, bool(is_edited),
        bool(is_dropped), known,
    )  # fmt: skip
