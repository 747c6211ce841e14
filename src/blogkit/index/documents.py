"""What is indexed: a document a section, with weighted fields of terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blogkit.posts import Block, Post, sections
from blogkit.text.analyzer import Analyzer


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A section as an index takes it."""

    post: int
    """Number of its post."""
    section: int
    """Its place among the sections of the post, from 0."""
    fields: Mapping[str, list[str]]
    """Terms of each field of FIELD_WEIGHTS."""


def documents(number: int, post: Post, analyzer: Analyzer) -> Iterator[IndexDocument]:
    """The documents of a post, in the order of its sections."""
    title = analyzer.terms(post.title)
    tags = [term for name in (*post.tags, *post.categories) for term in analyzer.terms(name)]
    for ordinal, section in enumerate(sections(post.text, post.blocks)):
        inside = [b for b in post.blocks if section.span.start <= b.span.start < section.span.end]
        yield IndexDocument(
            number,
            ordinal,
            {
                "title": title,
                "headings": analyzer.terms(section.heading or ""),
                "body": _terms(post, inside, analyzer, captions=False)
                if post.blocks
                else analyzer.terms(section.text),
                "captions": _terms(post, inside, analyzer, captions=True),
                "tags": tags,
            },
        )


def _terms(post: Post, blocks: list[Block], analyzer: Analyzer, *, captions: bool) -> list[str]:
    texts = [
        block.span.of(post.text)
        for block in blocks
        if block.kind != "heading" and (block.kind == "caption") == captions
    ]
    return [term for text in texts for term in analyzer.terms(text)]
