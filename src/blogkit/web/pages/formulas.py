"""Formulas looked up, drawn while they are typed, and one of them with all its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response as PlainResponse

from blogkit.language import Message
from blogkit.lookup.pattern import read_pattern
from blogkit.web import running
from blogkit.web.asking import read_offset, read_text
from blogkit.web.drawing import draw_pattern
from blogkit.web.room import page, room_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from blogkit.library.facade import Library
    from blogkit.library.formula_reports import FormulaHits, Formulas
    from blogkit.store.formulas import PostFormula
    from blogkit.web.checks import State
    from blogkit.web.room import Room

PAGE_FORMULAS = 20
"""Formulas of one page."""
WILDCARDS = (
    ("?a", Message("any expression, the same wherever it stands")),
    ("?b", Message("another expression")),
    ("?", Message("any expression, another each time")),
    ("?num", Message("any number")),
    ("?var", Message("any variable")),
    ("?op", Message("any operator")),
)
"""What the buttons put in, each with what it stands for."""


def show_formulas(request: Request) -> Response:
    """The formulas that answer a pattern; without one, all, or those of a post."""
    return _show(request, "formulas")


def show_found(request: Request) -> Response:
    """The formulas alone."""
    return _show(request, "found")


def _show(request: Request, template: str) -> Response:
    pattern = read_text(request.query_params, "p")
    post = read_text(request.query_params, "post")
    offset = read_offset(request.query_params)
    shows_all = request.query_params.get("all") == "1"
    by_shape = not (pattern or post or shows_all or request.query_params.get("order") == "post")
    with room_of(request).shelf.library() as library:
        found = _hits(library, pattern, offset)
        shapes = library.formula_shapes(limit=PAGE_FORMULAS, offset=offset) if by_shape else None
        is_list = not (pattern or by_shape)
        listed = _list(library, post, offset, shows_all=shows_all) if is_list else None
        titles = _titles(library, [hit.formula.post_id for hit in found] if found else ())
        title = library.post(post).title if post else ""
        is_empty = room_of(request).is_empty(library)
    return page(
        request,
        template,
        pattern=pattern,
        drawing=draw_pattern(pattern) if pattern else "",
        wildcards=WILDCARDS,
        problems=read_pattern(pattern).problems if pattern else (),
        is_empty=is_empty,
        found=found,
        listed=listed,
        shapes=shapes,
        shows_all=shows_all,
        titles=titles,
        post=post,
        title=title,
        offset=offset,
        size=PAGE_FORMULAS,
    )


def show_drawing(request: Request) -> Response:
    """A pattern drawn, and what is wrong with it."""
    pattern = read_text(request.query_params, "p")
    problems = read_pattern(pattern).problems if pattern else ()
    drawing = draw_pattern(pattern) if pattern else ""
    return page(request, "drawing", drawing=drawing, problems=problems)


def show_formula(request: Request) -> Response:
    """One formula: its sentence, and where else it occurs."""
    room = room_of(request)
    with room.shelf.library() as library:
        concordance = library.concordance(read_text(request.query_params, "id"))
        found = concordance.formula
        formula = library.runnable(found.id)
        state = _state(room, library, found, is_asked=request.query_params.get("checked") == "1")
    run = running.read_running(formula, found.id, request.query_params)
    results = state.report or () if state else ()
    return page(
        request,
        "formula",
        found=concordance,
        run=run,
        targets=running.TARGETS,
        state=state,
        checked=next((result for result in results if result.formula_id == found.id), None),
    )


def _state(room: Room, library: Library, formula: PostFormula, *, is_asked: bool) -> State | None:
    """What is known of the formulas of its post; None where that was not asked for yet."""
    if is_asked:
        return room.checks.ask(formula.post_id, library.generation)
    return room.checks.known(library.generation).get(formula.post_id)


def show_plot(request: Request) -> Response:
    """The picture of a formula, with the parameters that the address sets."""
    with room_of(request).shelf.library() as library:
        formula = library.runnable(read_text(request.query_params, "id"))
    svg = running.draw(formula, request.query_params)
    return PlainResponse(svg, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def _hits(library: Library, pattern: str, offset: int) -> FormulaHits | None:
    return library.find_formula(pattern, limit=PAGE_FORMULAS, offset=offset) if pattern else None


def _list(library: Library, post: str, offset: int, *, shows_all: bool) -> Formulas:
    return library.formulas(post or None, limit=PAGE_FORMULAS, offset=offset, telling=not shows_all)


def _titles(library: Library, post_ids: Iterable[str]) -> dict[str, str]:
    return {post_id: library.post(post_id).title for post_id in dict.fromkeys(post_ids)}
