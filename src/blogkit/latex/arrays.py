r"""Rows and columns: environments, and commands such as `\substack` whose argument has rows.

An array reads cells up to `&`, `\\` or its end (TeXbook, chapter 22). An environment that is not
in the table is an error, and is read as an array, so that nothing within it is lost.
"""

from __future__ import annotations

from blogkit.language import Message
from blogkit.latex.diagrams import read_diagram
from blogkit.latex.environments import (
    COMMAND_COLUMNS,
    DIAGRAMS,
    ENVIRONMENTS,
    EnvironmentSpec,
    read_columns,
)
from blogkit.latex.lexer import Token, join_latex
from blogkit.latex.marks import AT_BRACE, NO_ARGUMENT
from blogkit.latex.nodes import Array, ArrayRow, Environment, NewLine, Node, Raw, Row
from blogkit.latex.reader import Handler, Reader
from blogkit.latex.written import LENGTH, written_argument
from blogkit.results.records import changed, record

_ROW_ENDS = frozenset({"\\\\", "\\cr", "\\crcr", "\\tabularnewline"})
_AT_CELL_END = frozenset({"&", "\\end"}) | _ROW_ENDS
_AT_CELL_END_IN_BRACES = frozenset({"&"}) | _ROW_ENDS | AT_BRACE
_AT_ENVIRONMENT_END = frozenset({"\\end"})
_PLACES = frozenset({"t]", "b]", "c]", "l]", "r]"})
_LINES = frozenset({"\\hline", "\\hdashline", "\\cline"})


@record
class _Opening:
    """What stands before the first cell."""

    token: Token
    name: str
    argument: str
    columns: str
    rules: tuple[int, ...]
    max_columns: int


def _begin(reader: Reader, token: Token) -> Node:
    r"""`\begin{name} … \end{name}`."""
    stream = reader.stream
    stream.take()
    name = stream.raw_argument() if stream.peek().text == "{" else None
    if name is None:
        reader.missing("missing-argument", Message(r"the name of an environment after \begin"))
        name = ""
    name = "" if name in COMMAND_COLUMNS else name
    spec = ENVIRONMENTS.get(name.strip())
    if spec is None:
        message = Message(
            "expected the name of an environment that is known, found '{name}'", name=name
        )
        stream.problem("unknown-environment", message, token.start, stream.last_end)
        if name.strip() in DIAGRAMS:
            return _diagram(reader, token, name)
        spec = EnvironmentSpec(name, "", "c", 0, "")
    elif name != name.strip():
        message = Message(
            "expected {name!r} as the name of an environment, found {found!r}",
            name=name.strip(),
            found=name,
        )
        stream.problem("space-in-name", message, token.start, stream.last_end, warning=True)
    opening = _opening(reader, token, name, spec)
    reader.environments.append(name.strip())
    reader.waiting_for("\\end", 1)
    if spec.name == "CD":
        diagram = read_diagram(reader, token)
        _end(reader, opening)
        return changed(diagram, span=reader.span_from(token.start))
    if spec.columns:
        return _array_environment(reader, opening)
    return _plain_environment(reader, opening)


def _diagram(reader: Reader, token: Token, name: str) -> Raw:
    """A drawing up to its end, as it is written; up to the end of the formula where it has none."""
    stream = reader.stream
    texts = [f"\\begin{{{name}}}"]
    closing = ["\\end", "{", *name.strip(), "}"]
    while stream.peek_raw().text:
        ahead = [text for text in stream.ahead(2 * len(closing)) if text != " "]
        if ahead[: len(closing)] == closing:
            stream.take()
            stream.raw_argument()
            break
        texts.append(stream.take().text)
    latex = join_latex([*texts, f"\\end{{{name}}}"])
    return Raw(reader.span_from(token.start), latex, "unknown-environment")


def _opening(reader: Reader, token: Token, name: str, spec: EnvironmentSpec) -> _Opening:
    """Reads the arguments of an environment, and makes columns of them."""
    raws: list[str] = []
    for letter in spec.arguments:
        if letter != "q" or _has_option(reader):
            raws.append(written_argument(reader.stream, token, letter))
    columns, rules, most = spec.columns, tuple[int, ...](), spec.max_columns
    last = raws[-1][1:-1] if raws else ""
    if name in ("array", "darray", "tabular", "subarray"):
        columns, rules, bad = read_columns(last)
        if bad:
            message = Message(
                "expected l, c, r or | in the columns of {name}, found '{bad}'", name=name, bad=bad
            )
            reader.stream.problem("bad-columns", message, token.start, reader.stream.last_end)
        columns = columns or "c"
    elif name.endswith("*") and last[:1] in ("l", "c", "r"):
        columns = last[:1]
    if most < 0:
        most = 2 * int(last) if last.strip().isdecimal() else 0
    return _Opening(token, name, "".join(raws), columns, rules, most)


def _has_option(reader: Reader) -> bool:
    """Whether `[t]` or its kin follows at once; other brackets begin the first cell."""
    ahead = reader.stream.ahead(3)
    return ahead[:1] == ["["] and (ahead[1:2] == ["]"] or "".join(ahead[1:]) in _PLACES)


def _plain_environment(reader: Reader, opening: _Opening) -> Node:
    start = reader.stream.last_end
    nodes = reader.items(_AT_ENVIRONMENT_END)
    body = Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes))
    _end(reader, opening)
    return Environment(reader.span_from(opening.token.start), opening.name, body)


def _array_environment(reader: Reader, opening: _Opening) -> Node:
    reader.enter_cells(1)
    rows, lines_below = _rows(reader, opening, _AT_CELL_END)
    reader.enter_cells(-1)
    _end(reader, opening)
    return _array(reader, opening, rows, lines_below)


def _array(
    reader: Reader, opening: _Opening, rows: list[ArrayRow], lines_below: tuple[str, ...]
) -> Node:
    span = reader.span_from(opening.token.start)
    return Array(
        span,
        opening.name,
        opening.argument,
        opening.columns,
        opening.rules,
        tuple(rows),
        lines_below,
    )


def _end(reader: Reader, opening: _Opening) -> None:
    r"""Takes `\end{name}`, or says what is wrong with it."""
    stream = reader.stream
    reader.waiting_for("\\end", -1)
    reader.environments.pop()
    token = stream.peek()
    shown = f"\\begin{{{opening.name}}}"
    if token.text != "\\end":
        reader.missing(
            "missing-end",
            Message(r"\end{{{name}}} to close {shown}", name=opening.name, shown=shown),
        )
        return
    end_before = stream.last_end
    stream.take()
    name = stream.raw_argument() or ""
    if name.strip() == opening.name.strip():
        return
    message = Message(
        r"expected \end{{{name}}} to close {shown}, found \end{{{found}}}",
        name=opening.name,
        shown=shown,
        found=name,
    )
    stream.problem("mismatched-end", message, token.start, stream.last_end)
    if name.strip() in reader.environments:
        stream.last_end = end_before
        stream.put_back([token, *(Token(c, token.end, token.end) for c in ("{", *name, "}"))])


def _rows(
    reader: Reader, opening: _Opening, stops: frozenset[str]
) -> tuple[list[ArrayRow], tuple[str, ...]]:
    """All rows up to the end of the array, and the rules under the last."""
    rows: list[ArrayRow] = []
    while True:
        lines = _lines(reader)
        start = reader.stream.peek()
        cells = _cells(reader, opening, stops)
        token = reader.stream.peek()
        ended = token.text not in _ROW_ENDS
        if ended and len(cells) == 1 and not cells[0].items and rows:
            return rows, lines
        end = "" if ended else _row_end(reader)
        first = min(start.start, cells[0].span.start)
        rows.append(ArrayRow(reader.span_from(first), tuple(cells), lines, end))
        if ended:
            return rows, ()


def _cells(reader: Reader, opening: _Opening, stops: frozenset[str]) -> list[Row]:
    """The cells of one row."""
    cells: list[Row] = []
    while True:
        start = reader.stream.last_end
        nodes = reader.items(stops)
        cells.append(Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes)))
        token = reader.stream.peek()
        if token.text != "&":
            return cells
        reader.stream.take()
        if opening.max_columns and len(cells) == opening.max_columns:
            message = Message(
                "expected at most {max_columns} columns in {name}, found '&'",
                max_columns=opening.max_columns,
                name=opening.name,
            )
            reader.stream.problem("too-many-columns", message, token.start, token.end)


def _lines(reader: Reader) -> tuple[str, ...]:
    r"""`\hline` and its kin before a row."""
    lines: list[str] = []
    while reader.stream.peek().text in _LINES:
        token = reader.stream.take()
        latex = token.text
        if token.text == "\\cline":
            latex += f"{{{reader.stream.raw_argument() or ''}}}"
        lines.append(latex)
    return tuple(lines)


def _row_end(reader: Reader) -> str:
    r"""`\\`, `\\*`, `\\[2pt]` or `\cr`, as written."""
    token = reader.stream.take()
    if token.text != "\\\\":
        return token.text
    latex = token.text
    if reader.stream.peek_raw().text == "*":
        latex += reader.stream.take().text
    return latex + _gap(reader, token)


def _gap(reader: Reader, token: Token) -> str:
    r"""The length in brackets right after `\\`. Brackets after a space are math, as in amsmath."""
    if reader.stream.peek_raw().text != "[":
        return ""
    inside, bracket, _ = "".join(reader.stream.ahead(40)[1:]).partition("]")
    if bracket and (LENGTH.fullmatch(inside) or "\\" in inside):
        option = reader.stream.raw_option()
        if option is not None:
            return f"[{option}]"
    message = Message(
        r"expected a length in the brackets after \\, found '{inside}'", inside=inside
    )
    reader.stream.problem("bad-length", message, token.start, token.end)
    return ""


def _new_line(reader: Reader, token: Token) -> Node:
    r"""`\\` or `\cr` outside of an array."""
    return NewLine(reader.span_from(token.start), _row_end(reader))


def _braced_array(reader: Reader, token: Token) -> Node:
    r"""`\substack{a\\b}` and plain TeX's `\matrix{a&b\cr}`."""
    stream = reader.stream
    stream.take()
    name = token.text
    opening = _Opening(token, name, "", COMMAND_COLUMNS[name], (), 1 if name == "\\substack" else 0)
    brace = stream.peek()
    if brace.text in NO_ARGUMENT:
        reader.missing("missing-argument", Message("an argument of {name}", name=name))
        return _array(reader, opening, [], ())
    taken = stream.take()
    if taken.text != "{":
        stream.put_back([taken, Token("}", taken.end, taken.end)])
        stream.last_end = token.end
    reader.waiting_for("}", 1)
    reader.enter_cells(1)
    rows, lines_below = _rows(reader, opening, _AT_CELL_END_IN_BRACES)
    reader.enter_cells(-1)
    reader.waiting_for("}", -1)
    if stream.peek().text in AT_BRACE:
        stream.take()
    else:
        reader.missing("missing-brace", Message("'}}' to close {name}", name=name))
    return _array(reader, opening, rows, lines_below)


HANDLERS: dict[str, Handler] = {
    "\\begin": _begin,
    **dict.fromkeys(_ROW_ENDS, _new_line),
    **dict.fromkeys(COMMAND_COLUMNS, _braced_array),
}
"""Text of a token -> its handler."""
