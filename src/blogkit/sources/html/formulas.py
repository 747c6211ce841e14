r"""The formulas of a web page, each told once, as the LaTeX that its author wrote.

A page that shows formulas holds each of them several times: as source, as boxes, as MathML for
screen readers, as a picture. What makes up one formula is found here and given one source: the
author's LaTeX where the page has it, else LaTeX made from MathML.
"""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from blogkit.sources.elements import name_set, raw_text
from blogkit.sources.html.pictures import is_formula_address, picture_source
from blogkit.sources.html.tree import classes, parse_html
from blogkit.sources.mathml import to_latex
from blogkit.text.mathspans import DISPLAY_ENVIRONMENTS, find_math

if TYPE_CHECKING:
    from lxml.etree import _Element

_DISPLAY_CLASSES = name_set(
    """
    katex-display katex--display katex-block MathJax_Display MathJax_SVG_Display MJXc-display
    math-display math-block mwe-math-fallback-image-display mwe-math-element-block
    block-equation span-block-equation equation-block
    """
)
_CONTAINERS = _DISPLAY_CLASSES | name_set(
    """
    katex katex--inline katex-error MathJax MathJax_CHTML MathJax_SVG MathJax_Preview
    MathJax_MathML MathJax_PlainSource mjx-chtml mjx-full-width mwe-math-element ztext-math
    ltx_Math texhtml-formula
    """
)
"""Classes of elements that are one formula with all that they hold."""
_SOURCE_ATTRIBUTES = (
    "data-tex", "data-latex", "data-math", "data-formula", "data-expr", "data-katex",
    "data-equation", "data-tex-source", "data-original-tex",
)  # fmt: skip
_NO_SOURCE = frozenset(("", "true", "false", "0", "1", "inline", "display", "block", "math"))
_BLOCKS = ("p", "div", "ul", "ol", "table", "pre", "h1", "h2", "h3")
_IMAGE_CLASSES = name_set(
    """
    latex tex math formula equation mathtex texrender math-inline inline-formula ee_img
    mwe-math-fallback-image-inline mwe-math-fallback-image-display
    """
)
_CODE_CLASSES = frozenset(("math", "math-inline", "math-display", "language-math"))
_WRAPPED = (
    (re.compile(r"\$\$(.*)\$\$", re.DOTALL), True),
    (re.compile(r"\\\[(.*)\\\]", re.DOTALL), True),
    (re.compile(r"\\\((.*)\\\)", re.DOTALL), False),
    (re.compile(r"\$([^$]*)\$", re.DOTALL), False),
)
_DISPLAY_TAGS = ("div", "section", "figure", "center")
_DRAWN = ("svg", "img", "mjx-math", "mjx-c", "canvas", "embed", "object")
_NUMBER_TAGS = ("span", "a")
_EQUATION_ID = re.compile(r"(?:equation-|mjx-eqn-|eq:(?=.))([\w:.-]{1,100})")
_PIECES_OF_FORMULA = 3
"""Elements behind a piece of MathJax 2's output among which its script stands."""
_CDATA = re.compile(r"%?\s*<!\[CDATA\[|%?\s*\]\]>")
_BLANK_LINES = re.compile(r"\n\s*\n")
_ENVIRONMENT = re.compile(r"\\begin\{([a-z]+)\*?\}")


@dataclass(slots=True)
class PageFormulas:
    """The formulas of a page by the element that each one takes the place of."""

    latex: "dict[_Element, str]" = field(default_factory=dict)
    """LaTeX with its delimiters; empty for an element that only repeats a formula."""
    lost: "list[_Element]" = field(default_factory=list)
    """Elements that show a formula of which the page holds no source."""


def find_formulas(root: "_Element") -> PageFormulas:
    """All formulas below an element, outermost elements only."""
    from lxml.etree import iterwalk

    found = PageFormulas()
    walker = iterwalk(root, events=("start",))
    for _, element in walker:
        if not isinstance(element.tag, str) or not _is_formula(element):
            continue
        walker.skip_subtree()
        if _is_repeated(element):
            found.latex[element] = ""
            continue
        source, display = _source(element)
        if source is None:
            found.lost.append(element)
        found.latex[element] = _labelled(source or "", element, display=display)
    return found


def _is_formula(element: "_Element") -> bool:
    tag = element.tag.rpartition(":")[2]
    if tag == "script":
        return _script_kind(element) is not None
    if tag in ("mjx-container", "math"):
        return True
    if tag == "img":
        return _is_picture_of_formula(element)
    if tag == "svg":
        return any(inner.get("data-mml-node") == "math" for inner in element.iter("g"))
    if tag in ("code", "pre"):
        return bool(classes(element) & _CODE_CLASSES)
    if classes(element) & _CONTAINERS or _written_out(element) is not None:
        return True
    return _attribute(element) is not None and next(element.iter(*_BLOCKS), element) is element


def _script_kind(element: "_Element") -> str | None:
    kind = (element.get("type") or "").lower()
    return kind if kind.startswith(("math/tex", "math/mml", "math/latex")) else None


def _attribute(element: "_Element") -> str | None:
    for name in _SOURCE_ATTRIBUTES:
        value = element.get(name)
        if value is not None and value.strip().lower() not in _NO_SOURCE:
            return value
    return None


def _is_picture_of_formula(image: "_Element") -> bool:
    if image.get("eeimg") or classes(image) & _IMAGE_CLASSES or _attribute(image):
        return True
    alt = (image.get("alt") or "").strip()
    return is_formula_address(image.get("src") or image.get("data-src") or "") or any(
        pattern.fullmatch(alt) for pattern, _ in _WRAPPED
    )


def _is_repeated(element: "_Element") -> bool:
    """Whether MathJax 2 put the source of what it shows into a script behind it."""
    if element.tag == "script" or not any("MathJax" in name for name in classes(element)):
        return False
    for following in islice(element.itersiblings(), _PIECES_OF_FORMULA):
        if following.tag == "script" and _script_kind(following):
            return True
        if not any("MathJax" in name for name in classes(following)):
            return False
    return False


def _source(element: "_Element") -> tuple[str | None, bool]:
    """The LaTeX of a formula, or None where there is none, and whether it is displayed."""
    display = _is_displayed(element)
    if element.tag == "script":
        return _script_source(element), display
    if element.tag == "img":
        return _of_picture(element, display)
    if element.tag in ("code", "pre"):
        return raw_text(element), display or element.tag == "pre"
    written = _written_out(element) or _attribute(element) or _annotated(element)
    if written is None and "MathJax_Preview" not in classes(element):
        written = _from_mathml(element) or _from_stripped_katex(element)
    if written is None and not _shows(element):
        return "", display
    ends_line = written is not None and written.rstrip().endswith(r"\\")
    return written, display or (ends_line and "ztext-math" in classes(element))


def _is_displayed(element: "_Element") -> bool:
    if element.tag == "script":
        return "mode=display" in (element.get("type") or "").replace(" ", "")
    if "2" in (element.get("eeimg"), element.get("data-eeimg")) or element.get("display") in (
        "true",
        "block",
    ):
        return True
    if element.get("mode") == "display" or classes(element) & _DISPLAY_CLASSES:
        return True
    if element.tag in ("img", "code", "pre", "math"):
        return False
    inner = next(element.iter("math"), None)
    if inner is not None and inner.get("display") == "block":
        return True
    return element.tag in _DISPLAY_TAGS or (
        element.get("data-formula") is not None and _stands_alone(element)
    )


def _stands_alone(element: "_Element") -> bool:
    """Whether an element is all of its block, as a formula is that WeChat shows as a display."""
    while (parent := element.getparent()) is not None:
        if raw_text(parent).strip() != raw_text(element).strip() or _shown(parent) > 1:
            return False
        if parent.tag in _BLOCKS or parent.tag == "section":
            return True
        element = parent
    return False


def _shown(element: "_Element") -> int:
    """How many pictures and formulas stand in an element."""
    return sum(bool(inner.get("data-formula")) or inner.tag == "img" for inner in element.iter())


def _shows(element: "_Element") -> bool:
    """Whether an element shows anything: text, or a drawing."""
    return bool(raw_text(element).strip()) or next(element.iter(*_DRAWN), None) is not None


def _of_picture(image: "_Element", display: bool) -> tuple[str | None, bool]:
    """The LaTeX of a picture; None for a formula's whose address and text don't say it."""
    told = _attribute(image)
    address = image.get("src") or image.get("data-src") or ""
    found = picture_source("", told) if told else picture_source(address, image.get("alt") or "")
    return found.latex or None, display or found.is_display


def _written_out(element: "_Element") -> str | None:
    r"""LaTeX that an element has as its text for a script to draw, and that its text does not show.

    Discourse puts nothing around it; Sphinx puts ``\[…\]``, a number before it, and an id.
    """
    if element.tag not in ("div", "span") or "math" not in classes(element):
        return None
    if any(inner.tag not in _NUMBER_TAGS for inner in element.iterdescendants()):
        return None
    text = _without_number(element).strip()
    if any(pattern.fullmatch(text) for pattern, _ in _WRAPPED):
        is_numbered = len(element) > 0 or _EQUATION_ID.fullmatch(element.get("id") or "")
        return text if is_numbered else None
    return text if text and classes(element) == {"math"} else None


def _without_number(element: "_Element") -> str:
    """The text of an element without the number that Sphinx prints beside an equation."""
    pieces = [element.text or ""]
    for child in element:
        if "eqno" not in classes(child):
            pieces.append(raw_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _labelled(source: str, element: "_Element", *, display: bool) -> str:
    """A formula between its delimiters, with the label that the page has for it (Sphinx)."""
    shown = delimited(source, display=display) if source else ""
    if r"\label" in source or not shown.startswith(("$$", r"\[")):
        return shown
    holders = [element, element.getparent()]
    previous = element.getprevious()
    if previous is not None and not raw_text(previous).strip():
        holders.append(previous)
    for holder in holders:
        match = _EQUATION_ID.fullmatch((holder.get("id") or "") if holder is not None else "")
        if match:
            return f"{shown[:-2]}\\label{{{match[1]}}}{shown[-2:]}"
    return shown


def _script_source(script: "_Element") -> str | None:
    text = script.text or ""
    if "mml" not in (script.get("type") or "").lower():
        return _CDATA.sub("", text)
    return _latex_of_mathml(text)


def _latex_of_mathml(markup: str) -> str | None:
    root = parse_html(markup, "MathML")
    math = next(root.iter("math"), None) if root is not None else None
    return to_latex(math) if math is not None else None


def _annotated(element: "_Element") -> str | None:
    """The source that KaTeX, LaTeXML or Wikipedia put beside what they show."""
    for annotation in element.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower():
            return raw_text(annotation)
    for script in element.iter("script"):
        if _script_kind(script):
            return _script_source(script)
    for math in element.iter("math"):
        told = math.get("alttext") or _attribute(math)
        if told and told.strip():
            return told
    for drawn in element.iter():
        is_math = isinstance(drawn.tag, str) and drawn.get("data-mml-node") == "math"
        if is_math and (told := _attribute(drawn)):
            return told
    for image in element.iter("img"):
        if source := _of_picture(image, display=False)[0]:
            return source
    return None


def _from_mathml(element: "_Element") -> str | None:
    math = next(element.iter("math"), None)
    if math is not None:
        _bring_labels(element, math)
        return to_latex(math)
    for holder in element.iter():
        if isinstance(holder.tag, str) and holder.get("data-mathml"):
            return _latex_of_mathml(holder.get("data-mathml") or "")
    return None


def _bring_labels(element: "_Element", math: "_Element") -> None:
    """Put the labels that MathJax 3 keeps in its boxes into the MathML beside them."""
    anchors = [part.get("id") or "" for part in element.iter("mjx-mtd", "g")]
    labels = [anchor for anchor in anchors if anchor.startswith("mjx-eqn")]
    cells = [row[0] for row in math.iter("mlabeledtr") if len(row)]
    for cell, label in zip(cells, labels, strict=False):
        cell.set("id", cell.get("id") or label)


def _from_stripped_katex(element: "_Element") -> str | None:
    """The source in KaTeX's output whose MathML tags were taken away, as CSDN's pages have it.

    What stays is the text of each tag on a line of its own, and the source behind all of them.
    """
    for part in element.iter("span"):
        if "katex-mathml" in classes(part):
            lines = [line.strip() for line in raw_text(part).split("\n")]
            return next((line for line in reversed(lines) if line), None)
    return None


def delimited(source: str, *, display: bool) -> str:
    r"""LaTeX between delimiters by which it is found again, whatever it holds.

    >>> delimited("x^2", display=False), delimited(r"\[ y \]", display=False)
    ('$x^2$', '$$y$$')
    """
    latex, display = _unwrapped(source.strip(), display)
    if not latex:
        return ""
    if not display:
        latex = " ".join(latex.split("\n"))
    environment = _ENVIRONMENT.match(latex)
    if environment and environment[1] in DISPLAY_ENVIRONMENTS and _is_one_formula(latex):
        return latex
    pairs = (("$$", "$$"), (r"\[", r"\]")) if display else (("$", "$"), (r"\(", r"\)"))
    for opening, closing in pairs:
        if _is_one_formula(opening + latex + closing):
            return opening + latex + closing
    return pairs[1][0] + latex + pairs[1][1]


def bracketed(formula: str) -> str:
    r"""A formula between brackets instead of dollars, if it can be found again there.

    >>> bracketed("$x^2$"), bracketed("$$y$$"), bracketed(r"\(z\)")
    ('\\(x^2\\)', '\\[y\\]', '\\(z\\)')
    """
    for mark, (opening, closing) in (("$$", (r"\[", r"\]")), ("$", (r"\(", r"\)"))):
        if formula.startswith(mark) and formula.endswith(mark) and len(formula) > 2 * len(mark):
            changed = opening + formula[len(mark) : -len(mark)] + closing
            return changed if _is_one_formula(changed) else formula
    return formula


def _unwrapped(latex: str, display: bool) -> tuple[str, bool]:
    """LaTeX without the delimiters that a source may have kept, and without blank lines."""
    latex = _BLANK_LINES.sub("\n", latex)
    for pattern, is_display in _WRAPPED:
        match = pattern.fullmatch(latex)
        if match and pattern.pattern[:2] + match[1] != latex:
            latex, display = match[1].strip(), is_display
            break
    if latex.startswith(r"{\displaystyle") and latex.endswith("}") and _is_whole_group(latex):
        latex = latex[len(r"{\displaystyle") : -1].strip()
    return latex.removesuffix(r"\\").rstrip() if latex.endswith(r"\\") else latex, display


def _is_whole_group(latex: str) -> bool:
    """Whether the brace that begins it is closed by its last character."""
    level = 0
    for index, char in enumerate(latex):
        if index and latex[index - 1] == "\\":
            continue
        level += (char == "{") - (char == "}")
        if level == 0:
            return index == len(latex) - 1
    return False


def _is_one_formula(text: str) -> bool:
    found, _ = find_math(text)
    return len(found) == 1 and found[0].span.end - found[0].span.start == len(text)
