"""The pictures of a page fetched where that was asked for, as politely as pages, within limits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from blogkit.errors import SourceError
from blogkit.fetching.fetcher import Fetched, Fetcher
from blogkit.language import Message
from blogkit.pictures import PictureReference, picture_references
from blogkit.posts import Post
from blogkit.sources.images.content import PICTURE_BYTES, PictureFile, read_picture
from blogkit.sources.images.finding import PictureFinder
from blogkit.sources.read import Reading
from blogkit.sources.reading import SourceProblem
from blogkit.text.addresses import is_web_address, joined_address

MOST_FETCHED = 100
"""Pictures of one page that are fetched, which takes a second each."""
_MOST_BYTES = 64 * 2**20
"""What the pictures of one page may have together."""


@dataclass(frozen=True, slots=True)
class FetchedPictures:
    """Finds pictures that were fetched, else those that stand in the page."""

    base: str
    """Address of the page."""
    fetched: dict[str, bytes]
    """Bytes by address."""
    others: PictureFinder | None
    """What finds those in the page."""

    def find(self, address: str, place: str) -> PictureFile | None:
        """The picture of an address; see ``PictureFinder``."""
        data = self.fetched.get(joined_address(self.base, address))
        if data is not None:
            return read_picture(data, place)
        return self.others.find(address, place) if self.others else None


@dataclass(slots=True)
class PageFetching:
    """The pictures of one page while they are fetched."""

    fetcher: Fetcher
    """What asks."""
    page: Fetched
    """The page."""
    known: Collection[str]
    """Addresses, as the page has them, of pictures that need not be fetched."""
    fetched_bytes: int = 0
    """How much was fetched."""
    problems: list[SourceProblem] = field(default_factory=list)
    """What could not be."""
    _fetched: dict[str, bytes] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def added_to(self, reading: Reading) -> Reading:
        """What stands in the page, with the pictures of its posts."""
        for post in reading.posts:
            if not reading.is_list or (reading.format == "feed" and not post.truncated):
                for reference in self._wanted(post):
                    self._fetch(post, reference)
        finder = FetchedPictures(self.page.address, self._fetched, reading.pictures)
        return replace(reading, pictures=finder)

    def _wanted(self, post: Post) -> Iterator[PictureReference]:
        for reference in picture_references(post.text, post.blocks):
            address = joined_address(self.page.address, reference.address)
            is_new = address not in self._asked and reference.address not in self.known
            if reference.address and is_new and is_web_address(address):
                self._asked.add(address)
                yield PictureReference(address, reference.words, reference.line)

    def _fetch(self, post: Post, reference: PictureReference) -> None:
        try:
            if len(self._asked) > MOST_FETCHED or self.fetched_bytes > _MOST_BYTES:
                raise SourceError("picture", reference.address, _too_many())
            found = self.fetcher.fetch(
                reference.address,
                may_be_private=self.page.is_private,
                most_bytes=PICTURE_BYTES,
            )
        except SourceError as error:
            line = reference.line
            self.problems.append(SourceProblem(post.path, line, error.code, error.text))
        else:
            self._fetched[reference.address] = found.data
            self.fetched_bytes += len(found.data)


def _too_many() -> Message:
    return Message(
        "expected at most {most} pictures and {bytes} MiB of them on one page, found more; it is "
        "not fetched",
        most=MOST_FETCHED,
        bytes=_MOST_BYTES >> 20,
    )
