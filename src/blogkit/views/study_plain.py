"""What study reports as plain text, for pipes and files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from blogkit.study.anki import AnkiExport
from blogkit.study.anki_log import AnkiImport
from blogkit.study.cards import Card, Cards
from blogkit.study.reading import Marked, Proposal, Proposals, ReadingList
from blogkit.study.reports import Due, Forecast, History, HistoryDay, Review
from blogkit.views.clean import clean, columns, one_line
from blogkit.views.drawn import drawn_in_line, drawn_text
from blogkit.views.plain import place

_INDENT = "    "
_LONGEST_BAR = 40
_SHADES = " ░▒▓█"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MINUTE, _HOUR, _DAY, _MONTH, _YEAR = 60, 3600, 86400, 30 * 86400, 365 * 86400


def due(found: Due) -> Iterator[str]:
    """How much is due, and a line for each card of it."""
    yield due_line(found)
    rows = [[c.card.id, c.card.kind, drawn_in_line(c.card.question)] for c in found]
    yield from columns(rows)


def due_line(found: Due) -> str:
    """How much is due, in one line."""
    if not found.accepted:
        return "no cards yet; 'blogkit study new POST' offers some"
    parts = [f"{found.total} due ({found.new} new) of {found.accepted} cards"]
    if found.resting:
        parts.append(f"{found.resting} rest until tomorrow")
    if found.reviewed_today:
        parts.append(f"{found.reviewed_today} answers today")
    if not found.total and found.next_due is not None:
        parts.append(f"next at {local_time(found.next_due)}")
    return "; ".join(parts)


def cards(found: Cards) -> Iterator[str]:
    """Each card: its head, what is asked, what is hidden."""
    for card in found:
        yield from one_card(card)


def one_card(card: Card) -> Iterator[str]:
    """A card: its head, what is asked, what is hidden."""
    yield f"{card.id}  {card.kind}  {card.status}  {place(card.path, card.line)}"
    for line in text_lines(card.question):
        yield f"{_INDENT}{line}"
    answer = text_lines(card.answer)
    if len(answer) == 1:
        yield f"{_INDENT}=> {answer[0].strip()}"
    else:
        yield from (f"{_INDENT}{line}" for line in ["=>", *answer])


def text_lines(text: str, *, width: int | None = None) -> list[str]:
    """The lines of a card's text, its formulas drawn."""
    return [line for piece in drawn_text(text, width=width) for line in piece.text.split("\n")]


def review(done: Review) -> Iterator[str]:
    """An answer that was stored."""
    yield f"{done.card.id}  {done.grade}; next in {duration(done.due - done.time)}"


def undone(done: Review) -> Iterator[str]:
    """An answer that was taken back."""
    yield f"taken back: {done.card.id}  {done.grade}, of {local_time(done.time)}"


def forecast(found: Forecast) -> Iterator[str]:
    """A line each day: how many cards will be due, as a bar."""
    most = max((day.reviews + day.new for day in found.days), default=0)
    for day in found.days:
        count = day.reviews + day.new
        bar = "█" * bar_length(count, most)
        yield f"{day.day.isoformat()} {_WEEKDAYS[day.day.weekday()]} {count:>5}  {bar}".rstrip()
    if found.later:
        yield f"later          {found.later:>5}"


def bar_length(count: int, most: int) -> int:
    """Cells of a bar; any count at all has one."""
    return -(-count * min(_LONGEST_BAR, most) // most) if count else 0


def history(found: History) -> Iterator[str]:
    """A heat map: a column each week, a row each weekday, darker where more was answered."""
    most = max((day.reviews for day in found.days), default=0)
    rows = weeks(found)
    yield month_line(rows, cell_columns=1)
    for weekday, row in enumerate(rows):
        cells = (" " if day is None else shade(day.reviews, most) for day in row)
        yield f"{_WEEKDAYS[weekday]} {''.join(cells)}".rstrip()
    yield history_line(found)


def history_line(found: History) -> str:
    """The heat map in words."""
    days = sum(bool(day.reviews) for day in found.days)
    return (
        f"{found.total} answers on {days} of {len(found.days)} days; {found.streak_days} in a row"
    )


def weeks(found: History) -> list[list[HistoryDay | None]]:
    """The days by weekday, Monday first; None where the first and last week have none."""
    padded: list[HistoryDay | None] = [None] * (found.days[0].day.weekday() if found.days else 0)
    padded += found.days
    padded += [None] * (-len(padded) % 7)
    return [padded[weekday::7] for weekday in range(7)]


def month_line(rows: list[list[HistoryDay | None]], *, cell_columns: int) -> str:
    """The months above the weeks in which they begin.

    Args:
        rows: the days by weekday.
        cell_columns: how wide a week is.
    """
    line = ""
    for number, week in enumerate(zip(*rows, strict=True)):
        begins = next((day for day in week if day and day.day.day == 1), None)
        column = number * cell_columns
        if begins and len(line) <= column:
            line = line.ljust(column) + begins.day.strftime("%m") + " "
    return f"{_INDENT}{line}".rstrip()


def shade(count: int, most: int) -> str:
    """A cell of a heat map."""
    return _SHADES[level(count, most)] if count else "·"


def level(count: int, most: int) -> int:
    """How dark a cell is, from 0 for nothing to 4."""
    return -(-4 * count // most) if count else 0


def reading_list(found: ReadingList) -> Iterator[str]:
    """How many posts are in each state, and a line for each."""
    yield ", ".join(f"{count} {state}" for state, count in found.counts.items())
    yield from columns([[e.state, e.post_id, one_line(e.title)] for e in found])


def marked(done: Marked) -> Iterator[str]:
    """What was said of a post."""
    entry = done.entry
    yield f"{entry.state}: {one_line(entry.title)}  [{entry.post_id}]"


def proposals(found: Proposals) -> Iterator[str]:
    """A line each post to read, with why."""
    for number, proposal in enumerate(found, start=1):
        entry = proposal.entry
        yield f"{number}. {one_line(entry.title)}  [{entry.post_id}]"
        yield f"   {why(proposal)}"


def why(proposal: Proposal) -> str:
    """Why a post is to be read."""
    other = one_line(proposal.other.title) if proposal.other else ""
    return {
        "goal": "what you asked for",
        "reading": "you are reading it",
        "to-review": "to be read again",
        "needed": f"《{other}》 builds on it",
        "follows": f"builds on 《{other}》, which you read",
        "unread": "not read yet",
    }[proposal.reason]


def anki_export(done: AnkiExport) -> Iterator[str]:
    """What was written for Anki."""
    yield f"{clean(done.path)}: {done.cards} cards, {done.clozes} of them clozes"


def anki_import(done: AnkiImport) -> Iterator[str]:
    """What was read from Anki."""
    yield (
        f"{done.reviews} reviews of {done.cards} cards; {done.known} known already, "
        f"{done.unknown} of cards that are not here"
    )


def duration(seconds: int) -> str:
    """How long, in the unit in which one would say it.

    >>> duration(600), duration(86400 * 45), duration(5)
    ('10 min', '1.5 months', '5 s')
    """
    for unit, name in ((_YEAR, "years"), (_MONTH, "months"), (_DAY, "d"), (_HOUR, "h")):
        if seconds >= unit:
            return f"{seconds / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{seconds // _MINUTE} min" if seconds >= _MINUTE else f"{seconds} s"


def local_time(seconds: int) -> str:
    """A moment as a clock on the wall shows it, with the date unless it is today."""
    moment = datetime.fromtimestamp(seconds)
    days = moment.date() - datetime.now().date()
    return f"{moment:%H:%M}" if days == timedelta(0) else f"{moment:%Y-%m-%d %H:%M}"
