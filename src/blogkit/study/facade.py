"""Study of a library in one object: cards, reviews, reading list, Anki."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING

from blogkit.errors import QueryError, require_page
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.store import posts as stored_posts
from blogkit.store import reading as stored_reading
from blogkit.study import deck, reading, reviewing, statistics
from blogkit.study.cards import Card, Cards
from blogkit.study.clock import Clock
from blogkit.study.reading import Marked, ReadingEntry, ReadingList

if TYPE_CHECKING:
    from blogkit.study.anki import AnkiExport
    from blogkit.study.anki_log import AnkiImport
    from blogkit.study.home import Home
    from blogkit.study.reading import Proposals, ReadingState
    from blogkit.study.reports import Due, Forecast, History, Review
    from blogkit.study.schedule import Grade

_MOST_DAYS = 3660


class Study:
    """What a user studies in a library; its state lies in the library.

    Methods that change something are one transaction each: all of it is there afterwards, or none.

    Args:
        library: an open library.
        now: gives seconds since 1970; the computer's clock if not given.
        zone: where days begin at midnight; the computer's time zone if not given.

    >>> import tempfile, blogkit
    >>> with tempfile.TemporaryDirectory() as folder, blogkit.Library.open(folder) as library:
    ...     text = "所谓梯度裁剪（gradient clipping），就是根据梯度的模长来对更新量做一个缩放。"
    ...     _ = library.add_posts([blogkit.Post(title="裁剪", text=text, id="clip")])
    ...     study = Study(library)
    ...     (card,) = study.offered("clip")
    ...     _ = study.accept("clip", card.id)
    ...     print(card.question, study.due().total)
    所谓＿＿＿＿，就是根据梯度的模长来对更新量做一个缩放。 1
    """

    def __init__(
        self,
        library: Library,
        *,
        now: Callable[[], float] | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        self._database = library.database
        self._clock = Clock(now, zone)

    def offered(self, post: str, *, symbols: bool = False) -> Cards:
        """The cards that a post offers, in its order, with what became of each.

        Args:
            post: id, prefix of an id, or title.
            symbols: whether those follow that ask what its symbols mean.

        Raises:
            PostNotFoundError: if there is no such post.
            AmbiguousPostError: if there are several.
        """
        cards = self._offered(post, symbols=symbols)
        return Cards(tuple(cards), len(cards))

    def accept(self, post: str, *card_ids: str) -> Cards:
        """Take cards that a post offers: new ones are due at once, dropped ones go on as they were.

        Raises:
            CardNotFoundError: if the post offers no such card; then none is taken.
        """
        offered = self._offered(post, symbols=True)
        chosen = deck.chosen(offered, card_ids, post)
        deck.take(self._database, chosen, self._clock.now())
        return self._again(chosen)

    def accept_all(self, post: str, *, symbols: bool = False) -> Cards:
        """Take every card of a post that was neither taken nor dropped yet.

        Args:
            post: id, prefix of an id, or title.
            symbols: whether also those that ask what its symbols mean.
        """
        offered = self._offered(post, symbols=symbols)
        new = list(deck.with_status(offered, "new"))
        deck.take(self._database, new, self._clock.now())
        return self._again(new)

    def drop(self, *card_ids: str, post: str | None = None) -> Cards:
        """Let cards never be asked again, nor be offered as new.

        Args:
            card_ids: cards that were taken; with a post, cards that it offers.
            post: id, prefix of an id, or title.

        Raises:
            CardNotFoundError: if there is no such card; then none is dropped.
        """
        if post is None:
            chosen = [deck.find_card(self._database, card_id) for card_id in card_ids]
        else:
            offered = self._offered(post, symbols=True)
            chosen = deck.chosen(offered, card_ids, post)
        deck.drop(self._database, chosen)
        return self._again(chosen)

    def edit(self, card_id: str, *, question: str | None = None, answer: str | None = None) -> Card:
        r"""Change what a card asks or answers; what is not given stays.

        Args:
            card_id: a card that was taken.
            question: text with formulas between dollars, and with ``＿＿＿＿`` or ``\boxed{?}`` for
                what is hidden.
            answer: likewise.

        Raises:
            CardNotFoundError: if there is no such card.
            StudyError: if either is empty.
        """
        card = deck.find_card(self._database, card_id)
        deck.edit(self._database, card, question, answer)
        return deck.find_card(self._database, card.id)

    def card(self, card_id: str) -> Card:
        """The card of that id, or unambiguous prefix of one, that was taken or dropped.

        Raises:
            CardNotFoundError: if there is none, or several.
        """
        return deck.find_card(self._database, card_id)

    def cards(
        self,
        post: str | None = None,
        *,
        dropped: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> Cards:
        """The cards that were taken, or those that were dropped; of one post, or of all."""
        return deck.all_cards(
            self._database, post=post, dropped=dropped, limit=limit, offset=offset
        )

    def due(self, *, limit: int | None = None) -> Due:
        """What is to be asked now: cards seen before, the longest due first; then new ones.

        Of the cards of one formula one is asked a day; those of one paragraph are kept apart.
        """
        return reviewing.due_cards(self._database, self._clock, limit=limit)

    def choices(self, card_id: str) -> dict[Grade, int]:
        """For each grade, after how many seconds the card would be asked again.

        Raises:
            CardNotFoundError: if there is no such card.
            MissingExtraError: without the extra ``study``.
        """
        return reviewing.grade_choices(self._database, self._clock, card_id)

    def grade(self, card_id: str, grade: str, *, seconds: float | None = None) -> Review:
        """Store an answer, and when the card is asked next.

        Args:
            card_id: a card that was taken, due or not.
            grade: ``again``, ``hard``, ``good`` or ``easy``, or 1 to 4.
            seconds: how long the answer took.

        Raises:
            StudyError: if the grade is none of these, or the card was dropped.
            MissingExtraError: without the extra ``study``.
        """
        return reviewing.grade_card(self._database, self._clock, card_id, grade, seconds)

    def undo(self) -> Review:
        """Take back the last answer: the card's schedule is exactly what it was before.

        Raises:
            StudyError: if there is none.
        """
        return reviewing.undo_review(self._database)

    def forecast(self, *, days: int = 30) -> Forecast:
        """How many cards will be due on each of the next days, today first."""
        return statistics.forecast(self._database, self._clock, days=_checked_days(days))

    def history(self, *, days: int = 365) -> History:
        """How many answers were given on each of the last days, today last: a heat map."""
        return statistics.history(self._database, self._clock, days=_checked_days(days))

    def mark(self, post: str, state: str) -> Marked:
        """Say of a post that it is ``unread``, ``reading``, ``read`` or ``to-review``.

        Raises:
            StudyError: if the state is none of these.
            PostNotFoundError: if there is no such post.
        """
        known = reading.checked_state(state)
        number = stored_posts.find_post(self._database, post)
        found = stored_posts.read_post(self._database, number)
        now = self._clock.now()
        assert found.id is not None
        with self._database.noting():
            stored_reading.put_state(self._database, found.id, known, now)
        return Marked(ReadingEntry(found.id, found.title, known, now))

    def reading_list(
        self, state: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> ReadingList:
        """Every post with what was said of it; those of one state, if one is given.

        Raises:
            StudyError: if there is no such state.
        """
        wanted = None if state is None else reading.checked_state(state)
        entries = reading.entries(self._database)
        counts = {known: sum(entry.state == known for entry in entries) for known in reading.STATES}
        chosen = [entry for entry in entries if wanted in (None, entry.state)]
        end = None if limit is None else offset + limit
        return ReadingList(tuple(chosen[offset:end]), len(chosen), counts)

    def states(self) -> dict[str, ReadingState]:
        """The state of each post that something was said of, by its id; the others are unread."""
        return {post: state for post, (state, _) in reading.said_of_posts(self._database).items()}

    def next(self, post: str | None = None, *, limit: int | None = 5) -> Proposals:
        """What to read next, each post behind what it builds on as far as that is not read.

        Args:
            post: where the way is to lead; if not given, what is being read comes first, then what
                is to be read again, what follows a post that was read, and the rest.
            limit: at most so many.

        Raises:
            PostNotFoundError: if there is no such post.
        """
        goal = None
        if post is not None:
            number = stored_posts.find_post(self._database, post)
            goal = stored_posts.read_post(self._database, number).id
        found = reading.proposals(
            reading.entries(self._database), reading.references(self._database), goal=goal
        )
        return reading.Proposals(tuple(found[:limit]), len(found))

    def home(self, *, limit: int = 5) -> Home:
        """What to come back to: added last, half read, due, cited and unread, in doubt.

        Formulas are not checked for it; ``doubts`` has what earlier checks of whole posts found.

        Args:
            limit: at most so many posts or formulas of each kind.

        Raises:
            QueryError: if limit is negative.
        """
        from blogkit.study.home import home

        require_page(limit, 0)
        return home(self._database, self.due(limit=0), limit=limit)

    def export_anki(self, path: str | os.PathLike[str], *, post: str | None = None) -> AnkiExport:
        """Write the cards that were taken, of one post or of all, into an Anki package.

        Raises:
            LibraryError: if the file can't be written.
            MissingExtraError: without the extra ``study``.
        """
        from blogkit.study.anki import write_package

        return write_package(os.fspath(path), self.cards(post), self._clock.now())

    def import_anki(self, path: str | os.PathLike[str]) -> AnkiImport:
        """Take the reviews that were done in Anki from a package; twice adds nothing.

        Raises:
            SourceError: if the file can't be read.
            MissingExtraError: without the extra ``study``.
        """
        from blogkit.study.anki_log import import_reviews

        return import_reviews(self._database, os.fspath(path))

    def _offered(self, post: str, *, symbols: bool) -> list[Card]:
        from blogkit.study.offers import offered_cards  # reads formulas: only for new cards

        return offered_cards(self._database, post, symbols=symbols)

    def _again(self, cards: list[Card]) -> Cards:
        """Some cards as they are now."""
        return Cards(tuple(deck.find_card(self._database, card.id) for card in cards), len(cards))


def _checked_days(days: int) -> int:
    if not 1 <= days <= _MOST_DAYS:
        raise QueryError(
            Message(
                "days: expected 1 to {most_days}, found {days}", most_days=_MOST_DAYS, days=days
            )
        )
    return days
