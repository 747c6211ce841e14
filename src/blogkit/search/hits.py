"""What a search gives."""

from __future__ import annotations

from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown
from blogkit.spans import Span
from blogkit.text.dates import PostDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.search.explanation import Explanation
    from blogkit.search.query import Ignored


@record
class Snippet(Shown):
    """The passage of a section that shows why it was found."""

    _shown = ("text",)

    text: str
    """Whole sentences where they fit, formulas whole; ``…`` where a sentence is cut."""
    spans: tuple[Span, ...]
    """Where the words of the query stand in it, in order."""

    def to_dict(self) -> dict[str, object]:
        """The snippet as JSON has it."""
        return {"text": self.text, "spans": [span.to_list() for span in self.spans]}


@record
class Hit(Shown):
    """A post that was found, with the best of its sections; or a section by itself."""

    _shown = ("rank", "title", "date", "section", "snippet")

    rank: int
    """Its place, from 1."""
    score: float
    """BM25 of the section and its post, summed over terms and weighted fields; and what formulas
    of the query add."""
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
    """Ids of the formulas that matched; where none did, of the most similar one."""
    match: str | None = None
    """How the first of them answers: ``exact``, ``renamed``, ``part``, or only ``similar``; None
    where there is none."""
    explanation: Explanation | None = None
    """What the score is made of, if that was asked for."""
    terms: tuple[str, ...] = ()
    """Of a related post, the terms that it has in common, the most telling first."""

    def to_dict(self) -> dict[str, object]:
        """The hit as JSON has it."""
        section = {"heading": self.heading, "line": self.heading_line} if self.heading else None
        found: dict[str, object] = {
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
        if self.match is not None:
            found["match"] = self.match
        if self.explanation is not None:
            found["explanation"] = self.explanation.to_dict()
        if self.terms:
            found["terms"] = list(self.terms)
        return found


@record
class Hits(Rows[Hit]):
    """The hits of a query, best first.

    Iterating gives each Hit.
    """

    _rows = "hits"

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
    ignored: tuple[Ignored, ...] = ()
    """Parts of the query that could not be used and were read as plain words."""

    @property
    def truncated(self) -> bool:
        """Whether there are more hits behind these."""
        return self.offset + len(self.hits) < self.total

    def to_dict(self) -> dict[str, object]:
        """The hits as JSON has them."""
        found: dict[str, object] = {
            "schema": 1,
            "query": self.query,
            "total": self.total,
            "truncated": self.truncated,
            "hits": [hit.to_dict() for hit in self.hits],
            "did_you_mean": self.did_you_mean,
        }
        if self.ignored:
            found["ignored"] = [part.to_dict() for part in self.ignored]
        return found
