"""PNG pictures as Sixel, in black on white or in the 216 colours of a cube.

Sources: DEC's VT3xx graphics programming manual, chapter 14 (sixel); PNG (W3C), chapters 9 and 11.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import groupby

from blogkit.errors import FormulaError
from blogkit.language import Message

_DARK = 128
_LEVELS = 6
"""Levels of red, green and blue in the cube."""
_BYTES_PER_PIXEL = {0: 1, 2: 3, 4: 2, 6: 4}
"""Of PNG's colour types at eight bits: grey, RGB, grey and alpha, RGBA (PNG, section 11.2.1)."""
_SHORTEST_RUN = 4


def to_sixel(png: bytes, *, in_colour: bool = False) -> str:
    """A PNG picture on white as the escape sequence that shows it.

    Args:
        png: eight bits a channel, without interlacing.
        in_colour: whether in the colours of the cube, else in black.

    Raises:
        FormulaError: if it is another PNG.

    Cost: about 2 µs a pixel.
    """
    width, size, rows = _pixel_rows(png)
    reduced = _in_cube if in_colour else _in_black
    indexed = [[reduced(row[x : x + size]) for x in range(0, width * size, size)] for row in rows]
    bands = (indexed[top : top + 6] for top in range(0, len(indexed), 6))
    head = f'\x1bP0;0;q"1;1;{width};{len(rows)}{_palette(in_colour=in_colour)}'
    return head + "".join(_band(band, is_packed=in_colour) for band in bands) + "\x1b\\"


def _palette(*, in_colour: bool) -> str:
    """The colours by number, in percent."""
    if not in_colour:
        return "#0;2;100;100;100#1;2;0;0;0"
    shares = [round(100 * level / (_LEVELS - 1)) for level in range(_LEVELS)]
    cube = ((r, g, b) for r in shares for g in shares for b in shares)
    return "".join(f"#{number};2;{r};{g};{b}" for number, (r, g, b) in enumerate(cube))


def _band(rows: list[list[int]], *, is_packed: bool) -> str:
    """Six rows: for each colour in them a line of characters, each a column of six bits."""
    lines = []
    for colour in sorted({value for row in rows for value in row}):
        bits = [0] * len(rows[0])
        for bit, row in enumerate(rows):
            for x, value in enumerate(row):
                if value == colour:
                    bits[x] |= 1 << bit
        line = "".join(chr(63 + value) for value in bits)
        lines.append(f"#{colour}{_packed(line) if is_packed else line}")
    return "$".join(lines) + "-"


def _packed(line: str) -> str:
    """A line with its runs counted."""
    runs = ((char, len(list(run))) for char, run in groupby(line))
    return "".join(f"!{n}{char}" if n >= _SHORTEST_RUN else char * n for char, n in runs)


def _in_black(pixel: bytes) -> int:
    """1 for a pixel that is dark on white."""
    return int(255 - sum(_on_white(pixel)) // 3 >= _DARK)


def _in_cube(pixel: bytes) -> int:
    """The number of the colour that is nearest to a pixel on white."""
    red, green, blue = (round(value * (_LEVELS - 1) / 255) for value in _on_white(pixel))
    return (red * _LEVELS + green) * _LEVELS + blue


def _on_white(pixel: bytes) -> tuple[int, int, int]:
    """Red, green and blue of a pixel on a white ground."""
    if len(pixel) < 3:
        pixel = bytes((pixel[0], pixel[0], pixel[0], *pixel[1:]))
    red, green, blue, alpha = (*pixel, 255) if len(pixel) == 3 else pixel
    if alpha == 255:
        return red, green, blue
    on_white = [255 - (255 - value) * alpha // 255 for value in (red, green, blue)]
    return on_white[0], on_white[1], on_white[2]


def _pixel_rows(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width in pixels, bytes a pixel, and the rows."""
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
        rows.append(previous)
    return width, size, rows


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
