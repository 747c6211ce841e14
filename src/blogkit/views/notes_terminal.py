"""Notes for a person at a terminal, as Rich renderables."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.text import Text

from blogkit.notes import Note, NoteList
from blogkit.study.cards import Cards
from blogkit.views import notes_plain as plain


def notes(found: NoteList) -> RenderableType:
    """Each note with its place."""
    return _lines(plain.notes(found))


def written(note: Note) -> RenderableType:
    """One note."""
    return _lines(plain.written(note))


def removed(found: NoteList) -> RenderableType:
    """How many notes were forgotten."""
    return _lines(plain.removed(found))


def cards(found: Cards) -> RenderableType:
    """The cards that notes became."""
    return _lines(plain.cards(found))


def _lines(lines: Iterable[str]) -> RenderableType:
    return Text("\n".join(lines))
