r"""What the words of a post say of its symbols, each saying with its place.

    for saying in sayings_of(post, formulas): saying.symbol, saying.words

It exists because formulas stand in lists (`$a$ 和 $b$ 分别是 …`): what is said is shared out here
among the symbols of a list. Imports the two languages and `lines.py`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol
from blogkit.posts import Post
from blogkit.spans import Span
from blogkit.symbols import chinese, english
from blogkit.symbols.lines import MENTION, Line, Placed, lines_of
from blogkit.symbols.phrases import Group, How, Phrase

_RANGE: Final = rf"(?:\s*\([{MENTION}\s,、=0-9]*\))?"
_JOINED: Final = re.compile(rf"{_RANGE}\s*(?:、|,|以及|和|与|及|或|&|(?:,\s*)?\band\b|)\s*")
_OF_A_MEMBER: Final = re.compile(
    r"(?:元素|分量|条目|成员|\b(?:element|entry|entries|component)s?)$"
)
"""Words that say what a member is to its family: the 元素 of a matrix."""
_NAMED: Final = re.compile(r"(?<!分别)[为是作成]\s*$|\b(?:by|as|is|be)\s+$")
_BEHIND: Final = re.compile(_RANGE)


@dataclass(frozen=True, slots=True)
class Saying:
    """What words say that a symbol is."""

    symbol: Symbol
    """The symbol, or the family."""
    words: str
    """The words; formulas in them between dollars."""
    how: How
    """How they say it."""
    span: Span
    """Where the words stand in the text."""
    mention: Span
    """The formula that they are about."""
    latex: str
    """That formula."""


def sayings_of(
    post: Post, formulas: Sequence[Placed], letters: Mapping[str, Sequence[int]] | None = None
) -> Iterator[Saying]:
    """What a post says of its symbols, in the order of its text.

    Args:
        post: the post.
        formulas: its formulas, in order.
        letters: letters that its formulas use as names, with the places of these formulas; it may
            name them without dollars.
    """
    for line in lines_of(post, formulas, letters or {}):
        for group in _groups(line):
            yield from _of_group(line, group)
        for at, formula in line.mentions.items():
            if formula.display and formula.named and formula.named.is_equation:
                yield from _of_display(line, at, formula)


def _groups(line: Line) -> Iterator[list[int]]:
    """Formulas that name something and stand in one list."""
    group: list[int] = []
    for at in sorted(line.mentions):
        formula = line.mentions[at]
        if formula.named is None or formula.display:
            continue
        if group and not _are_joined(line, group, at):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _are_joined(line: Line, group: Sequence[int], other: int) -> bool:
    """Whether a formula goes on a list.

    An equation is a clause of its own, and behind `模型为 $f$,` or `时间步 $t$,` a comma ends the
    clause.
    """
    between = line.words[group[-1] + 1 : other]
    equations = [n.is_equation for at in (group[-1], other) if (n := line.mentions[at].named)]
    if _JOINED.fullmatch(between) is None or any(equations):
        return False
    if between.strip() != ",":
        return True
    front = line.words[max(0, group[0] - 40) : group[0]]
    return not (_NAMED.search(front) or chinese.ends_with_noun(front))


def _of_group(line: Line, group: Sequence[int]) -> Iterator[Saying]:
    """What is said of a list as a whole, and of each of its formulas beside which words stand."""
    formulas = [line.mentions[at] for at in group]
    shared = _symbols(formulas)
    behind = _BEHIND.match(line.words, group[-1] + 1)
    end = behind.end() if behind else group[-1] + 1
    is_one = len(group) == 1 and all(f.named and f.named.is_product for f in formulas)
    is_member = any(f.named and f.named.is_member for f in formulas)
    place = Group(group[0], end, len(group), 1 if is_one else len(shared))
    for language in (chinese, english):
        for phrase in language.phrases_beside(line.words, place):
            is_part = _OF_A_MEMBER.search(line.words, phrase.start, phrase.end) is not None
            if not (is_part and is_member and not phrase.made):
                yield from _said(line, phrase, shared)


def _of_display(line: Line, at: int, formula: Placed) -> Iterator[Saying]:
    """What words say of the name that a display defines."""
    shared = _symbols([formula])[:1]
    for language in (chinese, english):
        for phrase in language.phrases_around_display(line.words, at):
            yield from _said(line, phrase, shared)


def _symbols(formulas: Sequence[Placed]) -> list[tuple[Symbol | None, Placed]]:
    """The symbols of a list, each once; None for what is in it and no symbol."""
    found: list[tuple[Symbol | None, Placed]] = []
    for formula in formulas:
        named = formula.named
        symbols = (None,) if named and named.is_other else named.symbols if named else ()
        known = [symbol for symbol, _ in found]
        found += [(s, formula) for s in symbols if s is None or s not in known]
    return found


def _said(
    line: Line, phrase: Phrase, shared: Sequence[tuple[Symbol | None, Placed]]
) -> Iterator[Saying]:
    if phrase.item is not None and phrase.item >= len(shared):
        return
    chosen = shared if phrase.item is None else shared[phrase.item : phrase.item + 1]
    words = phrase.made or line.spelled(phrase.start, phrase.end)
    for symbol, formula in chosen:
        if symbol is None:
            continue
        span = line.span(phrase.start, phrase.end)
        yield Saying(symbol, words, phrase.how, span, formula.span, formula.latex)
