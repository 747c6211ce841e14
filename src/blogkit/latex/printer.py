r"""From the layout tree back to LaTeX that TeX sets the same.

Macros are printed as what they stood for, so definitions print nothing. What was broken is printed
whole where that is possible: a missing brace is put in, a stray token is kept.
"""

from collections.abc import Callable

from blogkit.latex import nodes
from blogkit.latex.commands import COMMANDS
from blogkit.latex.environments import COMMAND_COLUMNS
from blogkit.latex.lexer import join_latex
from blogkit.latex.nodes import Node, Row


def to_latex(node: Node) -> str:
    r"""LaTeX for a node, which TeX sets as it sets the source.

    Printing, reading and printing again gives the same text.

    >>> from blogkit.latex import parse, to_latex
    >>> to_latex(parse(r"\frac 12 x_a'  {n \choose k}").tree)
    "\\frac12x_a'{n\\choose k}"
    """
    pieces: list[str] = []
    if isinstance(node, Row) and not node.braced:
        _list(node, pieces)
    else:
        _print(node, pieces)
    return join_latex(pieces)


def _print(node: Node, out: list[str]) -> None:
    _PRINTERS[node.__class__](node, out)


def _list(row: Row, out: list[str]) -> None:
    """The items of a row, without braces."""
    after_atom = False
    last: Node | None = None
    for item in row.items:
        if isinstance(item, nodes.Scripts) and item.base is None and after_atom:
            out.append("{}")
        elif isinstance(item, nodes.Raw) and _would_be_read(item.latex, last):
            out.append("\\relax")
        _print(item, out)
        if not isinstance(item, nodes.Definition):
            after_atom = not isinstance(item, _NO_NUCLEUS)
            last = item


def _would_be_read(stray: str, last: Node | None) -> bool:
    """Whether a stray command would find its place after what was printed, where it found none."""
    return _takes_limits(last) if stray in _LIMITS else last is None and stray in _LINES


def _takes_limits(node: Node | None) -> bool:
    base = node.base if isinstance(node, nodes.Scripts) else node
    if isinstance(base, nodes.Classed):
        return base.kind == "op"
    return isinstance(base, (nodes.Operator, nodes.OperatorName))


def _row(row: Row, out: list[str]) -> None:
    """A row as a group."""
    out.append("{")
    _list(row, out)
    out.append("}")


def _argument(row: Row, out: list[str]) -> None:
    """A row as an argument: in braces, unless it is one token that had none."""
    if row.braced or len(row.items) != 1 or not _is_one_token(row.items[0]):
        _row(row, out)
    else:
        _print(row.items[0], out)


def _field(row: Row, out: list[str]) -> None:
    r"""A script: `x_\mathbf{y}` needs no braces."""
    item = row.items[0] if len(row.items) == 1 and not row.braced else None
    command = COMMANDS.get(getattr(item, "command", ""))
    own_group = command is not None and command.in_field
    if item is not None and (own_group or (isinstance(item, nodes.Atom) and item.latex == "[")):
        _print(item, out)
    else:
        _argument(row, out)


def _is_one_token(node: Node) -> bool:
    if isinstance(node, (nodes.Atom, nodes.Operator)):
        latex = node.latex
        if latex == "[":  # which would begin an option
            return False
        return len(latex) == 1 or (latex[0] == "\\" and latex not in COMMANDS and "{" not in latex)
    return isinstance(node, nodes.Chars) and len(node.text) == 1 and node.text not in " ["


def _option(row: Row | None, out: list[str]) -> None:
    r"""A row in brackets; braces protect brackets within it."""
    if row is None:
        return
    out.append("[")
    _list(row, out)
    out.append("]")


_LINES = ("\\hline", "\\hdashline", "\\cline")
_LIMITS = ("\\limits", "\\nolimits", "\\displaylimits")
_NO_NUCLEUS = (
    nodes.Space,
    nodes.NewLine,
    nodes.Directive,
    nodes.Tag,
    nodes.Reference,
)
"""Nodes to which no script attaches, so that one after them stands on nothing by itself."""


def _atom(node: nodes.Atom, out: list[str]) -> None:
    out.append(node.latex)


def _operator(node: nodes.Operator, out: list[str]) -> None:
    out.append(node.latex)


def _operator_name(node: nodes.OperatorName, out: list[str]) -> None:
    out.append(node.command)
    _row(node.body, out)


def _scripts(node: nodes.Scripts, out: list[str]) -> None:
    if node.base is not None:
        _print(node.base, out)
    out.append(node.placement)
    if node.sub is not None:
        out.append("_")
        _field(node.sub, out)
    out.append("'" * node.primes)
    if node.sup is not None:
        out.append("^")
        _field(node.sup, out)


def _fraction(node: nodes.Fraction, out: list[str]) -> None:
    if node.infix:
        _list(node.numerator, out)
        out.extend((node.command, node.argument))
        _list(node.denominator, out)
        return
    out.extend((node.command, node.argument))
    _argument(node.numerator, out)
    _argument(node.denominator, out)


def _root(node: nodes.Root, out: list[str]) -> None:
    out.append(node.command)
    if node.command == "\\root":
        if node.index is not None:
            _list(node.index, out)
        out.append("\\of")
    else:
        _option(node.index, out)
    _argument(node.body, out)


def _delimiter(node: nodes.Delimiter, out: list[str]) -> None:
    out.extend((node.command, node.latex))


def _fenced(node: nodes.Fenced, out: list[str]) -> None:
    _delimiter(node.left, out)
    _list(node.body, out)
    _delimiter(node.right, out)


def _with_body(node: nodes.Accent | nodes.Classed | nodes.Modulo, out: list[str]) -> None:
    out.append(node.command)
    _argument(node.body, out)


def _arrow(node: nodes.Arrow, out: list[str]) -> None:
    out.append(node.command)
    _option(node.below, out)
    _argument(node.above, out)


def _stack(node: nodes.Stack, out: list[str]) -> None:
    out.append(node.command)
    parts = [node.under, node.over] if node.command == "\\underoverset" else [node.over, node.under]
    for part in (*parts, node.base):
        if part is not None:
            _argument(part, out)


def _sideset(node: nodes.Sideset, out: list[str]) -> None:
    out.append("\\sideset")
    for part in (node.left, node.right, node.base):
        _argument(part, out)


def _text(node: nodes.Text, out: list[str]) -> None:
    out.append(node.command)
    _row(node.body, out)


def _chars(node: nodes.Chars, out: list[str]) -> None:
    out.append(node.text)


def _math(node: nodes.Math, out: list[str]) -> None:
    out.append(node.command)
    _list(node.body, out)
    out.append("$" if node.command == "$" else "\\)")


def _font(node: nodes.Font, out: list[str]) -> None:
    out.append(node.command)
    (_list if node.switch else _argument)(node.body, out)


def _style(node: nodes.Style, out: list[str]) -> None:
    out.append(node.command)
    _list(node.body, out)
    if node.command == "\\begingroup":
        out.append("\\endgroup")


def _color(node: nodes.Color, out: list[str]) -> None:
    out.extend((node.command, node.color))
    (_list if node.switch else _argument)(node.body, out)


def _negation(node: nodes.Negation, out: list[str]) -> None:
    out.append("\\not")
    _atom(node.body, out)


def _array(node: nodes.Array, out: list[str]) -> None:
    if node.environment in COMMAND_COLUMNS:
        out.extend((node.environment, "{"))
        _rows(node, out)
        out.append("}")
        return
    out.extend((f"\\begin{{{node.environment}}}", node.argument))
    _rows(node, out)
    out.append(f"\\end{{{node.environment}}}")


def _rows(node: nodes.Array, out: list[str]) -> None:
    for row in node.rows:
        out.extend(row.lines)
        _array_row(row, out)
    out.extend(node.lines_below)


def _array_row(node: nodes.ArrayRow, out: list[str]) -> None:
    for index, cell in enumerate(node.cells):
        if index:
            out.append("&")
        _list(cell, out)
    # A space keeps brackets or a star at the start of the next row from being read as options.
    out.append(f"{node.end} " if node.end.startswith("\\\\") else node.end)


def _environment(node: nodes.Environment, out: list[str]) -> None:
    out.append(f"\\begin{{{node.name}}}")
    _list(node.body, out)
    out.append(f"\\end{{{node.name}}}")


def _new_line(node: nodes.NewLine, out: list[str]) -> None:
    out.append(f"{node.latex} " if node.latex.startswith("\\\\") else node.latex)


def _whole(
    node: nodes.Space | nodes.Rule | nodes.Unknown | nodes.Raw | nodes.Verbatim, out: list[str]
) -> None:
    out.append(node.latex)


def _with_argument(node: nodes.Phantom | nodes.Box | nodes.Shift, out: list[str]) -> None:
    out.extend((node.command, node.argument))
    _argument(node.body, out)


def _choice(node: nodes.Choice, out: list[str]) -> None:
    out.append("\\mathchoice")
    for part in node.children:
        assert isinstance(part, Row)
        _row(part, out)


def _link(node: nodes.Link, out: list[str]) -> None:
    if node.command == "\\texttip" and node.body is not None:
        out.append(node.command)
        _row(node.body, out)
        out.append(f"{{{node.url}}}")
        return
    out.append(f"{node.command}{{{node.url}}}")
    if node.body is not None:
        _argument(node.body, out)


def _reference(node: nodes.Reference, out: list[str]) -> None:
    out.append(f"{node.command}{{{node.key}}}")


def _tag(node: nodes.Tag, out: list[str]) -> None:
    out.append(node.command)
    if node.body is not None:
        _row(node.body, out)


def _directive(node: nodes.Directive, out: list[str]) -> None:
    out.extend((node.command, node.argument))


def _nothing(node: Node, out: list[str]) -> None:
    """A definition: what it defined has been put in already."""


_PRINTERS: dict[type[Node], Callable[..., None]] = {
    Row: _row,
    nodes.Accent: _with_body,
    nodes.Array: _array,
    nodes.ArrayRow: _array_row,
    nodes.Arrow: _arrow,
    nodes.Atom: _atom,
    nodes.Box: _with_argument,
    nodes.Chars: _chars,
    nodes.Choice: _choice,
    nodes.Classed: _with_body,
    nodes.Color: _color,
    nodes.Definition: _nothing,
    nodes.Delimiter: _delimiter,
    nodes.Directive: _directive,
    nodes.Environment: _environment,
    nodes.Fenced: _fenced,
    nodes.Font: _font,
    nodes.Fraction: _fraction,
    nodes.Link: _link,
    nodes.Math: _math,
    nodes.Modulo: _with_body,
    nodes.Negation: _negation,
    nodes.NewLine: _new_line,
    nodes.Operator: _operator,
    nodes.OperatorName: _operator_name,
    nodes.Phantom: _with_argument,
    nodes.Raw: _whole,
    nodes.Reference: _reference,
    nodes.Root: _root,
    nodes.Rule: _whole,
    nodes.Scripts: _scripts,
    nodes.Shift: _with_argument,
    nodes.Sideset: _sideset,
    nodes.Space: _whole,
    nodes.Stack: _stack,
    nodes.Style: _style,
    nodes.Tag: _tag,
    nodes.Text: _text,
    nodes.Unknown: _whole,
    nodes.Verbatim: _whole,
}
