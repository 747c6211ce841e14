"""What is indexed: a document a section, with fields of terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blogkit.posts import Post, Section, sections
from blogkit.text.analyzer import Analyzer


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A section as an index takes it."""

    post: int
    """Number of its post."""
    section: int
    """Its place among the sections of the post, from 0."""
    fields: Mapping[str, list[str]]
    """Terms of each field of FIELDS."""


def documents(number: int, post: Post, analyzer: Analyzer) -> Iterator[IndexDocument]:
    """The documents of a post, in the order of its sections."""
    title, title_pairs = analyzer.terms_and_pairs(post.title)
    tags, tag_pairs = _joined([*post.tags, *post.categories], analyzer)
    for ordinal, section in enumerate(sections(post.text, post.blocks)):
        heading, heading_pairs = analyzer.terms_and_pairs(section.heading or "")
        text, text_pairs = _joined(_texts(post, section, captions=False), analyzer)
        captions, caption_pairs = _joined(_texts(post, section, captions=True), analyzer)
        names = title_pairs + tag_pairs + heading_pairs
        yield IndexDocument(
            number,
            ordinal,
            {
                "body": title + tags + heading + text + captions,
                "pairs": names + text_pairs + caption_pairs,
                "names": names,
                "title": title,
                "headings": heading,
                "captions": captions,
                "tags": tags,
            },
        )


def _texts(post: Post, section: Section, *, captions: bool) -> list[str]:
    return [
        block.span.of(post.text)
        for block in section.blocks
        if (block.kind == "caption") == captions
    ]


def _joined(texts: list[str], analyzer: Analyzer) -> tuple[list[str], list[str]]:
    terms: list[str] = []
    pairs: list[str] = []
    for text in texts:
        more_terms, more_pairs = analyzer.terms_and_pairs(text)
        terms += more_terms
        pairs += more_pairs
    return terms, pairs
