"""Where notes are in the library as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.notes.anchors import Quote, QuotedText
from blogkit.notes.reports import Note
from blogkit.posts import FormulaSource, Post, line_of
from blogkit.results.records import record
from blogkit.spans import Span
from blogkit.store import posts as stored_posts
from blogkit.store import reading as stored_reading

if TYPE_CHECKING:
    from blogkit.store.database import Database
    from blogkit.store.notes import StoredNote

_LAST = 1 << 60


@record
class _Found:
    """A post with where it stands in the library."""

    post: Post
    """The post."""
    number: int
    """Its number."""
    text: QuotedText
    """Its text, as quotes are looked for in it."""


class Places:
    """Where notes are in the library as it is now; reads each post once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._posts: dict[str, _Found | None] = {}

    def note(self, stored: StoredNote) -> Note:
        """A stored note with its place."""
        found = self._find(stored.post)
        post = found.post if found else None
        span = None
        if found and stored.exact:
            quote = Quote(stored.exact, stored.prefix, stored.suffix, stored.start)
            span = found.text.find(quote)
        formula = _formula_at(post, span) if stored.formula is not None else None
        return Note(
            id=stored.id,
            post_id=(post.id if post else None) or stored.post,
            title=post.title if post else "",
            formula_id=f"{post.id}#{formula.name}" if post and formula else None,
            quote=stored.exact,
            prefix=stored.prefix,
            suffix=stored.suffix,
            text=stored.body,
            tags=stored.tags,
            is_question=stored.is_question,
            created=stored.created,
            changed=stored.changed,
            path=post.path if post else None,
            line=line_of(span.start, post.text, post.blocks) if post and span else None,
            span=span,
        )

    def post_of(self, stored: StoredNote) -> str | None:
        """The id that a note's post has now; None if it is no longer in the library."""
        return stored_reading.current_id(self._database, stored.post)

    def order(self, note: Note) -> tuple[int, int, int]:
        """What notes are sorted by: post, place, time; those of no post or place last."""
        found = self._find(note.post_id)
        number = found.number if found else _LAST
        start = note.span.start if note.span else (_LAST if note.quote else -1)
        return number, start, note.created

    def _find(self, post_id: str) -> _Found | None:
        if post_id not in self._posts:
            now = stored_reading.current_id(self._database, post_id)
            number = None if now is None else stored_posts.number_by_id(self._database, now)
            self._posts[post_id] = None if number is None else self._read(number)
        return self._posts[post_id]

    def _read(self, number: int) -> _Found:
        post = stored_posts.read_post(self._database, number)
        return _Found(post, number, QuotedText(post.text))


def _formula_at(post: Post | None, span: Span | None) -> FormulaSource | None:
    """The first formula of a post that a place is in."""
    if post is None or span is None:
        return None
    found = (f for f in post.formulas if f.span.start < span.end and span.start < f.span.end)
    return next(found, None)
