"""The cards of a library: those that a user took, edited or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from blogkit.errors import CardNotFoundError, StudyError
from blogkit.language import Message
from blogkit.posts import Block, Post
from blogkit.store import cards as stored_cards
from blogkit.store import posts as stored_posts
from blogkit.store import reading as stored_reading
from blogkit.store.cards import StoredCard
from blogkit.store.database import Database
from blogkit.study.cards import KINDS, Card, Cards, Status
from blogkit.study.schedule import new_schedule

_AMBIGUOUS_SHOWN = 5


def take(database: Database, cards: Iterable[Card], now: int) -> None:
    """Accept cards in one transaction; those that were dropped go on where they were."""
    with database.noting():
        for card in cards:
            stored = stored_cards.read_card(database, card.id) or _stored(card)
            schedule = stored.schedule or new_schedule(now)
            taken = replace(stored, is_dropped=False, schedule=schedule)
            stored_cards.put_card(database, taken)


def drop(database: Database, cards: Iterable[Card]) -> None:
    """Drop cards in one transaction; their schedules are kept for the case that they come back."""
    with database.noting():
        for card in cards:
            stored = stored_cards.read_card(database, card.id) or _stored(card)
            stored_cards.put_card(database, replace(stored, is_dropped=True))


def edit(database: Database, card: Card, question: str | None, answer: str | None) -> None:
    """Change what a stored card asks or answers.

    Raises:
        StudyError: if nothing is left of either.
    """
    new_question, new_answer = question or card.question, answer or card.answer
    for name, given in ((Message("a question"), question), (Message("an answer"), answer)):
        if given is not None and not given.strip():
            raise StudyError(
                Message("card {id}: expected {name}, found nothing", id=card.id, name=name)
            )
    with database.noting():
        stored = stored_cards.read_card(database, card.id)
        if stored is not None:
            edited = replace(stored, question=new_question, answer=new_answer, is_edited=True)
            stored_cards.put_card(database, edited)


def chosen(offered: Sequence[Card], ids: Iterable[str], post: str) -> list[Card]:
    """Those of the offered cards whose ids begin so.

    Raises:
        CardNotFoundError: if there is none for one of the ids, or several.
    """
    found = []
    for wanted in ids:
        matches = [card for card in offered if wanted and card.id.startswith(wanted)]
        if len(matches) != 1:
            raise _not_found(
                wanted,
                [card.id for card in matches],
                Message("'blogkit study new {post}' lists them", post=post),
            )
        found.append(matches[0])
    return found


def find_card(database: Database, name: str) -> Card:
    """The stored card of that id, or unambiguous prefix of one.

    Raises:
        CardNotFoundError: if there is none, or several.
    """
    ids = stored_cards.ids_with_prefix(database, name) if name else []
    if len(ids) != 1:
        raise _not_found(name, ids, Message("'blogkit study cards' lists them"))
    stored = stored_cards.read_card(database, ids[0])
    assert stored is not None
    return Places(database).card(stored)


def all_cards(
    database: Database, *, post: str | None, dropped: bool, limit: int | None, offset: int
) -> Cards:
    """The cards that were accepted, or dropped, as they were taken; of one post, or of all."""
    places = Places(database)
    stored: Iterable[StoredCard] = stored_cards.all_cards(database, dropped=dropped)
    if post is not None:
        post_id = stored_posts.read_post(database, stored_posts.find_post(database, post)).id
        stored = (card for card in stored if places.current(card.post) == post_id)
    found = list(stored)
    end = None if limit is None else offset + limit
    return Cards(tuple(map(places.card, found[offset:end])), len(found))


class Places:
    """Where stored cards are in the library as it is now; reads each post once.

    Args:
        database: the library's database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._posts: dict[str, Post | None] = {}

    def current(self, post_id: str) -> str:
        """The id that a post has now; the same if it is no longer in the library."""
        return stored_reading.current_id(self._database, post_id) or post_id

    def card(self, stored: StoredCard) -> Card:
        """A stored card with its place."""
        post_id = self.current(stored.post)
        post = self._post(post_id)
        block = post and _block_of(post, stored)
        status: Status = "dropped" if stored.is_dropped else "accepted"
        kind = next(kind for kind in KINDS if kind == stored.kind)
        return Card(
            id=stored.id,
            kind=kind,
            status=status,
            post_id=post_id,
            formula_id=None if stored.formula is None else f"{post_id}#{stored.formula}",
            path=post.path if post else None,
            line=block.line if block else stored.line,
            name=stored.name,
            context=stored.context,
            question=stored.question,
            answer=stored.answer,
            is_edited=stored.is_edited,
        )

    def _post(self, post_id: str) -> Post | None:
        if post_id not in self._posts:
            number = stored_posts.number_by_id(self._database, post_id)
            found = None if number is None else stored_posts.read_post(self._database, number)
            self._posts[post_id] = found
        return self._posts[post_id]


def _block_of(post: Post, stored: StoredCard) -> Block | None:
    """The paragraph that a card was made from, as far as it still stands in the post."""
    if stored.formula is not None:
        places = [f.span.start for f in post.formulas if f.name == stored.formula]
        offset = places[0] if places else -1
    else:
        offset = _longest_piece(post.text, stored.question)
    return next((b for b in post.blocks if b.span.start <= offset < b.span.end), None)


def _longest_piece(text: str, question: str) -> int:
    """Where the longest line of a question's words stands in a text; -1 if it is not there."""
    pieces = question.replace("\n", "＿").split("＿")
    return text.find(max(pieces, key=len))


def _stored(card: Card) -> StoredCard:
    """A card that was just made, as the database holds it."""
    formula = card.formula_id.partition("#")[2] if card.formula_id else None
    return StoredCard(
        card.id, card.kind, card.post_id, formula, card.line, card.name, card.context,
        card.question, card.answer, card.is_edited, False, None,
    )  # fmt: skip


def _not_found(wanted: str, ids: Sequence[str], remedy: str) -> CardNotFoundError:
    if not ids:
        return CardNotFoundError(
            Message("no card has the id '{wanted}'; {remedy}", wanted=wanted, remedy=remedy)
        )
    shown = ", ".join(ids[:_AMBIGUOUS_SHOWN])
    more = ", …" if len(ids) > _AMBIGUOUS_SHOWN else ""
    return CardNotFoundError(
        Message(
            "'{wanted}' means {count} cards: {shown}{more}",
            wanted=wanted,
            count=len(ids),
            shown=shown,
            more=more,
        )
    )


def with_status(cards: Iterable[Card], status: Status) -> Iterator[Card]:
    """Those of some cards that have a status."""
    return (card for card in cards if card.status == status)
