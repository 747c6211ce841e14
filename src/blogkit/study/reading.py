"""The reading list, and what to read next: what a post builds on comes before it.

A post builds on the posts that it names in ``《》`` or links to. References may run in circles;
then the post that is met first waits for the others, and each still comes once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from blogkit.errors import StudyError
from blogkit.language import Message
from blogkit.library.references import names_of_library
from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown
from blogkit.store import posts as stored_posts
from blogkit.store import reading as stored_reading
from blogkit.store.citations import citing_texts
from blogkit.store.database import Database
from blogkit.study.clock import moment

ReadingState: TypeAlias = Literal["unread", "reading", "read", "to-review"]
STATES: tuple[ReadingState, ...] = ("unread", "reading", "read", "to-review")
"""What can be said of a post."""
Reason: TypeAlias = Literal["goal", "reading", "to-review", "needed", "follows", "unread"]


@record
class ReadingEntry(Shown):
    """A post on the reading list."""

    _shown = ("title", "post_id", "state")

    post_id: str
    """The post."""
    title: str
    """Its title."""
    state: ReadingState
    """What was said of it; ``unread`` if nothing was."""
    time: int | None
    """When that was said, in seconds since 1970; None if nothing was."""

    def to_dict(self) -> dict[str, object]:
        """The entry as JSON has it."""
        time = None if self.time is None else moment(self.time)
        return {"post_id": self.post_id, "title": self.title, "state": self.state, "time": time}


@record
class Marked(Shown):
    """What was just said of a post."""

    entry: ReadingEntry
    """The post, with it."""

    def to_dict(self) -> dict[str, object]:
        """The mark as JSON has it."""
        return {"schema": 1, **self.entry.to_dict()}


@record
class ReadingList(Rows[ReadingEntry]):
    """The posts of a library with what was said of them, in the library's order."""

    _rows = "entries"

    entries: tuple[ReadingEntry, ...]
    """The posts asked for."""
    total: int
    """How many there are in all."""
    counts: Mapping[ReadingState, int]
    """How many posts of the whole library are in each state."""

    def to_dict(self) -> dict[str, object]:
        """The list as JSON has it."""
        posts = [entry.to_dict() for entry in self.entries]
        return {"schema": 1, "total": self.total, "counts": dict(self.counts), "posts": posts}


@record
class Proposal(Shown):
    """A post to read."""

    _shown = ("title", "post_id", "state", "reason")

    entry: ReadingEntry
    """The post."""
    reason: Reason
    """Why: it was asked for (goal), is being read, is to be read again, is needed for a post behind
    it, follows a post that was read, or is unread."""
    other: ReadingEntry | None
    """The post that needs it, or that it follows; None for the other reasons."""

    def to_dict(self) -> dict[str, object]:
        """The proposal as JSON has it."""
        other = self.other and {"post_id": self.other.post_id, "title": self.other.title}
        return {**self.entry.to_dict(), "reason": self.reason, "other": other}


@record
class Proposals(Rows[Proposal]):
    """What to read next, first things first."""

    _rows = "proposals"

    proposals: tuple[Proposal, ...]
    """Those asked for."""
    total: int
    """How many posts there are to read in all."""

    def to_dict(self) -> dict[str, object]:
        """The proposals as JSON has them."""
        return {
            "schema": 1,
            "total": self.total,
            "posts": [proposal.to_dict() for proposal in self.proposals],
        }


def checked_state(state: str) -> ReadingState:
    """The state of that name.

    Raises:
        StudyError: if there is none.
    """
    for known in STATES:
        if state == known:
            return known
    raise StudyError(
        Message(
            "expected {states} or {last}, found '{state}'",
            states=", ".join(STATES[:-1]),
            last=STATES[-1],
            state=state,
        )
    )


def entries(database: Database) -> list[ReadingEntry]:
    """Every post with its state, in the library's order; of merged posts what was said last."""
    said = said_of_posts(database)
    titles = reversed(list(stored_posts.titles(database)))
    return [
        ReadingEntry(post, title, *(said.get(post) or ("unread", None))) for post, title in titles
    ]


def said_of_posts(database: Database) -> dict[str, tuple[ReadingState, int]]:
    """State and time of the posts that something was said of, by the ids that they have now."""
    said: dict[str, tuple[ReadingState, int]] = {}
    for post, state, time in stored_reading.states(database):
        current = stored_reading.current_id(database, post)
        if current is not None:
            said[current] = checked_state(state), time
    return said


def references(database: Database) -> dict[str, list[str]]:
    """For each post, the posts that it builds on, in the order in which it names them."""
    names = names_of_library(database)
    found: dict[str, list[str]] = {}
    for post, text, links in citing_texts(database):
        named = (reference.post_id for reference in names.references(post, text, links))
        found[post] = list(dict.fromkeys(other for other in named if other and other != post))
    return found


def proposals(
    posts: Sequence[ReadingEntry], builds_on: Mapping[str, Sequence[str]], *, goal: str | None
) -> list[Proposal]:
    """What to read, each post behind what it builds on as far as that is not read.

    First what is being read, then what is to be read again, then what follows a post that was
    read, then the rest, each in the library's order; with a goal, only what leads to it.

    Args:
        posts: every post, in the library's order.
        builds_on: for each post, those it builds on.
        goal: id of a post.
    """
    by_id = {entry.post_id: entry for entry in posts}
    starts: list[tuple[str, Reason, str | None]] = [(goal, "goal", None)] if goal else []
    if goal is None:
        starts += _starts(posts, builds_on)
    found: list[Proposal] = []
    met: set[str] = set()
    for start, reason, other in starts:
        for post, needed_for in _unread_before(start, by_id, builds_on, met):
            entry = by_id[post]
            if needed_for is None:
                found.append(Proposal(entry, reason, by_id[other] if other else None))
            else:
                found.append(Proposal(entry, "needed", by_id[needed_for]))
    return found


def _starts(
    posts: Sequence[ReadingEntry], builds_on: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Reason, str | None]]:
    again: tuple[Literal["reading", "to-review"], ...] = ("reading", "to-review")
    for state in again:
        for entry in posts:
            if entry.state == state:
                yield entry.post_id, state, None
    read = {entry.post_id for entry in posts if entry.state in ("read", "to-review")}
    rest: list[str] = []
    for entry in posts:
        if entry.state == "unread":
            known = next((post for post in builds_on.get(entry.post_id, ()) if post in read), None)
            if known:
                yield entry.post_id, "follows", known
            else:
                rest.append(entry.post_id)
    for post in rest:
        yield post, "unread", None


def _unread_before(
    start: str,
    by_id: Mapping[str, ReadingEntry],
    builds_on: Mapping[str, Sequence[str]],
    met: set[str],
) -> Iterator[tuple[str, str | None]]:
    """A post behind all unread ones that it builds on, each with the post that needs it.

    Depth first and without recursion: chains of references may be long. What was met already is
    passed over, which also breaks circles.
    """
    if start in met:
        return
    met.add(start)
    waiting: list[tuple[str, str | None, Iterator[str]]] = [
        (start, None, iter(builds_on.get(start, ())))
    ]
    while waiting:
        post, needed_for, rest = waiting[-1]
        for other in rest:
            if other not in met and by_id[other].state in ("unread", "reading"):
                met.add(other)
                waiting.append((other, post, iter(builds_on.get(other, ()))))
                break
        else:
            waiting.pop()
            yield post, needed_for
