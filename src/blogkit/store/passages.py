"""Formulas that stand only in the passages of other copies of a post.

They are made of the post when they are asked for: they can be looked up and found, each with the
file and line of its copy, and are numbered after the post's own. They are no formulas of its text.
"""

from __future__ import annotations

from blogkit.macros import defined_before, definitions_after
from blogkit.posts import FormulaSource, OtherPassage, Post
from blogkit.results.records import record
from blogkit.spans import Span
from blogkit.text.mathspans import MathSpan, find_math
from blogkit.text.sentences import sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@record
class PassageFormula:
    """A formula of a passage that another copy has."""

    place: int
    """Place of the passage among those of the post, from 0."""
    passage: OtherPassage
    """The passage."""
    source: FormulaSource
    """The formula; its line and span are of the copy."""

    @property
    def sentence(self) -> str:
        """The sentence that holds it."""
        start = self.source.span.start - self.passage.span.start
        spans = sentences(self.passage.text)
        found = (span for span in spans if span.start <= start < span.end)
        return next(found, Span(0, len(self.passage.text))).of(self.passage.text)


def formulas_of_passages(post: Post) -> Iterator[PassageFormula]:
    """The formulas that the post's text has nowhere, each once, in the order of the passages."""
    known = {_said(formula.latex) for formula in post.formulas}
    labels = {formula.label for formula in post.formulas if formula.label}
    definitions = defined_before(post.formulas, len(post.text) + 1)
    number = len(post.formulas)
    for place, passage in enumerate(post.other_passages):
        for math in find_math(passage.text)[0]:
            latex = math.body.of(passage.text)
            if _said(latex) not in known:
                known.add(_said(latex))
                number += 1
                source = _source(passage, math, number, labels, definitions)
                yield PassageFormula(place, passage, source)
            definitions = definitions_after(definitions, latex)


def _said(latex: str) -> str:
    return " ".join(latex.split())


def _source(
    passage: OtherPassage, math: MathSpan, number: int, labels: set[str], definitions: str
) -> FormulaSource:
    label = math.labels[0] if math.labels else None
    name = label if label and label not in labels else str(number)
    labels.update(math.labels[:1])
    start, span = passage.span.start, math.span
    return FormulaSource(
        number=number,
        label=label,
        name=name,
        display=math.display,
        latex=math.body.of(passage.text),
        line=passage.line + passage.text.count("\n", 0, span.start),
        span=Span(start + span.start, start + span.end),
        definitions=definitions,
    )
