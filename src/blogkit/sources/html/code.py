"""Code of a page: its text, its language, and how it stands in a line."""

from __future__ import annotations

import re
from itertools import islice

from blogkit.sources.html.marking import PRIVATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lxml.etree import _Element

BREAK = "\ue0f0"
"""Stands for ``<br>``."""
_LANGUAGE = re.compile(
    r"(?:lang(?:uage)?|highlight-source|brush:?|sourceCode)[- ]?([A-Za-z][\w+#.-]*)"
)
_LANGUAGE_HOLDERS = 3
"""Elements around code that may say its language."""


def code_text(element: _Element) -> list[str]:
    """The text of a piece of code, with BREAK for ``<br>``, which is no line of the file's."""
    pieces = [PRIVATE.sub("", element.text or "")]
    for inner in element.iterdescendants():
        if inner.tag == "br":
            pieces.append(BREAK)
        elif isinstance(inner.tag, str):
            pieces.append(PRIVATE.sub("", inner.text or ""))
        pieces.append(PRIVATE.sub("", inner.tail or ""))
    return pieces


def code_span(code: str) -> str:
    """Code in a paragraph between as many ticks as keep formulas from being looked for in it."""
    flat = " ".join(code.split())
    if not flat:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def language_of(element: _Element) -> str:
    """The language of code, as the classes of highlighters say it."""
    around = [*element.iter("code"), element, *islice(element.iterancestors(), _LANGUAGE_HOLDERS)]
    for holder in around:
        said = holder.get("data-lang") or holder.get("data-language")
        match = _LANGUAGE.search(holder.get("class") or "")
        if said or match:
            return said or (match[1] if match else "")
    return ""
