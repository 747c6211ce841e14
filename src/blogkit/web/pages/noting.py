"""Notes of a reader's own: listed, written, changed, forgotten, made cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from blogkit.errors import QueryError
from blogkit.language import Message
from blogkit.notes import Note, Notes
from blogkit.web.asking import address_of, read_offset, read_text
from blogkit.web.forms import SEE_OTHER, own_form
from blogkit.web.room import Room, page, post_address, room_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

PAGE_NOTES = 50
"""Notes of one page."""


@dataclass(frozen=True, slots=True)
class AskedNotes:
    """Notes as an address asks for them."""

    target: str
    """The post or formula that they must be on; empty for any."""
    words: str
    """What each must have in it."""
    tag: str
    """The tag that each must bear; empty for any."""
    only_questions: bool
    """Whether only what is not understood yet is asked for."""
    offset: int
    """How many are passed over."""

    def address(self, **changes: str | int | bool) -> str:
        """The address of the same notes with some things changed."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # names and types are the fields'
        values = {
            "target": asked.target,
            "words": asked.words,
            "tag": asked.tag,
            "questions": "1" if asked.only_questions else "",
            "offset": str(asked.offset or ""),
        }
        return address_of("/notes", values)


def _read_asked(values: Mapping[str, str]) -> AskedNotes:
    return AskedNotes(
        target=read_text(values, "target"),
        words=read_text(values, "words"),
        tag=read_text(values, "tag"),
        only_questions=values.get("questions") == "1",
        offset=read_offset(values),
    )


def show_notes(request: Request) -> Response:
    """The notes, or those of a post or formula, with a form to write one on it."""
    asked = _read_asked(request.query_params)
    target = asked.target
    with room_of(request).shelf.library() as library:
        notes = Notes(library)
        found = notes.list(
            target or None,
            words=asked.words,
            tag=asked.tag or None,
            only_questions=asked.only_questions,
            limit=PAGE_NOTES,
            offset=asked.offset,
        )
        total, _ = notes.state()
        post_id = target if target in library else target.partition("#")[0]
        title = library.post(post_id).title if target else ""
    return page(
        request,
        "notes",
        found=found,
        total=total,
        asked=asked,
        title=title,
        quote=read_text(request.query_params, "quote"),
        line=read_text(request.query_params, "line"),
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
