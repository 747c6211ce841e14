"""Reviews that were done in Anki, read back from its packages.

A package is a zip file around an SQLite collection. Anki's newest form is compressed with
Zstandard, which Python does not read before 3.14; Anki writes the older form if "Support older Anki
versions" is ticked when exporting, with scheduling information. Importing twice adds nothing.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import zipfile
from collections import defaultdict
from dataclasses import dataclass, replace

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.store import cards as stored_cards
from blogkit.store import reviews as stored_reviews
from blogkit.store.cards import StoredCard
from blogkit.store.database import Database
from blogkit.store.reviews import StoredReview
from blogkit.study.anki import GUID_PREFIX
from blogkit.study.schedule import replayed

_COLLECTIONS = ("collection.anki21", "collection.anki2")
_NEWEST = "collection.anki21b"
_MOST_BYTES = 1 << 30
_REVIEWS = (
    "SELECT n.guid, r.id, r.ease, r.time FROM revlog r JOIN cards c ON c.id = r.cid"
    " JOIN notes n ON n.id = c.nid WHERE n.guid LIKE ? AND r.ease BETWEEN 1 AND 4 ORDER BY r.id"
)


@dataclass(frozen=True, slots=True)
class AnkiImport:
    """What was read from Anki."""

    path: str
    """The file."""
    reviews: int
    """Reviews that were new, and are in the log now."""
    known: int
    """Reviews that were imported before."""
    unknown: int
    """Reviews of cards that the library doesn't have."""
    cards: int
    """Cards whose schedule was computed anew from all their reviews."""

    def to_dict(self) -> dict[str, object]:
        """The import as JSON has it."""
        return {
            "schema": 1,
            "path": self.path,
            "reviews": self.reviews,
            "known": self.known,
            "unknown": self.unknown,
            "cards": self.cards,
        }


def import_reviews(database: Database, path: str) -> AnkiImport:
    """Take the reviews of blogkit's cards from a package, in one transaction.

    Raises:
        SourceError: if the file can't be read as a package or collection.
        MissingExtraError: without the extra ``study``.
    """
    rows = _reviews_in(path)
    with database.noting():
        seen = stored_reviews.anki_numbers(database)
        new: dict[str, list[StoredReview]] = defaultdict(list)
        known = unknown = 0
        for guid, number, grade, milliseconds in rows:
            stored = stored_cards.read_card(database, guid.removeprefix(GUID_PREFIX))
            if number in seen:
                known += 1
            elif stored is None or stored.schedule is None:
                unknown += 1
            else:
                seconds = milliseconds / 1000
                new[stored.id].append(
                    StoredReview(
                        None, stored.id, number // 1000, grade, seconds, number, stored.schedule
                    )
                )
        for card, reviews in new.items():
            _reschedule(database, card, reviews)
    count = sum(map(len, new.values()))
    return AnkiImport(path, count, known, unknown, len(new))


def _reschedule(database: Database, card: str, new: list[StoredReview]) -> None:
    """Put reviews where they belong in a card's past, and compute its schedule from all of them."""
    reviews = [*stored_reviews.reviews_of(database, card), *new]
    reviews.sort(key=lambda review: review.time)
    stored = stored_cards.read_card(database, card)
    assert isinstance(stored, StoredCard)
    assert stored.schedule is not None
    own = [review.before.due for review in reviews if review.before.last_review is None]
    start = min(own, default=stored.schedule.due)
    schedules = replayed(start, [(review.time, review.grade) for review in reviews])
    for review, before in zip(reviews, schedules, strict=False):
        stored_reviews.put_review(database, replace(review, before=before))
    stored_cards.put_schedule(database, card, schedules[-1])


def _reviews_in(path: str) -> list[tuple[str, int, int, int]]:
    """Guid, number, grade and milliseconds of each review of blogkit's notes."""
    try:
        with contextlib.ExitStack() as stack:
            collection = path
            if zipfile.is_zipfile(path):
                folder = stack.enter_context(tempfile.TemporaryDirectory())
                collection = _unpacked(path, folder)
            elif not os.path.isfile(path):
                raise SourceError("unreadable", path, Message("expected a file, found none"))
            uri = f"file:{_quoted(os.path.abspath(collection))}?mode=ro&immutable=1"
            connection = stack.enter_context(contextlib.closing(sqlite3.connect(uri, uri=True)))
            return connection.execute(_REVIEWS, (GUID_PREFIX + "%",)).fetchall()
    except (OSError, sqlite3.Error, zipfile.BadZipFile) as error:
        raise SourceError(
            "anki", path, Message("expected a package or collection of Anki: {error}", error=error)
        ) from error


def _unpacked(path: str, folder: str) -> str:
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if _NEWEST in names:
            raise SourceError(
                "anki-compressed",
                path,
                Message(
                    "expected an older form of package, found Anki's newest; tick 'Support "
                    "older Anki versions' when you export it from Anki"
                ),
            )
        name = next((name for name in _COLLECTIONS if name in names), None)
        if name is None:
            raise SourceError(
                "anki", path, Message("expected a package of Anki, found no collection in it")
            )
        if package.getinfo(name).file_size > _MOST_BYTES:
            raise SourceError(
                "anki", path, Message("expected a collection of at most 1 GiB, found more")
            )
        return package.extract(name, folder)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
