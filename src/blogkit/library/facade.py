"""A library on disk: one folder that holds posts, and answers questions about them.

What only some methods need is imported inside them: a search must not pay for reading, merging or
reporting.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import wraps

from blogkit.errors import LibraryError
from blogkit.language import Message
from blogkit.library.post_sequence import PostSequence
from blogkit.store.database import Database, told
from blogkit.text.normalize import storable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from threading import Event
    from typing import Concatenate, ParamSpec, TypeVar

    from blogkit.check.reports import CheckReport
    from blogkit.fetching.fetcher import Fetcher
    from blogkit.library.asked_posts import LibraryArchive
    from blogkit.library.checking import How
    from blogkit.library.fingerprinting import Progress
    from blogkit.library.formula_lookup import Lookup
    from blogkit.library.formula_reports import (
        Concordance,
        FormulaHits,
        Formulas,
        FormulaShapes,
    )
    from blogkit.library.formulas import Formula
    from blogkit.library.indexing import Indexing
    from blogkit.library.pages import Asking
    from blogkit.library.reports import (
        AddReport,
        BackupReport,
        CompleteReport,
        DoctorReport,
        DuplicateGroup,
        Duplicates,
        FullPost,
        PostList,
        Posts,
        RemoveReport,
    )
    from blogkit.library.summary import LibrarySummary
    from blogkit.library.symbol_reports import SymbolReport
    from blogkit.library.vocabulary import NameGroups, Words, WordsChange
    from blogkit.library.watching import FileChange
    from blogkit.posts import Post
    from blogkit.search.aliases import Aliases
    from blogkit.search.hits import Hits
    from blogkit.search.searcher import By, Searcher
    from blogkit.sources.noticing import Places
    from blogkit.store.formulas import PostFormula
    from blogkit.store.sections import StoredSection

    P = ParamSpec("P")
    R = TypeVar("R")

_MANY_FORMULAS = 5000
"""Formulas whose index takes half a second: as many make it at once, fewer at the next look-up."""


def default_folder() -> str:
    """The folder of a library that none was named for.

    ``BLOGKIT_LIBRARY``, else ``blogkit`` in the platform's folder for a user's data.
    """
    named = os.environ.get("BLOGKIT_LIBRARY")
    if named:
        return named
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        data = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        data = os.path.join(home, "Library", "Application Support")
    else:
        data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    return os.path.join(data, "blogkit")


def _told(method: Callable[Concatenate[Library, P], R]) -> Callable[Concatenate[Library, P], R]:
    """A method whose errors are blogkit's, also where SQLite meets a damaged page."""

    @wraps(method)
    def told_method(self: Library, /, *args: P.args, **options: P.kwargs) -> R:
        with told(self._database.path):
            return method(self, *args, **options)

    return told_method


class Library(PostSequence):
    """A library of posts in a folder.

    Use it as a context manager, or close it. Methods that change it are one transaction each: all
    of it is there afterwards, or none.
    """

    def __init__(self, folder: str) -> None:
        if not folder.strip():
            # It would mean the folder that the program happens to run in.
            raise LibraryError(Message("expected a folder for the library, found an empty name"))
        self.folder = os.path.abspath(folder)
        if storable(self.folder) != self.folder:
            raise LibraryError(
                Message(
                    "{folder}: expected a folder name in UTF-8, found other bytes: rename it",
                    folder=storable(folder),
                )
            )
        try:
            os.makedirs(self.folder, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                Message("{folder}: can't be made: {error}", folder=folder, error=error.strerror)
            ) from error
        self._database = Database(os.path.join(self.folder, "library.db"))
        self._made_indexing: Indexing | None = None
        self._made_archive: LibraryArchive | None = None
        self._made_lookup: Lookup | None = None
        self._kept_searcher: tuple[tuple[str, int], Searcher] | None = None

    @classmethod
    def open(cls, folder: str | os.PathLike[str] | None = None) -> Library:
        """The library in a folder, made where it is missing.

        Args:
            folder: where it lies; without one, ``BLOGKIT_LIBRARY`` or the platform's data folder.

        Raises:
            LibraryError: if the folder can't be made, or what lies there is no library.
        """
        return cls(os.fspath(folder) if folder is not None else default_folder())

    @property
    def has_notes(self) -> bool:
        """Whether its reader has written notes; asked before what reads them is loaded."""
        from blogkit.store.notes import state

        return state(self._database)[0] > 0

    @property
    def generation(self) -> int:
        """How many times the library was changed; while it stays, so do all answers."""
        return self._database.generation()

    @_told
    def add(
        self,
        *paths: str | os.PathLike[str],
        progress: Progress | None = None,
        stdin: bytes | None = None,
        format: str | None = None,
        encoding: str | None = None,
        entries: int | None = None,
        pictures: bool = False,
        fetcher: Fetcher | None = None,
    ) -> AddReport:
        """Read files and folders, and fetch pages; of those read before, only what changed.

        What can't be read is reported, and the rest is added. A page that lists others, and a
        feed, add their entries, whose pages are fetched too.

        Args:
            paths: files, folders, addresses of the web; ``-`` stands for the bytes of stdin.
            progress: called before each file.
            stdin: what ``-`` reads.
            format: the format of every file, such as ``html``; told by name and content if None.
            encoding: the encoding of every file, such as ``big5``; told by its bytes if None.
            entries: at most so many entries' pages of a listing or feed are fetched; 20 if None.
            pictures: whether the pictures of fetched pages are fetched too.
            fetcher: what fetches pages, where its limits are not to be the usual ones.

        Raises:
            MissingExtraError: if pages are to be fetched, without the extra ``fetch``.
        """
        from blogkit.library import adding
        from blogkit.sources.read import Told
        from blogkit.text.addresses import is_web_address

        names = [os.fspath(path) for path in paths]
        told = Told(format, encoding)
        if not any(map(is_web_address, names)):
            report = adding.add_paths(self._database, names, progress, stdin, told)
        else:
            with self._asking(progress, fetcher) as asking:
                asking.told, asking.wants_pictures = told, pictures
                asking.most_entries = asking.most_entries if entries is None else entries
                report = adding.add_paths(self._database, names, progress, stdin, told, asking)
        return self._leveled(report, progress)

    @_told
    def add_posts(self, posts: Iterable[Post]) -> AddReport:
        """Take posts from a program; one with an id replaces what was given with that id before.

        A post has the id that it was given. Where it is merged into another, the post bears the id
        of the copy that came first, and is known by both.

        Raises:
            PostIdError: if an id is none that a post can have, or that of another post, with other
                content; then nothing is changed.
        """
        from blogkit.library import adding

        return self._leveled(adding.add_posts(self._database, posts))

    @_told
    def sync(
        self,
        *,
        progress: Progress | None = None,
        pages: bool = False,
        fetcher: Fetcher | None = None,
    ) -> AddReport:
        """Read all sources again; those whose file is gone are reported and kept.

        Args:
            progress: called before each file.
            pages: whether pages of the web are asked for again, which else are left alone.
            fetcher: what fetches them.
        """
        from blogkit.library import adding

        if pages:
            with self._asking(progress, fetcher) as asking:
                report = adding.sync(self._database, progress, asking)
        else:
            report = adding.sync(self._database, progress)
        return self._leveled(report, progress)

    def watch(
        self, *, stop: Event | None = None, ready: Callable[[Places], None] | None = None
    ) -> Iterator[FileChange]:
        """Files and folders that were added, read again as they change, by the rules of ``sync``.

        First what changed since they were read last. Each change is told once the library is level
        with it. A file that can't be read is told and does not end it.

        Args:
            stop: ends it, within about a second; without one it goes on as long as it is asked.
            ready: called with what is watched, at first and when that is something else.

        Raises:
            MissingExtraError: without the extra ``watch``.
            LibraryError: if a folder can't be watched.
        """
        from threading import Event

        from blogkit.library.watching import watch

        return watch(self._database, self.folder, self.sync, stop=stop or Event(), ready=ready)

    @_told
    def complete(
        self,
        *posts: str,
        progress: Progress | None = None,
        is_dry: bool = False,
        pictures: bool = False,
        fetcher: Fetcher | None = None,
    ) -> CompleteReport:
        """Fetch the pages of posts that are known as excerpts only, and merge them.

        Args:
            posts: which; all excerpts if none.
            progress: called before each page.
            is_dry: whether only to say what would be asked for.
            pictures: whether the pictures of the pages are fetched too.
            fetcher: what fetches pages.

        Raises:
            PostNotFoundError: if no post bears a name.
            MissingExtraError: without the extra ``fetch``.
        """
        from blogkit.library.completing import complete, planned

        if is_dry:
            return planned(self._database, posts)
        with self._asking(progress, fetcher) as asking:
            asking.wants_pictures = pictures
            report = complete(self._database, posts, asking)
        self._indexing.current()
        return report

    @_told
    def remove(self, *paths: str | os.PathLike[str]) -> RemoveReport:
        """Forget files, or all files below folders, and the posts that only they held."""
        from blogkit.library import adding

        report = adding.remove_paths(self._database, [storable(os.fspath(path)) for path in paths])
        self._indexing.current()
        return report

    @_told
    def posts(self, *, limit: int | None = None, offset: int = 0) -> Posts:
        """All posts, in the order in which they were first added."""
        from blogkit.library.reports import Posts
        from blogkit.store.listing import count_posts
        from blogkit.store.posts import some_posts

        total = count_posts(self._database)
        return Posts(tuple(some_posts(self._database, limit, offset)), total)

    @_told
    def list_posts(self, *, limit: int | None = None, offset: int = 0) -> PostList:
        """What ``posts`` gives, without texts and formulas: for lists of very many."""
        from blogkit.library.reports import PostList
        from blogkit.store.listing import count_posts, list_posts

        return PostList(
            tuple(list_posts(self._database, limit, offset)), count_posts(self._database)
        )

    @_told
    def post(self, name: str) -> FullPost:
        """The post of that id, unambiguous prefix of an id, or exact title.

        Raises:
            PostNotFoundError: if there is none.
            AmbiguousPostError: if there are several.
        """
        from blogkit.library.references import read_full_post
        from blogkit.store.posts import find_post

        return read_full_post(self._database, find_post(self._database, name))

    @_told
    def picture(self, digest: str) -> bytes:
        """The bytes of a picture that a post of the library has.

        Args:
            digest: as ``post.pictures`` tells it, or an unambiguous beginning of it.

        Raises:
            PictureNotFoundError: if there is none.
        """
        from blogkit.store.pictures import find_picture

        return find_picture(self._database, storable(digest))[1]

    @_told
    def full_posts(self) -> Iterator[FullPost]:
        """All posts, each as ``post`` gives it, in the order in which they were first added."""
        from blogkit.library.references import full_posts
        from blogkit.store import posts as stored_posts

        posts = list(stored_posts.some_posts(self._database, None, 0))
        return full_posts(posts, os.path.dirname(self._database.path))

    @_told
    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        by: By = "post",
        explain: bool = False,
        pinyin: bool = False,
    ) -> Hits:
        """Posts, each with its best passage, or all passages (``by="section"``), best first.

        A word that no post holds is passed over; it never empties the result. What of the query
        language can't be used is read as plain words, and told in ``ignored``.

        Args:
            query: words, and more: see ``docs/guide.md``.
            limit: at most so many hits.
            offset: how many better ones are passed over.
            by: what is ranked.
            explain: whether each hit says what its score is made of.
            pinyin: whether Latin words of the query are read as the sound of Chinese ones.

        Raises:
            QueryError: if limit or offset is negative, or by is unknown.
        """
        return self._searcher().search(
            storable(query), limit=limit, offset=offset, by=by, explain=explain, pinyin=pinyin
        )

    @_told
    def related(self, name: str, *, limit: int = 10, offset: int = 0) -> Hits:
        """Posts like one, found by the terms that set it apart, each with those in common.

        A post that has too few of them in common is left out, so that there may be none.
        """
        from blogkit.search.related import related_posts
        from blogkit.store import posts as stored_posts

        number = stored_posts.find_post(self._database, name)
        post = stored_posts.read_post(self._database, number)
        shares = self._indexing.shares_in_language
        return related_posts(self._searcher(), shares, number, post, limit=limit, offset=offset)

    @_told
    def formulas(
        self,
        post: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        telling: bool = False,
    ) -> Formulas:
        """Every formula, or those of one post, with their labels and places.

        Args:
            post: the post.
            limit: at most so many.
            offset: how many are passed over.
            telling: whether bare symbols and names (``x``, ``\\max``) are left out.
        """
        lookup = self._lookup()
        listed = lookup.list_telling if telling else lookup.list
        return listed(post, limit=limit, offset=offset)

    @_told
    def formula_shapes(self, *, limit: int | None = None, offset: int = 0) -> FormulaShapes:
        """Formulas that are alike but for the names of variables, the most frequent shapes first.

        Bare symbols and names are left out.

        Args:
            limit: at most so many shapes.
            offset: how many are passed over.
        """
        return self._lookup().list_shapes(limit=limit, offset=offset)

    @_told
    def formula(self, formula_id: str) -> PostFormula:
        """The formula of an id: ``POST#LABEL`` or ``POST#N``.

        Raises:
            PostNotFoundError: if there is no such post, or no such formula in it.
        """
        return self._lookup().formula(storable(formula_id))

    @_told
    def find_formula(
        self,
        pattern: str,
        *,
        limit: int = 10,
        offset: int = 0,
        progress: Progress | None = None,
    ) -> FormulaHits:
        """Formulas by LaTeX with wildcards, by symbol, by sub-expression, by label, or by words.

        If no formula matches LaTeX, the most similar ones answer. Words (`交叉熵`, `softmax`)
        find the formulas that name them, and those that stand beside them. Formulas that say the
        same are one hit, with its places.

        Args:
            pattern: LaTeX, a label, or words.
            limit: how many at most.
            offset: how many to pass over.
            progress: called as formulas are read that were added since the last look-up.
        """
        return self._lookup(progress).find(
            storable(pattern), limit=limit, offset=offset, searcher=self._searcher
        )

    @_told
    def concordance(self, formula_id: str) -> Concordance:
        """One formula with its sentence, and where else it occurs, oldest known first."""
        return self._lookup().concordance(storable(formula_id))

    @_told
    def words(self, *, learned: bool = True, limit: int | None = None, offset: int = 0) -> Words:
        """The library's own words: the user's, and those that posts define where learned."""
        from blogkit.library.vocabulary import all_words

        return all_words(self._database, only_user=not learned, limit=limit, offset=offset)

    @_told
    def add_words(self, *words: str) -> WordsChange:
        """Let Chinese words be the library's own: what holds them whole is found before the rest.

        Raises:
            WordError: if one of them is no word of 2 to 16 Chinese characters.
        """
        return self._change_words(words, wanted=True)

    @_told
    def remove_words(self, *words: str) -> WordsChange:
        """Take back words that were added; those that posts define stay known."""
        return self._change_words(words, wanted=False)

    def _change_words(self, words: Sequence[str], *, wanted: bool) -> WordsChange:
        from blogkit.library.vocabulary import WordsChange, change_words
        from blogkit.store.words import words_changed_since
        from blogkit.text.analyzer import phrase_pieces

        before = self.generation
        changed, unchanged = change_words(self._database, words, wanted=wanted)
        index = self._indexing.current()
        began_or_ceased = words_changed_since(self._database, before)
        holding = [index.posts_with(phrase_pieces(word)) for word in began_or_ceased]
        return WordsChange(tuple(changed), tuple(unchanged), len(set().union(*holding)))

    @_told
    def aliases(self) -> NameGroups:
        """Other names that widen queries, and the file in which a user may write more."""
        from blogkit.library.vocabulary import all_names

        return all_names(self._database, self._aliases())

    @_told
    def check(self, *targets: str, assume: Iterable[str] = (), seconds: float = 5.0) -> CheckReport:
        """Formulas checked: well written? a statement? true?

        Args:
            targets: formula ids, posts, or LaTeX; without any, all formulas of the library.
            assume: what is taken for true, such as ``x > 0`` or ``n integer``; one or several.
            seconds: how long one statement may have the processor, above 0; then it is undecided.

        Raises:
            QueryError: if seconds is not above 0.
            PostNotFoundError: if a target is no LaTeX and no post or formula bears that name.
            FormulaError: if an assumption can't be read.
        """
        from blogkit.library.checking import How, given_texts

        return self.check_as(How(given_texts(assume), seconds), *map(storable, targets))

    @_told
    def runnable(self, formula_id: str) -> Formula:
        """A formula with what its post defines, to be computed: its value, code, function."""
        from blogkit.library.computing import runnable

        return runnable(self._database, self.formula(formula_id))

    @_told
    def check_as(self, how: How, *targets: str) -> CheckReport:
        """The same, with all that can be said of how formulas are checked."""
        from blogkit.library.checking import check_library

        return check_library(self._database, targets, how)

    @_told
    def symbols(self, name: str) -> SymbolReport:
        """What each symbol means: its defining words, sort and size, and where it occurs.

        Args:
            name: a post, a formula id, or LaTeX.

        Raises:
            PostNotFoundError: if it is no LaTeX and no post or formula bears that name.
        """
        from blogkit.library.symbol_lookup import symbols_of

        return symbols_of(self._database, storable(name))

    @_told
    def duplicates(self, *, limit: int | None = None, offset: int = 0) -> Duplicates:
        """What was merged, and how the copies differ; all groups without a limit."""
        from blogkit.library.duplicates import duplicate_groups

        return duplicate_groups(self._database, limit=limit, offset=offset)

    @_told
    def copies(self, name: str) -> DuplicateGroup:
        """The copies of one post, of which ``duplicates`` tells where there are several."""
        from blogkit.library.duplicates import group_of
        from blogkit.store.posts import find_post

        return group_of(self._database, find_post(self._database, name))

    @_told
    def doctor(self) -> DoctorReport:
        """Look over database and index; an index that is not whole is made anew."""
        from blogkit.library.diagnosis import diagnose

        return diagnose(self.folder, self._database, self._indexing)

    @property
    def database(self) -> Database:
        """The database, for the parts of blogkit that are built on a library."""
        return self._database

    @_told
    def summary(self) -> LibrarySummary:
        """How much the library holds, and whether its index is level; nothing is changed."""
        from blogkit.library.summary import summarise

        return summarise(self.folder, self._database, self._indexing)

    @_told
    def back_up(self, path: str | os.PathLike[str]) -> BackupReport:
        """Write the database to a file, checked, while others go on using the library.

        Put as ``library.db`` into a folder, the file is a library; its index is made by itself.

        Raises:
            LibraryError: if the file can't be written, or is there and no earlier backup.
            LibraryDamagedError: if the library is not sound.
        """
        from blogkit.library.diagnosis import back_up

        return back_up(self._database, os.path.abspath(path))

    @classmethod
    def repair(cls, folder: str | os.PathLike[str] | None = None) -> DoctorReport:
        """Look a library over that may be too damaged to be opened, and read it anew if it is.

        What is whole is taken over, what is not is read again from the files it came from; the
        damaged database is kept beside the new one.

        Raises:
            LibraryError: if there is none, or it can't be written.
        """
        from blogkit.library.repair import repair

        name = os.path.abspath(folder if folder is not None else default_folder())
        repaired = repair(os.path.join(name, "library.db"))
        with cls.open(name) as library:
            if repaired:
                library.sync()
            return library.doctor().after(repaired)

    def __repr__(self) -> str:
        return f"<Library {self.folder}>"

    def close(self) -> None:
        """Close all files; what is asked afterwards raises LibraryError."""
        if self._made_indexing:
            self._made_indexing.close()
        self._made_lookup = None
        self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _asking(self, progress: Progress | None, fetcher: Fetcher | None) -> Iterator[Asking]:
        """What asks for pages; a fetcher that was not given is closed afterwards."""
        from blogkit.fetching.fetcher import Fetcher
        from blogkit.library.pages import Asking

        used = fetcher or Fetcher()
        try:
            yield Asking(self._database, used, progress=progress)
        finally:
            if used is not fetcher:
                used.close()

    def _leveled(self, report: AddReport, progress: Progress | None = None) -> AddReport:
        """The report, and the index level with what was added.

        Where many formulas came, their index is made too, so that the first look-up need not.
        """
        self._indexing.current()
        if report.formulas >= _MANY_FORMULAS:
            self._lookup(progress).prepare()
        return report

    def _lookup(self, progress: Progress | None = None) -> Lookup:
        if self._made_lookup is None:
            from blogkit.library.formula_lookup import Lookup

            self._made_lookup = Lookup(self._index_folder, self._database)
        self._made_lookup.progress = progress
        return self._made_lookup

    @property
    def _indexing(self) -> Indexing:
        """The index and what makes it; what only reads posts does without."""
        if self._made_indexing is None:
            from blogkit.library.indexing import Indexing

            self._made_indexing = Indexing(self._index_folder, self._database)
        return self._made_indexing

    @property
    def _index_folder(self) -> str:
        return os.path.join(self.folder, "index")

    def _aliases(self) -> Aliases:
        from blogkit.search.aliases import FILE_NAME, Aliases
        from blogkit.store.words import StoredGlosses

        return Aliases(os.path.join(self.folder, FILE_NAME), StoredGlosses(self._database))

    def _searcher(self) -> Searcher:
        """What answers queries; kept, with the words it knows, until the library changes."""
        from blogkit.search.searcher import Searcher

        index, state = self._indexing.current(), self._database.state()
        if self._kept_searcher is None or self._kept_searcher[0] != state:
            analyzer = self._indexing.analyzer()
            searcher = Searcher(
                index, self._read_sections, self._titles, analyzer, self._aliases(), self._archive
            )
            self._kept_searcher = state, searcher
        return self._kept_searcher[1]

    def _archive(self) -> LibraryArchive:
        if self._made_archive is None:
            from blogkit.library.asked_posts import FORMULAS, LibraryArchive

            def find(pattern: str) -> FormulaHits:
                return self._lookup().find(storable(pattern), limit=FORMULAS, offset=0)

            self._made_archive = LibraryArchive(self._database, find)
        return self._made_archive

    def _titles(self, numbers: Sequence[int]) -> Mapping[int, str]:
        from blogkit.store.sections import read_titles

        return read_titles(self._database, numbers)

    def _read_sections(
        self, places: Sequence[tuple[int, int]]
    ) -> Mapping[tuple[int, int], StoredSection]:
        from blogkit.store.sections import read_sections

        return read_sections(self._database, places)
