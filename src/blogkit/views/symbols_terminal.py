"""What symbols mean, for a person at a terminal, as Rich renderables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from blogkit.views.checked import drawn
from blogkit.views.clean import one_line
from blogkit.views.speech import say_count
from blogkit.views.symbols_plain import details, meaning

if TYPE_CHECKING:
    from blogkit.library.symbol_reports import SymbolMeaning, SymbolReport


def symbols(report: SymbolReport) -> RenderableType:
    """Each symbol drawn, with what it means, and below it what else is known."""
    count = say_count(len(report), "{count} symbol", "{count} symbols")
    return Group(*map(one_symbol, report), Text(count, style="bold"))


def one_symbol(symbol: SymbolMeaning) -> RenderableType:
    """A symbol drawn, with what it means, and below it what else is known."""
    head = Text(drawn(symbol.latex), style="bold cyan")
    head.append(f"  {one_line(symbol.latex)}", style="not bold dim")
    style = "not cyan" if symbol.wordings else "not bold dim"
    return Group(head.append(f"  {meaning(symbol)}", style=style), _details(symbol))


def _details(symbol: SymbolMeaning) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in details(symbol):
        table.add_row(Text(name, style="dim"), Text(value))
    return Padding(table, (0, 0, 1, 4))
