"""What a reader comes back to: the first thing to see of a library, from all that is known of it.

Nothing is computed that takes long. Formulas are not checked for it: what is in doubt is what an
earlier check found, and how many posts were checked is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from blogkit.posts import ListedPost
from blogkit.results.records import record
from blogkit.results.shown import Shown, ShownFormula
from blogkit.store import checked
from blogkit.store.citations import cited_posts
from blogkit.store.database import Database
from blogkit.store.formulas import PostFormula, post_or_formula
from blogkit.store.listing import list_posts
from blogkit.study.reading import ReadingEntry, entries
from blogkit.study.reports import Due


@record
class CitedPost(Shown):
    """A post that is not read yet, and that others name."""

    _shown = ("title", "post_id", "cited_by")

    entry: ReadingEntry
    """The post."""
    cited_by: int
    """How many others name or link to it."""

    def to_dict(self) -> dict[str, object]:
        """The post as JSON has it."""
        return {**self.entry.to_dict(), "cited_by": self.cited_by}


@record
class DoubtfulFormula(ShownFormula):
    """A formula that a check refuted or could not decide."""

    _shown = ("id", "verdict", "latex")

    formula: PostFormula
    """The formula."""
    title: str
    """The title of its post."""
    verdict: str
    """The worse of what was found: ``refuted`` or ``undecided``."""

    @property
    def latex(self) -> str:
        """The formula, without delimiters."""
        return self.formula.latex

    def to_dict(self) -> dict[str, object]:
        """The formula as JSON has it."""
        return {**self.formula.to_dict(), "title": self.title, "verdict": self.verdict}


@record
class Doubts(Shown):
    """What earlier checks of whole posts found, as far as the posts are still the same."""

    formulas: tuple[DoubtfulFormula, ...]
    """The refuted first; of those, the ones of posts that were added last."""
    refuted: int
    """How many formulas are refuted in all."""
    undecided: int
    """How many are undecided."""
    checked: int
    """How many posts with formulas were checked."""
    posts: int
    """How many posts with formulas there are."""


@record
class Home(Shown):
    """What was added, what is half read, due, worth reading, in doubt."""

    _shown = ("posts", "unread")

    posts: int
    """How many posts the library holds."""
    unread: int
    """How many of them are not read yet."""
    added: tuple[ListedPost, ...]
    """Posts that were added last, the last first."""
    half_read: tuple[ReadingEntry, ...]
    """Posts that are being read, the last marked first."""
    half_read_total: int
    """How many there are of these."""
    due: Due
    """How many cards are due; the cards themselves are left out."""
    cited: tuple[CitedPost, ...]
    """Posts that are not read yet and that others name, the most named first."""
    cited_total: int
    """How many there are of these."""
    doubts: Doubts
    """Formulas that are refuted or undecided."""

    def to_dict(self) -> dict[str, object]:
        """The home as JSON has it."""
        due = self.due.to_dict()
        return {
            "schema": 1,
            "posts": self.posts,
            "unread": self.unread,
            "added": [post.to_dict() for post in self.added],
            "half_read": {
                "total": self.half_read_total,
                "posts": [entry.to_dict() for entry in self.half_read],
            },
            "due": {name: due[name] for name in ("total", "new", "accepted", "next_due")},
            "cited": {
                "total": self.cited_total,
                "posts": [post.to_dict() for post in self.cited],
            },
            "doubts": self.doubts.to_dict(),
        }


def home(database: Database, due: Due, *, limit: int) -> Home:
    """What a reader comes back to, at most so many things of each kind."""
    posts = entries(database)
    half_read = sorted(
        (entry for entry in posts if entry.state == "reading"),
        key=lambda entry: entry.time or 0,
        reverse=True,
    )
    unread = {entry.post_id: entry for entry in posts if entry.state == "unread"}
    cited = [
        CitedPost(unread[post], count)
        for post, count in cited_posts(database).items()
        if post in unread
    ]
    return Home(
        posts=len(posts),
        unread=len(unread),
        added=tuple(_added_last(database, len(posts), limit)),
        half_read=tuple(half_read[:limit]),
        half_read_total=len(half_read),
        due=due,
        cited=tuple(cited[:limit]),
        cited_total=len(cited),
        doubts=_doubts(database, limit),
    )


def _added_last(database: Database, total: int, limit: int) -> Sequence[ListedPost]:
    return list(list_posts(database, limit, max(0, total - limit)))[::-1]


def _doubts(database: Database, limit: int) -> Doubts:
    counts: Mapping[str, int] = checked.counts(database)
    return Doubts(tuple(_doubtful(database, limit)), **counts)


def _doubtful(database: Database, limit: int) -> Iterator[DoubtfulFormula]:
    for doubt in checked.doubts(database, limit):
        _, formula = post_or_formula(database, doubt.formula_id)
        if formula is not None:
            yield DoubtfulFormula(formula, doubt.title, doubt.verdict)
