"""Formulas as pictures in a terminal: the protocols of Kitty, iTerm2, and Sixel.

Sources: Kitty's terminal graphics protocol; iTerm2's inline images; DEC's VT3xx graphics
programming manual, chapter 14 (sixel).
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Literal

from blogkit.errors import FormulaError
from blogkit.language import Message
from blogkit.library.formulas import Formula
from blogkit.library.reports import FullPost
from blogkit.views.clean import one_line
from blogkit.views.drawn import drawn_blocks
from blogkit.views.plain import post_facts
from blogkit.views.speech import say

Protocol = Literal["kitty", "iterm2", "sixel"]

_CHUNK_CHARS = 4096
_DARK = 128
_BYTES_PER_PIXEL = {0: 1, 2: 3, 4: 2, 6: 4}
"""Of PNG's colour types at eight bits: grey, RGB, grey and alpha, RGBA (PNG, section 11.2.1)."""


def protocol_of(environment: Mapping[str, str]) -> Protocol | None:
    """The protocol that the terminal of this environment understands, as far as it says.

    >>> protocol_of({"TERM": "xterm-kitty"})
    'kitty'
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if "KITTY_WINDOW_ID" in environment or "kitty" in term or program == "ghostty":
        return "kitty"
    if program in ("iTerm.app", "WezTerm", "mintty"):
        return "iterm2"
    return "sixel" if any(name in term for name in ("sixel", "mlterm", "foot", "yaft")) else None


def post(shown: FullPost, protocol: Protocol) -> Iterator[str]:
    """Head and text of a post, its displays as pictures; what can't be set is drawn as text."""
    yield one_line(shown.title)
    for name, value in post_facts(shown):
        yield say("{name}: {value}", name=name, value=value)
    displays = iter([formula for formula in shown.formulas if formula.display])
    for block in drawn_blocks(shown, width=None):
        if not block.is_tight:
            yield ""
        for piece in block.pieces:
            yield (
                _picture(next(displays).whole, protocol, piece.text)
                if piece.is_display and block.block.kind != "table"
                else piece.text
            )


def _picture(latex: str, protocol: Protocol, fallback: str) -> str:
    try:
        return encode(Formula(latex).to_png(scale=1.5), protocol)
    except FormulaError:
        return fallback


def encode(png: bytes, protocol: Protocol) -> str:
    """A PNG picture as the escape sequence that shows it.

    Raises:
        FormulaError: for Sixel, if it is no eight-bit picture without interlacing.
    """
    if protocol == "kitty":
        return _kitty(png)
    if protocol == "iterm2":
        data = b64encode(png).decode()
        return f"\x1b]1337;File=inline=1;size={len(png)}:{data}\a"
    return _sixel(*_grey_rows(png))


def _kitty(png: bytes) -> str:
    data = b64encode(png).decode()
    chunks = [data[start : start + _CHUNK_CHARS] for start in range(0, len(data), _CHUNK_CHARS)]
    pieces = []
    for index, chunk in enumerate(chunks):
        head = "f=100,a=T," if index == 0 else ""
        more = int(index < len(chunks) - 1)
        pieces.append(f"\x1b_G{head}m={more};{chunk}\x1b\\")
    return "".join(pieces)


def _grey_rows(png: bytes) -> tuple[int, list[bytes]]:
    """Width in pixels, and the darkness of each pixel on white, row by row."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    if depth != 8 or interlaced or colour not in _BYTES_PER_PIXEL:
        raise FormulaError(Message("Sixel: expected an eight-bit PNG picture without interlacing"))
    size = _BYTES_PER_PIXEL[colour]
    data = zlib.decompress(b"".join(_chunks(png, b"IDAT")))
    rows: list[bytes] = []
    previous = bytes(width * size)
    for number in range(height):
        start = number * (width * size + 1)
        line = data[start + 1 : start + 1 + width * size]
        previous = _unfiltered(data[start], line, previous, size)
        rows.append(bytes(_darkness(previous[x : x + size]) for x in range(0, len(previous), size)))
    return width, rows


def _chunks(png: bytes, kind: bytes) -> Iterator[bytes]:
    position = 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        if png[position + 4 : position + 8] == kind:
            yield png[position + 8 : position + 8 + length]
        position += length + 12


def _unfiltered(kind: int, line: bytes, above: bytes, size: int) -> bytes:
    """A row with its filter undone (PNG, section 9.2)."""
    row = bytearray(line)
    for index in range(len(row)):
        left = row[index - size] if index >= size else 0
        corner = above[index - size] if index >= size else 0
        guess = (0, left, above[index], (left + above[index]) // 2)
        row[index] = (row[index] + (guess[kind] if kind < 4 else _paeth(
            left, above[index], corner))) & 255  # fmt: skip
    return bytes(row)


def _paeth(left: int, above: int, corner: int) -> int:
    distances = [(abs(left + above - corner - near), near) for near in (left, above, corner)]
    return min(distances, key=lambda pair: pair[0])[1]


def _darkness(pixel: bytes) -> int:
    """How dark a pixel is on white, 0 to 255."""
    *colour, alpha = pixel if len(pixel) in (2, 4) else (*pixel, 255)
    return (255 - sum(colour) // len(colour)) * alpha // 255


def _sixel(width: int, rows: list[bytes]) -> str:
    """Black on white, six rows at a time."""
    pieces = [f'\x1bP0;0;q"1;1;{width};{len(rows)}#0;2;100;100;100#1;2;0;0;0']
    for top in range(0, len(rows), 6):
        band = rows[top : top + 6]
        bits = [sum((row[x] >= _DARK) << bit for bit, row in enumerate(band)) for x in range(width)]
        full = (1 << len(band)) - 1
        white = "".join(chr(63 + (full & ~value)) for value in bits)
        black = "".join(chr(63 + value) for value in bits)
        pieces.append(f"#0{white}$#1{black}-")
    return "".join(pieces) + "\x1b\\"
