"""What the library reports of its own work, as frozen dataclasses that are also JSON."""

from __future__ import annotations

from blogkit.macros import as_json
from blogkit.posts import Post, sections
from blogkit.results.records import record
from blogkit.results.shown import AsJson, Rows, Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypeAlias

    from blogkit.dedup.likeness import LikenessKind
    from blogkit.dedup.merge import Difference
    from blogkit.posts import ListedPost
    from blogkit.sources.reading import SourceProblem

    CompletionOutcome: TypeAlias = Literal[
        "completed", "unchanged", "other-text", "failed", "no-address", "planned"
    ]


@record
class LeftOut(AsJson):
    """Lines of a file that belong to no post, such as a site's header."""

    path: str
    """The file."""
    line: int
    """First line, from 1."""
    end_line: int
    """Last line."""


@record
class AddReport(Shown):
    """What one ``add`` or ``sync`` did."""

    files: int
    """Files looked at, and posts given by a program."""
    entries: int
    """Copies of posts read from those that were new or had changed."""
    posts: int
    """Posts that the library did not have before."""
    merged: int
    """Copies that joined a post that was there already."""
    formulas: int
    """Formulas in the copies read."""
    pictures: int
    """Pictures of the copies read that are kept."""
    unchanged: int
    """Files that were passed over because they are as they were."""
    problems: tuple[SourceProblem, ...]
    """What a user may want to mend."""
    skipped: dict[str, int]
    """Files in folders that were passed over, by reason."""
    left_out: tuple[LeftOut, ...]
    """Lines that belong to no post."""
    gone: tuple[str, ...]
    """Sources whose file is no longer there (``sync``); their posts are kept."""
    unreadable: int
    """Files that could not be read at all."""
    seconds: float
    """Time taken."""

    def to_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        return {
            "schema": 1,
            "files": self.files,
            "entries": self.entries,
            "posts": self.posts,
            "merged": self.merged,
            "formulas": self.formulas,
            "pictures": self.pictures,
            "unchanged": self.unchanged,
            "problems": [problem.to_dict() for problem in self.problems],
            "skipped": self.skipped,
            "left_out": [lines.to_dict() for lines in self.left_out],
            "gone": list(self.gone),
            "seconds": round(self.seconds, 3),
        }


@record
class Completion(Shown):
    """What became of an excerpt whose page was asked for."""

    _shown = ("outcome", "title", "post_id", "address")

    post_id: str
    """The post; after it joined another, that one."""
    title: str
    """Its title."""
    address: str | None
    """Where its page stands, as far as a copy of it says."""
    outcome: CompletionOutcome
    """``completed``; ``unchanged``, where the page says no more; ``other-text``, where another text
    stands there now, which was not taken; ``failed``; ``no-address``; ``planned`` of a dry run."""
    message: str | None = None
    """Why it failed."""


@record
class CompleteReport(Rows[Completion]):
    """What ``complete`` did, a row a post."""

    _rows = "posts"

    posts: tuple[Completion, ...]
    """The excerpts, in the library's order or as they were named."""
    seconds: float
    """Time taken."""
    problems: tuple[SourceProblem, ...] = ()
    """Pictures that could not be fetched or are not kept."""

    @property
    def counts(self) -> dict[str, int]:
        """How many had each outcome."""
        found: dict[str, int] = {}
        for post in self.posts:
            found[post.outcome] = found.get(post.outcome, 0) + 1
        return found

    def to_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        return {
            "schema": 1,
            "posts": [post.to_dict() for post in self.posts],
            "counts": self.counts,
            "problems": [problem.to_dict() for problem in self.problems],
            "seconds": round(self.seconds, 3),
        }


@record
class RemoveReport(Shown):
    """What one ``remove`` did."""

    _is_whole = True

    sources: int
    """Sources that were forgotten."""
    posts: int
    """Posts that only they held, forgotten with them."""
    unknown: tuple[str, ...]
    """Paths of which the library had nothing."""


@record
class Posts(Rows[Post]):
    """All posts of a library, whole, in the order in which they were first added."""

    _rows = "posts"

    posts: tuple[Post, ...]
    """The posts asked for."""
    total: int
    """How many there are in all."""

    def to_dict(self) -> dict[str, object]:
        """The list as JSON has it."""
        return PostList(tuple(post.listed() for post in self.posts), self.total).to_dict()


@record
class PostList(Rows["ListedPost"]):
    """Posts of a library without their texts, in the order in which they were first added."""

    _rows = "posts"
    _is_whole = True
    _json = (
        "total",
        "posts",
    )

    posts: tuple[ListedPost, ...]
    """The posts asked for."""
    total: int
    """How many there are in all."""


@record
class Reference(AsJson):
    """A title that a post names in ``《》``, or a post that it links to or names by a label."""

    _json = ("title", "post_id")

    title: str
    """The title as the post has it; of a link, that of the post."""
    post_id: str | None
    """The post of the library that bears it; None if there is none."""
    labels: tuple[str, ...] = ()
    """The labels by which the post names parts of that one."""


@record
class Citing(AsJson):
    """A post that names another in ``《》`` or links to it."""

    title: str
    """Its title."""
    post_id: str
    """Its id."""


@record
class FullPost(Post):
    """A post with what it refers to, as ``show`` gives it."""

    references: tuple[Reference, ...] = ()
    """Titles that the text names, in order, each once; then posts that it only links to."""
    referenced_by: tuple[Citing, ...] = ()
    """Posts that name this one, in the library's order."""
    library: str | None = None
    """Folder of the library that keeps its pictures."""

    def to_dict(self) -> dict[str, object]:
        """The post as JSON has it, with text, sections, formulas and references."""
        parts = sections(self.text, self.blocks)
        return {
            "schema": 1,
            **Post.to_dict(self),
            "other_titles": list(self.other_titles),
            "text": self.text,
            "sections": [section.to_dict() for section in parts],
            "formulas": [
                {**f.to_dict(self.id or "", self.path), **as_json(f.definitions, f.latex)}
                for f in self.formulas
            ],
            "pictures": [picture.to_dict() for picture in self.pictures],
            "references": [reference.to_dict() for reference in self.references],
            "referenced_by": [citing.to_dict() for citing in self.referenced_by],
        }


@record
class DuplicateMember(AsJson):
    """One copy in a group of duplicates."""

    path: str | None
    """Its file; None for a post that a program gave."""
    line: int
    """First line of the copy."""
    end_line: int
    """Last line of the copy."""
    id: str | None
    """The id that a program gave it."""
    similarity: float
    """How like it is to the kept copy, 0 to 1."""
    kept: bool
    """Whether it is the kept copy."""


@record
class DuplicateGroup(Shown):
    """A post of which several copies were found."""

    _shown = ("title", "post_id", "kind", "members", "differences")

    post_id: str
    """The post."""
    title: str
    """Its title."""
    kind: LikenessKind
    """How the copy that differs most is like the kept one."""
    members: tuple[DuplicateMember, ...]
    """All copies, the kept one first."""
    differences: tuple[Difference, ...]
    """The passages in which the others differ from the kept one."""


@record
class Duplicates(Rows[DuplicateGroup]):
    """What was merged, and why."""

    _rows = "groups"
    _is_whole = True

    groups: tuple[DuplicateGroup, ...]
    """One group a post that has several copies."""


@record
class Finding(Shown):
    """One thing that ``doctor`` looked at."""

    name: str
    """What was looked at, such as ``database`` or ``text-index``."""
    state: Literal["well", "repaired", "broken"]
    """What was found, after any repair."""
    message: str
    """What that means, in words."""


@record
class DoctorReport(Shown):
    """The state of a library."""

    _shown = ("library", "well", "findings")

    library: str
    """Its folder."""
    findings: tuple[Finding, ...]
    """What was looked at, in order."""

    @property
    def is_well(self) -> bool:
        """Whether nothing is broken now."""
        return all(finding.state != "broken" for finding in self.findings)

    def after(self, repaired: Sequence[Finding]) -> DoctorReport:
        """The report with what was found and mended before."""
        return DoctorReport(self.library, (*repaired, *self.findings))

    def to_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        findings = [finding.to_dict() for finding in self.findings]
        well = self.is_well
        return {"schema": 1, "library": self.library, "well": well, "findings": findings}


@record
class BackupReport(Shown):
    """A backup that was made."""

    _is_whole = True

    path: str
    """The file, as an absolute path."""
    posts: int
    """How many posts it holds."""
    bytes: int
    """Its size."""
