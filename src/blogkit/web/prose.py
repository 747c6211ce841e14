"""Text of posts as HTML: escaped, with formulas drawn, words marked and titles linked.

Nothing of a post is ever read as HTML: its marks are read by ``structure``, and its words escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from blogkit.structure.inline import formulas_of, inline_tokens, text_tokens
from blogkit.views.elements import inline_html
from blogkit.web.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from blogkit.posts import FormulaSource
    from blogkit.spans import Span


def set_snippet(
    text: str, marks: Sequence[Span], answers: Collection[str] = (), *, is_like: bool = False
) -> Markup:
    """A passage on one line, its formulas drawn and some of its words and formulas marked.

    Args:
        text: the passage.
        marks: where its marked words stand.
        answers: LaTeX of the formulas that are marked.
        is_like: whether those are only like what was asked for, and so marked by an outline.
    """

    def formula(found: FormulaSource) -> str:
        math = draw(found.latex)
        if found.latex not in answers:
            return math
        kind = "formula like" if is_like else "formula"
        return Markup('<mark class="{}">{}</mark>').format(kind, math)

    return Markup(inline_html(text_tokens(text, marks), formula=formula))


def set_line(text: str) -> Markup:
    """A sentence, its formulas drawn."""
    return set_snippet(text, ())


def set_heading(text: str) -> Markup:
    """A title on one line, its formulas drawn; it may stand in a link and so holds none."""
    tokens = inline_tokens(text, (), formulas_of(text), flows=True)
    return Markup(inline_html(tokens, formula=lambda found: draw(found.latex)))


def set_section(text: str) -> Markup:
    """A heading of a post's section on one line, its marks read; it may stand in a link."""
    tokens = text_tokens(text)
    shown = inline_html(tokens, formula=lambda found: draw(found.latex), keeps_links=False)
    return Markup(shown)


def set_passage(text: str) -> Markup:
    """A passage with its formulas drawn, displays on lines of their own."""
    return Markup(inline_html(text_tokens(text, flows=False), formula=_drawn))


def _drawn(formula: FormulaSource) -> str:
    math = draw(formula.latex, display=formula.display)
    if not formula.display:
        return math
    return Markup('<span class="display-alone">{}</span>').format(math)
