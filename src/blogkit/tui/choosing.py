"""A screen with a box to type into and a list that follows: the arrows choose, Enter opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from blogkit.language import Message
from blogkit.tui.keys import Keys, key, silent
from blogkit.tui.telling import telling
from blogkit.views.speech import said

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult
    from textual.timer import Timer

Value = TypeVar("Value")

WAIT_SECONDS = 0.1
"""How long nothing must be typed before the list follows."""


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
    return Row(Text(f"  {text}", style="dim"))


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
        self._typed = typed
        self._values: list[Value | None] = []
        self._timer: Timer | None = None

    def rows(self, typed: str) -> Iterable[Row[Value]]:
        """What there is to choose for what is typed."""
        raise NotImplementedError

    def chosen(self, value: Value) -> None:
        """Do what choosing it means."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The box, the list, the keys."""
        yield Input(self._typed, placeholder=said(self.placeholder), select_on_focus=False)
        listed = OptionList(markup=False)
        listed.can_focus = False
        yield listed
        yield Keys()

    def on_mount(self) -> None:
        """Fill the list for the first time."""
        self.fill()

    def on_input_changed(self) -> None:
        """Let the list follow, once typing pauses."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(WAIT_SECONDS, self.fill)

    @telling
    def action_submit(self) -> None:
        """Open what is chosen; of what was just typed, the first."""
        if self._timer and self._typed != self.query_one(Input).value:
            self.fill()
        at = self.query_one(OptionList).highlighted
        value = None if at is None else self._values[at]
        if value is not None:
            self.chosen(value)

    def on_input_submitted(self) -> None:
        """Enter, which the box gets first."""
        self.action_submit()

    @telling
    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was clicked on."""
        value = self._values[event.option_index]
        if value is not None:
            self.chosen(value)

    @telling
    def fill(self) -> None:
        """Show what there is for what is typed."""
        before, self._typed = self._typed, self.query_one(Input).value
        rows = list(self.rows(self._typed.strip()))
        self._values = [row.value for row in rows]
        listed = self.query_one(OptionList)
        at = listed.highlighted
        listed.set_options([Option(row.shown, disabled=row.value is None) for row in rows])
        if at is None or before != self._typed or at >= len(rows) or self._values[at] is None:
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
