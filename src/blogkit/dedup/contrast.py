"""What alone sets two passages apart that look much the same."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from blogkit.dedup.bare import bare
from blogkit.language import Message, in_list
from blogkit.text.normalize import fold, fold_script, fold_width

_POINTS_TOLD = 3
"""Characters that are told by their code points, at most."""
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ", "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXovp"
)
"""Letters of Cyrillic and Greek that are drawn as Latin ones."""


_Step: TypeAlias = tuple[Message, Callable[[str], str]]


def contrast(first: str, second: str) -> str | None:
    """What alone differs; None where the words themselves do, or one passage is empty.

    >>> str(contrast("设\u200b函数", "设函数"))
    'invisible characters (U+200B)'
    >>> str(contrast("ICLR 2020，", "ICLR2020,"))
    'white space, width of characters'
    """
    if not first or not second:
        return None
    steps: list[_Step] = [
        (_hidden_between(first, second), _visible),
        (Message("white space"), lambda text: "".join(text.split())),
        (Message("width of characters"), fold_width),
        (Message("composition of characters"), lambda text: unicodedata.normalize("NFKC", text)),
        (Message("letters of another alphabet"), lambda text: text.translate(_LOOK_ALIKE)),
        (Message("case"), fold),
        (Message("traditional and simplified characters"), fold_script),
        (Message("punctuation and marks"), bare),
    ]
    folded = first, second
    for count, (_, fold_more) in enumerate(steps, start=1):
        folded = fold_more(folded[0]), fold_more(folded[1])
        if folded[0] == folded[1]:
            needed = [
                name
                for index, (name, _) in enumerate(steps[:count])
                if not _are_one(first, second, steps[:index] + steps[index + 1 : count])
            ]
            return in_list(needed)
    return None


def _are_one(first: str, second: str, steps: Sequence[_Step]) -> bool:
    for _, folded in steps:
        first, second = folded(first), folded(second)
    return first == second


def _hidden_between(first: str, second: str) -> Message:
    """The invisible characters that stand more often in one passage, by their code points."""
    hidden = sorted(filter(_is_hidden, {*first, *second}))
    chars = [char for char in hidden if first.count(char) != second.count(char)][:_POINTS_TOLD]
    points = ", ".join(f"U+{ord(char):04X}" for char in chars)
    return Message("invisible characters ({points})", points=points)


def _visible(text: str) -> str:
    hidden = [char for char in set(text) if _is_hidden(char)]
    return text.translate(dict.fromkeys(map(ord, hidden))) if hidden else text


@lru_cache(maxsize=1 << 14)
def _is_hidden(char: str) -> bool:
    """Whether a character draws nothing: a format character, a control, a variation selector."""
    is_selector = "\ufe00" <= char <= "\ufe0f"
    return is_selector or (unicodedata.category(char) in ("Cf", "Cc") and not char.isspace())
