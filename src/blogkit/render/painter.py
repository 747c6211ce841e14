r"""The painter: a layout tree into a box, one short function for each kind of node.

Functions that draw register themselves by `@draws`; they stand by construct in `fractions`,
`scripts`, `accents`, `tables` and `words`. Walks take two or three frames a group, so that a tree
of `MAX_DEPTH` stays within Python's own limit.
"""

from __future__ import annotations

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.render.boxes import EMPTY, Box, above, beside, line, spaces
from blogkit.render.glyphs import glyph, words_touch
from blogkit.render.settings import Setting, in_face, in_style
from blogkit.render.spacing import columns, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias, TypeVar

    Drawer: TypeAlias = Callable[["Painter", Any, Setting], Box]
    """Draws one kind of node."""
    D = TypeVar("D", bound=Drawer)

DRAWERS: dict[type[Node], Drawer] = {}
"""Class of a node -> what draws it."""


def draws(*kinds: type[Node]) -> Callable[[D], D]:
    """Registers a function as the one that draws nodes of these classes."""

    def register(drawer: D) -> D:
        DRAWERS.update((kind, drawer) for kind in kinds)
        return drawer

    return register


class Painter:
    """Draws nodes in Unicode, or in ASCII."""

    def __init__(self, *, ascii: bool = False) -> None:
        self.ascii = ascii

    def draw(self, node: Node, setting: Setting) -> Box:
        """One node."""
        return DRAWERS[type(node)](self, node, setting)

    def row(self, row: Row, setting: Setting, *, after_atom: bool = False) -> Box:
        """A row in line; more than one line where it has `\\\\` in it.

        Args:
            row: what is drawn.
            setting: the setting that it starts in.
            after_atom: whether it is spaced as if an empty group stood before it, as amsmath does
                at the start of every second column.
        """
        items: Sequence[Node] = row.items
        if after_atom and items:
            items = (Row(items[0].span, (), True), *items)
        boxes: list[Box] = []
        finished: list[Box] = []
        for node, its, gap, _ in placed(items, setting):
            if type(node) is nodes.NewLine:
                finished.append(beside(boxes))
                boxes = []
                continue
            gap = gap if boxes or not finished else 0
            box = DRAWERS[type(node)](self, node, its)
            self.append(boxes, box, gap)
        if finished:
            return above([*finished, beside(boxes)], 0, align="l")
        return beside(boxes)

    def append(self, boxes: list[Box], box: Box, gap: int) -> None:
        """Puts a box after others, with space before it where asked for or needed."""
        if not box.width:
            if gap:
                boxes.append(spaces(gap))
            return
        if not gap and boxes:
            before = boxes[-1]
            left, right = before.lines[before.baseline], box.lines[box.baseline]
            gap = int(words_touch(left, right, ascii=self.ascii))
        if gap:
            boxes.append(spaces(gap))
        boxes.append(box)

    def sign(self, text: str, face: str = "") -> Box:
        """A box of one symbol or word."""
        return line(glyph(text, face, ascii=self.ascii))


@draws(Row)
def _group(painter: Painter, node: Row, setting: Setting) -> Box:
    return painter.row(node, setting)


@draws(nodes.Atom)
def _atom(painter: Painter, node: nodes.Atom, setting: Setting) -> Box:
    return line(glyph(node.text, setting.face, ascii=painter.ascii))


@draws(nodes.Negation)
def _negation(painter: Painter, node: nodes.Negation, setting: Setting) -> Box:
    if painter.ascii and len(node.text) > 1:
        return line("\\not" + glyph(node.body.text, ascii=True))
    return painter.sign(node.text)


@draws(nodes.Operator)
def _operator(painter: Painter, node: nodes.Operator, setting: Setting) -> Box:
    return line(glyph(node.text, ascii=painter.ascii))


@draws(nodes.OperatorName, nodes.Classed, nodes.Color)
def _body(
    painter: Painter, node: nodes.OperatorName | nodes.Classed | nodes.Color, setting: Setting
) -> Box:
    return painter.row(node.body, setting)


@draws(nodes.Font)
def _font(painter: Painter, node: nodes.Font, setting: Setting) -> Box:
    return painter.row(node.body, in_face(setting, node.command))


@draws(nodes.Style)
def _style(painter: Painter, node: nodes.Style, setting: Setting) -> Box:
    return painter.row(node.body, in_style(setting, node.command))


@draws(nodes.Choice)
def _choice(painter: Painter, node: nodes.Choice, setting: Setting) -> Box:
    if setting.script:
        return painter.row(node.script, setting)
    return painter.row(node.display if setting.display else node.text, setting)


@draws(nodes.Environment)
def _environment(painter: Painter, node: nodes.Environment, setting: Setting) -> Box:
    return painter.row(node.body, setting)


@draws(nodes.Space)
def _space(painter: Painter, node: nodes.Space, setting: Setting) -> Box:
    return spaces(columns(node.width_em))


@draws(nodes.NewLine, nodes.Directive, nodes.Definition)
def _nothing(painter: Painter, node: Node, setting: Setting) -> Box:
    return EMPTY
