"""The pictures beside a file: in its folder, or in the bundle that holds it.

A post says where its pictures lie, and a post comes from anywhere: it is shown none that does not
lie below its own folder, or below one that the user added with it.
"""

from __future__ import annotations

import os
import posixpath
import re
from functools import cached_property, partial
from typing import IO, TYPE_CHECKING, Protocol
from urllib.parse import unquote

from blogkit.sources.images.content import PICTURE_BYTES, too_many_bytes
from blogkit.sources.regular import open_regular
from blogkit.sources.unpacking import BROKEN, Allowance, opened_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BESIDE = (
    "", "attachments", "assets", "images", "img", "pictures", "figures", "figs", "fig", "graphics",
    "附件", "图片",
)  # fmt: skip
"""Where editors put pictures that a post names without their folder."""
_STATIC = ("", "static", "source", "public", "assets")
"""Where site generators put what an address from the root names."""
_KEPT_ENDINGS = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")
_PRINTED_ENDINGS = (".pdf", ".eps", ".ps")
"""Those of pictures for print, beside which the same may lie for the screen."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


class Neighbours(Protocol):
    """Files beside one another, by their paths in a folder or a bundle."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none that may be read.

        Raises:
            SourceError: ``picture`` if it is too large to be a picture.
        """
        ...


def candidates(address: str, path: str) -> Iterator[str]:
    """Where the picture of an address may lie, the likeliest first, as normal paths.

    Args:
        address: as a post has it.
        path: of the post's file, with ``/``.

    >>> list(candidates("a%20b.png?raw=1", "notes/x.md"))[:3]
    ['notes/a b.png', 'notes/x/a b.png', 'notes/attachments/a b.png']
    """
    if _SCHEME.match(address) or "\0" in address:
        return
    folder, stem = posixpath.split(posixpath.splitext(path)[0])
    for name in _names(address):
        if name.startswith("/"):
            places = [(up, inside) for up in _upwards(folder) for inside in _STATIC]
            yield from (_joined(*place, name.lstrip("/")) for place in places)
            continue
        yield _joined(folder, name)
        yield _joined(folder, stem, name)
        inside_of = ("",) if "/" in name else _BESIDE
        places = [(up, inside) for up in _upwards(folder) for inside in inside_of]
        yield from (_joined(*place, name) for place in places if place != (folder, ""))
    # Whoever passes a text on with its pictures often leaves their folder behind.
    yield from (_joined(folder, posixpath.basename(name)) for name in _names(address))


def _names(address: str) -> list[str]:
    """The ways to read an address as a path.

    LaTeX lets a picture's ending be left out; ``a//b`` is a picture b that may lie in a folder a.
    """
    plain = address.replace("\\", "/")
    bare = re.split(r"[?#]", plain)[0]
    names = list(dict.fromkeys(filter(None, (unquote(bare), bare, plain))))
    _, is_cut, inner = plain[1:].partition("//")
    ended = [*_ended(names[0]), *names[1:]] if names else []
    return [*ended, *_ended(inner)] if is_cut and inner else ended


def _ended(name: str) -> list[str]:
    """A name with the endings that it may have in its place, those first that are shown."""
    stem, ending = posixpath.splitext(name)
    if ending.lower() in _PRINTED_ENDINGS:
        return [*(stem + kept for kept in _KEPT_ENDINGS), name]
    if ending.lower() in _KEPT_ENDINGS:
        return [name]
    return [name, *(name + left_out for left_out in (*_KEPT_ENDINGS, *_PRINTED_ENDINGS))]


def _upwards(folder: str) -> Iterator[str]:
    """A folder and those above it."""
    while True:
        yield folder
        above = posixpath.dirname(folder)
        if above == folder:
            return
        folder = above


def _joined(*parts: str) -> str:
    return posixpath.normpath(posixpath.join(*parts))


class FolderNeighbours:
    """Files of the disk.

    Args:
        path: the post's file.
        added: folders that the user added, as absolute paths.
    """

    def __init__(self, path: str, added: Sequence[str]) -> None:
        folder = os.path.dirname(os.path.abspath(path))
        self._folders = [folder, *(root for root in added if _is_below(folder, root))]
        self._real = [os.path.realpath(root) for root in self._folders]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, if it lies below one of the folders."""
        try:
            real = self._allowed(path)
            if real is None:
                return None
            with open_regular(real) as file:
                data = file.read(PICTURE_BYTES + 1)
        except (OSError, ValueError):
            return None
        if len(data) > PICTURE_BYTES:
            raise too_many_bytes(path)
        return data

    def stamp(self, path: str) -> str | None:
        """What changes with a file: its size and time; None where there is none."""
        try:
            real = self._allowed(path)
            found = os.stat(real) if real else None
        except (OSError, ValueError):
            return None
        return f"{path}:{found.st_size}:{found.st_mtime_ns};" if found else None

    def _allowed(self, path: str) -> str | None:
        """Where a path leads; None where that lies below none of the folders."""
        if not any(_is_below(path, root) for root in self._folders):
            return None
        real = os.path.realpath(path)
        return real if any(_is_below(real, root) for root in self._real) else None


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class BundleNeighbours:
    """Files of a zip, tar or EPUB file, which is opened when the first is asked for.

    Args:
        data: the bundle.
        path: its name.
        bundle: ``zip``, ``tar`` or ``epub``.
    """

    def __init__(self, data: bytes, path: str, bundle: str) -> None:
        self._data = data
        self._path = path
        self._bundle = bundle
        self._allowance = Allowance(path, len(data))

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the bundle."""
        try:
            if path not in self._members:
                return None
            size, opened = self._members[path]
            if size > PICTURE_BYTES:
                raise too_many_bytes(f"{self._path}!{path}")
            stream = opened()
            if stream is None:
                return None
            with stream:
                return self._allowance.read(stream)
        except BROKEN:
            return None

    @cached_property
    def _members(self) -> dict[str, tuple[int, Callable[[], IO[bytes] | None]]]:
        """Its files by their paths: how large each says that it is, and what opens it."""
        from blogkit.sources.bundles import opened_tar, zip_name

        if self._bundle == "tar":
            tar = opened_tar(self._data, Allowance(self._path, len(self._data)))
            return {
                info.name.removeprefix("./"): (info.size, partial(tar.extractfile, info))
                for info in tar
                if info.isfile()
            }
        archive = opened_zip(self._data, self._path)
        return {
            zip_name(info): (info.file_size, partial(archive.open, info))
            for info in archive.infolist()
        }


def found_beside(address: str, path: str, neighbours: Neighbours) -> bytes | None:
    """The bytes of the picture of an address; None where none lies there.

    Raises:
        SourceError: ``picture`` if it is too large.
    """
    for candidate in dict.fromkeys(candidates(address, path)):
        data = neighbours.read(candidate)
        if data is not None:
            return data
    return None


def stamp_beside(address: str, path: str, neighbours: FolderNeighbours) -> str | None:
    """What changes with the picture of an address; None where none lies there."""
    stamps = (neighbours.stamp(candidate) for candidate in dict.fromkeys(candidates(address, path)))
    return next(filter(None, stamps), None)
