"""Quotations and lists of HTML: which of them the block at hand stands in."""

from __future__ import annotations

from itertools import count

from blogkit.posts import Holder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_HIGHEST = 999_999_999
"""The largest number that Markdown lets an item have."""


class Holders:
    """The quotations and items that are open.

    Args:
        numbers: numbers for them; from 1 if not given.
    """

    def __init__(self, numbers: Iterator[int] | None = None) -> None:
        self._numbers = numbers or count(1)
        self._open: list[tuple[_Element, Holder]] = []
        self._items: dict[_Element, int] = {}

    def now(self) -> tuple[Holder, ...]:
        """Those that are open, the outermost first."""
        return tuple(holder for _, holder in self._open)

    def open(self, element: _Element) -> None:
        """Take the beginning of an element, if it is a quotation or an item."""
        marker = ">" if element.tag == "blockquote" else ""
        if element.tag == "li":
            marker = self._marker_of(element)
        if marker:
            self._open.append((element, Holder(marker, next(self._numbers))))

    def close(self, element: _Element) -> None:
        """Take the end of an element."""
        if self._open and self._open[-1][0] is element:
            self._open.pop()

    def make_task(self, box: _Element) -> None:
        """Make the item at hand a task, if a box is one to tick."""
        if not self._open or (box.get("type") or "").lower() != "checkbox":
            return
        element, holder = self._open[-1]
        if element.tag == "li" and holder.is_done is None:
            self._open[-1] = element, holder.as_task(is_done=box.get("checked") is not None)

    def _marker_of(self, item: _Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "-"
        number = _number(
            item.get("value"), self._items.get(parent, _number(parent.get("start"), 1))
        )
        self._items[parent] = number + 1
        return f"{number}."


def _number(said: str | None, otherwise: int) -> int:
    """A number as an attribute says it, if Markdown can say it too."""
    text = (said or "").strip()
    return int(text) if text.isdecimal() and int(text) <= _HIGHEST else otherwise
