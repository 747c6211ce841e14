"""Moments and days, as study counts them: seconds since 1970, and days of the user's calendar."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo


class Clock:
    """What time it is, and which day a moment belongs to.

    Args:
        now: gives seconds since 1970; the computer's clock if not given.
        zone: where days begin at midnight; the computer's time zone if not given.
    """

    def __init__(self, now: Callable[[], float] | None = None, zone: tzinfo | None = None) -> None:
        self._now = now or time.time
        self._zone = zone

    def now(self) -> int:
        """Seconds since 1970, whole."""
        return int(self._now())

    def day(self, seconds: int) -> date:
        """The day that a moment belongs to."""
        return datetime.fromtimestamp(seconds, self._zone).date()

    def start(self, day: date) -> int:
        """The first moment of a day."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone)
        return int(midnight.timestamp())

    def today(self) -> date:
        """The day that it is."""
        return self.day(self.now())

    def tomorrow(self) -> int:
        """The first moment of the next day."""
        return self.start(self.today() + timedelta(days=1))

    def days_from_today(self, count: int) -> list[date]:
        """Today and the days after it."""
        today = self.today()
        return [today + timedelta(days=number) for number in range(count)]


def moment(seconds: int) -> str:
    """A moment as JSON has it: ISO 8601, in UTC.

    >>> moment(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
