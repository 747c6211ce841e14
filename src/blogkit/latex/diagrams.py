r"""amscd's diagrams, `\begin{CD} A @>f>> B \\ @VVV @| \\ C @= D \end{CD}`: a matrix with arrows.

Objects and what is between them take turns in a row; arrows down stand in the columns of objects.
"""

from blogkit.language import Message
from blogkit.latex.lexer import Token
from blogkit.latex.nodes import (
    Array,
    ArrayRow,
    Arrow,
    Delimiter,
    Node,
    Row,
    Space,
    Style,
)
from blogkit.latex.reader import Reader
from blogkit.spans import Span

_ROW_ENDS = ("\\\\", "\\cr")
_STOPS = frozenset({"@", "\\end", *_ROW_ENDS})
_SIDEWAYS = {">": ("\\xrightarrow", "→"), "<": ("\\xleftarrow", "←"), "=": ("\\xlongequal", "=")}
_UPRIGHT = {"V": ("\\downarrow", "↓"), "A": ("\\uparrow", "↑"), "|": ("\\Vert", "‖")}
_LABELLED = frozenset("><VA")


def read_diagram(reader: Reader, token: Token) -> Array:
    """The rows of a diagram up to its `\\end`, which is not taken."""
    rows: list[ArrayRow] = []
    while True:
        cells = _cells(reader)
        ended = reader.stream.peek().text not in _ROW_ENDS
        span = Span(cells[0].span.start, max(cell.span.end for cell in cells))
        if not ended:
            reader.stream.take()
        if not ended or any(cell.items for cell in cells):
            rows.append(ArrayRow(span, tuple(cells), (), "" if ended else "\\\\"))
        if ended:
            return Array(reader.span_from(token.start), "matrix", "", "c", (), tuple(rows), ())


def _cells(reader: Reader) -> list[Row]:
    """Objects and arrows of a row in turns."""
    cells = [_list(reader, _STOPS)]
    while reader.stream.peek().text == "@":
        at = reader.stream.take()
        sign = reader.stream.peek().text
        arrow = _arrow(reader, at)
        following = _list(reader, _STOPS)
        blank = Row(Span(at.start, at.start), ())
        if sign in _UPRIGHT or (sign == "." and not cells[-1].items):
            cells[-1:] = [arrow, blank]
            cells.append(following)
        else:
            cells += [arrow, following]
    while len(cells) > 1 and not cells[-1].items:
        cells.pop()
    return cells


def _list(reader: Reader, stops: frozenset[str]) -> Row:
    start = reader.stream.last_end
    nodes = reader.items(stops)
    return Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes))


def _arrow(reader: Reader, at: Token) -> Row:
    """What stands after `@`; nothing for `@.`."""
    sign = reader.stream.peek().text
    if sign not in (*_SIDEWAYS, *_UPRIGHT, "."):
        reader.missing("missing-argument", Message("one of > < V A = | . after @ in a diagram"))
        return Row(Span(at.start, at.end), ())
    reader.stream.take()
    first = second = Row(Span(at.end, at.end), ())
    if sign in _LABELLED:
        first = _label(reader, sign)
        second = _label(reader, sign)
    span = reader.span_from(at.start)
    if sign in _SIDEWAYS:
        command, text = _SIDEWAYS[sign]
        below = second if second.items else None
        return Row(span, (Arrow(span, command, text, first, below),))
    if sign in _UPRIGHT:
        command, text = _UPRIGHT[sign]
        bar = Delimiter(span, "\\Big", command, text, "ord")
        return Row(span, (*_small(first), bar, *_small(second)))
    return Row(span, ())


def _label(reader: Reader, sign: str) -> Row:
    """A label up to the arrow's sign."""
    found = _list(reader, frozenset({sign, "\\end", *_ROW_ENDS}))
    if reader.stream.peek().text == sign:
        reader.stream.take()
    else:
        reader.missing(
            "missing-argument", Message("'{sign}' to close an arrow of a diagram", sign=sign)
        )
    return Row(found.span, found.items, True)


def _small(label: Row) -> tuple[Node, ...]:
    if not label.items:
        return ()
    style = Style(label.span, "\\scriptstyle", Row(label.span, label.items))
    return (Row(label.span, (style,), True), Space(label.span, "\\,", 0.1667))
