"""What study reports for a person at a terminal, as Rich renderables."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from blogkit.spans import display_width
from blogkit.study.anki import AnkiExport
from blogkit.study.anki_log import AnkiImport
from blogkit.study.cards import Card, Cards
from blogkit.study.reading import Marked, Proposals, ReadingList
from blogkit.study.reports import Due, Forecast, History, Review
from blogkit.study.schedule import Grade
from blogkit.views import study_plain as plain
from blogkit.views.clean import clean, one_line, pad, shorten
from blogkit.views.drawn import drawn_in_line, drawn_text
from blogkit.views.line_breaking import NO_BREAK
from blogkit.views.plain import place
from blogkit.views.speech import say
from blogkit.views.terms import term
from blogkit.views.wrapping import Prose

_STATUSES = {"new": "yellow", "accepted": "green", "dropped": "dim"}
_STATES = {"unread": "dim", "reading": "yellow", "read": "green", "to-review": "magenta"}
_GRADES: dict[Grade, str] = {"again": "red", "hard": "yellow", "good": "green", "easy": "cyan"}
_HEAT = ("grey23", "#0e4429", "#006d32", "#26a641", "#39d353")
_CELL = "■ "
_MARGIN = "    "
_NAMED_ROWS = (0, 2, 4)


def due(found: Due, *, width: int) -> RenderableType:
    """How much is due, and a line for each card of it."""
    parts: list[RenderableType] = [Text(plain.due_line(found), style="bold")]
    for item in found:
        line = Text(item.card.id, style="dim")
        line.append(f"  {pad(term(item.card.kind), 7)}  ", style="not dim yellow")
        room = width - display_width(line.plain)
        shown = shorten(drawn_in_line(item.card.question), room)
        parts.append(line.append(shown, style="not dim default"))
    return Group(*parts)


def cards(found: Cards, *, width: int) -> RenderableType:
    """Each card: its head, what is asked, what is hidden."""
    parts: list[RenderableType] = []
    for card in found:
        parts += [one_card(card, width=width), Text("")]
    return Group(*parts)


def one_card(card: Card, *, width: int) -> RenderableType:
    """A card: its head, what is asked, what is hidden."""
    head = Text(card.id, style="bold cyan").append(f"  {term(card.kind)}", style="not bold yellow")
    head.append(f"  {term(card.status)}", style=f"not bold {_STATUSES[card.status]}")
    head.append(f"  {place(card.path, card.line)}", style="not bold dim")
    return Group(
        head,
        Padding(text(card.question, width=width - 4), (0, 0, 0, 4)),
        Text("  ⇒", style="dim"),
        Padding(text(card.answer, width=width - 4, style="green"), (0, 0, 0, 4)),
    )


def text(source: str, *, width: int, style: str = "") -> RenderableType:
    """A card's text, its formulas drawn; displays are not wrapped."""
    parts: list[RenderableType] = []
    for piece in drawn_text(source, width=width, space=NO_BREAK):
        shown = Text(piece.text, style=style or ("cyan" if piece.is_display else ""))
        if piece.is_display:
            shown.no_wrap, shown.overflow = True, "crop"
        parts.append(shown if piece.is_display else Prose(shown))
    return Group(*parts)


def question(card: Card, *, width: int, left: int) -> RenderableType:
    """The face of a card, with how many are left and where it comes from."""
    head = Text(say("{count} left", count=left), style="dim")
    for part in (card.context, card.name):
        if part:
            head.append(f"  {drawn_in_line(part)}", style="dim")
    return Group(head, Text(""), text(card.question, width=width), Text(""))


def answer(card: Card, *, width: int) -> RenderableType:
    """The back of a card, with its place."""
    where = Text(place(card.path, card.line), style="dim")
    return Group(text(card.answer, width=width, style="bold green"), where, Text(""))


def choices(intervals: dict[Grade, int]) -> Text:
    """The four grades with their keys, and when the card would come again."""
    line = Text()
    for number, (grade, seconds) in enumerate(intervals.items(), start=1):
        line.append(f"[{number}] {term(grade)}", style=_GRADES[grade])
        line.append(f" {plain.duration(seconds)}   ", style="dim")
    return line.append(say("[u]ndo  [q]uit"), style="dim")


def review(done: Review) -> RenderableType:
    """An answer that was stored."""
    return Text("\n".join(plain.review(done)), style=_GRADES[done.grade])


def undone(done: Review) -> RenderableType:
    """An answer that was taken back."""
    return Text("\n".join(plain.undone(done)), style="yellow")


def forecast(found: Forecast) -> RenderableType:
    """A line each day: how many cards will be due, new ones in another colour."""
    most = max((day.reviews + day.new for day in found.days), default=0)
    table = Table.grid(padding=(0, 2, 0, 0))
    for day in found.days:
        count = day.reviews + day.new
        cells = plain.bar_length(count, most)
        new = min(cells, plain.bar_length(day.new, most))
        bar = Text("█" * (cells - new), style="green").append("█" * new, style="blue")
        table.add_row(
            Text(f"{day.day} {plain.weekday(day.day.weekday())}", style="dim"),
            Text(f"{count:>5}"),
            bar,
        )
    later = [Text(say("later: {count}", count=found.later), style="dim")] if found.later else []
    legend = Text("█", style="green").append(f" {say('seen before')}  ", style="dim")
    legend.append("█", style="blue").append(f" {term('new')}", style="dim")
    return Group(table, *later, legend)


def history(found: History, *, width: int) -> RenderableType:
    """A heat map: a column each week, a row each weekday, brighter where more was answered."""
    most = max((day.reviews for day in found.days), default=0)
    fitting = max(1, (width - len(_MARGIN)) // len(_CELL))
    rows = [row[-fitting:] for row in plain.weeks(found)]
    months = plain.month_line(rows, cell_columns=len(_CELL))
    lines = [Text(months, style="dim", no_wrap=True)]
    for number, row in enumerate(rows):
        line = Text(_row_name(number), no_wrap=True)
        for day in row:
            style = _HEAT[plain.level(day.reviews, most)] if day else ""
            line.append(_CELL if day else " " * len(_CELL), style=style)
        lines.append(line)
    legend = Text(f"{_MARGIN}{say('less')} ", style="dim")
    for style in _HEAT:
        legend.append(_CELL, style=style)
    return Group(*lines, legend.append(say("more"), style="dim"), Text(plain.history_line(found)))


def _row_name(number: int) -> str:
    """Every other weekday by its name, as wide as the margin."""
    return f"{plain.weekday(number)} " if number in _NAMED_ROWS else _MARGIN


def reading_list(found: ReadingList) -> RenderableType:
    """How many posts are in each state, and a line for each."""
    head = Text()
    for state, count in found.counts.items():
        head.append(f"{count} {term(state)}   ", style=_STATES[state])
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for entry in found:
        shown = Text(term(entry.state), style=_STATES[entry.state])
        table.add_row(shown, Text(clean(entry.post_id), style="dim"), Text(one_line(entry.title)))
    return Group(head, table)


def marked(done: Marked) -> RenderableType:
    """What was said of a post."""
    return Text("\n".join(plain.marked(done)), style=_STATES[done.entry.state])


def proposals(found: Proposals) -> RenderableType:
    """Each post to read, with why."""
    parts: list[RenderableType] = []
    for number, proposal in enumerate(found, start=1):
        head = Text(f"{number:>2}. ", style="dim")
        head.append(one_line(proposal.entry.title), style="bold cyan")
        head.append(f"  {clean(proposal.entry.post_id)}", style="dim")
        parts += [head, Text(f"    {plain.why(proposal)}", style="dim")]
    return Group(*parts)


def anki_export(done: AnkiExport) -> RenderableType:
    """What was written for Anki."""
    return Text(clean("\n".join(plain.anki_export(done))))


def anki_import(done: AnkiImport) -> RenderableType:
    """What was read from Anki."""
    return Text(clean("\n".join(plain.anki_import(done))))
