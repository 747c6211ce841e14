"""What a text index ranks by, and what it finds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POST_FIELD = "post_words"
"""The words of the whole post that a section stands in, weighed among posts."""

FIELD_WEIGHTS: Mapping[str, float] = {"body": 1.0, "pairs": 0.4, "names": 1.0, POST_FIELD: 2.0}
"""What a section is ranked by, and how much a match in each field counts.

``body`` has all words of a section: of its text, its heading, and its post's title, tags and
categories. ``pairs`` has the same in pairs of neighbouring characters, ``names`` those without the
text's. A post that is about what is asked says it in more than its best section; so the words of
all of it count too.

Chosen on half of the queries of ``benchmarks/search_quality.py``; docs/benchmarks.md has the run.
"""

PAIR_FIELDS = frozenset({"pairs", "names"})
"""The fields that hold pairs of characters; the others hold words."""

WHOLES_FIELD = "pairs"
"""Where words of a library's own are looked for."""

FIELDS = ("body", "pairs", "names", "title", "headings", "captions", "tags")
"""All fields of a section. The last four hold words that ``body`` has too, to be asked for by
themselves."""

FEATURES = frozenset({"heading", "formula", "caption", "code"})
"""What of a section is indexed besides its words: which of these it has."""

FEATURE_FIELD, FEATURE_SIGN = "has", "has:"
"""Where; and what stands before a feature that is asked for among pieces of a text."""

NOTHING: Mapping[str, float] = {}


class TermQuery:
    """What an index is asked for: sections that hold any of these, by their weights.

    A plain class, as others on the way of a search: a dataclass costs its start half a millisecond.

    Args:
        terms: words with their weights.
        pairs: pairs of characters with their weights, for the fields that hold pairs.
        together: words that count only where all of a group stand in one section.
        wholes: the same of pairs, where pairs are searched.
    """

    __slots__ = ("pairs", "terms", "together", "wholes")

    def __init__(
        self,
        terms: Mapping[str, float] = NOTHING,
        pairs: Mapping[str, float] = NOTHING,
        together: Sequence[Mapping[str, float]] = (),
        wholes: Sequence[Mapping[str, float]] = (),
    ) -> None:
        self.terms = terms
        self.pairs = pairs
        self.together = together
        self.wholes = wholes

    def asked_of(self, field: str) -> Mapping[str, float]:
        """The pairs, of a field that holds pairs; else the words."""
        return self.pairs if field in PAIR_FIELDS else self.terms

    def together_in(self, field: str) -> Sequence[Mapping[str, float]]:
        """The groups that count in a field: none where it holds pairs."""
        return () if field in PAIR_FIELDS else self.together


class SectionMatch:
    """A section that an index found.

    Args:
        post: number of its post.
        section: its place among the sections of the post, from 0.
        score: BM25, summed over terms and weighted fields, those of its post with them; the greater
            the better.

    Attributes:
        post_counts: whether the words of its post are in the score, where they answer; not so of
            posts beyond those that answer best.
    """

    __slots__ = ("post", "post_counts", "score", "section")

    def __init__(self, post: int, section: int, score: float) -> None:
        self.post = post
        self.section = section
        self.score = score
        self.post_counts = True
