"""The home as plain text: each kind of thing with a heading, its lines and what is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from blogkit.library.formulas import Formula
from blogkit.results.records import record
from blogkit.study.home import Doubts, Home
from blogkit.views.clean import clean, columns, one_line, shown_date
from blogkit.views.speech import say
from blogkit.views.study_plain import due_line
from blogkit.views.terms import term


@record
class Part:
    """One kind of thing on the home."""

    kind: Literal["half_read", "due", "added", "cited", "doubts"]
    """What it is."""
    heading: str
    """The same, said."""
    rows: tuple[tuple[str, ...], ...]
    """The things: the id by which each is opened, what is to be known of it, its name."""
    remark: str
    """How much there is in all, or what to do where there is nothing; may be empty."""


def home(found: Home) -> Iterator[str]:
    """How much there is, then each part with its heading."""
    yield count_line(found)
    for part in parts(found):
        yield ""
        yield part.heading
        yield from (f"  {line}" for line in columns(part.rows))
        if part.remark:
            yield f"  {part.remark}"


def count_line(found: Home) -> str:
    """How much there is, in one line."""
    return say(
        "{posts} posts, {unread} of them not read yet", posts=found.posts, unread=found.unread
    )


def parts(found: Home) -> list[Part]:
    """What is on the home, in the order in which one would go on; nothing of an empty library."""
    if not found.posts:
        return []
    return [
        Part("half_read", say("Half read"), tuple(_half_read(found)), _remark_on_half_read(found)),
        Part("due", say("Due"), (), due_line(found.due)),
        Part("added", say("Added last"), tuple(_added(found)), ""),
        Part(
            "cited",
            say("Not read yet, and cited by others"),
            tuple(_cited(found)),
            _remark_on_cited(found),
        ),
        Part(
            "doubts",
            say("Refuted or undecided"),
            tuple(_doubts(found.doubts)),
            doubts_line(found.doubts),
        ),
    ]


def _half_read(found: Home) -> Iterator[tuple[str, ...]]:
    for entry in found.half_read:
        since = datetime.fromtimestamp(entry.time or 0)
        day = say("since {day}", day=f"{since:%Y-%m-%d}")
        yield clean(entry.post_id), day, one_line(entry.title)


def _remark_on_half_read(found: Home) -> str:
    if not found.half_read_total:
        return say("nothing; 'blogkit study mark POST reading' puts a post here")
    return _more(found.half_read_total - len(found.half_read))


def _added(found: Home) -> Iterator[tuple[str, ...]]:
    for post in found.added:
        yield clean(post.id or ""), shown_date(post.date), one_line(post.title)


def _cited(found: Home) -> Iterator[tuple[str, ...]]:
    for post in found.cited:
        by = say("cited by {count}", count=post.cited_by)
        yield clean(post.entry.post_id), by, one_line(post.entry.title)


def _remark_on_cited(found: Home) -> str:
    if not found.cited_total:
        return say("nothing: no post that is not read yet is named by another")
    return _more(found.cited_total - len(found.cited))


def _doubts(found: Doubts) -> Iterator[tuple[str, ...]]:
    for doubt in found.formulas:
        drawn = one_line(Formula(doubt.formula.whole).to_inline_text())
        yield clean(doubt.formula.id), term(doubt.verdict), drawn


def doubts_line(found: Doubts) -> str:
    """How many formulas are in doubt, in how many posts, and how to know it of all."""
    if not found.posts:
        return say("no post has a formula")
    if not found.checked:
        return say("nothing was checked yet; 'blogkit formula check' checks all and keeps it")
    known = say(
        "{refuted} refuted, {undecided} undecided in {checked} of {posts} posts with formulas",
        refuted=found.refuted,
        undecided=found.undecided,
        checked=found.checked,
        posts=found.posts,
    )
    if found.checked == found.posts:
        return known
    rest = say("'blogkit formula check' checks all and keeps it")
    return say("; ").join([known, rest])


def _more(count: int) -> str:
    return say("{count} more of these", count=count) if count else ""
