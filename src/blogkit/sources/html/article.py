"""Where the article stands in a page: by what blog engines call it, else by where the prose is.

The engines' names come first because they are exact; without one, paragraphs vote for the elements
that hold them, as in Readability. Nothing is cleaned away here, so that formulas stay.
"""

from typing import TYPE_CHECKING

from blogkit.sources.elements import name_set
from blogkit.sources.html.tree import classes, plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element

ARTICLE_MARKS = (
    "#cnblogs_post_body",  # cnblogs
    "#content_views", "#article_content",  # CSDN
    "#PostContent", ".PostContent",  # kexue.fm's theme of Typecho
    ".Post-RichText", ".RichText",  # zhihu
    "#js_content",  # WeChat
    "[itemprop=articleBody]",
    "#article-container",  # Hexo, Butterfly
    ".post-body",  # Hexo NexT; Blogger
    ".article-entry",  # Hexo, Landscape
    ".entry-content",  # WordPress
    ".post-content", ".e-content",  # Hugo PaperMod, Jekyll minima, Typecho's default theme
    ".article-content", ".article__content", ".post__content", ".post-entry", ".single-content",
    ".blog-post-content", ".post-article", ".article-body", ".available-content", ".td-content",
    ".markdown-body", ".markdown_views", ".markdown", ".ltx_document",
    "article", "main", "[role=main]",
)  # fmt: skip
"""Ids, classes, attributes and tags of the element that is the article, the surest first."""
LEAST_CHARS = 8
"""An element with less text and no formula is taken for an empty shell."""
_WHOLE_SHARE = 0.6
"""Of several articles on a page, one with so much of their text is the page's own."""
_PROSE = ("p", "pre", "blockquote", "td", "li", "dd")
_LEAST_PROSE_CHARS = 25


def find_articles(root: "_Element") -> "list[_Element]":
    """The articles of a page, in order: one, or each entry of a listing.

    A page without any mark gives the element that holds most of its prose.
    """
    marked = _marked(root)
    for mark in ARTICLE_MARKS:
        found = [element for element in marked.get(mark, ()) if _says_something(element)]
        outermost = _outermost(found)
        if not outermost:
            continue
        lengths = [len(plain_text(element)) for element in outermost]
        if max(lengths) >= _WHOLE_SHARE * sum(lengths):
            return [outermost[lengths.index(max(lengths))]]
        return outermost
    return [_densest(root)]


def _marked(root: "_Element") -> "dict[str, list[_Element]]":
    """The elements of each mark, in document order, found in one walk."""
    marked: dict[str, list[_Element]] = {}
    wanted = frozenset(ARTICLE_MARKS)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        marks = {element.tag, f"#{element.get('id')}"}
        marks.update(f".{name}" for name in classes(element))
        for attribute in ("itemprop", "role"):
            marks.update(f"[{attribute}={word}]" for word in (element.get(attribute) or "").split())
        for mark in marks & wanted:
            marked.setdefault(mark, []).append(element)
    return marked


def _says_something(element: "_Element") -> bool:
    if len(plain_text(element)) >= LEAST_CHARS:
        return True
    return next(element.iter("math", "script", "img", "mjx-container"), None) is not None


def _outermost(found: "list[_Element]") -> "list[_Element]":
    kept: list[_Element] = []
    inside: set[_Element] = set()
    for element in found:
        if element in inside:
            continue
        kept.append(element)
        inside.update(element.iterdescendants())
    return kept


def _densest(root: "_Element") -> "_Element":
    """The element to which most prose belongs; links count against it.

    Each paragraph votes with its length, for its parent in full and for its grandparent by half.
    """
    votes: dict[_Element, float] = {}
    for element in root.iter(*_PROSE, "div", "section"):
        length = _own_prose_chars(element)
        if length < _LEAST_PROSE_CHARS:
            continue
        holder = element if element.tag in ("div", "section") else element.getparent()
        for weight in (1.0, 0.5):
            if holder is not None and holder.tag != "html":
                votes[holder] = votes.get(holder, 0.0) + weight * length
                holder = holder.getparent()
    body = next(root.iter("body"), root)
    return max(votes, key=lambda element: votes[element]) if votes else body


def _own_prose_chars(element: "_Element") -> int:
    """Characters that stand in an element itself or in its inline elements, links taken off."""
    count = len((element.text or "").strip())
    for child in element:
        count += len((child.tail or "").strip())
        if isinstance(child.tag, str) and child.tag in _INLINE:
            count += len(plain_text(child)) * (-1 if child.tag == "a" else 1)
    return count


_INLINE = name_set(
    """
    a em strong b i span code sub sup u small mark font
    """
)
