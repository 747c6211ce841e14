r"""Drawing fractions, binomials, roots and fences."""

from blogkit.latex import nodes
from blogkit.latex.symbols import DELIMITERS
from blogkit.render.boxes import Box, above, beside, covered_as, line, shifted, spaces, widened
from blogkit.render.brackets import bracket
from blogkit.render.factors import factor, numerator
from blogkit.render.letters import raised
from blogkit.render.painter import Painter, draws
from blogkit.render.settings import Setting, in_display, in_script, in_text


@draws(nodes.Fraction)
def _fraction(painter: Painter, node: nodes.Fraction, setting: Setting) -> Box:
    inner = _inner(node, setting)
    top = painter.row(node.numerator, inner)
    bottom = painter.row(node.denominator, inner)
    if setting.script and node.rule and top.height == bottom.height == 1:
        pile = _slashed(node, top, bottom)
    else:
        pile = _piled(painter, top, bottom, rule=node.rule)
    left, right = DELIMITERS.get(node.left, node.left), DELIMITERS.get(node.right, node.right)
    return fenced(painter, left, pile, right) if left or right else pile


def _inner(node: nodes.Fraction, setting: Setting) -> Setting:
    if node.command in ("\\cfrac", "\\dfrac", "\\dbinom") and setting.display:
        return in_display(setting) if node.command == "\\cfrac" else in_text(setting)
    return in_text(setting)


def _piled(painter: Painter, top: Box, bottom: Box, *, rule: bool) -> Box:
    """Numerator over denominator; the line overhangs where one of them has lines of its own."""
    nested = top.rise + top.sink + bottom.rise + bottom.sink > 0
    width = max(top.width, bottom.width, 1) + 2 * nested
    sign = ("-" if painter.ascii else "─") if rule else " "
    pile = above([widened(top, width), line(sign * width), widened(bottom, width)], 1)
    rise = 1 + top.depth + top.rise
    return covered_as(pile, rise, 1 + bottom.baseline + bottom.sink)


def _slashed(node: nodes.Fraction, top: Box, bottom: Box) -> Box:
    """A fraction in a script: in line, as the TeXbook advises (chapter 17)."""
    over = numerator(node.numerator, top.lines[0])
    return line(f"{over}/{factor(node.denominator, bottom.lines[0])}")


@draws(nodes.Root)
def _root(painter: Painter, node: nodes.Root, setting: Setting) -> Box:
    body = painter.row(node.body, in_text(setting))
    index = painter.row(node.index, in_script(setting)) if node.index else None
    if painter.ascii:
        name = line("root" if index else "sqrt")
        inside = body if index is None else beside([index, line(", "), body])
        return beside([name, fenced(painter, "(", inside, ")")])
    sign = _roofed(body)
    return sign if index is None else _with_index(sign, index)


def _roofed(body: Box) -> Box:
    if body.height == 1 and body.width == 1:
        return beside([line("√"), body])
    if body.height == 1:
        roof = " " + "_" * body.width
        return Box((roof, "√" + body.lines[0]), 1, body.width + 1, 0, 0)
    lines = ["┌" + "─" * (body.width + 1)]
    lines += ["│ " + text for text in body.lines]
    lines[-1] = "⎷" + lines[-1][1:]
    baseline = body.baseline + 1
    return Box(tuple(lines), baseline, body.width + 2, baseline, len(lines) - 1 - baseline)


def _with_index(sign: Box, index: Box) -> Box:
    """A root with its degree on the upper left: `³√x` where the degree has such characters."""
    small = raised(index.lines[0]) if index.height == 1 else None
    if small is not None and sign.height <= 2:
        return beside([line(small), sign])
    over = max(1, sign.baseline)
    return beside([shifted(Box(index.lines, index.height - 1, index.width, 0, 0), over), sign])


@draws(nodes.Fenced)
def _fenced(painter: Painter, node: nodes.Fenced, setting: Setting) -> Box:
    middles = [item for item in node.body.items if _is_middle(item)]
    if not middles:
        body = painter.row(node.body, setting)
        return fenced(painter, node.left.text, body, node.right.text)
    parts = [painter.row(part, setting) for part in _split(node.body)]
    signs = [item.text for item in middles if isinstance(item, nodes.Delimiter)]
    return _divided(painter, [node.left.text, *signs, node.right.text], parts)


def _is_middle(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Delimiter) and node.command == "\\middle"


def _split(row: nodes.Row) -> list[nodes.Row]:
    r"""What stands before, between and after each `\middle`."""
    parts: list[list[nodes.Node]] = [[]]
    for item in row.items:
        if _is_middle(item):
            parts.append([])
        else:
            parts[-1].append(item)
    return [nodes.Row(row.span, tuple(part)) for part in parts]


def _divided(painter: Painter, signs: list[str], parts: list[Box]) -> Box:
    """Boxes between delimiters that are all as high as the highest box."""
    rise, sink = max(part.rise for part in parts), max(part.sink for part in parts)
    drawn = [bracket(sign, rise, sink, ascii=painter.ascii) for sign in signs]
    boxes = [drawn[0], parts[0]]
    for sign, part in zip(drawn[1:-1], parts[1:], strict=True):
        boxes += [spaces(1), sign, spaces(1), part]
    return covered_as(beside([*boxes, drawn[-1]]), rise, sink)


def fenced(painter: Painter, left: str, body: Box, right: str) -> Box:
    """A box between delimiters, each as high as the box; blanks keep braces off what is tall."""
    rise, sink = body.rise, body.sink
    parts = [bracket(left, rise, sink, ascii=painter.ascii), body]
    parts.append(bracket(right, rise, sink, ascii=painter.ascii))
    if rise + sink and left in ("{", "⟨"):
        parts.insert(1, spaces(1))
    if rise + sink and right in ("}", "⟩"):
        parts.insert(-1, spaces(1))
    return _fit(parts)


def _fit(parts: list[Box]) -> Box:
    """Parts in line; what is around them must cover all lines that the fence covers."""
    box = beside(parts)
    rise = max(part.rise for part in parts)
    return covered_as(box, rise, max(part.sink for part in parts))


_SIZES = {"big": (0, 0), "Big": (0, 0), "bigg": (1, 1), "Bigg": (1, 1)}


@draws(nodes.Delimiter)
def _delimiter(painter: Painter, node: nodes.Delimiter, setting: Setting) -> Box:
    rise, sink = _SIZES.get(node.command.strip("\\").rstrip("lrm"), (0, 0))
    return bracket(node.text, rise, sink, ascii=painter.ascii)
