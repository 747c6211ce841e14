"""Adding posts by dropping files, where the server was started for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from blogkit.language import Message
from blogkit.views.plain import added
from blogkit.web.forms import own_form
from blogkit.web.room import Room, page, room_of
from blogkit.web.uploads import MOST_FILES, put_files

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from blogkit.library.reports import AddReport

RECENT_POSTS = 6
"""Posts that are shown of those that were added last."""


def show_form(request: Request) -> Response:
    """The form to drop files on."""
    return _page(request, None, [])


async def add_files(request: Request) -> Response:
    """Take the dropped files into the library, and say what became of them."""
    room = room_of(request)
    async with own_form(request, room.token, most_files=MOST_FILES) as form:
        files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
        contents = [(file.filename or "", await file.read()) for file in files]
    report, problems = await run_in_threadpool(_add, room, contents)
    return await run_in_threadpool(_page, request, report, problems)


def _page(request: Request, report: AddReport | None, problems: list[str]) -> Response:
    """The form, what became of the last files, and what the library holds now."""
    room = room_of(request)
    with room.shelf.library() as library:
        overview = room.overview(library)
        last = library.list_posts(offset=max(0, overview.posts - RECENT_POSTS)).posts
    return page(
        request,
        "add",
        report=report,
        outcome=next(added(report)) if report else "",
        problems=problems,
        overview=overview,
        recent=last[::-1],
    )


def _add(room: Room, contents: list[tuple[str, bytes]]) -> tuple[AddReport | None, list[str]]:
    paths, refused = put_files(room.shelf.folder, contents)
    problems: list[str] = [error.text for error in refused]
    if not contents:
        problems.append(Message("no file was chosen"))
    if not paths:
        return None, problems
    with room.shelf.library() as library:
        return library.add(*paths), problems
