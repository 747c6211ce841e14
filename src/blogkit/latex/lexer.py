r"""Cuts LaTeX into tokens, each with its place.

Tokens are those of TeX's eyes (TeXbook, chapter 8): a command with its name, a character, or one
space for a run of spaces. Spaces after a command's name and comments are skipped. The exceptions
from one character, one token: a character keeps its combining marks, and `\verb|…|` and the
addresses of `\url` and `\href` are one token each, since no character has its meaning in them.
Characters that nobody sees are in no token.
"""

import re
from collections.abc import Iterable

from blogkit.latex.invisible import invisible, parting, visible
from blogkit.regexes import regex


class Token:
    """A token; tokens out of a macro have the place of the macro's call.

    Args:
        text: the token as written; one space for a run of spaces.
        start: first code point.
        end: one past the last code point; spaces after a command's name do not count.
    """

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end


_BLANK = " \t\r\n"
_TOKEN = regex(
    rf"""
    (?P<verb>\\verb\*?([^A-Za-z\s*\\{{}}%])[^\n]{{0,2000}}?\2)
  | (?P<link>\\(?:url|href))(?![A-Za-z])(?P<gap>[{_BLANK}]*){{(?P<url>(?:[^{{}}\\]|\\.)*)}}
  | (?P<name>\\[A-Za-z]+)[{_BLANK}]*
  | (?P<control>\\[^A-Za-z{_BLANK}]|\\\Z)
  | (?P<space_command>\\[{_BLANK}]+)
  | (?P<space>[{_BLANK}]+)
  | (?P<comment>%[^\n]*(?:\n[{_BLANK}]*)?)
  | (?P<char>[^\\{{}}$&\#^_~%\u0300-\u036f][\u0300-\u036f]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)


_BLANKS = regex(rf"[{_BLANK}]+")
_LINK_ESCAPE = regex(r"(?<!\\)%")
LINKS = frozenset({"\\url", "\\href"})
"""Commands whose address in braces is one token."""


def tokenize(latex: str) -> list[Token]:
    r"""The tokens of a formula, in order.

    >>> [token.text for token in tokenize(r"\alpha  _1 % comment")]
    ['\\alpha', '_', '1', ' ']
    """
    seen = visible(latex)
    tokens = _tokens(seen)
    if seen != latex:
        hidden = frozenset(invisible(latex)) - parting(latex)
        places = [place for place in range(len(latex)) if place not in hidden]
        for token in tokens:
            token.start = places[token.start]
            token.end = places[token.end - 1] + 1
    return tokens


def _tokens(latex: str) -> list[Token]:
    tokens: list[Token] = []
    append = tokens.append
    for match in _TOKEN.finditer(latex):
        kind = match.lastgroup
        start = match.start()
        if kind == "char" or kind == "control" or kind == "verb":
            append(Token(match[0], start, match.end()))
        elif kind == "name":
            append(Token(match["name"], start, match.end("name")))
        elif kind == "space":
            append(Token(" ", start, match.end()))
        elif kind == "space_command":
            append(Token("\\ ", start, start + 2))
        elif kind == "url":
            tokens.extend(_link_tokens(match))
    return tokens


def _link_tokens(match: "re.Match[str]") -> list[Token]:
    """The command, an opening brace, the address as one token, a closing brace."""
    first, last = match.span("url")
    # Escaped and with single spaces, so that the address reads the same where it is printed.
    url = _LINK_ESCAPE.sub(r"\\%", _BLANKS.sub(" ", match["url"]))
    return [
        Token(match["link"], match.start(), match.end("link")),
        Token("{", first - 1, first),
        *([Token(url, first, last)] if url else []),
        Token("}", last, last + 1),
    ]


_ENDS_WITH_WORD = regex(r"(?<!\\)(?:\\\\)*\\[A-Za-z]+\Z")


def ends_with_word(latex: str) -> bool:
    r"""Whether LaTeX ends with a command named by letters, which swallows spaces after it.

    >>> ends_with_word(r"x\alpha"), ends_with_word(r"\,"), ends_with_word(r"\\a")
    (True, False, False)
    """
    last = latex[-1:]
    return (
        last.isascii()
        and last.isalpha()
        and "\\" in latex
        and _ENDS_WITH_WORD.search(latex) is not None
    )


def join_latex(pieces: Iterable[str]) -> str:
    r"""Pieces of LaTeX put together so that they read as the same tokens.

    >>> join_latex([r"\alpha", "x", r"\,", "y"])
    '\\alpha x\\,y'
    """
    joined: list[str] = []
    after_word = False
    for piece in pieces:
        if not piece:
            continue
        if after_word and piece[0] in _BLANK:
            joined.append("{}")
        elif after_word and piece[0].isascii() and piece[0].isalpha():
            joined.append(" ")
        elif joined and "\u0300" <= piece[0] <= "\u036f" and joined[-1][-1] not in "{}":
            joined.append("{}")
        elif joined and piece[0] in _BLANK and joined[-1][-1] in _BLANK:
            piece = piece[1:]
            if not piece:
                continue
        joined.append(piece)
        after_word = ends_with_word(piece)
    return "".join(joined)
