r"""Formulas as MathML that a strict page may show.

math-core writes some of its layout as ``style`` attributes, which the pages' Content Security
Policy forbids. They become classes of ``blogkit.css`` or attributes of MathML Core; a declaration
that is not known here is left out. Nothing of a post reaches an attribute by this way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from blogkit.library.formulas import Formula
from blogkit.views.clean import clean

_STYLE = re.compile(r' style="([^"]*)"')
_SPACE_WIDTH = re.compile(r'(<mspace[^>]*?) style="width:\s*([0-9.]+r?em);?"')
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}")
_LENGTH = re.compile(r"(-?)(\d*)\.?(\d{0,2})\d*(?:r?em|%)?")
_WILDCARD = re.compile(r"\\qvar\s*\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}|\?([A-Za-z][A-Za-z0-9]*)?")
_SIDES = ("padding-left", "padding-right", "padding-top", "padding-bottom", "margin-left")
_PLAIN = {
    ("text-align", "right"): "to-right",
    ("text-align", "left"): "to-left",
    ("border-right", "0.05em solid currentcolor"): "line-right",
    ("border-left", "0.05em solid currentcolor"): "line-left",
    ("border-top", "0.05em solid currentcolor"): "line-top",
    ("border-bottom", "0.05em solid currentcolor"): "line-bottom",
    ("width", "100%"): "width-100",
    ("width", "50%"): "width-50",
}


@lru_cache(maxsize=20_000)
def draw(latex: str, *, display: bool = False) -> Markup:
    r"""A formula as MathML with its LaTeX as annotation, without a ``style`` attribute.

    >>> ' style=' in draw(r"\begin{aligned}a&=b\end{aligned}")
    False
    """
    html = Formula(clean(latex), display).to_html()
    html = _SPACE_WIDTH.sub(r'\1 width="\2"', html)
    return Markup(_STYLE.sub(lambda match: _attributes(match[1]), html))


def draw_pattern(pattern: str) -> Markup:
    """A pattern drawn, with its wildcards as boxes that bear their names."""
    shown = _WILDCARD.sub(lambda m: rf"{{\boxed{{\text{{?{m[1] or m[2] or ''}}}}}}}", pattern)
    return draw(shown, display=True)


def marked_latex(latex: str, start: int, end: int) -> Markup:
    """LaTeX with a part of it marked."""
    before, inside, after = (clean(p) for p in (latex[:start], latex[start:end], latex[end:]))
    if not before and not after:
        return escape(inside)
    return Markup("{}<mark>{}</mark>{}").format(before, inside, after)


def _attributes(style: str) -> str:
    """The declarations of a style as attributes."""
    classes: list[str] = []
    colour = ""
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "color" and _COLOUR.fullmatch(value):
            colour = f' mathcolor="{value}"'
        elif (name, value) in _PLAIN:
            classes.append(_PLAIN[name, value])
        elif name in _SIDES and value:
            classes.append(_spaced(name, value))
    return colour + (f' class="{" ".join(classes)}"' if classes else "")


def _spaced(side: str, value: str) -> str:
    """The class for a space on one side, in hundredths of an em.

    >>> _spaced("padding-left", "0.1667em"), _spaced("margin-left", "-0.16666667em")
    ('padding-left-16', 'margin-left-minus-16')
    """
    found = _LENGTH.fullmatch(value)
    if not found:
        return ""
    hundredths = int(found[2] or 0) * 100 + int((found[3] or "").ljust(2, "0"))
    return f"{side}-{'minus-' if found[1] else ''}{hundredths}"
