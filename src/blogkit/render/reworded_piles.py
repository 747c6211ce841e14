r"""Fractions, roots, stacks and long arrows in the commands that both engines have."""

from dataclasses import replace

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.render.dialects import Dialect
from blogkit.render.reworded_signs import DELIMITERS
from blogkit.render.wording import braced, group


def fenced(node: Node, dialect: Dialect) -> Node:
    r"""`\left⟦` is no delimiter of MathJax: then the brackets stand there in their one size."""
    assert isinstance(node, nodes.Fenced)
    if isinstance(node.left, nodes.Delimiter) and isinstance(node.right, nodes.Delimiter):
        return node
    sides = [
        side if not isinstance(side, nodes.Delimiter) else _sizeless(side)
        for side in (node.left, node.right)
    ]
    items = tuple(_sizeless(item) for item in node.body.items)
    return group(node, sides[0], *items, sides[1])


def _sizeless(node: Node) -> Node:
    r"""A delimiter of a fence that is given up, in the size of text."""
    if not isinstance(node, nodes.Delimiter) or node.command not in (
        "\\left",
        "\\right",
        "\\middle",
    ):
        return node
    return group(node) if not node.text else nodes.Atom(node.span, node.latex, node.text, node.kind)


def fraction(node: Node, dialect: Dialect) -> Node:
    r"""`a \over b` as `\frac{a}{b}`, its kin as `\genfrac`."""
    assert isinstance(node, nodes.Fraction)
    if not node.infix and node.command not in ("\\genfrac", "\\cfrac"):
        return node
    node = replace(
        node,
        numerator=braced(node.numerator),
        denominator=braced(node.denominator),
        infix=False,
    )
    if node.command == "\\cfrac":
        known = node.argument in ("", "[l]", "[r]", "[c]")
        return replace(node, argument=node.argument if known else "")
    style = node.argument.rpartition("{")[2].rstrip("}") if node.command == "\\genfrac" else ""
    style = style if style in ("0", "1", "2", "3") else ""
    fences = [DELIMITERS.get(side, side) if side else "" for side in (node.left, node.right)]
    if node.rule and not style and not any(fences):
        return replace(node, command="\\frac", argument="")
    if dialect.is_small and not {*fences} <= {"", "(", ")", "[", "]"}:
        return _fenced_pile(node, fences, style)
    return _generalized(node, fences, style)


def _generalized(node: nodes.Fraction, fences: list[str], style: str) -> nodes.Fraction:
    thickness = "" if node.rule else "0pt"
    argument = f"{{{fences[0]}}}{{{fences[1]}}}{{{thickness}}}{{{style}}}"
    return replace(node, command="\\genfrac", argument=argument)


def _fenced_pile(node: nodes.Fraction, fences: list[str], style: str) -> Node:
    r"""A pile between delimiters that `\genfrac` of math-core does not take."""
    pile = _generalized(node, ["", ""], style)
    left, right = fences[0] or ".", fences[1] or "."
    return nodes.Fenced(
        node.span,
        nodes.Delimiter(node.span, "\\left", left, left, "open"),
        Row(node.span, (pile,)),
        nodes.Delimiter(node.span, "\\right", right, right, "close"),
    )


def root(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Root)
    return replace(node, command="\\sqrt", body=braced(node.body))


def stack(node: Node, dialect: Dialect) -> Node:
    r"""`\overunderset` as two; `\cancelto{0}{x}` for math-core as x struck out, with a script."""
    assert isinstance(node, nodes.Stack)
    if node.command == "\\cancelto" and dialect.is_small and node.over is not None:
        struck = nodes.Box(node.span, "\\cancel", "", braced(node.base))
        return nodes.Scripts(node.span, struck, None, braced(node.over))
    if node.over is None or node.under is None:
        return node
    inner = nodes.Stack(node.span, "\\underset", braced(node.base), None, braced(node.under))
    return nodes.Stack(node.span, "\\overset", group(node, inner), braced(node.over), None)


_ARROWS = {"\\xrightleftarrows": "⇄", "\\xrightequilibrium": "⇌", "\\xleftequilibrium": "⇋"}
_NOT_IN_MATHJAX = {
    "\\xlongequal": "=",
    "\\xtwoheadrightarrow": "↠",
    "\\xtwoheadleftarrow": "↞",
    "\\xtofrom": "⇄",
    **_ARROWS,
}


def arrow(node: Node, dialect: Dialect) -> Node:
    """An arrow that does not grow, with what is written over and under it."""
    assert isinstance(node, nodes.Arrow)
    sign = (_ARROWS if dialect.is_small else _NOT_IN_MATHJAX).get(node.command)
    if sign is None:
        return replace(node, above=braced(node.above))
    shown = nodes.Atom(node.span, sign, sign, "rel")
    over = nodes.Stack(node.span, "\\stackrel", group(node, shown), braced(node.above), None)
    if node.below is None:
        return over
    return nodes.Stack(node.span, "\\underset", group(node, over), None, braced(node.below))
