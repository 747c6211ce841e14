"""Archive pages: what was left of a blog's listing, many posts a file.

An entry starts at a line such as ``5 Jun`` and ends before the next, or at ``点击阅读全文...``. The
year is not in the file and is never guessed. What stands outside the entries, such as the site's
header, is left out and told.
"""

import re
from dataclasses import dataclass, field

from blogkit.posts import Occurrence, Post
from blogkit.sources.reading import (
    Draft,
    assemble,
    mark_captions,
    mark_headings,
    paragraphs,
    reads_as_title,
    title_from_text,
)
from blogkit.text.dates import PostDate

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE_LINE = re.compile(rf"\s*(\d{{1,2}})\s+({'|'.join(_MONTHS)})[a-z]*\.?\s*", re.IGNORECASE)
_READ_MORE = re.compile(r"\s*点击阅读全文\s*(?:\.{2,}|…+)?\s*")
_FILED_UNDER = re.compile(
    r"\s*分类[:：]\s*(?P<categories>.*?)\s*(?:标签[:：]\s*(?P<tags>.*?)\s*)?"
    r"(?:阅读全文\s*)?(?:(?P<comments>\d+)\s*(?:条|个)?评论\s*)?"
)
_LIST_COMMA = re.compile(r"(?<!\s)\s*[,，、]\s*")


@dataclass(slots=True)
class _Entry:
    """Lines of one entry while the page is read."""

    date: PostDate
    line: int
    lines: list[str] = field(default_factory=list)
    truncated: bool = False
    end_line: int = 0
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments: int | None = None


def is_archive(text: str) -> bool:
    """Whether a text has a date line, as archive pages have before each entry."""
    return any(_date(line) for line in text.split("\n"))


def read_archive(text: str, path: str | None) -> tuple[list[Post], list[tuple[int, int]]]:
    """The posts of an archive page, in order, and the line ranges that belong to none.

    Ranges are of lines from 1, both ends included, without blank lines at their ends.
    """
    entries: list[_Entry] = []
    stray: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        entry = entries[-1] if entries else None
        date = _date(line)
        if date:
            entries.append(_Entry(date, number, end_line=number))
        elif entry and (filed := _FILED_UNDER.fullmatch(line)):
            _file_under(entry, filed)
        elif entry and not entry.truncated:
            _take(entry, line, number)
        elif line.strip():
            stray.append(number)
    return [_post(entry, path) for entry in entries], _ranges(stray)


def _date(line: str) -> PostDate | None:
    match = _DATE_LINE.fullmatch(line)
    if not match:
        return None
    day, month = int(match[1]), _MONTHS.index(match[2].capitalize()) + 1
    return PostDate(None, month, day) if 1 <= day <= _DAYS_IN_MONTH[month - 1] else None


def _take(entry: _Entry, line: str, number: int) -> None:
    entry.truncated = bool(_READ_MORE.fullmatch(line))
    if line.strip():
        entry.end_line = number
    if not entry.truncated:
        entry.lines.append(line)


def _file_under(entry: _Entry, filed: re.Match[str]) -> None:
    """Take category, tags and comments from the line below an entry; it is no text of its own."""
    entry.lines.append("")
    entry.categories = _listed(filed["categories"])
    entry.tags = _listed(filed["tags"])
    entry.comments = int(filed["comments"]) if filed["comments"] else None


def _listed(names: str | None) -> tuple[str, ...]:
    return tuple(name for name in _LIST_COMMA.split(names or "") if name)


def _post(entry: _Entry, path: str | None) -> Post:
    drafts = mark_captions(paragraphs(entry.lines, entry.line + 1))
    titled = bool(drafts) and reads_as_title(drafts[0])
    title = drafts[0].text.strip() if titled else title_from_text(drafts)
    body: list[Draft] = mark_headings(drafts[1:] if titled else drafts)
    text, blocks = assemble(body)
    return Post(
        title=title,
        text=text,
        title_from="heading" if titled else "text",
        date=entry.date,
        tags=entry.tags,
        categories=entry.categories,
        comments=entry.comments,
        truncated=entry.truncated,
        blocks=blocks,
        occurrences=(Occurrence(path, entry.line, entry.end_line, entry.truncated),),
    )


def _ranges(lines: list[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for line in lines:
        if ranges and line <= ranges[-1][1] + 2:
            ranges[-1] = (ranges[-1][0], line)
        else:
            ranges.append((line, line))
    return ranges
