"""Small pictures for tests, each 12 by 7 pixels; JPEG and WebP as a browser wrote them."""

import struct
import zlib
from base64 import b64decode

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////"
    "////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////"
    "////////////////////////////////////wAARCAAHAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
    "AAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAAAAAA"
    "AAAA/9oADAMBAAIRAxEAPwCQFAH/2Q=="
)
WEBP_LOSSY = b64decode(
    "UklGRjIAAABXRUJQVlA4ICYAAACQAQCdASoMAAcAB0CWJaACdLoAA5gA/sTv9qbFVPO7+N5vNasQAA=="
)
WEBP_LOSSLESS = b64decode("UklGRhwAAABXRUJQVlA4TBAAAAAvC4ABAAdQxOh//wMR0f8A")
WEBP_EXTENDED = b64decode(
    "UklGRi4AAABXRUJQVlA4WAoAAAAAAAAACwAABgAAVlA4TBAAAAAvC4ABAAdQxOh//wMR0f8A"
)
GIF = b64decode("R0lGODlhDAAHAPAAAACI/wAAACH5BAAAAAAALAAAAAAMAAcAAAIIhI+py+0PYysAOw==")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="12" height="7"><path d="M0 0h9v5z"/></svg>'


def png(width: int = 12, height: int = 7, colour: tuple[int, int, int] = (0, 136, 255)) -> bytes:
    """A PNG of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
