"""Copies: every post as it was read from a source, and the fingerprints that find its like."""

from __future__ import annotations

import json
from dataclasses import dataclass

from blogkit.language import Message
from blogkit.posts import Occurrence, Post
from blogkit.store.checksums import CHECKED, checksum, expect_sound, is_sound
from blogkit.store.columns import blocks_from_json, blocks_to_json, names_to_json
from blogkit.store.lists import names_from_json
from blogkit.store.packing import packed, unpacked
from blogkit.store.pictures import delete_references
from blogkit.text.dates import PostDate
from blogkit.text.normalize import storable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from blogkit.store.database import Database

COMMON_FINGERPRINT_COPIES = 50
"""A fingerprint that more copies share is boilerplate and proposes no candidates."""

LEAST_SHARED_FINGERPRINTS = 0.3
"""Least share of the fingerprints of the shorter text that a candidate has in common.

Of a copy it has at least half of the shingles in common, so about as many of the fingerprints.
"""

_COLUMNS = (
    "c.id, c.post, c.source, c.given_id, c.kind, c.similarity, c.line, c.end_line, c.truncated, "
    "c.title, c.title_from, c.year, c.month, c.day, c.tags, c.categories, c.comments, c.text, "
    f"c.blocks, c.address, c.links, c.digest, s.path, {is_sound(copies='c', sources='s')}"
)
_FROM = f"SELECT {_COLUMNS} FROM copies c JOIN sources s ON s.id = c.source"
_COPY_MARKS = ", ".join(f"?{number}" for number in range(2, 20))


@dataclass(frozen=True, slots=True)
class Copy:
    """A post as one source has it, in the database."""

    id: int
    """Its row."""
    post_number: int
    """The merged post that it belongs to."""
    source: int
    """The source that it was read from."""
    given_id: str | None
    """The id that a program gave it."""
    kind: str | None
    """How it is like the kept copy; None for the kept one."""
    similarity: float | None
    """How much, 0 to 1."""
    digest: bytes
    """Equal for copies whose texts differ in white space alone."""
    post: Post
    """The post as it was read, with one occurrence and no formulas."""


def read_copies(database: Database, *, post: int) -> list[Copy]:
    """The copies of a post, in the order in which they were added."""
    rows = database.connection.execute(f"{_FROM} WHERE c.post = ? ORDER BY c.id", (post,))
    return [_copy(database, row) for row in rows]


def read_copies_of_source(database: Database, source: int) -> list[Copy]:
    """The copies that a source holds, in their order there."""
    rows = database.connection.execute(f"{_FROM} WHERE c.source = ? ORDER BY c.id", (source,))
    return [_copy(database, row) for row in rows]


def has_copy(database: Database, *, source: int, post: int) -> bool:
    """Whether a post has a copy that a source holds."""
    row = database.connection.execute(
        "SELECT 1 FROM copies WHERE post = ? AND source = ? LIMIT 1", (post, source)
    )
    return row.fetchone() is not None


def insert_copy(
    database: Database,
    post: Post,
    *,
    post_number: int,
    source: int,
    given_id: str | None,
    digest: bytes,
) -> int:
    """Store a post as read; its row."""
    occurrence = post.occurrences[0]
    cursor = database.connection.execute(
        f"INSERT INTO copies (post, {', '.join(CHECKED['copies'])}, checksum)"
        f" VALUES (?1, {_COPY_MARKS}, checksum({_COPY_MARKS}))",
        (
            post_number, source, given_id, occurrence.line, occurrence.end_line, post.truncated,
            post.title, post.title_from, post.date.year, post.date.month, post.date.day,
            names_to_json(post.tags), names_to_json(post.categories), post.comments,
            packed(storable(post.text)), packed(blocks_to_json(post.blocks)), digest, post.address,
            names_to_json(post.links),
        ),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def delete_copy(database: Database, copy: int) -> None:
    """Forget a copy and what finds it."""
    execute = database.connection.execute
    execute("DELETE FROM addresses WHERE copy = ?", (copy,))
    execute("DELETE FROM fingerprints WHERE copy = ?", (copy,))
    delete_references(database, copy)
    execute("DELETE FROM copies WHERE id = ?", (copy,))


def move_copy(database: Database, copy: int, *, to_post: int) -> None:
    """Make a copy one of another post."""
    database.connection.execute("UPDATE copies SET post = ? WHERE id = ?", (to_post, copy))


def set_likeness(database: Database, copy: int, kind: str | None, similarity: float | None) -> None:
    """Say how a copy is like the kept one; None and None for the kept one itself."""
    database.connection.execute(
        "UPDATE copies SET kind = ?, similarity = ? WHERE id = ?", (kind, similarity, copy)
    )


def insert_fingerprints(database: Database, copy: int, hashes: Sequence[int]) -> None:
    """Store the fingerprints of a copy; hashes are signed numbers."""
    database.connection.executemany(
        "INSERT OR IGNORE INTO fingerprints VALUES (?, ?, ?)",
        ((value, copy, len(hashes)) for value in hashes),
    )


def insert_address(database: Database, copy: int, key: str) -> None:
    """Let a copy be found by the key of its address."""
    database.connection.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", (key, copy))


def copy_ids(database: Database) -> list[int]:
    """The rows of all copies, in order."""
    rows = database.connection.execute("SELECT id FROM copies ORDER BY id")
    return [copy for (copy,) in rows]


def set_digest(database: Database, copy: int, digest: bytes) -> None:
    """Say anew what texts that are the same share."""
    database.connection.execute("UPDATE copies SET digest = ? WHERE id = ?", (digest, copy))
    database.connection.execute(
        f"UPDATE copies SET checksum = {checksum('copies')} WHERE id = ?", (copy,)
    )


def fingerprints_version(database: Database) -> int:
    """By which version the fingerprints were made; 0 if it is not known."""
    (version,) = database.connection.execute("SELECT fingerprints FROM library").fetchone()
    return int(version)


def forget_fingerprints(database: Database, *, version: int) -> None:
    """Forget what finds copies, all of which is to be made anew by that version."""
    execute = database.connection.execute
    execute("DELETE FROM fingerprints")
    execute("DELETE FROM addresses")
    execute("UPDATE library SET fingerprints = ?", (version,))


_EQUAL = """
SELECT min(id) FROM (SELECT id, title FROM copies WHERE digest = ?1 ORDER BY id LIMIT 1000)
GROUP BY title ORDER BY title != ?2, 1 LIMIT 4
"""
"""Copies of one text, one of each title; bounded, so that many cost no more each than some."""


def candidates(
    database: Database,
    digest: bytes,
    hashes: Sequence[int],
    *,
    title: str = "",
    key: str | None = None,
    limit: int,
) -> Iterator[Copy]:
    """Copies that may be of the same post: those of the same text, one of each title; then those at
    the same address, the latest first, then those that share fingerprints, most first.

    Fingerprints that very many copies share are passed over, so the cost does not grow with what
    a collection repeats on every page.

    Args:
        database: where they are.
        digest: of the text.
        hashes: the fingerprints.
        title: of the post; a copy of the same text and title comes first.
        key: of the address, if the post has one.
        limit: how many at most by address, and by fingerprints.
    """
    equal = database.connection.execute(_EQUAL, (digest, title)).fetchall()
    rows = [copy for (copy,) in equal]
    for copy in rows:
        yield read_copy(database, copy)
    others = _at_address(database, key, limit) if key else []
    others += _sharing(database, hashes, limit)
    for copy in dict.fromkeys(others):
        if copy not in rows:
            yield read_copy(database, copy)


def read_copy(database: Database, copy: int) -> Copy:
    """The copy of that row, which must be there."""
    row = database.connection.execute(f"{_FROM} WHERE c.id = ?", (copy,)).fetchone()
    return _copy(database, row)


def _at_address(database: Database, key: str, limit: int) -> list[int]:
    rows = database.connection.execute(
        "SELECT copy FROM addresses WHERE key = ? ORDER BY copy DESC LIMIT ?", (key, limit)
    )
    return [copy for (copy,) in rows]


_SHARING = f"""
SELECT f.copy, count(*) AS shared FROM json_each(?1) AS asked
JOIN fingerprints AS f ON f.hash = asked.value
WHERE {COMMON_FINGERPRINT_COPIES} >= (
    SELECT count(*) FROM (
        SELECT 1 FROM fingerprints WHERE hash = asked.value LIMIT {COMMON_FINGERPRINT_COPIES} + 1
    )
)
GROUP BY f.copy HAVING shared >= {LEAST_SHARED_FINGERPRINTS} * min(?2, f.of_copy)
ORDER BY shared DESC, f.copy LIMIT ?3
"""


def _sharing(database: Database, hashes: Sequence[int], limit: int) -> list[int]:
    """Copies with enough fingerprints in common, most first, at most so many."""
    rows = database.connection.execute(_SHARING, (json.dumps(hashes), len(hashes), limit))
    return [copy for copy, _ in rows]


def _copy(database: Database, row: tuple[Any, ...]) -> Copy:
    (copy, post_number, source, given_id, kind, similarity, line, end_line, truncated,
     title, title_from, year, month, day, tags, categories, comments, text, blocks, address,
     links, digest, path, sound) = row  # fmt: skip
    expect_sound(
        sound,
        database.path,
        Message("copy {copy}, of {path}", copy=copy, path=path or Message("a program")),
    )
    post = Post(
        title=title,
        text=unpacked(text),
        title_from=title_from,
        date=PostDate(year, month, day),
        tags=names_from_json(tags),
        categories=names_from_json(categories),
        comments=comments,
        truncated=bool(truncated),
        blocks=blocks_from_json(unpacked(blocks)),
        occurrences=(Occurrence(path, line, end_line, bool(truncated)),),
        address=address,
        links=names_from_json(links),
    )
    return Copy(copy, post_number, source, given_id, kind, similarity, digest, post)
