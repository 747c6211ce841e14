"""Parts of a series, whose name is what a query asks for, in the order of their numbers.

The titles of parts say the name and then count: ``升级之路：1、…``, ``笔记（二）``, ``上篇``. They
answer their name alike, and chance would order them. Imports only the foldings of text.
"""

from __future__ import annotations

import re

from blogkit.text.normalize import fold_case, fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogkit.index.matches import SectionMatch

LOOKED_AT = 40
"""So many posts are looked at, from the best."""
NAME_CHARS = range(2, 40)
"""How long the name of a series is, without marks."""
_MARKS = re.compile(r"[\W_]+")
_COUNT = re.compile(
    r"[\W_]*[第之]?(\d{1,3}|[一二三四五六七八九十]{1,3}|[上中下])(?![\d年月日]|[个种次些点步类])[篇章讲集部册回]?"
)
"""A number right behind the name of a series; no year, and none that counts a noun."""
_DIGITS = "〇一二三四五六七八九"


def in_order_of_parts(
    matches: Sequence[SectionMatch], query: str, titles: Mapping[int, str]
) -> list[SectionMatch]:
    """The matches, those that are parts of the series that is asked for in order among themselves.

    A part that is asked for by its number comes first.

    Args:
        matches: of posts, best first.
        query: what was asked.
        titles: titles of the first posts, by number.
    """
    name, asked = _name_and_number(query)
    if len(name) not in NAME_CHARS:
        return list(matches)
    said = _folded("\n".join(titles.values()))
    if name not in said and (not set(name) <= set(said) or name not in _MARKS.sub("", said)):
        return list(matches)
    says_name = re.compile(r"[\W_]*".join(map(re.escape, name)))
    parts = {
        match.post: number
        for match in matches[:LOOKED_AT]
        if (number := _part(titles.get(match.post, ""), says_name)) is not None
    }
    if len(set(parts.values())) < 2:
        return list(matches)
    ordered = iter(
        sorted(
            (match for match in matches[:LOOKED_AT] if match.post in parts),
            key=lambda match: (parts[match.post] != asked, parts[match.post]),
        )
    )
    return [next(ordered) if match.post in parts else match for match in matches]


def _name_and_number(query: str) -> tuple[str, int | None]:
    """The name that a query is, without marks, and the number at its end, if it has one."""
    folded = _folded(query).strip()
    for match in _COUNT.finditer(folded):
        if match.start() and not _MARKS.sub("", folded[match.end() :]):
            return _MARKS.sub("", folded[: match.start()]), _number(match[1])
    return _MARKS.sub("", folded), None


def _folded(text: str) -> str:
    return fold_case(fold_script(text))


def _part(title: str, says_name: re.Pattern[str]) -> int | None:
    """Which part a title counts of the series whose name it says; None where it counts none."""
    folded = _folded(title)
    said = says_name.search(folded)
    counted = _COUNT.match(folded, said.end()) if said else None
    return _number(counted[1]) if counted else None


def _number(count: str) -> int:
    """The number that digits, Chinese numerals below a hundred, or 上 中 下 say.

    >>> [_number(count) for count in ("12", "三", "十", "二十一", "下")]
    [12, 3, 10, 21, 3]
    """
    if count.isdecimal():
        return int(count)
    if count in "上中下":
        return "上中下".index(count) + 1
    tens, ten, ones = count.rpartition("十")
    value = 10 * (_DIGITS.index(tens) if tens in _DIGITS and tens else 1) if ten else 0
    return value + (_DIGITS.index(ones) if ones and ones in _DIGITS else 0)
