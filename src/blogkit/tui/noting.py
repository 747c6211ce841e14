"""A note on a block of a post, written over it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from blogkit.errors import BlogkitError
from blogkit.language import Message
from blogkit.tui.keys import Keys, key
from blogkit.views.clean import shorten
from blogkit.views.drawn import drawn_in_line
from blogkit.views.speech import said, say

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from blogkit.library.reports import FullPost
    from blogkit.notes import Notes
    from blogkit.posts import Block
    from blogkit.spans import Span

_QUOTE_COLUMNS = 200
"""How much of the words is shown that the note is about."""
_BETWEEN_TAGS = re.compile(r"[,，、]")


@dataclass(frozen=True)
class About:
    """What a note may be about."""

    target: str
    """The post, or a formula of it."""
    words: str
    """The words, or the formula with its delimiters."""
    quote: str = ""
    """The words again, of a note on words."""
    line: int | None = None
    """The line where these begin."""


def subjects(post: FullPost, block: Block) -> list[About]:
    """A block as a whole, then each display in it; of one that is only a display, that one."""
    inside = (f for f in post.formulas if f.display and _holds(block.span, f.span))
    formulas = [About(f"{post.id}#{f.name}", f.span.of(post.text)) for f in inside]
    words = block.span.of(post.text)
    if len(formulas) == 1 and formulas[0].words == words.strip():
        return formulas
    return [About(post.id or "", words, words, block.line), *formulas]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


class NoteScreen(ModalScreen[bool]):
    """What is thought of a block, or of a formula in it: text, tags, whether it is understood.

    Its answer is whether a note was written.
    """

    BINDINGS: ClassVar = [
        key("ctrl+s", "keep", Message("keep it"), "Ctrl-S"),
        key("ctrl+t", "ask", Message("question"), "Ctrl-T"),
        key("ctrl+f", "turn", Message("on a formula in it"), "Ctrl-F"),
        key("tab", "app.focus_next", Message("next field"), "Tab"),
        key("escape", "leave", Message("go back"), "Esc"),
    ]

    def __init__(self, notes: Notes, post: FullPost, block: Block) -> None:
        super().__init__()
        self._notes = notes
        self._subjects = subjects(post, block)
        self._is_question = False

    def compose(self) -> ComposeResult:
        """What it is about, and the fields."""
        with Vertical():
            yield Static(id="about", markup=False)
            yield TextArea()
            yield Input(placeholder=say("Tags, with commas between"))
            yield Static(id="question", markup=False)
            yield Static(id="status", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Say what it is about, and whether it is a question."""
        self._show()

    def _show(self) -> None:
        words = shorten(drawn_in_line(self._subjects[0].words), _QUOTE_COLUMNS)
        self.query_one("#about", Static).update(words)
        box = "☑" if self._is_question else "☐"
        self.query_one("#question", Static).update(f"{box} {say('not understood yet')}")

    def action_turn(self) -> None:
        """Let it be about the next formula in the block, at last about the block again."""
        self._subjects = [*self._subjects[1:], self._subjects[0]]
        self._show()

    def action_ask(self) -> None:
        """Put the question mark there, or take it away."""
        self._is_question = not self._is_question
        self._show()

    def action_keep(self) -> None:
        """Write the note; without text, tags and question the words are highlighted."""
        about = self._subjects[0]
        tags = _BETWEEN_TAGS.split(self.query_one(Input).value)
        try:
            self._notes.add(
                about.target,
                quote=about.quote,
                text=self.query_one(TextArea).text,
                tags=tags,
                is_question=self._is_question,
                line=about.line,
            )
        except BlogkitError as error:
            self.query_one("#status", Static).update(said(error.text))
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Write nothing."""
        self.dismiss(False)
