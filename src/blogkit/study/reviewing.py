"""Asking, grading and taking back, each a single transaction."""

from __future__ import annotations

from itertools import islice

from blogkit.errors import StudyError
from blogkit.language import Message
from blogkit.store import cards as stored_cards
from blogkit.store import reviews as stored_reviews
from blogkit.store.database import Database
from blogkit.store.reviews import StoredReview
from blogkit.study.clock import Clock
from blogkit.study.deck import Places, find_card
from blogkit.study.reports import Due, DueCard, Review
from blogkit.study.schedule import Grade, choices, grade_name, grade_number, graded
from blogkit.study.siblings import queue


def due_cards(database: Database, clock: Clock, *, limit: int | None) -> Due:
    """What is to be asked now."""
    now = clock.now()
    today = clock.start(clock.today())
    answered = list(stored_cards.answered_cards(database, today))
    found = queue(stored_cards.due_cards(database, now), answered)
    places = Places(database)
    shown = []
    for stored in islice(found.cards, limit):
        assert stored.schedule is not None
        is_new = stored.schedule.last_review is None
        shown.append(DueCard(places.card(stored), stored.schedule.due, is_new))
    times = [due for _, due, _ in stored_cards.due_times(database)]
    return Due(
        cards=tuple(shown),
        total=len(found.cards),
        new=sum(c.schedule is not None and c.schedule.last_review is None for c in found.cards),
        resting=len(found.resting),
        accepted=len(times),
        reviewed_today=len(stored_reviews.review_times(database, today)),
        next_due=_next_due(times, now, clock.tomorrow() if found.resting else None),
    )


def _next_due(times: list[int], now: int, tomorrow: int | None) -> int | None:
    """When the next card comes that does not come now; those that rest come tomorrow."""
    later = [due for due in times if due > now]
    return min([*later[:1], *([] if tomorrow is None else [tomorrow])], default=None)


def grade_choices(database: Database, clock: Clock, card_id: str) -> dict[Grade, int]:
    """For each grade, after how many seconds a card would be asked again."""
    stored = stored_cards.read_card(database, find_card(database, card_id).id)
    if stored is None or stored.schedule is None:
        raise _never_accepted(card_id)
    return choices(stored.schedule, clock.now())


def grade_card(
    database: Database, clock: Clock, card_id: str, grade: str, seconds: float | None
) -> Review:
    """Store an answer and when the card is asked next."""
    number, now = grade_number(grade), clock.now()
    card = find_card(database, card_id)
    with database.noting():
        stored = stored_cards.read_card(database, card.id)
        if stored is None or stored.is_dropped or stored.schedule is None:
            raise _never_accepted(card.id)
        after = graded(stored.schedule, number, now)
        review = StoredReview(None, card.id, now, number, seconds, None, stored.schedule)
        stored_reviews.put_review(database, review)
        stored_cards.put_schedule(database, card.id, after)
    return Review(card, grade_name(number), now, after.due)


def undo_review(database: Database) -> Review:
    """Take back the last answer: the card's schedule is again what it was before.

    Raises:
        StudyError: if there is none, or reviews of Anki were imported after it.
    """
    with database.noting():
        last = stored_reviews.last_review(database)
        if last is None or last.number is None:
            raise StudyError(Message("no answer to take back: nothing was reviewed yet"))
        if last.anki is not None:
            raise StudyError(
                Message("no answer to take back: reviews of Anki were imported after the last")
            )
        stored_reviews.delete_review(database, last.number)
        stored_cards.put_schedule(database, last.card, last.before)
    card = find_card(database, last.card)
    return Review(card, grade_name(last.grade), last.time, last.before.due)


def _never_accepted(card_id: str) -> StudyError:
    return StudyError(
        Message(
            "card {card_id} was dropped; 'blogkit study new POST --accept {card_id}' takes it back",
            card_id=card_id,
        )
    )
