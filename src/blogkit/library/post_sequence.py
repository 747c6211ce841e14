"""A library as Python's own containers are: counted, iterated, asked by place and by name.

Made of what it answers anyway, so that nothing is read that is not asked for.
"""

from __future__ import annotations

from blogkit.errors import AmbiguousPostError, PostNotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import SupportsIndex, overload

    from blogkit.library.reports import FullPost, Posts
    from blogkit.posts import Post

_AT_ONCE = 50
"""Posts that are read together where all are wanted."""


class PostSequence:
    """Posts in an order, each with a name."""

    def posts(self, *, limit: int | None = None, offset: int = 0) -> Posts:
        """The posts in their order."""
        raise NotImplementedError

    def post(self, name: str) -> FullPost:
        """The post of that id, unambiguous prefix of an id, or exact title."""
        raise NotImplementedError

    def __len__(self) -> int:
        return self.posts(limit=0).total

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Post]:
        for offset in range(0, len(self), _AT_ONCE):
            yield from self.posts(limit=_AT_ONCE, offset=offset)

    def __contains__(self, name: object) -> bool:
        """Whether a post has that name, be it one of several."""
        try:
            self.post(name if isinstance(name, str) else "")
        except AmbiguousPostError:
            return True
        except PostNotFoundError:
            return False
        return True

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, name: str) -> FullPost: ...
        @overload
        def __getitem__(self, name: SupportsIndex) -> Post: ...
        @overload
        def __getitem__(self, name: slice) -> Posts: ...
        def __getitem__(self, name: str | SupportsIndex | slice) -> Post | Posts:
            """The post of a name, as ``post`` gives it; of a place; the posts of a slice.

            Raises:
                PostNotFoundError: if no post has that name.
                AmbiguousPostError: if there are several.
                IndexError: if there is no post at that place.
            """
    else:

        def __getitem__(self, name):
            if isinstance(name, str):
                return self.post(name)
            places = range(len(self))[name]
            if isinstance(places, int):
                return self.posts(limit=1, offset=places)[0]
            if not places:
                return self.posts(limit=0)
            first, last = min(places), max(places)
            found = self.posts(limit=last - first + 1, offset=first)
            return found[places[0] - first :: places.step]
