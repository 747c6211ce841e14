r"""`to_inline_text`: a formula on one line, for snippets and tables: `½ min{1, γ/‖∇f‖}`.

Fractions become slashes and scripts that Unicode lacks become `_` and `^`, with brackets only where
the reading needs them. Nothing is lost, as in `text`.
"""

from __future__ import annotations

import re

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.latex.symbols import DELIMITERS
from blogkit.render.factors import factor, numerator
from blogkit.render.glyphs import STRIKES, glyph, shown_text, struck, words_touch
from blogkit.render.letters import lowered, raised, vulgar
from blogkit.render.lines import with_lines_in_place
from blogkit.render.scripts import primes_text
from blogkit.render.settings import Setting, in_face, in_script
from blogkit.render.spacing import columns, placed
from blogkit.render.tables import ALIGNED, fences
from blogkit.render.words import reference_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias, TypeVar

    Writer: TypeAlias = Callable[["_Inline", Any, Setting], str]
    W = TypeVar("W", bound=Writer)

_WRITERS: dict[type[Node], Writer] = {}
_OPEN_SCRIPT = re.compile(r"[_^]\w+$")


def to_inline_text(tree: Node, *, ascii: bool = False) -> str:
    r"""A formula as one line of text.

    Args:
        tree: a formula as `blogkit.latex.parse` reads it, or a part of one.
        ascii: as in `to_text`.

    >>> from blogkit.latex import parse
    >>> latex = r"\frac{1}{2}\min\left\{1, \frac{\gamma}{\Vert\nabla f\Vert}\right\}"
    >>> to_inline_text(parse(latex).tree)
    '½ min{1, γ/‖∇f‖}'
    >>> to_inline_text(parse(r"\frac{a}{b+c} \leq \sqrt{x_\theta}").tree)
    'a/(b + c) ≤ √(x_θ)'
    """
    placed = with_lines_in_place(tree)
    return _Inline(ascii=ascii).node(placed, Setting(display=False)).strip()


def _writes(*kinds: type[Node]) -> Callable[[W], W]:
    """Registers a function as the one that writes nodes of these classes."""

    def register(writer: W) -> W:
        _WRITERS.update((kind, writer) for kind in kinds)
        return writer

    return register


class _Inline:
    """Writes nodes in line."""

    def __init__(self, *, ascii: bool) -> None:
        self.ascii = ascii

    def node(self, node: Node, setting: Setting) -> str:
        return _WRITERS[type(node)](self, node, setting)

    def row(self, row: Row, setting: Setting) -> str:
        """A row with TeX's spaces."""
        parts: list[str] = []
        for node, its, gap, _ in placed(row.items, setting):
            text = _WRITERS[type(node)](self, node, its)
            if parts and text and not gap and self._touch(parts[-1], text):
                gap = 1
            if gap:
                parts.append(" " * min(gap, 3))
            if text:
                parts.append(text)
        return "".join(parts)

    def _touch(self, left: str, right: str) -> bool:
        """Whether two parts need a blank to be told apart, as after the script of `∇_θ f`."""
        if words_touch(left, right, ascii=self.ascii):
            return True
        return right[0].isalnum() and _OPEN_SCRIPT.search(left) is not None

    def sign(self, text: str, face: str = "") -> str:
        return glyph(text, face, ascii=self.ascii)


@_writes(Row)
def _group(inline: _Inline, node: Row, setting: Setting) -> str:
    return inline.row(node, setting)


@_writes(nodes.Atom, nodes.Operator)
def _atom(inline: _Inline, node: nodes.Atom | nodes.Operator, setting: Setting) -> str:
    return glyph(node.text, setting.face, ascii=inline.ascii)


@_writes(nodes.Negation)
def _negation(inline: _Inline, node: nodes.Negation, setting: Setting) -> str:
    if inline.ascii and len(node.text) > 1:
        return "\\not" + inline.sign(node.body.text)
    return inline.sign(node.text)


@_writes(nodes.OperatorName, nodes.Classed, nodes.Color, nodes.Environment, nodes.Math, nodes.Shift)
def _body(inline: _Inline, node: nodes.Classed, setting: Setting) -> str:
    return inline.row(node.body, setting)


@_writes(nodes.Font, nodes.Text)
def _faced(inline: _Inline, node: nodes.Font, setting: Setting) -> str:
    return inline.row(node.body, in_face(setting, node.command))


@_writes(nodes.Style)
def _style(inline: _Inline, node: nodes.Style, setting: Setting) -> str:
    return inline.row(node.body, setting)


@_writes(nodes.Choice)
def _choice(inline: _Inline, node: nodes.Choice, setting: Setting) -> str:
    return inline.row(node.text, setting)


@_writes(nodes.Scripts)
def _scripts(inline: _Inline, node: nodes.Scripts, setting: Setting) -> str:
    base = "" if node.base is None else inline.node(node.base, setting)
    if isinstance(node.base, nodes.Fraction) or (node.sup and isinstance(node.base, nodes.Root)):
        base = f"({base})"
    primes = inline.sign(primes_text(node.primes)) if node.primes else ""
    return base + primes + _low(inline, node.sub, setting) + _high(inline, node.sup, setting)


def _low(inline: _Inline, row: Row | None, setting: Setting) -> str:
    """A subscript in small characters, or after `_`."""
    if row is None:
        return ""
    text = inline.row(row, in_script(setting))
    small = None if inline.ascii else lowered(text.replace(" ", ""))
    return f"_{_bracketed(row, text)}" if small is None else small


def _high(inline: _Inline, row: Row | None, setting: Setting) -> str:
    """A superscript in small characters, or after `^`; a transpose as `ᵀ`."""
    if row is None:
        return ""
    text = inline.row(row, in_script(setting))
    if inline.ascii:
        return f"^{_bracketed(row, text)}"
    small = "ᵀ" if text == "⊤" else raised(text.replace(" ", ""))
    return f"^{_bracketed(row, text)}" if small is None else small


def _bracketed(row: Row, text: str) -> str:
    """A script in brackets, unless it is one word or symbol."""
    whole = len(text) == 1 or text.isdecimal() or (len(row.items) == 1 and text.isalnum())
    return text if whole else f"({text})"


@_writes(nodes.Fraction)
def _fraction(inline: _Inline, node: nodes.Fraction, setting: Setting) -> str:
    if not node.rule:
        return _binomial(inline, node, setting)
    top, bottom = inline.row(node.numerator, setting), inline.row(node.denominator, setting)
    single = None if inline.ascii else vulgar(top, bottom)
    if single is None:
        top, bottom = numerator(node.numerator, top), factor(node.denominator, bottom)
        single = f"{top}/{bottom}"
    left, right = _ends(inline, node)
    return f"{left}{single}{right}"


def _binomial(inline: _Inline, node: nodes.Fraction, setting: Setting) -> str:
    left, right = _ends(inline, node)
    top, bottom = inline.row(node.numerator, setting), inline.row(node.denominator, setting)
    return f"{left or '('}{top}; {bottom}{right or ')'}"


def _ends(inline: _Inline, node: nodes.Fraction) -> tuple[str, str]:
    left, right = (DELIMITERS.get(end, end) for end in (node.left, node.right))
    return inline.sign(left), inline.sign(right)


@_writes(nodes.Root)
def _root(inline: _Inline, node: nodes.Root, setting: Setting) -> str:
    text = inline.row(node.body, setting)
    name = inline.sign("√")
    index = "" if node.index is None else inline.row(node.index, in_script(setting))
    small = raised(index)
    if small is not None and not inline.ascii:
        name = small + name
    elif index:
        name += f"[{index}]"
    return f"{name}{text}" if len(text) == 1 and not inline.ascii else f"{name}({text})"


@_writes(nodes.Fenced)
def _fenced(inline: _Inline, node: nodes.Fenced, setting: Setting) -> str:
    body = inline.row(node.body, setting)
    return inline.sign(node.left.text) + body + inline.sign(node.right.text)


@_writes(nodes.Delimiter)
def _delimiter(inline: _Inline, node: nodes.Delimiter, setting: Setting) -> str:
    sign = inline.sign(node.text)
    return f" {sign} " if node.command == "\\middle" else sign


_MARKS = {"‾": "\u0305", "_": "\u0332", "→": "\u20d7", "←": "\u20d6"}


@_writes(nodes.Accent)
def _accent(inline: _Inline, node: nodes.Accent, setting: Setting) -> str:
    text = inline.row(node.body, setting)
    mark = _MARKS.get(node.text, node.text)
    if not inline.ascii and len(text) == 1 and len(mark) == 1:
        if mark in "⏞⏟⎴⎵⏜⏝⏠⏡↔⇒⇀↼":
            return text
        return text + mark
    return f"{node.command.strip(chr(92))}({text})"


@_writes(nodes.Stack)
def _stack(inline: _Inline, node: nodes.Stack, setting: Setting) -> str:
    base = _struck(inline, inline.row(node.base, setting), node.command)
    if node.command == "\\cancelto" and node.over is not None:
        return base + inline.sign("→") + inline.row(node.over, in_script(setting))
    return base + _low(inline, node.under, setting) + _high(inline, node.over, setting)


@_writes(nodes.Arrow)
def _arrow(inline: _Inline, node: nodes.Arrow, setting: Setting) -> str:
    over = _high(inline, node.above, setting) if node.above.items else ""
    return f" {inline.sign(node.text)}{_low(inline, node.below, setting)}{over} "


@_writes(nodes.Sideset)
def _sideset(inline: _Inline, node: nodes.Sideset, setting: Setting) -> str:
    return "".join([inline.row(part, setting) for part in (node.left, node.base, node.right)])


@_writes(nodes.Array)
def _array(inline: _Inline, node: nodes.Array, setting: Setting) -> str:
    between = " " if node.environment in ALIGNED else ", "
    rows: list[str] = []
    for row in node.rows:
        cells: list[str] = []
        for cell in row.cells:
            cells.append(inline.row(cell, setting).strip())
        if between == ", ":
            cells = [*(cell.removesuffix(",") for cell in cells[:-1]), *cells[-1:]]
        rows.append(between.join(cells).strip())
    left, right = fences(node.environment)
    inside = "; ".join([row for row in rows if row])
    return f"{inline.sign(left)}{inside}{inline.sign(right)}"


@_writes(nodes.ArrayRow)
def _array_row(inline: _Inline, node: nodes.ArrayRow, setting: Setting) -> str:
    return ", ".join([inline.row(cell, setting) for cell in node.cells])


@_writes(nodes.Chars)
def _chars(inline: _Inline, node: nodes.Chars, setting: Setting) -> str:
    return glyph(shown_text(node.text), setting.face, ascii=inline.ascii)


@_writes(nodes.Phantom)
def _phantom(inline: _Inline, node: nodes.Phantom, setting: Setting) -> str:
    return inline.row(node.body, setting) if node.visible else ""


@_writes(nodes.Box)
def _box(inline: _Inline, node: nodes.Box, setting: Setting) -> str:
    return _struck(inline, inline.row(node.body, setting), node.command)


def _struck(inline: _Inline, text: str, command: str) -> str:
    """Text as it is struck out by the command; in ASCII between slashes."""
    if command not in STRIKES:
        return text
    return f"/{text}/" if inline.ascii else struck(text, command)


@_writes(nodes.Modulo)
def _modulo(inline: _Inline, node: nodes.Modulo, setting: Setting) -> str:
    body = inline.row(node.body, setting)
    if node.command == "\\mod":
        return f" mod {body}"
    return f" ({'' if node.command == chr(92) + 'pod' else 'mod '}{body})"


@_writes(nodes.Link)
def _link(inline: _Inline, node: nodes.Link, setting: Setting) -> str:
    return (
        inline.sign(shown_text(node.url)) if node.body is None else inline.row(node.body, setting)
    )


@_writes(nodes.Tag)
def _tag(inline: _Inline, node: nodes.Tag, setting: Setting) -> str:
    if node.body is None:
        return ""
    body = inline.row(node.body, setting)
    return body if node.command.endswith("*") else f"({body})"


@_writes(nodes.Reference)
def _reference(inline: _Inline, node: nodes.Reference, setting: Setting) -> str:
    return inline.sign(reference_text(node))


@_writes(nodes.Unknown, nodes.Raw)
def _unread(inline: _Inline, node: nodes.Unknown | nodes.Raw, setting: Setting) -> str:
    return inline.sign(shown_text(node.latex))


@_writes(nodes.Verbatim)
def _verbatim(inline: _Inline, node: nodes.Verbatim, setting: Setting) -> str:
    return inline.sign(shown_text(node.text))


@_writes(nodes.Space)
def _space(inline: _Inline, node: nodes.Space, setting: Setting) -> str:
    return " " * columns(node.width_em)


@_writes(nodes.NewLine)
def _new_line(inline: _Inline, node: nodes.NewLine, setting: Setting) -> str:
    return " "


@_writes(nodes.Rule, nodes.Directive, nodes.Definition)
def _nothing(inline: _Inline, node: Node, setting: Setting) -> str:
    return ""
