"""A post to read, its formulas drawn; one block of it is the one that keys are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from blogkit.errors import BlogkitError
from blogkit.language import Message
from blogkit.study.reading import STATES
from blogkit.tui.following import FollowScreen
from blogkit.tui.keys import Keys, key, silent
from blogkit.tui.noting import NoteScreen
from blogkit.tui.symbols import SymbolsScreen
from blogkit.tui.telling import telling
from blogkit.views import plain, terminal
from blogkit.views.clean import one_line
from blogkit.views.notes_plain import thoughts
from blogkit.views.speech import said, say
from blogkit.views.terms import term

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual import events
    from textual.app import ComposeResult

    from blogkit.library.facade import Library
    from blogkit.library.reports import FullPost
    from blogkit.notes import Note
    from blogkit.posts import Block
    from blogkit.spans import Span
    from blogkit.tui.desk import Desk

_OVERLAP_ROWS = 2
"""Rows that stay when a page is turned."""
_MARGIN_COLUMNS = 2
"""What marks the block at hand, and a blank."""


@dataclass(frozen=True)
class Place:
    """Where in the library something is read."""

    name: str
    """Id of a post, or of a formula."""
    line: int | None = None
    """A line of a file that the post was read from; its beginning if None."""
    path: str | None = None
    """That file."""


class BlockView(Static):
    """A block of a post, as the terminal shows it."""

    def __init__(self, block: Block, shown: RenderableType) -> None:
        super().__init__(shown, markup=False)
        self.block = block


class PostText(VerticalScroll, can_focus=False):
    """The text of a post; told when it is another width, for which formulas are drawn anew."""

    def on_resize(self, event: events.Resize) -> None:
        """Have the blocks made for this width."""
        screen = self.screen
        if isinstance(screen, PostScreen):
            screen.call_later(screen.build)


class PostScreen(Screen[None]):
    """A post."""

    BINDINGS: ClassVar = [
        key("down,j", "move(1)", Message("next"), "↓↑"),
        silent("up,k", "move(-1)"),
        key("space,pagedown", "page(1)", Message("page"), "Space"),
        silent("b,pageup", "page(-1)"),
        silent("g,home", "select(0)"),
        silent("G,end", "select(-1)"),
        key("s", "symbols", Message("symbols"), "s"),
        key("n", "note", Message("note"), "n"),
        key("m", "mark", Message("mark"), "m"),
        key("o", "follow", Message("links"), "o"),
        key("slash", "find", Message("search"), "/"),
        key("escape,q", "leave", Message("go back"), "q"),
    ]

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self._desk = desk
        self._post, self._wanted = _opened(desk.library, place)
        self._at = -1
        self._made_for: tuple[int, tuple[Note, ...]] | None = None

    def compose(self) -> ComposeResult:
        """The title, the text, the keys."""
        yield Static(id="title", markup=False)
        yield PostText()
        yield Keys()

    def on_mount(self) -> None:
        """Show the title; the text comes as soon as its width is known."""
        self._show_title()

    @property
    def here(self) -> Block:
        """The block at hand."""
        return self._blocks()[self._at].block

    async def build(self) -> None:
        """Make the blocks for the width that there is, with the notes on them."""
        text = self.query_one(PostText)
        width = text.scrollable_content_region.width - _MARGIN_COLUMNS
        notes = self._notes()
        if width < 1 or self._made_for == (width, notes):
            return
        self._made_for = width, notes
        await text.remove_children()
        await text.mount_all(self._widgets(width, notes))
        blocks = self._blocks()
        if blocks:
            self._mark(_place(blocks, self._wanted) if self._at < 0 else self._at)
            self.call_after_refresh(lambda: self.action_select(self._at))  # scrolls to it

    def _notes(self) -> tuple[Note, ...]:
        """The notes on the post; none where it went meanwhile, which is told."""
        try:
            return tuple(self._desk.notes.list(self._post.id))
        except BlogkitError as error:
            self.notify(said(error.text), severity="error", markup=False)
            return ()

    def _widgets(self, width: int, notes: tuple[Note, ...]) -> list[Static]:
        found: list[Static] = [Static(terminal.facts(plain.post_facts(self._post)), markup=False)]
        found += [_note(note) for note in notes if note.span is None]
        for block, shown in terminal.post_blocks(self._post, width=width):
            found.append(BlockView(block, shown))
            found += [_note(note) for note in notes if note.span and _has(block, note.span.start)]
        return [*found, *(Static(end, markup=False) for end in terminal.post_end(self._post))]

    def _blocks(self) -> list[BlockView]:
        return list(self.query(BlockView))

    def _show_title(self) -> None:
        state = self._desk.study.states().get(self._post.id or "", "unread")
        shown = f"{one_line(self._post.title)} · {term(state)}"
        self.query_one("#title", Static).update(shown)

    def action_select(self, at: int) -> None:
        """Make a block the one at hand, and show it."""
        blocks = self._blocks()
        if not blocks:
            return
        self._mark(at % len(blocks))
        text = self.query_one(PostText)
        if self._at == 0:
            text.scroll_home(animate=False)  # what is known of the post stands above
        else:
            text.scroll_to_widget(blocks[self._at], animate=False)

    def _mark(self, at: int) -> None:
        self._at = at
        for number, view in enumerate(self._blocks()):
            view.set_class(number == at, "here")

    def action_move(self, step: int) -> None:
        """To the next or previous block; first through what does not fit on the screen of this."""
        blocks, text = self._blocks(), self.query_one(PostText)
        if not blocks:
            return
        region, top, rows = blocks[self._at].virtual_region, text.scroll_offset.y, text.size.height
        hidden = region.bottom - (top + rows) if step > 0 else top - region.y
        if hidden > 0 and region.height > rows:
            text.scroll_relative(y=step * min(hidden, rows // 2), animate=False)
        else:
            self.action_select(min(max(self._at + step, 0), len(blocks) - 1))

    def action_page(self, step: int) -> None:
        """Turn the page; the first block that begins on it is the one at hand."""
        blocks, text = self._blocks(), self.query_one(PostText)
        if not blocks:
            return
        turned = text.scroll_offset.y + step * max(1, text.size.height - _OVERLAP_ROWS)
        top = min(max(turned, 0), text.max_scroll_y)
        text.scroll_to(y=top, animate=False, immediate=True)
        begin = (n for n, view in enumerate(blocks) if view.virtual_region.y >= top)
        self._mark(next(begin, len(blocks) - 1))

    @telling
    def action_mark(self) -> None:
        """Say of the post what comes next: unread, reading, read, to be read again."""
        states = self._desk.study.states()
        now = STATES.index(states.get(self._post.id or "", "unread"))
        self._desk.study.mark(self._post.id or "", STATES[(now + 1) % len(STATES)])
        self._show_title()

    def action_symbols(self) -> None:
        """Look a symbol up; what is chosen there is shown here."""
        if self._blocks():
            self.app.push_screen(SymbolsScreen(self._desk, self._post, self.here, self._show))

    def _show(self, span: Span) -> None:
        self.action_select(_place(self._blocks(), span.start))

    def action_note(self) -> None:
        """Write a note on the block at hand."""
        if self._blocks():
            noting = NoteScreen(self._desk.notes, self._post, self.here)
            self.app.push_screen(noting, self._noted)

    def _noted(self, is_written: bool | None) -> None:
        """Show it."""
        self.call_later(self.build)

    @telling
    def action_follow(self) -> None:
        """Go on to a post that this one names, that names it, or that is like it."""
        self.app.push_screen(FollowScreen(self._desk, self._post, self._open))

    @telling
    def _open(self, post_id: str) -> None:
        self.app.push_screen(PostScreen(self._desk, Place(post_id)))

    def action_find(self) -> None:
        """Back to the box, however many posts lie between."""
        while isinstance(self.app.screen, PostScreen) and len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def action_leave(self) -> None:
        """Back."""
        self.app.pop_screen()


def _opened(library: Library, place: Place) -> tuple[FullPost, int | None]:
    """The post, and the offset in its text that is to be shown; None for its beginning."""
    if "#" in place.name and place.name not in library:
        formula = library.formula(place.name)
        return library.post(formula.post_id), formula.span.start
    post = library.post(place.name)
    line = place.line if place.path == post.path else None
    before = (block.span.start for block in post.blocks if line and block.line <= line)
    return post, max(before, default=None)


def _place(blocks: list[BlockView], offset: int | None) -> int:
    """Which block an offset of the text stands in, or the last one before it."""
    if offset is None:
        return 0
    before = (n for n, view in enumerate(blocks) if view.block.span.start <= offset)
    return max(before, default=0)


def _has(block: Block, offset: int) -> bool:
    return block.span.start <= offset < block.span.end


def _note(note: Note) -> Static:
    question = "? " if note.is_question else ""
    about = f"{one_line(note.formula_id)}\n" if note.formula_id else ""
    shown = about + "\n".join(thoughts(note)) or say("highlighted")
    return Static(question + shown, markup=False, classes="note")
