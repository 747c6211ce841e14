"""What a page says of its article: title, date, tags, categories, address.

A date is taken only with its year, and only where the page says that it is one; what a page does
not say stays unknown.
"""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from blogkit.sources.elements import name_set, raw_text
from blogkit.sources.html.tree import classes, plain_text
from blogkit.text.addresses import addresses_in, is_web_address
from blogkit.text.dates import UNDATED, PostDate

if TYPE_CHECKING:
    from lxml.etree import _Element

_SEPARATOR = re.compile(r"\s+[-|–—·•»_]\s+|\s*[|»_]\s*|(?<=[^\sA-Za-z0-9])[-–—](?=[^\s])")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_ENGLISH_DATE = re.compile(
    r"\b(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[A-Z][a-z]{2,8})\.?"
    r"(?:\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<year>(?:19|20)\d\d)\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "publishdate", "pubdate", "dc.date", "dc.date.issued", "citation_publication_date", "date",
)  # fmt: skip
_DATE_CLASSES = name_set(
    """
    post-date entry-date date published post-time post-meta-date publish-date postdate
    article-date post-meta-date-created dt-published submitted PostHead date-wrap time
    ContentItem-time postDesc post-meta entry-meta article-meta meta info post-info up-time
    bar-content
    """
)
_TITLE_CLASSES = name_set(
    """
    post-title entry-title article-title p-name QuestionHeader-title Post-Title title-article
    postTitle post__title article__title blog-post-title
    """
)
_SIDE = re.compile(r"side-?bar|widget|navbar|menu|tag-?cloud|related|recommend", re.I)
_TAG_ADDRESS = re.compile(r"/(?:tags?|label|topic)/[^/]+/?(?:index\.html|\.html)?$")
_CATEGORY_ADDRESS = re.compile(r"/(?:category|categories)/[^?#]+$|/category_\d+\.html$")
_OF_ARTICLE = re.compile(r"\b(?:post|entry|article)[-_]?footer", re.I)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>]+)"
)
_SAYS_ADDRESS = re.compile(
    r"本文(?:固定|永久)?(?:地址|链接|鏈接|連結|网址)\s*[:：]\s*(https?://\S+)"
)
_COMMENT_CHARS = 5000
"""Where the comments stand in which browsers say what they saved."""
_LONGEST_TITLE_CHARS = 200


def title_of(root: "_Element", article: "_Element | None", *, is_entry: bool) -> str | None:
    """The article's title.

    Args:
        root: the page.
        article: the article in it.
        is_entry: whether the page has several, so that its own title is none of them.
    """
    if is_entry and article is not None:
        return _heading_near(article)
    shown = _page_title(root)
    told = _meta(root, "og:title", "twitter:title", "citation_title")
    for candidate in _headings(root, article):
        text = plain_text(candidate).rstrip("¶#").strip()
        if text and any(text in whole for whole in (shown or "", told or "")):
            return text[:_LONGEST_TITLE_CHARS]
    named = told or (article is not None and _heading_near(article)) or shown
    return _without_site(str(named), root)[:_LONGEST_TITLE_CHARS] if named else None


def _page_title(root: "_Element") -> str | None:
    title = next(root.iter("title"), None)
    return (plain_text(title) or None) if title is not None else None


def _headings(root: "_Element", article: "_Element | None") -> "Iterator[_Element]":
    """Headings that may be the title, the surest first.

    Those that engines mark; then those before the article, the closest first, since a site's name
    may be a heading at the top; then the others.
    """
    for element in root.iter():
        if isinstance(element.tag, str) and (
            classes(element) & _TITLE_CLASSES or element.get("itemprop") in ("headline", "name")
        ):
            yield element
    for level in ("h1", "h2"):
        before: list[_Element] = []
        behind: list[_Element] = []
        found = before
        for element in root.iter():
            found = behind if element is article else found
            if element.tag == level:
                found.append(element)
        yield from reversed(before)
        yield from behind


def linked_heading(near: "_Element", title: str) -> str | None:
    """The address that the heading with an article's title links to, as the page has it."""
    for link in near.iter("a"):
        if (
            plain_text(link) == title
            and next(link.iterancestors("h1", "h2", "h3"), None) is not None
        ):
            return link.get("href")
    return None


def _heading_near(article: "_Element") -> str | None:
    """The heading before an article, in the closest element around it that has one."""
    holder = article
    for _ in range(4):
        for heading in holder.iter("h1", "h2", "h3"):
            if text := plain_text(heading):
                return text[:_LONGEST_TITLE_CHARS]
        parent = holder.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        holder = parent
    return None


def _without_site(title: str, root: "_Element") -> str:
    """A title without the site's name behind it."""
    site = _meta(root, "og:site_name", "application-name")
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title.strip()
    if site and site in parts[-1]:
        return title[: title.rindex(parts[-1])].rstrip(" -|–—·•»_")
    found = list(_SEPARATOR.finditer(title))
    spaced = [match for match in found if match.group() != match.group().strip() or "_" in title]
    return title[: spaced[-1].start()].strip() if spaced and not site else title.strip()


def _meta(root: "_Element", *names: str) -> str | None:
    """The first of some names that a ``meta`` element gives a value for."""
    values = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta
        for meta in reversed(list(root.iter("meta")))
    }
    for name in names:
        content = values[name].get("content") if name in values else None
        if content and content.strip():
            return " ".join(content.split())
    return None


def date_of(root: "_Element", near: "_Element") -> PostDate:
    """When the article was published; UNDATED where the page does not say it with the year."""
    for text in _told_dates(root, near):
        if date := read_date(text):
            return date
    address = address_of(root, "") or ""
    return read_date("-".join(re.findall(r"/(20\d\d)/(\d\d)/(\d\d)/", address)[:1][0])) if (
        re.search(r"/20\d\d/\d\d/\d\d/", address)
    ) else UNDATED  # fmt: skip


def _told_dates(root: "_Element", near: "_Element") -> Iterator[str]:
    """Texts that may be the date, the surest first."""
    yield _meta(root, *_PUBLISHED_META) or ""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield _linked_data_date(script.text or "")
    times = [time for time in near.iter("time", "abbr") if not _is_beside(time)]
    times.sort(key=lambda time: "updated" in " ".join(classes(time)) + (time.get("itemprop") or ""))
    for time in times:
        yield time.get("datetime") or time.get("title") or plain_text(time)
    for element in near.iter():
        if not isinstance(element.tag, str) or _is_beside(element):
            continue
        names = classes(element)
        if element.get("itemprop") == "datePublished":
            yield element.get("content") or element.get("datetime") or plain_text(element)
        if names & _DATE_CLASSES or element.get("id") in ("post-date", "publish_time"):
            yield plain_text(element)[:300]


def _linked_data_date(source: str) -> str:
    """``datePublished`` of a page's linked data, wherever in it it stands."""
    match = re.search(r'"datePublished"\s*:\s*("(?:[^"\\]|\\.){4,60}")', source)
    return str(json.loads(match[1])) if match and "\\" not in match[1] else ""


def read_date(text: str) -> PostDate:
    """The first whole date in a text, in Chinese, ISO or English form.

    >>> read_date("发布于 2020年6月5日"), read_date("June 5, 2020")
    (PostDate(year=2020, month=6, day=5), PostDate(year=2020, month=6, day=5))
    """
    match = _DATE.search(text[:2000])
    if match:
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    for english in _ENGLISH_DATE.finditer(text[:2000]):
        month = english["month"].lower()[:3]
        day = english["day"] or english["before"]
        if month in _MONTHS and day:
            return _checked(int(english["year"]), _MONTHS.index(month) + 1, int(day))
    return UNDATED


def _checked(year: int, month: int, day: int) -> PostDate:
    return PostDate(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else UNDATED


def tags_of(root: "_Element", near: "_Element") -> tuple[str, ...]:
    """Tags, in order: those linked as such near the article, else those in the page's head."""
    linked = _linked(near, "tag", _TAG_ADDRESS)
    if linked:
        return linked
    told = [
        meta.get("content") or ""
        for meta in root.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() in ("article:tag", "og:tag")
    ]
    keywords = _meta(root, "keywords") or ""
    names = told or (re.split(r"\s*[,，、;；]\s*", keywords) if len(keywords) < 200 else [])
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def categories_of(root: "_Element", near: "_Element") -> tuple[str, ...]:
    """Categories, in order."""
    linked = _linked(near, "category", _CATEGORY_ADDRESS)
    section = _meta(root, "article:section")
    return linked or ((section,) if section else ())


def _linked(near: "_Element", relation: str, address: re.Pattern[str]) -> tuple[str, ...]:
    names = []
    for link in near.iter("a"):
        if _is_beside(link):
            continue
        relations = (link.get("rel") or "").split()
        is_named = relation in relations or (relation == "tag" and "tag-link" in classes(link))
        if is_named or ("tag" not in relations and address.search(link.get("href") or "")):
            if relation == "tag" and _CATEGORY_ADDRESS.search(link.get("href") or ""):
                continue
            names.append(plain_text(link).lstrip("#＃ ").strip())
    return tuple(dict.fromkeys(name for name in names if name and len(name) <= 40))


def _is_beside(element: "_Element") -> bool:
    """Whether an element belongs to a menu, a side bar or the foot of the page."""
    for holder in element.iterancestors():
        if holder.tag == "article":
            return False
        name = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if holder.tag in ("nav", "aside") or (holder.tag != "body" and _SIDE.search(name)):
            return True
        if holder.tag == "footer" or "footer" in name.lower():
            # The foot of an article has its tags, that of a page has the site's.
            if _OF_ARTICLE.search(name):
                return False
            return next(holder.iterancestors("article"), None) is None
    return False


def address_of(root: "_Element", text: str) -> str | None:
    """The page's canonical address, or where a browser says it saved it from; http or https.

    Args:
        root: the page.
        text: its source, of which the first comments are read.
    """
    told = (address for address in _told_addresses(root, text) if is_web_address(address))
    return next(told, None)


def _told_addresses(root: "_Element", text: str) -> "Iterator[str | None]":
    """What may be the page's address, the surest first."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield (link.get("href") or "").strip()
    yield _meta(root, "og:url")
    saved = _SAVED_FROM.search(text[:_COMMENT_CHARS])
    yield saved[1].removesuffix("-->") if saved else None
    for found in _SAYS_ADDRESS.finditer(raw_text(root)):
        yield from addresses_in(found[1])[:1]
