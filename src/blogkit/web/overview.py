"""What a library holds, as the forms offer it: tags, years and files to choose from."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blogkit.text.addresses import host_of, is_web_address
from blogkit.views.clean import one_line
from blogkit.views.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from blogkit.posts import ListedPost


@dataclass(frozen=True, slots=True)
class Overview:
    """What a library holds in all."""

    posts: int
    """How many posts."""
    formulas: int
    """How many formulas."""
    tags: tuple[tuple[str, int], ...]
    """Tags with their numbers of posts, the most used first."""
    years: tuple[tuple[str, int], ...]
    """Years with their numbers of posts, the latest first."""
    sources: tuple[tuple[str, int], ...]
    """Names of files with their numbers of copies, by name."""


def overview(posts: Sequence[ListedPost]) -> Overview:
    """What a library of these posts holds."""
    tags = Counter(tag for post in posts for tag in post.tags)
    years = Counter(str(post.date.year) for post in posts if post.date.year is not None)
    return Overview(
        posts=len(posts),
        formulas=sum(post.formulas for post in posts),
        tags=_most_used(tags),
        years=tuple(sorted(years.items(), reverse=True)),
        sources=tuple(sorted(_sources(posts).items())),
    )


def with_own_tags(known: Overview, own: Iterable[Sequence[str]]) -> Overview:
    """The same with the tags that the reader gave posts.

    Args:
        known: what the library holds.
        own: the tags that each post was given.
    """
    tags = Counter(dict(known.tags))
    for given in own:
        tags.update(set(given))
    return replace(known, tags=_most_used(tags))


def _most_used(tags: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(tags.items(), key=lambda item: (-item[1], item[0])))


def _sources(posts: Iterable[ListedPost]) -> Counter[str]:
    paths = [o.path for post in posts for o in post.occurrences if o.path]
    return Counter(map(source_name, paths))


def source_name(path: str) -> str:
    """A file's name without its folders, or a page's site."""
    return host_of(path) if is_web_address(path) else os.path.basename(path)


def short_place(path: str | None, line: int) -> str:
    """A file's name and line, as pages show them; where it lies is nobody's business.

    >>> short_place("/home/me/posts/softmax.md", 7)
    'softmax.md:7'
    """
    if path and is_web_address(path):
        return one_line(path)
    name = one_line(os.path.basename(path)) if path else say("(given by a program)")
    return f"{name}:{line}"
