"""A library kept level with the files that it was made of, as they change.

Every look is a whole ``sync``, by its rules and none of its own: which files count, what becomes of
posts whose file is gone, of LaTeX projects and of bundles. What a look brought is found by
comparing what the library knows of its files before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from blogkit.errors import LibraryBusyError
from blogkit.library.adding import file_of, is_of_file
from blogkit.results.records import record
from blogkit.results.shown import Shown
from blogkit.sources.noticing import Notices, Places
from blogkit.sources.walk import below
from blogkit.store import sources as stored_sources

if TYPE_CHECKING:
    import threading

    from blogkit.library.reports import AddReport
    from blogkit.sources.reading import SourceProblem
    from blogkit.store.database import Database

What: TypeAlias = Literal["new", "changed", "gone", "back", "problem", "busy"]

LOOK_SECONDS = 1.0
"""How often it is looked whether other files and folders are to be watched, and whether to stop."""


@record
class FileChange(Shown):
    """What became of a file."""

    _is_whole = True
    _shown = ("what", "path", "posts", "message")

    what: What
    """``new``, ``changed``, ``gone`` (its posts are kept until they are removed), ``back``, a
    ``problem`` with it; ``busy``, where another process kept writing and it is tried again."""
    path: str | None
    """The file; None of a busy library."""
    posts: int
    """How many posts are read from it now."""
    line: int | None = None
    """Of a problem, the line."""
    message: str | None = None
    """Of a problem, what is wrong."""


def watch(
    database: Database,
    folder: str,
    sync: Callable[[], AddReport],
    *,
    stop: threading.Event,
    ready: Callable[[Places], None] | None = None,
) -> Iterator[FileChange]:
    """What changes in the files of a library, each time once the library is level with them.

    Args:
        database: the library's.
        folder: where the library lies; what changes there does not count.
        sync: brings the library level.
        stop: ends it, within about a second.
        ready: called with what is watched, each time that it is something else.

    Raises:
        MissingExtraError: without the extra ``watch``.
        LibraryError: if a folder can't be watched.
    """
    looks = _Looks(database, sync)
    is_level = False
    with Notices(folder) as notices:
        while not stop.is_set():
            places = watched_places(database)
            if notices.follow(places):
                is_level = False
                if ready:
                    ready(places)
            if not is_level:
                found = list(looks.changes())
                is_level = not any(change.what == "busy" for change in found)
                yield from found
            if notices.wait(LOOK_SECONDS):
                is_level = False


def watched_places(database: Database) -> Places:
    """The folders that were added, and the files outside of them."""
    folders = stored_sources.folders(database)
    files = (path for path in _known_files(database) if not any(below(path, folders)))
    return Places(tuple(folders), tuple(sorted(files)))


def _known_files(database: Database) -> dict[str, _Known]:
    """The files that were read, by their paths; of a bundle, all that is in it."""
    found: dict[str, _Known] = {}
    for path, digest, posts in stored_sources.digests(database):
        if is_of_file(path):
            known = found.get(file_of(path), _Known((), 0))
            found[file_of(path)] = _Known((*known.digests, digest), known.posts + posts)
    return found


@record
class _Known:
    """What the library knows of a file."""

    digests: tuple[str, ...]
    """Of its bytes, and of those of each file in it."""
    posts: int
    """How many posts are read from it."""


class _Looks:
    """What the library knows of its files, from look to look."""

    def __init__(self, database: Database, sync: Callable[[], AddReport]) -> None:
        self._database = database
        self._sync = sync
        self._known = _known_files(database)
        self._gone: frozenset[str] = frozenset()
        self._problems: frozenset[SourceProblem] = frozenset()

    def changes(self) -> Iterator[FileChange]:
        """Bring the library level; what changed since the last look."""
        try:
            report = self._sync()
        except LibraryBusyError as error:
            yield FileChange("busy", None, 0, message=error.text)
            return
        before, self._known = self._known, _known_files(self._database)
        gone, self._gone = self._gone, frozenset(report.gone)
        problems, self._problems = self._problems, frozenset(report.problems)
        changed = {path for path, known in self._known.items() if before.get(path) != known}
        for path in sorted(changed):
            yield self._change("changed" if path in before else "new", path)
        for path in sorted(gone - self._gone - changed):
            if path in self._known:
                yield self._change("back", path)
        for path in sorted(self._gone - gone):
            yield self._change("gone", path)
        for problem in report.problems:
            if problem not in problems or problem.path in changed:
                yield FileChange("problem", problem.path, 0, problem.line, problem.message)

    def _change(self, what: What, path: str) -> FileChange:
        return FileChange(what, path, self._known[path].posts)
