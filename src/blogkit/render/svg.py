r"""`to_svg`: a formula as a picture, by MathJax 4 in the embedded engine that quickjax brings.

quickjax belongs to the extra `blogkit[images]` and is imported only when a picture is asked for.
Its bundle loads every package of MathJax, of which some give commands another meaning (physics
makes `\\div` a nabla) and some draw errors as if they were formulas; here only those are loaded
that mean what blogkit reads.
"""

import json
import re
import threading
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Protocol

from blogkit.errors import MissingExtraError
from blogkit.language import Message
from blogkit.latex.nodes import Row
from blogkit.render.attempts import drawn
from blogkit.render.dialects import MATHJAX

_PACKAGES = """
base ams boldsymbol cancel color enclose html mathtools bbox unicode textmacros textcomp
"""
_LOADED = re.compile(r'\["base","ams"(?:,"[a-z]+")*\]')
"""The list of packages in the bundle."""
_ERROR = re.compile(r'data-mjx-error="|data-mml-node="merror"')
_LINK = re.compile(r'(<a\b[^>]*?)\s(?:xlink:)?href="([^"]*)"')
_LOADING_STYLE = re.compile(r"""(<[^>]*?)\sstyle="[^"]*[(\\@][^"]*\"""")
"""A style that calls something, such as ``url()``, which fetches; or hides that it does."""
_RULE = re.compile(r'<(?:line|rect) data-(?:line|frame)="[^"]*" class="mjx-(solid|dashed|dotted)"')
_STROKES = {
    "solid": 'stroke-width="60"',
    "dashed": 'stroke-width="60" stroke-dasharray="140"',
    "dotted": 'stroke-width="60" stroke-linecap="round" stroke-dasharray="0,140"',
}
"""What the style sheet of a page with MathJax says of an array's rules; a picture has none."""


class _Engine(Protocol):
    """What is used of a context of quickjs."""

    def eval(self, code: str) -> object: ...


class SvgPage:
    """Formulas drawn for one page: they share an engine, which takes 0.4 s to start.

    Not safe to use from several threads at once.
    """

    def __init__(self) -> None:
        self._engine: _Engine | None = None

    def draw(self, formula: str | Row, *, display: bool = True) -> str:
        """As `to_svg`."""
        function = "render" if display else "renderInline"
        svg = drawn(formula, MATHJAX, lambda latex: self._drawn(latex, function))
        svg = _RULE.sub(lambda rule: f'{rule[0]} fill="none" {_STROKES[rule[1]]}', svg)
        return _LOADING_STYLE.sub(r"\1", _LINK.sub(_safe_link, svg))

    def _drawn(self, latex: str, function: str) -> str | None:
        """MathJax's drawing; None where it stops, or would draw an error."""
        engine = self._engine = self._engine or _started()
        try:
            svg = engine.eval(f"globalThis.{function}({json.dumps(latex)})")
        except import_module("quickjs").JSException:
            self._engine = None
            return None
        return svg if isinstance(svg, str) and not _ERROR.search(svg) else None


def _started() -> _Engine:
    """MathJax with the packages that mean what blogkit reads.

    Raises:
        MissingExtraError: quickjax is not installed, or another version than is known here.
    """
    what = Message("Drawing a formula as SVG")
    try:
        quickjax, quickjs = import_module("quickjax"), import_module("quickjs")
    except ImportError:
        raise MissingExtraError("quickjax", "images", what) from None
    bundle = Path(str(quickjax.__file__)).parent / "js" / "mathjax_bundle.js"
    code, count = _LOADED.subn(json.dumps(_PACKAGES.split()), bundle.read_text(encoding="utf-8"))
    if count != 1:
        raise MissingExtraError("quickjax 0.1", "images", what)
    engine: _Engine = quickjs.Context()
    engine.set_max_stack_size(4 * 1024 * 1024)  # type: ignore[attr-defined]
    engine.set_memory_limit(256 * 1024 * 1024)  # type: ignore[attr-defined]
    engine.eval(code)
    return engine


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


def to_svg(formula: str | Row, *, display: bool = True) -> str:
    r"""A formula as one `<svg>` element, in `currentColor`, its size in `ex`.

    Never raises for LaTeX: what MathJax can't draw is shown as it was written, in typewriter
    letters of the class `latex-source`.

    Args:
        formula: as in `to_mathml`.
        display: whether it is set as a display.

    Raises:
        MissingExtraError: quickjax is not installed.

    Cost: 0.4 s for the first formula, then some milliseconds. Chinese is drawn by the viewer's
    font.
    """
    return _shared.page.draw(formula, display=display)
