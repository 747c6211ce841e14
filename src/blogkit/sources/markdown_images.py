r"""Pictures that stand alone on a line of Markdown, however its dialects write them.

``![words](address "title")``; ``![words][name]`` with ``[name]: address`` below; Obsidian's
``![[file|words]]``; Hugo's and Hexo's tags. Within a paragraph pictures are marks (``text.marks``).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from blogkit.sources.images.inlined import is_put

_WORDS = r"!\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_LINE = re.compile(
    rf"\s*{_WORDS}"
    r"\((?P<address>(?:[^()\"]|\([^()]*\))*)(?:\"(?P<title>[^\"]*)\"\s*)?\)\s*(?:{[^{}]*})?\s*"
)
_NAMED = re.compile(rf"\s*{_WORDS}(?:\[(?P<name>[^\[\]]*)\])?\s*")
_EMBED = re.compile(
    r"\s*!\[\[(?P<address>[^\[\]\n|#]{1,300}\.(?:png|jpe?g|gif|webp|svg))(?:\|(?P<words>[^\[\]\n]*))?\]\]\s*",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"\s*{{[<%]\s*figure\s(?P<fields>[^\n{}]{1,600})[%>]}}\s*")
_FIELD = re.compile(r"\b(src|caption|alt|title)\s*=\s*\"([^\"\n]*)\"")
_ASSET = re.compile(
    r"\s*{%-?\s*asset_img\s+(?:[A-Za-z][\w-]{0,40}\s+)??(?P<address>\S{1,300}\.\w{3,4})"
    r"(?P<words>(?:\s[^%\n]{0,300})?)-?%}\s*"
)
_SIZE = re.compile(r"[\d\sx|]*(?:center|left|right)?[\d\sx|]*")
_DEFINITION = re.compile(
    r"(?m)^[ ]{0,3}\[(?P<name>[^\[\]\n^][^\[\]\n]{0,100})\]:[ \t]*<?(?P<address>[^\s<>]{1,2000})>?"
    r"[ \t]*(?:[\"'(][^\"'()\n]{0,300}[\"')])?[ \t]*$"
)


class PictureLine(NamedTuple):
    """What a line says that is a picture."""

    words: str
    """Its words, as they are written."""
    title: str
    """Its title, as it is written; empty for most."""
    address: str
    """Where it lies."""


def defined_addresses(text: str) -> dict[str, str]:
    """The addresses that a text defines by name.

    >>> defined_addresses("[Fig]: <img/a.png>")
    {'fig': 'img/a.png'}
    """
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text) if "]:" in text else ():
        found.setdefault(match["name"].lower(), match["address"])
    return found


def without_put_definitions(text: str) -> str:
    """A text without the definitions of pictures that stood in it, line for line."""

    def shown(match: re.Match[str]) -> str:
        return "" if is_put(match["address"]) else match[0]

    return _DEFINITION.sub(shown, text) if "]:" in text else text


def picture_line(line: str, defined: Mapping[str, str]) -> PictureLine | None:
    """The picture that a line is; None for any other line.

    Args:
        line: without its line break.
        defined: addresses by name, in small letters.

    >>> picture_line("![[img/a.png|300]]", {})
    PictureLine(words='', title='', address='img/a.png')
    """
    if match := _LINE.fullmatch(line):
        title = (match["title"] or "").strip()
        return PictureLine(match["words"].strip(), title, match["address"].strip(" \t<>"))
    if match := _EMBED.fullmatch(line):
        words = (match["words"] or "").strip()
        return PictureLine("" if _SIZE.fullmatch(words) else words, "", match["address"].strip())
    if match := _SHORTCODE.fullmatch(line):
        said = dict(_FIELD.findall(match["fields"]))
        words = said.get("caption") or said.get("title") or said.get("alt") or ""
        return PictureLine(words.strip(), "", said["src"].strip()) if "src" in said else None
    if match := _ASSET.fullmatch(line):
        words = match["words"].removesuffix("-").strip(" \"'")
        return PictureLine("" if words.isascii() else words, "", match["address"])
    match = _NAMED.fullmatch(line) if defined else None
    address = defined.get((match["name"] or match["words"]).lower()) if match else None
    return PictureLine(match["words"].strip(), "", address) if match and address else None
