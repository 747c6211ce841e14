"""The application: which address is answered by which page, and what errors look like."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib.resources import files
from threading import Thread
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from blogkit.errors import (
    AmbiguousPostError,
    BlogkitError,
    CardNotFoundError,
    FormulaError,
    LibraryBusyError,
    NoteError,
    PictureNotFoundError,
    PostNotFoundError,
    QueryError,
    StudyError,
)
from blogkit.language import message_of
from blogkit.text.segment import DictionarySegmenter
from blogkit.views.speech import spoken
from blogkit.web.guard import Guard
from blogkit.web.languages import Speaking
from blogkit.web.pages import (
    adding,
    checking,
    choosing,
    formulas,
    merged,
    noting,
    posts,
    searching,
    studying,
)
from blogkit.web.room import Room, new_token, page
from blogkit.web.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ExceptionHandler

THREADS = 3
"""Requests answered side by side; more would only wait for each other's interpreter lock."""

_STATUSES: dict[type[BlogkitError], int] = {
    PostNotFoundError: 404,
    AmbiguousPostError: 404,
    PictureNotFoundError: 404,
    QueryError: 400,
    FormulaError: 400,
    CardNotFoundError: 404,
    StudyError: 400,
    NoteError: 400,
    LibraryBusyError: 503,
}

_ROUTES = [
    Route("/", searching.show_search),
    Route("/hits", searching.show_hits),
    Route("/posts", posts.show_posts),
    Route("/posts/{post_id:path}", posts.show_post),
    Route("/pictures/{digest}", posts.show_picture),
    Route("/notes", noting.show_notes),
    Route("/notes", noting.change_note, methods=["POST"]),
    Route("/reading", posts.say_state, methods=["POST"]),
    Route("/marks", posts.show_marks),
    Route("/formulas", formulas.show_formulas),
    Route("/found", formulas.show_found),
    Route("/drawing", formulas.show_drawing),
    Route("/formula", formulas.show_formula),
    Route("/plot.svg", formulas.show_plot),
    Route("/checks", checking.show_checks),
    Route("/checks", checking.start_checks, methods=["POST"]),
    Route("/study", studying.show_study),
    Route("/study", studying.answer_card, methods=["POST"]),
    Route("/cards", studying.show_cards),
    Route("/cards", studying.change_card, methods=["POST"]),
    Route("/duplicates", merged.show_duplicates),
    Route("/map", merged.show_map),
    Route("/language", choosing.choose_language),
]
_WRITING_ROUTES = [
    Route("/add", adding.show_form),
    Route("/add", adding.add_files, methods=["POST"]),
]


def make_app(folder: str, *, writable: bool = False, token: str | None = None) -> Starlette:
    """The pages of a library, as an ASGI application.

    Args:
        folder: where the library lies.
        writable: whether files may be added by the page.
        token: what forms bring along, where several processes answer; a new one if not given.

    Raises:
        LibraryError: if it can't be opened.
    """
    shelf = Shelf(folder)
    with shelf.library():
        pass  # that it opens is found out now, not by the first reader
    room = Room(shelf, is_writable=writable, token=token or new_token())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        # Queries are cut ten times as fast once the dictionary is there.
        Thread(target=DictionarySegmenter().cut, args=("词",), daemon=True).start()
        yield
        room.close()

    static = Mount("/static", StaticFiles(directory=str(files("blogkit.web") / "static")))
    handlers: dict[int | type[Exception], ExceptionHandler] = {
        BlogkitError: _show_error,
        HTTPException: _show_error,
        ClientDisconnect: _answer_nobody,
    }
    app = Starlette(
        routes=[*_ROUTES, *(_WRITING_ROUTES if writable else []), static],
        middleware=[
            Middleware(Guard),
            Middleware(Speaking, otherwise=spoken()),
            Middleware(GZipMiddleware, compresslevel=1),
        ],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
    app.state.room = room
    return app


def _answer_nobody(request: Request, error: Exception) -> Response:
    """The answer to an upload that broke off: what came of it is dropped, and nobody reads this."""
    return Response(status_code=400)


def _show_error(request: Request, error: Exception) -> Response:
    """What went wrong, as a page."""
    if isinstance(error, HTTPException):
        return page(request, "error", status=error.status_code, message=error.detail)
    kinds = [status for kind, status in _STATUSES.items() if isinstance(error, kind)]
    return page(request, "error", status=(kinds or [500])[0], message=message_of(error))
