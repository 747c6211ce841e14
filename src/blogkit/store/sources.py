"""Sources: what was added, by which digest, and from which folders."""

from dataclasses import dataclass

from blogkit.store.checksums import checksum
from blogkit.store.database import Database


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A file, a program's post or standard input, as it was last read."""

    id: int
    """Its row."""
    key: str
    """What makes it one: an absolute path, ``post:ID``, ``-:DIGEST`` or an address of the web."""
    path: str | None
    """The file; None for a program's post."""
    digest: str
    """SHA-256 of its bytes when they were read; empty where they are to be read anew."""
    format: str
    """Name of the reader."""
    encoding: str
    """Encoding of its text."""
    format_told: bool
    """Whether the user named the format."""
    encoding_told: bool
    """Whether the user named the encoding."""


_COLUMNS = "id, key, path, digest, format, encoding"
_TOLD = " (told)"
"""Stands in the database behind a format or an encoding that the user named."""


def _source(row: tuple[int, str, str | None, str, str, str]) -> StoredSource:
    number, key, path, digest, format, encoding = row
    return StoredSource(
        number,
        key,
        path,
        digest,
        format.removesuffix(_TOLD),
        encoding.removesuffix(_TOLD),
        format.endswith(_TOLD),
        encoding.endswith(_TOLD),
    )


def find_source(database: Database, key: str) -> StoredSource | None:
    """The source of that key."""
    row = database.connection.execute(
        f"SELECT {_COLUMNS} FROM sources WHERE key = ?", (key,)
    ).fetchone()
    return _source(row) if row else None


def all_sources(database: Database) -> list[StoredSource]:
    """All sources, by key."""
    rows = database.connection.execute(f"SELECT {_COLUMNS} FROM sources ORDER BY key")
    return [_source(row) for row in rows]


def digests(database: Database) -> list[tuple[str, str, int]]:
    """Path and digest of every source that has a path, and of how many copies it is, by key."""
    return database.connection.execute(
        "SELECT s.path, s.digest, count(c.id) FROM sources s LEFT JOIN copies c ON c.source = s.id"
        " WHERE s.path IS NOT NULL GROUP BY s.id ORDER BY s.key"
    ).fetchall()


def sources_that_begin(database: Database, begin: str) -> list[StoredSource]:
    """The sources whose key begins so, by key; found without a look at the others.

    Args:
        database: where they are.
        begin: one character or more.
    """
    end = begin[:-1] + chr(ord(begin[-1]) + 1)
    rows = database.connection.execute(
        f"SELECT {_COLUMNS} FROM sources WHERE key >= ? AND key < ? ORDER BY key", (begin, end)
    )
    return [_source(row) for row in rows]


def put_source(
    database: Database,
    key: str,
    *,
    path: str | None,
    digest: str,
    format: str,
    encoding: str,
    format_told: bool = False,
    encoding_told: bool = False,
) -> int:
    """Store a source or what is new of it; its row.

    Args:
        database: where.
        key: what makes it one.
        path: the file, or None.
        digest: SHA-256 of its bytes.
        format: name of the reader.
        encoding: encoding of its text.
        format_told: whether the user named the format, so that sync reads by it again.
        encoding_told: whether the user named the encoding.
    """
    format += _TOLD if format_told else ""
    encoding += _TOLD if encoding_told else ""
    (row,) = database.connection.execute(
        "INSERT INTO sources (key, path, digest, format, encoding) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, format = excluded.format,"
        " encoding = excluded.encoding RETURNING id",
        (key, path, digest, format, encoding),
    ).fetchone()
    database.connection.execute(
        f"UPDATE sources SET checksum = {checksum('sources')} WHERE id = ?", (row,)
    )
    return int(row)


def set_digest(database: Database, key: str, digest: str) -> None:
    """Say anew by what a change of a source is noticed."""
    database.connection.execute(
        "UPDATE sources SET digest = ?1 WHERE key = ?2 AND digest != ?1", (digest, key)
    )
    database.connection.execute(
        f"UPDATE sources SET checksum = {checksum('sources')} WHERE key = ?", (key,)
    )


def delete_source(database: Database, source: int) -> None:
    """Forget a source, whose copies must be gone already, and what its server said of it."""
    database.connection.execute(
        "DELETE FROM pages WHERE key = (SELECT key FROM sources WHERE id = ?)", (source,)
    )
    database.connection.execute("DELETE FROM sources WHERE id = ?", (source,))


def validators(database: Database, key: str) -> tuple[str | None, str | None]:
    """``ETag`` and ``Last-Modified`` of a page when it was fetched last.

    None of a page that is to be read anew, of which the library may lack what was read: told these,
    its server would not send it again.
    """
    row = database.connection.execute(
        "SELECT etag, modified FROM pages JOIN sources USING (key) WHERE key = ? AND digest != ''",
        (key,),
    ).fetchone()
    return (row[0], row[1]) if row else (None, None)


def put_validators(database: Database, key: str, etag: str | None, modified: str | None) -> None:
    """Keep what a server said of a page."""
    database.connection.execute(
        "INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (key, etag, modified)
    )


def folders(database: Database) -> list[str]:
    """The folders that were added, sorted."""
    rows = database.connection.execute("SELECT path FROM folders ORDER BY path")
    return [path for (path,) in rows]


def remember_folder(database: Database, path: str) -> None:
    """Let sync walk this folder."""
    _insert_new(database, "folders", path)


def forget_folder(database: Database, path: str) -> bool:
    """Let sync walk this folder no more; whether it did."""
    done = database.connection.execute("DELETE FROM folders WHERE path = ?", (path,))
    return done.rowcount > 0


def removed_files(database: Database) -> set[str]:
    """Files that were removed from the library and that sync does not bring back."""
    rows = database.connection.execute("SELECT path FROM removed_files")
    return {path for (path,) in rows}


def remember_removed(database: Database, path: str) -> None:
    """Keep sync from bringing this file back."""
    _insert_new(database, "removed_files", path)


def forget_removed(database: Database, path: str) -> None:
    """Let this file be added again."""
    database.connection.execute("DELETE FROM removed_files WHERE path = ?", (path,))


def _insert_new(database: Database, table: str, path: str) -> None:
    database.connection.execute(f"INSERT OR IGNORE INTO {table} VALUES (?)", (path,))
