"""Foldings that make two ways of writing the same thing equal.

``fold_script`` and ``fold`` keep offsets, so that a match in the folded text is a match at the same
place of the original; ``squeeze`` does not, and serves comparison only.
"""

import re
import unicodedata

from blogkit.text.traditional import SIMPLIFIED, TRADITIONAL

_SPACE = re.compile(r"\s+")


class _Folding(dict[int, int]):
    """Code point to folded code point, filled as characters are met."""

    def __missing__(self, code: int) -> int:
        char = unicodedata.normalize("NFKC", chr(code))
        folded = ord(char) if len(char) == 1 else code
        self[code] = folded
        return folded


class _ScriptFolding(dict[int, int]):
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


def fold_width(text: str) -> str:
    """Text with full-width and other compatibility forms replaced, of the same length.

    A form that stands for several characters, such as ``…``, stays as it is.

    >>> fold_width("ＩＣＬＲ　２０２０，")
    'ICLR 2020,'
    """
    return text if text.isascii() else text.translate(_WIDTH)


def fold_script(text: str) -> str:
    """Text folded in width, and from traditional characters to simplified ones; same length.

    >>> fold_script("梯度裁剪加速訓練，ＧＥＬＵ")
    '梯度裁剪加速训练,GELU'
    """
    return text if text.isascii() else text.translate(_SCRIPT)


def fold(text: str) -> str:
    """Text folded in width and case, of the same length.

    >>> fold("ＯＮ-LSTM")
    'on-lstm'
    """
    text = fold_width(text)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def collapse_space(text: str) -> str:
    """Text with each run of white space as one space, and none at the ends.

    >>> collapse_space(" a\\n  b ")
    'a b'
    """
    return _SPACE.sub(" ", text).strip()


def squeeze(text: str) -> str:
    """Text folded in width and case, without any white space: what two copies share.

    >>> squeeze("ICLR 2020 满分论文") == squeeze("ＩＣＬＲ2020满分论文")
    True
    """
    return _SPACE.sub("", fold(text))


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
