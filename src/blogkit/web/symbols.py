"""What the symbols of a post mean, beside its text: a list, and the letters in its drawn formulas.

The letters of MathML bear the number of their symbol, so that a page can mark all places of one.
Which element is which symbol is told by the order of equal letters; where their numbers differ
(a macro, a letter of ``dx``) none is marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from blogkit.library.symbol_lookup import elsewhere, meaning_of
from blogkit.store.posts import number_by_id
from blogkit.structure.references import equation_numbers
from blogkit.symbols.meanings import read_with_letters
from blogkit.views.symbols_plain import MOST_OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blogkit.formula import Symbol
    from blogkit.library.facade import Library
    from blogkit.library.symbol_reports import Elsewhere, SymbolMeaning
    from blogkit.posts import Post
    from blogkit.symbols.meanings import PostSymbol
    from blogkit.symbols.places import Letter

MOST_FORMULAS = 250
"""A post with more formulas is not read for its symbols unless that is asked for: it takes long."""
_LETTER = re.compile(r"<(mi|mtext)((?: [^<>]*)?)>([^<]*)</\1>")
_SELECTOR = re.compile("[\ufe00\ufe01]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A symbol in the list beside a post."""

    number: int
    """Its number on the page, from 1."""
    symbol: SymbolMeaning
    """What is known of it."""
    said_at: int | None
    """Number of the formula beside which its meaning stands."""
    defined_at: int | None
    """Number of the formula that defines it."""
    first_at: int
    """Number of the formula in which it stands first."""
    defined_in: str
    """The number that the display bears that defines it; empty where none does."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of a post for its page."""

    entries: tuple[Entry, ...]
    """They, in the order of their first places."""
    letters: Mapping[int, tuple[Letter, ...]]
    """The letters of each formula, by its number."""
    numbers: Mapping[Symbol, int]
    """The number of each symbol on the page."""

    @property
    def said(self) -> tuple[Entry, ...]:
        """Those of which something is known."""
        return tuple(entry for entry in self.entries if _is_known(entry))

    @property
    def unsaid(self) -> tuple[Entry, ...]:
        """Those of which the post says nothing."""
        return tuple(entry for entry in self.entries if not _is_known(entry))

    def marked(self, math: Markup, formula: int) -> Markup:
        """A drawn formula whose letters bear the numbers of their symbols."""
        return mark_letters(math, self.letters.get(formula, ()), self.numbers)


def symbols_of(library: Library, post: Post) -> Symbols:
    """The symbols of a post for its page; of those it says nothing of, what other posts say."""
    reading = read_with_letters(post)
    unsaid = frozenset(s.symbol for s in reading.symbols if not (s.sayings or s.defined_by))
    number = number_by_id(library.database, post.id or "")
    others = elsewhere(library.database, unsaid, number)
    equations = equation_numbers(post.text, post.formulas)
    entries = tuple(
        _entry(post, number, symbol, tuple(others.get(symbol.symbol, ()))[:MOST_OTHERS], equations)
        for number, symbol in enumerate(reading.symbols, start=1)
    )
    numbers = {symbol.symbol: n for n, symbol in enumerate(reading.symbols, start=1)}
    return Symbols(entries, reading.letters, numbers)


def _entry(
    post: Post,
    number: int,
    symbol: PostSymbol,
    others: tuple[Elsewhere, ...],
    numbers: Mapping[int, str],
) -> Entry:
    mention = symbol.sayings[0].mention if symbol.sayings else None
    said_at = next((f.number for f in post.formulas if f.span == mention), None)
    defined = symbol.defined_by
    return Entry(
        number,
        replace(meaning_of(post, symbol), elsewhere=others),
        said_at,
        defined.formula.number if defined else None,
        symbol.formulas[0],
        numbers.get(defined.formula.number, "") if defined else "",
    )


def _is_known(entry: Entry) -> bool:
    return entry.symbol.meaning is not None or entry.symbol.defined_by is not None


def mark_letters(math: Markup, letters: Iterable[Letter], numbers: Mapping[Symbol, int]) -> Markup:
    """MathML whose letters bear the numbers of their symbols as ``data-symbol``.

    Args:
        math: the drawn formula.
        letters: its letters in the order of its source.
        numbers: the number of each symbol.
    """
    drawn: dict[tuple[str, bool], list[int]] = defaultdict(list)
    found = list(_LETTER.finditer(math))
    for at, match in enumerate(found):
        drawn[_key(match[3])].append(at)
    wanted = dict(_matched(drawn, list(letters), numbers))
    pieces: list[str] = []
    end = 0
    for at, match in enumerate(found):
        if at in wanted:
            opening = match.start() + 1 + len(match[1])
            pieces += [math[end:opening], f' data-symbol="{wanted[at]}"']
            end = opening
    return Markup("".join([*pieces, math[end:]]))


def _matched(
    drawn: Mapping[tuple[str, bool], Sequence[int]],
    letters: Sequence[Letter],
    numbers: Mapping[Symbol, int],
) -> Iterator[tuple[int, int]]:
    """Which drawn letter is which symbol, where there are as many of a kind as in the source."""
    whole: dict[tuple[str, bool], list[Symbol | None]] = defaultdict(list)
    spelled: dict[tuple[str, bool], list[Symbol | None]] = defaultdict(list)
    for letter in letters:
        key = _key(letter.name, letter.is_styled)
        whole[key].append(letter.symbol)
        spelled[key].append(letter.symbol)
        if letter.symbol is None and len(letter.name) > 1:
            for char in letter.name:
                spelled[_key(char)].append(None)
    for key, places in drawn.items():
        for symbols in (whole[key], spelled[key]):
            if len(symbols) == len(places):
                pairs = zip(places, symbols, strict=True)
                yield from ((p, numbers[s]) for p, s in pairs if s is not None and s in numbers)
                break


def _key(drawn: str, is_styled: bool = False) -> tuple[str, bool]:
    """What tells drawn letters apart: the letter, and whether it is in a font of its own.

    >>> _key("𝐖"), _key("W", True), _key("W")
    (('W', True), ('W', True), ('W', False))
    """
    bare = _SELECTOR.sub("", drawn).strip()
    folded = unicodedata.normalize("NFKC", bare)
    return folded, is_styled or folded != bare
