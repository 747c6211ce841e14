"""Which posts name which: keys of the names of each post, and keys of those that it cites.

They follow from the posts, so they bear no checksum; a library of an older schema has them made by
its migration, in SQL that calls the functions which ``define`` gives a connection.
"""

from __future__ import annotations

import json

from blogkit.store.checksums import ColumnError
from blogkit.store.lists import names_from_json
from blogkit.store.packing import unpacked
from blogkit.text.naming import LABEL_SIGN, keys_of_citations, keys_of_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from blogkit.posts import Post
    from blogkit.store.database import Database

_NAMED = (
    "number IN (SELECT post FROM names WHERE key IN (SELECT key FROM citations WHERE post = ?))"
)
_BY_OTHER_TITLES = (
    "SELECT p.id, title.value, NULL FROM posts p, json_each(p.other_titles) title"
    " WHERE p.other_titles != '[]' AND {0} ORDER BY p.number DESC"
)
_BY_OWN = "SELECT id, title, address FROM posts WHERE {0} ORDER BY number DESC"
_CITING_TEXTS = (
    "SELECT p.id, c.text, p.links FROM posts p JOIN copies c ON c.id = p.kept"
    " WHERE p.number IN (SELECT post FROM citations) ORDER BY p.number"
)
_LABELS = (
    "SELECT n.key, p.id, p.title FROM names n JOIN posts p ON p.number = n.post"
    f" WHERE substr(n.key, 1, 1) = '{LABEL_SIGN}' AND {{0}} ORDER BY p.number DESC"
)
_CITING = (
    "SELECT title, id FROM posts WHERE number != ?1 AND number IN (SELECT post FROM citations"
    " WHERE key IN (SELECT key FROM names WHERE post = ?1)) ORDER BY number"
)
_CITED = (
    "SELECT p.id, count(DISTINCT c.post) FROM citations c JOIN names n ON n.key = c.key"
    " JOIN posts p ON p.number = n.post WHERE c.post != n.post GROUP BY n.post"
    " ORDER BY count(DISTINCT c.post) DESC, n.post"
)


def define(connection: sqlite3.Connection) -> None:
    """Let a connection know ``name_keys`` and ``citation_keys``, which migrations call."""
    connection.create_function("name_keys", 3, _name_keys, deterministic=True)
    connection.create_function("citation_keys", 2, _citation_keys, deterministic=True)


def put_citations(database: Database, number: int, post: Post) -> None:
    """Store what a post may be called, and what it cites, in place of what was there."""
    for table, keys in (
        ("names", keys_of_names((post.title, *post.other_titles), post.address, post.text)),
        ("citations", keys_of_citations(post.text, post.links)),
    ):
        rows = database.connection.execute(f"SELECT key FROM {table} WHERE post = ?", (number,))
        if {key for (key,) in rows} != keys:
            database.connection.execute(f"DELETE FROM {table} WHERE post = ?", (number,))
            database.connection.executemany(
                f"INSERT INTO {table} (key, post) VALUES (?, ?)", [(key, number) for key in keys]
            )


def named_by(database: Database, number: int) -> list[tuple[str, str, str | None]]:
    """Id, title and address of the posts that a post names.

    Those of titles of other copies come first, and of several the one that was added last.
    """
    return _named(database, _NAMED, number)


def all_names(database: Database) -> list[tuple[str, str, str | None]]:
    """The same of every post."""
    return _named(database, "1")


def _named(database: Database, which: str, *values: int) -> list[tuple[str, str, str | None]]:
    execute = database.connection.execute
    selects = _BY_OTHER_TITLES, _BY_OWN
    return [row for select in selects for row in execute(select.format(which), values)]


def citing_texts(database: Database) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Id, text and links of every post that cites something."""
    for post_id, text, links in database.connection.execute(_CITING_TEXTS):
        yield post_id, unpacked(text), names_from_json(links)


def labels_named_by(database: Database, number: int) -> dict[str, tuple[str, str]]:
    """The labels of other posts that a post names, with id and title of the post of each.

    Of several posts with one label the first counts.
    """
    return _labels(database, "n.key IN (SELECT key FROM citations WHERE post = ?)", number)


def all_labels(database: Database) -> dict[str, tuple[str, str]]:
    """The same of every post."""
    return _labels(database, "1")


def _labels(database: Database, which: str, *values: int) -> dict[str, tuple[str, str]]:
    rows = database.connection.execute(_LABELS.format(which), values)
    return {key.removeprefix(LABEL_SIGN): (post_id, title) for key, post_id, title in rows}


def citing(database: Database, number: int) -> list[tuple[str, str]]:
    """Title and id of the posts that name a post, in the library's order."""
    return database.connection.execute(_CITING, (number,)).fetchall()


def cited_posts(database: Database) -> dict[str, int]:
    """Of every post that others name, by its id, how many do; the most named first."""
    return dict(database.connection.execute(_CITED).fetchall())


def _name_keys(title: str, other_titles: str, address: str | None) -> str:
    return json.dumps(sorted(keys_of_names((title, *_names(other_titles)), address)))


def _citation_keys(text: str, links: str) -> str:
    return json.dumps(sorted(keys_of_citations(text, _names(links))))


def _names(source: str) -> tuple[str, ...]:
    """The names in a column of an older library; none, where it is damaged."""
    try:
        return names_from_json(source)
    except ColumnError:
        return ()
