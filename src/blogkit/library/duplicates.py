"""What was merged: the copies of each post, and the passages in which they differ."""

from blogkit.dedup.merge import differences
from blogkit.library.reports import DuplicateGroup, DuplicateMember, Duplicates
from blogkit.store import posts as stored_posts
from blogkit.store.copies import Copy, read_copies
from blogkit.store.database import Database


def duplicate_groups(database: Database, *, limit: int | None, offset: int) -> Duplicates:
    """The groups of copies, in the order of their posts; all of them without a limit."""
    end = None if limit is None else offset + limit
    numbers = stored_posts.with_several_copies(database)[offset:end]
    return Duplicates(tuple(group_of(database, number) for number in numbers))


def group_of(database: Database, number: int) -> DuplicateGroup:
    """The copies of one post."""
    copies = read_copies(database, post=number)
    post_id, title = stored_posts.id_and_title(database, number)
    kept = next(copy for copy in copies if copy.kind is None)
    others = [copy for copy in copies if copy is not kept]
    kinds = [copy.kind for copy in others]
    return DuplicateGroup(
        post_id=post_id,
        title=title,
        kind="excerpt" if "excerpt" in kinds else "edited" if "edited" in kinds else "exact",
        members=tuple(_member(copy) for copy in (kept, *others)),
        differences=tuple(
            difference for copy in others for difference in differences(kept.post, copy.post)
        ),
    )


def _member(copy: Copy) -> DuplicateMember:
    occurrence = copy.post.occurrences[0]
    return DuplicateMember(
        path=occurrence.path,
        line=occurrence.line,
        end_line=occurrence.end_line,
        id=copy.given_id,
        similarity=1.0 if copy.similarity is None else copy.similarity,
        kept=copy.kind is None,
    )
