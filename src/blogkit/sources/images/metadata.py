"""Pictures without what they say beside what they show: where and when, by whom, by which camera.

A photo of a phone says where it was taken, and pictures go out with exported posts. The picture
itself is not touched: what is shown stays as it was, bit by bit.

Sources: JPEG (ITU-T T.81), annex B; Exif 2.3, 4.5 and 4.6; PNG (W3C), chapters 5 and 11; the WebP
container specification.
"""

from __future__ import annotations

import re
import struct
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.posts import PictureType

_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
"""A marker of JPEG; within the lines of a picture ``FF`` is followed by 0 or counts them."""
_END_OF_IMAGE = 0xD9
_ALONE = (0x01, 0xD8)
_DRAWS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""Segments for programs that tell how a picture is drawn, by marker and beginning."""
_PROGRAMS = (*range(0xE0, 0xF0), 0xFE)
"""Markers of what JPEG leaves to programs, and of comments."""
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_WORDS_OF_PNG = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
_WORDS_OF_WEBP = (b"EXIF", b"XMP ")
_SAYS_WORDS = 0x0C
"""Bits of WebP's first chunk that say that those follow."""


def without_metadata(data: bytes, kind: PictureType) -> bytes:
    """A whole picture, recognized, without Exif, XMP, comments and what stands behind its end.

    What turns a JPEG upright stays. GIF has none of these; of an SVG only what draws is kept.
    """
    if kind == "jpeg":
        return b"".join(_jpeg(data))
    if kind == "png":
        return b"".join(_png(data))
    return _webp(data) if kind == "webp" else data


def _jpeg(data: bytes) -> Iterator[bytes]:
    position = 0
    while marker := _MARKER.search(data, position):
        yield data[position : marker.start()]
        code = marker[1][0]
        if code == _END_OF_IMAGE:
            yield marker[0]
            return
        length = 0 if code in _ALONE else int.from_bytes(data[marker.end() : marker.end() + 2])
        position = marker.end() + length
        inside = data[marker.end() + 2 : position]
        if code not in _PROGRAMS or any(
            code == own and inside.startswith(name) for own, name in _DRAWS
        ):
            yield data[marker.start() : position]
        elif inside.startswith(_EXIF) and 1 < (orientation := _orientation(inside)) <= 8:
            yield _turned(orientation)
    yield data[position:]


def _orientation(exif: bytes) -> int:
    """How a picture is turned, from 1 (upright) to 8; 1 where that is not said."""
    tiff = exif[len(_EXIF) :]
    order = "<" if tiff.startswith(b"II") else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(first + 2, first + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 1


def _turned(orientation: int) -> bytes:
    """A segment that says how the picture is turned, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _png(data: bytes) -> Iterator[bytes]:
    position, name = 8, b""
    yield data[:position]
    while name != b"IEND" and position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name = data[position + 4 : position + 8]
        if name not in _WORDS_OF_PNG:
            yield data[position : position + length + 12]
        position += length + 12


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    chunks: list[bytes] = []
    position, end = 12, min(8 + size, len(data))
    while position + 8 <= end:
        (length,) = struct.unpack_from("<I", data, position + 4)
        after = position + 8 + length + length % 2
        chunk = data[position:after]
        if chunk.startswith(b"VP8X"):
            chunk = bytes([*chunk[:8], chunk[8] & ~_SAYS_WORDS, *chunk[9:]])
        if not chunk.startswith(_WORDS_OF_WEBP):
            chunks.append(chunk)
        position = after
    size = 4 + sum(map(len, chunks))
    return b"".join(chain((b"RIFF", struct.pack("<I", size), b"WEBP"), chunks))
