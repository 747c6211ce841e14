"""Phrases: characters that stand together in a text, as a reader sees them.

A phrase is found by its characters, not by the words of an analyzer, so that the cut of a text
into words decides nothing. Width, case and white space don't matter; between Chinese and Latin
there may be a space or none. A Latin word begins and ends where the analyzer sees a word or the
part of one: ``bert`` is in ``bert4keras``, not in ``Robert``.
"""

from __future__ import annotations

import re

from blogkit.spans import Span
from blogkit.text.normalize import fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"\s+|[^\W_]|_|[^\w\s]")
_PAIRS = (('"', "“”„"), ("'", "‘’"), ("-", "‐‑–"))
_QUOTE_LIKE = {char: f"[{re.escape(plain + others)}]" for plain, others in _PAIRS
               for char in plain + others}  # fmt: skip


class Phrase:
    """A phrase, ready to be looked for.

    Args:
        text: the phrase, as typed.

    >>> Phrase("bert 模型").is_in("Bert模型"), Phrase("bert").is_in("Robert")
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self.text = " ".join(fold_script(text).split())
        self._pattern = re.compile(_pattern_of(self.text), re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Whether the phrase stands in a text."""
        return next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[Span]:
        """Where the phrase stands in a text, in order."""
        folded = fold_script(text)
        for match in self._pattern.finditer(folded):
            if _is_edge(folded, match.start()) and _is_edge(folded, match.end()):
                yield Span(*match.span())


def _pattern_of(text: str) -> str:
    pieces: list[str] = []
    previous = ""
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece.isspace():
            after = text[match.end() : match.end() + 1]
            both_latin = _is_latin(previous) and _is_latin(after)
            pieces.append(r"[\s-]+" if both_latin else r"\s*")
        else:
            if previous and _is_latin(previous) != _is_latin(piece) and not previous.isspace():
                pieces.append(r"\s*")
            pieces.append(_QUOTE_LIKE.get(piece, re.escape(piece)))
        previous = piece
    return "".join(pieces)


def _is_latin(char: str) -> bool:
    return char.isalnum() and char < "\u0530"


def _is_edge(text: str, offset: int) -> bool:
    """Whether a word of Latin letters, or a part of one, may begin or end at an offset."""
    if offset == 0 or offset == len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if not (_is_latin(before) and _is_latin(after)):
        return True
    if before.isdigit() != after.isdigit():
        return True
    return before.islower() and after.isupper()
