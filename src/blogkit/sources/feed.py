"""Feeds: RSS 2.0, RSS 1.0 and Atom, a post an entry.

Read with lxml and not with feedparser, whose cleaning takes ``<script type="math/tex">`` away and
which does not tell lines. An entry that has only a summary is a truncated post.

Source: RSS 2.0 specification; RFC 4287 (Atom); RSS 1.0 module "content".
"""

import re
from email.utils import parsedate
from typing import TYPE_CHECKING

from blogkit.addresses import is_web_address
from blogkit.dates import UNDATED, PostDate
from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.posts import Occurrence, Post
from blogkit.sources.elements import line_of_element, raw_text
from blogkit.sources.formats import Found, SourceFile
from blogkit.sources.html.blocks import BlockWriter
from blogkit.sources.html.formulas import find_formulas
from blogkit.sources.html.head import read_date
from blogkit.sources.html.page import linked_addresses, lost_formula, without_read_more
from blogkit.sources.html.tree import parse_html, plain_text
from blogkit.sources.reading import (
    Draft,
    SourceProblem,
    assemble,
    paragraphs,
    title_from_text,
)
from blogkit.sources.xml import children, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOTS = ("rss", "RDF", "feed")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|[A-Za-z]\w*);")
_ENDS_OPEN = re.compile(r"(?:\.{3}|…|\[(?:\.{3}|…|&hellip;)\])\s*$")
_FULL, _SUMMARY = ("encoded", "content"), ("description", "summary", "subtitle")
_PUBLISHED = ("pubDate", "published", "issued", "created", "date", "updated", "modified")
"""Elements with an entry's date, the surest first."""


def read_feed(file: SourceFile) -> Found:
    """The entries of a feed, in order.

    Raises:
        SourceError: ``xml`` or ``xml-entities``; ``format`` if it is XML and no feed.
    """
    root = parse_xml(file.text, file.path)
    if local_name(root) not in _ROOTS:
        message = Message(
            "expected a feed (rss, feed, RDF), found <{local_name}>", local_name=local_name(root)
        )
        raise SourceError("format", file.path, message)
    posts: list[Post] = []
    problems: list[SourceProblem] = []
    for entry in root.iter():
        if local_name(entry) in ("item", "entry"):
            post, lost = _read_entry(entry, file.path)
            posts += [post] if post is not None else []
            problems += lost
    return Found(posts, problems)


def _read_entry(entry: "_Element", path: str) -> tuple[Post | None, list[SourceProblem]]:
    body, is_full = _body(entry)
    if body is None:
        return None, []
    drafts, links, problems = _drafts(body, path)
    drafts, has_link = without_read_more(drafts)
    if not drafts:
        return None, problems
    ends_open = bool(_ENDS_OPEN.search(drafts[-1].text))
    truncated = has_link or local_name(body) == "summary" or (ends_open and not is_full)
    title = _title(entry)
    text, blocks = assemble(drafts)
    address = _address(entry)
    last = drafts[-1]
    post = Post(
        title=title or title_from_text(drafts),
        text=text,
        title_from="heading" if title else "text",
        date=_date(entry),
        tags=_tags(entry),
        truncated=truncated,
        blocks=blocks,
        address=address,
        links=linked_addresses(links, address),
        occurrences=(
            Occurrence(path, line_of_element(entry), last.line + last.text.count("\n"), truncated),
        ),
    )
    return post, problems


def _body(entry: "_Element") -> "tuple[_Element | None, bool]":
    """The element with the entry's text, and whether that is the full one; the longest counts."""
    for names in (_FULL, _SUMMARY):
        found = [element for element in children(entry, *names) if text_of(element)]
        if found:
            return max(found, key=lambda element: len(text_of(element))), names is _FULL
    return None, False


def _drafts(body: "_Element", path: str) -> tuple[list[Draft], list[str], list[SourceProblem]]:
    """The blocks of an entry, its links, and the formulas that it lost."""
    line = line_of_element(body)
    kind = body.get("type") or "html"
    source = raw_text(body)
    if len(body):
        from lxml.etree import tostring

        source = "".join(tostring(child, encoding="unicode") for child in body)
    elif kind in ("text", "text/plain"):
        return paragraphs(source.split("\n"), line), [], []
    root = parse_html(_without_prefixes(source), path)
    if root is None:
        return [], [], []
    formulas = find_formulas(root)
    writer = BlockWriter(formulas.latex, first_line=line)
    drafts = writer.read(root)
    return (
        drafts,
        writer.links_within(len(drafts)),
        [lost_formula(element, path, line) for element in formulas.lost],
    )


def _without_prefixes(markup: str) -> str:
    """Markup whose elements have plain names, as HTML has them."""
    return re.sub(r"(</?)(?:xhtml|html|h|m|mml|math):(?=[a-zA-Z])", r"\1", markup)


def _title(entry: "_Element") -> str | None:
    for element in children(entry, "title"):
        title = " ".join(raw_text(element).split())
        if _MARKUP.search(title) and (root := parse_html(title, "title")) is not None:
            title = plain_text(root)
        if title:
            return title
    return None


def _date(entry: "_Element") -> PostDate:
    """The day of publication, in the time zone that the feed tells it in."""
    for name in _PUBLISHED:
        for element in children(entry, name):
            text = text_of(element)[:100]
            parts = parsedate(text)
            if parts and parts[0] >= 1900 and 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31:
                return PostDate(*parts[:3])
            if date := read_date(text):
                return date
    return UNDATED


def _tags(entry: "_Element") -> tuple[str, ...]:
    names = [
        (element.get("label") or element.get("term") or text_of(element)).strip()
        for element in children(entry, "category", "subject")
    ]
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name))


def _address(entry: "_Element") -> str | None:
    for link in children(entry, "link"):
        address = (link.get("href") or text_of(link)).strip()
        if link.get("rel") in (None, "alternate") and is_web_address(address):
            return address
    for identity in children(entry, "guid", "id"):
        if identity.get("isPermaLink") != "false" and is_web_address(text_of(identity)):
            return text_of(identity)
    return None
