"""What a text index ranks by, and what it finds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD_WEIGHTS: Mapping[str, float] = {
    "title": 2.0,
    "headings": 1.5,
    "body": 1.0,
    "captions": 1.0,
    "tags": 1.5,
}
"""How much a match in each field counts, against one in the body."""


class SectionMatch:
    """A section that an index found.

    A plain class, as others on the way of a search: a dataclass costs its start half a millisecond.

    Args:
        post: number of its post.
        section: its place among the sections of the post, from 0.
        score: BM25, summed over terms and weighted fields; the greater the better.
    """

    __slots__ = ("post", "score", "section")

    def __init__(self, post: int, section: int, score: float) -> None:
        self.post = post
        self.section = section
        self.score = score
