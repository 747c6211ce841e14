"""EPUB books: the chapters in reading order, as the table of contents calls them.

A chapter that the book has in several files is one; a file with several chapters is cut where the
table of contents says. Covers, title pages, copyright and the table itself are no posts.

Source: EPUB 3.3, sections 4 (container), 5 (package document), 7 (navigation); EPUB 2 and its NCX.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.contents import ContentsEntry, is_no_chapter, read_contents
from blogkit.sources.decode import decode
from blogkit.sources.formats import Reader
from blogkit.sources.html.chapter import read_chapter
from blogkit.sources.html.head import read_date
from blogkit.sources.unpacking import Allowance, Member, opened_zip, read_packed
from blogkit.sources.xml import children, local_name, parse_xml, text_of
from blogkit.text.dates import UNDATED, PostDate

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_PAGE_TYPES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_NCX_TYPE = "application/x-dtbncx+xml"
_SPLIT_NAME = re.compile(r"(.+?)[-_.]?split[-_]?\d+(\.\w+)?")
_FIRST_BLOCK = re.compile(
    r"<h(?P<level>[1-6])\b[^>]*>(?P<text>.*?)</h|<(?:p|li|td|pre|blockquote)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_CHAPTER_WORDS = re.compile(
    r"\s*(?:<[^>]*>\s*)*(?:第.{1,8}[章讲课回部卷篇编]|附录|chapter\b|part\b|appendix\b)",
    re.IGNORECASE,
)
_BEFORE_BODY = re.compile(r"\A.*?<body\b[^>]*>", re.DOTALL | re.IGNORECASE)
_BEHIND_BODY = re.compile(r"</body\s*>.*\Z", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says."""

    title: str
    """The book's title."""
    date: PostDate
    """When it was published."""
    subjects: tuple[str, ...]
    """What it is about."""
    pages: tuple[str, ...]
    """Names of the pages in the zip, in reading order."""
    contents: tuple[ContentsEntry, ...]
    """The table of contents, in its order."""
    no_chapters: frozenset[str]
    """Names of the pages that the book says are covers and the like."""


@dataclass(slots=True)
class _Chapter:
    """Pages that are read as one."""

    place: str
    """The first of them."""
    texts: list[str]
    """What they hold."""
    first: bytes
    """The bytes of the first, whose faults its reader tells."""
    entries: list[ContentsEntry]
    """What the table of contents has of them."""


def read_epub(data: bytes, path: str, allowance: Allowance) -> Iterator[Member]:
    """The chapters of a book; its title becomes their category, its subjects their tags.

    Raises:
        SourceError: ``bundle`` if it is no zip or holds no book, and what the XML reader raises.
    """
    with opened_zip(data, path) as archive:
        book = _read_book(archive, path, allowance)
        for member in _members(archive, book, path, allowance):
            categories = (book.title,) if book.title else ()
            yield replace(member, date=book.date, tags=book.subjects, categories=categories)


def _members(
    archive: zipfile.ZipFile, book: _Book, path: str, allowance: Allowance
) -> Iterator[Member]:
    chapter: _Chapter | None = None
    last = ""
    for name in book.pages:
        allowance.take_member()
        place = f"{path}!{name}"
        read = read_packed(archive, name, place, allowance)
        entries = [entry for entry in book.contents if entry.page == name]
        text, problem = _text(read, place)
        if problem is None and chapter and _continues(chapter, text, entries, (last, name)):
            chapter.texts.append(text)
            last = name
            continue
        if chapter is not None:
            yield _member(chapter)
        chapter = None
        if problem is not None or not isinstance(read, bytes):
            yield Member(place, problem=problem)
        elif name in book.no_chapters or is_no_chapter(name, entries, text):
            yield Member(place, skipped="covers")
        else:
            chapter, last = _Chapter(place, [text], read, entries), name
    if chapter is not None:
        yield _member(chapter)


def _text(read: bytes | tuple[str, str], place: str) -> tuple[str, tuple[str, str] | None]:
    """A page's text, or code and message of why it has none."""
    if not isinstance(read, bytes):
        return "", read
    try:
        return decode(read, place).text, None
    except SourceError as error:
        return "", (error.code, str(error))


def _continues(
    chapter: _Chapter, text: str, entries: list[ContentsEntry], names: tuple[str, str]
) -> bool:
    """Whether a page goes on with the chapter before it."""
    if entries or is_no_chapter(names[1], [], text):
        return False
    bases = [match and match[1] for match in map(_SPLIT_NAME.fullmatch, names)]
    if bases[0] and bases[0] == bases[1]:
        return True
    if not chapter.entries:
        return False
    heading = _first_heading(text)
    own = _first_heading(chapter.texts[0])
    if heading is None:
        return True
    is_deeper = own is None or heading["level"] > own["level"]
    return is_deeper and not _CHAPTER_WORDS.match(heading["text"])


def _first_heading(text: str) -> re.Match[str] | None:
    match = _FIRST_BLOCK.search(_BEFORE_BODY.sub("", text))
    return match if match and match["level"] else None


def _member(chapter: _Chapter) -> Member:
    """The pages of a chapter as one page, whose lines count through all of them."""
    reader = Reader("html", partial(read_chapter, entries=tuple(chapter.entries)))
    if len(chapter.texts) == 1:
        return Member(chapter.place, chapter.first, reader=reader)
    pages = [chapter.texts[0]]
    for text in chapter.texts[1:]:
        body = _BEFORE_BODY.sub(lambda head: "\n" * head.group().count("\n"), text)
        pages[-1] = _BEHIND_BODY.sub(lambda tail: "\n" * tail.group().count("\n"), pages[-1])
        pages.append(body)
    return Member(chapter.place, "\n".join(pages).encode("utf-8", "replace"), reader=reader)


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
    items = _items(package, folder)
    contents: list[ContentsEntry] = []
    no_chapters = set(_guided(package, folder))
    for name in _navigation(items):
        try:
            document = _document(archive, name, path, allowance)
        except SourceError:
            continue  # a book without its table of contents is still read
        found, passed = read_contents(document, name)
        contents = contents or found
        no_chapters |= passed
    return _Book(
        title=next(_metadata(package, "title"), ""),
        date=next((read_date(text) for text in _metadata(package, "date")), UNDATED),
        subjects=tuple(dict.fromkeys(_metadata(package, "subject"))),
        pages=tuple(dict.fromkeys(_pages(package, items))),
        contents=tuple(contents),
        no_chapters=frozenset(no_chapters),
    )


def _document(archive: zipfile.ZipFile, name: str, path: str, allowance: Allowance) -> "_Element":
    read = read_packed(archive, name, f"{path}!{name}", allowance)
    if not isinstance(read, bytes):
        message = Message("expected a book, found none: {reason}", reason=read[1])
        raise SourceError("bundle", path, message)
    return parse_xml(decode(read, f"{path}!{name}").text, f"{path}!{name}").root


def _metadata(package: "_Element", name: str) -> Iterator[str]:
    for metadata in children(package, "metadata"):
        for element in metadata.iter():
            if local_name(element) == name and text_of(element):
                yield " ".join(text_of(element).split())


@dataclass(frozen=True, slots=True)
class _Item:
    """A file that the package names."""

    name: str
    """Its name in the zip."""
    media_type: str
    """Its type."""
    is_navigation: bool
    """Whether it is the table of contents of EPUB 3."""


def _items(package: "_Element", folder: str) -> dict[str, _Item]:
    """The files of a book by their ids."""
    return {
        item.get("id") or "": _Item(
            _name(folder, item.get("href") or ""),
            item.get("media-type") or "",
            "nav" in (item.get("properties") or "").split(),
        )
        for manifest in children(package, "manifest")
        for item in children(manifest, "item")
    }


def _name(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _navigation(items: dict[str, _Item]) -> list[str]:
    """The tables of contents, that of EPUB 3 first."""
    found = [item for item in items.values() if item.is_navigation or item.media_type == _NCX_TYPE]
    return [item.name for item in sorted(found, key=lambda item: not item.is_navigation)]


def _guided(package: "_Element", folder: str) -> Iterator[str]:
    """Pages that the guide of EPUB 2 says are covers and the like."""
    for guide in children(package, "guide"):
        for reference in children(guide, "reference"):
            if (reference.get("type") or "").lower() in (
                "cover",
                "title-page",
                "copyright-page",
                "toc",
            ):
                yield _name(folder, reference.get("href") or "")


def _pages(package: "_Element", items: dict[str, _Item]) -> Iterator[str]:
    """Names of the pages in reading order, without the table of contents."""
    for spine in children(package, "spine"):
        for reference in children(spine, "itemref"):
            item = items.get(reference.get("idref") or "")
            if item and item.media_type in _PAGE_TYPES and not item.is_navigation:
                yield item.name
