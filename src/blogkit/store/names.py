"""Names that begin as what is typed, for completion at a shell's prompt.

Opens the database for reading only, and without any look at its version: a keystroke must neither
make a library nor bring one to another version. What can't be read has no names.
"""

from __future__ import annotations

import os
import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    Name = tuple[str, str]
    """A name, and what it stands for in a few words."""

_BEGINS = "substr({0}, 1, length(?1)) = ?1"

_IDS = f"SELECT id, title FROM posts WHERE {_BEGINS.format('id')} ORDER BY number"
_TITLES = (
    f"SELECT title, min(id) FROM posts WHERE {_BEGINS.format('title')}"
    " GROUP BY title HAVING count(*) = 1 ORDER BY min(number)"
)
_OTHER_IDS = (
    "SELECT a.id, p.title FROM aliases a JOIN posts p ON p.number = a.post"
    f" WHERE {_BEGINS.format('a.id')} ORDER BY a.id"
)
_POST = "SELECT number FROM posts WHERE id = ?1 UNION SELECT post FROM aliases WHERE id = ?1"
_POST_BEGUN = (
    f"SELECT number FROM posts WHERE {_BEGINS.format('id')} AND ?1 != '' OR title = ?1 LIMIT 2"
)
_FORMULAS = (
    f"SELECT name, latex FROM formulas WHERE post = ?2 AND {_BEGINS.format('name')} ORDER BY number"
)
_LABELS = (
    "SELECT label, min(latex) FROM formulas WHERE label IS NOT NULL AND"
    f" {_BEGINS.format('label')} GROUP BY label ORDER BY label"
)
_WORDS = f"SELECT word, '' FROM words WHERE is_user AND {_BEGINS.format('word')} ORDER BY word"
_LISTED = (
    "SELECT value, count(*) || ' posts' FROM posts, json_each(posts.{0})"
    f" WHERE {_BEGINS.format('value')} GROUP BY value ORDER BY value"
)


class Names:
    """The names of a library; none if there is no library in the folder.

    Args:
        folder: the library's.
    """

    def __init__(self, folder: str) -> None:
        path = os.path.abspath(os.path.join(folder, "library.db"))
        for sign, written in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
            path = path.replace(sign, written)
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1.0)
        except sqlite3.Error:
            return

    def posts(self, begin: str) -> list[Name]:
        """Ids with titles; once something is typed, other ids too, and titles borne once."""
        found = self._found(_IDS, begin)
        if begin:
            found += self._found(_OTHER_IDS, begin) + self._found(_TITLES, begin)
        return found

    def formulas(self, begin: str) -> list[Name]:
        """Ids of formulas; of several posts, these with ``#`` behind."""
        post, mark, name = begin.partition("#")
        if mark:
            return self._formulas_of(post, name)
        posts = self.posts(begin)
        if len(posts) == 1:
            return self._formulas_of(posts[0][0], "")
        return [(f"{name}#", does) for name, does in posts]

    def _formulas_of(self, post: str, begin: str) -> list[Name]:
        numbers = self._found(_POST, post) or self._found(_POST_BEGUN, post)
        if len(numbers) != 1:
            return []
        found = self._found(_FORMULAS, begin, numbers[0][0])
        return [(f"{post}#{name}", latex) for name, latex in found]

    def labels(self, begin: str) -> list[Name]:
        """Labels of formulas, each with one that bears it."""
        return self._found(_LABELS, begin)

    def tags(self, begin: str) -> list[Name]:
        """Tags, with how many posts bear them."""
        return self._found(_LISTED.format("tags"), begin)

    def categories(self, begin: str) -> list[Name]:
        """Categories, with how many posts bear them."""
        return self._found(_LISTED.format("categories"), begin)

    def words(self, begin: str) -> list[Name]:
        """The user's own words."""
        return self._found(_WORDS, begin)

    def _found(self, statement: str, *values: str) -> list[Name]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error:
            return []

    def __enter__(self) -> Names:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
