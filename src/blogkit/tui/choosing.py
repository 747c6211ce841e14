"""A screen with a box to type into and a list that follows: the arrows choose, Enter opens."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.padding import Padding
from rich.text import Text
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from blogkit.errors import BlogkitError
from blogkit.language import Message
from blogkit.tui.keys import Keys, key, silent
from blogkit.tui.telling import telling
from blogkit.views.speech import said, say

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult
    from textual.timer import Timer

Value = TypeVar("Value")

WAIT_SECONDS = 0.1
"""How long nothing must be typed before the list follows."""
PATIENCE_SECONDS = 0.5
"""After this time it is said that the answer is still looked for."""


@dataclass(frozen=True)
class Row(Generic[Value]):
    """A thing to choose, or, without a value, a heading or a remark between them."""

    shown: RenderableType
    """How it looks."""
    value: Value | None = None
    """What is chosen by it."""


def heading(text: str) -> Row[Value]:
    """A row that stands above others."""
    return Row(Text(text, style="bold"))


def remark(text: str) -> Row[Value]:
    """A row that only says something."""
    return Row(Padding(Text(text, style="dim"), (0, 0, 0, 2)))


class Choosing(Screen[None], Generic[Value]):
    """What is typed stays in the box; keys that move go to the list."""

    BINDINGS: ClassVar = [
        key("down", "choose(1)", Message("choose"), "↓↑"),
        silent("up", "choose(-1)"),
        silent("pagedown", "choose_page(1)"),
        silent("pageup", "choose_page(-1)"),
        key("escape", "leave", Message("go back"), "Esc"),
    ]

    placeholder = Message("")
    """What the box says while it is empty."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._first = typed
        self._values: list[Value | None] = []
        self._listed_for: str | None = None
        self._opens = False
        self._timer: Timer | None = None

    async def rows(self, typed: str) -> list[Row[Value]]:
        """What there is to choose for what is typed; it may take its time."""
        raise NotImplementedError

    def chosen(self, value: Value) -> None:
        """Do what choosing it means."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The box, the list, the keys."""
        yield Input(self._first, placeholder=said(self.placeholder), select_on_focus=False)
        listed = OptionList(markup=False)
        listed.can_focus = False
        yield listed
        yield Keys()

    def on_mount(self) -> None:
        """Fill the list for the first time."""
        self.fill()

    def on_input_changed(self) -> None:
        """Let the list follow, once typing pauses."""
        self._opens = False
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(WAIT_SECONDS, self.fill)

    def on_input_submitted(self) -> None:
        """Enter, which the box gets first."""
        self.action_submit()

    def action_submit(self) -> None:
        """Open what is chosen; of what was just typed, the first, once that is known."""
        if self._listed_for == self._box():
            self._open(self.query_one(OptionList).highlighted)
        else:
            self._opens = True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was clicked on."""
        self._open(event.option_index)

    @telling
    def _open(self, at: int | None) -> None:
        value = None if at is None else self._values[at]
        if value is not None:
            self.chosen(value)

    def _box(self) -> str:
        return self.query_one(Input).value.strip()

    def fill(self) -> None:
        """Show what there is for what is typed; what was asked for before is of no interest now."""
        self.run_worker(self._fill(self._box()), group="rows", exclusive=True)

    async def _fill(self, typed: str) -> None:
        asked = asyncio.ensure_future(self.rows(typed))
        try:
            await asyncio.wait([asked], timeout=PATIENCE_SECONDS)
            if not asked.done():
                self._list([remark(say("being looked for …"))], None)
            self._list(await asked, typed)
        except BlogkitError as error:
            self.notify(said(error.text), severity="error", markup=False)
        finally:
            asked.cancel()
        if self._opens and self._listed_for == typed:
            self.action_submit()

    def _list(self, rows: Sequence[Row[Value]], typed: str | None) -> None:
        """Show rows; what is chosen stays, where they are for the same words.

        Args:
            rows: what is shown.
            typed: the words that they are for; None where these are not known yet.
        """
        listed = self.query_one(OptionList)
        at, is_same = listed.highlighted, typed == self._listed_for
        self._listed_for, self._values = typed, [row.value for row in rows]
        listed.set_options([Option(row.shown, disabled=row.value is None) for row in rows])
        if at is None or not is_same or at >= len(rows) or self._values[at] is None:
            at = next((n for n, value in enumerate(self._values) if value is not None), None)
            listed.scroll_home(animate=False)
        listed.highlighted = at

    def action_choose(self, step: int) -> None:
        """Go to the next or previous thing."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()

    def action_choose_page(self, step: int) -> None:
        """Go on by what fits on the screen."""
        listed = self.query_one(OptionList)
        turn = listed.action_page_down if step > 0 else listed.action_page_up
        turn()  # type: ignore[no-untyped-call]

    def action_leave(self) -> None:
        """Empty the box; leave the screen if it is empty."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
        else:
            self.app.pop_screen()
