"""Notes as cards: asked for is what was written of words, or the words where nothing was."""

from __future__ import annotations

from blogkit.errors import NoteError
from blogkit.language import Message
from blogkit.notes.reports import Note
from blogkit.posts import Post
from blogkit.study.cards import WORD_BLANK, Card, card_id


def card_of(note: Note, post: Post) -> Card:
    """The card of a note, not taken yet.

    Raises:
        NoteError: if it is about a whole post, or its words are not in the post any more.
    """
    if note.span is None:
        raise NoteError(
            Message(
                "note {note}: expected one on words or a formula of the post, found none that "
                "stand in it",
                note=note.id,
            )
        )
    words = note.span.of(post.text)
    block = next((b for b in post.blocks if b.span.start <= note.span.start < b.span.end), None)
    around = block.span if block else note.span
    blanked = (
        post.text[around.start : note.span.start]
        + WORD_BLANK
        + post.text[note.span.end : max(around.end, note.span.end)]
    )
    return Card(
        id=card_id("note", note.id),
        kind="note",
        status="new",
        post_id=note.post_id,
        formula_id=note.formula_id,
        path=note.path,
        line=note.line or 1,
        name="",
        context=post.title,
        question=words if note.text else blanked,
        answer=note.text or words,
    )
