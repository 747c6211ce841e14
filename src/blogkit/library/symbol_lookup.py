r"""What symbols mean: of a post or a formula of a library, or of LaTeX as it is.

    symbols_of(database, "3f9a"), symbols_of_latex(r"e^{-\lambda t}")

What a post does not say, other posts of the library may; they are looked for among the short
formulas in running text, where symbols are named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from blogkit.formula.printing import to_latex
from blogkit.library.checking import is_latex
from blogkit.library.formulas import parse_formula
from blogkit.library.symbol_reports import Elsewhere, SymbolMeaning, SymbolReport, Wording
from blogkit.macros import alone, defined_before, text_alone
from blogkit.posts import FormulaSource, Post
from blogkit.search.beside import sentence_around
from blogkit.spans import Span
from blogkit.store import formulas as stored_formulas
from blogkit.store import posts as stored_posts
from blogkit.symbols import meanings_of, read_symbols
from blogkit.symbols.meanings import is_bare_kind, named_in_latex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogkit.formula import Symbol
    from blogkit.store.database import Database
    from blogkit.symbols.meanings import PostSymbol
    from blogkit.symbols.wording import Saying

_SETTING: Final = r"\\(?:math[a-z]+|bm|boldsymbol|operatorname|text|(?:wide)?(?:hat|tilde)|bar|vec)"
"""Commands that set a letter in a font or under an accent."""
_OPENER: Final = "$$"
_MOST_POSTS: Final = 12
"""Other posts that are read for what they say of the same symbols."""
_MOST_FORMULAS: Final = 600
"""Short formulas of other posts that are read to find them."""


def symbols_of(database: Database, name: str) -> SymbolReport:
    """The symbols of a post, of a formula of one, or of LaTeX.

    Args:
        database: the library's.
        name: a formula id, a post, or LaTeX.

    Raises:
        PostNotFoundError: if it is no LaTeX and no post or formula bears that name.
    """
    if is_latex(name):
        found = _of_latex(name)
        return _with_others(database, map(_by_itself, found), found, None)
    number, formula = stored_formulas.post_or_formula(database, name)
    if formula is not None and formula.passage is not None:
        found = _of_latex(formula.latex)
        return _with_others(database, map(_by_itself, found), found, number)
    post = stored_posts.read_post(database, number)
    found = tuple(s for s in read_symbols(post) if formula is None or formula.number in s.formulas)
    place = formula.span.start if formula else None
    meanings = [meaning_of(post, symbol, place) for symbol in found]
    return _with_others(database, meanings, found, number)


def symbols_of_latex(latex: str) -> SymbolReport:
    r"""The symbols of LaTeX that is in no post: their sorts, and what it defines itself.

    >>> [(s.latex, s.defined_by) for s in symbols_of_latex(r"f = \lambda x")]
    [('f', 'f = \\lambda x'), ('\\lambda', None), ('x', None)]
    """
    return SymbolReport(tuple(map(_by_itself, _of_latex(latex))))


def _of_latex(latex: str) -> Sequence[PostSymbol]:
    """The symbols of LaTeX, as of a post that consists of it."""
    body = parse_formula(latex).latex
    text = f"{_OPENER}{body}{_OPENER}"
    whole = FormulaSource(1, None, "1", True, body, 1, Span(0, len(text)))
    return read_symbols(Post(title="", text=text, formulas=(whole,)))


def _by_itself(symbol: PostSymbol) -> SymbolMeaning:
    """A symbol of LaTeX that is in no post; its places count from the start of the LaTeX."""
    opener = len(_OPENER)
    return SymbolMeaning(
        symbol.latex,
        symbol.sort.name,
        symbol.sort.size,
        symbol.sort.is_family,
        (),
        symbol.defined_by.latex if symbol.defined_by else None,
        None,
        None,
        None,
        tuple(Span(s.start - opener, s.end - opener) for s in symbol.occurrences),
        (),
        None,
    )


def meaning_of(post: Post, symbol: PostSymbol, place: int | None = None) -> SymbolMeaning:
    """A symbol of a post, with the words that mean it at a place, or of the post as a whole."""
    names = {formula.number: formula.name for formula in post.formulas}
    defined = symbol.defined_by
    return SymbolMeaning(
        symbol.latex,
        symbol.sort.name,
        symbol.sort.size,
        symbol.sort.is_family,
        tuple(_wording(post, saying) for saying in symbol.sayings_at(place)),
        alone(defined.latex, defined.formula.definitions) if defined else None,
        f"{post.id}#{defined.formula.name}" if defined else None,
        post.path,
        symbol.line,
        symbol.occurrences,
        tuple(f"{post.id}#{names[number]}" for number in symbol.formulas),
        post.id,
    )


def _wording(post: Post, saying: Saying) -> Wording:
    """Words of a post as they are read without it: its macros are replaced."""
    known = defined_before(post.formulas, saying.mention.start)
    sentence = sentence_around(post, saying.mention)
    return Wording(text_alone(saying.words, known), saying.span, text_alone(sentence, known))


# --- other posts


def _with_others(
    database: Database,
    meanings: Iterable[SymbolMeaning],
    found: Sequence[PostSymbol],
    number: int | None,
) -> SymbolReport:
    """What is known of symbols with what other posts say of them."""
    others = elsewhere(database, frozenset(one.symbol for one in found), number)
    return SymbolReport(
        tuple(
            replace(meaning, elsewhere=tuple(others.get(one.symbol, ())))
            for meaning, one in zip(meanings, found, strict=True)
        )
    )


def elsewhere(
    database: Database, wanted: frozenset[Symbol], number: int | None
) -> dict[Symbol, list[Elsewhere]]:
    """What other posts say of some symbols, the posts with most of them first.

    Args:
        database: the library's.
        wanted: the symbols.
        number: the post that asks; None for none.
    """
    found: dict[Symbol, list[Elsewhere]] = {}
    for other in _posts_that_name(database, wanted, number):
        post = stored_posts.read_post(database, other)
        for symbol, words in meanings_of(post, wanted).items():
            if not is_bare_kind(words):
                found.setdefault(symbol, []).append(Elsewhere(post.id or "", post.title, words))
    return found


def _posts_that_name(
    database: Database, wanted: frozenset[Symbol], number: int | None
) -> Iterator[int]:
    """Posts in whose text the symbols stand by themselves, those with most of them first."""
    letters = sorted({letter for symbol in wanted for letter in _letters(symbol)})
    if not letters:
        return
    named = "|".join(map(re.escape, letters))
    beginning = re.compile(rf"(?:{_SETTING}|[{{\s])*(?:{named})(?![A-Za-z])")
    counts: Counter[int] = Counter()
    seen: set[tuple[int, Symbol]] = set()
    for post, latex in stored_formulas.short_formulas(database, _MOST_FORMULAS, beginning):
        if post == number:
            continue
        for symbol in wanted.intersection(_named(latex)):
            if (post, symbol) not in seen:
                seen.add((post, symbol))
                counts[post] += 1
    yield from (post for post, _ in counts.most_common(_MOST_POSTS))


def _letters(symbol: Symbol) -> Iterable[str]:
    """What LaTeX that names the symbol begins with, but for fonts: its letter as it is typed."""
    bare = to_latex(type(symbol)(symbol.name))
    return {bare, symbol.name}


def _named(latex: str) -> tuple[Symbol, ...]:
    named = named_in_latex(latex)
    return named.symbols if named else ()
