"""HTML text to lxml's tree, and small questions to its elements.

lxml is known to this folder and to the XML readers only. Nothing is fetched or run: a tree is all
that is made of a page.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.elements import raw_text
from blogkit.sources.images.inlined import without_data

if TYPE_CHECKING:
    from lxml.etree import HTMLParser, _Element

DEEPEST_ELEMENTS = 2048
"""libxml2's own limit; a page that nests deeper is refused, since its tree would come out cut."""
LAST_LINE_TOLD = 65535
"""libxml2 counts lines in 16 bits; beyond it, line breaks are counted."""
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MATH_PREFIX = re.compile(r"(</?)(?:m|mml|math):(?=[a-z])")
"""Prefixes by which XHTML names MathML's elements."""
_SPACE = re.compile(r"\s+")


@cache
def _parser() -> "HTMLParser":
    from lxml.etree import HTMLParser

    return HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )


def parse_html(text: str, path: str) -> "_Element | None":
    """The root of a page or of a fragment; None where there is nothing in it.

    Raises:
        SourceError: ``too-deep`` if elements nest deeper than DEEPEST_ELEMENTS.
    """
    from lxml.etree import XMLSyntaxError, fromstring

    # First of all, so that a page which holds its pictures is not copied with them.
    legal = _MATH_PREFIX.sub(r"\1", _CONTROL.sub("\ufffd", without_data(text)))
    parser = _parser()
    try:
        root = fromstring(legal.encode("utf-8", "replace"), parser)
    except XMLSyntaxError as error:
        if "depth" in str(error):
            raise _too_deep(path) from error
        return None
    if any("depth" in entry.message for entry in parser.error_log if entry.level_name == "FATAL"):
        raise _too_deep(path)
    return root


def _too_deep(path: str) -> SourceError:
    message = Message(
        "expected a page, found elements nested deeper than {deepest_elements:,}",
        deepest_elements=DEEPEST_ELEMENTS,
    )
    return SourceError("too-deep", path, message)


def classes(element: "_Element") -> set[str]:
    """The names in its class attribute."""
    return set((element.get("class") or "").split())


def plain_text(element: "_Element") -> str:
    """All text inside it, white space collapsed."""
    return _SPACE.sub(" ", raw_text(element)).strip()
