"""Formulas and pictures of posts drawn in a terminal: the protocols of Kitty, iTerm2, and Sixel.

Sources: Kitty's terminal graphics protocol; iTerm2's inline images.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from blogkit.errors import FormulaError
from blogkit.library.formulas import Formula
from blogkit.library.reports import FullPost
from blogkit.posts import Picture
from blogkit.render.png import chinese_font, rasterized
from blogkit.views.clean import one_line
from blogkit.views.drawn import drawn_blocks
from blogkit.views.plain import post_facts, post_references
from blogkit.views.sixel import to_sixel
from blogkit.views.speech import say

Protocol = Literal["kitty", "iterm2", "sixel"]

_CHUNK_CHARS = 4096
_WIDEST_PX, _HIGHEST_PX = {"kitty": 800, "iterm2": 800, "sixel": 480}, 1600
"""Size to which a larger picture is drawn."""


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


def post(
    shown: FullPost, protocol: Protocol, picture: Callable[[str], bytes] | None = None
) -> Iterator[str]:
    """Head and text of a post, its displays and its pictures drawn; what can't be is text.

    Args:
        shown: the post.
        protocol: what the terminal understands.
        picture: gives the bytes of a picture by its digest; without it pictures are said.
    """
    yield one_line(shown.title)
    for name, value in (*post_facts(shown), *post_references(shown)):
        yield say("{name}: {value}", name=name, value=value)
    displays = iter([formula for formula in shown.formulas if formula.display])
    for block in drawn_blocks(shown, width=None):
        if not block.is_tight:
            yield ""
        if block.picture and picture:
            yield _drawn(block.picture, picture(block.picture.digest), protocol)
        for piece in block.pieces:
            yield (
                _picture(next(displays).whole, protocol, piece.text)
                if piece.is_display and block.block.kind != "table"
                else piece.text
            )


def _drawn(picture: Picture, data: bytes, protocol: Protocol) -> str:
    """A picture of a post, of any type, as a terminal shows it.

    Raises:
        MissingExtraError: without the extra ``images``.
    """
    scale = min(1.0, _WIDEST_PX[protocol] / picture.width, _HIGHEST_PX / picture.height)
    size = f'width="{picture.width}" height="{picture.height}"'
    source = f"data:{picture.media_type};base64,{b64encode(data).decode()}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{source}"/></svg>'
    png = rasterized(svg, chinese_font(), scale=scale, background="white")
    return to_sixel(png, in_colour=True) if protocol == "sixel" else encode(png, protocol)


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
    return to_sixel(png)


def _kitty(png: bytes) -> str:
    data = b64encode(png).decode()
    chunks = [data[start : start + _CHUNK_CHARS] for start in range(0, len(data), _CHUNK_CHARS)]
    pieces = []
    for index, chunk in enumerate(chunks):
        head = "f=100,a=T," if index == 0 else ""
        more = int(index < len(chunks) - 1)
        pieces.append(f"\x1b_G{head}m={more};{chunk}\x1b\\")
    return "".join(pieces)
