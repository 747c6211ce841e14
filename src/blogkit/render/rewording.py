r"""Formulas in the commands that every renderer knows: `\substack` as a matrix, `\dotsb` as `⋯`.

math-core reads less of LaTeX than blog authors write. What it rejects is written again from the
layout tree, in its own commands, before the reader is shown bare LaTeX: some beauty may be lost
(the tilde over a word is narrow), no sign is. Imports `latex` only.
"""

from collections.abc import Callable
from dataclasses import fields, replace

from blogkit.latex import nodes, parse, to_latex
from blogkit.latex.nodes import Node, Row


def reworded(latex: str) -> str:
    r"""LaTeX that says the same in fewer commands, macros expanded.

    >>> reworded(r"\sum_{\substack{i\\j}} \text{若 $x$}")
    '\\sum_{\\begin{matrix}\\scriptstyle i\\\\ \\scriptstyle j\\end{matrix}}{\\text{若 }x}'
    >>> reworded(r"\mathop{\rm lim}\limits_x \rlap{/}k")
    '\\mathop{\\rm lim}_x{\\text{/}}k'
    """
    return to_latex(_rewritten(parse(latex).tree))


def _rewritten(node: Node) -> Node:
    """A tree with each node in common commands, from the leaves up."""
    changed: dict[str, object] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            changed[field.name] = _rewritten(value)
        elif isinstance(value, tuple) and any(isinstance(item, Node) for item in value):
            changed[field.name] = tuple(_rewritten(item) for item in value)
    whole: Node = replace(node, **changed) if changed else node  # type: ignore[arg-type]
    rewrite = _REWRITES.get(type(whole))
    return rewrite(whole) if rewrite else whole


def _group(node: Node, *items: Node) -> Row:
    return Row(node.span, items, braced=True)


def _scripts(node: Node) -> Node:
    assert isinstance(node, nodes.Scripts)
    known = isinstance(node.base, (nodes.Operator, nodes.OperatorName))
    return node if known else replace(node, placement="")


_ENVIRONMENTS = {"split": "aligned", "multlined": "gathered"}
_SMALL = ("\\substack", "subarray")


def _array(node: Node) -> Node:
    assert isinstance(node, nodes.Array)
    if node.environment in _SMALL:
        return _small(replace(node, environment="matrix", argument=""))
    name = _ENVIRONMENTS.get(node.environment, node.environment).removesuffix("*")
    if "smallmatrix" in name:
        return _small(replace(node, environment=name.replace("small", ""), argument=""))
    unaligned = node.environment.endswith("*") and "matrix" in name
    return replace(node, environment=name, argument="" if unaligned else node.argument)


def _small(node: nodes.Array) -> nodes.Array:
    """An array with its cells as small as scripts, which no table is by itself."""
    rows = [
        replace(row, cells=tuple([_in_script_size(cell) for cell in row.cells]))
        for row in node.rows
    ]
    return replace(node, rows=tuple(rows))


def _in_script_size(cell: Row) -> Row:
    return replace(cell, items=(nodes.Style(cell.span, "\\scriptstyle", cell),))


def _text(node: Node) -> Node:
    r"""Words with math among them, taken apart: `\text{若 }x`."""
    assert isinstance(node, nodes.Text)
    parts: list[Node] = []
    for item in node.body.items:
        if isinstance(item, nodes.Math):
            parts.extend(item.body.items)
        else:
            parts.append(nodes.Text(item.span, "\\text", _group(item, item)))
    plain = node.command in ("\\hbox", "\\mbox")
    has_math = any(isinstance(item, nodes.Math) for item in node.body.items)
    return _group(node, *parts) if has_math or plain else node


def _atom(node: Node) -> Node:
    """A sign whose name is seldom known, as the character that it is."""
    assert isinstance(node, nodes.Atom)
    dots = {"…": "\\ldots", "⋯": "\\cdots"}.get(node.text, "")
    seldom = node.latex.startswith(("\\dots", "\\unicode", "\\char"))
    return replace(node, latex=dots or node.text) if seldom else node


_UPRIGHT = {
    "\\varlimsup": "\\limsup",
    "\\varliminf": "\\liminf",
    "\\varinjlim": "\\mathop{\\mathrm{inj\\,lim}}",
    "\\varprojlim": "\\mathop{\\mathrm{proj\\,lim}}",
}


def _operator(node: Node) -> Node:
    assert isinstance(node, nodes.Operator)
    return replace(node, latex=_UPRIGHT.get(node.latex, node.latex))


_ACCENTS = {"\\widetilde": "\\tilde", "\\widecheck": "\\check", "\\utilde": "\\underline"}


def _accent(node: Node) -> Node:
    assert isinstance(node, nodes.Accent)
    return replace(node, command=_ACCENTS.get(node.command, node.command))


def _font(node: Node) -> Node:
    assert isinstance(node, nodes.Font)
    return replace(node, command="\\boldsymbol") if node.command == "\\pmb" else node


def _box(node: Node) -> Node:
    """A frame stays; a coloured ground and extents do not."""
    assert isinstance(node, nodes.Box)
    if node.command == "\\fcolorbox":
        return replace(node, command="\\boxed", argument="")
    return _words(node) if node.command == "\\colorbox" else node


def _words(node: Node) -> Node:
    """What a box holds, alone: its characters are words."""
    assert isinstance(node, (nodes.Box, nodes.Phantom, nodes.Shift))
    items = [
        nodes.Text(item.span, "\\text", _group(item, item))
        if isinstance(item, nodes.Chars)
        else item
        for item in node.body.items
    ]
    return _group(node, *items)


def _phantom(node: Node) -> Node:
    assert isinstance(node, nodes.Phantom)
    return _words(node) if node.visible else node


def _stack(node: Node) -> Node:
    r"""`\cancelto{0}{x}`: x struck out, with what becomes of it as its superscript."""
    assert isinstance(node, nodes.Stack)
    if node.command != "\\cancelto" or node.over is None:
        return node
    struck = nodes.Box(node.span, "\\cancel", "", replace(node.base, braced=True))
    return nodes.Scripts(node.span, struck, None, replace(node.over, braced=True))


def _fenced(node: Node) -> Node:
    assert isinstance(node, nodes.Fenced)
    left, right = (_delimiter(side) for side in (node.left, node.right))
    return replace(node, left=left, right=right)


def _delimiter(node: nodes.Delimiter) -> nodes.Delimiter:
    names = {"<": "\\langle", ">": "\\rangle"}
    return replace(node, latex=names.get(node.latex, node.latex))


def _body(node: Node) -> Node:
    """What a size switch, a link or a class bears, without it."""
    assert isinstance(node, (nodes.Style, nodes.Link))
    if isinstance(node, nodes.Style):
        return node if node.command in _STYLES else replace(node.body, braced=True)
    return node if node.body is None else replace(node.body, braced=True)


_STYLES = ("\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle")


def _nothing(node: Node) -> Node:
    return Row(node.span, (), braced=True)


_REWRITES: dict[type[Node], Callable[[Node], Node]] = {
    nodes.Scripts: _scripts,
    nodes.Array: _array,
    nodes.Text: _text,
    nodes.Atom: _atom,
    nodes.Operator: _operator,
    nodes.Accent: _accent,
    nodes.Font: _font,
    nodes.Box: _box,
    nodes.Phantom: _phantom,
    nodes.Shift: _words,
    nodes.Stack: _stack,
    nodes.Fenced: _fenced,
    nodes.Style: _body,
    nodes.Link: _body,
    nodes.Rule: _nothing,
    nodes.Directive: _nothing,
    nodes.Definition: _nothing,
}
"""Kind of node -> how it is written in common commands; others stay."""
