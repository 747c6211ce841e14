r"""Pictures of formulas: services draw LaTeX that stands in a picture's address.

``alt`` mostly has it too, and more legibly; often it only says that here is one (``[公式]``).
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit


class _Service(NamedTuple):
    """Where a service has the LaTeX in its addresses."""

    address: re.Pattern[str]
    """What its addresses have in them, scheme and ``//`` left out."""
    names: tuple[str, ...] = ()
    """Names in the query under which the LaTeX stands; none where it is the whole query."""
    is_path: bool = False
    """Whether it is what stands behind the match, percent-encoded."""


_SERVICES = (
    _Service(re.compile(r"/equation$|^equation$"), ("tex",)),
    _Service(re.compile(r"latex\.php$"), ("latex", "val")),
    _Service(re.compile(r"codecogs\.com/|latex\.csdn\.net/eq$|/(?:svg|png|gif)\.latex$")),
    _Service(re.compile(r"/chart$"), ("chl",)),
    _Service(re.compile(r"math(?:tex|ima)?\.cgi$|mimetex\.cgi$|/mathtex$")),
    _Service(re.compile(r"math\.now\.sh|(?:math|latex)\.vercel"), ("from", "inline", "latex")),
    _Service(re.compile(r"/render/math$"), ("math",)),
    _Service(re.compile(r"tex2img\.php$"), ("eq",)),
    _Service(re.compile(r"math\.jianshu\.com/math$"), ("formula",)),
    _Service(re.compile(r"dinglr\.de/formula/|i\.upmath\.me/(?:svg|png)/|tex\.s2cms\.\w+/(?:svg|png)/"),
             is_path=True),
)  # fmt: skip
"""Services that draw formulas, as they are met in blogs."""
_ANY_NAMES = ("tex", "latex", "math", "formula", "equation")
_STYLES = re.compile(
    r"\s*\\(?:dpi\s*\{?\s*\d+\s*\}?|(?:bg|fg|fn)_[A-Za-z]+|(?:bg|fg)\s*\{[^{}]*\}|bg_[A-Za-z]+"
    r"|inline(?![A-Za-z])|(?:tiny|small|large|Large|LARGE|huge|Huge)(?![A-Za-z]))[\s&;]*"
)
_PLACEHOLDER = re.compile(
    r"\[?\s*(?:公式|数学公式|图片|formula|equation|math|latex|tex|image|img|picture)?\s*\d*\s*\]?",
    re.IGNORECASE,
)
_YUQUE = re.compile(r"(?:^|&)code=([^&]*)")
_DISPLAY_NAMES = (("from", "math.now.sh"), ("from", "math.vercel.app"))


class PictureSource(NamedTuple):
    """The LaTeX of a picture."""

    latex: str
    """As its author wrote it; empty where neither address nor text say it."""
    is_display: bool
    """Whether the address says that it stands on a line of its own."""


def is_formula_address(address: str) -> bool:
    """Whether a picture's address is that of a formula."""
    return _from_address(address) is not None or "/media/math/render" in address


def picture_source(address: str, alt: str) -> PictureSource:
    r"""The LaTeX of a picture, by its text, else by its address.

    >>> picture_source("https://www.zhihu.com/equation?tex=a%5E2%5C%5C", "[公式]")
    PictureSource(latex='a^2', is_display=True)
    >>> picture_source("https://latex.codecogs.com/png.latex?%5Cdpi%7B150%7D%20x&plus;1", "")
    PictureSource(latex='x+1', is_display=False)
    """
    said, is_display = _from_address(address) or ("", False)
    shown = "" if _PLACEHOLDER.fullmatch(alt.strip()) else alt
    ends_line = said.rstrip().endswith(r"\\") or shown.rstrip().endswith(r"\\")
    latex = without_styles(shown or said).removesuffix(r"\\").rstrip()
    return PictureSource(latex, ends_line or is_display)


def without_styles(latex: str) -> str:
    r"""LaTeX without what tells a service how to draw it: ``\dpi{150} \bg_white``."""
    position = 0
    while match := _STYLES.match(latex, position):
        position = match.end()
    return latex[position:].strip()


def _from_address(address: str) -> tuple[str, bool] | None:
    """The LaTeX in an address, and whether it says display; None if it is no formula's."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    place = parts.netloc + parts.path
    for service in _SERVICES:
        match = service.address.search(place)
        if match is None:
            continue
        if service.is_path:
            tail = address.partition(match.group())[2]
            return unquote(tail), False
        if not service.names:
            query = address.partition("?")[2]
            return (_whole_query(query), False) if query else None
        return _named(parts.query, service.names, place)
    if "card=math" in parts.fragment and (code := _YUQUE.search(parts.fragment)):
        return unquote(code[1]), False
    return _named(parts.query, _ANY_NAMES[:2], place)


def _named(query: str, names: tuple[str, ...], place: str) -> tuple[str, bool] | None:
    values = dict(parse_qsl(query, keep_blank_values=True))
    if "cht" in values and values["cht"] != "tx":
        return None
    for name in names:
        if name in values:
            latex = unquote(values[name]) if "%5C" in values[name].upper() else values[name]
            is_display = values.get("mode") == "display"
            return latex, is_display or any(
                name == one and host in place for one, host in _DISPLAY_NAMES
            )
    return None


def _whole_query(query: str) -> str:
    """A query that is LaTeX as a whole, in which ``&space;`` stands for a space."""
    for written, shown in (("&space;", " "), ("&plus;", "+"), ("&hash;", "#")):
        query = query.replace(written, shown)
    return unquote(query)
