"""The list of posts, and a post to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse
from starlette.responses import Response as PlainResponse

from blogkit.notes import NoteList, Notes
from blogkit.spans import Span
from blogkit.store.pictures import find_picture
from blogkit.study import Study
from blogkit.study.reading import STATES
from blogkit.views.speech import said, say
from blogkit.views.terms import term
from blogkit.web.asking import read_text
from blogkit.web.checks import mark_of
from blogkit.web.comparing import compared
from blogkit.web.forms import SEE_OTHER, own_form
from blogkit.web.listing import ORDERS, PAGE_POSTS, read_listing
from blogkit.web.reading import parts
from blogkit.web.room import Room, environment, page, post_address, room_of
from blogkit.web.symbols import MOST_FORMULAS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blogkit.check.reports import CheckedFormula
    from blogkit.library.reports import DuplicateGroup, FullPost
    from blogkit.web.checks import State


def show_posts(request: Request) -> Response:
    """The posts in the order in which they were added, or as the address sorts and filters them."""
    listing, room = read_listing(request.query_params), room_of(request)
    with room.shelf.library() as library:
        states, own_tags = Study(library).states(), Notes(library).tags()
        overview = room.overview(library)
        posts = room.posts(library)
    found = listing.answer(posts, states, own_tags)
    return page(
        request,
        "posts",
        listing=listing,
        overview=overview,
        found=found[listing.offset : listing.offset + PAGE_POSTS],
        total=len(found),
        states=states,
        known_states=STATES,
        orders=list(ORDERS.items()),
        size=PAGE_POSTS,
    )


async def say_state(request: Request) -> Response:
    """Keep what a reader says of a post: unread, reading, read, to be read again."""
    room = room_of(request)
    async with own_form(request, room.token) as form:
        post, state = str(form.get("post", "")), str(form.get("state", ""))
    await run_in_threadpool(_mark, room, post, state)
    return RedirectResponse(post_address(post), SEE_OTHER)


def _mark(room: Room, post: str, state: str) -> None:
    with room.shelf.library() as library:
        Study(library).mark(post, state)


def show_post(request: Request) -> Response:
    """A post with its formulas, what surrounds it, and, if asked for, what is true of them."""
    room = room_of(request)
    with room.shelf.library() as library:
        post = library.post(request.path_params["post_id"])
        generation = library.generation
        related = room.related(library, post.id or "")
        notes = Notes(library).list(post.id)
        reading = Study(library).states().get(post.id or "", "unread")
        is_asked = request.query_params.get("symbols") == "1"
        symbols = room.symbols(library, post, is_asked=is_asked) if post.formulas else None
        group = library.copies(post.id or "") if len(post.occurrences) > 1 else None
    state = None
    if request.query_params.get("checked") == "1":
        state = room.checks.ask(post.id or "", generation)
    checked = by_number(post, state) if state else {}
    return page(
        request,
        "post",
        post=post,
        parts=list(parts(post, {n: mark(n, f) for n, f in checked.items()}, symbols, _lit(notes))),
        notes=notes,
        symbols=symbols,
        may_follow=len(post.formulas) <= MOST_FORMULAS,
        related=related,
        reading=reading,
        known_states=STATES,
        group=group,
        differences=_differences(group) if group else [],
        state=state,
        checked=checked,
        elsewhere=_elsewhere(state),
    )


_PICTURE_HEADERS = {
    # An SVG may be opened by itself: it draws, and nothing else, whatever it is made of.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    ),
    "Cache-Control": "private, max-age=31536000, immutable",
}


def show_picture(request: Request) -> Response:
    """A picture of a post, by the digest of its bytes, which therefore never change."""
    with room_of(request).shelf.library() as library:
        picture, data = find_picture(library.database, request.path_params["digest"])
    return PlainResponse(data, media_type=picture.media_type, headers=_PICTURE_HEADERS)


def _lit(notes: NoteList) -> list[Span]:
    """What notes are about, in order, what overlaps made one."""
    joined: list[Span] = []
    for span in sorted((n.span for n in notes if n.span), key=lambda span: span.start):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def show_marks(request: Request) -> Response:
    """What is true of a post's formulas, for a page that is open already: HTML by number."""
    room = room_of(request)
    with room.shelf.library() as library:
        post = library.post(read_text(request.query_params, "post"))
        generation = library.generation
    state = room.checks.ask(post.id or "", generation)
    if not state.is_done:
        return JSONResponse({}, 202)
    details = environment().get_template("verdict.html").module.details  # type: ignore[attr-defined]
    found = {
        number: {"mark": str(mark(number, formula)), "details": str(details(formula))}
        for number, formula in by_number(post, state).items()
    }
    return JSONResponse({"marks": found, "failure": said(state.failure)})


def by_number(post: FullPost, state: State) -> dict[int, CheckedFormula]:
    """What was found of each formula of a post, by its number."""
    if state.report is None:
        return {}
    numbers = {f"{post.id}#{formula.name}": formula.number for formula in post.formulas}
    return {
        numbers[result.formula_id]: result
        for result in state.report
        if result.formula_id in numbers
    }


def _elsewhere(state: State | None) -> list[CheckedFormula]:
    """What is wrong outside of formulas."""
    if state is None or state.report is None:
        return []
    return [result for result in state.report if result.formula_id is None]


def mark(number: int, formula: CheckedFormula) -> Markup:
    """The button beside a formula that says, and on a click explains, what is true of it."""
    word = mark_of(formula)
    if not word:
        return Markup("")
    return Markup(
        '<button type="button" class="mark mark-{}" popovertarget="about-{}" '
        'aria-label="{}" title="{}"></button>'
    ).format(
        word, number, say("Formula {number}: {mark}", number=number, mark=term(word)), term(word)
    )


def _differences(group: DuplicateGroup) -> list[dict[str, object]]:
    return [
        {"where": difference, "sides": compared(difference.kept, difference.other)}
        for difference in group.differences
    ]
