r"""What is typed at a prompt, taken apart into words; and words written so that a shell reads them.

The rules are those that bash, zsh and fish share: ``'…'``, ``"…"`` and a backslash.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Quote = Literal["", "'", '"']

_SPECIAL = frozenset(" \t\"'\\`$&|;<>()*?[]{}!^~#")
_ESCAPED_IN_DOUBLE = frozenset('"$`\\')


class Typed:
    """The start of a command line.

    Args:
        words: the words before the last, as the command would get them.
        raw: the last word, in which the cursor stands, as it is typed.
    """

    __slots__ = ("raw", "words")

    def __init__(self, words: list[str], raw: str) -> None:
        self.words = words
        self.raw = raw


def take_apart(line: str) -> Typed:
    r"""The words of a line up to the cursor.

    >>> typed = take_apart("blogkit show '日 食' a\\ b")
    >>> typed.words, typed.raw
    (['blogkit', 'show', '日 食'], 'a\\ b')
    """
    pieces = [""]
    for sign in line:
        if sign in " \t\n" and not _is_quoted(pieces[-1]):
            if pieces[-1]:
                pieces.append("")
        else:
            pieces[-1] += sign
    return Typed([plain(piece) for piece in pieces[:-1]], pieces[-1])


def _is_quoted(raw: str) -> bool:
    """Whether what follows a word as it is typed is still of it, even a space."""
    _, quote, _, escaped = _read(raw)
    return bool(quote) or escaped


def plain(raw: str) -> str:
    r"""A word as the command would get it; a quote that is still open is left out too.

    >>> plain("'日 食"), plain("日\\ 食"), plain('"a\\$b"')
    ('日 食', '日 食', 'a$b')
    """
    return _read(raw)[0]


def open_quote(raw: str) -> tuple[Quote, int]:
    """The quote that is open at the end of a word, and where it stands; '' and -1 without one."""
    _, quote, place, _ = _read(raw)
    return quote, place


def _read(raw: str) -> tuple[str, Quote, int, bool]:
    """A word read; the quote open at its end, and where; whether a backslash is its last sign."""
    found: list[str] = []
    quote: Quote = ""
    place = -1
    escaped = False
    for index, sign in enumerate(raw):
        if escaped:
            keeps = quote == '"' and sign not in _ESCAPED_IN_DOUBLE
            found.append("\\" + sign if keeps else sign)
            escaped = False
        elif sign == "\\" and quote != "'":
            escaped = True
        elif quote and sign == quote:
            quote, place = "", -1
        elif not quote and sign == "'":
            quote, place = "'", index
        elif not quote and sign == '"':
            quote, place = '"', index
        else:
            found.append(sign)
    return "".join(found), quote, place, escaped


def written(text: str, quote: Quote) -> str:
    r"""Text as it is typed, inside of a quote or outside of any.

    >>> print(written("a b", ""), written("it's", "'"), written("5$ !", '"'))
    a\ b it'\''s 5\$ "\!"
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        signs = ("\\" + sign if sign in _ESCAPED_IN_DOUBLE else sign for sign in text)
        # Inside double quotes nothing keeps ! from meaning history, so the quote is left for it.
        return "".join(signs).replace("!", '"\\!"')
    return "".join("\\" + sign if sign in _SPECIAL else sign for sign in text)
