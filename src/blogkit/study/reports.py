"""What study reports, as frozen dataclasses that are also JSON."""

from __future__ import annotations

from datetime import date

from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown
from blogkit.study.cards import Card
from blogkit.study.clock import moment
from blogkit.study.schedule import Grade


@record
class DueCard(Shown):
    """A card that is to be asked now."""

    _shown = ("kind", "question", "answer", "due")

    card: Card
    """The card."""
    due: int
    """Since when, in seconds since 1970."""
    is_new: bool
    """Whether it was never asked."""

    def to_dict(self) -> dict[str, object]:
        """The card as JSON has it."""
        return {**self.card.to_dict(), "due": moment(self.due), "is_new": self.is_new}


@record
class Due(Rows[DueCard]):
    """What is due: cards seen before, the longest due first; then new ones, as they were taken.

    Of the cards of one formula there is one; those of one paragraph are kept apart.
    """

    _rows = "cards"

    cards: tuple[DueCard, ...]
    """The cards asked for."""
    total: int
    """How many are due in all."""
    new: int
    """How many of them are new."""
    resting: int
    """How many more are due, but rest until tomorrow beside a card of the same formula."""
    accepted: int
    """How many cards there are, due or not."""
    reviewed_today: int
    """How many answers were given today."""
    next_due: int | None
    """When the next card becomes due that is not yet, in seconds since 1970; None if none does."""

    def to_dict(self) -> dict[str, object]:
        """What is due, as JSON has it."""
        return {
            "schema": 1,
            "total": self.total,
            "new": self.new,
            "resting": self.resting,
            "accepted": self.accepted,
            "reviewed_today": self.reviewed_today,
            "next_due": None if self.next_due is None else moment(self.next_due),
            "cards": [card.to_dict() for card in self.cards],
        }


@record
class Review(Shown):
    """An answer that was given, or taken back."""

    _shown = ("card_id", "grade", "time", "due")

    card: Card
    """The card."""
    grade: Grade
    """How well it was known."""
    time: int
    """When it was answered, in seconds since 1970."""
    due: int
    """When the card is due now."""

    def to_dict(self) -> dict[str, object]:
        """The answer as JSON has it."""
        return {
            "schema": 1,
            "card_id": self.card.id,
            "grade": self.grade,
            "time": moment(self.time),
            "due": moment(self.due),
            "card": self.card.to_dict(),
        }


@record
class ForecastDay(Shown):
    """What will be due on a day."""

    day: date
    """The day."""
    reviews: int
    """Cards seen before; today's hold those that are overdue."""
    new: int
    """Cards never asked."""

    def to_dict(self) -> dict[str, object]:
        """The day as JSON has it."""
        return {"date": self.day.isoformat(), "reviews": self.reviews, "new": self.new}


@record
class Forecast(Rows[ForecastDay]):
    """How many cards will be due, if none is answered before."""

    _rows = "days"
    _is_whole = True

    days: tuple[ForecastDay, ...]
    """Today and the days after it."""
    later: int
    """Cards due after the last of them."""


@record
class HistoryDay(Shown):
    """What was answered on a day."""

    day: date
    """The day."""
    reviews: int
    """Answers in all."""
    again: int
    """Answers graded ``again``."""

    def to_dict(self) -> dict[str, object]:
        """The day as JSON has it."""
        return {"date": self.day.isoformat(), "reviews": self.reviews, "again": self.again}


@record
class History(Rows[HistoryDay]):
    """Reviews by day: a heat map."""

    _rows = "days"
    _is_whole = True
    _json = (
        "total",
        "streak_days",
        "days",
    )

    days: tuple[HistoryDay, ...]
    """Every day up to today, also those without reviews."""
    total: int
    """Answers in all these days."""
    streak_days: int
    """Days in a row with answers, up to today or yesterday."""
