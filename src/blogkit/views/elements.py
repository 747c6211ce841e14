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
_FORMULA = "\ue0f4"
_CHINESE = "\u3007\u3400-\u9fff\uf900-\ufaff《》（）“”「」\ue0f4"
_HALF = re.compile(rf"(?<=[{_CHINESE}])[,.;:!?](?=[{_CHINESE}\s])")
"""Half-width punctuation between Chinese and formulas, or at the end of a line."""
_BEHIND = frozenset(",.;:!?)]，。；：！？、）》”")
_BEFORE = frozenset("([（《“，。；：！？、")
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
    spaces_marks: bool = False,
) -> str:
    """Tokens as HTML.

    Args:
        tokens: those of a block, or of a text by itself.
        formula: what a formula is, as HTML.
        link: the address that a reference leads to; empty where it leads nowhere.
        keeps_links: whether links may stand in it; they may not where it is the text of a link.
        spaces_marks: whether punctuation stands close to what is before it: half-width marks among
            Chinese are of class ``half``, formulas at punctuation ``at-mark`` or ``after-mark``.
    """
    tokens = list(tokens)
    pieces: list[str] = []
    links = emphasis = 0
    for place, token in enumerate(tokens):
        if token.formula is not None:
            drawn = formula(token.formula)
            shown = _near_marks(tokens, place, drawn) if spaces_marks else drawn
            pieces.append(shown)
        elif token.target is not None:
            pieces.append(
                _reference(token, link(token.target) if keeps_links and not links else "")
            )
        elif token.kind == "break":
            pieces.append("<br/>")
        elif token.kind == "text":
            shown = escaped(token.text).replace("\n", "<br/>")
            if emphasis:
                shown = _HAN.sub(r'<span class="han">\g<0></span>', shown)
            elif spaces_marks:
                shown = _with_half_marks(tokens, place)
            pieces.append(shown)
        elif token.name == "link":
            if keeps_links and is_web_address(token.address):
                links += 1 if token.kind == "open" else -1
                pieces.append(_anchor(token.address) if token.kind == "open" else "</a>")
        else:
            emphasis += (token.name == "emphasis") * (1 if token.kind == "open" else -1)
            pieces.append(f"<{'/' * (token.kind == 'close')}{_TAGS[token.name]}>")
    return "".join(pieces)


def _near_marks(tokens: Sequence[Token], place: int, drawn: str) -> str:
    """A formula in line, in an element that says which side of it is beside punctuation."""
    formula = tokens[place].formula
    if formula is None or formula.display:
        return drawn
    names = [
        *(["after-mark"] if _edge(tokens, place, -1) in _BEFORE else []),
        *(["at-mark"] if _edge(tokens, place, 1) in _BEHIND else []),
    ]
    return f'<span class="{" ".join(names)}">{drawn}</span>' if any(names) else drawn


def _with_half_marks(tokens: Sequence[Token], place: int) -> str:
    """Words in which half-width punctuation behind Chinese is an element of its own."""
    text = tokens[place].text
    before, after = _edge(tokens, place, -1), _edge(tokens, place, 1)
    whole = f"{before or ' '}{text}{after or ' '}"
    pieces: list[str] = []
    position = 1
    for match in _HALF.finditer(whole, 1):
        if match.start() > len(text):
            break
        pieces += (
            escaped(whole[position : match.start()]),
            f'<span class="half">{match[0]}</span>',
        )
        position = match.end()
    pieces.append(escaped(whole[position : len(text) + 1]))
    return "".join(pieces).replace("\n", "<br/>")


def _edge(tokens: Sequence[Token], place: int, step: int) -> str:
    """The character that is shown beside a token: ``_FORMULA`` for a formula; empty for none."""
    place += step
    while 0 <= place < len(tokens):
        token = tokens[place]
        if token.formula is not None:
            return "" if token.is_display else _FORMULA
        if token.text:
            return token.text[0 if step > 0 else -1]
        place += step
    return ""


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
    return f'<li class="task"><span class="task-box">{"☑" if holder.is_done else "☐"}</span>'


def _list_name(holder: Holder) -> str:
    return "ul" if holder.start is None else "ol"
