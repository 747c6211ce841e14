"""What holds the posts, for queries that ask for more than words: a database, or a list."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial

from blogkit.posts import searched_sections, sections
from blogkit.search.conditions import PostFacts
from blogkit.search.fusion import FormulaMatch, FormulasFound
from blogkit.store.formulas import count_formulas
from blogkit.store.lists import names_from_json
from blogkit.store.notes import own_tags
from blogkit.store.posts import post_numbers, read_post
from blogkit.text.dates import PostDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from blogkit.library.formula_reports import FormulaHits
    from blogkit.posts import Post
    from blogkit.store.database import Database
    from blogkit.store.formulas import PostFormula

    FindFormula = Callable[[str], FormulaHits]

_BATCH = 500
"""Posts that one statement reads."""
FORMULAS = 200
"""Formulas that a formula of a query finds, at most."""


class _Archive:
    """What both have in common: formulas."""

    def __init__(
        self,
        find_formula: FindFormula,
        count_formulas: Callable[[], int],
        section_starts: Callable[[int], Sequence[int]],
    ) -> None:
        self._find_formula = find_formula
        self._count_formulas = count_formulas
        self._section_starts = section_starts

    def find_formulas(self, latex: str) -> FormulasFound:
        """The formulas that answer a pattern, best first; similar ones only if no other does."""
        found = self._find_formula(latex)
        answering = [hit for hit in found if hit.match != "similar"]
        matches = [
            FormulaMatch(
                hit.formula.id,
                hit.formula.post_number,
                self._section_of(hit.formula),
                hit.score,
                hit.match,
                hit.formula.latex,
            )
            for hit in answering or found
        ]
        return FormulasFound(latex, matches, found.total, self._count_formulas())

    def _section_of(self, formula: PostFormula) -> int:
        starts = self._section_starts(formula.post_number)
        if formula.passage is not None:  # passages of other copies are sections behind the post's
            return len(starts) + formula.passage
        return max(0, bisect_right(starts, formula.span.start) - 1)


class LibraryArchive(_Archive):
    """The posts of a library.

    Args:
        database: what holds them.
        find_formula: looks a formula up in the library.
    """

    def __init__(self, database: Database, find_formula: FindFormula) -> None:
        count = partial(count_formulas, database)
        super().__init__(find_formula, count, self._starts)
        self._database = database

    def facts(self, numbers: set[int] | None) -> Iterator[PostFacts]:
        """The posts of these numbers, or all, in the library's order."""
        own = own_tags(self._database)
        for row in self._heads(numbers):
            number, title, other_titles, year, month, day, tags, categories, count = row
            yield PostFacts(
                number,
                (title, *names_from_json(other_titles)),
                PostDate(year, month, day),
                (*names_from_json(tags), *own.get(number, ())),
                names_from_json(categories),
                count,
                partial(self._paths, number),
                partial(read_post, self._database, number),
                number in own,
            )

    def numbers(self) -> list[int]:
        """The numbers of all posts, in the library's order."""
        return post_numbers(self._database)

    def _heads(self, numbers: set[int] | None) -> Iterator[tuple[Any, ...]]:
        """What is known of posts without their text."""
        select = (
            "SELECT number, title, other_titles, year, month, day, tags, categories,"
            " (SELECT count(*) FROM sections WHERE post = number) FROM posts"
        )
        execute = self._database.connection.execute
        if numbers is None:
            yield from execute(f"{select} ORDER BY number").fetchall()
            return
        ordered = sorted(numbers)
        for first in range(0, len(ordered), _BATCH):
            batch = ordered[first : first + _BATCH]
            marks = ",".join("?" * len(batch))
            yield from execute(
                f"{select} WHERE number IN ({marks}) ORDER BY number", batch
            ).fetchall()

    def _paths(self, post: int) -> list[str]:
        rows = self._database.connection.execute(
            "SELECT s.path FROM copies c JOIN sources s ON s.id = c.source"
            " WHERE c.post = ? AND s.path IS NOT NULL ORDER BY c.id",
            (post,),
        )
        return [path for (path,) in rows]

    def _starts(self, post: int) -> list[int]:
        rows = self._database.connection.execute(
            "SELECT start FROM sections WHERE post = ? AND copy IS NULL ORDER BY ordinal", (post,)
        )
        return [start for (start,) in rows]


class PostsArchive(_Archive):
    """Posts in memory, by their place.

    Args:
        posts: the posts.
        find_formula: looks a formula up in them.
    """

    def __init__(self, posts: Sequence[Post], find_formula: FindFormula) -> None:
        count = sum(len(post.formulas) for post in posts)
        super().__init__(find_formula, lambda: count, self._starts)
        self._posts = posts

    def facts(self, numbers: set[int] | None) -> Iterator[PostFacts]:
        """The posts of these numbers, or all, in their order."""
        for number, post in enumerate(self._posts):
            if numbers is None or number in numbers:
                yield PostFacts(
                    number,
                    (post.title, *post.other_titles),
                    post.date,
                    post.tags,
                    post.categories,
                    len(list(searched_sections(post))),
                    partial(_paths_of, post),
                    partial(self._posts.__getitem__, number),
                )

    def numbers(self) -> range:
        """The places of all posts."""
        return range(len(self._posts))

    def _starts(self, post: int) -> list[int]:
        found = self._posts[post]
        return [section.span.start for section in sections(found.text, found.blocks)]


def _paths_of(post: Post) -> list[str]:
    return [occurrence.path for occurrence in post.occurrences if occurrence.path]
