r"""Pictures of formulas in Markdown, as formulas: ``![](…codecogs.com/svg.image?\frac{a}{b})``.

Written as Markdown or as ``<img>``; what stands alone on its line is a display. Other pictures, and
code, stay as they are written.
"""

import re
from html import unescape

from blogkit.sources.html.formulas import delimited
from blogkit.sources.html.pictures import is_formula_address, picture_source

_ADDRESS_CHARS = 4000
_DEEPEST = 30
"""Brackets within one another in an address; a line break counts as all of them."""
_BRACKET = re.compile(r"[()\n]")
_PICTURE = re.compile(
    r"(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
    r"|!\[(?P<alt>(?:[^\[\]\n\\]|\\.|\[[^\[\]\n]{0,200}\]){0,500})\]\("
    r"|<img\s(?P<attributes>(?:[^<>\"'\n]|\"[^\"\n]{0,4000}\"|'[^'\n]{0,4000}'){0,4000})>"
)
_ATTRIBUTE = re.compile(r"(?<![\w-])(src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*\Z")


def with_formulas_of_pictures(text: str) -> str:
    r"""A block of Markdown in which pictures of formulas are formulas, line for line.

    >>> with_formulas_of_pictures("由 ![](https://latex.codecogs.com/svg.image?x^2) 知")
    '由 $x^2$ 知'
    """
    if "![" not in text and "<img" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for match in _PICTURE.finditer(text):
        if match.start() < position or match["ticks"]:
            continue
        end, address, alt = _picture(text, match)
        formula = _formula(text, match.start(), end, address, alt)
        if formula:
            pieces += [text[position : match.start()], formula]
            position = end
    return "".join([*pieces, text[position:]])


def _picture(text: str, match: re.Match[str]) -> tuple[int, str, str]:
    """Where a picture ends, its address and its text; an empty address where it does not end."""
    if match["attributes"] is not None:
        found = {
            name.lower(): unescape(next(filter(None, values), ""))
            for name, *values in _ATTRIBUTE.findall(match["attributes"])
        }
        return match.end(), found.get("src", ""), found.get("alt", "")
    close = _closing(text, match.end())
    if close is None:
        return match.end(), "", ""
    address = _TITLE.sub("", text[match.end() : close]).strip()
    return close + 1, unescape(address.removeprefix("<").removesuffix(">")), match["alt"]


def _closing(text: str, start: int) -> int | None:
    """Where the bracket closes that an address stands in; those within it are pairs."""
    level = 0
    for match in _BRACKET.finditer(text, start, start + _ADDRESS_CHARS):
        level += {"(": 1, ")": -1}.get(match.group(), _DEEPEST)
        if level < 0:
            return match.start()
        if level >= _DEEPEST:
            return None
    return None


def _formula(text: str, start: int, end: int, address: str, alt: str) -> str:
    """The formula of a picture between its delimiters; empty where it is none."""
    if not address or not is_formula_address(address):
        return ""
    # What a writer says of a picture is any word; a page's alt mostly is the formula.
    said = picture_source(address, "")
    latex, is_display = said if said.latex else picture_source(address, alt)
    if not latex:
        return ""
    line = text[text.rfind("\n", 0, start) + 1 : start], text[end:].partition("\n")[0]
    is_alone = not "".join(line).strip()
    return delimited(" ".join(latex.split()), display=is_display or is_alone)
