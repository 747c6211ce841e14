"""What a search page is asked for: the words and the filters of an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from blogkit.errors import QueryError
from blogkit.language import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogkit.library.facade import Library
    from blogkit.search.hits import Hits

PAGE_HITS = 10
"""Hits of one page."""
MOST_CHARS = 2_000
"""Longest query or pattern that a page takes."""
_MOST_OFFSET = 10_000


@dataclass(frozen=True, slots=True)
class Asking:
    """A search as an address has it."""

    words: str = ""
    """What was typed: words and formulas, in the query language."""
    tag: str = ""
    """The tag that posts must bear; empty for any."""
    year: str = ""
    """The year that posts are of; empty for any."""
    source: str = ""
    """What the path of a copy must hold; empty for any."""
    has_formula: bool = False
    """Whether only posts with formulas are looked for."""
    by: Literal["post", "section"] = "post"
    """What is ranked."""
    explain: bool = False
    """Whether the hits say what their scores are made of."""
    offset: int = 0
    """How many better hits are passed over."""

    @property
    def query(self) -> str:
        """The words with the filters as conditions of the query language."""
        conditions = [self.words]
        if self.tag:
            conditions.append(f"tag:{_quoted(self.tag)}")
        if self.year:
            conditions.append(f"date:{self.year}")
        if self.source:
            conditions.append(f"path:{_quoted(self.source)}")
        if self.has_formula:
            conditions.append("has:formula")
        return " ".join(filter(None, conditions))

    @property
    def has_filters(self) -> bool:
        """Whether anything but the words is asked for."""
        return bool(self.tag or self.year or self.source or self.has_formula)

    def answer(self, library: Library) -> Hits:
        """The library's answer."""
        return library.search(
            self.query, limit=PAGE_HITS, offset=self.offset, by=self.by, explain=self.explain
        )

    def address(self, **changes: str | int | bool) -> str:
        """The address of the same search with some things changed."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # names and types are the fields'
        values = {
            "q": asked.words,
            "tag": asked.tag,
            "year": asked.year,
            "source": asked.source,
            "formula": "1" if asked.has_formula else "",
            "by": "" if asked.by == "post" else asked.by,
            "explain": "1" if asked.explain else "",
            "offset": str(asked.offset or ""),
        }
        return address_of("/", values)


def read_asking(values: Mapping[str, str]) -> Asking:
    """The search of an address.

    Raises:
        QueryError: if a value is none that the form gives.
    """
    return Asking(
        words=read_text(values, "q"),
        tag=read_text(values, "tag"),
        year=read_year(values),
        source=read_text(values, "source"),
        has_formula=values.get("formula") == "1",
        by="section" if values.get("by") == "section" else "post",
        explain=values.get("explain") == "1",
        offset=read_offset(values),
    )


def address_of(path: str, values: Mapping[str, str]) -> str:
    """The address of a page that is asked for some things; empty ones are not told.

    >>> address_of("/posts", {"tag": "优化", "year": ""}), address_of("/posts", {"tag": ""})
    ('/posts?tag=%E4%BC%98%E5%8C%96', '/posts')
    """
    told = urlencode({name: value for name, value in values.items() if value})
    return f"{path}?{told}" if told else path


def read_text(values: Mapping[str, str], name: str) -> str:
    """One text of an address.

    Raises:
        QueryError: if it is too long.
    """
    text = values.get(name, "").strip()
    if len(text) > MOST_CHARS:
        raise QueryError(
            Message(
                "{name}: expected at most {most_chars} characters, found {count}",
                name=name,
                most_chars=MOST_CHARS,
                count=len(text),
            )
        )
    return text


def read_year(values: Mapping[str, str]) -> str:
    """The year of an address; empty for any.

    Raises:
        QueryError: if it is no year.
    """
    year = values.get("year", "").strip()
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise QueryError(Message("year: expected four digits, found '{year}'", year=year[:20]))
    return year


def read_offset(values: Mapping[str, str]) -> int:
    """How many hits an address passes over.

    Raises:
        QueryError: if that is no number, or too great.
    """
    text = values.get("offset") or "0"
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= _MOST_OFFSET):
        raise QueryError(
            Message(
                "offset: expected 0 to {most_offset}, found '{text}'",
                most_offset=_MOST_OFFSET,
                text=text[:20],
            )
        )
    return int(text)


def _quoted(value: str) -> str:
    """A value in quotes that it does not hold itself."""
    for opener, closer in ('""', "「」", "『』"):
        if opener not in value and closer not in value:
            return f"{opener}{value}{closer}"
    return '"' + value.replace('"', "") + '"'
