"""Keys that words of like spelling, or of one sound, have in common.

Of two words that few changes make one another, a third that no change touches is the same in both,
and stands at nearly the same place. So an index finds all words like one by some dozens of keys,
however many it holds.

Source: Li, Deng, Wang and Feng, Pass-Join: A Partition-based Method for Similarity Joins (2011).
"""

from __future__ import annotations

from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = 3
"""Parts that a word is cut into: one more than the changes that are looked for."""
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fd5"


def keys_of(word: str) -> list[str]:
    """The keys of a word: of its spelling, if it has three characters; of its sound, if Chinese.

    >>> keys_of("kmeans"), keys_of("梯度")
    (['6/0/km', '6/1/ea', '6/2/ns'], ['~tidu'])
    """
    keys = keys_of_spelling(word)
    if _FIRST_HAN <= word[0] <= _LAST_HAN:
        from blogkit.text.pinyin import pinyin_of

        keys.append(sound_key(pinyin_of(word)))
    return keys


def keys_of_spelling(word: str) -> list[str]:
    """Three keys, two of which a word has too that differs in one character."""
    return [_key(len(word), part, word[a:b]) for part, (a, b) in enumerate(_parts(len(word)))]


def sound_key(sound: str) -> str:
    """The key of the words that are pronounced so; pinyin as ``pinyin_of`` gives it."""
    return f"~{sound}"


def keys_of_near(word: str, most: int) -> set[str]:
    """Keys of which each word has one that so many changes make of this one.

    Args:
        word: three and more characters.
        most: letters to insert, delete, replace, or swap with a neighbour; 1 or 2.

    >>> sorted(keys_of_near("attnetion", 1).intersection(keys_of("attention")))
    ['9/0/att', '9/2/ion']
    """
    keys = set(_near(word, most))
    # A swap touches two parts, and what is changed besides a third.
    for at in range(len(word) - 1 if most > 1 else 0):
        keys.update(_near(word[:at] + word[at + 1] + word[at] + word[at + 2 :], most - 1))
    return keys


def _near(word: str, most: int) -> Iterator[str]:
    for length in range(max(_PARTS, len(word) - most), len(word) + most + 1):
        for part, (a, b) in enumerate(_parts(length)):
            for start in range(max(0, a - most), min(len(word) - (b - a), a + most) + 1):
                yield _key(length, part, word[start : start + b - a])


def _parts(length: int) -> list[tuple[int, int]]:
    if length < _PARTS:
        return []
    ends = [length * part // _PARTS for part in range(_PARTS + 1)]
    return list(pairwise(ends))


def _key(length: int, part: int, text: str) -> str:
    return f"{length}/{part}/{text}"
