"""The search page, and its hits by themselves for search as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from blogkit.notes import Notes
from blogkit.notes.facade import words_of
from blogkit.study import Study
from blogkit.views.clean import one_line
from blogkit.views.speech import said, spoken
from blogkit.web.asking import PAGE_HITS, Asking, read_asking
from blogkit.web.room import answer, render, room_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blogkit.library.facade import Library
    from blogkit.search.hits import Hits
    from blogkit.store.formulas import PostFormula


def show_search(request: Request) -> Response:
    """The form, and the hits of what the address asks for."""
    return _show(request, "search")


def show_hits(request: Request) -> Response:
    """The hits alone."""
    return _show(request, "hits")


def _show(request: Request, template: str) -> Response:
    asked = read_asking(request.query_params)
    room = room_of(request)
    with room.shelf.library() as library:
        if not asked.query:  # what is to be done changes without the library
            return answer(_html(request, template, library, asked))
        key = (template, asked, spoken(), Notes(library).state())
        html = room.kept_pages.get(library, lambda asks: _html(request, template, asks, asked), key)
    return answer(html)


def _html(request: Request, template: str, library: Library, asked: Asking) -> str:
    room = room_of(request)
    overview = room.overview(library)
    options = room.kept_options.get(
        library, lambda _: Markup(render(request, "options", overview=overview)), overview.tags
    )
    hits = asked.answer(library) if asked.query else None
    formulas = _formulas(library, hits) if hits else {}
    return render(
        request,
        template,
        asked=asked,
        overview=overview,
        options=options,
        examples=room.examples(library) if hits is None else (),
        home=Study(library).home() if hits is None else None,
        hits=hits,
        notes=Notes(library).search(asked.words) if hits is not None else (),
        noted=" ".join(words_of(asked.words)),
        formulas=formulas,
        answers=_answers(hits, formulas) if hits else {},
        remarks=[one_line(said(part.message)) for part in hits.ignored] if hits else [],
        pages=_pages(asked, hits) if hits else {},
    )


def _formulas(library: Library, hits: Hits) -> dict[str, PostFormula]:
    """The formulas that matched, by id."""
    return {name: library.formula(name) for hit in hits for name in hit.formulas[:3]}


def _answers(hits: Hits, formulas: dict[str, PostFormula]) -> dict[str, set[str]]:
    """The LaTeX in each post that matched or is like it, as snippets have it."""
    found: dict[str, set[str]] = {hit.post_id: set() for hit in hits}
    for hit in hits:
        found[hit.post_id] |= {formulas[name].alone for name in hit.formulas[:3]}
    return found


def _pages(asked: Asking, hits: Hits) -> dict[str, str]:
    """Addresses of the pages before and after."""
    found: dict[str, str] = {}
    if asked.offset:
        found["prev"] = asked.address(offset=max(0, asked.offset - PAGE_HITS))
    if hits.truncated:
        found["next"] = asked.address(offset=asked.offset + PAGE_HITS)
    return found
