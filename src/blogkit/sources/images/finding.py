"""The pictures of the posts of one file: in the file itself, or beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from blogkit.sources.images.content import read_picture
from blogkit.sources.images.inlined import data_in, data_of, decoded
from blogkit.sources.images.neighbours import found_beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogkit.sources.formats import Reader
    from blogkit.sources.images.content import PictureFile
    from blogkit.sources.images.neighbours import Neighbours
    from blogkit.sources.source_file import SourceFile


class PictureFinder(Protocol):
    """What finds the pictures of a file's posts."""

    def find(self, address: str, place: str) -> PictureFile | None:
        """The picture of an address; None where it is not at hand.

        Args:
            address: as a post has it.
            place: what it is called, for errors.

        Raises:
            SourceError: ``picture`` if what lies there is none that is kept.
        """
        ...


class FilePictures:
    """Finds the pictures of the posts of one file.

    Args:
        file: the file.
        reader: what read it.
        neighbours: the files beside it, if they may be read.
        path: of the file among them.
    """

    def __init__(
        self, file: SourceFile, reader: Reader, neighbours: Neighbours | None, path: str
    ) -> None:
        self._file = file
        self._reader = reader
        self._neighbours = neighbours
        self._path = path

    def find(self, address: str, place: str) -> PictureFile | None:
        """The picture of an address; see ``PictureFinder``."""
        data = self._held(address) or data_of(address)
        if data is None and self._neighbours is not None:
            data = found_beside(address, self._path, self._neighbours)
        return None if data is None else read_picture(data, place)

    @cached_property
    def _held(self) -> Callable[[str], bytes | None]:
        if self._reader.pictures:
            return self._reader.pictures(self._file)
        held = data_in(self._file.text)
        return lambda address: decoded(held[address]) if address in held else None
