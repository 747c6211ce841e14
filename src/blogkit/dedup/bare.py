"""What of a text no format changes: its letters, digits and mathematical symbols.

The same post comes as Markdown, as a page and in a feed; punctuation is half-width in one and
full-width in another, emphasis and links are marked or not, formulas stand between dollars or
brackets. Copies are compared without all of that. Imports nothing of blogkit.
"""

import re
import unicodedata

_LINK_TARGET = re.compile(
    r"(?<=\])\(<?(?:https?://|/|\.|#)[^()\s]{0,500}>?(?:\s\"[^\"\n]{0,200}\")?\)"
)
_MARKS = frozenset("$|~>^`")
"""Symbols that are marks of Markdown or TeX, not said by the text."""


class _Bare(dict[int, int | None]):
    """Code point to itself, or to None where it is left out; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        is_mark = char in _MARKS or unicodedata.category(char)[0] in "PZC"
        self[code] = None if is_mark else code
        return self[code]


_BARE = _Bare()


def bare(text: str) -> str:
    r"""Text without punctuation, white space, marks of Markdown, and targets of links.

    >>> bare("见**[论文](https://example.org)**，$x_1$。") == bare(r"见论文,\(x_{1}\).")
    True
    """
    return _LINK_TARGET.sub("", text).translate(_BARE)


def bare_with_places(text: str) -> tuple[str, list[int]]:
    """The same, with the place in the text of each character that is left.

    >>> bare_with_places("a, $b$")
    ('ab', [0, 4])
    """
    places: list[int] = []
    start = 0
    for end, after in (*(m.span() for m in _LINK_TARGET.finditer(text)), (len(text), 0)):
        places += (at for at in range(start, end) if _BARE[ord(text[at])] is not None)
        start = after
    return "".join(text[place] for place in places), places
