r"""Calls of commands that stand for other LaTeX: how they are written, and what is put in place.

The packages of `packages` and `physics` say what a call means; here it is read: stars, an option in
brackets, arguments in braces. A call that has no meaning stays as it is written.
"""

from __future__ import annotations

from collections.abc import Callable

from blogkit.latex.lexer import Token, tokenize
from blogkit.latex.nodes import Node, Unknown
from blogkit.latex.reader import HANDLERS, Handler, Reader
from blogkit.latex.symbols import SYMBOLS
from blogkit.results.records import record


@record
class Call:
    """A call as it is written."""

    name: str
    """The command, with its backslash."""
    star: str
    """One star, two, or none."""
    option: str | None
    """What stands in brackets; None where no brackets come."""
    given: tuple[str, ...]
    """The arguments, without their braces."""

    @property
    def written(self) -> str:
        """The call as LaTeX."""
        option = "" if self.option is None else f"[{self.option}]"
        return self.name + self.star + option + "".join(f"{{{part}}}" for part in self.given)


Meaning = Callable[[Call], "str | None"]
"""The LaTeX that a call stands for; None where it is not understood."""


def reading(
    most: int,
    meaning: Meaning,
    *,
    star: bool = False,
    option: bool = True,
    bare: bool = False,
    atom: bool = True,
) -> Handler:
    r"""A handler that puts the meaning of a call in its place.

    Args:
        most: arguments that it takes at most.
        meaning: what it stands for.
        star: whether stars may come first; else one is a sign behind the command.
        option: whether an option may come before them.
        bare: whether the first may be one symbol without braces: `\ket x`.
        atom: whether its meaning is one thing; an operator, such as `\nabla`, is none.
    """

    def read(reader: Reader, token: Token) -> Node:
        stream = reader.stream
        stream.take()
        reader.unknown(token)
        stars = taken_stars(reader) if star else ""
        given_option = stream.raw_option() if option else None
        given = taken_arguments(reader, most, bare=bare)
        call = Call(token.text, stars, given_option, tuple(given))
        return put(reader, token, meaning(call), call.written, atom=atom)

    return read


def taken_stars(reader: Reader) -> str:
    """The stars that come next, two at most; they are taken."""
    stars = ""
    while len(stars) < 2 and reader.stream.peek_raw().text == "*":
        stars += reader.stream.take().text
    return stars


def taken_arguments(reader: Reader, most: int, *, bare: bool = False) -> list[str]:
    """The groups that come next, at most so many; where told, the first may be one symbol."""
    stream = reader.stream
    given: list[str] = []
    stream.skip_spaces()
    while len(given) < most:
        is_group = stream.peek_raw().text == "{"
        if not is_group and not (bare and not given and _is_symbol(stream.peek_raw().text)):
            break
        argument = stream.raw_argument()
        if argument is None:
            break
        given.append(argument)
    return given


def _is_symbol(text: str) -> bool:
    """Whether a token alone is an operand: a letter, a digit, `\\psi`."""
    if len(text) == 1:
        return text.isalnum()
    return text in SYMBOLS and SYMBOLS[text][1] == "ord" and text[1:].isalpha()


def put(reader: Reader, token: Token, latex: str | None, written: str, *, atom: bool) -> Node:
    """The meaning of a call, read; the call as it is written where it has none."""
    span = reader.span_from(token.start)
    if latex is None:
        return Unknown(span, written)
    parts = tokenize(f"{{{latex}}}" if atom else latex)
    reader.stream.put_back([Token(part.text, span.start, span.end) for part in parts])
    if atom:
        return reader.group(token.text)
    first = reader.stream.peek()
    node = HANDLERS.get(first.text, Reader.plain)(reader, first)
    assert node is not None, "what a call means begins with something"
    return node
