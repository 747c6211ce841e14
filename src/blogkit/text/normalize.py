"""Foldings that make two ways of writing the same thing equal.

``fold_script`` and ``fold`` keep offsets, so that a match in the folded text is a match at the same
place of the original; ``squeeze`` does not, and serves comparison only.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise

from blogkit.text.traditional import SIMPLIFIED, TRADITIONAL

_CHARS_BY_TABLE = 100_000
"""So many characters are folded one by one, as fast as the expression that finds those to be folded
is made: a search makes none."""


class _Folding(dict[int, int]):
    """Code point to folded code point, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _CHARS_BY_TABLE

    def of(self, text: str) -> str:
        """The text folded."""
        if text.isascii():
            return text
        if self._left > 0:
            self._left -= len(text)
            return text.translate(self)
        found = set(_foldable().findall(text))
        folded = {char: chr(self[ord(char)]) for char in found}
        changed = {char: to for char, to in folded.items() if to != char}
        if not changed.keys().isdisjoint(changed.values()):  # 薴 is 苧, and 苧 is 苎
            return text.translate(self)
        for char, to in changed.items():
            text = text.replace(char, to)
        return text

    def __missing__(self, code: int) -> int:
        char = unicodedata.normalize("NFKC", chr(code))
        folded = ord(char) if len(char) == 1 else code
        self[code] = folded
        return folded


class _ScriptFolding(_Folding):
    """As _Folding, and from traditional characters to simplified ones."""

    def __missing__(self, code: int) -> int:
        folded = _WIDTH[code]
        place = TRADITIONAL.find(chr(folded))
        if place >= 0:
            folded = ord(SIMPLIFIED[place])
        self[code] = folded
        return folded


_WIDTH = _Folding()
_SCRIPT = _ScriptFolding()


@cache
def _foldable() -> re.Pattern[str]:
    """All characters that a folding may change: neither ASCII nor ideographs but the traditional.

    As what it is not: ``re`` has a table for classes below U+10000 only.
    """
    ends = [0x4DFF, *sorted(map(ord, TRADITIONAL)), 0xA000]
    gaps = (f"{chr(a + 1)}-{chr(b - 1)}" for a, b in pairwise(ends) if b - a > 1)
    return re.compile(f"[^\0-\x7f{''.join(gaps)}]")


def fold_width(text: str) -> str:
    """Text with full-width and other compatibility forms replaced, of the same length.

    A form that stands for several characters, such as ``…``, stays as it is.

    >>> fold_width("ＩＣＬＲ　２０２０，")
    'ICLR 2020,'
    """
    return _WIDTH.of(text)


def fold_script(text: str) -> str:
    """Text folded in width, and from traditional characters to simplified ones; same length.

    >>> fold_script("梯度裁剪加速訓練，ＧＥＬＵ")
    '梯度裁剪加速训练,GELU'
    """
    return _SCRIPT.of(text)


def fold(text: str) -> str:
    """Text folded in width and case, of the same length.

    >>> fold("ＯＮ-LSTM")
    'on-lstm'
    """
    return fold_case(fold_width(text))


def fold_case(text: str) -> str:
    """Text in small letters, of the same length: a letter whose small one is two stays.

    >>> fold_case("LSTM")
    'lstm'
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def collapse_space(text: str) -> str:
    """Text with each run of white space as one space, and none at the ends.

    >>> collapse_space(" a\\n  b ")
    'a b'
    """
    return " ".join(text.split())


def squeeze(text: str) -> str:
    """Text folded in width and case, without any white space: what two copies share.

    >>> squeeze("ICLR 2020 满分论文") == squeeze("ＩＣＬＲ2020满分论文")
    True
    """
    return "".join(fold(text).split())


def storable(text: str) -> str:
    """Text without lone surrogates, which no UTF-8 file can hold; each becomes ``?``.

    Raises:
        TypeError: if it is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f"expected text, found {type(text).__name__}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
