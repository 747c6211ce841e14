r"""`to_text`: a formula drawn with characters, for a terminal.

    ∑ over its range, fractions stacked, brackets as high as what they hold

It exists because the best peer draws 69 % of real formulas, and breaks on Chinese. Boxes are put
together by TeX's rules (TeXbook, appendix G) on a grid of columns and rows.
"""

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.render import accents, fractions, scripts, tables, words
from blogkit.render.boxes import Box, TooLargeError, above, beside, spaces
from blogkit.render.painter import DRAWERS, Painter
from blogkit.render.settings import Setting, in_display
from blogkit.render.spacing import Placed, placed
from blogkit.render.tables import ALIGNED

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


class _Breaker:
    """Draws a formula over several lines: broken at relations, then at binary operators."""

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
        items = placed(row.items, setting)
        lines = self._broken(items)
        return _spaced([_indented(line, index) for index, line in enumerate(lines)])

    def _broken(self, items: list[Placed]) -> list[Box]:
        """Lines of a row, each as full as the pieces let it be."""
        lines: list[Box] = []
        waiting: list[Placed] = []
        for piece in self._fitting(items, "rel"):
            room = self.width - _INDENT * bool(lines)
            if waiting and self._drawn(waiting + piece).width > room:
                lines.append(self._drawn(waiting))
                waiting = []
            waiting = waiting + piece
        return [*lines, self._drawn(waiting)]

    def _fitting(self, items: list[Placed], kind: str) -> list[list[Placed]]:
        """Pieces from one atom of a class to the next; those too wide cut where it binds more."""
        finer = _FINER.get(kind)
        found: list[list[Placed]] = []
        for piece in _pieces(items, kind):
            if finer is None or self._drawn(piece).width <= self.width - _INDENT:
                found.append(piece)
            else:
                found += self._fitting(piece, finer)
        return found

    def _drawn(self, items: list[Placed]) -> Box:
        boxes: list[Box] = []
        for index, (node, its, gap, _) in enumerate(items):
            if type(node) is not nodes.NewLine:
                box = DRAWERS[type(node)](self.painter, node, its)
                self.painter.append(boxes, box, gap if index else 0)
        return beside(boxes)


_FINER = {"rel": "bin", "bin": "punct", "punct": "ord"}
"""Class of atoms to break before -> the one to try where that was not enough."""


def _pieces(items: list[Placed], kind: str) -> list[list[Placed]]:
    """Items cut before each atom of a class; after it for punctuation."""
    pieces: list[list[Placed]] = [[]]
    last = ""
    level = 0
    for item in items:
        found = item[3]
        starts = last == kind if kind == "punct" else found == kind and last != kind
        starts = starts or type(item[0]) is nodes.NewLine
        if pieces[-1] and starts and (level == 0 or kind in ("punct", "ord")):
            pieces.append([])
        pieces[-1].append(item)
        level = max(0, level + (found == "open") - (found == "close"))
        last = found or ""
    return pieces


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
