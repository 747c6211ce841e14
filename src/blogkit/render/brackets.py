"""Delimiters that grow with what is between them.

Unicode has pieces for brackets of any height (Miscellaneous Technical, U+239B to U+23AE); a bracket
is a top, a bottom, an extension between, and for braces a middle. TeX builds its own like
that (TeXbook, appendix G, rule 19). It imports only `boxes` and `glyphs`.
"""

from __future__ import annotations

from functools import lru_cache

from blogkit.render.boxes import EMPTY, Box, line, tall
from blogkit.render.glyphs import glyph
from blogkit.results.records import record


@record
class _Pieces:
    """What a tall delimiter is made of."""

    top: str
    extension: str
    bottom: str
    middle: str = ""
    two: str = ""
    """Both lines of a delimiter that is two high, where top over bottom won't do."""


_UNICODE = {
    "(": _Pieces("⎛", "⎜", "⎝"),
    ")": _Pieces("⎞", "⎟", "⎠"),
    "[": _Pieces("⎡", "⎢", "⎣"),
    "]": _Pieces("⎤", "⎥", "⎦"),
    "{": _Pieces("⎧", "⎪", "⎩", "⎨", "⎰⎱"),
    "}": _Pieces("⎫", "⎪", "⎭", "⎬", "⎱⎰"),
    "⌊": _Pieces("⎢", "⎢", "⎣"),
    "⌋": _Pieces("⎥", "⎥", "⎦"),
    "⌈": _Pieces("⎡", "⎢", "⎢"),
    "⌉": _Pieces("⎤", "⎥", "⎥"),
    "|": _Pieces("│", "│", "│"),
    "∣": _Pieces("│", "│", "│"),
    "‖": _Pieces("║", "║", "║"),
    "∥": _Pieces("║", "║", "║"),
    "⟦": _Pieces("⟦", "║", "⟦"),
    "⟧": _Pieces("⟧", "║", "⟧"),
    "⟮": _Pieces("⎧", "⎪", "⎩"),
    "⟯": _Pieces("⎫", "⎪", "⎭"),
    "⎰": _Pieces("⎧", "⎪", "⎭"),
    "⎱": _Pieces("⎫", "⎪", "⎩"),
    "↑": _Pieces("↑", "│", "│"),
    "↓": _Pieces("│", "│", "↓"),
    "↕": _Pieces("↑", "│", "↓"),
    "⇑": _Pieces("⇑", "║", "║"),
    "⇓": _Pieces("║", "║", "⇓"),
    "⇕": _Pieces("⇑", "║", "⇓"),
    "┌": _Pieces("┌", "│", "│"),
    "┐": _Pieces("┐", "│", "│"),
    "└": _Pieces("│", "│", "└"),
    "┘": _Pieces("│", "│", "┘"),
}
_ASCII = {
    "(": _Pieces("/", "|", "\\"),
    ")": _Pieces("\\", "|", "/"),
    "[": _Pieces("[", "[", "["),
    "]": _Pieces("]", "]", "]"),
    "{": _Pieces("/", "|", "\\", "{", "{{"),
    "}": _Pieces("\\", "|", "/", "}", "}}"),
    "⌊": _Pieces("| ", "| ", "|_"),
    "⌋": _Pieces(" |", " |", "_|"),
    "⌈": _Pieces("|^", "| ", "| "),
    "⌉": _Pieces("^|", " |", " |"),
}
_SLANTED: dict[str, tuple[str, str, bool]] = {
    "/": ("╱", "/", False),
    "\\": ("╲", "\\", True),
    "∖": ("╲", "\\", True),
}
_ANGLES = {"⟨": ("╱", "╲", "⟨", False), "⟩": ("╲", "╱", "⟩", True)}


@lru_cache(maxsize=1024)
def bracket(text: str, rise: int, sink: int, *, ascii: bool = False) -> Box:
    """A delimiter that covers so many lines above and below the baseline.

    >>> print("\\n".join(bracket("{", 1, 1).lines))
    ⎧
    ⎨
    ⎩
    """
    height = rise + 1 + sink
    if not text:
        return EMPTY
    if height == 1:
        return line(glyph(text, ascii=ascii))
    if text in _SLANTED:
        return tall(_slanted(text, height, ascii=ascii), rise)
    if text in _ANGLES and not ascii:
        return tall(_angle(text, height), rise)
    pieces = (_ASCII if ascii else _UNICODE).get(text)
    if pieces is None:
        sign = glyph(text, ascii=ascii)
        pieces = _Pieces(sign, sign, sign)
    return tall(_built(pieces, height), rise)


def _built(pieces: _Pieces, height: int) -> list[str]:
    if height == 2 and pieces.two:
        return list(pieces.two)
    lines = [pieces.top, *[pieces.extension] * (height - 2), pieces.bottom]
    if pieces.middle:
        lines[height // 2] = pieces.middle
    return lines


def _slanted(text: str, height: int, *, ascii: bool) -> list[str]:
    """A slash as steep as the grid allows."""
    fine, plain, falling = _SLANTED[text]
    sign = plain if ascii else fine
    indents = range(height) if falling else range(height - 1, -1, -1)
    return [" " * indent + sign for indent in indents]


def _angle(text: str, height: int) -> list[str]:
    """An angle bracket: strokes that meet in the middle, where an odd height has its point."""
    upper, lower, point, mirrored = _ANGLES[text]
    half = height // 2
    steps = list(range(half)) if mirrored else list(range(half - 1, -1, -1))
    lines = [" " * step + upper for step in steps]
    if height % 2:
        lines.append(" " * (half - 1) * mirrored + point)
    return lines + [" " * step + lower for step in reversed(steps)]
