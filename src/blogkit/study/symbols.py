r"""What cards ask of symbols: a display, and behind it the sentence with the meaning hidden.

Only what a sentence states of one symbol is asked (`其中 $\eta$ 是学习率`), and only of symbols
that stand in a display of the post. Imports `blogkit.symbols`, and knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blogkit.formula import Symbol
from blogkit.formula.printing import to_latex
from blogkit.posts import FormulaSource, Post
from blogkit.spans import Span
from blogkit.study.blanks import size
from blogkit.study.cards import WORD_BLANK
from blogkit.study.standing import read_alone, whole_lines
from blogkit.symbols.meanings import is_bare_kind, sayings_of_post
from blogkit.symbols.wording import Saying
from blogkit.text.marks import covered
from blogkit.text.mathspans import find_math
from blogkit.text.sentences import sentences

_MOST_SYMBOLS = 60
"""Size of the largest display that is shown with a question."""
_MOST_CHARS = 160
_MOST_CHARS_BETWEEN = 300
"""How far from a display its symbols are still explained."""
_MOST_CHARS_OF_MEANING = 24
_NO_ANSWER = re.compile(
    r"`|我们|^(?:该|此|这|并|其|各|每)|(?:索引|下标|序号)$|^(?:任意|一个|超参数$)"
)
"""Words that are cut off, and those that say only that a letter counts."""
_CUT_OFF = re.compile("(?:该|其|此|每个|各个|我们|是|个)$")
"""What stands before words that are a part of a name."""
_JOINED = re.compile("[和与及、]$")
_IS_SET = re.compile("[的处时上]|个")
"""Behind a symbol that only sets a thing apart: `索引为 $i$ 的词`."""
_ENDS = re.compile(r"[。!?！？；;.][”’》)）]?$")
_COMMA = re.compile("[,，]")


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
    is_asked = saying.how == "stated" and not is_bare_kind(saying.words)
    if not is_asked or saying.span.of(text) != saying.words or not _is_answer(text, saying):
        return None
    displays = [f for f in holding.get(symbol, ()) if f.display and size(f.latex) <= _MOST_SYMBOLS]
    near = [f for f in displays if _between(f.span, saying.mention) <= _MOST_CHARS_BETWEEN]
    sentence = _sentence(post, saying) if near else None
    if sentence is None:
        return None
    nearest = min(near, key=lambda f: abs(f.span.start - saying.mention.start))
    blanked = read_alone(_blanked(text, sentence, saying), explains=True)
    if blanked is None or WORD_BLANK not in blanked:
        return None
    return SymbolQuestion(to_latex(symbol), nearest, blanked, saying.words, saying.span)


def _is_answer(text: str, saying: Saying) -> bool:
    """Whether what is said is a name by itself, and all of it."""
    before, behind = text[: saying.span.start], text[saying.mention.end :]
    is_first = saying.span.start < saying.mention.start
    is_joined = _JOINED.search(before) and "分别" not in before[-_MOST_CHARS_OF_MEANING:]
    is_cut = _CUT_OFF.search(before) and (is_first or not before.endswith(("是", "个")))
    is_set_apart = is_first and (
        _IS_SET.match(behind) or text[: saying.mention.start].endswith(("(", "（"))
    )
    is_short = len(saying.words) <= _MOST_CHARS_OF_MEANING
    is_name = is_short and not _NO_ANSWER.search(saying.words)
    return is_name and not (is_joined or is_cut or is_set_apart)


def _between(one: Span, other: Span) -> int:
    """How many characters stand between two places."""
    return max(0, one.start - other.end, other.start - one.end)


def _blanked(text: str, sentence: Span, saying: Saying) -> str:
    """A sentence with the meaning hidden, without the clause that leads on to a display."""
    start, end = saying.span.start - sentence.start, saying.span.end - sentence.start
    whole = sentence.of(text)
    masked = covered(whole, (formula.span for formula in find_math(whole)[0]))
    if not _ENDS.search(whole):
        said = max(end, saying.mention.end - sentence.start)
        commas = [match.start() for match in _COMMA.finditer(masked) if match.start() >= said]
        whole = whole[: commas[-1]] if commas else whole.rstrip(":：")
        whole += "。"
    blanked = whole[:start] + WORD_BLANK + whole[end:]
    return blanked.replace(saying.words, WORD_BLANK)


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
    for found in sentences(whole_lines(block.of(post.text)), formulas):
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
