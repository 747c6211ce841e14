"""Pages of the web asked for and read, before any of them is taken into the library.

Nothing is asked for that a user did not ask for: an address, and the entries of the listing or feed
that stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from blogkit.errors import SourceError
from blogkit.fetching.fetcher import Fetched, Fetcher, Validators
from blogkit.language import Message
from blogkit.library.page_pictures import PageFetching
from blogkit.sources.bundles import MEMBER_MARK
from blogkit.sources.read import GUESS, Reading, Told, read_source
from blogkit.sources.reading import SourceProblem
from blogkit.store import sources as stored_sources
from blogkit.store.pictures import pictures_of_source
from blogkit.text.addresses import address_key, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.library.fingerprinting import Progress
    from blogkit.store.database import Database

MOST_ENTRIES = 20
"""Entries of a listing or a feed whose pages are fetched, unless told."""
_MOST_BYTES = 256 * 2**20
"""What the pages of one run may have together: they are taken in at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched and read."""

    key: str
    """Its address as it was asked for, by which it is a source."""
    told: Told
    """What is known of it without reading it."""
    fetched: Fetched
    """What the server gave."""
    readings: tuple[Reading, ...]
    """What stands in it; nothing if it has not changed."""
    brings_pictures: bool = False
    """Whether pictures were fetched for it, for which it is taken even if it is as it was."""


@dataclass(slots=True)
class Asking:
    """One run of asking for pages."""

    database: Database
    """Tells what was fetched before; it is only read."""
    fetcher: Fetcher
    """What asks."""
    told: Told = GUESS
    """What the user says of the pages."""
    wants_pictures: bool = False
    """Whether the pictures of pages are fetched too."""
    most_entries: int = MOST_ENTRIES
    """Entries of one listing or feed whose pages are fetched too."""
    progress: Progress | None = None
    """Called before each page."""
    pages: list[Page] = field(default_factory=list)
    """What was fetched."""
    problems: list[SourceProblem] = field(default_factory=list)
    """What could not be."""
    gone: list[str] = field(default_factory=list)
    """Pages that were fetched before and are no longer there."""
    picture_problems: list[SourceProblem] = field(default_factory=list)
    """Pictures that could not be fetched; their pages are read all the same."""
    _bytes: int = 0

    def ask_all(self, addresses: Iterable[str]) -> None:
        """Fetch pages that a user named, and those of the entries that they list."""
        for address in dict.fromkeys(urldefrag(address)[0] for address in addresses):
            page = self.ask(address, may_be_private=True)
            if page is not None:
                for entry in self._entries(page):
                    self.ask(entry, may_be_private=page.fetched.is_private)

    def ask_again(self) -> None:
        """Fetch the pages that were fetched before, and what is new of the listings among them."""
        keys = [source.key for source in stored_sources.all_sources(self.database)]
        known = dict.fromkeys(key for key in keys if is_web_address(key))
        self.ask_all(key for key in known if not any(holder in known for holder in _holders(key)))

    def ask(self, address: str, *, may_be_private: bool) -> Page | None:
        """Fetch and read one page; None if that fails, which is then told among the problems."""
        if self.progress:
            self.progress(len(self.pages), len(self.pages) + 1, address)
        try:
            page = self._read(address, may_be_private)
        except SourceError as error:
            known = stored_sources.find_source(self.database, address)
            if error.code == "gone" and known is not None:
                self.gone.append(address)
            else:
                self.problems.append(SourceProblem(address, error.line, error.code, error.text))
            return None
        self.pages.append(page)
        return page

    def _read(self, address: str, may_be_private: bool) -> Page:
        known = self._validators(address)
        fetched = self.fetcher.fetch(address, known, may_be_private=may_be_private)
        self._bytes += len(fetched.data)
        if self._bytes > _MOST_BYTES:
            message = Message("so much was fetched before it that it is left for another time")
            raise SourceError("size", address, message)
        told = replace(self.told, address=fetched.address)
        if fetched.is_unchanged:
            return Page(address, told, fetched, ())
        readings = tuple(read_source(fetched.data, address, told))
        page = Page(address, told, fetched, readings)
        return self._with_pictures(page) if self.wants_pictures else page

    def _with_pictures(self, page: Page) -> Page:
        """A page with the pictures of its posts fetched, those that the library has not."""
        pictures = PageFetching(self.fetcher, page.fetched, self._known_pictures(page.key))
        readings = tuple(pictures.added_to(reading) for reading in page.readings)
        self.picture_problems += pictures.problems
        self._bytes += pictures.fetched_bytes
        return replace(page, readings=readings, brings_pictures=pictures.fetched_bytes > 0)

    def _known_pictures(self, key: str) -> set[str]:
        """Addresses of pictures that the library has of a page, as the page has them."""
        source = stored_sources.find_source(self.database, key)
        return set(pictures_of_source(self.database, source.id)) if source else set()

    def _validators(self, address: str) -> Validators:
        """By what the server is asked whether a page changed; nothing if it may be read otherwise.

        A page that is as it was is then told by its digest.
        """
        if self.told != GUESS or self.wants_pictures:
            return Validators()
        return Validators(*stored_sources.validators(self.database, address))

    def _entries(self, page: Page) -> list[str]:
        """Addresses of the entries that a page lists and that were not fetched yet."""
        own = {address_key(page.key), address_key(page.fetched.address)}
        found = {
            address_key(post.address): post.address
            for reading in page.readings
            if reading.is_list
            for post in reading.posts
            if post.address and (post.truncated or reading.format != "feed")
        }
        return [
            address
            for key, address in found.items()
            if key not in own and stored_sources.find_source(self.database, address) is None
        ][: self.most_entries]


def _holders(key: str) -> Iterator[str]:
    """The pages that a source may be an entry of: what stands before each mark in its key."""
    return (key[: match.start()] for match in re.finditer(MEMBER_MARK, key))
