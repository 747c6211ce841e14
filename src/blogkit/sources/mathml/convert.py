r"""The tree of MathML to LaTeX, element by element.

It is written for what MathJax, KaTeX, Pandoc and LaTeXML produce, and reads any presentation
MathML: an element that it does not know counts as a row of its children, so no symbol is lost.

Source: MathML 3, chapter 3 (presentation markup).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from blogkit.sources.elements import raw_text
from blogkit.sources.mathml.characters import VARIANTS, is_operator_name, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST_ELEMENTS = 80
"""Deeper ones count as text; real formulas stay under 30."""

_ACCENTS = {
    "^": "hat", "ˆ": "hat", "˜": "tilde", "~": "tilde", "¯": "bar", "ˉ": "bar", "‾": "overline",
    "―": "overline", "_": "overline", "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot",
    "⃛": "dddot", "ˇ": "check", "˘": "breve", "´": "acute", "`": "grave", "˚": "mathring",
    "⏞": "overbrace", "←": "overleftarrow", "↔": "overleftrightarrow", "⏜": "overparen",
    "̂": "hat", "̃": "tilde", "̄": "bar", "̇": "dot", "̈": "ddot", "⃖": "overleftarrow",
}  # fmt: skip
_WIDE = {"hat": "widehat", "tilde": "widetilde", "bar": "overline", "vec": "overrightarrow"}
_UNDER = {"_": "underline", "―": "underline", "‾": "underline", "¯": "underline",
          "⏟": "underbrace", "̲": "underline", "→": "underrightarrow"}  # fmt: skip
_OPEN = {"(": "(", "[": "[", "{": r"\{", "|": "|", "∣": "|", "∥": r"\|", "‖": r"\|",
         "⟨": r"\langle",
         "⌊": r"\lfloor", "⌈": r"\lceil", "": "."}  # fmt: skip
_CLOSE = {")": ")", "]": "]", "}": r"\}", "|": "|", "∣": "|", "∥": r"\|", "‖": r"\|",
          "⟩": r"\rangle",
          "⌋": r"\rfloor", "⌉": r"\rceil", "": "."}  # fmt: skip
_MATRICES = {("(", ")"): "pmatrix", ("[", "]"): "bmatrix", ("|", "|"): "vmatrix",
             ("{", "}"): "Bmatrix", ("‖", "‖"): "Vmatrix", ("∥", "∥"): "Vmatrix"}  # fmt: skip
_ARROWS = {"→": "xrightarrow", "←": "xleftarrow", "⇒": "xRightarrow", "⟶": "xrightarrow"}
_BIG = re.compile(
    r"\\(?:sum|prod|coprod|int|iint|iiint|oint|big[a-z]+|lim[a-z]*|max|min|sup|inf|det|gcd|Pr"
    r"|arg[a-z]+|operatorname\*?\{[^{}]*\}|mathop\{.*\})",
    re.DOTALL,
)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(em|ex|mu|pt|px|in|cm|mm)?")
_EM = {"em": 1.0, "ex": 0.43, "mu": 1 / 18, "pt": 0.1, "px": 0.06, "in": 7.2, "cm": 2.8, "mm": 0.28}
_TEXT_SPECIAL = re.compile(r"([#$%&_{}])")
_SPACES = re.compile(r"\s+")
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+$")
_ROMAN = r"\mathrm{"
_ENDS_IN_ROMAN = re.compile(r"\\mathrm\{[A-Za-z]+\}$")
_ONE_TOKEN = re.compile(r"\\[A-Za-z]+|[^\\{}^_\s]")


def to_latex(math: "_Element") -> str:
    r"""A ``math`` element as LaTeX, without delimiters.

    >>> from lxml import etree
    >>> source = "<math><msup><mi>x</mi><mn>2</mn></msup><mo>≤</mo><mi>α</mi></math>"
    >>> to_latex(etree.fromstring(source))
    'x^2\\leq\\alpha'
    """
    return _row(list(math), 0).strip()


def _name(element: "_Element") -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _text(element: "_Element") -> str:
    return " ".join(raw_text(element).split())


def join(pieces: Iterable[str]) -> str:
    r"""Pieces of LaTeX in a row, with a space where a command would swallow a letter.

    Roman letters that stand side by side are one word, which KaTeX writes a letter an element.

    >>> join([r"\alpha", "x"])
    '\\alpha x'
    """
    joined = ""
    for piece in pieces:
        if piece[:1].isalpha() and _ENDS_IN_COMMAND.search(joined[-40:]):
            joined += " "
        if piece.startswith(_ROMAN) and _ENDS_IN_ROMAN.search(joined[-40:]):
            joined, piece = joined[:-1], piece.removeprefix(_ROMAN)
        joined += piece
    return joined


def _group(latex: str) -> str:
    """LaTeX as one argument of ``^`` or ``_``: braced unless it is one token."""
    return latex if _ONE_TOKEN.fullmatch(latex) else f"{{{latex}}}"


def _braced(element: "_Element | None", depth: int) -> str:
    return "{" + (_convert(element, depth) if element is not None else "") + "}"


def _convert(element: "_Element", depth: int) -> str:
    if depth > DEEPEST_ELEMENTS:
        return _escape_text(_text(element))
    return _HANDLERS.get(_name(element), _mrow)(element, depth + 1)


def _children(element: "_Element") -> "list[_Element]":
    return [child for child in element if _name(child)]


def _row(children: "list[_Element]", depth: int) -> str:
    return join(_convert(child, depth) for child in children if _name(child))


def _mrow(element: "_Element", depth: int) -> str:
    children = _children(element)
    if not children and element.text and element.text.strip():
        return _escape_text(_text(element))
    if len(children) == 3 and _is_binomial(children):
        top, bottom = (*_children(_only_child(children[1])), None, None)[:2]
        return rf"\binom{_braced(top, depth)}{_braced(bottom, depth)}"
    if len(children) == 2 and _text(children[0]) == "{" and _name(children[1]) == "mtable":
        return _table(children[1], "cases", depth)
    fences = _fences(children)
    if fences is None:
        return _row(children, depth)
    opening, closing = fences
    inside = children[1:-1]
    tables = [child for child in inside if _text(child) or _name(child) == "mtable"]
    if len(tables) == 1 and _name(tables[0]) == "mtable":
        return _fenced_table(tables[0], opening, closing, depth)
    return join([rf"\left{_OPEN[opening]}", _row(inside, depth), rf"\right{_CLOSE[closing]}"])


def _fences(children: "list[_Element]") -> tuple[str, str] | None:
    """The delimiters around a row that grow with it; None where there are none."""
    if len(children) < 2 or _name(children[0]) != "mo" or _name(children[-1]) != "mo":
        return None
    first, last = children[0], children[-1]
    opening, closing = _text(first), _text(last)
    if opening not in _OPEN or closing not in _CLOSE or not (opening or closing):
        return None
    if "false" in (first.get("stretchy"), last.get("stretchy")):
        return None
    told = first.get("fence") == "true" or first.get("data-mjx-texclass") == "OPEN"
    return (opening, closing) if told else None


def _is_binomial(children: "list[_Element]") -> bool:
    fraction = _only_child(children[1])
    is_bare = fraction.get("linethickness", "").rstrip("pxtem") == "0"
    return is_bare and (_text(children[0]), _text(children[2])) == ("(", ")")


def _mi(element: "_Element", depth: int) -> str:
    text = _text(element)
    variant = element.get("mathvariant", "")
    if text in ("∣", "∥"):
        return "|" if text == "∣" else r"\|"
    if len(text) > 1:
        return _word(element, text)
    latex = symbol(text) if text else ""
    if variant == "normal" and not (text.isascii() and text.isalpha()):
        return latex
    return _in_font(latex, "bold-italic" if variant == "bold" and not text.isascii() else variant)


def _word(element: "_Element", text: str) -> str:
    """A name of several letters: a function, where the markup says so, or letters in a font."""
    variant = element.get("mathvariant", "")
    if is_operator_name(text.replace(" ", "")):
        return f"\\{text.replace(' ', '')}"
    if not text.isascii():
        return _in_font(join(symbol(char) for char in text), variant)
    following = element.getnext()
    is_applied = following is not None and _text(following) == "\u2061"
    if is_applied or variant not in VARIANTS:
        return rf"\operatorname{{{_escape_text(text)}}}"
    return _in_font(_escape_text(text), variant)


def _in_font(latex: str, variant: str) -> str:
    command = VARIANTS.get(variant)
    return f"\\{command}{{{latex}}}" if command and latex else latex


def _mn(element: "_Element", depth: int) -> str:
    text = _text(element)
    number = join(symbol(char) for char in text).replace(",", "{,}")
    return _in_font(number, element.get("mathvariant", ""))


def _mo(element: "_Element", depth: int) -> str:
    if len(element):
        return _row(_children(element), depth)
    text = _text(element)
    if len(text) > 1 and is_operator_name(text.replace(" ", "")):
        return f"\\{text.replace(' ', '')}"
    if len(text) > 1 and text.isascii() and text.isalpha():
        return rf"\operatorname{{{text}}}"
    if text[1:] == "\u0338":
        return rf"\not{symbol(text[0])}"
    return join(symbol(char) for char in text)


def _mtext(element: "_Element", depth: int) -> str:
    raw = raw_text(element)
    visible = "".join(char for char in raw.strip() if symbol(char))
    if not visible:
        return r"\ " if raw == raw.strip("\u2063") and raw else ""
    if len(visible) == 1 and unicodedata.category(visible)[0] == "P":
        return symbol(visible)
    return rf"\text{{{_escape_text(_SPACES.sub(' ', raw))}}}"


def _escape_text(text: str) -> str:
    return _TEXT_SPECIAL.sub(r"\\\1", text.replace("\\", r"\backslash "))


def _mspace(element: "_Element", depth: int) -> str:
    if element.get("linebreak") == "newline":
        return r"\\"
    width = _ems(element.get("width", ""))
    if width < 0:
        return r"\!"
    steps = ((1.5, r"\qquad"), (0.6, r"\quad"), (0.25, r"\;"), (0.2, r"\:"), (0.1, r"\,"))
    return next((command for least, command in steps if width >= least), "")


def _ems(length: str) -> float:
    named = {"thinmathspace": 0.167, "mediummathspace": 0.222, "thickmathspace": 0.278}
    match = _LENGTH.fullmatch(length.strip()[:20])
    if not match:
        return named.get(length, 0.0)
    return float(match[1]) * _EM.get(match[2] or "em", 1.0)


def _mfrac(element: "_Element", depth: int) -> str:
    top, bottom = (*_children(element), None, None)[:2]
    if element.get("linethickness", "").rstrip("pxtem") == "0":
        return f"{{{_braced(top, depth)} \\atop {_braced(bottom, depth)}}}"
    return rf"\frac{_braced(top, depth)}{_braced(bottom, depth)}"


def _msqrt(element: "_Element", depth: int) -> str:
    return rf"\sqrt{{{_row(_children(element), depth)}}}"


def _mroot(element: "_Element", depth: int) -> str:
    base, index = (*_children(element), None, None)[:2]
    order = _convert(index, depth) if index is not None else ""
    return rf"\sqrt[{{{order}}}]{_braced(base, depth)}" if "]" in order else (
        rf"\sqrt[{order}]{_braced(base, depth)}"
    )  # fmt: skip


def _scripted(element: "_Element", depth: int, marks: str) -> str:
    """A base with scripts; marks are ``_`` and ``^``, in the order of the children."""
    children = _children(element)
    if not children:
        return ""
    base = _base(children[0], depth)
    for mark, script in zip(marks, children[1:], strict=False):
        latex = _convert(script, depth)
        base += _script(mark, latex)
    return base


def _script(mark: str, latex: str) -> str:
    """A script behind its mark; primes stand without one."""
    rest = latex.lstrip("'")
    if mark == "^" and rest != latex:
        return latex[: -len(rest)] + f"^{_group(rest)}" if rest else latex
    return mark + _group(latex) if latex else ""


def _base(element: "_Element", depth: int) -> str:
    latex = _convert(element, depth)
    atom = _only_child(element)
    if _name(atom) in ("mi", "mn", "mo") and len(_text(atom)) <= 1:
        return latex or "{}"
    if _ONE_TOKEN.fullmatch(latex) or _BIG.fullmatch(latex) or _is_one_atom(latex):
        return latex
    if latex.startswith(r"\left") or (_name(atom) == "mn" and latex.isalnum()):
        return latex if latex.startswith(r"\left") else f"{{{latex}}}"
    return f"{{{latex}}}"


def _only_child(element: "_Element") -> "_Element":
    """The element inside rows that hold nothing else."""
    while _name(element) in ("mrow", "mstyle", "mpadded") and len(_children(element)) == 1:
        element = _children(element)[0]
    return element


_ONE_ARGUMENT = re.compile(r"\\(?:math[a-z]+|boldsymbol|operatorname\*?|text|hat|bar|tilde|vec"
                           r"|dot|ddot|over[a-z]+|under[a-z]+|wide[a-z]+|sqrt)\{")  # fmt: skip


def _is_one_atom(latex: str) -> bool:
    """Whether it is a command with one argument and nothing behind it."""
    match = _ONE_ARGUMENT.match(latex)
    if not match:
        return False
    level = 1
    for index in range(match.end(), len(latex)):
        if latex[index - 1] != "\\":
            level += (latex[index] == "{") - (latex[index] == "}")
        if level == 0:
            return index == len(latex) - 1
    return False


def _munder(element: "_Element", depth: int) -> str:
    base, under = (*_children(element), None, None)[:2]
    return _stacked(base, under, None, depth)


def _mover(element: "_Element", depth: int) -> str:
    base, over = (*_children(element), None, None)[:2]
    return _stacked(base, None, over, depth)


def _munderover(element: "_Element", depth: int) -> str:
    base, under, over = (*_children(element), None, None, None)[:3]
    return _stacked(base, under, over, depth)


def _stacked(
    base: "_Element | None", under: "_Element | None", over: "_Element | None", depth: int
) -> str:
    latex = _convert(base, depth) if base is not None else ""
    arrow = _ARROWS.get(_text(base)) if base is not None else None
    if arrow and base is not None and _name(_only_child(base)) == "mo":
        below = f"[{_convert(under, depth)}]" if under is not None else ""
        return rf"\{arrow}{below}{_braced(over, depth)}"
    takes_limits = bool(_BIG.fullmatch(latex)) or latex.startswith(
        (r"\underbrace{", r"\overbrace{")
    )
    if under is not None:
        latex = _under(latex, under, takes_limits, depth)
    return latex if over is None else _over(latex, over, takes_limits, depth)


def _over(latex: str, over: "_Element", takes_limits: bool, depth: int) -> str:
    char = _text(over)
    accent = _ACCENTS.get(char)
    if accent and _name(_only_child(over)) == "mo":
        told = _only_child(over).get("stretchy")
        is_one = bool(_ONE_TOKEN.fullmatch(latex)) or _is_one_atom(latex)
        is_wide = told == "true" or (told is None and not is_one)
        return rf"\{_WIDE.get(accent, accent) if is_wide else accent}{{{latex}}}"
    script = _convert(over, depth)
    if takes_limits:
        return f"{latex}^{_group(script)}"
    return rf"\overset{{{script}}}{{{latex}}}"


def _under(latex: str, under: "_Element", takes_limits: bool, depth: int) -> str:
    command = _UNDER.get(_text(under))
    if command and _name(_only_child(under)) == "mo":
        return rf"\{command}{{{latex}}}"
    script = _convert(under, depth)
    if takes_limits:
        return f"{latex}_{_group(script)}"
    return rf"\underset{{{script}}}{{{latex}}}"


def _mmultiscripts(element: "_Element", depth: int) -> str:
    children = _children(element)
    names = [_name(child) for child in children]
    cut = names.index("mprescripts") if "mprescripts" in names else len(children)
    if not children or cut == 0:
        return ""
    before = _script_pairs(children[cut + 1 :], depth)
    after = _script_pairs(children[1:cut], depth)
    return ("{}" + before if before else "") + _base(children[0], depth) + after


def _script_pairs(scripts: "list[_Element]", depth: int) -> str:
    subs = join(_convert(script, depth) for script in scripts[::2])
    sups = join(_convert(script, depth) for script in scripts[1::2])
    return (f"_{_group(subs)}" if subs else "") + (f"^{_group(sups)}" if sups else "")


def _mfenced(element: "_Element", depth: int) -> str:
    opening, closing = element.get("open", "("), element.get("close", ")")
    separators = element.get("separators", ",").replace(" ", "")
    pieces: list[str] = []
    for index, child in enumerate(_children(element)):
        if index and separators:
            pieces.append(symbol(separators[min(index, len(separators)) - 1]))
        pieces.append(_convert(child, depth))
    left, right = _OPEN.get(opening, "."), _CLOSE.get(closing, ".")
    return join([rf"\left{left}", *pieces, rf"\right{right}"])


def _menclose(element: "_Element", depth: int) -> str:
    body = _row(_children(element), depth)
    notation = set(element.get("notation", "longdiv").split())
    if "radical" in notation:
        return rf"\sqrt{{{body}}}"
    if "box" in notation or {"top", "bottom", "left", "right"} <= notation:
        return rf"\boxed{{{body}}}"
    if notation & {"updiagonalstrike", "downdiagonalstrike"}:
        return rf"\cancel{{{body}}}"
    return {"top": rf"\overline{{{body}}}", "bottom": rf"\underline{{{body}}}"}.get(
        next(iter(notation), ""), body
    )


def _mphantom(element: "_Element", depth: int) -> str:
    return rf"\phantom{{{_row(_children(element), depth)}}}"


def _mstyle(element: "_Element", depth: int) -> str:
    return _in_font(_mrow(element, depth), element.get("mathvariant", ""))


def _ms(element: "_Element", depth: int) -> str:
    return rf'\text{{"{_escape_text(_text(element))}"}}'


def _semantics(element: "_Element", depth: int) -> str:
    """The first child says it; the rest are annotations."""
    return "".join(_convert(child, depth) for child in _children(element)[:1])


def _nothing(element: "_Element", depth: int) -> str:
    return ""


def _fenced_table(table: "_Element", opening: str, closing: str, depth: int) -> str:
    if (opening, closing) in _MATRICES:
        return _table(table, _MATRICES[opening, closing], depth)
    if (opening, closing) == ("{", ""):
        return _table(table, "cases", depth)
    inner = _mtable(table, depth)
    return join([rf"\left{_OPEN[opening]}", inner, rf"\right{_CLOSE[closing]}"])


def _mtable(element: "_Element", depth: int) -> str:
    rows = [row for row in _children(element) if _name(row) in ("mtr", "mlabeledtr")]
    labelled = [row for row in rows if _name(row) == "mlabeledtr"]
    if len(rows) == 1 and labelled and len(_children(rows[0])) <= 2:
        return "".join(_cells(rows[0], depth)) + _tag(rows[0], depth)
    if labelled:
        return _table(element, "align", depth)
    columns = element.get("columnalign", "")
    is_aligned = columns == "right" or columns.startswith("right left")
    return _table(element, "aligned" if is_aligned else "matrix", depth)


def _table(element: "_Element", environment: str, depth: int) -> str:
    rows = [row for row in _children(element) if _name(row) in ("mtr", "mlabeledtr")]
    lines = [" & ".join(_cells(row, depth)) + _tag(row, depth) for row in rows]
    return f"\\begin{{{environment}}}" + r" \\ ".join(lines) + f"\\end{{{environment}}}"


def _cells(row: "_Element", depth: int) -> list[str]:
    cells = _children(row)[_name(row) == "mlabeledtr" :]
    return [_row(_children(cell), depth).removeprefix("{}") for cell in cells]


def _tag(row: "_Element", depth: int) -> str:
    r"""The label of a row, where its anchor tells it, and its ``\tag`` if it is not counted."""
    if _name(row) != "mlabeledtr" or not _children(row):
        return ""
    cell = _children(row)[0]
    anchor = (cell.get("id") or "").removeprefix("mjx-eqn:")
    shown = _text(cell).strip("()")
    label = rf"\label{{{anchor}}}" if anchor and anchor not in (shown, cell.get("id")) else ""
    is_counted = re.fullmatch(r"[\d.]*", shown)
    return label if is_counted else label + rf"\tag{{{_escape_text(shown)}}}"


_HANDLERS: dict[str, Callable[["_Element", int], str]] = {
    "mi": _mi, "mn": _mn, "mo": _mo, "mtext": _mtext, "mspace": _mspace, "ms": _ms,
    "mfrac": _mfrac, "msqrt": _msqrt, "mroot": _mroot, "mstyle": _mstyle, "menclose": _menclose,
    "mphantom": _mphantom, "mfenced": _mfenced, "semantics": _semantics, "mtable": _mtable,
    "msub": lambda element, depth: _scripted(element, depth, "_"),
    "msup": lambda element, depth: _scripted(element, depth, "^"),
    "msubsup": lambda element, depth: _scripted(element, depth, "_^"),
    "munder": _munder, "mover": _mover, "munderover": _munderover,
    "mmultiscripts": _mmultiscripts, "annotation": _nothing, "annotation-xml": _nothing,
    "none": _nothing, "maligngroup": _nothing, "malignmark": _nothing, "mglyph": _nothing,
}  # fmt: skip
