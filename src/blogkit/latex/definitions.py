r"""Definitions: `\newcommand`, `\def`, `\let` and their kin, as macros for what follows them.

A definition is a node that draws nothing. Groups do not bound it: a post's formulas share their
macros, whatever braces stood around them.
"""

from blogkit.language import Message
from blogkit.latex.commands import COMMANDS
from blogkit.latex.lexer import Token, join_latex
from blogkit.latex.macros import Macro
from blogkit.latex.nodes import Definition, Directive, Node
from blogkit.latex.reader import Handler, Reader
from blogkit.latex.symbols import OPERATORS, SYMBOLS

_NAMING = frozenset(("\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareMathOperator"))
"""Commands that MathJax lets define a name without its backslash."""
_PREFIXES = frozenset({"\\global", "\\long"})
_DEFINING = frozenset(name for name, command in COMMANDS.items() if command.node == "Definition")


def _is_name(text: str) -> bool:
    return len(text) > 1 and text[0] == "\\"


def _is_known(reader: Reader, name: str) -> bool:
    tables = (COMMANDS, SYMBOLS, OPERATORS, reader.stream.macros)
    return any(name in table for table in tables)


def _name(reader: Reader, token: Token) -> str | None:
    """The command that is to be defined, with or without braces; None where none comes."""
    stream = reader.stream
    stream.skip_spaces()
    ahead = [text for text in stream.ahead(40) if text != " "]
    if ahead[:1] == ["{"] and len(ahead) > 2 and _is_name(ahead[1]) and ahead[2] == "}":
        return (stream.raw_argument() or "").strip()
    if ahead[:1] == ["{"] and token.text in _NAMING and "}" in ahead:
        letters = "".join(ahead[1 : ahead.index("}")])
        if letters.isascii() and letters.isalpha():
            return _without_backslash(reader, token, letters)
    if ahead and _is_name(ahead[0]) and ahead[0] not in ("\\end", "\\right"):
        return stream.take().text
    message = Message(
        "expected a command to define after {text}, found {found}",
        text=token.text,
        found=stream.found(),
    )
    stream.problem("bad-definition", message, token.start, token.end)
    return None


def _without_backslash(reader: Reader, token: Token, letters: str) -> str:
    r"""The name in `\newcommand{tr}`, which MathJax takes for `\tr` and KaTeX doesn't."""
    stream = reader.stream
    start = stream.peek_raw().start
    stream.raw_argument()
    message = Message(
        "expected '\\{letters}' after {text}, found '{letters}': MathJax takes it, KaTeX doesn't",
        letters=letters,
        text=token.text,
    )
    stream.problem("bad-definition", message, start, stream.last_end, warning=True)
    return f"\\{letters}"


def _define(reader: Reader, token: Token, name: str, macro: Macro) -> Node:
    reader.stream.macros[name] = macro
    reader.definitions[name] = macro
    return Definition(reader.span_from(token.start), name, _written(token.text, name, macro))


def _written(command: str, name: str, macro: Macro) -> str:
    """The definition in one normal form."""
    if macro.alias or command == "\\let":
        return join_latex(["\\let", name, macro.body])
    if macro.default is not None:
        count = macro.parameters.count("#")
        return f"\\newcommand{{{name}}}[{count}][{macro.default}]{{{macro.body}}}"
    return f"\\def{name}{macro.parameters}{{{macro.body}}}"


def _failed(reader: Reader, token: Token) -> Node:
    return Directive(reader.span_from(token.start), "\\relax", "")


def _new_command(reader: Reader, token: Token) -> Node:
    r"""`\newcommand{\name}[2][default]{body}`."""
    stream = reader.stream
    stream.take()
    if stream.peek_raw().text == "*":
        stream.take()
    name = _name(reader, token)
    if name is None:
        return _failed(reader, token)
    count = (stream.raw_option() or "0").strip()
    default = stream.raw_option()
    body = stream.raw_argument()
    if body is None or not count.isdecimal() or int(count[:3]) > 9:
        found = stream.found() if body is None else f"'{count}' arguments"
        message = Message(
            "expected up to 9 arguments and a body for {name}, found {found}",
            name=name,
            found=found,
        )
        stream.problem("bad-definition", message, token.start, stream.last_end)
        return _failed(reader, token)
    parameters = "".join(f"#{number}" for number in range(1, int(count) + 1))
    macro = Macro(body, parameters, default if parameters else None)
    _say_whether_known(reader, token, name, macro)
    if token.text == "\\providecommand" and _is_known(reader, name):
        return Definition(reader.span_from(token.start), name, "")
    return _define(reader, token, name, macro)


def _say_whether_known(reader: Reader, token: Token, name: str, macro: Macro) -> None:
    """What is wrong with defining a name anew; a macro defined again as it was is well."""
    stream = reader.stream
    known = _is_known(reader, name)
    if token.text == "\\newcommand" and known:
        message = Message(
            r"expected a new command after \newcommand, found {name}, which is known", name=name
        )
        before = stream.macros.get(name)
        if before != macro:
            stream.problem(
                "already-defined", message, token.start, stream.last_end, warning=before is not None
            )
    elif token.text == "\\renewcommand" and not known:
        message = Message(r"expected a known command after \renewcommand, found {name}", name=name)
        stream.problem("not-defined", message, token.start, stream.last_end)


def _declare_operator(reader: Reader, token: Token) -> Node:
    stream = reader.stream
    stream.take()
    star = "*" if stream.peek_raw().text == "*" else ""
    if star:
        stream.take()
    name = _name(reader, token)
    body = stream.raw_argument() if name else None
    if name is None or body is None:
        if name:
            message = Message(
                "expected the name that {name} prints, found {found}",
                name=name,
                found=stream.found(),
            )
            stream.problem("bad-definition", message, token.start, stream.last_end)
        return _failed(reader, token)
    return _define(reader, token, name, Macro(f"\\operatorname{star}{{{body}}}"))


def _def(reader: Reader, token: Token) -> Node:
    r"""`\def\name#1,#2{body}`."""
    stream = reader.stream
    stream.take()
    name = _name(reader, token)
    if name is None:
        return _failed(reader, token)
    parameters: list[str] = []
    while stream.peek_raw().text not in ("", "{", "}", "\\end", "&") and len(parameters) < 100:
        parameters.append(stream.take().text)
    body = stream.raw_argument() if stream.peek_raw().text == "{" else None
    if body is None:
        message = Message(
            "expected '{{' and a body for {name}, found {found}", name=name, found=stream.found()
        )
        stream.problem("bad-definition", message, token.start, stream.last_end)
        return _failed(reader, token)
    return _define(reader, token, name, Macro(body, join_latex(parameters)))


def _let(reader: Reader, token: Token) -> Node:
    r"""`\let\name=\other`."""
    stream = reader.stream
    stream.take()
    name = _name(reader, token)
    if name is None:
        return _failed(reader, token)
    stream.skip_spaces()
    if stream.peek_raw().text == "=":
        stream.take()
        stream.skip_spaces()
    target = stream.peek_raw().text
    if not target or target in "{}":
        message = Message(
            r"expected a command or character after \let{name}, found {found}",
            name=name,
            found=stream.found(),
        )
        stream.problem("bad-definition", message, token.start, stream.last_end)
        return _failed(reader, token)
    stream.take()
    macro = stream.macros.get(target)
    return _define(reader, token, name, macro or Macro(target, alias=True))


def _prefix(reader: Reader, token: Token) -> Node | None:
    r"""`\global` and `\long`, which change nothing here."""
    reader.stream.take()
    following = reader.stream.peek()
    if following.text in _DEFINING or following.text in _PREFIXES:
        return HANDLERS[following.text](reader, following)
    message = Message(
        "expected a definition after {text}, found {found}",
        text=token.text,
        found=reader.stream.found(),
    )
    reader.stream.problem("bad-definition", message, token.start, token.end)
    return _failed(reader, token)


HANDLERS: dict[str, Handler] = {
    "\\newcommand": _new_command,
    "\\renewcommand": _new_command,
    "\\providecommand": _new_command,
    "\\DeclareMathOperator": _declare_operator,
    "\\def": _def,
    "\\gdef": _def,
    "\\edef": _def,
    "\\xdef": _def,
    "\\let": _let,
    "\\global": _prefix,
    "\\long": _prefix,
}
"""Text of a token -> its handler."""
