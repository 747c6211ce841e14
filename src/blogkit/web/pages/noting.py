"""Notes of a reader's own: listed, written, changed, forgotten, made cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from blogkit.errors import QueryError
from blogkit.language import Message
from blogkit.notes import Note, Notes
from blogkit.web.asking import read_offset, read_text
from blogkit.web.forms import SEE_OTHER, own_form
from blogkit.web.room import Room, page, post_address, room_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

PAGE_NOTES = 50
"""Notes of one page."""


def show_notes(request: Request) -> Response:
    """The notes, or those of a post or formula, with a form to write one on it."""
    asked = request.query_params
    target, offset = read_text(asked, "target"), read_offset(asked)
    with room_of(request).shelf.library() as library:
        notes = Notes(library)
        found = notes.list(
            target or None,
            words=read_text(asked, "words"),
            tag=read_text(asked, "tag") or None,
            only_questions=asked.get("questions") == "1",
            limit=PAGE_NOTES,
            offset=offset,
        )
        total, _ = notes.state()
        post_id = target if target in library else target.partition("#")[0]
        title = library.post(post_id).title if target else ""
    return page(
        request,
        "notes",
        found=found,
        total=total,
        target=target,
        title=title,
        quote=read_text(asked, "quote"),
        line=read_text(asked, "line"),
        words=read_text(asked, "words"),
        tag=read_text(asked, "tag"),
        questions=asked.get("questions") == "1",
        offset=offset,
        size=PAGE_NOTES,
    )


async def change_note(request: Request) -> Response:
    """Write, change or forget a note, or make it a card."""
    room = room_of(request)
    async with own_form(request, room.token) as form:
        values = {name: str(value) for name, value in form.items()}
    address = await run_in_threadpool(_change, room, values)
    return RedirectResponse(address, SEE_OTHER)


def _change(room: Room, values: Mapping[str, str]) -> str:
    """Do what was asked for; where that is to be seen."""
    action, note_id = values.get("action", ""), values.get("note", "")
    with room.shelf.library() as library:
        notes = Notes(library)
        if action == "add":
            return _place(_add(notes, values))
        if action == "edit":
            text, tags, is_question = _said(values)
            return _place(notes.edit(note_id, text=text, tags=tags, is_question=is_question))
        if action == "remove":
            (note,) = notes.remove(note_id)
            return _place(note)
        if action == "card":
            return post_address(notes.take_card(note_id).post_id)
    expected = "'add', 'edit', 'remove' or 'card'"
    raise QueryError(
        Message(
            "action: expected {expected}, found '{action}'", expected=expected, action=action[:20]
        )
    )


def _add(notes: Notes, values: Mapping[str, str]) -> Note:
    text, tags, is_question = _said(values)
    line = values.get("line", "")
    return notes.add(
        values.get("target", ""),
        quote=values.get("quote", ""),
        text=text,
        tags=tags,
        is_question=is_question,
        line=int(line[:9]) if line.isascii() and line.isdecimal() else None,
    )


def _said(values: Mapping[str, str]) -> tuple[str, list[str], bool]:
    """Text, tags and question mark of a note, as the form has them."""
    tags = values.get("tags", "").replace("，", ",").split(",")
    return values.get("text", ""), tags, values.get("question") == "1"


def _place(note: Note) -> str:
    """Where a note is seen: beside its words, else where the notes are listed."""
    if not note.title:
        return "/notes"
    return post_address(note.post_id, f"note-{note.id}")
