"""Looking a library over: what is well, what was repaired, what is broken."""

from collections.abc import Iterator

from blogkit.language import Message, in_clauses
from blogkit.library.indexing import Indexing
from blogkit.library.reports import BackupReport, DoctorReport, Finding
from blogkit.sources.walk import below
from blogkit.store import backup
from blogkit.store import posts as stored_posts
from blogkit.store import sources as stored_sources
from blogkit.store.database import Database
from blogkit.store.integrity import faults
from blogkit.store.listing import count_posts


def diagnose(folder: str, database: Database, indexing: Indexing) -> DoctorReport:
    """Look over database and index; an index that is not whole is made anew."""
    return DoctorReport(folder, tuple(_findings(database, indexing)))


def _findings(database: Database, indexing: Indexing) -> Iterator[Finding]:
    found = faults(database.connection)
    if found:
        yield Finding("database", "broken", in_clauses(found))
        return
    count = count_posts(database)
    yield Finding("database", "well", Message("{posts} posts", posts=count))
    for folder in _folders_unread(database):
        message = Message(
            "sync walks {folder}, of which nothing was read; 'blogkit remove' forgets it",
            folder=folder,
        )
        yield Finding("folder", "well", message)
    wrong = indexing.state()
    if wrong is None:
        sections = stored_posts.count_sections(database)
        yield Finding("index", "well", Message("{sections} sections", sections=sections))
    else:
        indexing.rebuild()
        yield Finding("index", "repaired", Message("{wrong}; made anew", wrong=wrong))


def _folders_unread(database: Database) -> list[str]:
    """Folders that sync walks although nothing in them was ever read.

    Somebody else may have put them there; or there was nothing to read yet.
    """
    paths = [source.path for source in stored_sources.all_sources(database) if source.path]
    folders = stored_sources.folders(database)
    read = {folder for path in paths for folder in below(path, folders)}
    return [folder for folder in folders if folder not in read]


def back_up(database: Database, path: str) -> BackupReport:
    """Write a backup, and say what it holds."""
    size = backup.back_up(database, path)
    return BackupReport(path, count_posts(database), size)
