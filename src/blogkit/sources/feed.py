"""Feeds: RSS 2.0, RSS 1.0 and Atom, a post an entry.

Read with lxml and not with feedparser, whose cleaning takes ``<script type="math/tex">`` away and
which does not tell lines. An entry that has only a summary is a truncated post.

Source: RSS 2.0 specification; RFC 4287 (Atom); RSS 1.0 module "content".
"""

import re
from email.utils import parsedate
from html import unescape
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.posts import Occurrence, Post
from blogkit.sources.elements import line_of_element, raw_text
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
from blogkit.sources.source_file import Found, SourceFile
from blogkit.sources.xml import children, local_name, parse_xml, text_of
from blogkit.text.addresses import is_web_address
from blogkit.text.dates import UNDATED, PostDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_ROOTS = ("rss", "RDF", "feed")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|[A-Za-z]\w*);")
_ENTRY = re.compile(
    r"<(?P<tag>item|entry)[\s>].*?(?:</(?P=tag)\s*>|(?=<(?P=tag)[\s>])|\Z)", re.DOTALL
)
_TEXT_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>(?:\w{1,20}:)?(?:description|summary|content|encoded|title))"
    r"(?:\s[^<>]*)?>"
)
_UNCLOSED = re.compile(
    r"<(title|pubDate|guid|author|category|published|updated)>([^<]*)(?=<(?!/\1|!\[))"
)
"""An element of text that another one follows before it is closed."""
_WRAPPED_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)?lt;/?(?:p|div|br|span|a|img|ul|ol|li|h[1-6]|pre|code|strong|em|b|i|table|blockquote)"
    r"(?:\s[^<>]{0,500}?)?/?&(?:amp;)?gt;",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ENDS_OPEN = re.compile(r"(?:\.{3}|…|\[(?:\.{3}|…|&hellip;)\])\s*$")
_FULL, _SUMMARY = ("encoded", "content"), ("description", "summary", "subtitle")
_PUBLISHED = ("pubDate", "published", "issued", "created", "date", "updated", "modified")
"""Elements with an entry's date, the surest first."""


def read_feed(file: SourceFile) -> Found:
    """The entries of a feed, in order.

    Raises:
        SourceError: ``xml`` or ``xml-entities``; ``format`` if it is XML and no feed.
    """
    document = parse_xml(file.text, file.path)
    root = document.root
    if local_name(root) not in _ROOTS:
        message = Message(
            "expected a feed (rss, feed, RDF), found <{local_name}>", local_name=local_name(root)
        )
        raise SourceError("format", file.path, message)
    posts: list[Post] = []
    problems = list(document.problems)
    entries = _mended_entries(file) if problems else _entries(root)
    for entry, first_line in entries:
        post, lost = _read_entry(entry, file.path, first_line)
        posts += [post] if post is not None else []
        problems += lost
    return Found(posts, problems)


def _entries(root: "_Element") -> "Iterator[tuple[_Element, int]]":
    for entry in root.iter():
        if local_name(entry) in ("item", "entry"):
            yield entry, 1


def _mended_entries(file: SourceFile) -> "Iterator[tuple[_Element, int]]":
    """The entries of a feed that is no XML as a whole, each by itself, with its first line.

    So a tag that is not closed costs nothing of the other entries. What is HTML and should have
    been escaped is taken for text.
    """
    line, position = 1, 0
    for match in _ENTRY.finditer(file.text):
        line += file.text.count("\n", position, match.start())
        position = match.start()
        markup = _with_text_only(_UNCLOSED.sub(r"<\1>\2</\1>", match.group()))
        try:
            yield parse_xml(markup, file.path, line).root, line
        except SourceError:
            continue


def _with_text_only(markup: str) -> str:
    """An entry whose elements of text hold no markup, each up to the first tag that closes it."""
    tags = list(_TEXT_TAG.finditer(markup))
    closing: dict[str, int] = {}
    ends: dict[int, int] = {}
    for tag in reversed(tags):
        if tag["close"]:
            closing[tag["name"]] = tag.start()
        elif tag["name"] in closing:
            ends[tag.end()] = closing[tag["name"]]
    pieces: list[str] = []
    position = 0
    for tag in tags:
        start = tag.end()
        end = ends.get(start)
        if end is not None and tag.start() >= position:
            pieces += [markup[position:start], _as_text(markup[start:end])]
            position = end
    return "".join([*pieces, markup[position:]])


def _as_text(inside: str) -> str:
    if "<![CDATA[" in inside or "<" not in inside:
        return inside
    return f"<![CDATA[{inside.replace(']]>', ']]&gt;')}]]>"


def _read_entry(
    entry: "_Element", path: str, first_line: int
) -> tuple[Post | None, list[SourceProblem]]:
    body, is_full = _body(entry)
    if body is None:
        return None, []
    drafts, links, problems = _drafts(body, path, first_line)
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
            Occurrence(
                path,
                line_of_element(entry) + first_line - 1,
                last.last_line,
                truncated,
            ),
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


def _drafts(
    body: "_Element", path: str, first_line: int
) -> tuple[list[Draft], list[str], list[SourceProblem]]:
    """The blocks of an entry, its links, and the formulas that it lost."""
    line = line_of_element(body) + first_line - 1
    kind = body.get("type") or "html"
    source = raw_text(body)
    if len(body):
        from lxml.etree import tostring

        source = "".join(tostring(child, encoding="unicode") for child in body)
    elif kind in ("text", "text/plain"):
        return paragraphs(source.split("\n"), line), [], []
    root = parse_html(_without_prefixes(_unescaped(source)), path)
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


def _unescaped(source: str) -> str:
    """HTML that was escaped once too often, as HTML: CDATA that is text, tags that are all text.

    >>> _unescaped("<![CDATA[&lt;p&gt;一&lt;/p&gt;]]>")
    '<p>一</p>'
    """
    source = _WRAPPED_CDATA.sub(r"\1", source)
    for _ in range(2):
        if _TAG.search(source) or not _ESCAPED_TAG.search(source):
            break
        source = unescape(source)
    return source


def _without_prefixes(markup: str) -> str:
    """Markup whose elements have plain names, as HTML has them."""
    return re.sub(r"(</?)(?:xhtml|html|h|m|mml|math):(?=[a-zA-Z])", r"\1", markup)


def _title(entry: "_Element") -> str | None:
    for element in children(entry, "title"):
        title = " ".join(_unescaped(raw_text(element)).split())
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
