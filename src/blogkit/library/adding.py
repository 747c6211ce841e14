"""Adding, syncing and removing sources: files to copies, in one transaction each."""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from blogkit.dedup.likeness import ComparedText, overlap
from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.library.fingerprinting import Progress
from blogkit.library.intake import Intake
from blogkit.library.pages import Asking, Page
from blogkit.library.reports import AddReport, LeftOut, RemoveReport
from blogkit.posts import Occurrence, Post
from blogkit.sources.bundles import MEMBER_MARK, is_bundle_name
from blogkit.sources.decode import encoding_name
from blogkit.sources.images.neighbours import FolderNeighbours, stamp_beside
from blogkit.sources.read import (
    GUESS,
    Reading,
    Told,
    digest_of,
    place_of,
    read_file,
    read_source,
    with_formulas,
)
from blogkit.sources.reading import SourceProblem
from blogkit.sources.tex.project import FolderFiles, Projects
from blogkit.sources.walk import Walk, below, walk
from blogkit.store import copies as stored_copies
from blogkit.store import sources as stored_sources
from blogkit.store.columns import storable_post
from blogkit.store.database import Database
from blogkit.store.listing import count_posts
from blogkit.store.pictures import pictures_of_source
from blogkit.text.addresses import is_web_address
from blogkit.text.normalize import storable

_LEAST_KEPT = 0.1
"""The share of the shorter text that two readings of a page have in common at least."""


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
    skipped: Counter[str] = field(default_factory=Counter)
    """Files in bundles that were passed over, by reason."""
    told: Told = GUESS
    """What the user says of the files."""
    gone: list[str] = field(default_factory=list)
    """Sources whose file is no longer there."""
    folders: Sequence[str] = ()
    """Folders that were added, now or before, as absolute paths: pictures may lie below them."""
    projects: Projects = field(default_factory=lambda: Projects(FolderFiles()))
    """The LaTeX projects that files belong to."""
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
                self.problems.append(SourceProblem(path, error.line, error.code, error.text))
        if progress and found.files:
            progress(len(found.files), len(found.files), "")

    def add_post(self, post: Post) -> None:
        """Take a post that a program gave."""
        self.files += 1
        post = storable_post(post)
        if post.is_empty:
            message = Message(
                "expected a post with a title or text, found neither; it was not added"
            )
            self.problems.append(SourceProblem(None, None, "empty", message))
            return
        end_line = post.text.count("\n") + 1
        post = replace(post, occurrences=(Occurrence(None, 1, end_line, post.truncated),))
        post, problems = with_formulas(post)
        digest = _digest_of_post(post)
        key = f"post:{post.id or digest}"
        if self._is_unchanged(key, digest):
            return
        self.problems += problems
        self.formulas += len(post.formulas)
        source = stored_sources.put_source(
            self.database, key, path=None, digest=digest, format="program", encoding="utf-8"
        )
        self.intake.take(source, [post])

    def add_asked(self, asking: Asking) -> None:
        """Take all pages that were fetched, and tell of those that could not be."""
        self.problems += (*asking.problems, *asking.picture_problems)
        self.unreadable += len(asking.problems)
        self.files += len(asking.problems) + len(asking.gone)
        self.gone += asking.gone
        for page in asking.pages:
            self.add_page(page)

    def add_page(self, page: Page) -> None:
        """Take a page that was fetched.

        Each entry of a listing or a feed is a source of its own, so that it stays when the next
        reading no longer has it.
        """
        self.files += 1
        told = page.fetched.validators
        if page.fetched.is_unchanged:
            self.unchanged += 1
        elif page.brings_pictures or not self._is_unchanged(
            page.key, digest_of(page.fetched.data), page.told
        ):
            for reading in page.readings:
                self._take_reading(reading, page.key + reading.path[len(page.key) :], page.told)
        stored_sources.put_validators(self.database, page.key, told.etag, told.modified)

    def _take_reading(self, reading: Reading, key: str, told: Told) -> None:
        is_reread = told.format is not None or told.encoding is not None
        if not is_reread and self._is_lost(reading, key):
            message = Message(
                "{path}: expected the text that is known of it, found another or none; the copy in "
                "the library is kept; remove it to read the page anew",
                path=key,
            )
            self.problems.append(SourceProblem(key, None, "other-text", message))
        elif reading.is_list:
            self._take_entries(reading, key)
            self._take(replace(reading, posts=()), key, told)
        else:
            self._take(reading, key, told)

    def _is_lost(self, reading: Reading, key: str) -> bool:
        """Whether a page that was read before has next to nothing of its text any more.

        A page that only scripts fill, or a host's notice in its place, is no new text of the post.
        """
        source = stored_sources.find_source(self.database, key)
        held = stored_copies.read_copies_of_source(self.database, source.id) if source else []
        if not held:
            return False
        texts = [ComparedText(copy.post) for copy in held]
        return not any(
            overlap(ComparedText(post).shingles, text.shingles)[1] >= _LEAST_KEPT
            for post in reading.posts
            for text in texts
        )

    def _take_entries(self, reading: Reading, key: str) -> None:
        named: Counter[str] = Counter()
        for post in reading.posts:
            self.formulas += len(post.formulas)
            name = post.address or post.title
            named[name] += 1
            again = f" ({named[name]})" if named[name] > 1 else ""
            source = stored_sources.put_source(
                self.database,
                f"{key}{MEMBER_MARK}{name}{again}",
                path=key,
                digest=_digest_of_post(post),
                format=reading.format,
                encoding=reading.encoding,
            )
            self.intake.take(source, [post], reading.pictures)

    def report(self, skipped: dict[str, int]) -> AddReport:
        """What was done; skipped are the files that were passed over in folders."""
        return AddReport(
            files=self.files,
            entries=self.intake.entries,
            posts=self.intake.new_posts,
            merged=self.intake.merged,
            formulas=self.formulas,
            unchanged=self.unchanged,
            pictures=self.intake.pictures,
            problems=(*self.problems, *self.intake.problems),
            skipped=dict(self.skipped + Counter(skipped)),
            left_out=tuple(self.left_out),
            gone=tuple(self.gone),
            unreadable=self.unreadable,
            seconds=time.monotonic() - self.started,
        )

    def _add_file(self, path: str, stdin: bytes | None) -> None:
        _expect_utf8(path)
        data = (stdin or b"") if path == "-" else read_file(path)
        digest = digest_of(data, place_of(path, self.projects))
        key = f"-:{digest}" if path == "-" else os.path.abspath(path)
        told = self._told_of(key)
        stored_sources.forget_removed(self.database, key)
        beside = None if path == "-" else FolderNeighbours(path, self.folders)
        if self._is_unchanged(key, self._with_pictures(digest, key, beside), told):
            return
        readings = list(read_source(data, path, told, self.projects, beside))
        for reading in readings:
            self._take(reading, key + reading.path[len(path) :], told)
        self._drop_members(key, {key + reading.path[len(path) :] for reading in readings})
        stored_sources.set_digest(self.database, key, self._with_pictures(digest, key, beside))

    def _with_pictures(self, digest: str, key: str, beside: FolderNeighbours | None) -> str:
        """A file's digest, which changes too with the pictures beside it that are kept."""
        source = stored_sources.find_source(self.database, key) if beside else None
        known = pictures_of_source(self.database, source.id) if source else {}
        stamps = [stamp_beside(address, key, beside) for address in sorted(known)] if beside else []
        told = "".join(filter(None, stamps))
        return (
            hashlib.sha256((digest + told).encode("utf-8", "replace")).hexdigest()
            if told
            else digest
        )

    def _take(self, reading: Reading, key: str, told: Told) -> None:
        """Take in what one file holds, or one file of a bundle."""
        self.problems += reading.problems
        self.unreadable += reading.is_unreadable
        self.skipped.update(reading.skipped)
        if not reading.format:
            return
        self.left_out += [LeftOut(reading.path, *lines) for lines in reading.left_out]
        self.formulas += sum(len(post.formulas) for post in reading.posts)
        source = stored_sources.put_source(
            self.database,
            key,
            path=reading.path if reading.path.startswith("-") else key,
            digest=reading.digest,
            format=reading.format,
            encoding=reading.encoding,
            format_told=told.format is not None,
            encoding_told=told.encoding is not None,
        )
        self.intake.take(source, reading.posts, reading.pictures)

    def _told_of(self, key: str) -> Told:
        """What the user says of a file now, else what was said when it was read last."""
        known = stored_sources.find_source(self.database, key)
        if known is None:
            return self.told
        return Told(
            self.told.format or (known.format if known.format_told else None),
            self.told.encoding or (known.encoding if known.encoding_told else None) or None,
        )

    def _drop_members(self, key: str, kept: set[str]) -> None:
        """Forget the files of a bundle that are no longer in it."""
        for source in stored_sources.sources_that_begin(self.database, key + MEMBER_MARK):
            if source.key not in kept:
                self.intake.drop_source(source.id)
                stored_sources.delete_source(self.database, source.id)

    def _is_unchanged(self, key: str, digest: str, told: Told = GUESS) -> bool:
        known = stored_sources.find_source(self.database, key)
        unchanged = (
            known is not None
            and known.digest == digest
            and told.format in (None, known.format)
            and (not told.encoding or encoding_name(told.encoding) == known.encoding)
        )
        self.unchanged += unchanged
        return unchanged


def _digest_of_post(post: Post) -> str:
    """SHA-256 of what a program said of a post; of one without address, as it always was."""
    said: tuple[object, ...] = (post.title, post.text, post.date, post.tags, post.categories)
    if post.address or post.links:
        said += (post.address, post.links)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def file_of(path: str) -> str:
    """The file that a source was read from: of ``a.zip!b.html`` it is a.zip.

    A file whose own name has the mark is itself.
    """
    if os.path.lexists(path):
        return path
    for index, char in enumerate(path):
        if char == MEMBER_MARK and os.path.isfile(path[:index]):
            return path[:index]
    return (
        path.partition(MEMBER_MARK)[0] if is_bundle_name(path.partition(MEMBER_MARK)[0]) else path
    )


def _expect_utf8(path: str) -> None:
    """Go on only with a name that a database can hold: a file system takes any bytes."""
    if storable(path) != path:
        message = Message("expected a file name in UTF-8, found other bytes: rename the file")
        raise SourceError("file-name", path, message)


def add_paths(
    database: Database,
    paths: Sequence[str],
    progress: Progress | None,
    stdin: bytes | None,
    told: Told = GUESS,
    asking: Asking | None = None,
) -> AddReport:
    """Read files and folders, and pages of the web, into the library.

    Pages are fetched before the transaction begins, which may take long, and keep nobody waiting.
    """
    addresses = [path for path in paths if is_web_address(path)]
    paths = [path for path in paths if not is_web_address(path)]
    if asking:
        asking.ask_all(addresses)
    found = walk(list(paths))
    with database.writing() as generation:
        addition = Addition(database, Intake(database, generation, progress), told=told)
        for path in paths:
            if os.path.isdir(path):
                stored_sources.remember_folder(database, storable(os.path.abspath(path)))
        addition.folders = stored_sources.folders(database)
        addition.add_files(found, progress, stdin)
        if asking:
            addition.add_asked(asking)
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


def sync(database: Database, progress: Progress | None, asking: Asking | None = None) -> AddReport:
    """Read every source again, and the folders that were added for new files.

    Pages of the web are asked for again only where there is what asks.
    """
    if asking:
        asking.ask_again()
    with database.writing() as generation:
        addition = Addition(database, Intake(database, generation, progress))
        folders = addition.folders = stored_sources.folders(database)
        found = walk([folder for folder in folders if os.path.isdir(folder)])
        sources = [source.path for source in stored_sources.all_sources(database)]
        files = sorted({file_of(path) for path in sources if path and is_of_file(path)})
        addition.gone += [path for path in files if not os.path.lexists(path)]
        known = [path for path in files if os.path.lexists(path)]
        removed = stored_sources.removed_files(database)
        found.files = [
            path for path in dict.fromkeys([*known, *found.files]) if path not in removed
        ]
        addition.add_files(found, progress, None)
        if asking:
            addition.add_asked(asking)
        addition.intake.finish()
    return addition.report(found.skipped)


def is_of_file(path: str) -> bool:
    return not path.startswith("-") and not is_web_address(path)


def remove_paths(database: Database, paths: Sequence[str]) -> RemoveReport:
    """Forget sources, those below a folder too, and the posts that only they held."""
    with database.writing() as generation:
        before = count_posts(database)
        intake = Intake(database, generation)
        removed: list[str] = []
        unknown: list[str] = []
        for path in paths:
            keys = _keys_of(database, path)
            removed += keys
            was_walked = stored_sources.forget_folder(database, os.path.abspath(path))
            if not keys and not was_walked:
                unknown.append(path)
        for key in dict.fromkeys(removed):
            source = stored_sources.find_source(database, key)
            if source:
                intake.drop_source(source.id)
                stored_sources.delete_source(database, source.id)
                if any(below(key, stored_sources.folders(database))):
                    stored_sources.remember_removed(database, key)
        intake.finish()
        after = count_posts(database)
    return RemoveReport(len(set(removed)), before - after, tuple(unknown))


def _keys_of(database: Database, path: str) -> list[str]:
    """Keys of the sources that a path means: itself, or what lies below it."""
    whole = path if is_web_address(path) else os.path.abspath(path)
    return [
        source.key
        for source in stored_sources.all_sources(database)
        if source.key == path
        or any(below(source.key, [whole]))
        or source.key.startswith(whole + MEMBER_MARK)
        or (path == "-" and source.key.startswith("-:"))
    ]
