"""Addresses on the web: which may be kept, and which of them mean the same page.

A page is reached over http and https, with and without a slash, from a mail with ``utm_source``,
and kexue.fm under the name it had before. Imports nothing of blogkit.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

_WEB = re.compile(r"https?://[!-~\u00a1-\uffff]{3,2000}")
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""Characters that show nothing, or turn what stands around them."""
_IN_TEXT = re.compile(r"https?://[!#$%&*+,\-./0-9:;=?@A-Z_a-z~]{3,2000}")
_TRAILING = ".,;:!?*_~"
"""Ends a sentence or an emphasis, not the address before it."""
_FRONT_OF_PATH = re.compile(r"/index\.(?:php|html?)(?=/|$)")
_COMMENTS = re.compile(r"/comment-page-\d+$")
_TRACKING = frozenset(("spm", "fbclid", "gclid", "scene", "chksm"))
_SAME_BLOG = {"spaces.ac.cn": "kexue.fm"}
"""A host that serves a blog's posts under the same paths as another, and that other one."""
_WAY_OUT = re.compile(r"https?://links?\.[a-z]{1,20}\.(?:com|net|cn)/?\?", re.IGNORECASE)
_USUAL_PORTS = (None, 80, 443)


def is_web_address(address: str | None) -> bool:
    """Whether an address may be kept: http or https, without blanks or characters that hide.

    >>> is_web_address("https://kexue.fm/archives/7469"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return bool(address and _WEB.fullmatch(address) and not _HIDDEN.search(address))


def host_of(address: str) -> str:
    """The host of an address, as it is written there; empty where the address is none.

    >>> host_of("https://kexue.fm/archives/7469")
    'kexue.fm'
    """
    try:
        return urlsplit(address).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def address_key(address: str) -> str | None:
    """What all addresses of one page share; None for a site's first page, which is no post's.

    >>> address_key("http://www.spaces.ac.cn/archives/7469/?utm_source=rss#comments")
    'kexue.fm/archives/7469'
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
        asked = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    path = _FRONT_OF_PATH.sub("", re.sub("/+", "/", unquote(parts.path))).rstrip("/")
    path = _COMMENTS.sub("", path)
    query = "&".join(f"{name}={value}" for name, value in sorted(asked) if not _is_tracking(name))
    if not host or not (path or query):
        return None
    at = "" if port in _USUAL_PORTS else f":{port}"
    return f"{_SAME_BLOG.get(host, host)}{at}{path}" + (f"?{query}" if query else "")


def unwrapped(address: str) -> str:
    """What a link leads to that goes by way of its site's page for links that lead out.

    >>> unwrapped("https://link.zhihu.com/?target=https%3A//kexue.fm/archives/6620")
    'https://kexue.fm/archives/6620'
    """
    if not _WAY_OUT.match(address):
        return address
    asked = parse_qsl(address.partition("?")[2])
    return next((value for _, value in asked if is_web_address(value)), address)


def _is_tracking(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKING


def address_keys(addresses: Iterable[str]) -> list[str]:
    """The keys of those that have one, in order, each once."""
    keys = (address_key(address) for address in addresses)
    return list(dict.fromkeys(key for key in keys if key))


def addresses_in(text: str) -> list[str]:
    """The web addresses that a text says, in order, each once.

    >>> addresses_in("见[这里](https://kexue.fm/archives/7469)，或 https://kexue.fm/archives/7466。")
    ['https://kexue.fm/archives/7469', 'https://kexue.fm/archives/7466']
    """
    if "://" not in text:
        return []
    return list(dict.fromkeys(found.rstrip(_TRAILING) for found in _IN_TEXT.findall(text)))


def joined_address(base: str, link: str) -> str:
    """What a link means in the page of an address; itself where that is unclear.

    >>> joined_address("https://kexue.fm/archives/7469", "../usr/a.png")
    'https://kexue.fm/usr/a.png'
    """
    try:
        return urljoin(base, link)
    except ValueError:
        return link
