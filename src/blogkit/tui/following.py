"""Posts to go on to from a post: those that it names, that name it, that are like it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from blogkit.language import Message
from blogkit.tui.choosing import Choosing, Row, heading, remark
from blogkit.tui.keys import key
from blogkit.views.clean import one_line
from blogkit.views.speech import say

if TYPE_CHECKING:
    from blogkit.library.reports import FullPost
    from blogkit.tui.desk import Desk

MOST_RELATED = 10
"""Posts like it that are listed."""


class FollowScreen(Choosing[str]):
    """Posts around a post."""

    BINDINGS: ClassVar = [key("enter", "submit", Message("open it"), "Enter")]
    placeholder = Message("words of a title")

    def __init__(self, desk: Desk, post: FullPost, show: Callable[[str], None]) -> None:
        super().__init__()
        self._show = show
        related = desk.library.related(post.id or "", limit=MOST_RELATED)
        self._parts = (
            (say("Refers to"), [(r.title, r.post_id) for r in post.references if r.post_id]),
            (say("Referred to by"), [(c.title, c.post_id) for c in post.referenced_by]),
            (say("Like it"), [(hit.title, hit.post_id) for hit in related]),
        )

    async def rows(self, typed: str) -> list[Row[str]]:
        """Those with what is typed in their titles."""
        return list(self._wanted(typed))

    def _wanted(self, typed: str) -> Iterator[Row[str]]:
        is_empty = True
        for title, posts in self._parts:
            wanted = [(name, post) for name, post in posts if typed.lower() in name.lower()]
            if wanted:
                is_empty = False
                yield heading(title)
                yield from (Row(Text(f"  {one_line(name)}"), post) for name, post in wanted)
        if is_empty:
            yield remark(say("no such post"))

    def chosen(self, value: str) -> None:
        """Open the post."""
        self.app.pop_screen()
        self._show(value)
