r"""Text of posts as HTML: escaped, with formulas drawn, words marked and titles linked.

Everything that is put into a text (a formula, a mark, a link) first stands in it as one private
character. So the text is escaped and its Markdown read without touching what was put in, and
nothing of a post is ever read as HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from blogkit.spans import Span
from blogkit.text.mathspans import find_math
from blogkit.views.clean import clean
from blogkit.web.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_FIRST = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")
_IN_LINK = r"(?:[^\[\]\n]|\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\])+"
"""The text of a link, with pairs of brackets in it, and pairs in these."""
_MARKDOWN = re.compile(
    r"(?P<ticks>`{1,9})(?P<code>[^`\n]+)(?P=ticks)"
    rf"|\[(?P<link>{_IN_LINK})\]\((?P<address>https?://[!-~]{{1,2000}}?)\)"
    r"|\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*"
    r"|(?<![A-Za-z0-9*])\*(?P<em>[^\s*](?:[^*\n]*[^\s*])?)\*(?![A-Za-z0-9*])"
)
_LINE_BREAK = re.compile(r"(.)[ \t]*\n[ \t]*(.)")
_TABLE_RULE = re.compile(r"[|\s:-]*-[|\s:-]*")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Inset:
    """HTML that stands in place of a part of a text."""

    span: Span
    """That part."""
    html: Markup
    """What is shown."""
    is_display: bool = False
    """Whether it stands on a line of its own."""


def set_text(text: str, within: Span, insets: Iterable[Inset], *, markdown: bool = False) -> Markup:
    """A part of a text as HTML.

    Args:
        text: the whole text.
        within: the part.
        insets: what stands in place of parts of it, none inside another; those that lie
            elsewhere or begin inside the one before are passed over.
        markdown: whether emphasis, code, links and tables are read as Markdown has them.
    """
    inside = [i for i in insets if within.start <= i.span.start and i.span.end <= within.end]
    plain, used = _with_placeholders(text, within, sorted(inside, key=lambda i: i.span.start))
    html = _rows(plain) if markdown and _is_table(plain) else _lines(plain, markdown)
    return Markup(_PRIVATE.sub(lambda match: used[ord(match[0]) - _FIRST].html, html))


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
    found = find_math(text)[0]
    insets = [Inset(math.span, _formula(math.body.of(text), answers, is_like)) for math in found]
    insets += [
        Inset(mark, Markup("<mark>{}</mark>").format(clean(mark.of(text)))) for mark in marks
    ]
    return set_text(text, Span(0, len(text)), insets, markdown=True)


def set_line(text: str) -> Markup:
    """A sentence, its formulas drawn."""
    return set_snippet(text, ())


def set_heading(text: str) -> Markup:
    """A title on one line, its formulas drawn; it may stand in a link and so holds none."""
    insets = [Inset(math.span, _drawn(math.body.of(text), False)) for math in find_math(text)[0]]
    return set_text(text, Span(0, len(text)), insets)


def set_passage(text: str) -> Markup:
    """A passage with its formulas drawn, displays on lines of their own."""
    insets = [
        Inset(math.span, _drawn(math.body.of(text), math.display), math.display)
        for math in find_math(text)[0]
    ]
    return set_text(text, Span(0, len(text)), insets)


def _drawn(latex: str, display: bool) -> Markup:
    math = draw(latex, display=display)
    return Markup('<span class="display-alone">{}</span>').format(math) if display else math


def _formula(latex: str, answers: Collection[str], is_like: bool) -> Markup:
    math = draw(latex)
    if latex not in answers:
        return math
    kind = "formula like" if is_like else "formula"
    return Markup('<mark class="{}">{}</mark>').format(kind, math)


def _with_placeholders(text: str, within: Span, insets: Sequence[Inset]) -> tuple[str, list[Inset]]:
    """The part with one private character for each inset, and the insets in order."""
    pieces: list[str] = []
    used: list[Inset] = []
    position, after_display = within.start, False

    def put(end: int, before_display: bool) -> None:
        piece = _PRIVATE.sub("\ufffd", clean(text[position:end]))
        piece = piece.lstrip() if after_display else piece
        pieces.append(piece.rstrip() if before_display else piece)

    for inset in insets:
        if inset.span.start < position or len(used) > 0xFFFD:
            continue
        put(inset.span.start, inset.is_display)
        pieces.append(chr(_FIRST + len(used)))
        used.append(inset)
        position, after_display = inset.span.end, inset.is_display
    put(within.end, before_display=False)
    return "".join(pieces), used


def _lines(plain: str, markdown: bool) -> str:
    """Escaped text; of Markdown, lines are joined, of other text, they are kept."""
    if not markdown:
        return str(escape(plain)).replace("\n", "<br>")
    joined = _LINE_BREAK.sub(_joined, _LINE_BREAK.sub(_joined, plain))
    return _MARKDOWN.sub(_emphasised, str(escape(joined)))


def _joined(match: re.Match[str]) -> str:
    """Two lines as one: no space where both ends are Chinese."""
    before, after = match[1], match[2]
    gap = "" if _WIDE.match(before) and _WIDE.match(after) else " "
    return before + gap + after


def _emphasised(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return f"<code>{match['code']}</code>"
    if match["link"] is not None:
        # The address is escaped already and, being ASCII, holds no placeholder.
        return f'<a href="{match["address"]}" rel="noreferrer">{match["link"]}</a>'
    if match["strong"] is not None:
        return f"<strong>{match['strong']}</strong>"
    return f"<em>{match['em']}</em>"


def _is_table(plain: str) -> bool:
    lines = plain.split("\n")
    return len(lines) > 1 and "|" in lines[0] and _TABLE_RULE.fullmatch(lines[1]) is not None


def _rows(plain: str) -> str:
    head, _, *rows = plain.split("\n")
    shown = [f"<thead>{_row(head, 'th')}</thead><tbody>", *(_row(row, "td") for row in rows)]
    return f"<table>{''.join(shown)}</tbody></table>"


def _row(line: str, cell: str) -> str:
    cells = line.strip().strip("|").split("|")
    return f"<tr>{''.join(f'<{cell}>{_lines(c.strip(), True)}</{cell}>' for c in cells)}</tr>"
