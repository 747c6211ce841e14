"""What finds copies of one post: put for each copy, and made anew where another version made it.

All functions here run inside one transaction of ``Database.writing``.
"""

from collections.abc import Callable

from blogkit.dedup.likeness import FINGERPRINTS_VERSION, ComparedText
from blogkit.store import copies as stored_copies
from blogkit.store.database import Database

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the file at hand."""


def put_fingerprints(database: Database, copy: int, compared: ComparedText) -> None:
    """Let a copy be found by its text and by its address."""
    stored_copies.insert_fingerprints(database, copy, compared.fingerprints())
    if compared.address is not None:
        stored_copies.insert_address(database, copy, compared.address)


def renew_fingerprints(database: Database, progress: Progress | None = None) -> None:
    """Make fingerprints anew, of all copies, if another version of blogkit made them.

    Without this, a new copy of a post would not be known for one. What is merged stays so.

    Args:
        database: where they are; nothing is read where they are this version's.
        progress: called before each copy, with its file.

    Raises:
        LibraryDamagedError: if a copy is not as it was written.
    """
    if stored_copies.fingerprints_version(database) == FINGERPRINTS_VERSION:
        return
    stored_copies.forget_fingerprints(database, version=FINGERPRINTS_VERSION)
    numbers = stored_copies.copy_ids(database)
    for done, number in enumerate(numbers):
        copy = stored_copies.read_copy(database, number)
        if progress:
            progress(done, len(numbers), copy.post.path or "")
        compared = ComparedText(copy.post)
        stored_copies.set_digest(database, number, compared.digest())
        put_fingerprints(database, number, compared)
