r"""Commands that do more than take arguments: groups, delimiters, switches, strikes.

Each handler reads from the `Reader` and returns a node, or None where the list that the token
stands in ends before it.
"""

from blogkit.language import Message
from blogkit.latex.builders import BUILDERS
from blogkit.latex.commands import COMMANDS
from blogkit.latex.lexer import Token
from blogkit.latex.marks import SCRIPT_STARTS
from blogkit.latex.nodes import (
    Atom,
    AtomClass,
    Color,
    Delimiter,
    Fenced,
    Font,
    Math,
    Negation,
    Node,
    Operator,
    Raw,
    Root,
    Row,
    Stack,
    Style,
)
from blogkit.latex.reader import Handler, Reader
from blogkit.latex.symbols import DELIMITERS, NEGATIONS, OPERATORS, SYMBOLS, class_of_char
from blogkit.latex.written import delimiter
from blogkit.spans import Span

_AT_RIGHT = frozenset({"\\right"})
_AT_DOLLAR = frozenset({"$"})
_AT_PARENTHESIS = frozenset({"\\)"})
_AT_ENDGROUP = frozenset({"\\endgroup"})
_AT_OVER = frozenset({"\\over"})
_AT_OF = frozenset({"\\of"})


def _from_table(reader: Reader, token: Token) -> Node:
    """A command of which the table says all."""
    command = COMMANDS[token.text]
    reader.stream.take()
    arguments = reader.arguments(token, command)
    return BUILDERS[command.node](command, reader.span_from(token.start), arguments)


def _operator(reader: Reader, token: Token) -> Node:
    reader.stream.take()
    return Operator(Span(token.start, token.end), token.text, *OPERATORS[token.text])


def _group(reader: Reader, token: Token) -> Node:
    return reader.group("'{'" if token.text == "{" else token.text)


def _begingroup(reader: Reader, token: Token) -> Node:
    """A group for definitions and switches only; its atoms keep their classes."""
    reader.stream.take()
    reader.waiting_for("\\endgroup", 1)
    nodes = reader.items(_AT_ENDGROUP)
    reader.waiting_for("\\endgroup", -1)
    _close(reader, token, "\\endgroup")
    return Style(
        reader.span_from(token.start),
        token.text,
        Row(reader.span_from(nodes[0].span.start if nodes else token.end), tuple(nodes)),
    )


def _close(reader: Reader, opening: Token, closer: str) -> None:
    """Takes the end of a construct, or reports that it is missing."""
    if reader.stream.peek().text == closer:
        reader.stream.take()
        return
    reader.missing(
        _MISSING[closer], Message("{closer} to close {text}", closer=closer, text=opening.text)
    )


_MISSING = {
    "\\endgroup": "missing-brace",
    "\\right": "left-without-right",
    "$": "missing-dollar",
    "\\)": "missing-dollar",
}


def _fenced(reader: Reader, token: Token) -> Node:
    r"""`\left … \right`; a missing `\right` is put in, with an empty delimiter."""
    reader.stream.take()
    left = _delimiter_node(reader, token)
    reader.waiting_for("\\right", 1)
    start = reader.stream.last_end
    nodes = reader.items(_AT_RIGHT)
    body = Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes))
    reader.waiting_for("\\right", -1)
    closing = reader.stream.peek()
    if closing.text == "\\right":
        reader.stream.take()
        right = _delimiter_node(reader, closing)
    else:
        _close(reader, token, "\\right")
        end = reader.stream.last_end
        right = Delimiter(Span(end, end), "\\right", ".", "", "close")
    return Fenced(reader.span_from(token.start), left, body, right)


def _delimiter_node(reader: Reader, token: Token) -> Delimiter:
    """A delimiter with the command before it, which is taken already."""
    latex = delimiter(reader.stream, token)
    span = reader.span_from(token.start)
    text = DELIMITERS.get(latex, latex)
    kind: AtomClass = "ord"
    for found in _DELIMITER_CLASSES:
        if found == COMMANDS[token.text].detail:
            kind = found
    return Delimiter(span, token.text, latex, text, _ENDS.get(token.text, kind))


_ENDS: dict[str, AtomClass] = {"\\left": "open", "\\right": "close"}
_DELIMITER_CLASSES: tuple[AtomClass, ...] = ("open", "close", "rel")


def _delimiter(reader: Reader, token: Token) -> Node:
    r"""`\big(` and its kin, and `\middle|`, which needs a `\left` before it."""
    if token.text == "\\middle" and not reader.is_waiting_for("\\right"):
        return reader.raw(
            "middle-without-left", Message(r"expected \left before \middle, found none"), token
        )
    reader.stream.take()
    return _delimiter_node(reader, token)


def _switch(reader: Reader, token: Token) -> Node:
    """A command that reaches to the end of its group."""
    command = COMMANDS[token.text]
    reader.stream.take()
    color = reader.arguments(token, command).raw
    start = reader.stream.last_end
    kind = command.node + command.detail
    nodes = reader.items_to_end(kind)
    body = Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes))
    span = reader.span_from(token.start)
    if command.node == "FontSwitch":
        return Font(span, token.text, body, True)
    if command.node == "ColorSwitch":
        return Color(span, token.text, color, body, True)
    return Style(span, token.text, body)


def _negation(reader: Reader, token: Token) -> Node:
    r"""`\not` strikes the symbol after it; before anything else it is an atom of its own."""
    reader.stream.take()
    target = reader.stream.peek()
    symbol = SYMBOLS.get(target.text)
    if symbol is None and target.text > "~" and len(target.text) == 1 and target.text[0] != "\\":
        symbol = (target.text, class_of_char(target.text))
    if symbol is None or (target.text == "]" and reader.is_waiting_for("]")):
        return Atom(Span(token.start, token.end), token.text, "\u0338", "rel")
    reader.stream.take()
    body = Atom(Span(target.start, target.end), target.text, *symbol)
    struck = NEGATIONS.get(symbol[0], symbol[0] + "\u0338")
    return Negation(reader.span_from(token.start), body, struck)


def _root(reader: Reader, token: Token) -> Node:
    r"""Plain TeX's `\root 3 \of x`."""
    reader.stream.take()
    start = reader.stream.last_end
    nodes = reader.items(_AT_OF)
    index = Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes))
    if reader.stream.peek().text == "\\of":
        reader.stream.take()
    else:
        reader.missing("missing-argument", Message(r"\of after \root"))
    body = reader.field(token, Message(r"an argument of \root"))
    return Root(reader.span_from(token.start), token.text, body, index)


def _buildrel(reader: Reader, token: Token) -> Node:
    r"""Plain TeX's `\buildrel \rm def \over =`: what stands before `\over` above what follows."""
    reader.stream.take()
    start = reader.stream.last_end
    nodes = reader.items(_AT_OVER)
    over = Row(reader.span_from(nodes[0].span.start if nodes else start), tuple(nodes), True)
    if reader.stream.peek().text == "\\over":
        reader.stream.take()
    else:
        reader.missing("missing-argument", Message(r"\over after \buildrel"))
    base = reader.field(token, Message(r"an argument of \buildrel"))
    return Stack(reader.span_from(token.start), "\\stackrel", base, over, None)


def _math_in_text(reader: Reader, token: Token) -> Node | None:
    """`$…$` or `\\(…\\)` within text."""
    closer = "$" if token.text == "$" else "\\)"
    if token.text == "$" and not reader.in_text:
        return reader.stray(token)
    if not reader.in_text:
        return _display_mark(reader, token)
    reader.stream.take()
    reader.in_text = False
    reader.waiting_for(closer, 1)
    nodes = reader.items(_AT_DOLLAR if closer == "$" else _AT_PARENTHESIS)
    body = Row(reader.span_from(nodes[0].span.start if nodes else token.end), tuple(nodes))
    reader.waiting_for(closer, -1)
    _close(reader, token, closer)
    reader.in_text = True
    return Math(reader.span_from(token.start), token.text, body)


def _display_mark(reader: Reader, token: Token) -> Node:
    message = Message("expected math without marks around it, found '{text}'", text=token.text)
    return reader.raw("dollar-in-math", message, token)


def _ensuremath(reader: Reader, token: Token) -> Node:
    was_in_text, reader.in_text = reader.in_text, False
    node = _from_table(reader, token)
    reader.in_text = was_in_text
    return node


def _verbatim(reader: Reader, token: Token) -> Node:
    reader.stream.take()
    message = Message(r"expected \verb with its text between two equal characters, found none")
    reader.stream.problem("bad-verb", message, token.start, token.end)
    return Raw(Span(token.start, token.end), "\\verb||", "bad-verb")


def _character(reader: Reader, token: Token) -> Node:
    r"""`\char"41`, `\char65`, `\char'101`, `` \char`A `` and MathJax's `\unicode{x41}`."""
    reader.stream.take()
    if token.text == "\\unicode":
        option = reader.stream.raw_option()
        raw = reader.stream.raw_argument() or ""
        latex = f"\\unicode{'' if option is None else f'[{option}]'}{{{raw}}}"
        code = _code(raw.strip().replace("x", '"', 1))
    else:
        raw = _char_number(reader)
        latex = f"\\char{raw} "
        code = _code(raw)
    span = reader.span_from(token.start)
    if code is None:
        message = Message(
            "expected the number of a character after {text}, found '{raw}'",
            text=token.text,
            raw=raw,
        )
        reader.stream.problem("bad-character-code", message, span.start, span.end)
    return Atom(span, latex, "\ufffd" if code is None else chr(code), "ord")


def _char_number(reader: Reader) -> str:
    """The number after `\\char`, as written."""
    stream = reader.stream
    stream.skip_spaces()
    if stream.peek_raw().text == "`":
        stream.take()
        return f"`{stream.take().text}"
    digits = "0123456789"
    raw = ""
    if stream.peek_raw().text in ('"', "'"):
        raw = stream.take().text
        digits = "01234567" if raw == "'" else "0123456789ABCDEFabcdef"
    while stream.peek_raw().text and stream.peek_raw().text in digits and len(raw) < 9:
        raw += stream.take().text
    if stream.peek_raw().text == " ":
        stream.skip_spaces()
    return raw


def _code(raw: str) -> int | None:
    """The number of a character; None where there is no such character."""
    base = {'"': 16, "'": 8}.get(raw[:1], 10)
    if raw[:1] == "`":
        return ord(raw[-1]) if len(raw) > 1 else None
    try:
        code = int(raw.lstrip("\"'"), base)
    except ValueError:
        return None
    return code if 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else None


def _lone_backslash(reader: Reader, token: Token) -> Node:
    reader.stream.take()
    message = Message(r"expected the name of a command after '\', found end of formula")
    reader.stream.problem("lone-backslash", message, token.start, token.end)
    return Raw(Span(token.start, token.end), "\\ ", "lone-backslash")


def _hash(reader: Reader, token: Token) -> Node:
    message = Message("expected '#' in definitions only, found it in a formula")
    return reader.raw("misplaced-hash", message, token)


def _script(reader: Reader, token: Token) -> Node:
    return reader.bare_script(token)


def _lone_line(reader: Reader, token: Token) -> Node:
    message = Message(
        "expected {text} between the rows of an array, found elsewhere", text=token.text
    )
    return reader.raw("misplaced-line", message, token)


def _text_accent_in_math(reader: Reader, token: Token) -> Node:
    if not reader.in_text:
        message = Message("expected math, found {text}, which is for text", text=token.text)
        # LaTeX itself only warns of it.
        reader.stream.problem("text-in-math", message, token.start, token.end, warning=True)
    return _from_table(reader, token)


_BY_NODE: dict[str, Handler] = {
    "Begingroup": _begingroup,
    "Bgroup": _group,
    "Character": _character,
    "ColorSwitch": _switch,
    "Delimiter": _delimiter,
    "Egroup": lambda reader, token: reader.stray(token),
    "End": lambda reader, token: reader.stray(token),
    "Endgroup": lambda reader, token: reader.stray(token),
    "Fenced": _fenced,
    "FontSwitch": _switch,
    "Limits": _script,
    "Line": _lone_line,
    "Negation": _negation,
    "OpenMath": _math_in_text,
    "CloseMath": lambda reader, token: reader.stray(token),
    "Right": lambda reader, token: reader.stray(token),
    "Style": _switch,
    "Verbatim": _verbatim,
}


def _handlers() -> dict[str, Handler]:
    found: dict[str, Handler] = dict.fromkeys(OPERATORS, _operator)
    for name, command in COMMANDS.items():
        handler = _BY_NODE.get(command.node)
        if handler is not None:
            found[name] = handler
        elif command.node in BUILDERS:
            found[name] = _from_table
        if command.node == "Accent" and command.modes == "t":
            found[name] = _text_accent_in_math
    found["\\root"] = _root
    found["\\buildrel"] = _buildrel
    found["\\ensuremath"] = _ensuremath
    found["{"] = found["\\bgroup"] = _group
    found["$"] = _math_in_text
    found["\\"] = _lone_backslash
    found["#"] = _hash
    found["\\["] = found["\\]"] = _display_mark
    found.update(dict.fromkeys(SCRIPT_STARTS, _script))
    return found


HANDLERS: dict[str, Handler] = _handlers()
"""Text of a token -> its handler."""
