r"""Accents, faces, sizes and colours in the commands that both engines have."""

from dataclasses import replace

from blogkit.latex import nodes
from blogkit.latex.nodes import Node
from blogkit.render.characters import plain_text, with_mark
from blogkit.render.colors import hex_of
from blogkit.render.dialects import Dialect
from blogkit.render.wording import braced, group, words

_ACCENTS = {
    "\\Hat": "\\hat", "\\Check": "\\check", "\\Tilde": "\\tilde", "\\Acute": "\\acute",
    "\\Grave": "\\grave", "\\Dot": "\\dot", "\\Ddot": "\\ddot", "\\Breve": "\\breve",
    "\\Bar": "\\bar", "\\Vec": "\\vec", "\\widecheck": "\\check", "\\overarc": "\\overparen",
    "\\wideparen": "\\overparen", "\\overgroup": "\\overparen", "\\overlinesegment": "\\overline",
    "\\Overrightarrow": "\\overrightarrow", "\\overleftharpoon": "\\overleftarrow",
    "\\overrightharpoon": "\\overrightarrow", "\\underbar": "\\underline",
    "\\underarc": "\\underparen", "\\undergroup": "\\underparen",
    "\\underlinesegment": "\\underline",
}  # fmt: skip


def accent(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Accent)
    if node.command == "\\utilde":
        tilde = nodes.Atom(node.span, "\\sim", "∼", "rel")
        return nodes.Stack(node.span, "\\underset", braced(node.body), None, group(node, tilde))
    if node.command == "\\widetilde" and dialect.is_small:
        return replace(node, command="\\tilde")
    if len(node.command) == 2 or node.command == "\\textcircled":  # an accent of text
        return words(node, with_mark(plain_text(node.body), node.text), dialect)
    return replace(node, command=_ACCENTS.get(node.command, node.command))


_FONTS = {
    "\\bm": "\\boldsymbol", "\\bold": "\\mathbf", "\\mathbbm": "\\mathbb", "\\mathds": "\\mathbb",
    "\\Bbb": "\\mathbb", "\\frak": "\\mathfrak", "\\mathup": "\\mathrm",
    "\\pmb": "\\boldsymbol", "\\mathsfit": "\\mathsf", "\\mathbfit": "\\boldsymbol",
    "\\mathbfcal": "\\boldsymbol", "\\bfseries": "\\bf", "\\rmfamily": "\\rm", "\\itshape": "\\it",
    "\\sffamily": "\\sf", "\\ttfamily": "\\tt", "\\sl": "\\it", "\\em": "\\it", "\\sc": "\\rm",
}  # fmt: skip
_SWITCHED = {"\\boldmath": "\\boldsymbol", "\\scr": "\\mathscr"}
_NO_FONTS = frozenset(["\\normalfont", "\\unboldmath", "\\mit", "\\mathnormal"])


def font(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Font)
    if node.command in _NO_FONTS:
        return braced(node.body)
    if node.command in _SWITCHED:
        return replace(node, command=_SWITCHED[node.command], switch=False, body=braced(node.body))
    return replace(node, command=_FONTS.get(node.command, node.command))


_STYLES = ("\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle")
_SIZES = {"\\sixptsize": "\\tiny", "\\footnotesize": "\\small"}


def style(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Style)
    if node.command in _STYLES:
        return node
    if dialect.is_small or node.command == "\\begingroup":
        return braced(node.body)
    return replace(node, command=_SIZES.get(node.command, node.command))


def color(node: Node, dialect: Dialect) -> Node:
    """The colour by its digits; a colour that nobody knows changes nothing."""
    assert isinstance(node, nodes.Color)
    digits = hex_of(node.color)
    if not digits:
        return braced(node.body)
    color = f"[HTML]{{{digits.upper()}}}" if dialect.is_small else f"{{#{digits}}}"
    return group(
        node, nodes.Color(node.span, "\\color", color, replace(node.body, braced=False), True)
    )
