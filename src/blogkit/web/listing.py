"""The list of posts as an address asks for it: filtered, sorted, a page of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blogkit.errors import QueryError
from blogkit.language import Message
from blogkit.study.reading import STATES
from blogkit.web.asking import address_of, read_offset, read_text, read_year
from blogkit.web.overview import source_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from blogkit.posts import ListedPost
    from blogkit.study.reading import ReadingState

PAGE_POSTS = 50
"""Posts of one page of the list."""

_KEYS: dict[str, Callable[[ListedPost], tuple[object, ...]]] = {
    "title": lambda post: (post.title,),
    "date": lambda post: (-(post.date.year or 0), -(post.date.month or 0), -(post.date.day or 0)),
    "chars": lambda post: (-post.chars,),
    "formulas": lambda post: (-post.formulas,),
    "copies": lambda post: (-len(post.occurrences),),
}
"""What each order sorts by, the latest and the most in front; equal ones as they were added."""
ORDERS = {
    "added": Message("as they were added"),
    "title": Message("title"),
    "date": Message("date, latest first"),
    "chars": Message("length"),
    "formulas": Message("formulas"),
    "copies": Message("copies"),
}
"""The orders, as people read them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of posts as an address has it."""

    tag: str = ""
    """The tag or category that posts must bear; empty for any."""
    year: str = ""
    """The year that posts are of; empty for any."""
    source: str = ""
    """The file or site that a copy must be from; empty for any."""
    state: str = ""
    """What must have been said of them; empty for anything."""
    order: str = "added"
    """What they are sorted by."""
    offset: int = 0
    """How many are passed over."""

    @property
    def has_filters(self) -> bool:
        """Whether not all posts are asked for."""
        return bool(self.tag or self.year or self.source or self.state)

    def answer(
        self,
        posts: Iterable[ListedPost],
        states: Mapping[str, ReadingState],
        own_tags: Mapping[str, Sequence[str]],
    ) -> Sequence[ListedPost]:
        """The posts that are asked for, in their order, all pages of them.

        Args:
            posts: all posts.
            states: what was said of them, by id.
            own_tags: the tags that their reader gave them, by id.
        """
        found = [
            post
            for post in posts
            if self._wants(post, states.get(post.id or ""), own_tags.get(post.id or "", ()))
        ]
        return sorted(found, key=_KEYS[self.order]) if self.order in _KEYS else found

    def _wants(self, post: ListedPost, state: str | None, own_tags: Sequence[str]) -> bool:
        sources = (source_name(o.path) for o in post.occurrences if o.path)
        return (
            (not self.tag or self.tag in (*post.tags, *post.categories, *own_tags))
            and (not self.year or self.year == str(post.date.year))
            and (not self.source or self.source in sources)
            and (not self.state or self.state == (state or "unread"))
        )

    def address(self, **changes: str | int) -> str:
        """The address of the same list with some things changed."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # names and types are the fields'
        values = {
            "tag": asked.tag,
            "year": asked.year,
            "source": asked.source,
            "state": asked.state,
            "order": "" if asked.order == "added" else asked.order,
            "offset": str(asked.offset or ""),
        }
        return address_of("/posts", values)


def read_listing(values: Mapping[str, str]) -> Listing:
    """The list of an address.

    Raises:
        QueryError: if a value is none that the form gives.
    """
    return Listing(
        tag=read_text(values, "tag"),
        year=read_year(values),
        source=read_text(values, "source"),
        state=_one_of(values, "state", STATES),
        order=_one_of(values, "order", ORDERS) or "added",
        offset=read_offset(values),
    )


def _one_of(values: Mapping[str, str], name: str, known: Collection[str]) -> str:
    text = values.get(name, "").strip()
    if text and text not in known:
        expected = ", ".join(known)
        raise QueryError(
            Message(
                "{name}: expected {expected}, found '{text}'",
                name=name,
                expected=expected,
                text=text[:20],
            )
        )
    return text
