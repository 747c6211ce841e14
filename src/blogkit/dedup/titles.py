"""What two titles say of their posts: that they may be one, are two, or are two of a series.

Imports only the foldings of text.
"""

import re
from difflib import SequenceMatcher
from typing import Literal

from blogkit.text.normalize import fold, fold_script

TitleRelation = Literal["alike", "unlike", "series"]

ALIKE_RATIO = 0.75
"""Least share of letters in common, in order, of two titles of one post (difflib's ratio)."""
_SERIES_RATIO = 0.5
"""The same of what is left of two titles of a series without their numbers."""

_VERSION = re.compile(
    r"(?<![\w.])(?:v?(?!(?:19|20)\d\d[.])\d+(?:\.\d+)+(?:-?(?:alpha|beta|rc)\d*)?|v\d+\b)"
)
"""Names an edition; a date with dots does not."""
_CHINESE_DIGITS = "零一二三四五六七八九十百"
_COUNTED = re.compile(
    rf"\d+|第([{_CHINESE_DIGITS}]+)|(?<=[(\[【〔 :：])([{_CHINESE_DIGITS}上中下]|"
    rf"[{_CHINESE_DIGITS}]+)(?=[)\]】〕]|$)|(?<=[\u4e00-\u9fff])([上中下])(?:篇|集|册)?$|\b([ivx]+)$"
)
"""Numbers, and what counts the parts of a series: 第三, （二）, 上篇, IV."""
_SHORTEST_NAME_CHARS = 3
"""A title of so many letters that stands in another is a name for both."""
_MARKS = re.compile(r"[\W_]+")


def title_relation(first: str, second: str) -> TitleRelation:
    """How two titles go together.

    Titles of a series count otherwise and are alike for the rest. A version number names another
    edition of the same text, so it counts nothing.

    >>> title_relation("读书笔记（一）", "读书笔记（二）")
    'series'
    >>> title_relation("Word2vec", "word 2vec"), title_relation("代码即策略", "价值函数空间")
    ('alike', 'unlike')
    """
    names = [_VERSION.sub(" ", fold(fold_script(title)).strip()) for title in (first, second)]
    numbers = [_numbers(name) for name in names]
    bare = [_MARKS.sub("", _COUNTED.sub(" ", name)) for name in names]
    if all(numbers) and numbers[0] != numbers[1] and _ratio(bare) >= _SERIES_RATIO:
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
