"""The line at the bottom of a screen: which keys do what, in the language that is spoken."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import Static

from blogkit.views.line_breaking import NO_BREAK
from blogkit.views.speech import said


class Keys(Static):
    """The keys of the screen that it stands on, those that are to be shown."""

    DEFAULT_CSS = "Keys { dock: bottom; height: auto; color: $text-muted; background: $panel; }"

    def __init__(self) -> None:
        super().__init__(markup=False)

    def on_mount(self) -> None:
        """Show them."""
        classes = type(self.screen).__mro__
        bindings = (each for kind in classes for each in vars(kind).get("BINDINGS", ()))
        shown = (
            f"{each.key_display} {said(each.description)}"
            for each in bindings
            if isinstance(each, Binding) and each.show
        )
        self.update("  ".join(pair.replace(" ", NO_BREAK) for pair in shown))


def key(keys: str, action: str, does: str, shown: str) -> Binding:
    """A key that the line shows.

    Args:
        keys: as Textual names them, with commas between.
        action: what they call.
        does: what that does, in a word or two: a ``Message``.
        shown: how they are written.
    """
    return Binding(keys, action, does, key_display=shown)


def silent(keys: str, action: str) -> Binding:
    """A key that the line does not show."""
    return Binding(keys, action, show=False)
