"""Blocks of posts as HTML: the elements that pages and exports share. All text is escaped."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from blogkit.structure.nesting import is_same_list, placed
from blogkit.text.addresses import is_web_address
from blogkit.text.marks import has_head
from blogkit.views.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from blogkit.posts import Block, FormulaSource, Holder
    from blogkit.structure.inline import Token
    from blogkit.structure.references import Target

_TAGS = {
    "strong": "strong", "emphasis": "em", "deleted": "del", "super": "sup", "sub": "sub",
    "code": "code", "highlight": "mark",
}  # fmt: skip
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def escaped(text: str) -> str:
    """Text for HTML, with control characters and changes of direction shown as what they are."""
    return html.escape(clean(text))


def inline_html(
    tokens: Iterable[Token],
    *,
    formula: Callable[[FormulaSource], str],
    link: Callable[[Target], str] = lambda _: "",
    keeps_links: bool = True,
) -> str:
    """Tokens as HTML.

    Args:
        tokens: those of a block, or of a text by itself.
        formula: what a formula is, as HTML.
        link: the address that a reference leads to; empty where it leads nowhere.
        keeps_links: whether links may stand in it; they may not where it is the text of a link.
    """
    pieces: list[str] = []
    links = emphasis = 0
    for token in tokens:
        if token.formula is not None:
            pieces.append(formula(token.formula))
        elif token.target is not None:
            pieces.append(
                _reference(token, link(token.target) if keeps_links and not links else "")
            )
        elif token.kind == "break":
            pieces.append("<br/>")
        elif token.kind == "text":
            shown = escaped(token.text).replace("\n", "<br/>")
            pieces.append(_HAN.sub(r'<span class="han">\g<0></span>', shown) if emphasis else shown)
        elif token.name == "link":
            if keeps_links and is_web_address(token.address):
                links += 1 if token.kind == "open" else -1
                pieces.append(_anchor(token.address) if token.kind == "open" else "</a>")
        else:
            emphasis += (token.name == "emphasis") * (1 if token.kind == "open" else -1)
            pieces.append(f"<{'/' * (token.kind == 'close')}{_TAGS[token.name]}>")
    return "".join(pieces)


def _anchor(address: str) -> str:
    return f'<a href="{escaped(address)}" rel="noreferrer">'


def _reference(token: Token, address: str) -> str:
    shown = escaped(token.text)
    return f'<a href="{escaped(address)}">{shown}</a>' if address else shown


def table_html(text: str, rows: Sequence[Sequence[str]]) -> str:
    """A table.

    Args:
        text: as it is written; says whether the first row is its head.
        rows: the cells as HTML, row by row.
    """
    head = rows[:1] if has_head(text) else []
    body = rows[len(head) :]
    shown = "".join(f"<thead>{_row(row, 'th')}</thead>" for row in head)
    return f"<table>{shown}<tbody>{''.join(_row(row, 'td') for row in body)}</tbody></table>"


def _row(cells: Iterable[str], name: str) -> str:
    return f"<tr>{''.join(f'<{name}>{cell}</{name}>' for cell in cells)}</tr>"


def nested(blocks: Iterable[Block]) -> Iterator[tuple[str, Block | None]]:
    """Each block with the tags that end and begin lists and quotations before it; then None with
    those that end the last ones."""
    before: Block | None = None
    for place in placed(blocks):
        block, shared = place.block, place.shared
        goes_on = is_same_list(before, block, shared)
        ends = _ends(before.holders[shared:] if before else (), keeps_list=goes_on)
        yield ends + _begins(place.begun, keeps_list=goes_on), block
        before = block
    yield _ends(before.holders if before else (), keeps_list=False), None


def _ends(holders: Sequence[Holder], *, keeps_list: bool) -> str:
    """The tags that end holders, the innermost first; of the outermost its list may go on."""
    tags = []
    for depth in range(len(holders) - 1, -1, -1):
        holder = holders[depth]
        if holder.is_item:
            kept = keeps_list and depth == 0
            tags.append("</li>" + ("" if kept else f"</{_list_name(holder)}>"))
        else:
            tags.append("</blockquote>" if holder.is_quote else "</div>")
    return "".join(tags)


def _begins(holders: Sequence[Holder], *, keeps_list: bool) -> str:
    tags = []
    for depth, holder in enumerate(holders):
        if not holder.is_item:
            tags.append("<blockquote>" if holder.is_quote else '<div class="inset">')
            continue
        if not (keeps_list and depth == 0):
            start = f' start="{holder.start}"' if holder.start not in (None, 1) else ""
            tags.append(f"<{_list_name(holder)}{start}>")
        tags.append(_item(holder))
    return "".join(tags)


def _item(holder: Holder) -> str:
    if holder.is_done is None:
        return "<li>"
    return f'<li class="task"><span class="box">{"☑" if holder.is_done else "☐"}</span>'


def _list_name(holder: Holder) -> str:
    return "ul" if holder.start is None else "ol"
