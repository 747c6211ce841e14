"""What study reports as plain text, for pipes and files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from blogkit.language import Message
from blogkit.study.anki import AnkiExport
from blogkit.study.anki_log import AnkiImport
from blogkit.study.cards import Card, Cards
from blogkit.study.reading import Marked, Proposal, Proposals, ReadingList
from blogkit.study.reports import Due, Forecast, History, HistoryDay, Review
from blogkit.views.clean import clean, columns, one_line, one_name, pad
from blogkit.views.drawn import drawn_in_line, drawn_text
from blogkit.views.plain import place
from blogkit.views.speech import said, say
from blogkit.views.terms import term

_INDENT = "    "
_LONGEST_BAR = 40
_SHADES = " ░▒▓█"
_WEEKDAYS = (
    Message("Mon"),
    Message("Tue"),
    Message("Wed"),
    Message("Thu"),
    Message("Fri"),
    Message("Sat"),
    Message("Sun"),
)
_WEEKDAY_COLUMNS = 3
_DAY_COLUMNS = 14
"""How wide a date with its weekday is."""
_MINUTE = 60
_UNITS = (
    (365 * 86400, Message("years")),
    (30 * 86400, Message("months")),
    (86400, Message("d")),
    (3600, Message("h")),
    (_MINUTE, Message("min")),
)
"""Units of time with their seconds, the longest first."""


def due(found: Due) -> Iterator[str]:
    """How much is due, and a line for each card of it."""
    yield due_line(found)
    rows = [[c.card.id, term(c.card.kind), drawn_in_line(c.card.question)] for c in found]
    yield from columns(rows)


def due_line(found: Due) -> str:
    """How much is due, in one line."""
    if not found.accepted:
        return say("no cards yet; 'blogkit study new POST' offers some")
    parts = [
        say(
            "{due} due ({new} new) of {cards} cards",
            due=found.total,
            new=found.new,
            cards=found.accepted,
        )
    ]
    if found.resting:
        parts.append(say("{count} rest until tomorrow", count=found.resting))
    if found.reviewed_today:
        parts.append(say("{count} answers today", count=found.reviewed_today))
    if not found.total and found.next_due is not None:
        parts.append(say("next at {time}", time=local_time(found.next_due)))
    return say("; ").join(parts)


def cards(found: Cards) -> Iterator[str]:
    """Each card: its head, what is asked, what is hidden."""
    for card in found:
        yield from one_card(card)


def one_card(card: Card) -> Iterator[str]:
    """A card: its head, what is asked, what is hidden."""
    yield f"{card.id}  {term(card.kind)}  {term(card.status)}  {place(card.path, card.line)}"
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
    yield say(
        "{card}  {grade}; next in {wait}",
        card=done.card.id,
        grade=term(done.grade),
        wait=duration(done.due - done.time),
    )


def undone(done: Review) -> Iterator[str]:
    """An answer that was taken back."""
    yield say(
        "taken back: {card}  {grade}, of {time}",
        card=done.card.id,
        grade=term(done.grade),
        time=local_time(done.time),
    )


def forecast(found: Forecast) -> Iterator[str]:
    """A line each day: how many cards will be due, as a bar."""
    most = max((day.reviews + day.new for day in found.days), default=0)
    for day in found.days:
        count = day.reviews + day.new
        bar = "█" * bar_length(count, most)
        yield f"{day.day.isoformat()} {weekday(day.day.weekday())} {count:>5}  {bar}".rstrip()
    if found.later:
        yield f"{pad(say('later'), _DAY_COLUMNS)} {found.later:>5}"


def bar_length(count: int, most: int) -> int:
    """Cells of a bar; any count at all has one."""
    return -(-count * min(_LONGEST_BAR, most) // most) if count else 0


def history(found: History) -> Iterator[str]:
    """A heat map: a column each week, a row each weekday, darker where more was answered."""
    most = max((day.reviews for day in found.days), default=0)
    rows = weeks(found)
    yield month_line(rows, cell_columns=1)
    for number, row in enumerate(rows):
        cells = (" " if day is None else shade(day.reviews, most) for day in row)
        yield f"{weekday(number)} {''.join(cells)}".rstrip()
    yield history_line(found)


def history_line(found: History) -> str:
    """The heat map in words."""
    days = sum(bool(day.reviews) for day in found.days)
    return say(
        "{answers} answers on {active} of {days} days; {streak} in a row",
        answers=found.total,
        active=days,
        days=len(found.days),
        streak=found.streak_days,
    )


def weeks(found: History) -> list[list[HistoryDay | None]]:
    """The days by weekday, Monday first; None where the first and last week have none."""
    padded: list[HistoryDay | None] = [None] * (found.days[0].day.weekday() if found.days else 0)
    padded += found.days
    padded += [None] * (-len(padded) % 7)
    return [padded[number::7] for number in range(7)]


def weekday(number: int) -> str:
    """The name of a weekday, from 0 for Monday, as wide as the others."""
    return pad(said(_WEEKDAYS[number]), _WEEKDAY_COLUMNS)


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
    yield say(", ").join(
        say("{count} {state}", count=count, state=term(state))
        for state, count in found.counts.items()
    )
    yield from columns([[term(e.state), clean(e.post_id), one_line(e.title)] for e in found])


def marked(done: Marked) -> Iterator[str]:
    """What was said of a post."""
    entry = done.entry
    title = f"{one_line(entry.title)}  [{clean(entry.post_id)}]"
    yield say("{state}: {title}", state=term(entry.state), title=title)


def proposals(found: Proposals) -> Iterator[str]:
    """A line each post to read, with why."""
    for number, proposal in enumerate(found, start=1):
        entry = proposal.entry
        yield f"{number}. {one_line(entry.title)}  [{clean(entry.post_id)}]"
        yield f"   {why(proposal)}"


def why(proposal: Proposal) -> str:
    """Why a post is to be read."""
    other = one_line(proposal.other.title) if proposal.other else ""
    return {
        "goal": say("what you asked for"),
        "reading": say("you are reading it"),
        "to-review": say("to be read again"),
        "needed": say("《{other}》 builds on it", other=other),
        "follows": say("builds on 《{other}》, which you read", other=other),
        "unread": say("not read yet"),
    }[proposal.reason]


def anki_export(done: AnkiExport) -> Iterator[str]:
    """What was written for Anki."""
    yield say(
        "{path}: {cards} cards, {clozes} of them clozes",
        path=one_name(done.path),
        cards=done.cards,
        clozes=done.clozes,
    )


def anki_import(done: AnkiImport) -> Iterator[str]:
    """What was read from Anki."""
    yield say(
        "{reviews} reviews of {cards} cards; {known} known already, {unknown} of cards that are "
        "not here",
        reviews=done.reviews,
        cards=done.cards,
        known=done.known,
        unknown=done.unknown,
    )


def duration(seconds: int) -> str:
    """How long, in the unit in which one would say it.

    >>> duration(600), duration(86400 * 45), duration(5)
    ('10 min', '1.5 months', '5 s')
    """
    for unit, name in _UNITS:
        if seconds >= unit:
            count = f"{seconds // unit if unit == _MINUTE else seconds / unit:.1f}"
            return say("{count} {unit}", count=count.removesuffix(".0"), unit=said(name))
    return say("{count} s", count=seconds)


def local_time(seconds: int) -> str:
    """A moment as a clock on the wall shows it, with the date unless it is today."""
    moment = datetime.fromtimestamp(seconds)
    days = moment.date() - datetime.now().date()
    return f"{moment:%H:%M}" if days == timedelta(0) else f"{moment:%Y-%m-%d %H:%M}"
