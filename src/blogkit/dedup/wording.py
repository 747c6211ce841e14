"""What is compared of copies, to tell their differences: the text, where its blocks begin, lines.

A copy in the database gives it without its blocks being made, of which most are never asked.
"""

from __future__ import annotations

from functools import partial

from blogkit.posts import line_of
from blogkit.results.records import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from blogkit.posts import Post


@record
class Wording:
    """A copy, as far as it is compared."""

    heading: str
    """Its title, where a heading says it; else empty."""
    text: str
    """Its text."""
    path: str | None
    """Its file."""
    line: int
    """Line of the file where it begins."""
    end_line: int
    """Line where it ends."""
    block_starts: frozenset[int]
    """Where its blocks begin in the text."""
    line_of: Callable[[int], int]
    """Line of the file where an offset of the text stands."""


def wording_of(post: Post) -> Wording:
    """What is compared of a post as it was read."""
    occurrence = post.occurrences[0]
    return Wording(
        heading=post.title if post.title_from == "heading" else "",
        text=post.text,
        path=post.path,
        line=occurrence.line,
        end_line=occurrence.end_line,
        block_starts=frozenset(block.span.start for block in post.blocks),
        line_of=partial(line_of, text=post.text, blocks=post.blocks),
    )
