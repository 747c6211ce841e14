"""Formulas found by the words that stand beside them: in their sentence, or as their heading.

Loaded only where a look-up of formulas is given words. The sections with the words are those that
a search finds; this module looks at the formulas in them.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Final

from blogkit.lookup.keys import root_key
from blogkit.lookup.normal.form import normal_form
from blogkit.lookup.normal.terms import SAYS_LITTLE
from blogkit.posts import sections
from blogkit.results.records import record
from blogkit.search.asked import asked_words
from blogkit.spans import Span
from blogkit.store.passages import formulas_of_passages
from blogkit.text.normalize import fold_script
from blogkit.text.sentences import sentences
from blogkit.text.term_places import terms_present

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blogkit.posts import FormulaSource, Post, Section
    from blogkit.search.searcher import Searcher
    from blogkit.store.formulas import PostFormula

SECTIONS: Final = 60
"""Sections whose formulas are looked at."""
_HEADING: Final = 0.3
"""What the words count in the heading, or title, against the sentence."""
_DISPLAY: Final = 0.1
"""What a display counts more than a formula in the line."""
_SIZE: Final = 0.04
"""What each doubling of its nodes counts, up to `_LARGE` of them."""
_LARGE: Final = 32
_OTHER_NAME: Final = 0.8
"""What another name for the words counts, against the words themselves."""


@record
class Beside:
    """A formula with words beside it."""

    post: int
    """Number of its post."""
    formula: FormulaSource
    """The formula."""
    sentence: str
    """Its sentence; of a display, the sentence before it too."""
    score: float
    """How much of the words stands beside it, and how much the formula says: 0 to about 1.6."""
    root: int
    """The same for formulas that say the same."""

    @property
    def formula_key(self) -> str:
        """Its name in a formula index."""
        return f"{self.post}#{self.formula.number}"


def formulas_beside(
    words: str, searcher: Searcher, read_post: Callable[[int], Post]
) -> list[Beside]:
    """The formulas that have all the words beside them, best first; trivial ones last.

    Args:
        words: plain words.
        searcher: finds the sections that have them.
        read_post: gives a post by its number.
    """
    asked = asked_words(words, searcher.analyzer, searcher.aliases)
    names = [frozenset(asked.terms), *(frozenset(other.terms) for other in asked.others)]
    matches, _ = searcher.rank(asked, SECTIONS, "section")
    texts: dict[int, _Text] = {}
    found: list[Beside] = []
    for match in matches[:SECTIONS]:
        text = texts.get(match.post) or texts.setdefault(match.post, _Text(read_post(match.post)))
        if match.section < len(text.sections):
            found += _in_section(match.post, text, text.sections[match.section], names)
        else:
            found += _in_passage(match.post, text, match.section - len(text.sections), names)
    return sorted(found, key=lambda beside: -beside.score)


def _in_section(
    number: int, text: _Text, section: Section, names: Sequence[frozenset[str]]
) -> Iterator[Beside]:
    """The formulas of a section that have the words, or another name for them, beside them."""
    head = f"{text.post.title}\n{section.heading or ''}"
    for formula in text.post.formulas:
        if not section.span.start <= formula.span.start < section.span.end:
            continue
        yield from _beside(number, formula, text.sentence_around(formula.span), head, names)


def _in_passage(
    number: int, text: _Text, place: int, names: Sequence[frozenset[str]]
) -> Iterator[Beside]:
    """The same of the formulas of a passage that only another copy of the post has."""
    for found in formulas_of_passages(text.post):
        if found.place == place:
            yield from _beside(number, found.source, found.sentence, text.post.title, names)


def _beside(
    number: int,
    formula: FormulaSource,
    sentence: str,
    head: str,
    names: Sequence[frozenset[str]],
) -> Iterator[Beside]:
    """The formula, if the words, or another name for them, stand beside it."""
    said = _said(sentence.replace(formula.latex, " "), head, names)
    if not said:
        return
    term = normal_form(formula.latex)
    score = said + _DISPLAY * formula.display + _SIZE * math.log2(min(term.size, _LARGE))
    if term.size < SAYS_LITTLE:  # it is hardly what the words are about
        score /= 10
    yield Beside(number, formula, sentence, score, root_key(term))


def _said(sentence: str, head: str, names: Sequence[frozenset[str]]) -> float:
    """How much a sentence says of the words, or of another name; 0 where a word is missing.

    A word may be missing in the sentence that the heading has.
    """
    scores = [0.0]
    sentence, head = fold_script(sentence), fold_script(head)
    for name, worth in zip(names, [1.0] + [_OTHER_NAME] * len(names), strict=False):
        near, above = terms_present(sentence, name), terms_present(head, name)
        if near | above == name:
            scores.append(worth * (len(near) + _HEADING * len(above)) / len(name))
    return max(scores)


def sentence_of(post: Post, formula: PostFormula) -> str:
    """The sentence that holds a formula; of one that begins it, the sentence before it too.

    A display in a paragraph of its own follows the last sentence of the paragraph before.
    """
    if formula.passage is None:
        return _Text(post).sentence_around(formula.span)
    found = (f for f in formulas_of_passages(post) if f.source.number == formula.number)
    return next(found).sentence


def sentence_around(post: Post, span: Span) -> str:
    """The sentence that holds a formula of a post's text; see `sentence_of`."""
    return _Text(post).sentence_around(span)


class _Text:
    """A post's sentences, each block cut once.

    Args:
        post: the post.
    """

    def __init__(self, post: Post) -> None:
        self.post = post
        self._cut: dict[int, list[Span]] = {}

    @cached_property
    def sections(self) -> list[Section]:
        """The post's sections."""
        return list(sections(self.post.text, self.post.blocks))

    def sentence_around(self, span: Span) -> str:
        """See `sentence_of`."""
        at = self._block_of(span)
        found = self._sentences(at) if at is not None else []
        index = next((i for i, s in enumerate(found) if s.start <= span.start < s.end), None)
        if at is None or index is None:
            return span.of(self.post.text)
        sentence = found[index]
        if sentence.start != span.start:
            return sentence.of(self.post.text)
        before = found[index - 1] if index else self._last_sentence(at - 1)
        return self.post.text[before.start if before else sentence.start : sentence.end]

    def _block_of(self, span: Span) -> int | None:
        blocks = enumerate(self.post.blocks)
        return next((n for n, b in blocks if b.span.start <= span.start < b.span.end), None)

    def _last_sentence(self, at: int) -> Span | None:
        """The last sentence of a paragraph."""
        if at < 0 or self.post.blocks[at].kind != "paragraph":
            return None
        found = self._sentences(at)
        return found[-1] if found else None

    def _sentences(self, at: int) -> list[Span]:
        """The sentences of a block, at their places in the text."""
        if at not in self._cut:
            block = self.post.blocks[at].span
            formulas = [
                _moved(formula.span, -block.start)
                for formula in self.post.formulas
                if block.start <= formula.span.start < block.end
            ]
            found = sentences(block.of(self.post.text), formulas)
            self._cut[at] = [_moved(sentence, block.start) for sentence in found]
        return self._cut[at]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
