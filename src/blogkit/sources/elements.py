"""Small questions to lxml's elements that every reader of markup asks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def raw_text(element: "_Element") -> str:
    """All text in an element, as it is written."""
    return "".join(str(piece) for piece in element.itertext())


def line_of_element(element: "_Element") -> int:
    """Line of the text that was parsed where an element's start tag ends, from 1."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def name_set(table: str) -> frozenset[str]:
    """The words of a table, as a set; tables of names read better as text."""
    return frozenset(table.split())
