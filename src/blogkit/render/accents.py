r"""Drawing accents, braces over and under, frames and strikes.

One letter takes a combining mark (`x̂`); over several, the sign stands on a line of its own
and is as wide as they are.
"""

from blogkit.latex import nodes
from blogkit.latex.builders import length_em
from blogkit.render.boxes import Box, above, beside, line, shifted, spaces
from blogkit.render.glyphs import STRIKES, struck
from blogkit.render.painter import Painter, draws
from blogkit.render.scripts import long_arrow
from blogkit.render.settings import Setting

_COMBINING = {
    "‾": "\u0305",
    "_": "\u0332",
    "→": "\u20d7",
    "←": "\u20d6",
    "↔": "\u20e1",
    "⇀": "\u20d1",
    "↼": "\u20d0",
}
"""Signs that stretch -> the mark that does for one letter."""

_SIGNS = {
    "\u0302": "^",
    "\u030c": "ˇ",
    "\u0303": "~",
    "\u0301": "´",
    "\u0300": "`",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u20db": "˙˙˙",
    "\u20dc": "˙˙˙˙",
    "\u0306": "˘",
    "\u030a": "°",
    "\u0330": "~",
}
_ASCII_SIGNS = {"ˇ": "v", "´": "'", "˙": ".", "¨": "..", "˙˙˙": "...", "˙˙˙˙": "....", "˘": "u"}
_ASCII_SIGNS["°"] = "o"
_BRACES = {
    "⏞": "╭─┴╮",
    "⏟": "╰─┬╯",
    "⎴": "┌──┐",
    "⎵": "└──┘",
    "⏜": "╭──╮",
    "⏝": "╰──╯",
    "⏠": "╭──╮",
    "⏡": "╰──╯",
}
"""Braces -> left end, line, middle and right end."""


@draws(nodes.Accent)
def _accent(painter: Painter, node: nodes.Accent, setting: Setting) -> Box:
    body = painter.row(node.body, setting)
    mark = _COMBINING.get(node.text, node.text)
    single = body.height == 1 and body.width == 1 and not painter.ascii
    if single and _is_combining(mark):
        return line(body.lines[0] + mark)
    sign = _sign(painter, node, max(1, body.width))
    return above([body, sign], 0) if node.under else _over(sign, body)


def _is_combining(mark: str) -> bool:
    return "\u0300" <= mark <= "\u036f" or "\u20d0" <= mark <= "\u20f0"


def _over(sign: Box, body: Box) -> Box:
    """A sign above a body; one over a single line is no reason for brackets to grow."""
    box = above([sign, body], 1)
    return box if body.rise else Box(box.lines, box.baseline, box.width, 0, box.sink)


def _sign(painter: Painter, node: nodes.Accent, width: int) -> Box:
    """The sign of an accent, as wide as what it stands on."""
    text = node.text
    if text in _BRACES:
        return line(_brace(text, max(3, width), ascii=painter.ascii))
    if text in "‾_" or text in ("\u0304", "\u0332", "\u0305"):
        return line(("-" if painter.ascii else "‾") * width if node.under else "_" * width)
    if text in "→←↔⇒⇀↼":
        return long_arrow(text, width, ascii=painter.ascii)
    if text == "\u20d7":
        return long_arrow("→", width, ascii=painter.ascii)
    sign = _SIGNS.get(text, "◌" + text)
    if painter.ascii:
        sign = _ASCII_SIGNS.get(sign, sign)
        sign = sign if sign.isascii() else node.command
    return line(sign * width if sign == "~" else sign)


def _brace(text: str, width: int, *, ascii: bool) -> str:
    left, shaft, middle, right = tuple(_BRACES[text])
    if ascii:
        left, right = ("/", "\\") if text in "⏞⎴⏜⏠" else ("\\", "/")
        shaft, middle = "-", "+" if text in "⏞⏟" else "-"
    half = (width - 3) // 2
    return left + shaft * half + middle + shaft * (width - 3 - half) + right


@draws(nodes.Box)
def _box(painter: Painter, node: nodes.Box, setting: Setting) -> Box:
    body = painter.row(node.body, setting)
    command = node.command
    if command in STRIKES:
        return _struck(body, command, ascii=painter.ascii)
    if command in _FRAMED or "border" in node.argument:
        return _framed(body, ascii=painter.ascii)
    if command == "\\phase":
        return beside([painter.sign("∠"), body])
    return body


_FRAMED = frozenset(
    {"\\boxed", "\\fbox", "\\framebox", "\\fcolorbox", "\\enclose", "\\circled", "\\angl"}
)


def _struck(body: Box, command: str, *, ascii: bool) -> Box:
    """A body with a stroke through each of its characters; in ASCII between slashes."""
    if ascii:
        return beside([line("/"), body, line("/")])
    lines = tuple([struck(text, command) for text in body.lines])
    return Box(lines, body.baseline, body.width, body.rise, body.sink)


def _framed(body: Box, *, ascii: bool) -> Box:
    """A body in a frame.

    >>> print("\\n".join(_framed(line("梯度"), ascii=False).lines))
    ┌──────┐
    │ 梯度 │
    └──────┘
    """
    corners = "+-++-+|" if ascii else "┌─┐└─┘│"
    shaft = corners[1] * (body.width + 2)
    side = corners[6]
    middle = [f"{side} {text} {side}" for text in body.lines]
    lines = (corners[0] + shaft + corners[2], *middle, corners[3] + shaft + corners[5])
    level = body.baseline + 1
    return Box(lines, level, body.width + 4, level, len(lines) - 1 - level)


@draws(nodes.Phantom)
def _phantom(painter: Painter, node: nodes.Phantom, setting: Setting) -> Box:
    body = painter.row(node.body, setting)
    if node.visible:
        return body
    if node.command == "\\vphantom":
        return spaces(0)
    blank = " " * body.width
    if node.command == "\\hphantom":
        return line(blank)
    return Box((blank,) * body.height, body.baseline, body.width, body.rise, body.sink)


@draws(nodes.Shift)
def _shift(painter: Painter, node: nodes.Shift, setting: Setting) -> Box:
    body = painter.row(node.body, setting)
    rows = 0 if node.command == "\\vcenter" else _rows(node.argument)
    rows = -rows if node.command == "\\lower" else rows
    return shifted(body, rows) if rows else body


def _rows(argument: str) -> int:
    """Lines that a length moves by; at most one, since a line is already more than most lengths."""
    em = length_em(argument.strip("{}"))
    return (em > 0.4) - (em < -0.4)
