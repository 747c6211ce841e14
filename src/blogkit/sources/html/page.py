"""Saved web pages: the article of a page, or the entries of a listing, as posts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blogkit.language import Message
from blogkit.posts import Occurrence, Post
from blogkit.sources.elements import line_of_element
from blogkit.sources.html.article import find_articles
from blogkit.sources.html.blocks import BlockWriter
from blogkit.sources.html.formulas import PageFormulas, find_formulas
from blogkit.sources.html.head import (
    address_of,
    categories_of,
    date_of,
    linked_heading,
    tags_of,
    title_of,
)
from blogkit.sources.html.tree import parse_html
from blogkit.sources.reading import Draft, SourceProblem, assemble, title_from_text
from blogkit.text.addresses import is_web_address, joined_address, unwrapped

if TYPE_CHECKING:
    from lxml.etree import _Element

_READ_MORE = re.compile(
    r"[\s\[(（【—-]*(?:(?:点击)?(?:阅读|查看|閱讀)(?:全文|更多|剩余部分|原文)|继续阅读|繼續閱讀|展开全文"
    r"|(?:read\s+(?:more|on|the\s+rest)|continue\s+reading)[^.。!?\n]{0,80}|more)"
    r"[\s.…»→>\])）】—-]*",
    re.IGNORECASE,
)

_SITE_TAIL = ("转载到请包括本文地址", "转载请包括本文地址")
MOST_LINKS = 1000
"""Links of a post that are kept."""


def read_page(
    text: str, path: str, *, base: str | None = None
) -> tuple[list[Post], list[SourceProblem]]:
    """The posts of a page, and the formulas that it shows without their source.

    Args:
        text: the page.
        path: its file, as places are told.
        base: where it was found, if it does not say so itself.

    Raises:
        SourceError: ``too-deep``.
    """
    root = parse_html(text, path)
    if root is None:
        return [], []
    page = _Page(root, find_formulas(root), path, address_of(root, text) or base)
    articles = find_articles(root)
    read = (_read_article(page, article, is_entry=len(articles) > 1) for article in articles)
    posts = [post for post in read if post is not None]
    if len(posts) == 1 and page.address:
        posts = [replace(posts[0], address=page.address)]
    return posts, [lost_formula(element, path) for element in page.formulas.lost]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of which articles are read."""

    root: "_Element"
    """Its tree."""
    formulas: PageFormulas
    """Its formulas."""
    path: str
    """Its file."""
    address: str | None
    """Where it stood, as far as it is known."""


def _read_article(page: _Page, article: "_Element", *, is_entry: bool) -> Post | None:
    writer = BlockWriter(page.formulas.latex)
    drafts, truncated = without_read_more(_without_site_tail(writer.read(article)))
    if not any(draft.text for draft in drafts):
        return None
    links = writer.links_within(len(drafts))
    title = title_of(page.root, article, is_entry=is_entry)
    if drafts[0].kind == "heading" and drafts[0].text == title and len(drafts) > 1:
        drafts = drafts[1:]
    body, blocks = assemble(drafts)
    near = _surroundings(article) if is_entry else page.root
    own_link = [linked_heading(near, title)] if title else []
    last = drafts[-1]
    return Post(
        title=title or title_from_text(drafts),
        text=body,
        title_from="heading" if title else "text",
        date=date_of(page.root, near),
        tags=tags_of(page.root, near),
        categories=categories_of(page.root, near),
        truncated=truncated,
        blocks=blocks,
        links=linked_addresses(links, page.address),
        address=next(iter(linked_addresses(own_link, page.address)), None),
        occurrences=(Occurrence(page.path, drafts[0].line, last.last_line, truncated),),
    )


def _surroundings(article: "_Element") -> "_Element":
    """The closest element around an entry that has a heading: title, date and tags stand in it."""
    holder = article
    for _ in range(4):
        if next(holder.iter("h1", "h2", "h3"), None) is not None:
            return holder
        parent = holder.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        holder = parent
    return article


def _without_site_tail(drafts: list[Draft]) -> list[Draft]:
    """Drafts without what kexue.fm says below each post: how to copy it, pay for it, cite it."""
    for number, draft in enumerate(drafts):
        is_tail = draft.kind == "paragraph" and draft.text.startswith(_SITE_TAIL)
        if is_tail and not any(later.kind == "heading" for later in drafts[number:]):
            return drafts[:number]
    return drafts


def linked_addresses(links: Iterable[str | None], base: str | None) -> tuple[str, ...]:
    """Web addresses of links, in order, each once.

    Args:
        links: what ``href`` says.
        base: address of the page that they stand in; without it, those that need it are left out.
    """
    inside = (link for link in links if link and not link.startswith("#"))
    whole = (unwrapped(joined_address(base, link) if base else link) for link in inside)
    return tuple(dict.fromkeys(link for link in whole if is_web_address(link)))[:MOST_LINKS]


def without_read_more(drafts: list[Draft]) -> tuple[list[Draft], bool]:
    """Drafts without a last line that only links to the rest, and whether there was one."""
    end = max((n for n, draft in enumerate(drafts, start=1) if draft.text), default=0)
    last = drafts[end - 1] if end else None
    if last is not None and last.kind == "paragraph":
        lines = last.text.split("\n")
        if _READ_MORE.fullmatch(lines[-1]):
            rest = "\n".join(lines[:-1]).rstrip()
            left = [replace(last, text=rest)] if rest else []
            return [*drafts[: end - 1], *left, *drafts[end:]], True
    return drafts, False


def lost_formula(element: "_Element", path: str, first_line: int = 1) -> SourceProblem:
    """That a formula is shown and its source is not in the page."""
    line = line_of_element(element) + first_line - 1
    message = Message(
        "{path}:{line}: expected the source of a formula beside its boxes, found "
        "none; save the page again with its formulas as MathML",
        path=path,
        line=line,
    )
    return SourceProblem(path, line, "formula-lost", message)
