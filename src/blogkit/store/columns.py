"""Values as columns of the database hold them: lists as JSON, text as UTF-8 can hold it."""

from __future__ import annotations

import json

from blogkit.errors import PostIdError
from blogkit.language import Message
from blogkit.posts import Block, Holder
from blogkit.spans import Span
from blogkit.store.checksums import ColumnError
from blogkit.store.lists import are_plain_blocks, block_rows, names_from_json
from blogkit.store.packing import unpacked
from blogkit.text.marks import Mark
from blogkit.text.normalize import storable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from blogkit.posts import Post


LONGEST_ID_CHARS = 200


def storable_post(post: Post) -> Post:
    """A post of a program with all its text storable.

    Raises:
        TypeError: if it is no post.
        PostIdError: if its id is none that a post can have.
    """
    from dataclasses import replace

    from blogkit.text.addresses import is_web_address

    if not hasattr(post, "occurrences"):
        raise TypeError(f"expected a post, found {type(post).__name__}")
    return replace(
        post,
        id=None if post.id is None else given_id(storable(post.id), post.title),
        title=storable(post.title),
        text=storable(post.text),
        tags=tuple(map(storable, post.tags)),
        categories=tuple(map(storable, post.categories)),
        address=post.address if is_web_address(post.address) else None,
        links=tuple(filter(is_web_address, post.links)),
    )


def given_id(post_id: str, title: str) -> str:
    """The id, if a post can have it: a line of text.

    Raises:
        PostIdError: if it can't.
    """
    wrong = _fault_of_id(post_id)
    if wrong:
        raise PostIdError(
            Message(
                "post '{title}': expected an id of 1 to {most} characters on one line, without "
                "white space at its ends, found {wrong}; give another, or none",
                title=title,
                most=LONGEST_ID_CHARS,
                wrong=wrong,
            )
        )
    return post_id


def _fault_of_id(post_id: str) -> str | None:
    if not post_id.strip():
        return Message("no character")
    if len(post_id) > LONGEST_ID_CHARS:
        return Message("{count} characters", count=len(post_id))
    is_line = len(post_id.splitlines()) == 1 and "\t" not in post_id
    return None if is_line and post_id == post_id.strip() else repr(post_id)


def names_to_json(names: Sequence[str]) -> str:
    """Tags, categories or links as the database has them."""
    return json.dumps(names, ensure_ascii=False)


def blocks_to_json(blocks: Sequence[Block]) -> str:
    """Blocks as the database has them: kind, start, end, line, level, and what is not empty."""
    return json.dumps(list(map(_block_row, blocks)), separators=(",", ":"), ensure_ascii=False)


def _block_row(block: Block) -> list[object]:
    row: list[object] = [block.kind, *_ends(block.span), block.line, block.level]
    holders = [[holder.marker, holder.number] for holder in block.holders]
    marks = [[m.kind, *_ends(m.span), *_ends(m.inside), m.target] for m in block.marks]
    shape = {"in": holders, "info": storable(block.info), "marks": marks, "flows": block.flows}
    more = {name: value for name, value in shape.items() if value}
    return [*row, more] if more else row


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def blocks_from_json(source: str) -> tuple[Block, ...]:
    """The inverse of blocks_to_json.

    Raises:
        ColumnError: if it is no list of blocks.
    """
    rows = block_rows(source)
    try:
        return tuple(map(block_from_row, rows))
    except (AttributeError, TypeError, ValueError) as error:
        raise ColumnError(
            Message(
                "expected {expected}, found {found}",
                expected=Message("a list of blocks"),
                found=source[:40],
            )
        ) from error


def block_from_row(row: list[Any]) -> Block:
    """A block of a row of ``lists.block_rows``."""
    kind, start, end, line, level = row[:5]
    if len(row) == 5:  # most are so
        return Block(kind, Span(start, end), line, level)
    more = row[5]
    return Block(
        kind,
        Span(start, end),
        line,
        level,
        holders=tuple(Holder(*holder) for holder in more.get("in", ())),
        info=more.get("info", ""),
        marks=tuple(
            Mark(name, Span(first, last), Span(inner, outer), target)
            for name, first, last, inner, outer, target in more.get("marks", ())
        ),
        flows=bool(more.get("flows")),
    )


LISTS = {
    "copies": ("tags", "categories", "links", "blocks"),
    "posts": ("tags", "categories", "links", "other_titles"),
}
"""Tables with columns that hold lists."""


def holds_list(column: str, source: object) -> bool:
    """Whether a column holds a list that can be read."""
    read = blocks_from_json if column == "blocks" else names_from_json
    try:
        text = unpacked(source) if isinstance(source, bytes) else str(source)
        if column == "blocks" and are_plain_blocks(text):
            return True  # what most are, told a hundred times as fast
        read(text)
    except ColumnError:
        return False
    return True
