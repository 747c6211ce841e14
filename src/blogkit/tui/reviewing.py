"""The cards that are due, asked one by one; each answer is stored at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from blogkit.errors import BlogkitError, MissingExtraError
from blogkit.language import Message
from blogkit.study.schedule import GRADES
from blogkit.tui.keys import Keys, key, silent
from blogkit.views import study_plain, study_terminal
from blogkit.views.speech import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.app import ComposeResult

    from blogkit.study.reports import Due
    from blogkit.tui.desk import Desk

_LONGEST_ANSWER_SECONDS = 600


class ReviewScreen(Screen[None]):
    """A card: its face, after a key its back, then a grade."""

    BINDINGS: ClassVar = [
        key("space,enter", "turn", Message("answer"), "Space"),
        key("1", "grade(1)", Message("grade it"), "1 2 3 4"),
        *(silent(str(number), f"grade({number})") for number in range(2, 5)),
        key("u", "undo", Message("undo"), "u"),
        key("escape,q", "leave", Message("go back"), "q"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._study = desk.study
        self._due: Due = desk.study.due(limit=1)
        self._is_turned = False
        self._began = time.monotonic()
        self._told = ""

    def compose(self) -> ComposeResult:
        """The card and the keys."""
        with VerticalScroll():
            yield Static(id="card", markup=False)
        yield Static(id="status", markup=False)
        yield Keys()

    def on_resize(self) -> None:
        """Draw its formulas for the width that there is."""
        self._show()

    def _show(self) -> None:
        self.query_one("#card", Static).update(self._shown())
        self.query_one("#status", Static).update(self._told)

    def _shown(self) -> RenderableType:
        if not self._due.cards:
            return study_plain.due_line(self._due)
        card, width = self._due.cards[0].card, max(20, self.size.width - 4)
        face = study_terminal.question(card, width=width, left=self._due.total)
        if not self._is_turned:
            return face
        back = study_terminal.answer(card, width=width)
        try:
            choices = study_terminal.choices(self._study.choices(card.id))
        except MissingExtraError as error:
            return Group(face, back, said(error.text))
        return Group(face, back, choices)

    def action_turn(self) -> None:
        """Show the back."""
        if self._due.cards:
            self._is_turned = True
            self._show()

    def action_grade(self, number: int) -> None:
        """Store how well it was known; only once the back was seen."""
        if self._is_turned and self._due.cards:
            seconds = min(time.monotonic() - self._began, _LONGEST_ANSWER_SECONDS)
            card, grade = self._due.cards[0].card, GRADES[number - 1]
            self._try(lambda: self._study.grade(card.id, grade, seconds=round(seconds, 1)))

    def action_undo(self) -> None:
        """Take the last answer back."""
        self._try(self._study.undo)

    def _try(self, act: Callable[[], object]) -> None:
        """Store an answer, or take one back; then ask what is due now."""
        try:
            act()
        except BlogkitError as error:
            self._told = said(error.text)
        else:
            self._due, self._is_turned, self._told = self._study.due(limit=1), False, ""
            self._began = time.monotonic()
        self._show()

    def action_leave(self) -> None:
        """Back."""
        self.app.pop_screen()
