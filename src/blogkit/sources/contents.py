"""Tables of contents of books: EPUB 3's navigation document and EPUB 2's NCX."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from blogkit.sources.elements import name_set
from blogkit.sources.xml import children, local_name, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPE = "{http://www.idpf.org/2007/ops}type"
_NO_CHAPTER_TYPES = name_set("cover titlepage halftitlepage copyright-page toc landmarks loi lot")
_NO_CHAPTER_TITLE = re.compile(
    r"(?:封面|封底|扉页|书名页|版权(?:页|信息|声明)?|目\s*录|总目录|cover(?:\s+page)?|(?:half\s*)?title\s*page"
    r"|copyright(?:\s+(?:page|notice))?|(?:table\s+of\s+)?contents|toc)",
    re.IGNORECASE,
)
_NO_CHAPTER_NAME = re.compile(
    r"(?:book)?(?:cover|title-?_?page|half-?_?title|copyright|toc|contents)(?:[-_]?page)?[-_]?\d*"
    r"|(?:封面|扉页|版权页?|目录)",
    re.IGNORECASE,
)
_PAGE_TYPE = re.compile(r"<(?:body|section)\b[^>]*?\bepub:type=[\"']([^\"']{0,100})", re.IGNORECASE)


class ContentsEntry(NamedTuple):
    """A line of a table of contents."""

    title: str
    """What it says."""
    page: str
    """Name of the page that it leads to."""
    fragment: str
    """Id of the element there; empty where it is the page."""
    depth: int
    """How deep it stands, from 1."""


def read_contents(document: "_Element", name: str) -> tuple[list[ContentsEntry], set[str]]:
    """The lines of a table of contents, and pages that it says are covers and the like.

    Args:
        document: the navigation document or NCX.
        name: its name, from which its addresses start.
    """
    if local_name(document) == "ncx":
        return list(_of_ncx(document, name, 1)), set()
    navs = [element for element in document.iter() if local_name(element) == "nav"]
    tables = [nav for nav in navs if "toc" in (nav.get(_TYPE) or "").split()] or navs[:1]
    found = [entry for table in tables[:1] for entry in _of_list(table, name, 0)]
    passed = {
        _target(link, "href", name)[0]
        for nav in navs
        for link in nav.iter()
        if _NO_CHAPTER_TYPES.intersection((link.get(_TYPE) or "").split()) and link.get("href")
    }
    return found, passed


def _of_ncx(element: "_Element", name: str, depth: int) -> Iterator[ContentsEntry]:
    for child in element:
        if local_name(child) == "navMap":
            yield from _of_ncx(child, name, depth)
        if local_name(child) == "navPoint":
            titles = [text_of(label) for label in children(child, "navLabel")]
            targets = [_target(content, "src", name) for content in children(child, "content")]
            if titles and targets:
                yield _entry(titles[0], targets[0], depth)
            yield from _of_ncx(child, name, depth + 1)


def _of_list(element: "_Element", name: str, depth: int) -> Iterator[ContentsEntry]:
    for child in element:
        kind = local_name(child)
        if kind == "a":
            yield _entry(text_of(child), _target(child, "href", name), depth)
        elif kind:
            yield from _of_list(child, name, depth + (kind == "ol"))


def _entry(title: str, target: tuple[str, str], depth: int) -> ContentsEntry:
    return ContentsEntry(" ".join(title.split()), *target, depth)


def _target(element: "_Element", attribute: str, name: str) -> tuple[str, str]:
    """The page and the id that an element leads to."""
    address, _, fragment = (element.get(attribute) or "").partition("#")
    page = posixpath.join(posixpath.dirname(name), unquote(address))
    return posixpath.normpath(page), unquote(fragment)


def is_no_chapter(name: str, entries: Sequence[ContentsEntry], text: str) -> bool:
    """Whether a page is a cover, a title page, copyright or a table of contents.

    Its line in the table of contents says so, where it has one; else its kind, or its name.
    """
    if entries:
        return all(_NO_CHAPTER_TITLE.fullmatch(entry.title.strip()) for entry in entries)
    kind = _PAGE_TYPE.search(text)
    if kind and _NO_CHAPTER_TYPES.intersection(kind[1].split()):
        return True
    stem = posixpath.splitext(posixpath.basename(name))[0]
    return _NO_CHAPTER_NAME.fullmatch(stem) is not None
