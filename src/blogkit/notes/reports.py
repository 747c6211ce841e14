"""What notes say, as frozen dataclasses that are also JSON."""

from __future__ import annotations

from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown
from blogkit.spans import Span
from blogkit.study.clock import moment


@record
class Note(Shown):
    """A note, with its place in the post as that is now."""

    _shown = ("id", "title", "quote", "text", "tags", "question")

    id: str
    """Its id."""
    post_id: str
    """The post; after a merge, the post that it became part of."""
    title: str
    """Title of the post; empty if it is no longer in the library."""
    formula_id: str | None
    """The formula that it is about."""
    quote: str
    """The words that it is about, as they were; empty of a note on the whole post."""
    prefix: str
    """What stood before them."""
    suffix: str
    """What stood behind them."""
    text: str
    """What was written; empty of a mere highlight. Formulas stand between dollars."""
    tags: tuple[str, ...]
    """Tags of the reader's own."""
    is_question: bool
    """Whether it is marked as not understood yet."""
    created: int
    """When it was written, in seconds since 1970."""
    changed: int
    """When it was changed last."""
    path: str | None
    """File of the post's kept copy."""
    line: int | None
    """Line of that file where its words begin; None where they are not found."""
    span: Span | None
    """Where its words stand in the post's text; None where they are not found."""

    @property
    def is_lost(self) -> bool:
        """Whether its words stand nowhere in the post as it is now."""
        return bool(self.quote) and self.span is None

    def to_dict(self) -> dict[str, object]:
        """The note as JSON has it."""
        return {
            "id": self.id,
            "post_id": self.post_id,
            "title": self.title,
            "formula_id": self.formula_id,
            "quote": self.quote,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "text": self.text,
            "tags": list(self.tags),
            "question": self.is_question,
            "created": moment(self.created),
            "changed": moment(self.changed),
            "path": self.path,
            "line": self.line,
            "span": self.span and self.span.to_list(),
            "lost": self.is_lost,
        }


@record
class NoteList(Rows[Note]):
    """Some notes, by post and by their places in it."""

    _rows = "notes"
    _is_whole = True
    _json = ("total", "notes")

    notes: tuple[Note, ...]
    """The notes asked for."""
    total: int
    """How many there are in all."""
