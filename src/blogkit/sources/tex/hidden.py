"""What is kept apart from a text while it is read: formulas, code in a line, addresses."""

import re

from blogkit.sources.tex.stream import BREAK_MARK, breaks, closing_brace
from blogkit.text.mathspans import split_at_math

_FIRST, _KEPT_MOST = 0xF0000, 0x1FFFE
PRIVATE = re.compile("[\ue0e0-\ue0e3\ue0f5-\ue0f8\U000f0000-\U0010ffff]")
"""Characters that stand for something while a text is read; none of a file's own may."""
_SHOWN = re.compile("[\ue0f5\U000f0000-\U0010ffff]")
_ENSURED = re.compile(r"\\ensuremath\s*(?=\{)")
_NO_MATH = re.compile(r"\\xspace(?![A-Za-z])\s?|\\protect(?![A-Za-z])\s?")
_OTHER_NAMES = {"dmath": "equation", "IEEEeqnarray": "eqnarray", "darray": "eqnarray"}
_OTHERWISE_NAMED = re.compile(r"\\(begin|end)\{(dmath|IEEEeqnarray|darray)(\*?)\}(\{[^{}\n]*\})?")
_ENSURED_MOST = 100
_BACKTICKS = re.compile(r"(?<!\\)``|(?<!\\)`")


class Hidden:
    """Pieces of a text, each in its place one private character.

    There are more of these than a file has formulas; what comes later stays in the text.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def keep(self, piece: str) -> str:
        """The character that stands for a piece from now on."""
        if len(self._pieces) >= _KEPT_MOST:
            return piece
        self._pieces.append(self.shown(piece))
        return chr(_FIRST + len(self._pieces) - 1)

    def shown(self, text: str) -> str:
        """A text with its pieces again, and without marks for line breaks."""
        return _SHOWN.sub(lambda match: self._piece(match.group()), text)

    def _piece(self, char: str) -> str:
        return "" if char == BREAK_MARK else self._pieces[ord(char) - _FIRST]

    def hide_math(self, text: str) -> str:
        """Text with each formula as one character, and a mark for each line break in it.

        Quotes are no code spans in TeX: they become quotation marks before formulas are looked for.
        """
        text = _BACKTICKS.sub(lambda match: "“" if len(match.group()) == 2 else "‘", text)
        text = _OTHERWISE_NAMED.sub(_usual, text)
        pieces = []
        for span, is_math in split_at_math(text, tex=True):
            piece = span.of(text)
            if is_math:
                shown = _NO_MATH.sub("", _without_ensuring(piece)).replace(BREAK_MARK, "")
                pieces.append(self.keep(shown) + BREAK_MARK * breaks(piece))
            else:
                pieces.append(self._ensured(piece))
        return "".join(pieces)

    def _ensured(self, text: str) -> str:
        r"""Prose whose ``\ensuremath{…}`` are formulas."""
        pieces: list[str] = []
        position = 0
        while match := _ENSURED.search(text, position):
            end = closing_brace(text, match.end())
            if end is None:
                break
            inside = text[match.end() + 1 : end]
            formula = _NO_MATH.sub("", _without_ensuring(inside)).strip()
            kept = self.keep(f"${formula}$") if formula else ""
            pieces += [text[position : match.start()], kept, BREAK_MARK * breaks(inside)]
            position = end + 1
        return "".join([*pieces, text[position:]])


def _without_ensuring(formula: str) -> str:
    r"""A formula without ``\ensuremath``, which means nothing inside of one."""
    for match in reversed(list(_ENSURED.finditer(formula))[:_ENSURED_MOST]):
        end = closing_brace(formula, match.end())
        if end is not None:
            inside = formula[match.end() + 1 : end]
            formula = formula[: match.start()] + inside + formula[end + 1 :]
    return formula


def _usual(match: re.Match[str]) -> str:
    """An environment's end by the name that it has in amsmath."""
    return rf"\{match[1]}{{{_OTHER_NAMES[match[2]]}{match[3]}}}"
