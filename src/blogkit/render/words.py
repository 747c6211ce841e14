r"""Drawing text within math, and what is no math: tags, links, what could not be read."""

from blogkit.latex import nodes
from blogkit.latex.nodes import Node
from blogkit.render.boxes import EMPTY, Box, beside, line, spaces
from blogkit.render.glyphs import glyph, shown_text
from blogkit.render.painter import Painter, draws
from blogkit.render.settings import Setting, in_face, in_text


@draws(nodes.Text)
def _text(painter: Painter, node: nodes.Text, setting: Setting) -> Box:
    """Text in line; spaces count, and classes don't."""
    its = in_face(in_text(setting), node.command)
    boxes: list[Box] = []
    _words(painter, node.body.items, its, boxes)
    return beside(boxes)


def _words(painter: Painter, items: tuple[Node, ...], setting: Setting, boxes: list[Box]) -> None:
    for item in items:
        if isinstance(item, nodes.Font) and item.switch:
            _words(painter, item.body.items, in_face(setting, item.command), boxes)
        elif isinstance(item, (nodes.Style, nodes.Color)) or type(item) is nodes.Row:
            _words(painter, _items(item), setting, boxes)
        else:
            boxes.append(painter.draw(item, setting))


def _items(node: Node) -> tuple[Node, ...]:
    return node.body.items if isinstance(node, (nodes.Style, nodes.Color)) else node.children


@draws(nodes.Chars)
def _chars(painter: Painter, node: nodes.Chars, setting: Setting) -> Box:
    return line(glyph(shown_text(node.text), setting.face, ascii=painter.ascii))


@draws(nodes.Math)
def _math(painter: Painter, node: nodes.Math, setting: Setting) -> Box:
    return painter.row(node.body, setting)


@draws(nodes.Verbatim)
def _verbatim(painter: Painter, node: nodes.Verbatim, setting: Setting) -> Box:
    return painter.sign(shown_text(node.text))


@draws(nodes.Tag)
def _tag(painter: Painter, node: nodes.Tag, setting: Setting) -> Box:
    if node.body is None:
        return EMPTY
    body = painter.row(node.body, in_text(setting))
    return body if node.command.endswith("*") else beside([line("("), body, line(")")])


@draws(nodes.Modulo)
def _modulo(painter: Painter, node: nodes.Modulo, setting: Setting) -> Box:
    body = painter.row(node.body, setting)
    word = "" if node.command == "\\pod" else "mod "
    if node.command == "\\mod":
        return beside([spaces(2), line(word), body])
    return beside([spaces(2), line("(" + word), body, line(")")])


@draws(nodes.Link)
def _link(painter: Painter, node: nodes.Link, setting: Setting) -> Box:
    if node.body is None:
        return painter.sign(shown_text(node.url))
    return painter.row(node.body, setting)


@draws(nodes.Reference)
def _reference(painter: Painter, node: nodes.Reference, setting: Setting) -> Box:
    """A reference as its key; a label draws nothing."""
    return painter.sign(reference_text(node))


def reference_text(node: nodes.Reference) -> str:
    r"""What stands for a reference where the number is not known.

    >>> from blogkit.latex import parse
    >>> reference_text(parse(r"\eqref{eq:p}").tree.items[0])
    '(eq:p)'
    """
    marks = {"\\label": "", "\\eqref": "({})", "\\cite": "[{}]"}.get(node.command, "{}")
    return marks.format(shown_text(node.key))


@draws(nodes.Rule)
def _rule(painter: Painter, node: nodes.Rule, setting: Setting) -> Box:
    """A rule as a bar; a strut, which has no width, as nothing."""
    strut = "{0pt}" in node.latex or "{0em}" in node.latex
    return EMPTY if strut else line("_" if painter.ascii else "▬")


@draws(nodes.Unknown, nodes.Raw)
def _unread(painter: Painter, node: nodes.Unknown | nodes.Raw, setting: Setting) -> Box:
    """LaTeX that has no meaning here, as it was written."""
    return painter.sign(shown_text(node.latex))
