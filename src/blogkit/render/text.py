r"""`to_text`: a formula drawn with characters, for a terminal.

    ∑ over its range, fractions stacked, brackets as high as what they hold

It exists because the best peer draws 69 % of real formulas, and breaks on Chinese. Boxes are put
together by TeX's rules (TeXbook, appendix G) on a grid of columns and rows.
"""

from __future__ import annotations

from blogkit.latex import nodes
from blogkit.latex.nodes import AtomClass, Node, Row
from blogkit.render import accents, fractions, scripts, tables, words
from blogkit.render.boxes import Box, TooLargeError, above, beside, spaces
from blogkit.render.lines import with_lines_in_place
from blogkit.render.painter import DRAWERS, Painter
from blogkit.render.settings import Setting, in_display
from blogkit.render.spacing import COLUMNS_PER_EM, placed
from blogkit.render.tables import ALIGNED
from blogkit.results.records import record

__all__ = ["to_text"]

_PARTS = (accents, fractions, scripts, tables, words)
"""Imported for the drawers that they register."""

_INDENT = 4


def to_text(
    tree: Node, *, width: int | None = None, ascii: bool = False, display: bool = True
) -> str:
    r"""A formula as lines of characters, without blanks at their ends.

    Args:
        tree: a formula as `blogkit.latex.parse` reads it, or a part of one.
        width: columns to stay within, where relations or binary operators let it be broken.
        ascii: whether to draw with ASCII only; letters without a name, such as Chinese, remain.
        display: whether large operators have their limits above and below.

    Nothing is lost: a command that is not known is drawn as written. A picture of more than
    `boxes.MAX_CELLS` cells is written in line instead, as `to_inline_text` does.

    Cost: some 10 µs a symbol; the picture's area counts.

    >>> from blogkit.latex import parse
    >>> print(to_text(parse(r"\sum_{i=1}^n \frac{x_i}{2}").tree))
     n  xᵢ
     ∑  ──
    i=1 2
    """
    tree = with_lines_in_place(tree)
    painter = Painter(ascii=ascii)
    setting = Setting(display=display)
    try:
        box = painter.draw(tree, setting)
        if width is not None and box.width > width:
            box = _Breaker(painter, width).draw(tree, setting)
    except TooLargeError:
        from blogkit.render.inline import to_inline_text

        return to_inline_text(tree, ascii=ascii)
    return _trimmed(box)


def _trimmed(box: Box) -> str:
    lines = [text.rstrip() for text in box.lines]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    while len(lines) > 1 and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


@record
class _Part:
    """A drawn item of a row."""

    box: Box
    """The item."""
    gap: int
    """Columns before it, where it does not begin a line."""
    kind: AtomClass | None
    """Its class among its neighbours."""
    starts_line: bool
    """Whether the author began a line here."""


class _Breaker:
    """Draws a formula over several lines: at wide spaces, relations, binary operators."""

    def __init__(self, painter: Painter, width: int) -> None:
        self.painter = painter
        self.width = width

    def draw(self, node: Node, setting: Setting) -> Box:
        """A node within the width, as far as it can be broken."""
        while isinstance(node, (nodes.Environment, Row)):
            if isinstance(node, nodes.Environment):
                node = node.body
            elif len(node.items) == 1:
                node = node.items[0]
            else:
                return self._row(node, setting)
        if isinstance(node, nodes.Array) and node.environment in ALIGNED:
            return self._lines(node, setting)
        return self.painter.draw(node, setting)

    def _lines(self, node: nodes.Array, setting: Setting) -> Box:
        """Aligned lines, given up as columns, so that each can be broken."""
        its = in_display(setting)
        boxes: list[Box] = []
        for row in node.rows:
            items = tuple(item for cell in row.cells for item in cell.items)
            boxes.append(self._row(Row(row.span, items), its))
        return _spaced(boxes)

    def _row(self, row: Row, setting: Setting) -> Box:
        lines = _filled(self._parts(row, setting), self.width)
        return _spaced([_indented(_joined(line), index) for index, line in enumerate(lines)])

    def _parts(self, row: Row, setting: Setting) -> list[_Part]:
        """A row's items, drawn."""
        parts: list[_Part] = []
        starts_line = False
        for node, its, gap, kind in placed(row.items, setting):
            if type(node) is nodes.NewLine:
                starts_line = True
                continue
            boxes = [parts[-1].box] if parts else []
            self.painter.append(boxes, DRAWERS[type(node)](self.painter, node, its), gap)
            new = boxes[1:] if parts else boxes
            before = sum(box.width for box in new[:-1])
            if new:
                parts.append(_Part(new[-1], before, kind, starts_line))
                starts_line = False
        return parts


def _filled(parts: list[_Part], width: int) -> list[list[_Part]]:
    """Lines of parts, each as full as the places to break let it be."""
    lines: list[list[_Part]] = [[]]
    used = 0
    for piece in _fitting(parts, "quad", width):
        room = width - _INDENT * (len(lines) > 1)
        own = _width(piece)
        gap = piece[0].gap if lines[-1] else 0
        if lines[-1] and (piece[0].starts_line or used + gap + own > room):
            lines.append([])
            used = gap = 0
        lines[-1] += piece
        used += gap + own
    return lines


_FINER: dict[str, str] = {"quad": "rel", "rel": "bin", "bin": "punct", "punct": "ord"}
"""Wide space or class of atoms to break before -> what to try where that was not enough."""


def _fitting(parts: list[_Part], kind: str, width: int) -> list[list[_Part]]:
    """Pieces from one atom of a class to the next; those too wide cut where it binds more."""
    finer = _FINER.get(kind)
    found: list[list[_Part]] = []
    for piece in _pieces(parts, kind):
        if finer is None or _width(piece) <= width - _INDENT:
            found.append(piece)
        else:
            found += _fitting(piece, finer, width)
    return found


def _pieces(parts: list[_Part], kind: str) -> list[list[_Part]]:
    """Parts cut before each wide space or atom of a class; after it for punctuation.

    Not within brackets.
    """
    pieces: list[list[_Part]] = []
    last: str | None = None
    level = 0
    for part in parts:
        starts = last == kind if kind == "punct" else part.kind == kind and last != kind
        if kind == "quad":
            starts = part.gap >= COLUMNS_PER_EM
        inside = level > 0 and kind in ("quad", "rel", "bin")
        if not pieces or part.starts_line or (starts and not inside):
            pieces.append([])
        pieces[-1].append(part)
        level = max(0, level + (part.kind == "open") - (part.kind == "close"))
        last = part.kind
    return pieces


def _width(parts: list[_Part]) -> int:
    """Columns of parts that begin a line."""
    return sum([part.gap + part.box.width for part in parts]) - (parts[0].gap if parts else 0)


def _joined(parts: list[_Part]) -> Box:
    """Parts on one line."""
    boxes: list[Box] = []
    for index, part in enumerate(parts):
        boxes += [spaces(part.gap if index else 0), part.box]
    return beside(boxes)


def _indented(box: Box, index: int) -> Box:
    """A line of a broken formula; all but the first are indented."""
    return beside([spaces(_INDENT), box]) if index else box


def _spaced(boxes: list[Box]) -> Box:
    """Lines under one another, with blank ones between where some are more than one high."""
    airy = any(box.height > 1 for box in boxes)
    parts: list[Box] = []
    for index, box in enumerate(boxes):
        if index and airy:
            parts.append(spaces(1))
        parts.append(box)
    return above(parts, 0, align="l")
