r"""Drawing formulas: characters for a terminal, MathML and HTML, SVG and PNG.

    from blogkit.latex import parse
    from blogkit.render import to_inline_text, to_text

    print(to_text(parse(r"\frac{a}{b}").tree))

Text is drawn from the layout tree by own code; the other formats come from LaTeX by math-core
(MathML), quickjax (SVG) and resvg_py (PNG). The last two belong to the extra `blogkit[images]` and
are imported when first used. This package imports `latex`, `errors` and `spans`.
"""

from blogkit.render.inline import to_inline_text
from blogkit.render.mathml import to_html, to_mathml
from blogkit.render.png import to_png
from blogkit.render.svg import SvgPage, to_svg
from blogkit.render.text import to_text

__all__ = ["SvgPage", "to_html", "to_inline_text", "to_mathml", "to_png", "to_svg", "to_text"]
