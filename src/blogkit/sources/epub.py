"""EPUB books: the chapters in reading order, each a page of its own.

Source: EPUB 3.3, sections 4 (container) and 5 (package document); EPUB 2 is read the same way.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogkit.dates import UNDATED, PostDate
from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.bundles import Allowance, Member, opened_zip, read_packed
from blogkit.sources.decode import decode
from blogkit.sources.html.head import read_date
from blogkit.sources.xml import children, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_PAGE_TYPES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says."""

    title: str
    """The book's title."""
    date: PostDate
    """When it was published."""
    subjects: tuple[str, ...]
    """What it is about."""
    chapters: tuple[str, ...]
    """Names of the pages in the zip, in reading order."""


def read_epub(data: bytes, path: str, allowance: Allowance) -> Iterator[Member]:
    """The chapters of a book; its title becomes their category, its subjects their tags.

    Raises:
        SourceError: ``bundle`` if it is no zip or holds no book, and what the XML reader raises.
    """
    with opened_zip(data, path) as archive:
        book = _read_book(archive, path, allowance)
        for name in book.chapters:
            allowance.take_member()
            place = f"{path}!{name}"
            read = read_packed(archive, name, place, allowance)
            yield Member(
                place,
                read if isinstance(read, bytes) else b"",
                format="html",
                problem=None if isinstance(read, bytes) else read,
                date=book.date,
                tags=book.subjects,
                categories=(book.title,) if book.title else (),
            )


def _read_book(archive: zipfile.ZipFile, path: str, allowance: Allowance) -> _Book:
    container = _document(archive, _CONTAINER, path, allowance)
    root_files = [child.get("full-path") for child in container.iter() if child.get("full-path")]
    if not root_files or root_files[0] is None:
        raise SourceError(
            "bundle",
            path,
            Message("expected a book named in {container}, found none", container=_CONTAINER),
        )
    package = _document(archive, root_files[0], path, allowance)
    folder = posixpath.dirname(root_files[0])
    return _Book(
        title=next(_metadata(package, "title"), ""),
        date=next((read_date(text) for text in _metadata(package, "date")), UNDATED),
        subjects=tuple(dict.fromkeys(_metadata(package, "subject"))),
        chapters=tuple(dict.fromkeys(_chapters(package, folder))),
    )


def _document(archive: zipfile.ZipFile, name: str, path: str, allowance: Allowance) -> "_Element":
    read = read_packed(archive, name, f"{path}!{name}", allowance)
    if not isinstance(read, bytes):
        message = Message("expected a book, found none: {reason}", reason=read[1])
        raise SourceError("bundle", path, message)
    return parse_xml(decode(read, f"{path}!{name}")[0], f"{path}!{name}").root


def _metadata(package: "_Element", name: str) -> Iterator[str]:
    for metadata in children(package, "metadata"):
        for element in metadata.iter():
            if local_name(element) == name and text_of(element):
                yield " ".join(text_of(element).split())


def _chapters(package: "_Element", folder: str) -> Iterator[str]:
    """Names of the pages in reading order, without the table of contents."""
    items = {
        item.get("id"): item
        for manifest in children(package, "manifest")
        for item in children(manifest, "item")
    }
    for spine in children(package, "spine"):
        for reference in children(spine, "itemref"):
            item = items.get(reference.get("idref"))
            if item is None or item.get("media-type") not in _PAGE_TYPES:
                continue
            if "nav" in (item.get("properties") or "").split():
                continue
            address = unquote((item.get("href") or "").partition("#")[0])
            yield posixpath.normpath(posixpath.join(folder, address))
