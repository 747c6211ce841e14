"""Forecast and history of reviews, by days of the user's calendar."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from blogkit.store import cards as stored_cards
from blogkit.store import reviews as stored_reviews
from blogkit.store.database import Database
from blogkit.study.clock import Clock
from blogkit.study.reports import Forecast, ForecastDay, History, HistoryDay
from blogkit.study.siblings import queue

_AGAIN = 1


def forecast(database: Database, clock: Clock, *, days: int) -> Forecast:
    """How many cards will be due on each of the next days, today first.

    What is due now counts today, as ``due`` has it, and what rests beside a sibling tomorrow.
    """
    shown = clock.days_from_today(days)
    resting = _resting(database, clock)
    reviews: Counter[object] = Counter()
    new: Counter[object] = Counter()
    later = 0
    for card, due, is_new in stored_cards.due_times(database):
        day = clock.day(clock.tomorrow()) if card in resting else max(clock.day(due), shown[0])
        if day > shown[-1]:
            later += 1
        else:
            (new if is_new else reviews)[day] += 1
    return Forecast(tuple(ForecastDay(day, reviews[day], new[day]) for day in shown), later)


def _resting(database: Database, clock: Clock) -> frozenset[str]:
    """The cards that are due and wait until tomorrow."""
    answered = list(stored_cards.answered_cards(database, clock.start(clock.today())))
    return queue(stored_cards.due_cards(database, clock.now()), answered).resting


def history(database: Database, clock: Clock, *, days: int) -> History:
    """How many answers were given on each of the last days, today last."""
    today = clock.today()
    shown = [today - timedelta(days=number) for number in reversed(range(days))]
    answers: Counter[object] = Counter()
    again: Counter[object] = Counter()
    for time, grade in stored_reviews.review_times(database, clock.start(shown[0])):
        day = clock.day(time)
        answers[day] += 1
        again[day] += grade == _AGAIN
    counted = tuple(HistoryDay(day, answers[day], again[day]) for day in shown)
    return History(counted, sum(day.reviews for day in counted), _streak(counted))


def _streak(days: tuple[HistoryDay, ...]) -> int:
    """Days in a row with answers; today counts only if something was answered already."""
    counts = [day.reviews for day in reversed(days)]
    if counts and not counts[0]:
        counts = counts[1:]
    streak = 0
    for count in counts:
        if not count:
            break
        streak += 1
    return streak
