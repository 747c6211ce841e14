r"""`to_svg`: a formula as a picture, by quickjax: MathJax 4 in an embedded engine.

quickjax belongs to the extra `blogkit[images]` and is imported only when a picture is asked for.
The engine keeps labels and macros from one formula to the next, so labels are taken out before, and
a `SvgPage` starts with a fresh engine.
"""

import re
import threading
from html import unescape
from importlib import import_module
from typing import Protocol

from blogkit.errors import FormulaError, MissingExtraError
from blogkit.language import Message
from blogkit.render.sources import with_lines_in_place, without_labels

_PROBLEM = re.compile(r'data-mjx-error="([^"]*)"')
_LINK = re.compile(r'(<a\b[^>]*?)\s(?:xlink:)?href="([^"]*)"')
_LOADING_STYLE = re.compile(r"""(<[^>]*?)\sstyle="[^"]*[(\\@][^"]*\"""")
"""A style that calls something, such as ``url()``, which fetches; or hides that it does."""
_DEFINES = re.compile(r"\\(?:def|gdef|let|(?:re|provide)?newcommand|DeclareMathOperator|require)\b")
_RULE = re.compile(r'<(?:line|rect) data-(?:line|frame)="[^"]*" class="mjx-(solid|dashed|dotted)"')
_STROKES = {
    "solid": 'stroke-width="60"',
    "dashed": 'stroke-width="60" stroke-dasharray="140"',
    "dotted": 'stroke-width="60" stroke-linecap="round" stroke-dasharray="0,140"',
}
"""What the style sheet of a page with MathJax says of an array's rules; a picture has none."""
MAX_CHARS = 20_000
"""Longest LaTeX that is handed to MathJax."""


class _Engine(Protocol):
    """What is used of quickjax's `MathJaxRenderer`."""

    def render(self, latex: str, *, display: bool = True) -> str: ...


class SvgPage:
    """Formulas drawn for one page: they share an engine, which takes 0.2 s to start.

    Not safe to use from several threads at once.
    """

    def __init__(self) -> None:
        self._engine: _Engine | None = None

    def draw(self, latex: str, *, display: bool = True) -> str:
        """As `to_svg`."""
        source = with_lines_in_place(without_labels(latex))
        if len(source) > MAX_CHARS:
            raise FormulaError(
                Message(
                    "SVG: expected at most {max_chars} characters of LaTeX, found {count}",
                    max_chars=MAX_CHARS,
                    count=len(source),
                )
            )
        svg = _rendered(self._started(), source, display=display)
        if _DEFINES.search(source):
            self._engine = None
        return svg

    def _started(self) -> _Engine:
        if self._engine is None:
            try:
                quickjax = import_module("quickjax")
            except ImportError:
                raise MissingExtraError(
                    "quickjax", "images", Message("Drawing a formula as SVG")
                ) from None
            self._engine = quickjax.MathJaxRenderer()
        return self._engine


def _rendered(engine: _Engine, source: str, *, display: bool) -> str:
    failure: type[Exception] = import_module("quickjax").backend.MathJaxRenderError
    try:
        svg = engine.render(source, display=display)
    except failure as error:
        raise FormulaError(
            Message("SVG: MathJax stopped: {error}", error=str(error).splitlines()[-1])
        ) from None
    problem = _PROBLEM.search(svg)
    if problem is not None or 'data-mml-node="merror"' in svg:
        reason = problem[1] if problem else "MathJax can't read the formula"
        raise FormulaError(f"SVG: {reason}")
    svg = _RULE.sub(lambda rule: f'{rule[0]} fill="none" {_STROKES[rule[1]]}', svg)
    return _LOADING_STYLE.sub(r"\1", _LINK.sub(_safe_link, svg))


def _safe_link(link: re.Match[str]) -> str:
    """A link as it is where it leads to a page, else without its address."""
    address = re.sub(r"[\x00-\x20]", "", unescape(link[2])).lower()
    is_safe = address.startswith(("http:", "https:", "mailto:", "#"))
    return link[0] if is_safe else link[1]


class _PerThread(threading.local):
    """The page of each thread: an engine can't be shared between threads."""

    def __init__(self) -> None:
        self.page = SvgPage()


_shared = _PerThread()


def to_svg(latex: str, *, display: bool = True) -> str:
    r"""A formula as one `<svg>` element, in `currentColor`, its size in `ex`.

    Args:
        latex: math without the dollars around it; labels are left out, references shown as keys.
        display: whether it is set as a display.

    Raises:
        FormulaError: MathJax can't read the LaTeX, with MathJax's reason.
        MissingExtraError: quickjax is not installed.

    Cost: 0.2 s for the first formula, then some milliseconds. Chinese is drawn by the viewer's
    font.
    """
    return _shared.page.draw(latex, display=display)
