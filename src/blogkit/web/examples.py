"""What the first page offers to be asked: queries to try.

They are made of the library's own words, formulas and years, so that each finds something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.language import Message
from blogkit.lookup.normal.form import normal_form
from blogkit.lookup.normal.terms import SAYS_LITTLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogkit.library.facade import Library
    from blogkit.posts import ListedPost

_LONGEST_FORMULA_CHARS = 40
_POSTS_LOOKED_AT = 10


def examples(library: Library) -> tuple[tuple[str, Message], ...]:
    """Queries that find something, each with what it asks for."""
    latest = sorted(library.list_posts().posts, key=_date)[::-1]
    return tuple(_examples(library, latest))


def _date(post: ListedPost) -> tuple[int, int, int]:
    date = post.date
    return (date.year, date.month or 0, date.day or 0) if date.year else (0, 0, 0)


def _examples(library: Library, posts: Sequence[ListedPost]) -> Iterator[tuple[str, Message]]:
    if not posts:
        return
    word = _word(library) or posts[0].title
    year = max((post.date.year for post in posts if post.date.year), default=None)
    asked = (
        (word, Message("words, best passages first")),
        (f'"{word}"', Message("exactly this")),
        (f"title:{word}", Message("in the title")),
        *([(f"date:{year}", Message("of a time"))] if year else []),
        (f"{word} has:formula", Message("with a formula")),
    )
    yield from ((query, says) for query, says in asked if library.search(query, limit=1).total)
    formula = _formula(library, posts)
    if formula:
        yield f"${formula}$", Message("a formula, also in other letters")


def _word(library: Library) -> str | None:
    """A word that posts explain or are tagged with, of these the one that most define."""
    best = max(
        library.words(),
        key=lambda word: ("gloss" in word.origins, "tag" in word.origins, len(word.post_ids)),
        default=None,
    )
    return best.word if best else None


def _formula(library: Library, posts: Sequence[ListedPost]) -> str | None:
    """Of the short ones of the first posts the one that says most."""
    having = [post for post in posts if post.formulas][:_POSTS_LOOKED_AT]
    short = (
        formula.alone
        for post in having
        for formula in library.formulas(post.id)
        if len(formula.alone) <= _LONGEST_FORMULA_CHARS and not set(formula.alone) & set("$\n")
    )
    size, latex = max(((normal_form(latex).size, latex) for latex in short), default=(0, ""))
    return latex if size >= SAYS_LITTLE else None
