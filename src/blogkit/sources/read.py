"""One file to posts: its format, what it holds, its formulas."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.macros import definitions_before
from blogkit.pictures import picture_references
from blogkit.posts import Block, FormulaSource, Post
from blogkit.sources.bundles import MEMBER_MARK, bundle_of, is_bundle_name, members_of
from blogkit.sources.decode import encoding_name
from blogkit.sources.formats import Reader, reader_of
from blogkit.sources.images.finding import FilePictures, PictureFinder
from blogkit.sources.images.neighbours import BundleNeighbours, Neighbours
from blogkit.sources.plain import plain_blocks
from blogkit.sources.reading import SourceProblem, plain_title, short_title
from blogkit.sources.regular import open_regular
from blogkit.sources.source_file import Found, SourceFile
from blogkit.sources.tex.project import (
    PART_ENDINGS,
    POST_ENDINGS,
    BundleFiles,
    Place,
    Projects,
)
from blogkit.sources.unpacking import BUNDLE_BYTES, MEMBER_BYTES, Member
from blogkit.spans import Span, line_at
from blogkit.text.addresses import address_key, is_web_address
from blogkit.text.mathspans import MathSpan, find_math

MOST_PROBLEMS = 100
"""Formulas without an end that are told of one post; who mends these reads it again anyway."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a user says of files, where the guess would be wrong."""

    format: str | None = None
    """The format, as ``formats.readers`` names it."""
    encoding: str | None = None
    """The encoding, as Python names it."""
    address: str | None = None
    """Where on the web they were fetched."""


POST_BYTES = 16 * 2**20
"""Size of the largest text of one post: reading one takes about 140 bytes of memory a byte."""
GUESS = Told()
"""Nothing is said: format and encoding are guessed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    posts: tuple[Post, ...]
    """Its posts in order, each with its one occurrence."""
    problems: tuple[SourceProblem, ...]
    """What a user may want to mend; everything else was read."""
    left_out: tuple[tuple[int, int], ...]
    """Ranges of lines that belong to no post, both ends included."""
    format: str
    """The reader's name, such as ``html``; ``zip``, ``tar`` or ``epub`` of one that holds files."""
    encoding: str
    """Encoding of its text; empty for what is no text."""
    path: str = ""
    """The file, or ``a.zip!b.html`` for the file b.html in a.zip."""
    digest: str = ""
    """SHA-256 of its bytes."""
    skipped: tuple[str, ...] = ()
    """Why it, or files that it holds, were passed over, a reason each."""
    is_unreadable: bool = False
    """Whether it could not be read at all."""
    pictures: PictureFinder | None = field(default=None, compare=False)
    """What finds the pictures of its posts; None where they have none."""

    @property
    def is_list(self) -> bool:
        """Whether a page is a listing or a feed, and not a post."""
        return self.format == "feed" or (self.format == "html" and len(self.posts) > 1)


def read_file(path: str) -> bytes:
    """All bytes of a file.

    Raises:
        SourceError: ``unreadable``, with the system's reason; ``size`` if it is too large.
    """
    try:
        with open_regular(path) as file:
            _expect_size(path, os.fstat(file.fileno()).st_size, most_bytes(path))
            return file.read()
    except OSError as error:
        message = Message("can't be read: {error}", error=error.strerror or error)
        raise SourceError("unreadable", path, message) from error


def most_bytes(path: str) -> int:
    """Size of the largest file of a name that is read: memory grows with a file's size."""
    return BUNDLE_BYTES if is_bundle_name(path) else MEMBER_BYTES


def _expect_size(path: str, found_bytes: int, expected_bytes: int) -> None:
    """Do nothing if a file is no larger than so many bytes.

    Raises:
        SourceError: ``size``, with what to do.
    """
    if found_bytes > expected_bytes:
        message = Message(
            "expected at most {expected} MiB, found {found} MiB; split it into several files",
            expected=expected_bytes >> 20,
            found=-(-found_bytes >> 20),
        )
        raise SourceError("size", path, message)


def digest_of(data: bytes, place: Place | None = None) -> str:
    """SHA-256 of bytes, by which a change is noticed.

    Of a file of a LaTeX project it changes too when what its other files define does.
    """
    beside = place.digest() if place else ""
    return hashlib.sha256(data + beside.encode()).hexdigest()


def place_of(path: str, projects: Projects) -> Place | None:
    """Where a file of the disk lies among those of a LaTeX project; None for other formats."""
    if not path.lower().endswith(POST_ENDINGS) or path == "-":
        return None
    return Place(projects, os.path.abspath(path).replace(os.sep, "/"))


def read_source(
    data: bytes,
    path: str,
    told: Told = GUESS,
    projects: Projects | None = None,
    beside: Neighbours | None = None,
) -> Iterator[Reading]:
    """What a file holds: one reading, and one for each file in it where it is a bundle.

    A file in a bundle that can't be read is told as a problem of its reading.

    Args:
        data: the whole file.
        path: its name.
        told: what the user says of it.
        projects: the LaTeX projects of the disk, if files beside it may be read for what they
            define. A bundle's are found in it.
        beside: the files beside it, if its pictures may be looked for there. A bundle's are found
            in it.

    Raises:
        SourceError: if the file itself can't be read.
    """
    bundle = bundle_of(data, path, told.format)
    if bundle is None:
        place = place_of(path, projects) if projects else None
        whole = os.path.abspath(path).replace(os.sep, "/")
        yield read_posts(data, path, told, place, beside=(beside, whole) if beside else None)
        return
    inner = replace(told, format=None if told.format == bundle else told.format)
    encoding = encoding_name(told.encoding) if told.encoding else ""
    yield Reading((), (), (), bundle, encoding, path, digest_of(data))
    inside = BundleNeighbours(data, path, bundle)
    parts: list[Member] = []
    for member in members_of(data, path, bundle):
        if member.data and member.path.lower().endswith(PART_ENDINGS):
            parts.append(member)
        else:
            name = member.path[len(path) + len(MEMBER_MARK) :]
            yield _read_member(member, inner, beside=(inside, name))
    yield from _read_project(parts, inner)


def _read_project(members: list[Member], told: Told) -> Iterator[Reading]:
    """The LaTeX files of a bundle, which tell of one another what they define."""
    paths = [member.path.replace(MEMBER_MARK, "/") for member in members]
    held = {path: member.data for path, member in zip(paths, members, strict=True)}
    projects = Projects(BundleFiles(held))
    for path, member in zip(paths, members, strict=True):
        yield _read_member(member, told, Place(projects, path))


def _read_member(
    member: Member,
    told: Told,
    place: Place | None = None,
    beside: tuple[Neighbours, str] | None = None,
) -> Reading:
    """One file of a bundle; what the bundle knows of it is filled in."""
    if member.skipped:
        return Reading((), (), (), "", "", member.path, skipped=(member.skipped,))
    if member.problem:
        problem = SourceProblem(member.path, None, *member.problem)
        return Reading((), (problem,), (), "", "", member.path, is_unreadable=True)
    try:
        told = replace(told, encoding=None) if member.reader else told
        reading = read_posts(member.data, member.path, told, place, member.reader, beside=beside)
    except SourceError as error:
        problem = SourceProblem(member.path, error.line, error.code, error.text)
        return Reading((), (problem,), (), "", "", member.path, is_unreadable=True)
    return replace(reading, posts=tuple(_filled(post, member) for post in reading.posts))


def _filled(post: Post, member: Member) -> Post:
    return replace(
        post,
        date=post.date or member.date,
        tags=post.tags or member.tags,
        categories=post.categories or member.categories,
    )


def read_posts(
    data: bytes,
    path: str,
    told: Told = GUESS,
    place: Place | None = None,
    reader: Reader | None = None,
    beside: tuple[Neighbours, str] | None = None,
) -> Reading:
    """The posts of a file's bytes.

    Args:
        data: the whole file.
        path: its name, from which the format is told, and which places are told by.
        told: what the user says of it.
        place: where it lies in its LaTeX project, if it is a file of one.
        reader: what reads it, where that is known and the user names no format.
        beside: the files among which its pictures are looked for, and its path among them.

    Raises:
        SourceError: if the bytes are no text in a known encoding, or not of their format; ``size``
            if they are the text of one post and too many.
    """
    file = SourceFile(path, data, told.encoding, place, told.address)
    reader = reader if reader and not told.format else reader_of(file, told.format)
    if reader.is_all_text:
        _expect_size(path, len(data), POST_BYTES)
    found = _read(reader, file)
    problems = [*file.problems, *found.problems]
    finished = []
    left_out = list(found.left_out)
    for post in found.posts:
        if post.is_empty:
            left_out += [(place.line, place.end_line) for place in post.occurrences]
            continue
        if len(post.text) > POST_BYTES // 4 and len(post.text.encode()) > POST_BYTES:
            problems.append(_too_large(post))
            continue
        address = post.address if is_web_address(post.address) else None
        if len(found.posts) == 1:
            address = address or told.address
        post, broken = with_formulas(replace(_with_title(post), address=address))
        finished.append(post)
        problems += broken
    if not finished and not found.no_post:
        message = Message("{path}: expected a post, found only white space", path=path)
        problems.append(SourceProblem(path, 1, "empty", message))
    return Reading(
        tuple(_without_shared_address(finished)), tuple(problems), tuple(_joined(left_out)),
        reader.name, found.encoding or file.encoding, path, digest_of(data, place),
        (found.no_post,) if found.no_post else (),
        pictures=_pictures(finished, file, reader, beside),
    )  # fmt: skip


def _pictures(
    posts: Iterable[Post], file: SourceFile, reader: Reader, beside: tuple[Neighbours, str] | None
) -> FilePictures | None:
    """What finds the pictures of posts; nothing where they have none, for it keeps the file."""
    references = (one for post in posts for one in picture_references(post.text, post.blocks))
    if not any(reference.address for reference in references):
        return None
    return FilePictures(file, reader, *(beside or (None, "")))


def _too_large(post: Post) -> SourceProblem:
    """What is told of a post that is left out because its text is too long."""
    line, path = post.occurrences[0].line, post.path or "post"
    message = Message(
        "{path}:{line}: expected a post of at most {expected} MiB, found {found} MiB; "
        "it is left out",
        path=path,
        line=line,
        expected=POST_BYTES >> 20,
        found=-(-len(post.text.encode()) >> 20),
    )
    return SourceProblem(post.path, line, "size", message)


def _joined(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges of lines in order, those that follow one another made one."""
    lines = sorted(ranges)
    for index, (first, last) in enumerate(lines):
        if index + 1 < len(lines) and lines[index + 1][0] <= last + 1:
            lines[index + 1] = (first, max(last, lines[index + 1][1]))
        else:
            yield first, last


def _with_title(post: Post) -> Post:
    """The post with its title on one line; what is cut off it is the beginning of its text."""
    whole = plain_title(post.title)
    title = short_title(whole)
    if title == whole or whole in " ".join(post.text.split()):
        return replace(post, title=title)
    moved = len(whole) + 2
    line = post.blocks[0].line if post.blocks else 1
    blocks = [
        replace(block, span=Span(block.span.start + moved, block.span.end + moved))
        for block in post.blocks
    ]
    first = Block("paragraph", Span(0, len(whole)), min(line, post.occurrences[0].line))
    return replace(post, title=title, text=f"{whole}\n\n{post.text}", blocks=(first, *blocks))


def _without_shared_address(posts: list[Post]) -> Iterator[Post]:
    """The posts; an address that several of one file bear is that of the list they stand in."""
    keys = [address_key(post.address) if post.address else None for post in posts]
    titles: dict[str | None, set[str]] = defaultdict(set)
    for post, key in zip(posts, keys, strict=True):
        titles[key].add(post.title)
    for post, key in zip(posts, keys, strict=True):
        yield replace(post, address=None) if key and len(titles[key]) > 1 else post


def _read(reader: Reader, file: SourceFile) -> Found:
    """What a reader finds; a fault of another package's reader is told as its own."""
    if reader.read.__module__.startswith("blogkit."):
        return reader.read(file)
    try:
        return reader.read(file)
    except SourceError:
        raise
    except Exception as error:
        message = Message(
            "the reader '{name}' failed: {kind}: {error}",
            name=reader.name,
            kind=type(error).__name__,
            error=error,
        )
        raise SourceError("reader", file.path, message) from error


def with_formulas(post: Post) -> tuple[Post, list[SourceProblem]]:
    """The post with its blocks and formulas found, and the formulas that do not end.

    A post that a program gave as a string gets its blocks here.
    """
    if not post.blocks:
        text, blocks = plain_blocks(post.text)
        post = replace(post, text=text, blocks=blocks)
    formulas: list[FormulaSource] = []
    labels: set[str] = set()
    problems: list[SourceProblem] = []
    for block in post.blocks:
        if block.kind == "code":
            continue
        found, broken = find_math(block.span.of(post.text))
        start = block.span.start
        lines = _Lines(post.text, block)
        for formula in found:
            line = lines.line_of(start + formula.span.start)
            formulas.append(_formula(post.text, formula, start, len(formulas) + 1, line, labels))
        lines = _Lines(post.text, block)
        for problem in broken[: MOST_PROBLEMS - len(problems)]:
            line = lines.line_of(start + problem.span.start)
            message = Message(
                "{path}:{line}: {message}",
                path=post.path or "post",
                line=line,
                message=problem.message,
            )
            problems.append(SourceProblem(post.path, line, problem.code, message))
    before = definitions_before(formula.latex for formula in formulas)
    formulas = [
        replace(f, definitions=d) if d else f for f, d in zip(formulas, before, strict=True)
    ]
    return replace(post, formulas=tuple(formulas)), problems


class _Lines:
    """Lines of the file for offsets of a block, asked in their order.

    Counted on from the last one: counting from the block's start each time is quadratic.
    """

    def __init__(self, text: str, block: Block) -> None:
        self._text = text
        self._offset = block.span.start
        self._line = block.line
        self._rows = block.row_starts(text)

    def line_of(self, offset: int) -> int:
        if self._rows:
            return line_at(self._rows, offset)
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def _formula(
    text: str, formula: MathSpan, start: int, number: int, line: int, labels: set[str]
) -> FormulaSource:
    """The formula of a block that starts there; labels are those borne before, its own is added."""
    span = Span(start + formula.span.start, start + formula.span.end)
    body = Span(start + formula.body.start, start + formula.body.end)
    label = formula.labels[0] if formula.labels else None
    name = label if label and label not in labels else str(number)
    labels.update(formula.labels[:1])
    return FormulaSource(
        number=number,
        label=label,
        name=name,
        display=formula.display,
        latex=body.of(text),
        line=line,
        span=span,
    )
