"""What was merged, side by side; and the map of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.web.comparing import compared
from blogkit.web.picture import HEIGHT, WIDTH
from blogkit.web.room import page, room_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def show_duplicates(request: Request) -> Response:
    """Each group of copies, and the passages in which they differ."""
    room = room_of(request)
    with room.shelf.library() as library:
        groups = room.duplicates(library)
        is_empty = room.is_empty(library)
    shown = [
        (group, [(d, compared(d.kept, d.other)) for d in group.differences]) for group in groups
    ]
    return page(request, "duplicates", groups=shown, is_empty=is_empty)


def show_map(request: Request) -> Response:
    """The posts as a picture."""
    room = room_of(request)
    with room.shelf.library() as library:
        made = room.picture.get(library)
    return page(request, "map", picture=made, width=WIDTH, height=HEIGHT)
