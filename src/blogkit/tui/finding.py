"""The first screen: the home while nothing is typed, then what is found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text

from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.tui.choosing import Choosing, Row, heading, remark
from blogkit.tui.keys import key
from blogkit.tui.reading import Place, PostScreen
from blogkit.tui.reviewing import ReviewScreen
from blogkit.tui.telling import telling
from blogkit.views import home_plain, terminal
from blogkit.views.clean import one_line
from blogkit.views.drawn import drawn_in_line
from blogkit.views.speech import said, say

if TYPE_CHECKING:
    from blogkit.notes import NoteList
    from blogkit.search.hits import Hits
    from blogkit.tui.desk import Desk

MOST_HITS = 30
"""Hits that are listed."""


CARDS = Place("")
"""What is no post: the cards that are due."""


class FindScreen(Choosing[Place]):
    """Search as you type."""

    BINDINGS: ClassVar = [
        key("enter", "submit", Message("open it"), "Enter"),
        key("ctrl+r", "review", Message("cards that are due"), "Ctrl-R"),
        key("ctrl+q", "app.quit", Message("quit"), "Ctrl-Q"),
    ]
    placeholder = Message("words, or a formula between dollars")

    def __init__(self, desk: Desk, typed: str = "") -> None:
        super().__init__(typed)
        self._desk = desk

    async def rows(self, typed: str) -> list[Row[Place]]:
        """Hits; the home while nothing is typed."""
        if not typed:
            return list(self._home())
        ask = partial(Library.search, query=typed, limit=MOST_HITS)
        found = await self._desk.beside(ask)
        return [*_notes(self._desk.notes.search(typed)), *_hits(found)]

    def _home(self) -> Iterator[Row[Place]]:
        home = self._desk.study.home()
        yield remark(home_plain.count_line(home))
        for part in home_plain.parts(home):
            yield heading(part.heading)
            for name, detail, title in part.rows:
                yield Row(_line(detail, title), Place(name))
            if part.kind == "due" and home.due.total:
                yield Row(Text(f"  {part.remark}"), CARDS)
            elif part.remark:
                yield remark(part.remark)

    def chosen(self, value: Place) -> None:
        """Open the post, or the cards."""
        if value is CARDS:
            self.action_review()
        else:
            self.app.push_screen(PostScreen(self._desk, value))

    def on_screen_resume(self) -> None:
        """What was read or answered meanwhile changes the home."""
        if self._listed_for == "":
            self.fill()

    @telling
    def action_review(self) -> None:
        """Ask the cards that are due."""
        self.app.push_screen(ReviewScreen(self._desk))

    def action_leave(self) -> None:
        """Empty the box; end if it is empty."""
        if self._box():
            super().action_leave()
        else:
            self.app.exit()


def _hits(found: Hits) -> Iterator[Row[Place]]:
    for part in found.ignored:
        yield remark(one_line(said(part.message)))
    if found.did_you_mean:
        yield remark(say("did you mean: {query}", query=one_line(found.did_you_mean)))
    if not found.total:
        yield Row(terminal.nothing_found())
    for hit in found:
        yield Row(terminal.one_hit(hit, places=False), Place(hit.post_id, hit.line, hit.path))


def _notes(found: NoteList) -> Iterator[Row[Place]]:
    for note in found:
        words = drawn_in_line(note.text or note.quote)
        yield Row(
            _line(one_line(note.title), f"✎ {words}"), Place(note.post_id, note.line, note.path)
        )


def _line(detail: str, title: str) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column(no_wrap=True, style="yellow", justify="right")
    table.add_row(Text(f"  {title}"), Text(detail))
    return table
