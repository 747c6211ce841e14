"""Plain text without date lines: one post a file."""

from blogkit.posts import Block, Occurrence, Post
from blogkit.sources.reading import (
    assemble,
    mark_captions,
    mark_headings,
    paragraphs,
    reads_as_title,
    title_from_text,
)


def read_plain(text: str, path: str | None) -> list[Post]:
    """The one post of a plain text; none where there is nothing but white space.

    A short first line, followed by more, is the title.
    """
    drafts = mark_captions(paragraphs(text.split("\n"), 1))
    if not drafts:
        return []
    titled = len(drafts) > 1 and reads_as_title(drafts[0])
    title = drafts[0].text.strip() if titled else title_from_text(drafts)
    body, blocks = assemble(mark_headings(drafts[1:] if titled else drafts))
    last_line = len(text.rstrip().split("\n"))
    return [
        Post(
            title=title,
            text=body,
            title_from="heading" if titled else "text",
            blocks=blocks,
            occurrences=(Occurrence(path, 1, last_line),),
        )
    ]


def plain_blocks(text: str) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks of a post that a program gives as a string."""
    return assemble(mark_headings(paragraphs(text.split("\n"), 1)))
