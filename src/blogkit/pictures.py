"""Where posts refer to pictures, and which kept picture each reference means.

A reference is the ``info`` of a caption or a mark of kind ``picture``, as the source writes it. Of
a post with several copies the text is one copy's, and its pictures may be known by another.
"""

from __future__ import annotations

import re

from blogkit.posts import Picture, line_of
from blogkit.results.records import record
from blogkit.text.normalize import squeeze

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogkit.posts import Block, Post


@record
class PictureReference:
    """A place of a post where a picture belongs, or may belong."""

    address: str
    """Where the picture lies, as the post has it; empty of a caption that does not say it."""
    words: str
    """What stands there, as it is written."""
    line: int
    """Line of the file."""


def picture_references(text: str, blocks: Sequence[Block]) -> Iterator[PictureReference]:
    """The places of a post where pictures belong, in order; captions of tables are among them."""
    for block in blocks:
        if block.kind == "caption":
            yield PictureReference(block.info, block.span.of(text), block.line)
        start = block.span.start
        for mark in block.marks if block.kind != "code" else ():
            if mark.kind == "picture" and mark.target:
                at = start + mark.inside.start
                words = text[at : at + len(mark.inside)]
                yield PictureReference(mark.target, words, line_of(at, text, (block,)))


class KeptPictures:
    """The pictures that a library keeps of one post, by what in it refers to them.

    Args:
        post: the post.
    """

    def __init__(self, post: Post) -> None:
        self._text = post.text
        self._by_address = {picture.address: picture for picture in post.pictures}
        self._by_words = {squeeze(p.caption): p for p in post.pictures if not p.address}

    def at(self, address: str) -> Picture | None:
        """The picture of an address, as the post has it."""
        return self._by_address.get(address) if address else None

    def of(self, block: Block) -> Picture | None:
        """The picture to which a caption belongs; None of other blocks, or where none is kept."""
        if block.kind != "caption" or not self._by_address:
            return None
        if block.info:
            return self.at(block.info)
        return self._by_words.get(squeeze(block.span.of(self._text)))


def matched(
    references: Iterable[PictureReference], own: Sequence[Picture], others: Sequence[Picture]
) -> Iterator[Picture]:
    """The pictures of a post, each once for each of its addresses and captions, in order.

    A reference means the picture of its address; else that of another copy whose file has the same
    name, as a saved page renames only folders, or that bears the same words.

    Args:
        references: those of the post.
        own: the pictures of the copy whose text it is.
        others: those of its other copies.
    """
    by_address = {picture.address: picture for picture in (*others, *own)}
    by_name = _told_apart((_file_name(picture.address), picture) for picture in others)
    by_words = _told_apart((squeeze(picture.caption), picture) for picture in others)
    seen: set[tuple[str, str]] = set()
    for reference in references:
        words = squeeze(reference.words)
        found = (
            by_address.get(reference.address) or by_name.get(_file_name(reference.address))
            if reference.address
            else None
        ) or by_words.get(words)
        key = (reference.address, "" if reference.address else words)
        if found and key not in seen:
            seen.add(key)
            yield Picture(
                reference.address, reference.words, reference.line, found.digest, found.type,
                found.width, found.height, found.bytes,
            )  # fmt: skip


def _told_apart(named: Iterable[tuple[str, Picture]]) -> dict[str, Picture]:
    """Pictures by names that mean one of them only."""
    found: dict[str, Picture] = {}
    unclear: set[str] = {""}
    for name, picture in named:
        if found.setdefault(name, picture).digest != picture.digest:
            unclear.add(name)
    return {name: picture for name, picture in found.items() if name not in unclear}


def _file_name(address: str) -> str:
    """What an address calls its file; empty where that names nothing."""
    name = re.split(r"[?#]", address)[0].replace("\\", "/").rpartition("/")[2]
    return name.lower() if "." in name and not address.startswith("data:") else ""
