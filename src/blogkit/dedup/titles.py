"""What two titles say of their posts: that they may be one, are two, or are two of a series.

Imports only the foldings of text.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from blogkit.text.normalize import fold, fold_script

TitleRelation = Literal["alike", "unlike", "series"]

ALIKE_RATIO = 0.75
"""Least share of letters in common, in order, of two titles of one post (difflib's ratio)."""
_SERIES_RATIO = 0.5
"""The same of what is left of two titles of a series without their numbers."""

_CHINESE_DIGITS = "零一二三四五六七八九十百"
_VERSION = re.compile(
    r"(?:(?<![\w.])v|^)(?!(?:19|20)\d\d[.])\d+(?:\.\d+)+(?:-?(?:alpha|beta|rc)\d*)?"
    rf"|第(?:\d+|[{_CHINESE_DIGITS}]+)[份版稿]|(?:副本|\b(?:copy|draft|edition|revision))\s*\d+"
)
"""Names an edition or a copy, or a section at the title's start; a date with dots does not, nor v1,
nor the 2.7 of Python 2.7."""
_COUNTED = re.compile(
    rf"\d+|第([{_CHINESE_DIGITS}]+)|(?<=[(\[【〔 :：])([{_CHINESE_DIGITS}上中下]|"
    rf"[{_CHINESE_DIGITS}]+)(?=[)\]】〕]|$)|(?<=[\u4e00-\u9fff])([上中下])(?:篇|集|册)?$|\b([ivx]+)$"
    rf"|^([{_CHINESE_DIGITS}]+)$"
)
"""Numbers, and what counts the parts of a series: 第三, （二）, 上篇, IV."""
_SIGNED = re.compile(r"(?<![\w.])(\.?)([a-z][a-z0-9]*)([+#]*)(?![a-z0-9])")
_SIGNED_LETTER = re.compile(r"(?<!\w)()([a-z]\d?)([-*'’′]+)(?![\w])")
"""Names and the signs that make others of them: C, C++, C#, .NET; of single letters A*, A-, Q'."""
_SHORTEST_NAME_CHARS = 3
"""A title of so many letters that stands in another is a name for both."""
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Marks:
    """What tells a title from others that are alike."""

    numbers: tuple[str, ...]
    """Its numbers and counts, in order."""
    signs: Mapping[str, frozenset[str]]
    """For each of its names the signs that it bears; none is empty."""

    def differ(self, other: "_Marks") -> bool:
        """Whether the titles count otherwise, or have a name with other signs."""
        both = self.signs.keys() & other.signs.keys()
        return bool(self.numbers and other.numbers and self.numbers != other.numbers) or any(
            self.signs[name].isdisjoint(other.signs[name]) for name in both
        )


def _folded(title: str) -> str:
    """A title without what names an edition."""
    return _VERSION.sub(" ", fold(fold_script(title)).strip())


def _marks(name: str) -> _Marks:
    signs: dict[str, set[str]] = defaultdict(set)
    lettered = list(_SIGNED_LETTER.finditer(name))
    taken = {match.start(2) for match in lettered}
    plain = (match for match in _SIGNED.finditer(name) if match.start(2) not in taken)
    for match in (*lettered, *plain):
        signs[match[2]].add(match[1] + match[3])
    return _Marks(tuple(_numbers(name)), {word: frozenset(own) for word, own in signs.items()})


def title_relation(first: str, second: str) -> TitleRelation:
    """How two titles go together.

    Titles of a series count otherwise, or have other signs, and are alike for the rest. A version
    number names another edition of the same text, so it counts nothing.

    >>> title_relation("读书笔记（一）", "读书笔记（二）"), title_relation("C", "C#")
    ('series', 'series')
    >>> title_relation("Word2vec", "word 2vec"), title_relation("代码即策略", "价值函数空间")
    ('alike', 'unlike')
    """
    if first == second:
        return "alike"
    names = [_folded(title) for title in (first, second)]
    bare = [_MARKS.sub("", _COUNTED.sub(" ", name)) for name in names]
    if _marks(names[0]).differ(_marks(names[1])) and _ratio(bare) >= _SERIES_RATIO:
        return "series"
    whole = [_MARKS.sub("", name) for name in names]
    shorter, longer = sorted(whole, key=len)
    is_inside = len(shorter) >= _SHORTEST_NAME_CHARS and shorter in longer
    return "alike" if is_inside or _ratio(whole) >= ALIKE_RATIO else "unlike"


def _numbers(name: str) -> list[str]:
    found = _COUNTED.finditer(name)
    return [next(filter(None, match.groups()), match[0]).lstrip("0") for match in found]


def _ratio(names: list[str]) -> float:
    first, second = names
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
