r"""Formulas in commands that the drawing engines know: `\bm` as `\boldsymbol`, macros expanded.

The engines are given what blogkit has read, printed in their own dialect, and not what the author
wrote: so a picture says what the text says, whatever an engine makes of a command. What an engine
lacks is written in other commands; some beauty may be lost (the tilde over a word is narrow in
MathML), no sign is. Imports `latex` only.
"""

from collections.abc import Callable
from dataclasses import fields, replace

from blogkit.latex import nodes, to_latex
from blogkit.latex.nodes import Node
from blogkit.render import reworded_boxes as boxes
from blogkit.render import reworded_looks as looks
from blogkit.render import reworded_piles as piles
from blogkit.render import reworded_signs as signs
from blogkit.render.characters import plain_text
from blogkit.render.dialects import STAND_INS, Dialect
from blogkit.render.reworded_arrays import array
from blogkit.render.wording import group, pieces, words

Rewrite = Callable[[Node, Dialect], Node]


def reworded(node: Node, dialect: Dialect) -> Node:
    r"""A tree in the dialect of an engine.

    >>> from blogkit.latex import parse, to_latex
    >>> from blogkit.render.dialects import MATH_CORE, MATHJAX
    >>> tree = parse(r"\bm{x} \argmin \text{若 $x$} \sum_{\substack{i\\j}}").tree
    >>> to_latex(reworded(tree, MATHJAX))
    '\\boldsymbol{x}\\operatorname*{arg\\,min}{\\text{若 }{x}}\\sum_{\\substack{i\\\\ j}}'
    >>> to_latex(reworded(parse(r"\rlap{/}k\mathop{\rm lim}\limits_x").tree, MATH_CORE))
    '{\\text{/}}k\\underset{x}{\\mathop{\\rm lim}}'
    """
    if isinstance(node, nodes.Text):
        parts = pieces(node, dialect, lambda part: reworded(part, dialect))
        return parts[0] if len(parts) == 1 else group(node, *parts)
    if isinstance(node, (nodes.Box, nodes.Phantom, nodes.Shift)) and _holds_words(node.body):
        parts = pieces(_text(node), dialect, lambda part: reworded(part, dialect))
        boxed = replace(node, body=group(node, *parts))
        return _REWRITES[type(boxed)](boxed, dialect)
    if isinstance(node, nodes.Tag):
        return _number(node, dialect)
    changed: dict[str, object] = {}
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            changed[name] = reworded(value, dialect)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            changed[name] = tuple([reworded(item, dialect) for item in value])
    whole: Node = replace(node, **changed) if changed else node  # type: ignore[arg-type]
    rewrite = _REWRITES.get(type(whole))
    return rewrite(whole, dialect) if rewrite else whole


def _holds_words(row: nodes.Row) -> bool:
    return any(isinstance(item, (nodes.Chars, nodes.Math, nodes.Text)) for item in row.items)


def _text(node: nodes.Box | nodes.Phantom | nodes.Shift) -> nodes.Text:
    return nodes.Text(node.span, "\\text", node.body)


def _fields(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a node that may hold nodes."""
    if kind not in _FIELDS:
        names = (field.name for field in fields(kind))
        _FIELDS[kind] = tuple(name for name in names if name not in _PLAIN)
    return _FIELDS[kind]


_FIELDS: dict[type[Node], tuple[str, ...]] = {}
_PLAIN = ("span", "command", "latex", "text", "kind", "argument", "braced", "placement")


def _nothing(node: Node, dialect: Dialect) -> Node:
    return group(node)


def _number(node: nodes.Tag, dialect: Dialect) -> Node:
    """The number of a line as words."""
    if node.body is None:
        return group(node)
    text = plain_text(node.body)
    return words(node, text if node.command.endswith("*") else f"({text})", dialect)


def _source(node: Node, dialect: Dialect) -> Node:
    """LaTeX that nobody can read, as it was written."""
    assert isinstance(node, (nodes.Unknown, nodes.Raw))
    return source(node, node.latex, dialect)


SOURCE = ("\ue001", "\ue002")
"""What stands around LaTeX that is shown as it was written."""


def source_text(node: Node) -> str:
    """LaTeX of a part that was reworded already, without private characters and marks."""
    latex = to_latex(node)
    for char, stand_in in STAND_INS.items():
        latex = latex.replace(stand_in, char)
    return latex.translate(dict.fromkeys(map(ord, SOURCE)))


def source(node: Node, latex: str, dialect: Dialect) -> Node:
    """LaTeX shown as it was written, marked; characters that can't be shown as U+FFFD."""
    text = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(latex.split()))
    if dialect.is_small:
        return words(node, f"{SOURCE[0]}{text}{SOURCE[1]}", dialect)
    shown = words(node, text, dialect, "\\texttt")
    return nodes.Link(node.span, "\\class", "latex-source", group(node, shown))


_REWRITES: dict[type[Node], Rewrite] = {
    nodes.Accent: looks.accent,
    nodes.Array: array,
    nodes.Arrow: piles.arrow,
    nodes.Atom: signs.atom,
    nodes.Box: boxes.box,
    nodes.Chars: boxes.chars,
    nodes.Classed: boxes.classed,
    nodes.Color: looks.color,
    nodes.Definition: _nothing,
    nodes.Delimiter: signs.delimiter,
    nodes.Directive: boxes.directive,
    nodes.Environment: boxes.environment,
    nodes.Fenced: piles.fenced,
    nodes.Font: looks.font,
    nodes.Fraction: piles.fraction,
    nodes.Link: boxes.link,
    nodes.Negation: signs.negation,
    nodes.Operator: signs.operator,
    nodes.OperatorName: signs.operator_name,
    nodes.Phantom: boxes.phantom,
    nodes.Raw: _source,
    nodes.Reference: boxes.reference,
    nodes.Root: piles.root,
    nodes.Rule: boxes.rule,
    nodes.Scripts: signs.scripts,
    nodes.Shift: boxes.shift,
    nodes.Space: boxes.space,
    nodes.Stack: piles.stack,
    nodes.Style: looks.style,
    nodes.Unknown: _source,
    nodes.Verbatim: boxes.verbatim,
}
"""Kind of node -> how it is written in an engine's commands; others stay."""
