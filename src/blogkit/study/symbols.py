r"""What cards ask of symbols: a display, and behind it the sentence with the meaning hidden.

Only what a sentence states of one symbol is asked (`其中 $\eta$ 是学习率`), and only of symbols
that stand in a display of the post. Imports `blogkit.symbols`, and knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blogkit.formula import Symbol
from blogkit.formula.printing import to_latex
from blogkit.posts import FormulaSource, Post
from blogkit.spans import Span
from blogkit.study.blanks import size
from blogkit.study.cards import WORD_BLANK
from blogkit.symbols.meanings import is_bare_kind, sayings_of_post
from blogkit.symbols.wording import Saying
from blogkit.text.sentences import sentences

_MOST_SYMBOLS = 60
"""Size of the largest display that is shown with a question."""
_MOST_CHARS = 160


@dataclass(frozen=True, slots=True)
class SymbolQuestion:
    """What a sentence says of a symbol, with the words hidden."""

    latex: str
    """The symbol."""
    formula: FormulaSource
    """The display that it is asked of: the nearest."""
    sentence: str
    """The sentence, with a blank for the words."""
    meaning: str
    """The words."""
    place: Span
    """Where they stand in the post's text."""


def symbol_questions(post: Post) -> Iterator[SymbolQuestion]:
    """What can be asked of the symbols of a post, in the order of its text.

    >>> text = r"更新为 $$x - \\eta g$$ 其中 $\\eta$ 是学习率。"
    >>> from blogkit.macros import formulas_of
    >>> (asked,) = symbol_questions(Post("", text, formulas=formulas_of(Post("", text))))
    >>> asked.sentence, asked.meaning
    ('其中 $\\\\eta$ 是＿＿＿＿。', '学习率')
    """
    sayings, holding = sayings_of_post(post)
    found = [
        question
        for symbol, own in sayings.items()
        if (question := _question(post, symbol, own[0], holding)) is not None
    ]
    yield from sorted(found, key=lambda question: question.place.start)


def _question(
    post: Post, symbol: Symbol, saying: Saying, holding: Mapping[Symbol, list[FormulaSource]]
) -> SymbolQuestion | None:
    text = post.text
    displays = [f for f in holding.get(symbol, ()) if f.display and size(f.latex) <= _MOST_SYMBOLS]
    is_asked = saying.how == "stated" and not is_bare_kind(saying.words)
    if not displays or not is_asked or saying.span.of(text) != saying.words:
        return None
    nearest = min(displays, key=lambda f: abs(f.span.start - saying.mention.start))
    sentence = _sentence(post, saying)
    if sentence is None:
        return None
    start = saying.span.start - sentence.start
    whole = sentence.of(text)
    blanked = whole[:start] + WORD_BLANK + whole[start + len(saying.words) :]
    blanked = blanked.replace(saying.words, WORD_BLANK).replace("*", "")
    return SymbolQuestion(to_latex(symbol), nearest, blanked, saying.words, saying.span)


def _sentence(post: Post, saying: Saying) -> Span | None:
    """The sentence that holds both the symbol and its meaning, without displays in it."""
    block = next((b.span for b in post.blocks if saying.mention.start in _range(b.span)), None)
    block = block or Span(0, len(post.text))
    formulas = [
        Span(f.span.start - block.start, f.span.end - block.start)
        for f in post.formulas
        if f.span.start in _range(block)
    ]
    displays = [f.span for f in post.formulas if f.display and f.span.start in _range(block)]
    for found in sentences(block.of(post.text), formulas):
        whole = Span(found.start + block.start, found.end + block.start)
        if saying.mention.start not in _range(whole):
            continue
        before = [d.end for d in displays if whole.start < d.end <= saying.mention.start]
        start = max(before, default=whole.start)
        rest = post.text[start : whole.end]
        start += len(rest) - len(rest.lstrip(" \n,，.。"))
        is_whole = saying.span.start >= start and saying.span.end <= whole.end
        is_short = whole.end - start <= _MOST_CHARS
        goes_on = any(start < display.start < whole.end for display in displays)
        return Span(start, whole.end) if is_whole and is_short and not goes_on else None
    return None


def _range(span: Span) -> range:
    return range(span.start, span.end)
