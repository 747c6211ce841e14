r"""A post made ready to be read: its blocks as HTML, its formulas numbered and linked.

Formulas bear the anchor ``f-N``, blocks the anchor ``LN`` of their line. ``\eqref`` and ``《》``
become links where what they name is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from blogkit.posts import Block
from blogkit.spans import Span
from blogkit.structure.inline import block_tokens, table_rows
from blogkit.structure.references import References, has_tag
from blogkit.views.elements import escaped, figure_html, inline_html, nested, table_html
from blogkit.views.speech import say
from blogkit.web.drawing import draw
from blogkit.web.room import post_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from blogkit.library.reports import FullPost
    from blogkit.posts import FormulaSource, Picture
    from blogkit.structure.inline import Token
    from blogkit.structure.references import Target
    from blogkit.web.symbols import Symbols

_DEEPEST_HEADING = 6
_NO_NUMBER = "⋯"
"""What opens the notes on a display that bears no number, or draws its own."""

_INLINE = Markup('<span class="formula" id="f-{number}" data-number="{number}">{math}{mark}</span>')
_DISPLAY = Markup(
    '<span class="display" id="f-{number}" data-number="{number}">'
    '<span class="display-math" tabindex="0" role="group" aria-label="{name}">{math}'
    '</span><span class="display-side">{mark}<button type="button" class="number" '
    'popovertarget="about-{number}" aria-label="{about}">{shown}</button>'
    "</span></span>"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a post, as it is shown."""

    kind: str
    """``heading``, ``paragraph``, ``table``, ``picture``, ``caption`` or ``code``; ``end`` behind
    the last."""
    anchor: str
    """Its anchor; empty where an earlier block has the same."""
    level: int
    """Of a heading, its level on the page, 2 to 6; else 0."""
    html: Markup
    """What it says."""
    before: Markup
    """What ends and begins before it: lists and quotations."""
    figure: str = ""
    """What a figure or table is called by those who refer to it."""


def parts(
    post: FullPost,
    marks: Mapping[int, Markup],
    symbols: Symbols | None = None,
    highlights: Sequence[Span] = (),
) -> Iterator[Part]:
    """The blocks of a post as HTML; those that show nothing are left out.

    Args:
        post: the post.
        marks: what stands beside formulas, by their number.
        symbols: what its letters mean, where that is known.
        highlights: parts of its text that a reader marked, in order, none reaching into the next.
    """
    if not post.blocks:
        post = replace(post, blocks=(Block("paragraph", Span(0, len(post.text)), 1),))
    page = _Page(post, marks, symbols, highlights)
    used: set[str] = set()
    for place, (before, block) in enumerate(nested(post.blocks)):
        if block is None:
            yield Part("end", "", 0, Markup(""), Markup(before))
            continue
        anchor = page.anchor(block)
        figure = page.references.figures.get(place, "")
        html = page.html(block, figure)
        kind = page.kind(block) if html else "end"
        shown = "" if anchor in used or not html else anchor
        yield Part(kind, shown, page.level(block), html, Markup(before), figure)
        used.add(shown)


def _source(picture: Picture) -> str:
    """The address of a picture on these pages."""
    return f"/pictures/{picture.digest}"


class _Page:
    """One post on its page."""

    def __init__(
        self,
        post: FullPost,
        marks: Mapping[int, Markup],
        symbols: Symbols | None,
        highlights: Sequence[Span],
    ) -> None:
        self._highlights = highlights
        self.references = References(post)
        self._post = post
        self._marks = marks
        self._symbols = symbols
        self._top = min((b.level for b in post.blocks if b.kind == "heading"), default=1)

    def level(self, block: Block) -> int:
        """The level of a heading on the page; 0 for other blocks."""
        if block.kind != "heading":
            return 0
        return min(block.level - self._top + 2, _DEEPEST_HEADING)

    def anchor(self, block: Block) -> str:
        """The anchor of a block."""
        return f"L{block.line}"

    def kind(self, block: Block) -> str:
        """What a block is on the page."""
        return "picture" if self.references.pictures.of(block) else block.kind

    def html(self, block: Block, name: str = "") -> Markup:
        """What a block says; of a picture with what it is called."""
        if block.kind == "code":
            return Markup(escaped(block.span.of(self._post.text)))
        if block.kind == "table":
            rows = table_rows(self._post, block, self.references)
            cells = [[self._inline(cell) for cell in row] for row in rows]
            return Markup(table_html(block.span.of(self._post.text), cells))
        shown = self._inline(self._tokens(block)).strip()
        picture = self.references.pictures.of(block)
        if picture:
            words = block.span.of(self._post.text)
            shown = figure_html(picture, _source(picture), words, shown, name)
        return Markup(shown)

    def _tokens(self, block: Block) -> list[Token]:
        return block_tokens(self._post, block, self.references, self._highlights)

    def _inline(self, tokens: list[Token]) -> str:
        return inline_html(
            tokens, formula=self._formula, link=self._address, picture=_source, spaces_marks=True
        )

    def _address(self, target: Target) -> str:
        if target.kind == "post" and target.key:
            return post_address(target.key)
        if target.kind == "formula":
            return f"#f-{target.key}"
        return (
            "#" + self.anchor(self._post.blocks[int(target.key)]) if target.kind == "block" else ""
        )

    def _formula(self, formula: FormulaSource) -> str:
        number = formula.number
        math = draw(formula.whole, display=formula.display)
        if self._symbols is not None:
            math = self._symbols.marked(math, number)
        shown = self.references.numbers.get(number)
        return (_DISPLAY if formula.display else _INLINE).format(
            number=number,
            math=math,
            mark=self._marks.get(number, Markup("")),
            name=say("Formula {number}", number=number),
            about=say("About formula {number}", number=number),
            shown=_NO_NUMBER if shown is None or has_tag(formula) else f"({shown})",
        )
