"""The table of all checks, and the start of them."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from blogkit.web.asking import read_offset
from blogkit.web.checks import WORST_FIRST, mark_of
from blogkit.web.forms import own_form
from blogkit.web.room import Room, page, room_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from blogkit.library.facade import Library
    from blogkit.posts import ListedPost
    from blogkit.store.formulas import PostFormula

SEE_OTHER = 303
PAGE_ROWS = 50
"""Checked formulas of one page."""
UNCHECKED_POSTS = 10
"""Posts of which a formula is shown although it is not checked yet."""


def show_checks(request: Request) -> Response:
    """What is known by now of all formulas that state something, the worst first."""
    room = room_of(request)
    offset = read_offset(request.query_params)
    wanted = request.query_params.get("mark", "")
    with room.shelf.library() as library:
        posts = library.list_posts()
        known = room.checks.known(library.generation)
        unchecked = _unchecked(library, posts, known) if not (wanted or offset) else []
    rows = [
        (mark_of(result), post, result)
        for post in posts
        if (state := known.get(post.id or "")) and state.report
        for result in state.report
        if mark_of(result)
    ]
    counts = Counter(word for word, _, _ in rows)
    shown = [row for row in rows if row[0] == wanted or not wanted]
    shown.sort(key=lambda row: WORST_FIRST.index(row[0]))
    return page(
        request,
        "checks",
        rows=shown[offset : offset + PAGE_ROWS],
        total=len(shown),
        offset=offset,
        size=PAGE_ROWS,
        unchecked=unchecked,
        counts=[(word, counts[word]) for word in WORST_FIRST if counts[word]],
        wanted=wanted,
        done=len(known),
        posts=len(posts),
        waiting=room.checks.waiting(),
    )


def _unchecked(
    library: Library, posts: Iterable[ListedPost], known: Container[str]
) -> list[tuple[ListedPost, PostFormula]]:
    """The first posts with formulas that are not checked yet, each with a formula of it."""
    waiting = (post for post in posts if post.formulas and post.id not in known)
    return [
        (post, max(library.formulas(post.id), key=lambda formula: formula.display))
        for post in islice(waiting, UNCHECKED_POSTS)
    ]


async def start_checks(request: Request) -> Response:
    """Have every post checked."""
    room = room_of(request)
    async with own_form(request, room.token):
        await run_in_threadpool(_start, room)
    return RedirectResponse("/checks", SEE_OTHER)


def _start(room: Room) -> None:
    with room.shelf.library() as library:
        ids = [post.id or "" for post in library.list_posts()]
        room.checks.ask_all(ids, library.generation)
