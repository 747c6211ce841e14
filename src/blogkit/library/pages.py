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
from blogkit.sources.bundles import MEMBER_MARK
from blogkit.sources.read import GUESS, Reading, Told, read_source
from blogkit.sources.reading import SourceProblem
from blogkit.store import sources as stored_sources
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


@dataclass(slots=True)
class Asking:
    """One run of asking for pages."""

    database: Database
    """Tells what was fetched before; it is only read."""
    fetcher: Fetcher
    """What asks."""
    told: Told = GUESS
    """What the user says of the pages."""
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
        return Page(address, told, fetched, tuple(read_source(fetched.data, address, told)))

    def _validators(self, address: str) -> Validators:
        """By what the server is asked whether a page changed; nothing if it may be read otherwise.

        A page that is as it was is then told by its digest.
        """
        if self.told != GUESS:
            return Validators()
        return Validators(*stored_sources.validators(self.database, address))

    def _entries(self, page: Page) -> list[str]:
        """Addresses of the entries that a page lists and that were not fetched yet."""
        own = {address_key(page.key), address_key(page.fetched.address)}
        found = {
            address_key(post.address): post.address
            for reading in page.readings
            if is_list(reading)
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


def is_list(reading: Reading) -> bool:
    """Whether a page is a listing or a feed, and not a post."""
    return reading.format == "feed" or (reading.format == "html" and len(reading.posts) > 1)
