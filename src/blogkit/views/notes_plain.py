"""Notes as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.notes import Note, NoteList
from blogkit.study.cards import Cards
from blogkit.views.clean import clean, one_line
from blogkit.views.drawn import drawn_in_line
from blogkit.views.plain import place
from blogkit.views.speech import say, say_count

_INDENT = "    "


def notes(found: NoteList) -> Iterator[str]:
    """Each note: id, post and place; then its words, what was written, its tags."""
    for note in found:
        yield from written(note)
    yield say_count(found.total, "{count} note", "{count} notes")


def written(note: Note) -> Iterator[str]:
    """One note, in a few lines."""
    about = note.formula_id or note.title or note.post_id
    question = "? " if note.is_question else ""
    yield f"{note.id}  {question}{one_line(about)}  {_place(note)}".rstrip()
    if note.quote:
        yield f"{_INDENT}“{drawn_in_line(note.quote)}”"
    yield from (f"{_INDENT}{line}" for line in thoughts(note))


def thoughts(note: Note) -> Iterator[str]:
    """What was written and the tags, without what they are about."""
    yield from map(drawn_in_line, clean(note.text).splitlines())
    if note.tags:
        yield " ".join(f"#{one_line(tag)}" for tag in note.tags)


def removed(found: NoteList) -> Iterator[str]:
    """How many notes were forgotten."""
    yield say_count(found.total, "{count} note forgotten", "{count} notes forgotten")


def cards(found: Cards) -> Iterator[str]:
    """The cards that notes became."""
    for card in found:
        yield f"{card.id}  {drawn_in_line(card.question)}"


def _place(note: Note) -> str:
    if note.is_lost:
        return say("its words are no longer in the post")
    return place(note.path, note.line) if note.line is not None else ""
