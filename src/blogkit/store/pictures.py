"""Pictures of posts, in the database: each once, by SHA-256, and where copies of posts refer to it.

What they are lies apart from their bytes, so that a post is read without these.
"""

from __future__ import annotations

from blogkit.errors import PictureNotFoundError
from blogkit.language import Message
from blogkit.posts import Picture
from blogkit.store.checksums import CHECKED, expect_sound, is_sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.store.database import Database


def _insert(table: str) -> str:
    """SQL that puts a row, with its checksum, where there is none yet."""
    columns = CHECKED[table]
    marks = ", ".join(f"?{number}" for number in range(1, len(columns) + 1))
    return (
        f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}, checksum)"
        f" VALUES ({marks}, checksum({marks}))"
    )


_PUT, _PUT_DATA = _insert("pictures"), _insert("picture_data")
_REFER = _insert("picture_references")
_OF_POST = (
    "SELECT c.id = ?2, r.address, r.caption, r.line, p.digest, p.type, p.width, p.height,"
    f" p.bytes, {is_sound(picture_references='r', pictures='p')}"
    " FROM copies c JOIN picture_references r ON r.copy = c.id"
    " JOIN pictures p ON p.digest = r.picture WHERE c.post = ?1"
    " ORDER BY c.id, r.line"
)


def put_picture(database: Database, picture: Picture, data: bytes) -> None:
    """Store a picture, unless it is there."""
    execute = database.connection.execute
    size = (picture.width, picture.height, picture.bytes)
    execute(_PUT, (picture.digest, picture.type, *size))
    execute(_PUT_DATA, (picture.digest, data))


def put_reference(database: Database, copy: int, picture: Picture) -> None:
    """Let a copy refer to a picture that is stored."""
    told = (copy, picture.address, picture.caption, picture.line, picture.digest)
    database.connection.execute(_REFER, told)


def pictures_of_post(
    database: Database, number: int, kept: int
) -> tuple[list[Picture], list[Picture]]:
    """The pictures of the kept copy of a post, and those of its others.

    Args:
        database: where.
        number: the post's number.
        kept: row of the kept copy.

    Raises:
        LibraryDamagedError: if a row is not as it was written.
    """
    rows = database.connection.execute(_OF_POST, (number, kept)).fetchall()
    for *_, sound in rows:
        expect_sound(sound, database.path, Message("a picture of post {number}", number=number))
    own = [Picture(*told) for is_own, *told, _ in rows if is_own]
    return own, [Picture(*told) for is_own, *told, _ in rows if not is_own]


def pictures_of_source(database: Database, source: int) -> dict[str, str]:
    """The pictures to which the copies of a source refer: digests by address."""
    rows = database.connection.execute(
        "SELECT r.address, r.picture FROM copies c JOIN picture_references r ON r.copy = c.id"
        " WHERE c.source = ?",
        (source,),
    )
    return dict(rows.fetchall())


def find_picture(database: Database, digest: str) -> tuple[Picture, bytes]:
    """A picture, which knows no post here, and its bytes.

    Args:
        database: where.
        digest: SHA-256 in hexadecimal, or an unambiguous beginning of it.

    Raises:
        PictureNotFoundError: if there is none, or several begin so.
        LibraryDamagedError: if it is not as it was written.
    """
    rows = database.connection.execute(
        "SELECT p.digest, type, width, height, bytes, data,"
        f" {is_sound(pictures='p', picture_data='d')}"
        " FROM pictures p JOIN picture_data d USING (digest)"
        " WHERE p.digest >= ?1 AND p.digest < ?1 || 'g' LIMIT 2",
        (digest.lower(),),
    ).fetchall()
    if len(rows) != 1 or not digest:
        raise PictureNotFoundError(
            Message(
                "no picture, or no single one, has the digest '{digest}'; 'blogkit show --json' "
                "lists those of a post",
                digest=digest[:80],
            )
        )
    whole, kind, width, height, size, data, sound = rows[0]
    expect_sound(sound, database.path, Message("picture {digest}", digest=whole))
    return Picture("", "", 1, whole, kind, width, height, size), data


def delete_references(database: Database, copy: int) -> None:
    """Forget what a copy refers to."""
    database.connection.execute("DELETE FROM picture_references WHERE copy = ?", (copy,))


def delete_orphans(database: Database) -> None:
    """Forget the pictures that no copy refers to."""
    orphans = "NOT IN (SELECT picture FROM picture_references)"
    for table in ("picture_data", "pictures"):
        database.connection.execute(f"DELETE FROM {table} WHERE digest {orphans}")


def count_pictures(database: Database) -> tuple[int, int]:
    """How many pictures there are, and their bytes together."""
    select = "SELECT count(*), ifnull(sum(bytes), 0) FROM pictures"
    count, size = database.connection.execute(select).fetchone()
    return int(count), int(size)
