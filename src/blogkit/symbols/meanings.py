r"""What each symbol of a post means: the words and the formula that define it, and where it stands.

    for symbol in read_symbols(post): ...       # all of it
    meanings_of(post)                           # only the words: {Symbol: "学习率"}

A symbol is what the operator tree calls one: a letter with its font, accents, primes and the
subscripts that name it; the members of a family are one. Imports `check` for what is known of
sorts, and no library.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from blogkit.check.context.post_notes import PostNotes, read_post
from blogkit.formula import Symbol
from blogkit.formula.lengths import why_too_long
from blogkit.formula.printing import to_latex
from blogkit.macros import formulas_of, macros_of
from blogkit.meaning.trees.reading import read
from blogkit.posts import FormulaSource, Post
from blogkit.spans import Span
from blogkit.symbols.definitions import DefinedBy, ReadFormula, definitions_in
from blogkit.symbols.lines import Placed
from blogkit.symbols.naming import Named, named_by
from blogkit.symbols.phrases import How
from blogkit.symbols.places import Letter, letters_in, symbols_in, widened
from blogkit.symbols.sorts import SortOf, sorts_of
from blogkit.symbols.wording import Saying, sayings_of

_RANK: Final[Mapping[How, int]] = {"stated": 0, "beside": 1, "counted": 2}
_SHORT_CHARS: Final = 80
"""A formula that names something is seldom longer."""
_BEHIND_CHARS: Final = 300
"""How far behind a formula a meaning still belongs to it: 其中 …"""
_SIZES: Final = re.compile(r"\$[^$]*\$|形状为|大小为|[\s维阶的0-9×]|(?:-by-)|\bof (?:size|shape)\b")
_BARE_KINDS_TEXT: Final = """
矩阵 向量 函数 常数 常量 参数 变量 集合 标量 张量 整数 实数 正整数 自然数 随机变量 符号 变数 数
matrix vector function constant parameter variable set scalar tensor integer number
"""
BARE_KINDS: Final = frozenset(_BARE_KINDS_TEXT.split())
"""What says what kind of thing a symbol is, and no more; other words come first."""


@dataclass(frozen=True, slots=True)
class PostSymbol:
    """A symbol of a post and what is known of it."""

    symbol: Symbol
    """The symbol, or the family."""
    latex: str
    """It in LaTeX."""
    sort: SortOf
    """What kind of thing it is, and of what size."""
    sayings: tuple[Saying, ...]
    """What words say of it, the best first; none where the post does not say."""
    defined_by: DefinedBy | None
    """The first formula that defines it."""
    occurrences: tuple[Span, ...]
    """Where it stands in the text, in order."""
    formulas: tuple[int, ...]
    """Numbers of the formulas that it stands in, in order."""
    line: int
    """Line of the file where it first stands, from 1."""

    @property
    def meaning(self) -> str | None:
        """The words that define it; None where the post does not say."""
        return self.sayings[0].words if self.sayings else None

    def sayings_at(self, place: int | None) -> tuple[Saying, ...]:
        """What words say of it, the best for a place of the text first.

        A long post names things anew: what is said last before a place, or in the lines behind
        it, comes first there.
        """
        if place is None or len(self.sayings) < 2:
            return self.sayings
        near = [s for s in self.sayings if s.mention.start <= place + _BEHIND_CHARS]
        told = [s for s in near if not is_bare_kind(s.words) and s.how != "counted"]
        if not told:
            return self.sayings
        nearest = max(told, key=lambda saying: saying.mention.start)
        return (nearest, *(s for s in self.sayings if s is not nearest))


PostSymbols = tuple[PostSymbol, ...]
"""The symbols of a post, in the order of their first places."""


@dataclass(frozen=True, slots=True)
class SymbolReading:
    """A post read for its symbols."""

    symbols: PostSymbols
    """Its symbols."""
    letters: Mapping[int, tuple[Letter, ...]]
    """The letters of each of its formulas, by number, for views that draw them."""


def read_symbols(post: Post) -> PostSymbols:
    r"""The symbols of a post's formulas, in the order of their first places.

    Args:
        post: a post with its formulas, as readers and libraries give it.

    Cost: about 5 ms for each formula.
    """
    return read_with_letters(post).symbols


def read_with_letters(post: Post) -> SymbolReading:
    """The symbols of a post, and of each formula the letters that are drawn."""
    notes = read_post(post)
    formulas = _read(post, notes)
    named = _named(notes)
    letters = {f.source.number: tuple(letters_in(f.tree, named)) for f in formulas}
    return SymbolReading(_symbols(post, notes, formulas), letters)


def is_bare_kind(words: str) -> bool:
    r"""Whether words say only what kind of thing something is, and of what size.

    >>> [is_bare_kind(words) for words in ("矩阵", "$n \\times d$的矩阵", "$d$维向量", "权重矩阵")]
    [True, True, True, False]
    """
    return _SIZES.sub("", words) in BARE_KINDS


def _symbols(post: Post, notes: PostNotes, formulas: Sequence[ReadFormula]) -> PostSymbols:
    sayings = _sayings(post, formulas)
    definitions = definitions_in(post.text, formulas)
    places: dict[Symbol, list[tuple[Span, FormulaSource]]] = {}
    for formula in formulas:
        for symbol, span in symbols_in(formula.tree, _named(notes)):
            whole = widened(formula.source.latex, span)
            moved = Span(whole.start + formula.offset, whole.end + formula.offset)
            places.setdefault(symbol, []).append((moved, formula.source))
    sorts = sorts_of(notes, [formula.tree for formula in formulas], sayings)
    return tuple(
        PostSymbol(
            symbol,
            to_latex(symbol),
            sorts.get(symbol, SortOf("unknown")),
            tuple(sayings.get(symbol, ())),
            definitions.get(symbol),
            tuple(sorted({span for span, _ in found}, key=lambda span: (span.start, span.end))),
            tuple(dict.fromkeys(source.number for _, source in found)),
            found[0][1].line,
        )
        for symbol, found in places.items()
    )


def meanings_of(post: Post, symbols: Collection[Symbol] | None = None) -> dict[Symbol, str]:
    r"""What the words of a post say that its symbols are; those of which it says nothing lack.

    Args:
        post: the post.
        symbols: those that are asked for; all if not given.

    Cost: 0.2 ms for each short formula that was not read lately.

    >>> post = Post("", r"更新为 $x - \eta g$，其中 $\eta$ 是学习率，梯度 $g$ 已知。")
    >>> {symbol.name: words for symbol, words in meanings_of(post).items()}
    {'η': '学习率', 'g': '梯度'}
    """
    if symbols is None:
        found = _sayings(post, _read(post))
    else:
        placed = [Placed(s.span, s.latex, s.display, _named_shortly(s)) for s in formulas_of(post)]
        found = _by_symbol(sayings_of(post, placed))
    asked = found.keys() if symbols is None else symbols
    return {symbol: own[0].words for symbol, own in found.items() if symbol in asked}


def _named_shortly(source: FormulaSource) -> Named | None:
    """What a formula names, as far as a short one tells."""
    if len(source.latex) > _SHORT_CHARS:
        return None
    return (
        named_in_latex(source.latex)
        if not source.definitions
        else named_by(read(source.latex, macros=macros_of(source.definitions)).tree, source.latex)
    )


def sayings_of_post(
    post: Post,
) -> tuple[dict[Symbol, list[Saying]], dict[Symbol, list[FormulaSource]]]:
    """What words say of the symbols of a post, and in which formulas each symbol stands."""
    formulas = _read(post)
    holding: dict[Symbol, list[FormulaSource]] = {}
    for formula in formulas:
        for symbol in dict.fromkeys(symbol for symbol, _ in symbols_in(formula.tree)):
            holding.setdefault(symbol, []).append(formula.source)
    return _sayings(post, formulas), holding


@lru_cache(maxsize=10_000)
def named_in_latex(latex: str) -> Named | None:
    r"""What a formula names, read by itself; None if it is an expression.

    >>> [symbol.name for symbol in named_in_latex(r"W \in \mathbb{R}^n").symbols]
    ['W']
    """
    return named_by(read(latex).tree, latex)


def _named(notes: PostNotes) -> frozenset[Symbol]:
    return frozenset(Symbol(named.name) for named in notes.names)


def _read(post: Post, notes: PostNotes | None = None) -> list[ReadFormula]:
    """The formulas of a post that can be read, with their trees."""
    named = _named(notes) if notes else frozenset()
    indices = notes.indices if notes else frozenset()
    found = []
    for source in formulas_of(post):
        if why_too_long(source.latex):
            continue
        macros = macros_of(source.definitions)
        tree = read(source.latex, macros=macros, variables_of_post=indices, named=named).tree
        offset = max(post.text.find(source.latex, source.span.start), source.span.start)
        found.append(ReadFormula(source, tree, offset))
    return found


def _sayings(post: Post, formulas: Sequence[ReadFormula]) -> dict[Symbol, list[Saying]]:
    """What is said of each symbol, the best first, equals once."""
    placed = [
        Placed(f.source.span, f.source.latex, f.source.display, named_by(f.tree, f.source.latex))
        for f in formulas
    ]
    places = [(s, f.source.span.start) for f in formulas for s, _ in symbols_in(f.tree)]
    return _by_symbol(sayings_of(post, placed, _letters(places)))


def _letters(places: Iterable[tuple[Symbol, int]]) -> dict[str, list[int]]:
    """Letters that a text may name without dollars, with the places of their formulas in order."""
    found: dict[str, list[int]] = {}
    for symbol, place in places:
        if symbol.is_bare and not symbol.font and len(symbol.name) == 1:
            found.setdefault(symbol.name, []).append(place)
    return found


def _by_symbol(sayings: Iterable[Saying]) -> dict[Symbol, list[Saying]]:
    found: dict[Symbol, list[Saying]] = {}
    for saying in sayings:
        others = found.setdefault(saying.symbol, [])
        if all(saying.words != other.words for other in others):
            others.append(saying)
    for others in found.values():
        others.sort(key=lambda saying: (is_bare_kind(saying.words), _RANK[saying.how]))
    return found
