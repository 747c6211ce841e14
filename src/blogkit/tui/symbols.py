"""The symbols of a post to choose from, each with what it means; Enter goes to where it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.spans import Span
from blogkit.tui.choosing import Choosing, Row, heading, remark
from blogkit.tui.keys import key
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
        self._desk = desk
        self._post = post
        self._here = here
        self._show = show
        self._report: SymbolReport | None = None

    async def rows(self, typed: str) -> list[Row[Span]]:
        """The symbols that what is typed stands in."""
        if self._report is None:
            ask = partial(Library.symbols, name=self._post.id or "")
            self._report = await self._desk.beside(ask)
        return list(self._wanted(self._report, typed))

    def _wanted(self, report: SymbolReport, typed: str) -> Iterator[Row[Span]]:
        wanted = [symbol for symbol in report if _has(symbol, typed)]
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
