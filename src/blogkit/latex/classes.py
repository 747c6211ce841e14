r"""What the neighbours make of an atom's class (TeXbook, pages 170 and 442, rules 5 and 6).

A binary operation with nothing to operate on is set as an ordinary symbol: the minus of `-x`, of
`(-x)` and of `a=-x`. Renderers and readers of meaning ask here.
"""

from __future__ import annotations

from blogkit.latex import nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogkit.latex.nodes import AtomClass, Node

_NO_LEFT_OPERAND = frozenset({"bin", "op", "rel", "open", "punct"})
_SIDES: dict[str, AtomClass] = {
    **dict.fromkeys("([{⌊⌈⟨", "open"),
    **dict.fromkeys(")]}⌋⌉⟩", "close"),
}
"""Delimiters that show by themselves which side they stand on."""
_NO_RIGHT_OPERAND = frozenset({"rel", "close", "punct"})


def class_of(node: Node) -> AtomClass | None:
    r"""The class of a node by itself; None for what is no atom, such as a space.

    Two accidents of TeX that authors don't mean are left out: `\Big(`, written for `\Bigl(`, opens
    here, and a brace over or under terms is no operator, after which a minus would be a sign.

    >>> from blogkit.latex import parse
    >>> [class_of(node) for node in parse(r"\sum x_i \left(a\right) {=}\,").tree.items]
    ['op', 'ord', 'inner', 'ord', None]
    >>> [class_of(node) for node in parse(r"\Big(\Big)\Big|\underbrace{a}_b").tree.items]
    ['open', 'close', 'ord', 'inner']
    """
    if isinstance(node, nodes.Delimiter) and node.kind == "ord":
        return _SIDES.get(node.text, "ord")
    if isinstance(node, (nodes.Atom, nodes.Delimiter, nodes.Classed)):
        return node.kind
    if isinstance(node, nodes.Scripts):
        return "ord" if node.base is None else class_of(node.base)
    if isinstance(node, (nodes.Operator, nodes.OperatorName, nodes.Sideset)):
        return "op"
    if isinstance(node, (nodes.Fenced, nodes.Fraction)):
        return "inner"
    if isinstance(node, (nodes.Arrow, nodes.Negation)):
        return "rel"
    if isinstance(node, nodes.Stack):
        return "rel" if node.command == "\\stackrel" else _class_of_only(node.base)
    if isinstance(node, nodes.Accent):
        return "inner" if node.command in ("\\overbrace", "\\underbrace") else "ord"
    if isinstance(node, (nodes.Font, nodes.Color)) and not node.switch:
        return _class_of_only(node.body)
    return None if isinstance(node, _NO_ATOMS) else "ord"


_NO_ATOMS = (
    nodes.Space,
    nodes.NewLine,
    nodes.Directive,
    nodes.Definition,
    nodes.Tag,
    nodes.Reference,
    nodes.Style,
    nodes.Font,
    nodes.Color,
)


def _class_of_only(row: nodes.Row) -> AtomClass:
    """The class of a row's one item, as amsmath keeps it under `\\overset` and `\\boldsymbol`."""
    found = class_of(row.items[0]) if len(row.items) == 1 else None
    return found or "ord"


def flat_items(items: Sequence[Node]) -> Iterator[Node]:
    r"""Items with those in the reach of switches such as `\bf` put in their places.

    Switches make no group: in `a \bf + b` the plus is between `a` and `b`.
    """
    for item in items:
        if isinstance(item, nodes.Style) or (
            isinstance(item, (nodes.Font, nodes.Color)) and item.switch
        ):
            yield from flat_items(item.body.items)
        else:
            yield item


def atom_classes(items: Sequence[Node]) -> list[AtomClass | None]:
    r"""The classes of items side by side, None for what is no atom.

    >>> from blogkit.latex import parse
    >>> atom_classes(parse("-a-(-b)").tree.items)
    ['ord', 'ord', 'bin', 'open', 'ord', 'ord', 'close']
    """
    classes = [class_of(item) for item in items]
    before: int | None = None
    for index, kind in enumerate(classes):
        if kind is None:
            continue
        left = None if before is None else classes[before]
        if kind == "bin" and (left is None or left in _NO_LEFT_OPERAND):
            classes[index] = "ord"
        elif kind in _NO_RIGHT_OPERAND and before is not None and left == "bin":
            classes[before] = "ord"
        before = index
    if before is not None and classes[before] == "bin":
        classes[before] = "ord"
    return classes
