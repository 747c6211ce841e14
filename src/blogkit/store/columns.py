"""Values as columns of the database hold them: lists as JSON, text as UTF-8 can hold it."""

from __future__ import annotations

import json

from blogkit.posts import Block
from blogkit.spans import Span
from blogkit.text.normalize import storable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogkit.posts import Post


def storable_post(post: Post) -> Post:
    """A post of a program with all its text storable."""
    from dataclasses import replace

    from blogkit.addresses import is_web_address

    if not hasattr(post, "occurrences"):
        raise TypeError(f"expected a post, found {type(post).__name__}")
    return replace(
        post,
        id=storable(post.id) if post.id else None,
        title=storable(post.title),
        text=storable(post.text),
        tags=tuple(map(storable, post.tags)),
        categories=tuple(map(storable, post.categories)),
        address=post.address if is_web_address(post.address) else None,
        links=tuple(filter(is_web_address, post.links)),
    )


def names_to_json(names: Sequence[str]) -> str:
    """Tags, categories or links as the database has them."""
    return json.dumps(names, ensure_ascii=False)


def blocks_to_json(blocks: Sequence[Block]) -> str:
    """Blocks as the database has them: kind, start, end, line, level."""
    rows = [[b.kind, b.span.start, b.span.end, b.line, b.level] for b in blocks]
    return json.dumps(rows, separators=(",", ":"))


def blocks_from_json(source: str) -> tuple[Block, ...]:
    """The inverse of blocks_to_json."""
    return tuple(
        Block(kind, Span(start, end), line, level)
        for kind, start, end, line, level in json.loads(source)
    )
