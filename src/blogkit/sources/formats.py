"""Which formats there are, and which one a file has.

A format is a ``Reader``: a name, the endings of its files, how its first bytes look, and a function
from a file to posts. blogkit's own are listed here and imported when a file needs them; other
packages add theirs by an entry point in the group ``blogkit.readers`` (docs/formats.md).
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.passing import is_data
from blogkit.sources.source_file import Found as Found
from blogkit.sources.source_file import SourceFile as SourceFile

ENTRY_POINTS = "blogkit.readers"
"""Group of entry points by which packages add readers."""
HEAD_BYTES = 4096
"""How much of a file is looked at to tell its format."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How one format is read."""

    name: str
    """What ``--format`` calls it: lower-case letters and hyphens."""
    read: Callable[[SourceFile], Found]
    """Gives the posts of a file; raises SourceError where it can't be read, and nothing else."""
    extensions: tuple[str, ...] = ()
    """Endings of its files' names, lower-case, with the dot."""
    recognizes: Callable[[bytes], bool] | None = None
    """Whether a file that begins with these bytes (at most HEAD_BYTES) has this format; asked
    where the name does not tell, and before a file with one of its extensions is taken."""
    pictures: Callable[[SourceFile], Callable[[str], bytes | None]] | None = None
    """Gives what finds the pictures that a file itself holds, by the addresses that its posts have;
    without it these are the ``data:`` addresses of its text."""
    is_all_text: bool = False
    """Whether a file is one post, and all of it its text, so that its size says how long it is."""


def _read_archive(file: SourceFile) -> Found:
    from blogkit.sources.archive import read_archive

    posts, left_out = read_archive(file.text, file.path)
    return Found(posts, left_out=left_out)


def _read_markdown(file: SourceFile) -> Found:
    from blogkit.sources.markdown import read_markdown

    return Found(*read_markdown(file.text, file.path))


def _read_plain(file: SourceFile) -> Found:
    from blogkit.sources.plain import read_plain

    return Found(read_plain(file.text, file.path))


def _read_html(file: SourceFile) -> Found:
    from blogkit.sources.html.page import read_page

    return Found(*read_page(file.text, file.path, base=file.address))


def _read_feed(file: SourceFile) -> Found:
    from blogkit.sources.feed import read_feed

    return read_feed(file)


def _read_notebook(file: SourceFile) -> Found:
    from blogkit.sources.notebook import read_notebook

    return Found(read_notebook(file.text, file.path))


def _notebook_pictures(file: SourceFile) -> Callable[[str], bytes | None]:
    from blogkit.sources.notebook import notebook_pictures

    return notebook_pictures(file.text, file.path)


def _read_latex(file: SourceFile) -> Found:
    from blogkit.sources.tex.document import read_latex

    state, follow = (file.place.state(), file.place.follow()) if file.place else (None, None)
    found = read_latex(file.text, file.path, state, follow)
    no_post = "frame" if found.is_frame else "macros"
    return Found(found.posts, no_post="" if found.posts or not file.text.strip() else no_post)


def _read_mhtml(file: SourceFile) -> Found:
    from blogkit.sources.mhtml import read_mhtml

    return read_mhtml(file)


def _mhtml_pictures(file: SourceFile) -> Callable[[str], bytes | None]:
    from blogkit.sources.mhtml import mhtml_pictures

    return mhtml_pictures(file)


_PAGE = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)[\s>]",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_FEED = re.compile(rb"<(?:rss|(?:atom:)?feed|rdf:RDF)[\s>]", re.IGNORECASE)


def _has_page(head: bytes) -> bool:
    return _PAGE.match(_plain_head(head)) is not None


def _has_feed(head: bytes) -> bool:
    shown = _plain_head(head)
    return shown[:1] == b"<" and _FEED.search(shown) is not None and not _PAGE.match(shown)


def _has_notebook(head: bytes) -> bool:
    shown = _plain_head(head)
    return shown[:1] == b"{" and (b'"cells"' in shown or b'"nbformat"' in shown)


def _has_latex(head: bytes) -> bool:
    return re.search(rb"(?m)^[ \t]*\\document(?:class|style)\b", _plain_head(head)) is not None


_MAIL = re.compile(rb"(?:[A-Za-z-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
                   rb"(?:Snapshot-Content-Location:|Content-Type:\s*multipart/related\b)",
                   re.IGNORECASE)  # fmt: skip


def _has_mhtml(head: bytes) -> bool:
    return _MAIL.match(_plain_head(head).replace(b"\r\n", b"\n")) is not None


def _plain_head(head: bytes) -> bytes:
    """First bytes without a mark, and UTF-16 as ASCII, so that markup can be looked for."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")


OWN_READERS = (
    Reader("html", _read_html, (".html", ".htm", ".xhtml"), None),
    Reader("mhtml", _read_mhtml, (".mhtml", ".mht"), None, _mhtml_pictures),
    Reader("feed", _read_feed, (".rss", ".atom", ".xml"), _has_feed),
    Reader("notebook", _read_notebook, (".ipynb",), None, _notebook_pictures),
    Reader("latex", _read_latex, (".tex", ".latex", ".ltx"), None, is_all_text=True),
    Reader(
        "markdown", _read_markdown, (".md", ".markdown", ".mdown", ".mkd"), None, is_all_text=True
    ),
    Reader("archive", _read_archive, (), None),
    Reader("plain", _read_plain, (".txt", ".text"), None, is_all_text=True),
)
"""The formats that blogkit reads by itself."""
_BY_LOOK: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (_has_page, "html"),
    (_has_mhtml, "mhtml"),
    (_has_feed, "feed"),
    (_has_notebook, "notebook"),
    (_has_latex, "latex"),
)


@cache
def readers() -> dict[str, Reader]:
    """All formats by name, other packages' first: theirs may take the place of blogkit's.

    Raises:
        SourceError: ``reader`` if a package's entry point can't be loaded or is no Reader.
    """
    from importlib.metadata import entry_points

    found = [_load(entry.name, entry.load) for entry in entry_points(group=ENTRY_POINTS)]
    own = [reader for reader in OWN_READERS if reader.name not in {r.name for r in found}]
    return {reader.name: reader for reader in [*found, *own]}


def _load(name: str, load: Callable[[], object]) -> Reader:
    try:
        reader = load()
    except (ImportError, AttributeError) as error:
        message = Message(
            "expected an entry point of {entry_points} that loads, found: {error}",
            entry_points=ENTRY_POINTS,
            error=error,
        )
        raise SourceError("reader", name, message) from error
    if not isinstance(reader, Reader):
        message = Message(
            "expected a blogkit.sources.formats.Reader, found {name}", name=type(reader).__name__
        )
        raise SourceError("reader", name, message)
    return reader


def extension_of(path: str) -> str:
    """The ending of a file's name, lower-case, with the dot; empty where there is none."""
    return os.path.splitext(path)[1].lower()


def reader_of(file: SourceFile, told: str | None = None) -> Reader:
    """The reader for a file: as the user said, else by its name, else by how it begins.

    Raises:
        SourceError: ``unknown-format``, with the formats that there are; ``format`` if the file
            has the extension of a format and is something else; as ``decode`` does.
    """
    known = readers()
    if told is not None:
        if told not in known:
            expected = ", ".join(sorted([*known, *BUNDLE_NAMES]))
            message = Message(
                "expected one of {expected} as format, found '{told}'", expected=expected, told=told
            )
            raise SourceError("unknown-format", file.path, message)
        return known[told]
    head, extension = file.data[:HEAD_BYTES], extension_of(file.path)
    of_extension = [reader for reader in known.values() if extension in reader.extensions]
    for reader in of_extension:
        if reader.recognizes is None or reader.recognizes(head):
            return _told_by_text(file, head) if reader.name == "plain" else reader
    if of_extension:
        message = Message(
            "expected {name}, found something else; name it with --format",
            name=of_extension[0].name,
        )
        raise SourceError("format", file.path, message)
    added = [reader for reader in known.values() if reader not in OWN_READERS]
    for reader in added:
        if reader.recognizes is not None and reader.recognizes(head):
            return reader
    return _told_by_text(file, head)


BUNDLE_NAMES = ("epub", "tar", "zip")
"""Formats that hold other files (``sources.bundles``)."""


def _told_by_text(file: SourceFile, head: bytes) -> Reader:
    """A format by its first bytes, or by what its text looks like."""
    from blogkit.sources.archive import is_archive

    for has, name in _BY_LOOK:
        if has(head):
            return readers()[name]
    if is_archive(file.text):
        return readers()["archive"]
    starts_as_markdown = file.text.startswith(("# ", "---\n", "+++\n"))
    is_unnamed = extension_of(file.path) == ""
    return readers()["markdown" if is_unnamed and starts_as_markdown else "plain"]


def is_data_file(path: str, head: bytes) -> bool:
    """Whether a file of a folder that begins so would be read as plain text, and is data."""
    if extension_of(path) not in ("", ".txt", ".text") or any(has(head) for has, _ in _BY_LOOK):
        return False
    return is_data(head.decode("utf-8", "ignore").replace("\r\n", "\n"))


def is_taken(path: str, head: bytes) -> bool:
    """Whether a file of a folder has the extension of a format, or none, and looks like it."""
    extension = extension_of(path)
    if not extension:
        return True
    return any(
        extension in reader.extensions and (reader.recognizes is None or reader.recognizes(head))
        for reader in readers().values()
    )
