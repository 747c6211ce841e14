"""What was merged: the copies of each post, and the passages in which they differ."""

from collections.abc import Sequence

from blogkit.dedup.merge import differences
from blogkit.library.reports import DuplicateGroup, DuplicateMember, Duplicates
from blogkit.store import posts as stored_posts
from blogkit.store.database import Database
from blogkit.store.wordings import WordedCopy, worded_copies


def duplicate_groups(database: Database, *, limit: int | None, offset: int) -> Duplicates:
    """The groups of copies, in the order of their posts; all of them without a limit."""
    end = None if limit is None else offset + limit
    numbers = stored_posts.with_several_copies(database)[offset:end]
    return Duplicates(tuple(map(_group, worded_copies(database, numbers))))


def group_of(database: Database, number: int) -> DuplicateGroup:
    """The copies of one post."""
    (copies,) = worded_copies(database, [number])
    return _group(copies)


def _group(copies: Sequence[WordedCopy]) -> DuplicateGroup:
    kept = next(copy for copy in copies if copy.kind is None)
    others = [copy for copy in copies if copy is not kept]
    kinds = [copy.kind for copy in others]
    return DuplicateGroup(
        post_id=kept.post_id,
        title=kept.post_title,
        kind="excerpt" if "excerpt" in kinds else "edited" if "edited" in kinds else "exact",
        members=tuple(map(_member, (kept, *others))),
        differences=tuple(
            difference for copy in others for difference in differences(kept.wording, copy.wording)
        ),
    )


def _member(copy: WordedCopy) -> DuplicateMember:
    return DuplicateMember(
        path=copy.wording.path,
        line=copy.wording.line,
        end_line=copy.wording.end_line,
        id=copy.given_id,
        similarity=1.0 if copy.similarity is None else copy.similarity,
        kept=copy.kind is None,
    )
