"""Dates as a query asks for them: a year, a month, a day, a day of any year, or a range of them."""

from __future__ import annotations

import re

from blogkit.text.normalize import fold_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.text.dates import PostDate

_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_CHINESE = str.maketrans(
    {"年": "-", "月": "-", "日": "", "号": "", "—": "-", "~": "\0", "～": "\0"}
)
_FIRST, _LAST = (1, 1), (12, 31)


class DateRange:
    """Days from one to another, both included.

    Args:
        first: year, month, day; without a year where any year is meant.
        last: the same.
    """

    __slots__ = ("first", "last")

    def __init__(self, first: tuple[int, ...], last: tuple[int, ...]) -> None:
        self.first = first
        self.last = last

    def __contains__(self, date: PostDate) -> bool:
        """Whether all days lie in the range that the date, as far as it is known, may be."""
        earliest, latest = _bounds(date, with_year=len(self.first) == 3)
        if earliest is None or latest is None:
            return False
        if self.first > self.last:  # of any year: from December into January
            return earliest >= self.first or latest <= self.last
        return self.first <= earliest and latest <= self.last


def read_dates(value: str) -> DateRange | None:
    """The days that a value means; None if it means none.

    >>> from blogkit.text.dates import PostDate
    >>> PostDate(2021, 3, 1) in read_dates("2020-06..2021")
    True
    >>> PostDate(None, 6, 5) in read_dates("06-05"), PostDate(None, 6, 5) in read_dates("2020")
    (True, False)
    """
    text = fold_width(value).translate(_CHINESE).replace("\0", "..")
    first, dots, last = text.partition("..")
    first, last = first.rstrip("-"), last.rstrip("-")
    if not dots:
        last = first
    begin, end = _day(first, _FIRST, 0), _day(last, _LAST, 9999)
    if begin is None or end is None or not (first or last):
        return None
    if first and last and len(begin) != len(end):
        return None
    if not first:
        begin = (0, 1, 1)[-len(end) :]
    if not last:
        end = (9999, 12, 31)[-len(begin) :]
    if len(begin) == 3 and begin > end:
        return None
    return DateRange(begin, end)


def _day(text: str, default: tuple[int, int], default_year: int) -> tuple[int, ...] | None:
    """Year, month and day, or month and day; what is not given is the first or the last."""
    if not text:
        return (default_year, *default)
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        parts = (year or 0, month or default[0], day or default[1])
    else:
        match = _MONTH_FIRST.fullmatch(text)
        if not match:
            return None
        month, day = (int(part) if part else None for part in match.groups())
        parts = (0, default[0] if month is None else month, default[1] if day is None else day)
    if not (1 <= parts[1] <= 12 and 1 <= parts[2] <= 31):
        return None
    return parts if len(match.groups()) == 3 else parts[1:]


def _bounds(
    date: PostDate, *, with_year: bool
) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """The first and the last day that a date may be; None where too little is known."""
    if date.month is None and (not with_year or date.day is not None):
        return None, None
    first = (date.month or _FIRST[0], date.day or _FIRST[1])
    last = (date.month or _LAST[0], date.day or _LAST[1])
    if not with_year:
        return first, last
    if date.year is None:
        return None, None
    return (date.year, *first), (date.year, *last)
