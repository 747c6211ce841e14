"""What checking whole posts found, in the database: formulas that are refuted, or undecided.

It follows from posts and from the version of blogkit that checked them, so it bears no checksum,
and says nothing any more once either is another.
"""

from __future__ import annotations

from blogkit import __version__
from blogkit.results.records import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blogkit.store.database import Database

_STANDS = "c.generation = p.generation AND c.version = ?"
_DOUBTS = (
    "SELECT p.id, p.title, d.formula, d.verdict FROM doubts d JOIN checked c ON c.post = d.post"
    f" JOIN posts p ON p.number = d.post WHERE {_STANDS}"
    " ORDER BY d.verdict != 'refuted', d.post DESC, d.ordinal LIMIT ?"
)


@record
class Doubt:
    """A formula that is refuted or undecided."""

    post_id: str
    """Its post."""
    title: str
    """The post's title."""
    formula: str
    """Its name in the post: its label or its number."""
    verdict: str
    """``refuted`` or ``undecided``."""

    @property
    def formula_id(self) -> str:
        """``POST#LABEL`` or ``POST#N``."""
        return f"{self.post_id}#{self.formula}"


@record
class PostState:
    """A post as it is when its check begins."""

    number: int
    """Its number in the database."""
    id: str
    """Its id."""
    generation: int
    """When it was changed last."""


def as_they_are(database: Database, posts: Iterable[int]) -> dict[str, PostState]:
    """Some posts by their ids, as they are now.

    Args:
        database: where they are.
        posts: their numbers.
    """
    select = "SELECT number, id, generation FROM posts WHERE number = ?"
    rows = (database.connection.execute(select, (post,)).fetchone() for post in posts)
    return {row[1]: PostState(*row) for row in rows}


def put_checked(
    database: Database,
    posts: Iterable[PostState],
    doubts: Mapping[str, Sequence[tuple[str, str]]],
) -> None:
    """Store what was found of posts, in place of what was found before.

    Args:
        database: where it is stored.
        posts: the posts that were checked, as they were before.
        doubts: by the id of each post of which any is in doubt, its formulas with their verdicts.
    """
    execute = database.connection.execute
    for post in posts:
        if not execute("SELECT 1 FROM posts WHERE number = ?", (post.number,)).fetchone():
            continue  # removed while it was checked
        execute("DELETE FROM checked WHERE post = ?", (post.number,))
        execute("INSERT INTO checked VALUES (?, ?, ?)", (post.number, post.generation, __version__))
        for ordinal, (formula, verdict) in enumerate(doubts.get(post.id, ())):
            execute(
                "INSERT INTO doubts VALUES (?, ?, ?, ?)", (post.number, ordinal, formula, verdict)
            )


def doubts(database: Database, limit: int | None) -> Iterator[Doubt]:
    """What is in doubt, the refuted first, of those the ones of posts that were added last."""
    rows = database.connection.execute(_DOUBTS, (__version__, -1 if limit is None else limit))
    yield from (Doubt(*row) for row in rows.fetchall())


def counts(database: Database) -> dict[str, int]:
    """How many formulas are ``refuted`` and ``undecided``; how many posts are ``checked``, and how
    many ``posts`` have formulas."""
    execute = database.connection.execute
    found = dict.fromkeys(("refuted", "undecided"), 0)
    joined = f"checked c JOIN posts p ON p.number = c.post AND {_STANDS}"
    found |= execute(
        f"SELECT d.verdict, count(*) FROM doubts d JOIN {joined} AND c.post = d.post"
        " GROUP BY d.verdict",
        (__version__,),
    ).fetchall()
    having = "EXISTS (SELECT 1 FROM formulas f WHERE f.post = p.number)"
    (found["checked"],) = execute(
        f"SELECT count(*) FROM {joined} WHERE {having}", (__version__,)
    ).fetchone()
    (found["posts"],) = execute(f"SELECT count(*) FROM posts p WHERE {having}").fetchone()
    return found
