"""What the first page shows of a library before anything is asked: posts, and queries to try.

The queries are made of the library's own words, formulas and years, so that each finds something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.language import Message
from blogkit.lookup.normal.form import normal_form
from blogkit.lookup.normal.terms import SAYS_LITTLE
from blogkit.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogkit.library.facade import Library
    from blogkit.posts import ListedPost

RECENT_POSTS = 6
"""Posts that are shown."""
_LONGEST_FORMULA_CHARS = 40
_POSTS_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a library offers to begin with."""

    recent: tuple[ListedPost, ...]
    """A few posts, the latest first; of those without a year, what was added last."""
    examples: tuple[tuple[str, Message], ...]
    """Queries that find something, each with what it asks for."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is left to do; it changes with time and without the library."""

    due: int
    """Cards that are to be asked now."""
    cards: int
    """Cards that were taken."""
    unread: int
    """Posts that nothing was said of."""


def welcome(library: Library) -> Welcome:
    """What the library offers to begin with."""
    posts = library.list_posts().posts
    latest = sorted(posts, key=_date)[::-1]
    return Welcome(tuple(latest[:RECENT_POSTS]), tuple(_examples(library, latest)))


def to_do(library: Library) -> ToDo:
    """What is left to do now."""
    study = Study(library)
    due = study.due(limit=1)
    return ToDo(due.total, due.accepted, study.reading_list(limit=0).counts["unread"])


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
