"""Logseq's notes: properties of the page, and marks of its blocks that are no text.

Source: Logseq's documentation, "Properties" and "Block embed". Lines stay where they are.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from blogkit.sources.front_matter import FrontMatter
from blogkit.sources.html.head import read_date
from blogkit.text.dates import UNDATED

_PROPERTY = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?P<name>[A-Za-z][\w./-]{0,40})::(?:[ \t]+(?P<value>.*))?"
)
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}|~{3,})")
_OF_PAGES = frozenset(("title", "date", "tags", "alias", "type", "public", "icon", "category"))
_OF_BLOCKS = re.compile(
    r"id|collapsed|heading|background-color|created-at|updated-at|exclude-from-graph-view"
    r"|template(?:-including-parent)?|filters|file(?:-path)?|(?:logseq|ls|hl|card|query|pre)[.-].*"
)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MARKS = (
    (re.compile(r"\{\{(?:embed|query)[ \t][^{}\n]*\}\}"), ""),
    (re.compile(rf"\[([^\[\]\n]*)\]\(\(\({_UUID}\)\)\)"), r"\1"),
    (re.compile(rf"\(\({_UUID}\)\)"), ""),
    (re.compile(r"\{\{cloze[ \t]+((?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*)\}\}"), r"\1"),
    (re.compile(r"^[ \t]*(?:[-*+][ \t]+)?#\+(?:BEGIN|END)_[A-Z]+[ \t]*$"), ""),
)
_BARE_BULLET = re.compile(r"([ \t]+)-[ \t]*")
"""A bullet of an empty block, or of one whose text begins on the next line."""
_LIST_COMMA = re.compile(r"(?<!\s)\s*[,，;；、]\s*|(?<=\]\])\s+(?=\[\[|#)")


class LogseqPage(NamedTuple):
    """A page without what is no text of it."""

    text: str
    """Its text, line for line."""
    front: FrontMatter
    """What its properties say."""


def read_properties(text: str) -> LogseqPage:
    r"""A page's text, and what its properties say of it.

    >>> page = read_properties("title:: 贝叶斯\ntags:: [[概率]], 统计\n\n- id:: 1\n- 正文")
    >>> page.front.title, page.front.tags, page.text
    ('贝叶斯', ('概率', '统计'), '\n\n\n\n- 正文')
    """
    if "::" not in text and "((" not in text and "{{" not in text and "#+" not in text:
        return LogseqPage(text, FrontMatter())
    lines = text.split("\n")
    properties = _of_page(lines)
    start = max(properties, default=-1) + 1
    shown = [""] * start + _blocks(lines[start:])
    said = {match["name"].lower(): (match["value"] or "").strip() for match in properties.values()}
    date = read_date(_unlinked(said.get("date", ""))) if said.get("date") else UNDATED
    front = FrontMatter(
        title=_unlinked(said.get("title", "")) or None,
        date=date,
        tags=_names(said.get("tags", "")),
        categories=_names(said.get("category", "")),
    )
    return LogseqPage("\n".join(shown), front)


def _of_page(lines: list[str]) -> dict[int, re.Match[str]]:
    """The properties at a page's head by their lines; none unless Logseq knows one of them."""
    found: dict[int, re.Match[str]] = {}
    for number, line in enumerate(lines):
        match = _PROPERTY.fullmatch(line)
        if match and not line.startswith((" ", "\t")):
            found[number] = match
        elif line.strip() or found:
            break
    known = {match["name"].lower() for match in found.values()} & _OF_PAGES
    return found if known else {}


def _blocks(lines: list[str]) -> list[str]:
    """Lines without properties of blocks and marks; code stays as it is."""
    shown: list[str] = []
    fence = ""
    for line in _without_bare_bullets(lines):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened and opened[1].startswith(fence) else fence
        elif opened:
            fence = opened[1]
        else:
            line = _plain_line(line)
        shown.append(line)
    return shown


def _without_bare_bullets(lines: list[str]) -> Iterator[str]:
    """Lines whose bullets stand with their text: one alone would underline the line above it."""
    bullet = None
    for line in lines:
        if bullet is not None and line.startswith(f"{bullet}  ") and line.strip():
            line = f"{bullet}- {line[len(bullet) + 2 :]}"
        bare = _BARE_BULLET.fullmatch(line)
        bullet = bare[1] if bare else None
        yield "" if bare else line


def _plain_line(line: str) -> str:
    match = _PROPERTY.fullmatch(line)
    if match and _OF_BLOCKS.fullmatch(match["name"]):
        return ""
    for pattern, plain in _MARKS:
        line = pattern.sub(plain, line)
    return line


def _unlinked(value: str) -> str:
    return value.replace("[[", "").replace("]]", "").strip()


def _names(value: str) -> tuple[str, ...]:
    names = (_unlinked(name).lstrip("#").strip() for name in _LIST_COMMA.split(value))
    return tuple(dict.fromkeys(name for name in names if name))
