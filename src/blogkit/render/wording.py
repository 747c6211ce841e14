r"""Words within math, for engines whose words know no math, no fonts and few commands.

`\text{若 $x>0$, {\bf 则}}` becomes pieces side by side: words in one of six faces, and the math
between them. Characters that mean something in LaTeX are written as the engine takes them.
"""

from collections.abc import Callable
from dataclasses import replace

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.render.characters import plain_text
from blogkit.render.dialects import Dialect

_FACES = {
    "\\textrm": "\\textrm", "\\textbf": "\\textbf", "\\textit": "\\textit", "\\emph": "\\textit",
    "\\textsl": "\\textit", "\\textsf": "\\textsf", "\\texttt": "\\texttt", "\\rm": "\\textrm",
    "\\bf": "\\textbf", "\\it": "\\textit", "\\sf": "\\textsf", "\\tt": "\\texttt",
    "\\sl": "\\textit", "\\em": "\\textit", "\\bfseries": "\\textbf", "\\itshape": "\\textit",
    "\\rmfamily": "\\textrm", "\\sffamily": "\\textsf", "\\ttfamily": "\\texttt",
}  # fmt: skip
"""Commands of words and switches among words -> the face that both engines have."""

_RAISED = {"\\textsuperscript": "^", "\\textsubscript": "_"}


def said(row: Node, dialect: Dialect, face: str = "\\text") -> nodes.Text:
    """Plain characters as one node of words."""
    text = plain_text(row)
    return words(row, text, dialect, face)


def words(place: Node, text: str, dialect: Dialect, face: str = "\\text") -> nodes.Text:
    """A text as words, at the place of a node."""
    written = "".join(dialect.escapes.get(char, char) for char in text)
    chars = nodes.Chars(place.span, written)
    if dialect.is_small and face == "\\textrm":
        face = "\\text"
    return nodes.Text(place.span, face, Row(place.span, (chars,), True))


def pieces(
    node: nodes.Text, dialect: Dialect, rewritten: Callable[[Node], Node]
) -> tuple[Node, ...]:
    """The parts of words side by side: words of one face, and what is no word, rewritten."""
    if node.command in _RAISED:
        body = said(node.body, dialect)
        row = Row(node.span, (body,), True)
        sub, sup = (row, None) if _RAISED[node.command] == "_" else (None, row)
        return (nodes.Scripts(node.span, Row(node.span, (), True), sub, sup),)
    found: list[Node] = []
    _collect(node.body, _FACES.get(node.command, "\\text"), found, dialect, rewritten)
    return tuple(found)


def _collect(
    row: Row, face: str, found: list[Node], dialect: Dialect, rewritten: Callable[[Node], Node]
) -> None:
    run = ""
    for item in row.items:
        inner = _FACES.get(getattr(item, "command", ""), face)
        if isinstance(item, nodes.Row | nodes.Style) or (
            isinstance(item, nodes.Font | nodes.Text) and item.command not in _RAISED
        ):
            run = _flush(row, run, face, found, dialect)
            body = item if isinstance(item, Row) else item.body
            _collect(body, inner, found, dialect, rewritten)
        elif isinstance(item, nodes.Math):
            run = _flush(row, run, face, found, dialect)
            found.append(Row(item.span, tuple(map(rewritten, item.body.items)), True))
        elif isinstance(item, _CHARACTERS) and not getattr(item, "wide", False):
            run += plain_text(item)
        else:
            run = _flush(row, run, face, found, dialect)
            found.append(rewritten(item))
    _flush(row, run, face, found, dialect)


_CHARACTERS = (
    nodes.Accent,
    nodes.Atom,
    nodes.Chars,
    nodes.Operator,
    nodes.Raw,
    nodes.Space,
    nodes.Unknown,
    nodes.Verbatim,
)


def _flush(place: Node, run: str, face: str, found: list[Node], dialect: Dialect) -> str:
    if run:
        found.append(words(place, run, dialect, face))
    return ""


def group(node: Node, *items: Node) -> Row:
    """Nodes as a group in braces, at the place of a node."""
    return Row(node.span, items, braced=True)


def braced(row: Row) -> Row:
    """A row as a group."""
    return replace(row, braced=True)
