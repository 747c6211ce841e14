"""What `<img>` says of a picture that is no formula: its words, and where it lies."""

import re
from typing import TYPE_CHECKING

from blogkit.sources.html.marking import PRIVATE

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = re.compile(r"[ \t\n\r\f]+")
_LATER = (
    "data-original", "data-src", "data-actualsrc", "data-lazy-src", "data-original-src",
    "data-lazyload", "data-echo", "data-url", "file", "zoomfile",
)  # fmt: skip
"""Where pages keep the address of a picture that a script puts in its place."""
_STANDS_FOR_IT = re.compile(
    r"(?:[^?#]*/)?[\w.-]*(?:loading|placeholder|blank|spacer|lazy|transparent|grey|gray|pixel|1x1)"
    r"[\w.-]*\.(?:gif|png|svg|jpe?g|webp)(?:[?#].*)?",
    re.IGNORECASE,
)
_ONLY_A_NAME = re.compile(r"[\w.%-]+\.(?:png|jpe?g|gif|svg|webp)|image|img|图片|在这里插入图片描述")


def words_of(image: "_Element") -> str:
    """What is written for those who don't see it; empty where that only names a file."""
    text = _SPACE.sub(" ", PRIVATE.sub("", (image.get("alt") or "").strip()))
    return "" if _ONLY_A_NAME.fullmatch(text) else text


def address_of_picture(image: "_Element") -> str:
    """Where it lies; where something only keeps its place, what a script would put there.

    Chosen is what a page shows, since that is what a browser saves with the page.
    """
    shown = (image.get("src") or "").strip()
    keeps_place = shown.startswith("data:") and not shown.startswith("data:,")
    if shown and not keeps_place and not _STANDS_FOR_IT.fullmatch(shown):
        return shown
    later = (PRIVATE.sub("", image.get(name) or "").strip() for name in _LATER)
    in_set = (image.get("srcset") or "").strip().split(" ")[0].rstrip(",")
    return next(filter(None, (*later, in_set, shown)), "")
