"""What is unpacked of a bundle, within limits; and what is said of one that is torn."""

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import Protocol

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.formats import Reader
from blogkit.text.dates import UNDATED, PostDate

MEMBERS_READ = 20_000
"""Files of one bundle, those in bundles inside of it too."""
MEMBER_BYTES = 200 * 2**20
"""Size of one file, unpacked."""
BUNDLE_BYTES = 2 * 2**30
"""Size of all files of one bundle, unpacked."""
UNPACKING_RATIO = 200
"""How many times its packed size a bundle may become, once it is larger than FREE_BYTES."""
FREE_BYTES = 32 * 2**20
"""Size up to which the ratio does not matter: a text of one letter packs a thousandfold."""
_CHUNK_BYTES = 1 << 20
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError,
    struct.error, NotImplementedError, RuntimeError, ValueError, OverflowError, UnicodeError,
)  # fmt: skip
"""What the standard library raises for a bundle that is not whole."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a bundle, or why it is not read."""

    path: str
    """Its place: ``a.zip!b.html``."""
    data: bytes = b""
    """Its bytes."""
    reader: Reader | None = None
    """What reads it, where the bundle knows it."""
    skipped: str = ""
    """Why it is passed over, as files in a folder are: ``hidden``, ``not-text``…"""
    problem: tuple[str, str] | None = None
    """Code and message, where it can't be read."""
    date: PostDate = UNDATED
    """The date that the bundle has for it."""
    tags: tuple[str, ...] = ()
    """The tags that the bundle has for it."""
    categories: tuple[str, ...] = ()
    """The categories that the bundle has for it, such as the title of a book."""


class _Stream(Protocol):
    """What can be read in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class Allowance:
    """What may still be unpacked of one bundle and the bundles in it."""

    def __init__(self, path: str, packed_bytes: int) -> None:
        self._path = path
        self._bytes_left = min(BUNDLE_BYTES, max(FREE_BYTES, UNPACKING_RATIO * packed_bytes))
        self._members_left = MEMBERS_READ

    def take_member(self) -> None:
        """Count one file.

        Raises:
            SourceError: ``bundle-too-large`` if there are more than MEMBERS_READ.
        """
        self._members_left -= 1
        if self._members_left < 0:
            raise self._too_large(
                Message("more than {members_read:,} files", members_read=MEMBERS_READ)
            )

    def read(self, stream: _Stream) -> bytes:
        """All that a stream holds, as long as it is allowed.

        Raises:
            SourceError: ``bundle-too-large``.
        """
        pieces: list[bytes] = []
        size = 0
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            self._bytes_left -= len(chunk)
            if self._bytes_left < 0:
                raise self._too_large(Message("more than its size allows: a zip bomb?"))
            if size > MEMBER_BYTES:
                raise self._too_large(
                    Message(
                        "a file of more than {member_bytes} MiB", member_bytes=MEMBER_BYTES >> 20
                    )
                )
            pieces.append(chunk)
        return b"".join(pieces)

    def _too_large(self, found: str) -> SourceError:
        message = Message(
            "expected files of a reasonable size, found {found}; unpack it and add the files",
            found=found,
        )
        return SourceError("bundle-too-large", self._path, message)


def read_packed(
    archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, place: str, allowance: Allowance
) -> bytes | tuple[str, str]:
    """A member's bytes, or code and message of why it can't be read.

    Raises:
        SourceError: ``bundle-too-large``.
    """
    try:
        with archive.open(name) as stream:
            return allowance.read(stream)
    except KeyError:
        return "bundle", Message(
            "{place}: expected a file of that name in the bundle, found none", place=place
        )
    except BROKEN as error:
        return _unreadable(place, error)


def opened_zip(data: bytes, path: str) -> zipfile.ZipFile:
    """A zip file in memory.

    Raises:
        SourceError: ``bundle`` if it is none, or torn.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise torn(path, "zip", error) from error


def _unreadable(place: str, error: BaseException) -> tuple[str, str]:
    if "encrypted" in str(error) or "password" in str(error):
        return "encrypted", Message(
            "{place}: expected a file that opens without a password", place=place
        )
    return "bundle", Message(
        "{place}: expected a whole file, found a torn one ({said})", place=place, said=_said(error)
    )


def torn(path: str, kind: str, error: BaseException) -> SourceError:
    """The error for a bundle that is not whole."""
    message = Message(
        "expected a whole {kind} file, found a torn one or another format ({said})",
        kind=kind,
        said=_said(error),
    )
    return SourceError("bundle", path, message)


def _said(error: BaseException) -> str:
    return str(error).strip() or type(error).__name__
