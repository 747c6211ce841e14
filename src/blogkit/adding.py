"""Adding, syncing and removing sources: files to copies, in one transaction each."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from blogkit.errors import SourceError
from blogkit.ingest import Intake
from blogkit.posts import Occurrence, Post
from blogkit.reports import AddReport, LeftOut, RemoveReport
from blogkit.sources.read import read_file, read_posts, with_formulas
from blogkit.sources.reading import SourceProblem
from blogkit.sources.walk import Walk, below, walk
from blogkit.store import posts as stored_posts
from blogkit.store import sources as stored_sources
from blogkit.store.columns import storable_post
from blogkit.store.database import Database
from blogkit.text.normalize import storable

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the file at hand."""


@dataclass(slots=True)
class Addition:
    """One ``add`` or ``sync`` while it runs, inside a transaction."""

    database: Database
    """Where posts go."""
    intake: Intake
    """What takes the copies in."""
    files: int = 0
    """Files and posts looked at."""
    unchanged: int = 0
    """Those that are as they were."""
    formulas: int = 0
    """Formulas read."""
    unreadable: int = 0
    """Files that could not be read."""
    problems: list[SourceProblem] = field(default_factory=list)
    """What was wrong."""
    left_out: list[LeftOut] = field(default_factory=list)
    """Lines that belong to no post."""
    gone: list[str] = field(default_factory=list)
    """Sources whose file is no longer there."""
    started: float = field(default_factory=time.monotonic)
    """When it began."""

    def add_files(self, found: Walk, progress: Progress | None, stdin: bytes | None) -> None:
        """Read the files that were found, those that changed since they were read last."""
        self.problems += found.problems
        self.unreadable += len(found.problems)
        for done, path in enumerate(found.files):
            if progress:
                progress(done, len(found.files), path)
            self.files += 1
            try:
                self._add_file(path, stdin)
            except SourceError as error:
                self.unreadable += 1
                self.problems.append(SourceProblem(path, error.line, error.code, str(error)))
        if progress and found.files:
            progress(len(found.files), len(found.files), "")

    def add_post(self, post: Post) -> None:
        """Take a post that a program gave."""
        self.files += 1
        post = storable_post(post)
        end_line = post.text.count("\n") + 1
        post = replace(post, occurrences=(Occurrence(None, 1, end_line, post.truncated),))
        post, problems = with_formulas(post)
        content = repr((post.title, post.text, post.date, post.tags, post.categories))
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        key = f"post:{post.id or digest}"
        if self._is_unchanged(key, digest):
            return
        self.problems += problems
        self.formulas += len(post.formulas)
        source = stored_sources.put_source(
            self.database, key, path=None, digest=digest, format="program", encoding="utf-8"
        )
        self.intake.take(source, [post])

    def report(self, skipped: dict[str, int]) -> AddReport:
        """What was done."""
        return AddReport(
            files=self.files,
            entries=self.intake.entries,
            posts=self.intake.new_posts,
            merged=self.intake.merged,
            formulas=self.formulas,
            unchanged=self.unchanged,
            problems=tuple(self.problems),
            skipped=skipped,
            left_out=tuple(self.left_out),
            gone=tuple(self.gone),
            unreadable=self.unreadable,
            seconds=time.monotonic() - self.started,
        )

    def _add_file(self, path: str, stdin: bytes | None) -> None:
        _expect_utf8(path)
        data = (stdin or b"") if path == "-" else read_file(path)
        digest = hashlib.sha256(data).hexdigest()
        key = f"-:{digest}" if path == "-" else os.path.abspath(path)
        stored_path = path if path == "-" else key
        stored_sources.forget_removed(self.database, key)
        if self._is_unchanged(key, digest):
            return
        reading = read_posts(data, path)
        self.problems += reading.problems
        self.left_out += [LeftOut(path, *lines) for lines in reading.left_out]
        self.formulas += sum(len(post.formulas) for post in reading.posts)
        source = stored_sources.put_source(
            self.database, key, path=stored_path, digest=digest, format=reading.format,
            encoding=reading.encoding,
        )  # fmt: skip
        self.intake.take(source, reading.posts)

    def _is_unchanged(self, key: str, digest: str) -> bool:
        known = stored_sources.find_source(self.database, key)
        unchanged = known is not None and known.digest == digest
        self.unchanged += unchanged
        return unchanged


def _expect_utf8(path: str) -> None:
    """Go on only with a name that a database can hold: a file system takes any bytes."""
    if storable(path) != path:
        message = "expected a file name in UTF-8, found other bytes: rename the file"
        raise SourceError("file-name", path, message)


def add_paths(
    database: Database, paths: Sequence[str], progress: Progress | None, stdin: bytes | None
) -> AddReport:
    """Read files and folders into the library."""
    found = walk(list(paths))
    with database.writing() as generation:
        addition = Addition(database, Intake(database, generation))
        for path in paths:
            if os.path.isdir(path):
                stored_sources.remember_folder(database, storable(os.path.abspath(path)))
        addition.add_files(found, progress, stdin)
        addition.intake.finish()
    return addition.report(found.skipped)


def add_posts(database: Database, posts: Iterable[Post]) -> AddReport:
    """Take posts from a program into the library."""
    with database.writing() as generation:
        addition = Addition(database, Intake(database, generation))
        for post in posts:
            addition.add_post(post)
        addition.intake.finish()
    return addition.report({})


def sync(database: Database, progress: Progress | None) -> AddReport:
    """Read every source again, and the folders that were added for new files."""
    with database.writing() as generation:
        addition = Addition(database, Intake(database, generation))
        folders = stored_sources.folders(database)
        found = walk([folder for folder in folders if os.path.isdir(folder)])
        sources = [source.path for source in stored_sources.all_sources(database)]
        files = sorted(path for path in sources if path and path != "-")
        addition.gone += [path for path in files if not os.path.lexists(path)]
        known = [path for path in files if os.path.lexists(path)]
        removed = stored_sources.removed_files(database)
        found.files = [
            path for path in dict.fromkeys([*known, *found.files]) if path not in removed
        ]
        addition.add_files(found, progress, None)
        addition.intake.finish()
    return addition.report(found.skipped)


def remove_paths(database: Database, paths: Sequence[str]) -> RemoveReport:
    """Forget sources, those below a folder too, and the posts that only they held."""
    with database.writing() as generation:
        before = stored_posts.count_posts(database)
        intake = Intake(database, generation)
        removed: list[str] = []
        unknown: list[str] = []
        for path in paths:
            keys = _keys_of(database, path)
            removed += keys
            if not keys:
                unknown.append(path)
            stored_sources.forget_folder(database, os.path.abspath(path))
        for key in dict.fromkeys(removed):
            source = stored_sources.find_source(database, key)
            if source:
                intake.drop_source(source.id)
                stored_sources.delete_source(database, source.id)
                if any(below(key, stored_sources.folders(database))):
                    stored_sources.remember_removed(database, key)
        intake.finish()
        after = stored_posts.count_posts(database)
    return RemoveReport(len(set(removed)), before - after, tuple(unknown))


def _keys_of(database: Database, path: str) -> list[str]:
    """Keys of the sources that a path means: itself, or what lies below it."""
    whole = os.path.abspath(path)
    return [
        source.key
        for source in stored_sources.all_sources(database)
        if source.key == path
        or any(below(source.key, [whole]))
        or (path == "-" and source.key.startswith("-:"))
    ]
