r"""The space between neighbours in a row, by the classes of atoms (TeXbook, page 170).

TeX has a thin, a medium and a thick space; on a grid of characters each is one column, so what
matters is only where there is one. Spaces that the author asked for are counted in em.
"""

from collections.abc import Iterator, Sequence

from blogkit.latex import nodes
from blogkit.latex.classes import atom_classes, class_of
from blogkit.latex.nodes import AtomClass, Node
from blogkit.render.characters import plain_text
from blogkit.render.settings import Setting, in_face, in_style

COLUMNS_PER_EM = 3
r"""Columns of a `\quad`."""

_CLASSES: tuple[AtomClass, ...] = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner")
# "t": everywhere; "s": not in scripts; ".": never. Pairs that can't occur are never. TeX's thin
# space between an ellipsis and a comma is left out: a column is too much there.
_TABLE = """
.tss...s
tt.s...s
ss..s..s
ss..s..s
........
.tss...s
ss.sssss
stsss..s
"""
_GAPS: dict[tuple[AtomClass, AtomClass], str] = {
    (left, right): mark
    for left, marks in zip(_CLASSES, _TABLE.split(), strict=True)
    for right, mark in zip(_CLASSES, marks, strict=True)
}

_STOPS = frozenset(",.;:!?，。；：！？、")

Placed = tuple[Node, Setting, int, AtomClass | None]
"""A node, the setting that it is drawn in, the columns before it, and its class."""


def spread(items: Sequence[Node], setting: Setting) -> Iterator[tuple[Node, Setting]]:
    r"""Items with those in the reach of switches in their places, each with its setting.

    >>> from blogkit.latex import parse
    >>> [its.face for _, its in spread(parse(r"a \bf b").tree.items, Setting())]
    ['', 'bold']
    """
    for item in items:
        if isinstance(item, nodes.Style):
            yield from spread(item.body.items, in_style(setting, item.command))
        elif isinstance(item, nodes.Font) and item.switch:
            yield from spread(item.body.items, in_face(setting, item.command))
        elif isinstance(item, nodes.Color) and item.switch:
            yield from spread(item.body.items, setting)
        else:
            yield item, setting


def placed(items: Sequence[Node], setting: Setting) -> list[Placed]:
    r"""A row's visible items with their settings and the columns before each.

    `\left…\right` is spaced as an opening on its left and a closing on its right: the thin space
    that TeX puts before it in `f\left(x\right)` is an accident that authors work around.

    >>> from blogkit.latex import parse
    >>> [gap for _, _, gap, _ in placed(parse("a=-b,c").tree.items, Setting())]
    [0, 1, 1, 0, 0, 1]
    """
    pairs = list(spread(items, setting))
    classes = atom_classes([node for node, _ in pairs])
    found: list[Placed] = []
    em = 0.0
    before: AtomClass | None = None
    for (node, its), kind in zip(pairs, classes, strict=True):
        if isinstance(node, nodes.Space):
            em += node.width_em
            continue
        gap = columns(em)
        if kind is not None:
            fenced = isinstance(node, nodes.Fenced)
            if before is not None:
                gap = max(gap, _gap(before, _seen_from_left(node, kind), its))
            before = _after(node, kind, fenced=fenced)
        em = 0.0
        found.append((node, its, gap, kind))
    if em > 0:
        found.append((nodes.Space(pairs[-1][0].span, "", em), setting, 0, None))
    return found


def columns(em: float) -> int:
    """Columns of a space of so many em; any positive space is at least one column.

    >>> columns(0.1667), columns(1), columns(-0.1667)
    (1, 3, 0)
    """
    return min(80, max(1, round(em * COLUMNS_PER_EM))) if em > 0.05 else 0


def _gap(left: AtomClass, right: AtomClass, setting: Setting) -> int:
    mark = _GAPS[left, right]
    return int(mark == "t" or (mark == "s" and not setting.script))


def _is_named(node: Node) -> bool:
    """Whether it is a function such as `\\log`, which stands close to its brackets, unlike `∑`."""
    while isinstance(node, nodes.Scripts) and node.base is not None:
        node = node.base
    return not (isinstance(node, nodes.Operator) and not node.named)


def _seen_from_left(node: Node, kind: AtomClass) -> AtomClass:
    r"""The class that the left neighbour sees: words that begin with a stop are close to it."""
    if isinstance(node, nodes.Fenced):
        return "open"
    begins_with_stop = isinstance(node, nodes.Text) and plain_text(node)[:1] in _STOPS
    return "punct" if begins_with_stop else kind


def _after(node: Node, kind: AtomClass, *, fenced: bool) -> AtomClass:
    """The class that the right neighbour sees: the minus of `-\\log x` is glued, as is a slash.

    What follows a root stands apart from it, since a root over one letter is drawn without a roof.
    """
    if fenced:
        return "close"
    if isinstance(node, nodes.Atom) and node.latex == "/":
        return "open"
    if isinstance(node, nodes.Root) or (kind == "op" and not _is_named(node)):
        return "inner"
    return "open" if kind == "ord" and class_of(node) == "bin" else kind
