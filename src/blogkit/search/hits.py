"""What a search gives."""

from collections.abc import Iterator
from dataclasses import dataclass

from blogkit.dates import PostDate
from blogkit.spans import Span


@dataclass(frozen=True, slots=True)
class Snippet:
    """The passage of a section that shows why it was found."""

    text: str
    """Whole sentences where they fit, formulas whole; ``…`` where a sentence is cut."""
    spans: tuple[Span, ...]
    """Where the words of the query stand in it, in order."""

    def to_dict(self) -> dict[str, object]:
        """The snippet as JSON has it."""
        return {"text": self.text, "spans": [[span.start, span.end] for span in self.spans]}


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that was found, with the best of its sections; or a section by itself."""

    rank: int
    """Its place, from 1."""
    score: float
    """BM25 of the section, summed over terms and weighted fields."""
    post_id: str
    """Id of the post."""
    title: str
    """Title of the post."""
    date: PostDate
    """Date of the post."""
    heading: str | None
    """Heading of the section; None before the first heading."""
    heading_line: int
    """Line of the file where the section begins."""
    path: str | None
    """File of the kept copy."""
    line: int
    """Line of the file where the passage begins."""
    snippet: Snippet
    """The passage."""
    formulas: tuple[str, ...] = ()
    """Ids of the formulas that matched."""

    def to_dict(self) -> dict[str, object]:
        """The hit as JSON has it."""
        section = {"heading": self.heading, "line": self.heading_line} if self.heading else None
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "post_id": self.post_id,
            "title": self.title,
            "date": self.date.to_dict(),
            "section": section,
            "path": self.path,
            "line": self.line,
            "snippet": self.snippet.to_dict(),
            "formulas": list(self.formulas),
        }


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits of a query, best first.

    Iterating gives each Hit.
    """

    query: str
    """The query, as it was given."""
    total: int
    """How many posts (or sections) were found in all."""
    hits: tuple[Hit, ...]
    """Those asked for."""
    offset: int = 0
    """How many better ones were passed over."""
    did_you_mean: str | None = None
    """A query that would find more, where a word of this one is in no post."""

    @property
    def truncated(self) -> bool:
        """Whether there are more hits behind these."""
        return self.offset + len(self.hits) < self.total

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def to_dict(self) -> dict[str, object]:
        """The hits as JSON has them."""
        return {
            "schema": 1,
            "query": self.query,
            "total": self.total,
            "truncated": self.truncated,
            "hits": [hit.to_dict() for hit in self.hits],
            "did_you_mean": self.did_you_mean,
        }
