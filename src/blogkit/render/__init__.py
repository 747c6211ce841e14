r"""Drawing formulas: characters for a terminal, MathML and HTML, SVG and PNG.

    from blogkit.latex import parse
    from blogkit.render import to_inline_text, to_text

    print(to_text(parse(r"\frac{a}{b}").tree))

Text is drawn from the layout tree by own code; the other formats come from LaTeX by math-core
(MathML), quickjax (SVG) and resvg_py (PNG). The last two belong to the extra `blogkit[images]` and
are imported when first used. This package imports `latex`, `errors` and `spans`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.render.inline import to_inline_text
    from blogkit.render.mathml import to_html, to_mathml
    from blogkit.render.png import to_png
    from blogkit.render.svg import SvgPage, to_svg
    from blogkit.render.text import to_text

__all__ = ["SvgPage", "to_html", "to_inline_text", "to_mathml", "to_png", "to_svg", "to_text"]

_MODULES = {
    "SvgPage": "svg",
    "to_html": "mathml",
    "to_inline_text": "inline",
    "to_mathml": "mathml",
    "to_png": "png",
    "to_svg": "svg",
    "to_text": "text",
}


def __getattr__(name: str) -> object:
    """A drawing by name; text needs nothing of what makes pictures."""
    if name not in _MODULES:
        raise AttributeError(f"module 'blogkit.render' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"blogkit.render.{_MODULES[name]}"), name)
