r"""Boxes, spaces, links and what has no place in a formula alone, as the engines can show it."""

from dataclasses import replace

from blogkit.latex import nodes
from blogkit.latex.nodes import Node
from blogkit.render.characters import plain_text, with_mark
from blogkit.render.colors import hex_of
from blogkit.render.dialects import Dialect
from blogkit.render.wording import braced, group, words
from blogkit.render.words import reference_text


def box(node: Node, dialect: Dialect) -> Node:
    """Frames and strikes stay; what an engine lacks is the nearest that it has."""
    assert isinstance(node, nodes.Box)
    if node.command in ("\\circled", "\\textcircled") and plain_text(node.body):
        return words(node, with_mark(plain_text(node.body), "\u20dd"), dialect)
    return (_box_of_math_core if dialect.is_small else _box_of_mathjax)(node, dialect)


_ENCLOSURES = {
    "\\phase": "{phasorangle}",
    "\\angl": "{actuarial}",
    "\\sout": "{horizontalstrike}",
}


def _box_of_mathjax(node: nodes.Box, dialect: Dialect) -> Node:
    body = braced(node.body)
    if node.command in _ENCLOSURES:
        argument = _ENCLOSURES[node.command]
        return replace(node, command="\\enclose", argument=argument, body=body)
    if node.command in ("\\fbox", "\\framebox"):
        return replace(node, command="\\boxed", argument="", body=body)
    if node.command in ("\\colorbox", "\\fcolorbox"):
        digits = hex_of("{" + node.argument.rpartition("{")[2])
        if digits:
            return replace(node, command="\\bbox", argument=f"[#{digits},3pt]", body=body)
    return body if node.command in ("\\colorbox", "\\fcolorbox", "\\reflectbox") else node


def _box_of_math_core(node: nodes.Box, dialect: Dialect) -> Node:
    body = braced(node.body)
    if node.command == "\\sout":
        chars = (part for part in nodes.walk(node.body) if isinstance(part, nodes.Chars))
        struck = nodes.Text(node.span, "\\sout", group(node, *chars))
        return nodes.Text(node.span, "\\text", group(node, struck))
    crossed = "strike" in node.argument and node.command == "\\enclose"
    if node.command in ("\\cancel", "\\bcancel", "\\xcancel") or crossed:
        return replace(
            node, command="\\cancel" if crossed else node.command, argument="", body=body
        )
    framed = ("\\boxed", "\\fbox", "\\framebox", "\\fcolorbox", "\\enclose", "\\angl")
    if node.command in framed or (node.command == "\\bbox" and "border" in node.argument):
        return replace(node, command="\\boxed", argument="", body=body)
    return body


_LAPS = {"\\llap": "\\mathllap", "\\rlap": "\\mathrlap", "\\clap": "\\mathclap"}


def phantom(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Phantom)
    body = braced(node.body)
    if node.visible and dialect.is_small:
        return body
    argument = node.argument if node.argument in ("[t]", "[b]", "[tb]") else ""
    return replace(
        node, command=_LAPS.get(node.command, node.command), argument=argument, body=body
    )


def shift(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Shift)
    body = braced(node.body)
    length = node.argument.strip("{} ")
    if dialect.is_small or node.command.startswith("\\move") or node.command == "\\vcenter":
        return body
    command = "\\raise" if node.command == "\\raisebox" else node.command
    return replace(node, command=command, argument=f"{length} ", body=body)


def link(node: Node, dialect: Dialect) -> Node:
    r"""A link's words; MathJax links them, but not what is no address of the web."""
    assert isinstance(node, nodes.Link)
    shown = node.url.replace("\\%", "%")
    body = (
        node.body if node.body is not None else group(node, words(node, shown, dialect, "\\texttt"))
    )
    keeps = node.command in ("\\href", "\\url", "\\class", "\\cssId", "\\style")
    if dialect.is_small or not keeps:
        return braced(body)
    command = "\\href" if node.command == "\\url" else node.command
    return replace(node, command=command, body=braced(body))


def reference(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Reference)
    text = reference_text(node)
    return words(node, text, dialect) if text else group(node)


def verbatim(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Verbatim)
    return words(node, node.text, dialect, "\\texttt")


def chars(node: Node, dialect: Dialect) -> Node:
    """Words that strayed into math."""
    assert isinstance(node, nodes.Chars)
    return words(node, node.text, dialect)


def classed(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Classed)
    return braced(node.body) if node.command == "\\ensuremath" else node


_WIDE = ("\\hfill", "\\hfil", "\\hss")


def directive(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Directive)
    return nodes.Space(node.span, "\\quad", 1.0) if node.command in _WIDE else group(node)


_SPACES = frozenset(
    [r"\,", r"\:", r"\>", r"\;", r"\!", "~", r"\ ", r"\quad", r"\qquad", r"\enspace"]
)


def space(node: Node, dialect: Dialect) -> Node:
    """A space by its width where its name is seldom known."""
    assert isinstance(node, nodes.Space)
    if node.latex in _SPACES:
        return node
    width = f"{node.width_em:.4f}".rstrip("0").rstrip(".")
    return replace(node, latex=f"\\hspace{{{width}em}}") if node.width_em else group(node)


def rule(node: Node, dialect: Dialect) -> Node:
    return group(node) if dialect.is_small else node


def environment(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Environment)
    return braced(node.body)
