r"""Formulas that prose cuts into pieces: `$P(y=$“猫”$)=0.5$`.

A bracket that one piece opens and a later one, or the prose between, closes is no fault.
"""

from collections.abc import Iterable

_PARTNER = {")": "(", "]": "[", "}": "{", "⟩": "⟨", "⌋": "⌊", "⌉": "⌈"}
_HALF_WIDTH = {"（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}"}
_OPENERS = frozenset(_PARTNER.values())


def paired(brackets: Iterable[tuple[int, str]]) -> set[int]:
    """Offsets of the brackets that have a partner among them.

    Args:
        brackets: offset and character of each, in any order; those of prose may be wide.

    >>> sorted(paired([(0, "("), (4, "）"), (9, ")")]))
    [0, 4]
    """
    open_: list[tuple[int, str]] = []
    found: set[int] = set()
    for offset, char in sorted(brackets):
        bracket = _HALF_WIDTH.get(char, char)
        if bracket in _OPENERS:
            open_.append((offset, bracket))
        elif open_ and open_[-1][1] == _PARTNER.get(bracket):
            found |= {open_.pop()[0], offset}
    return found


def in_prose(text: str, start: int) -> list[tuple[int, str]]:
    """The round and square brackets of a stretch of prose that begins at an offset."""
    return [(start + i, char) for i, char in enumerate(text) if char in "()[]（）［］"]
