"""How Chinese words sound: pinyin without tones. The only module that knows pypinyin."""

from __future__ import annotations

import unicodedata
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


_LONGEST_CHARS = 64
"""Letters of the pinyin of a word; ten characters have fewer."""


def pinyin_of(word: str) -> str:
    """The syllables of a Chinese word, joined; ``ü`` is ``v``.

    >>> pinyin_of("局部"), pinyin_of("绿色")
    ('jubu', 'lvse')
    """
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    # Most words are a phrase of pypinyin's or have none inside; its own way for all takes six
    # times as long.
    if word in PHRASES_DICT:
        return "".join(_without_tone(syllables[0]) for syllables in PHRASES_DICT[word])
    pieces = (word[a:b] for a in range(len(word) - 1) for b in range(a + 2, len(word) + 1))
    if any(piece in PHRASES_DICT for piece in pieces):
        return "".join(lazy_pinyin(word))
    return "".join(map(_pinyin_of_character, word))


@cache
def _without_tone(syllable: str) -> str:
    from pypinyin.contrib.tone_convert import to_normal

    return str(to_normal(syllable))


@cache
def _pinyin_of_character(char: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(char))


def read_sound(text: str) -> str:
    """Pinyin as people type it, without tones, spaces and apostrophes.

    >>> read_sound("Jú bù"), read_sound("tí'dù"), read_sound("lǜsè"), read_sound("ju2bu4")
    ('jubu', 'tidu', 'lvse', 'jubu')
    """
    decomposed = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return "".join(char for char in decomposed if "a" <= char <= "z")


def pieces_of(sound: str) -> set[str]:
    """Whatever part of a sound may be a word."""
    return {
        sound[start:end]
        for end in range(1, len(sound) + 1)
        for start in range(max(0, end - _LONGEST_CHARS), end)
    }


def words_by_sound(sound: str, sounds: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The words that are pronounced so, or if there are none, words that are one after another.

    Args:
        sound: pinyin as ``read_sound`` gives it.
        sounds: for each pinyin, the words that are pronounced so.

    Returns:
        For each word that was spoken, the words that it may be; of several ways to divide the
        sound, one with the fewest words, none of a single character. Empty if there is none.

    >>> words_by_sound("tiducaijian", {"tidu": ["梯度"], "caijian": ["裁剪"], "ti": ["题"]})
    [['梯度'], ['裁剪']]
    """
    if sound in sounds:
        return [sorted(sounds[sound])]
    longer = {
        piece: [word for word in sounds[piece] if len(word) > 1]
        for piece in pieces_of(sound).intersection(sounds)
    }
    longest = max(map(len, longer), default=0)
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(sound) + 1):
        ways = [
            (best[start][0] + 1, start)
            for start in range(max(0, end - longest), end)
            if best[start][0] < _IMPOSSIBLE and longer.get(sound[start:end])
        ]
        best.append(min(ways, default=(_IMPOSSIBLE, 0)))
    pieces: list[list[str]] = []
    end = len(sound)
    while end and best[end][0] < _IMPOSSIBLE:
        start = best[end][1]
        pieces.insert(0, sorted(longer[sound[start:end]]))
        end = start
    return pieces


_IMPOSSIBLE = 1_000
