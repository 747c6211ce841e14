"""The symbols of a post to choose from, each with what it means; Enter goes to where it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.worker import get_current_worker

from blogkit.errors import BlogkitError
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.spans import Span
from blogkit.tui.choosing import Choosing, Row, heading, remark
from blogkit.tui.keys import key
from blogkit.tui.telling import telling
from blogkit.views.checked import drawn
from blogkit.views.speech import say
from blogkit.views.symbols_plain import meaning
from blogkit.views.symbols_terminal import one_symbol

if TYPE_CHECKING:
    from blogkit.library.reports import FullPost
    from blogkit.library.symbol_reports import SymbolMeaning, SymbolReport
    from blogkit.posts import Block
    from blogkit.tui.desk import Desk


class SymbolsScreen(Choosing[Span]):
    """What symbols mean, those of the block at hand first."""

    BINDINGS: ClassVar = [key("enter", "submit", Message("where it is said"), "Enter")]
    placeholder = Message("a symbol, or words of its meaning")

    def __init__(
        self, desk: Desk, post: FullPost, here: Block, show: Callable[[Span], None]
    ) -> None:
        super().__init__()
        self._folder = desk.library.folder
        self._post = post
        self._here = here
        self._show = show
        self._report: SymbolReport | None = None

    def on_mount(self) -> None:
        """Ask beside the screen, for it may take seconds."""
        super().on_mount()
        self.run_worker(self._ask, thread=True)

    def _ask(self) -> None:
        found: SymbolReport | BlogkitError
        try:
            with Library.open(self._folder) as library:
                found = library.symbols(self._post.id or "")
        except BlogkitError as error:
            found = error
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take, found)

    @telling
    def _take(self, found: SymbolReport | BlogkitError) -> None:
        if isinstance(found, BlogkitError):
            raise found
        self._report = found
        if self.is_attached:
            self.fill()

    def rows(self, typed: str) -> Iterator[Row[Span]]:
        """The symbols that what is typed stands in."""
        if self._report is None:
            yield remark(say("being looked for …"))
            return
        wanted = [symbol for symbol in self._report if _has(symbol, typed)]
        here = [symbol for symbol in wanted if self._stands_here(symbol)]
        others = [symbol for symbol in wanted if symbol not in here]
        for title, symbols in ((say("Here"), here), (say("Elsewhere in the post"), others)):
            if symbols:
                yield heading(title)
                yield from (Row(one_symbol(symbol), _said_at(symbol)) for symbol in symbols)
        if not wanted:
            yield remark(say("no such symbol"))

    def _stands_here(self, symbol: SymbolMeaning) -> bool:
        here = self._here.span
        return any(here.start <= span.start < here.end for span in symbol.occurrences)

    def chosen(self, value: Span) -> None:
        """Go to where it is said what the symbol means, or to where it first stands."""
        self.app.pop_screen()
        self._show(value)


def _said_at(symbol: SymbolMeaning) -> Span:
    return symbol.wordings[0].span if symbol.wordings else symbol.occurrences[0]


def _has(symbol: SymbolMeaning, typed: str) -> bool:
    return any(typed in text for text in (symbol.latex, drawn(symbol.latex), meaning(symbol)))
