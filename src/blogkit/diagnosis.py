"""Looking a library over: what is well, what was repaired, what is broken."""

from collections.abc import Iterator

from blogkit.indexing import Indexing
from blogkit.language import Message, in_clauses
from blogkit.reports import BackupReport, DoctorReport, Finding
from blogkit.store import backup
from blogkit.store import posts as stored_posts
from blogkit.store import sources as stored_sources
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
    yield Finding("database", "well", _holdings(database))
    wrong = indexing.state()
    if wrong is None:
        sections = stored_posts.count_sections(database)
        yield Finding("index", "well", Message("{sections} sections", sections=sections))
    else:
        indexing.rebuild()
        yield Finding("index", "repaired", Message("{wrong}; made anew", wrong=wrong))


def _holdings(database: Database) -> str:
    """How many posts there are, and which folders sync reads: in a library from somebody else,
    they are of that one's choosing."""
    posts, folders = stored_posts.count_posts(database), stored_sources.folders(database)
    if not folders:
        return Message("{posts} posts", posts=posts)
    return Message("{posts} posts; sync walks {folders}", posts=posts, folders=", ".join(folders))


def back_up(database: Database, path: str) -> BackupReport:
    """Write a backup, and say what it holds."""
    size = backup.back_up(database, path)
    return BackupReport(path, stored_posts.count_posts(database), size)
