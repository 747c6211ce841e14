"""Blocks of posts as HTML: the elements that pages and exports share. All text is escaped."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from blogkit.structure.nesting import is_same_list, placed
from blogkit.text.addresses import is_web_address
from blogkit.text.tables import has_head
from blogkit.views.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from blogkit.posts import Block, FormulaSource, Holder, Picture
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
_CLOSING = ",.;:!?)]，。；：！？、）》”」"
_OPENING = "([（《“「"
_BEHIND = frozenset(_CLOSING)
_BEFORE = frozenset(f"{_OPENING}，。；：！？、")
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def escaped(text: str) -> str:
    """Text for HTML, with control characters and changes of direction shown as what they are."""
    return html.escape(clean(text))


def inline_html(
    tokens: Iterable[Token],
    *,
    formula: Callable[[FormulaSource], str],
    link: Callable[[Target], str] = lambda _: "",
    picture: Callable[[Picture], str] = lambda _: "",
    keeps_links: bool = True,
    spaces_marks: bool = False,
) -> str:
    """Tokens as HTML.

    Args:
        tokens: those of a block, or of a text by itself.
        formula: what a formula is, as HTML.
        link: the address that a reference leads to; empty where it leads nowhere.
        picture: the address of a picture's file; empty where only its words are shown.
        keeps_links: whether links may stand in it; they may not where it is the text of a link.
        spaces_marks: whether punctuation stands close to what is before it: half-width marks among
            Chinese are of class ``half``, formulas at punctuation ``at-mark`` or ``after-mark``,
            and ``together`` with it where no line may end between.
    """
    tokens = list(tokens)
    words = _Words(tokens) if spaces_marks else None
    pieces: list[str] = []
    links = emphasis = 0
    hidden_until = 0
    for place, token in enumerate(tokens):
        if place < hidden_until:
            continue
        if token.name == "picture":
            source = picture(token.picture) if token.picture else ""  # else its words stand for it
            if token.picture and source:
                hidden_until = place + 1 + _end_of_picture(tokens[place:])
                said = _words_of(tokens[place:hidden_until])
                pieces.append(picture_html(token.picture, source, said))
        elif token.formula is not None:
            drawn = formula(token.formula)
            pieces.append(words.around(place, drawn) if words else drawn)
        elif token.target is not None:
            is_link = keeps_links and not links
            pieces.append(_reference(token, link(token.target) if is_link else ""))
        elif token.kind == "break":
            pieces.append("<br/>")
        elif token.kind == "text":
            shown = words.between(place) if words else escaped(token.text).replace("\n", "<br/>")
            pieces.append(_HAN.sub(r'<span class="han">\g<0></span>', shown) if emphasis else shown)
        elif token.name == "link":
            if keeps_links and is_web_address(token.address):
                links += 1 if token.kind == "open" else -1
                pieces.append(_anchor(token.address) if token.kind == "open" else "</a>")
        else:
            emphasis += (token.name == "emphasis") * (1 if token.kind == "open" else -1)
            pieces.append(f"<{'/' * (token.kind == 'close')}{_TAGS[token.name]}>")
    return "".join(pieces)


def _end_of_picture(tokens: Sequence[Token]) -> int:
    """Place of the token that ends the picture which the first begins."""
    ends = (n for n, t in enumerate(tokens) if t.kind == "close" and t.name == "picture")
    return next(ends, len(tokens) - 1)


def _words_of(tokens: Iterable[Token]) -> str:
    """What tokens say, formulas as LaTeX."""
    return "".join(f"${t.formula.latex}$" if t.formula else t.text for t in tokens)


def picture_html(picture: Picture, source: str, words: str) -> str:
    """A picture as an element, which takes its place before it is loaded.

    Args:
        picture: what it is.
        source: address of its file.
        words: what is said to those who don't see it.
    """
    return (
        f'<img src="{escaped(source)}" alt="{escaped(" ".join(words.split()))}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async"/>'
    )


def figure_html(picture: Picture, source: str, words: str, caption: str, name: str = "") -> str:
    """What a figure holds: a picture, and its caption below it.

    Args:
        picture: what it is.
        source: address of its file.
        words: the caption as it is written; may be empty.
        caption: the same as HTML.
        name: what those who refer to it call it; mostly empty.
    """
    shown = picture_html(picture, source, words or name)
    below = " ".join(filter(None, (escaped(name), caption)))
    told = f"<figcaption>{below}</figcaption>" if below else ""
    return shown + told


class _Words:
    """The words between formulas, of which those at a formula stay on its line.

    Browsers break a line between MathML and any sign beside it, so that a comma would begin one.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._cuts = [self._cut(place) for place in range(len(tokens))]

    def around(self, place: int, drawn: str) -> str:
        """A formula with the punctuation that belongs to it before and behind."""
        if self._tokens[place].is_display:
            return drawn
        before = self._set(place - 1, self._cuts[place - 1][1], None) if place else ""
        after = self._set(place + 1, 0, self._cuts[place + 1][0]) if self._has(place + 1) else ""
        names = [
            *(["together"] if before or after else []),
            *(["after-mark"] if self._edge(place, -1) in _BEFORE else []),
            *(["at-mark"] if self._edge(place, 1) in _BEHIND else []),
        ]
        shown = f"{before}{drawn}{after}"
        return f'<span class="{" ".join(names)}">{shown}</span>' if names else shown

    def between(self, place: int) -> str:
        """The rest of a piece of words."""
        return self._set(place, *self._cuts[place])

    def _has(self, place: int) -> bool:
        return 0 <= place < len(self._tokens)

    def _cut(self, place: int) -> tuple[int, int]:
        """Where the words begin and end that belong to no formula beside them."""
        text = self._tokens[place].text if self._tokens[place].kind == "text" else ""
        start, end = 0, len(text)
        if text and self._is_formula(place - 1):
            start = len(text) - len(text.lstrip(_CLOSING))
        if text and self._is_formula(place + 1):
            end = max(start, len(text.rstrip(_OPENING)))
        return start, end

    def _is_formula(self, place: int) -> bool:
        formula = self._tokens[place].formula if self._has(place) else None
        return formula is not None and not formula.display

    def _set(self, place: int, start: int, end: int | None) -> str:
        """A part of some words; half-width punctuation behind Chinese is an element of its own."""
        token = self._tokens[place]
        if token.kind != "text":
            return ""
        end = len(token.text) if end is None else end
        whole = f"{self._edge(place, -1) or ' '}{token.text}{self._edge(place, 1) or ' '}"
        pieces: list[str] = []
        position = start + 1
        for match in _HALF.finditer(whole, position):
            if match.start() > end:
                break
            pieces.append(escaped(whole[position : match.start()]))
            pieces.append(f'<span class="half">{match[0]}</span>')
            position = match.end()
        pieces.append(escaped(whole[position : end + 1]))
        return "".join(pieces).replace("\n", "<br/>")

    def _edge(self, place: int, step: int) -> str:
        """The character that is shown beside a token: ``_FORMULA`` for one; empty for none."""
        place += step
        while self._has(place):
            token = self._tokens[place]
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
    width = max(map(len, rows), default=0)
    shown = "".join(f"<thead>{_row(row, 'th', width)}</thead>" for row in head)
    lines = "".join(_row(row, "td", width) for row in body)
    return f"<table>{shown}<tbody>{lines}</tbody></table>"


def _row(cells: Sequence[str], name: str, width: int) -> str:
    """A row with as many cells as the widest."""
    filled = [*cells, *[""] * (width - len(cells))]
    return f"<tr>{''.join(f'<{name}>{cell}</{name}>' for cell in filled)}</tr>"


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
