"""``Notes``: what a reader writes beside posts, highlights in them, and asks of formulas."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from blogkit.errors import NoteError, PostNotFoundError
from blogkit.language import Message
from blogkit.notes.anchors import Quote, QuotedText, quote_at
from blogkit.notes.cards import card_of
from blogkit.notes.places import Places
from blogkit.notes.reports import Note, NoteList
from blogkit.posts import line_of
from blogkit.search.query import read_query
from blogkit.store import notes as stored_notes
from blogkit.store import posts as stored_posts
from blogkit.store.notes import StoredNote
from blogkit.study import deck
from blogkit.study.clock import Clock
from blogkit.text.normalize import fold, fold_script, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from blogkit.library.facade import Library
    from blogkit.posts import Post
    from blogkit.spans import Span
    from blogkit.store.database import Database
    from blogkit.study.cards import Card

MOST_QUOTE_CHARS = 5_000
MOST_TEXT_CHARS = 50_000
_ID_BYTES = 4
_SHOWN_CHARS = 40


class Notes:
    """The notes of a library; they change nothing of its posts.

    Args:
        library: an opened library.
        now: gives seconds since 1970; the computer's clock if not given.

    >>> import tempfile, blogkit
    >>> with blogkit.Library.open(tempfile.mkdtemp()) as library:
    ...     report = library.add_posts([blogkit.Post("熵", "熵是不确定性的度量。", id="p")])
    ...     Notes(library).add("p", quote="不确定性", text="对谁而言？").line
    1
    """

    def __init__(self, library: Library, *, now: Callable[[], float] | None = None) -> None:
        self._library = library
        self._database: Database = library.database
        self._clock = Clock(now)

    def add(
        self,
        target: str,
        *,
        quote: str = "",
        text: str = "",
        tags: Iterable[str] = (),
        is_question: bool = False,
        line: int | None = None,
    ) -> Note:
        """Write a note: on words of a post, on a formula, or on a post as a whole.

        Args:
            target: a post, or a formula's id.
            quote: words of the post, as they stand there; punctuation and marks may differ. Words
                without text, tags or question are highlighted.
            text: what is written.
            tags: the reader's own; a query finds the post by them.
            is_question: whether it is not understood yet.
            line: the line where the words, or their paragraph, begin, where they stand in several
                places; the first of them there is meant.

        Raises:
            PostNotFoundError: if there is no such post or formula.
            NoteError: if the words don't stand in it, or in several places, or nothing is said.
        """
        post, formula, anchor = self._target(storable(target), storable(quote), line)
        now = self._clock.now()
        note = StoredNote(
            id=secrets.token_hex(_ID_BYTES),
            post=post.id or "",
            formula=formula,
            exact=anchor.exact,
            prefix=anchor.prefix,
            suffix=anchor.suffix,
            start=anchor.start,
            body=_checked(text),
            tags=_clean_tags(tags),
            is_question=is_question,
            created=now,
            changed=now,
        )
        if not (note.exact and formula is None) and not (note.body or note.tags or is_question):
            raise NoteError(Message("expected a text, a tag or a question, found nothing to note"))
        with self._database.noting():
            stored_notes.put_note(self._database, note)
        return self.note(note.id)

    def edit(
        self,
        note_id: str,
        *,
        text: str | None = None,
        tags: Iterable[str] | None = None,
        is_question: bool | None = None,
    ) -> Note:
        """Change what a note says; what is not given stays.

        Raises:
            NoteError: if there is no such note.
        """
        from dataclasses import replace

        note = self._stored(note_id)
        changed = replace(
            note,
            body=note.body if text is None else _checked(text),
            tags=note.tags if tags is None else _clean_tags(tags),
            is_question=note.is_question if is_question is None else is_question,
            changed=self._clock.now(),
        )
        with self._database.noting():
            stored_notes.put_note(self._database, changed)
        return self.note(note.id)

    def remove(self, *note_ids: str) -> NoteList:
        """Forget notes; those that were forgotten.

        Raises:
            NoteError: if there is no note of an id; then none is forgotten.
        """
        notes = tuple(self.note(note_id) for note_id in note_ids)
        with self._database.noting():
            for note in notes:
                stored_notes.delete_note(self._database, note.id)
        return NoteList(notes, len(notes))

    def note(self, note_id: str) -> Note:
        """The note of an id, or of the start of one.

        Raises:
            NoteError: if there is none, or several.
        """
        return Places(self._database).note(self._stored(note_id))

    def list(
        self,
        target: str | None = None,
        *,
        words: str = "",
        tag: str | None = None,
        only_questions: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> NoteList:
        """Notes by post, in the library's order, and by their places in it.

        Args:
            target: a post or a formula's id; all if not given.
            words: what each must have in its text, tags or quote, all of them.
            tag: a tag that each must bear.
            only_questions: whether only what is not understood yet is wanted.
            limit: at most so many.
            offset: how many are passed over.

        Raises:
            PostNotFoundError: if there is no such post or formula.
        """
        wanted = None if target is None else self._target(storable(target), "", None)
        places = Places(self._database)
        found = []
        for stored in stored_notes.all_notes(self._database):
            if (
                (wanted is not None and places.post_of(stored) != wanted[0].id)
                or (tag is not None and _folded(tag) not in map(_folded, stored.tags))
                or (only_questions and not stored.is_question)
            ):
                continue
            note = places.note(stored)
            if (wanted is None or _is_on(note, wanted)) and _has_words(note, words):
                found.append(note)
        found.sort(key=places.order)
        end = None if limit is None else offset + limit
        return NoteList(tuple(found[offset:end]), len(found))

    def search(self, query: str, *, limit: int = 3) -> NoteList:
        """Notes in whose text, tags or quote all words and phrases of a query stand.

        Of the query language that is all; where nothing but conditions and formulas is asked for,
        no note answers.

        Args:
            query: as ``Library.search`` takes it.
            limit: at most so many.
        """
        wanted = words_of(query)
        found = [
            stored
            for stored in stored_notes.all_notes(self._database)
            if wanted and _has_all(wanted, (stored.body, stored.exact, *stored.tags))
        ]
        places = Places(self._database)
        return NoteList(tuple(map(places.note, found[:limit])), len(found))

    def tags(self) -> dict[str, tuple[str, ...]]:
        """The reader's own tags of each post that has any, by its id."""
        return stored_notes.own_tags_by_id(self._database)

    def state(self) -> tuple[int, int]:
        """How many notes there are, and when one was changed last: while it stays, so do all."""
        return stored_notes.state(self._database)

    def take_card(self, note_id: str) -> Card:
        """Make a note a card, due at once: its words are asked for, or what was written of them.

        Raises:
            NoteError: if there is no such note, or it is of a whole post.
        """
        note = self.note(note_id)
        card = card_of(note, self._post(note.post_id))
        deck.take(self._database, [card], self._clock.now())
        return deck.find_card(self._database, card.id)

    def _target(self, target: str, quote: str, line: int | None) -> tuple[Post, str | None, Quote]:
        """The post, the formula's name, and the words that are meant."""
        if "#" in target:
            try:
                formula = self._library.formula(target)
            except PostNotFoundError:
                if target not in self._library:
                    raise
            else:
                post = self._post(formula.post_id)
                name = formula.id.partition("#")[2]
                at = next((f.span for f in post.formulas if f.number == formula.number), None)
                anchor = quote_at(post.text, at) if at else Quote(formula.latex, "", "", 0)
                return post, name, anchor
        post = self._library.post(target)
        if not quote.strip():
            return post, None, Quote("", "", "", 0)
        return post, None, _quoted(post, quote, line)

    def _post(self, post_id: str) -> Post:
        number = stored_posts.find_post(self._database, post_id)
        return stored_posts.read_post(self._database, number)

    def _stored(self, note_id: str) -> StoredNote:
        notes = [
            note
            for note in stored_notes.all_notes(self._database)
            if note_id and note.id.startswith(note_id)
        ]
        if len(notes) != 1:
            raise NoteError(
                Message(
                    "expected the id of a note, found '{id}', with which {count} begin; "
                    "'blogkit note list' lists them",
                    id=note_id[:_SHOWN_CHARS],
                    count=len(notes),
                )
            )
        return notes[0]


def _quoted(post: Post, quote: str, line: int | None) -> Quote:
    """The place of a post that words mean.

    Raises:
        NoteError: if it is none, or one of several.
    """
    shown = quote.strip()[:_SHOWN_CHARS]
    if len(quote) > MOST_QUOTE_CHARS:
        raise NoteError(
            Message(
                "expected a quote of at most {most} characters, found {count}",
                most=MOST_QUOTE_CHARS,
                count=len(quote),
            )
        )
    found = QuotedText(post.text).places_of(quote.strip())
    lines = [line_of(span.start, post.text, post.blocks) for span in found]
    if line is not None:
        found = [
            span
            for span, at in zip(found, lines, strict=True)
            if line in (at, _line_of_block(post, span))
        ]
    if not found:
        raise NoteError(
            Message(
                "post {post}: expected words of the post, found '{quote}', which it does not have",
                post=post.id,
                quote=shown,
            )
        )
    if len(found) > 1 and line is None:
        raise NoteError(
            Message(
                "post {post}: '{quote}' stands in lines {lines}; quote more, or name the line",
                post=post.id,
                quote=shown,
                lines=", ".join(map(str, dict.fromkeys(lines))),
            )
        )
    return quote_at(post.text, found[0])


def _line_of_block(post: Post, span: Span) -> int | None:
    return next((b.line for b in post.blocks if b.span.start <= span.start < b.span.end), None)


def _checked(text: str) -> str:
    text = storable(text).strip()
    if len(text) > MOST_TEXT_CHARS:
        raise NoteError(
            Message(
                "expected a note of at most {most} characters, found {count}",
                most=MOST_TEXT_CHARS,
                count=len(text),
            )
        )
    return text


def _clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    found = (" ".join(storable(tag).split()).lstrip("#") for tag in tags)
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _is_on(note: Note, wanted: tuple[Post, str | None, Quote]) -> bool:
    post, formula, _ = wanted
    return note.post_id == post.id and formula in (None, (note.formula_id or "").partition("#")[2])


def _folded(text: str) -> str:
    return fold(fold_script(text))


def words_of(query: str) -> list[str]:
    """What of a query is looked for in notes: its plain words, and its phrases.

    >>> words_of('学习率 "为什么" tag:优化 $x$')
    ['学习率', '为什么']
    """
    read = read_query(storable(query))
    phrases = [
        clause[0].value
        for clause in read.clauses
        if len(clause) == 1 and clause[0].kind == "text" and not clause[0].is_negated
    ]
    return list(dict.fromkeys([*read.words.split(), *phrases]))


def _has_words(note: Note, words: str) -> bool:
    return _has_all(words.split(), (note.text, note.quote, note.title, *note.tags))


def _has_all(words: Iterable[str], texts: Iterable[str]) -> bool:
    text = _folded("\n".join(texts))
    return all(_folded(word) in text for word in words)
