"""Looking a library over: what is well, what was repaired, what is broken."""

from collections.abc import Iterator

from blogkit.indexing import Indexing
from blogkit.language import Message, in_clauses
from blogkit.reports import BackupReport, DoctorReport, Finding
from blogkit.store import backup
from blogkit.store import posts as stored_posts
from blogkit.store.database import Database
from blogkit.store.integrity import faults


def diagnose(folder: str, database: Database, indexing: Indexing) -> DoctorReport:
    """Look over database and index; an index that is not whole is made anew."""
    return DoctorReport(folder, tuple(_findings(database, indexing)))


def _findings(database: Database, indexing: Indexing) -> Iterator[Finding]:
    found = faults(database.connection)
    if found:
        yield Finding("database", "broken", in_clauses(found))
        return
    yield Finding(
        "database",
        "well",
        Message("{posts} posts", posts=stored_posts.count_posts(database)),
    )
    wrong = indexing.state()
    if wrong is None:
        sections = stored_posts.count_sections(database)
        yield Finding("index", "well", Message("{sections} sections", sections=sections))
    else:
        indexing.rebuild()
        yield Finding("index", "repaired", Message("{wrong}; made anew", wrong=wrong))


def back_up(database: Database, path: str) -> BackupReport:
    """Write a backup, and say what it holds."""
    size = backup.back_up(database, path)
    return BackupReport(path, stored_posts.count_posts(database), size)
