r"""Drawing scripts, limits, what is stacked over and under (TeXbook, appendix G, rules 13, 18).

Scripts that Unicode has as raised and lowered characters stay on the line (`xₜ₋₁`); others get
lines of their own above and below it.
"""

from collections.abc import Callable

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.render.boxes import EMPTY, Box, above, beside, covered_as, line, spaces, widened
from blogkit.render.glyphs import struck
from blogkit.render.letters import lowered, raised
from blogkit.render.painter import Painter, draws
from blogkit.render.settings import Setting, in_script

_PRIMES = {1: "′", 2: "″", 3: "‴", 4: "⁗"}
_BRACES = frozenset(
    {"\\overbrace", "\\underbrace", "\\overbracket", "\\underbracket", "\\overparen"}
)


@draws(nodes.Scripts)
def _scripts(painter: Painter, node: nodes.Scripts, setting: Setting) -> Box:
    base = EMPTY if node.base is None else painter.draw(node.base, setting)
    small = in_script(setting)
    sub = painter.row(node.sub, small) if node.sub is not None else None
    sup = painter.row(node.sup, small) if node.sup is not None else None
    primes = painter.sign(primes_text(node.primes)) if node.primes else None
    if has_limits(node, setting):
        over = beside([box for box in (primes, sup) if box])
        return stacked(base, over if over.width else None, sub)
    if sup is not None and base.height == 1 and isinstance(_nucleus(node.base), nodes.Root):
        base = beside([painter.sign("("), base, painter.sign(")")])
    if primes is not None:
        if base.rise or base.sink:
            sup = beside([primes, *([sup] if sup else [])])
        else:
            base = beside([base, primes])
    return attached(base, sub, sup, ascii=painter.ascii)


def primes_text(count: int) -> str:
    """So many primes, in as few characters as Unicode has for them.

    >>> primes_text(2), primes_text(5)
    ('″', '⁗′')
    """
    return _PRIMES[4] * (count // 4) + _PRIMES.get(count % 4, "")


def has_limits(node: nodes.Scripts, setting: Setting) -> bool:
    """Whether scripts stand above and below, and not beside."""
    if node.placement in ("\\limits", "\\nolimits"):
        return node.placement == "\\limits"
    base = _nucleus(node.base)
    if isinstance(base, nodes.Accent):
        return base.command in _BRACES
    if not setting.display:
        return False
    if isinstance(base, (nodes.Operator, nodes.OperatorName)):
        return base.limits or node.placement == "\\displaylimits"
    if isinstance(base, nodes.Stack):
        return isinstance(_nucleus(base.base), nodes.Operator)
    return isinstance(base, nodes.Sideset) or (
        isinstance(base, nodes.Classed) and base.kind == "op"
    )


def _nucleus(node: Node | None) -> Node | None:
    """The one thing within groups, fonts and colours."""
    while True:
        if isinstance(node, (nodes.Font, nodes.Color)):
            node = node.body
        elif isinstance(node, Row) and len(node.items) == 1:
            node = node.items[0]
        else:
            return node


def stacked(base: Box, over: Box | None, under: Box | None) -> Box:
    """A box with others centred above and below it."""
    parts = [box for box in (over, base, under) if box is not None]
    return above(parts, 0 if over is None else 1)


def attached(base: Box, sub: Box | None, sup: Box | None, *, ascii: bool = False) -> Box:
    """A box with scripts on its right: on its own line where characters allow it."""
    if not ascii and not base.rise and not base.sink:
        inline = _on_line(sub, sup)
        if inline is not None:
            return beside([base, line(inline)])
    side = _corners(base, sub, sup, ascii=ascii)
    rise, sink = base.rise, base.sink
    if sup is not None and sup.height > 1:
        rise = side.baseline
    if sub is not None and sub.height > 1:
        sink = side.depth
    return covered_as(beside([base, side]), rise, sink)


def _on_line(sub: Box | None, sup: Box | None) -> str | None:
    """Both scripts as lowered and raised characters; None where one can't be."""
    low = lowered(_bare(sub)) if sub is not None else ""
    high = raised(_bare(sup)) if sup is not None else ""
    return None if low is None or high is None else low + high


def _bare(box: Box) -> str:
    return box.lines[0].replace(" ", "") if box.height == 1 else "∅"


def _corners(base: Box, sub: Box | None, sup: Box | None, *, ascii: bool) -> Box:
    """Scripts as they stand to the right of a base, with the base's baseline."""
    over, under = max(1, base.rise), max(1, base.sink)
    if not ascii and base.rise + base.sink:
        small_sup, small_sub = _small(sup, raised), _small(sub, lowered)
        sup, over = (small_sup, base.rise) if small_sup else (sup, over)
        sub, under = (small_sub, base.sink) if small_sub else (sub, under)
    width = max(sub.width if sub else 0, sup.width if sup else 0)
    lines: list[str] = []
    if sup is not None:
        lines += widened(sup, width, "l").lines
    baseline = len(lines) + over - 1 if sup is not None else 0
    blank = " " * width
    lines += [blank] * (baseline + (under if sub is not None else 1) - len(lines))
    if sub is not None:
        lines += widened(sub, width, "l").lines
    return Box(tuple(lines), baseline, width, 0, 0)


def _small(box: Box | None, translate: Callable[[str], str | None]) -> Box | None:
    """A script in small characters, which may stand at a corner of a tall base; None without."""
    text = translate(_bare(box)) if box is not None else None
    return None if text is None else line(text)


@draws(nodes.Sideset)
def _sideset(painter: Painter, node: nodes.Sideset, setting: Setting) -> Box:
    parts = [painter.row(part, setting) for part in (node.left, node.base, node.right)]
    return beside(parts)


@draws(nodes.Stack)
def _stack(painter: Painter, node: nodes.Stack, setting: Setting) -> Box:
    small = in_script(setting)
    base = painter.row(node.base, setting)
    over = painter.row(node.over, small) if node.over is not None else None
    under = painter.row(node.under, small) if node.under is not None else None
    if node.command == "\\cancelto" and over is not None:
        return _struck_to(base, over, ascii=painter.ascii)
    return stacked(base, over, under)


def _struck_to(base: Box, value: Box, *, ascii: bool) -> Box:
    """What is struck out, and an arrow to what becomes of it."""
    if ascii:
        return beside([line("/"), base, line("/->"), value])
    lines = tuple([struck(text, "\\cancelto") for text in base.lines])
    out = Box(lines, base.baseline, base.width, base.rise, base.sink)
    return beside([out, line("→"), value])


_ARROWS = {
    "→": ("", "─", "→"),
    "←": ("←", "─", ""),
    "↔": ("←", "─", "→"),
    "⇒": ("", "═", "⇒"),
    "⇐": ("⇐", "═", ""),
    "⇔": ("⇐", "═", "⇒"),
    "↪": ("", "─", "↪"),
    "↩": ("↩", "─", ""),
    "↦": ("├", "─", "→"),
    "⇀": ("", "─", "⇀"),
    "⇁": ("", "─", "⇁"),
    "↼": ("↼", "─", ""),
    "↽": ("↽", "─", ""),
    "⇌": ("", "═", "⇌"),
    "⇋": ("⇋", "═", ""),
    "⇄": ("", "═", "⇄"),
    "↠": ("", "─", "↠"),
    "↞": ("↞", "─", ""),
    "=": ("", "═", ""),
}
_ASCII_ARROWS = {
    "→": ("", "-", "->"),
    "←": ("<-", "-", ""),
    "↔": ("<-", "-", "->"),
    "⇒": ("", "=", "=>"),
    "⇐": ("<=", "=", ""),
    "⇔": ("<=", "=", "=>"),
    "↦": ("|-", "-", "->"),
    "=": ("=", "=", "="),
}


def long_arrow(text: str, width: int, *, ascii: bool) -> Box:
    """An arrow of at least so many columns.

    >>> long_arrow("→", 5, ascii=False).lines
    ('────→',)
    """
    left, shaft, right = (_ASCII_ARROWS if ascii else _ARROWS).get(text, ("", "-", "->"))
    return line(left + shaft * max(1, width - len(left + right)) + right)


@draws(nodes.Arrow)
def _arrow(painter: Painter, node: nodes.Arrow, setting: Setting) -> Box:
    small = in_script(setting)
    over = painter.row(node.above, small)
    under = painter.row(node.below, small) if node.below is not None else None
    width = max(over.width, under.width if under else 0) + 2
    arrow = long_arrow(node.text, width, ascii=painter.ascii)
    return beside([spaces(1), stacked(arrow, over if over.width else None, under), spaces(1)])
