"""The home for a person at a terminal, as a Rich renderable."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from blogkit.study.home import Home
from blogkit.views import home_plain as plain

_INDENT = (0, 0, 0, 2)


def home(found: Home) -> RenderableType:
    """How much there is, then each part with its heading; what is long is cut at the right."""
    shown: list[RenderableType] = [Text(plain.count_line(found))]
    for part in plain.parts(found):
        shown += [Text(""), Text(part.heading, style="bold cyan")]
        if part.rows:
            shown.append(Padding(_table(part), _INDENT))
        if part.remark:
            shown.append(Padding(Text(part.remark, style="dim"), _INDENT))
    return Group(*shown)


def _table(part: plain.Part) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for style in ("dim", "yellow", ""):
        table.add_column(no_wrap=True, overflow="ellipsis", style=style)
    for row in part.rows:
        table.add_row(*map(Text, row))
    return table
