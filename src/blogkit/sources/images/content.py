"""What a picture is, told by its bytes and never by its name: type and size, read from its head.

Sources: PNG (W3C), chapter 5; JPEG (ITU-T T.81), annex B; GIF89a, chapter 18; the WebP container
specification. Nothing is unpacked here: a small file may say that it is a thousand million pixels,
so what it says is held against limits before anything that would draw it sees it.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.images.metadata import without_metadata

if TYPE_CHECKING:
    from blogkit.posts import PictureType

PICTURE_BYTES = 8 * 2**20
"""Size of the largest picture that is kept."""
POST_PICTURES_BYTES = 64 * 2**20
"""Size of all pictures of one post that are kept."""
MOST_PICTURES = 500
"""Pictures of one post that are kept."""
MOST_SIDE_PX = 20_000
"""Longest side of a picture that is kept."""
MOST_PIXELS = 64_000_000
"""Area of the largest picture that is kept; drawn, it takes four bytes a pixel."""
LEAST_SIDE_PX = 3
"""Shortest side of a picture that says something; smaller ones count visitors or keep a place."""

_FOR_PRINT = (b"%PDF-", b"%!PS", b"\xc5\xd0\xd3\xc6")
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_STANDS_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture, recognized."""

    type: PictureType
    """What it is."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""
    data: bytes
    """All its bytes, without what they say beside the picture; of an SVG what was left of it."""

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def says_nothing(self) -> bool:
        """Whether it is too small to be seen."""
        return min(self.width, self.height) < LEAST_SIDE_PX


def read_picture(data: bytes, place: str) -> PictureFile:
    """A picture by its bytes.

    Args:
        data: all of them.
        place: what it is called, for the error.

    Raises:
        SourceError: ``picture`` if it is none of a type that is kept, torn, or too large;
            ``picture-for-print`` if it is PDF or PostScript.

    >>> read_picture(b"GIF89a" + bytes([3, 0, 5, 0]) + bytes(20) + b";", "a.gif").height
    5
    """
    if data.startswith(_FOR_PRINT):
        message = Message(
            "expected a picture for the screen, found PDF or PostScript; it is left out"
        )
        raise SourceError("picture-for-print", place, message)
    if len(data) > PICTURE_BYTES:
        raise too_many_bytes(place)
    try:
        found = _recognized(data, place)
    except (struct.error, IndexError):
        found = None
    if found is None:
        message = Message(
            "expected a whole picture, PNG, JPEG, GIF, WebP or SVG, found something else; "
            "it is left out",
        )
        raise SourceError("picture", place, message)
    if max(found.width, found.height) > MOST_SIDE_PX or found.width * found.height > MOST_PIXELS:
        message = Message(
            "expected a picture of at most {most} million pixels, found {width} × "
            "{height}; it is left out",
            most=MOST_PIXELS // 1_000_000,
            width=found.width,
            height=found.height,
        )
        raise SourceError("picture", place, message)
    return replace(found, data=without_metadata(found.data, found.type))


def looks_like_picture(name: str, head: bytes) -> bool:
    """Whether a file is a picture of a type that is kept, by its name and first bytes.

    >>> looks_like_picture("a", b"GIF89a"), looks_like_picture("a.svg", b"<svg>")
    (True, True)
    """
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return head.startswith(_BEGINNINGS) or is_webp or name.lower().endswith(".svg")


def too_many_bytes(place: str) -> SourceError:
    """The error for a picture that is too large to be kept."""
    message = Message(
        "expected a picture of at most {most} MiB, found a larger one; it is left out",
        most=PICTURE_BYTES >> 20,
    )
    return SourceError("picture", place, message)


def _recognized(data: bytes, place: str) -> PictureFile | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack("<HH", data[6:10])
        return _sized("gif", width, height, data) if b";" in data[10:] else None
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        from blogkit.sources.images.svg import harmless_svg

        svg = harmless_svg(data, place)
        return _sized("svg", svg.width, svg.height, svg.data) if svg else None
    return None


def _sized(kind: PictureType, width: int, height: int, data: bytes) -> PictureFile | None:
    return PictureFile(kind, width, height, data) if width > 0 and height > 0 else None


def _png(data: bytes) -> PictureFile | None:
    """A PNG whose chunks go on to its end."""
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    position = 8
    while data[position + 4 : position + 8] != b"IEND":
        (length,) = struct.unpack(">I", data[position : position + 4])
        position += length + 12
    return _sized("png", width, height, data)


def _jpeg(data: bytes) -> PictureFile | None:
    """A JPEG, whose size stands in its start of frame, behind segments of any length."""
    position = 2
    while data[position] == 0xFF:
        marker = data[position + 1]
        if marker in (0xFF, *_STANDS_ALONE):
            position += 1 if marker == 0xFF else 2
            continue
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return _sized("jpeg", width, height, data)
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        position += 2 + max(2, length)
    return None


def _webp(data: bytes) -> PictureFile | None:
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    else:
        return None
    (length,) = struct.unpack("<I", data[4:8])
    return _sized("webp", width, height, data) if length + 8 <= len(data) + 1 else None
