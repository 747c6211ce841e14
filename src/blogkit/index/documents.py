"""What is indexed: a document a section, with fields of terms."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from blogkit.index.matches import FEATURES
from blogkit.posts import Block, Post, Section, searched_sections
from blogkit.spans import Span
from blogkit.text.analyzer import Analyzer

NAMES_COUNT = 3
"""How often title, tags and categories count among the words of a post."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A section as an index takes it."""

    post: int
    """Number of its post."""
    section: int
    """Its place among the sections of the post, from 0."""
    fields: Mapping[str, list[str]]
    """Terms of each field of FIELDS."""
    features: frozenset[str] = frozenset()
    """What a query may ask of it by ``has:``: those of FEATURES that it has."""
    post_words: Sequence[str] = ()
    """Words of the whole post; its first document has them."""
    post_features: frozenset[str] = frozenset()
    """What any section of the post has; its first document tells."""


def documents(number: int, post: Post, analyzer: Analyzer) -> list[IndexDocument]:
    """The documents of a post, in the order of its sections; the first has the words of all.

    Among those, the words of its names stand `NAMES_COUNT` times: a short post that cites another
    is no more about it than that one.

    >>> from blogkit.text.segment import DictionarySegmenter
    >>> analyzer = Analyzer(DictionarySegmenter())
    >>> (document,) = documents(0, Post(title="采样", text="随机。"), analyzer)
    >>> document.fields["body"], document.post_words
    (['采样', '随机'], ['采样', '采样', '采样', '随机'])
    """
    found = list(_sections(number, post, analyzer))
    count = len(found) - len(post.other_passages)
    names = [*found[0].fields["title"], *found[0].fields["tags"]]
    words = [word for document in found[:count] for word in document.fields["body"][len(names) :]]
    first = replace(
        found[0],
        post_words=NAMES_COUNT * names + words,
        post_features=frozenset().union(*(document.features for document in found)),
    )
    return [first, *found[1:]]


def _sections(number: int, post: Post, analyzer: Analyzer) -> Iterator[IndexDocument]:
    """A document for each section.

    What only another copy says is found by its own words: it would stand before the post's sections
    if it bore the post's names.
    """
    title, title_pairs = _joined([post.title, *post.other_titles], analyzer)
    tags, tag_pairs = _joined([*post.tags, *post.categories], analyzer)
    math = _Math(post)
    all_sections = list(searched_sections(post))
    first_passage = len(all_sections) - len(post.other_passages)
    for ordinal, section in enumerate(all_sections):
        if ordinal == first_passage:
            title, title_pairs, tags, tag_pairs = [], [], [], []
        heading, heading_pairs = analyzer.terms_and_pairs(section.heading or "")
        text, text_pairs = _of_blocks(post, section, math, analyzer, captions=False)
        captions, caption_pairs = _of_blocks(post, section, math, analyzer, captions=True)
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
            _features(section, math),
        )


class _Math:
    """The formulas of a post, which were found when it was read, by their places in order."""

    def __init__(self, post: Post) -> None:
        self._spans = [formula.span for formula in post.formulas]
        self._starts = [span.start for span in self._spans]

    def within(self, span: Span) -> list[Span]:
        """The places of the formulas that begin in a part of the text."""
        first, last = (bisect_left(self._starts, end) for end in (span.start, span.end))
        return self._spans[first:last]

    def of_block(self, block: Block) -> list[Span] | None:
        """Where the formulas of a block stand in it; None of code: none were looked for there."""
        if block.kind == "code":
            return None
        start = block.span.start
        return [Span(at.start - start, at.end - start) for at in self.within(block.span)]


def _features(section: Section, math: _Math) -> frozenset[str]:
    found = FEATURES.intersection(block.kind for block in section.blocks if block.span)
    if section.heading is not None:
        found |= {"heading"}
    if math.within(section.span):
        found |= {"formula"}
    return found


def _of_blocks(
    post: Post, section: Section, math: _Math, analyzer: Analyzer, *, captions: bool
) -> tuple[list[str], list[str]]:
    if not section.blocks:
        return _joined([] if captions else [section.text], analyzer)
    blocks = [block for block in section.blocks if (block.kind == "caption") == captions]
    return _together(
        analyzer.terms_and_pairs(block.span.of(post.text), math.of_block(block)) for block in blocks
    )


def _joined(texts: list[str], analyzer: Analyzer) -> tuple[list[str], list[str]]:
    return _together(map(analyzer.terms_and_pairs, texts))


def _together(parts: Iterable[tuple[list[str], list[str]]]) -> tuple[list[str], list[str]]:
    terms: list[str] = []
    pairs: list[str] = []
    for more_terms, more_pairs in parts:
        terms += more_terms
        pairs += more_pairs
    return terms, pairs
