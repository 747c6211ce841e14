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
        yield IndexDocument(
            number,
            ordinal,
            {
                "title": title,
                "headings": analyzer.terms(section.heading or ""),
                "body": _terms(post, section.blocks, analyzer, captions=False),
                "captions": _terms(post, section.blocks, analyzer, captions=True),
                "tags": tags,
            },
        )


def _terms(
    post: Post, blocks: tuple[Block, ...], analyzer: Analyzer, *, captions: bool
) -> list[str]:
    texts = [block.span.of(post.text) for block in blocks if (block.kind == "caption") == captions]
    return [term for text in texts for term in analyzer.terms(text)]
