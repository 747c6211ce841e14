"""Text of posts with its formulas drawn: displays on lines of their own, the others in line."""

from __future__ import annotations

import re

from blogkit.library.formulas import Formula
from blogkit.records import record
from blogkit.search.hits import Snippet
from blogkit.spans import Span, display_width
from blogkit.text.mathspans import find_math
from blogkit.views.clean import clean, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from blogkit.posts import Block, FormulaSource

_INDENT = "    "
_TOGETHER_COLUMNS = 24
_REFERENCE = re.compile(r"\\(?:eq)?ref\s*\{([^{}]*)\}")


@record
class DrawnLine:
    """A piece of a block, as it is shown."""

    text: str
    """The text, cleaned; of a display, several lines."""
    is_display: bool
    """Whether it is a display, which must not be wrapped."""


def drawn_block(
    text: str,
    block: Block,
    formulas: Sequence[FormulaSource],
    *,
    width: int | None,
    space: str = " ",
) -> list[DrawnLine]:
    """The pieces of a block in order, its formulas drawn.

    Args:
        text: the post's text.
        block: one of its blocks.
        formulas: the post's formulas.
        width: columns that a display stays within, where it can be broken.
        space: what stands for a space in a short formula in line, such as one that does not break.
    """
    labels = {formula.label for formula in formulas}
    pieces: list[DrawnLine] = []
    prose, position = "", block.span.start
    room = None if width is None else width - len(_INDENT)
    for formula in formulas:
        if not block.span.start <= formula.span.start < block.span.end:
            continue
        prose += text[position : formula.span.start]
        position = formula.span.end
        drawing = Formula(formula.whole, formula.display)
        if formula.display:
            pieces += _prose(prose, labels)
            prose = ""
            label = f"  ({formula.label})" if formula.label else f"  ({formula.number})"
            pieces.append(DrawnLine(_indented(drawing.to_text(width=room), label), True))
        else:
            prose += _in_line(drawing, space)
    return [*pieces, *_prose(prose + text[position : block.span.end], labels)]


def drawn_in_line(text: str) -> str:
    """Text on one line, with every formula in it drawn in line."""
    pieces, position = [], 0
    for formula in find_math(text)[0]:
        drawing = Formula(formula.body.of(text)).to_inline_text()
        pieces += [text[position : formula.span.start], drawing]
        position = formula.span.end
    return one_line("".join([*pieces, text[position:]]))


def drawn_snippet(snippet: Snippet, *, space: str = " ") -> Snippet:
    """A snippet with every formula in it drawn in line, its spans moved along.

    Of a formula that a span touches, the whole drawing is in the span.
    """
    pieces: list[str] = []
    moves: list[tuple[Span, Span]] = []
    position = length = 0
    for formula in find_math(snippet.text)[0]:
        drawing = _in_line(Formula(formula.body.of(snippet.text)), space)
        pieces += [snippet.text[position : formula.span.start], drawing]
        start = length + formula.span.start - position
        length, position = start + len(drawing), formula.span.end
        moves.append((formula.span, Span(start, length)))
    text = "".join([*pieces, snippet.text[position:]])
    return Snippet(text, tuple(_moved(span, moves) for span in snippet.spans))


def _in_line(formula: Formula, space: str) -> str:
    drawing = formula.to_inline_text()
    is_short = display_width(drawing) <= _TOGETHER_COLUMNS
    return drawing.replace(" ", space) if is_short else drawing


def _moved(span: Span, moves: Sequence[tuple[Span, Span]]) -> Span:
    """A span of a text of which parts were replaced by others."""

    def at(offset: int, *, is_end: bool) -> int:
        shift = 0
        for old, new in moves:
            if offset < old.start + is_end:
                break
            if offset < old.end + is_end:
                return new.end if is_end else new.start
            shift = new.end - old.end
        return offset + shift

    return Span(at(span.start, is_end=False), at(span.end, is_end=True))


def drawn_text(text: str, *, width: int | None, space: str = " ") -> list[DrawnLine]:
    """The pieces of any text in order, its formulas drawn; displays bear no number.

    Args:
        text: words with formulas in them.
        width: columns that a display stays within, where it can be broken.
        space: what stands for a space in a short formula in line, such as one that does not break.
    """
    pieces: list[DrawnLine] = []
    prose, position = "", 0
    room = None if width is None else width - len(_INDENT)
    for formula in find_math(text)[0]:
        prose += text[position : formula.span.start]
        position = formula.span.end
        drawing = Formula(formula.body.of(text), formula.display)
        if formula.display:
            pieces += _prose(prose, ())
            prose = ""
            pieces.append(DrawnLine(_indented(drawing.to_text(width=room), ""), True))
        else:
            prose += _in_line(drawing, space)
    return [*pieces, *_prose(prose + text[position:], ())]


def _prose(text: str, labels: Collection[str | None]) -> list[DrawnLine]:
    """Text between displays; a reference to a label of the post is shown as the label is."""
    text = _REFERENCE.sub(lambda m: f"({m[1]})" if m[1].strip() in labels else m[0], text)
    stripped = text.strip("\n")
    return [DrawnLine(clean(stripped), False)] if stripped.strip() else []


def _indented(drawing: str, label: str) -> str:
    """A drawing set in, with its label behind its middle line."""
    lines = clean(drawing).split("\n")
    middle = (len(lines) - 1) // 2
    lines[middle] += clean(label)
    return "\n".join(_INDENT + line for line in lines)
