"""Titles that a post names in ``《》``, and the posts that bear them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from blogkit.posts import Post
from blogkit.reports import FullPost, Reference
from blogkit.text.normalize import squeeze

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


def referenced_titles(text: str) -> list[str]:
    """The titles between ``《`` and ``》``, in order, each once; of nested ones the outer.

    >>> referenced_titles("参考《寻求一个光滑的最大值函数》《软化》等")
    ['寻求一个光滑的最大值函数', '软化']
    """
    return list(dict.fromkeys(title.strip() for title in _TITLE.findall(text)))


def resolve(titles: Iterable[str], known: Iterable[tuple[str, str]]) -> Iterator[Reference]:
    """Each title with the post that bears it, whatever width and spaces it is written with.

    Args:
        titles: as the text has them.
        known: id and title of each post.
    """
    by_title = {squeeze(title): post_id for post_id, title in known}
    for title in titles:
        yield Reference(title, by_title.get(squeeze(title)))


def full_post(post: Post, known: Iterable[tuple[str, str]]) -> FullPost:
    """A post with its references, resolved among known ids and titles."""
    values = {field.name: getattr(post, field.name) for field in fields(post)}
    return FullPost(**values, references=tuple(resolve(referenced_titles(post.text), known)))
