"""What a text index ranks by, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """A section that an index found."""

    post: int
    """Number of its post."""
    section: int
    """Its place among the sections of the post, from 0."""
    score: float
    """BM25, summed over terms and weighted fields; the greater the better."""
