r"""A post made ready to be read: its blocks as HTML, its formulas numbered and linked.

Formulas bear the anchor ``f-N``, blocks the anchor ``LN`` of their line. ``\eqref`` and ``《》``
become links where what they name is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from blogkit.posts import Block
from blogkit.spans import Span
from blogkit.views.clean import one_line
from blogkit.views.speech import say
from blogkit.web.drawing import draw
from blogkit.web.prose import Inset, set_text
from blogkit.web.room import post_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blogkit.library.reports import FullPost
    from blogkit.posts import FormulaSource
    from blogkit.web.symbols import Symbols

_REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_DEEPEST_HEADING = 6

_INLINE = Markup('<span class="formula" id="f-{number}" data-number="{number}">{math}{mark}</span>')
_DISPLAY = Markup(
    '<span class="display" id="f-{number}" data-number="{number}">'
    '<span class="display-math" tabindex="0" role="group" aria-label="{name}">{math}'
    '</span><span class="display-side">{mark}<button type="button" class="number" '
    'popovertarget="about-{number}" aria-label="{about}">({number})</button>'
    "</span></span>"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a post, as it is shown."""

    kind: str
    """``heading``, ``paragraph``, ``table``, ``caption`` or ``code``."""
    anchor: str
    """Its anchor; empty where an earlier block has the same."""
    level: int
    """Of a heading, its level on the page, 2 to 6; else 0."""
    html: Markup
    """What it says."""


def parts(
    post: FullPost, marks: Mapping[int, Markup], symbols: Symbols | None = None
) -> Iterator[Part]:
    """The blocks of a post as HTML.

    Args:
        post: the post.
        marks: what stands beside formulas, by their number.
        symbols: what its letters mean, where that is known.
    """
    insets = [*_formulas(post, marks, symbols), *_references(post), *_titles(post)]
    markdown = (post.path or "").lower().endswith(_MARKDOWN_SUFFIXES)
    whole = Block("paragraph", Span(0, len(post.text)), 1)
    used: set[str] = set()
    top = min((b.level for b in post.blocks if b.kind == "heading"), default=1)
    for block in post.blocks or (whole,):
        anchor = f"L{block.line}"
        is_code = block.kind == "code"
        inside = () if is_code else insets
        html = set_text(post.text, block.span, inside, markdown=markdown and not is_code)
        level = min(block.level - top + 2, _DEEPEST_HEADING) if block.kind == "heading" else 0
        kind = "table" if html.startswith("<table>") else block.kind
        yield Part(kind, "" if anchor in used else anchor, level, html)
        used.add(anchor)


def _formulas(
    post: FullPost, marks: Mapping[int, Markup], symbols: Symbols | None
) -> Iterator[Inset]:
    numbers = {formula.label: formula.number for formula in post.formulas if formula.label}
    for formula in post.formulas:
        reference = _REFERENCE.fullmatch(formula.latex.strip())
        if reference and reference[2] in numbers:
            yield Inset(formula.span, _link(numbers[reference[2]], bool(reference[1])))
        else:
            yield Inset(formula.span, _drawn(formula, marks, symbols), formula.display)


def _drawn(formula: FormulaSource, marks: Mapping[int, Markup], symbols: Symbols | None) -> Markup:
    math = draw(formula.whole, display=formula.display)
    if symbols is not None:
        math = symbols.marked(math, formula.number)
    shape = _DISPLAY if formula.display else _INLINE
    mark = marks.get(formula.number, Markup(""))
    number = formula.number
    return shape.format(
        number=number,
        math=math,
        mark=mark,
        name=say("Formula {number}", number=number),
        about=say("About formula {number}", number=number),
    )


def _references(post: FullPost) -> Iterator[Inset]:
    """References to formulas that stand in the text by themselves."""
    numbers = {formula.label: formula.number for formula in post.formulas if formula.label}
    for match in _REFERENCE.finditer(post.text):
        if match[2] in numbers:
            yield Inset(Span(*match.span()), _link(numbers[match[2]], bool(match[1])))


def _link(number: int, in_brackets: bool) -> Markup:
    shown = f"({number})" if in_brackets else str(number)
    return Markup('<a href="#f-{}">{}</a>').format(number, shown)


def _titles(post: FullPost) -> Iterator[Inset]:
    """The titles that the post names, where the library has a post of that title."""
    for reference in post.references:
        if not reference.post_id:
            continue
        link = Markup('<a href="{}">《{}》</a>').format(
            post_address(reference.post_id), one_line(reference.title)
        )
        for match in re.finditer(re.escape(f"《{reference.title}》"), post.text):
            yield Inset(Span(*match.span()), link)
