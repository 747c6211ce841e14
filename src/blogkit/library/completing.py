"""Excerpts made whole: the page of each is fetched, and merged as one more copy of the post."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from blogkit.fetching.hosts import is_private_host
from blogkit.library.adding import Addition
from blogkit.library.intake import Intake
from blogkit.library.reports import CompleteReport, Completion
from blogkit.store import copies as stored_copies
from blogkit.store import posts as stored_posts
from blogkit.store import sources as stored_sources
from blogkit.text.addresses import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogkit.library.pages import Asking, Page
    from blogkit.posts import Post
    from blogkit.store.database import Database


def planned(database: Database, names: Sequence[str]) -> CompleteReport:
    """What would be asked for; nothing is."""
    rows = (
        _outcome(post) if post.address is None else replace(_outcome(post), outcome="planned")
        for _, post in _chosen(database, names)
    )
    return CompleteReport(tuple(rows), 0.0)


def complete(database: Database, names: Sequence[str], asking: Asking) -> CompleteReport:
    """Fetch the page of each excerpt that has an address.

    Each page is one transaction, so that what is fetched stays when the rest is interrupted.

    Args:
        database: where they are.
        names: posts; all excerpts if none.
        asking: what asks.
    """
    started = time.monotonic()
    chosen = list(_chosen(database, names))
    rows = []
    for done, (number, post) in enumerate(chosen):
        if asking.progress:
            asking.progress(done, len(chosen), post.address or "")
        rows.append(_completed(database, number, post, asking))
    problems = tuple(asking.picture_problems)
    return CompleteReport(tuple(rows), time.monotonic() - started, problems)


def _chosen(database: Database, names: Sequence[str]) -> Iterator[tuple[int, Post]]:
    """The posts meant, with their numbers."""
    if names:
        numbers = [stored_posts.find_post(database, name) for name in names]
    else:
        numbers = stored_posts.post_numbers(database)
    for number in dict.fromkeys(numbers):
        post = stored_posts.read_post(database, number)
        if names or post.truncated:
            yield number, post


def _completed(database: Database, number: int, post: Post, asking: Asking) -> Completion:
    if post.address is None:
        return _outcome(post)
    page = asking.ask(post.address, may_be_private=_came_from_nearby(post))
    if page is None:
        told = asking.problems[-1].message if asking.problems else None
        return replace(_outcome(post), outcome="failed", message=told)
    joined = _take(database, post.id or "", page, asking)
    if joined is None:
        return replace(_outcome(post), outcome="other-text")
    now = stored_posts.read_post(database, joined)
    grown = (
        now.chars > post.chars
        or (post.truncated and not now.truncated)
        or len(now.pictures) > len(post.pictures)
    )
    return replace(_outcome(now), outcome="completed" if grown else "unchanged")


class _OtherTextError(Exception):
    """A page is no copy of the post; what it changed is taken back."""


def _take(database: Database, post_id: str, page: Page, asking: Asking) -> int | None:
    """Take a page in as a copy of a post.

    Returns:
        The post's number; None where the page is none of its copies. Then nothing is changed: the
        page may have been in the library before, as a post of its own, or be a list of others.
    """
    try:
        with database.writing() as generation:
            addition = Addition(database, Intake(database, generation))
            addition.add_page(page)
            addition.intake.finish()
            number = stored_posts.number_by_id(database, post_id)
            source = stored_sources.find_source(database, page.key)
            if source is None or number is None:
                raise _OtherTextError
            if not stored_copies.has_copy(database, source=source.id, post=number):
                raise _OtherTextError
    except _OtherTextError:
        return None
    asking.picture_problems += addition.intake.problems
    return number


def _outcome(post: Post) -> Completion:
    return Completion(post.id or "", post.title, post.address, "no-address")


def _came_from_nearby(post: Post) -> bool:
    """Whether a copy was fetched from this machine or a network nearby, whose pages may name it."""
    paths = (occurrence.path for occurrence in post.occurrences)
    return any(is_private_host(path) for path in paths if path and is_web_address(path))
