r"""Which parts of a fraction need brackets beside a slash: `(a + b)/(cd)`, but `a/f(x)`.

The TeXbook (chapter 17) sets fractions in scripts with a slash, and asks for brackets where
the reading would change. It imports only `latex`.
"""

from blogkit.latex import nodes
from blogkit.latex.classes import atom_classes
from blogkit.latex.nodes import Node, Row


def factor(row: Row, text: str) -> str:
    """A row in brackets, unless it is one factor already."""
    return text if _is_factor(row, text) else f"({text})"


def numerator(row: Row, text: str) -> str:
    """A numerator in brackets, unless it is a factor or a product."""
    return text if _is_factor(row, text) or _is_product(row) else f"({text})"


def _is_product(row: Row) -> bool:
    """Whether nothing binds less tightly than a slash, outside of brackets."""
    level = 0
    for item, kind in zip(row.items, atom_classes(row.items), strict=True):
        level += (kind == "open") - (kind == "close")
        if level <= 0 and (kind in ("bin", "rel", "punct") or _is_loose(item)):
            return False
    return True


def _is_loose(node: Node) -> bool:
    return isinstance(node, (nodes.Fraction, nodes.Text, nodes.Array)) or (
        isinstance(node, nodes.Atom) and node.text == "/"
    )


def _is_factor(row: Row, text: str) -> bool:
    """Whether a row can stand beside a slash without brackets."""
    if len(text) <= 1 or text.replace(".", "", 1).isdecimal():
        return True
    items = [item for item in row.items if not isinstance(item, nodes.Space)]
    if not items:
        return True
    if len(items) == 1:
        if type(items[0]) is Row:
            return _is_factor(items[0], text)
        return not isinstance(items[0], (nodes.Fraction, nodes.Array, nodes.Stack))
    return _is_differential(items) or _is_call(items) or _is_between_bars(items)


def _is_differential(items: list[Node]) -> bool:
    """Whether it is `∂x` or `dx`, which are read as one below a slash."""
    first = items[0] if len(items) == 2 else None
    return isinstance(first, nodes.Atom) and first.text in ("∂", "d")


def _is_call(items: list[Node]) -> bool:
    """Whether it is `(…)`, `f(…)` or `f\\left(…\\right)`, and the brackets match."""
    if len(items) == 2 and isinstance(items[1], nodes.Fenced):
        return True
    kinds = [item.kind if isinstance(item, (nodes.Atom, nodes.Delimiter)) else "" for item in items]
    start = 0 if kinds[0] == "open" else 1
    if kinds[start] != "open" or kinds[-1] != "close":
        return False
    level = 0
    for index, kind in enumerate(kinds):
        level += (kind == "open") - (kind == "close")
        if index >= start and level == 0:
            return index == len(kinds) - 1
    return False


def _is_between_bars(items: list[Node]) -> bool:
    texts = [item.text if isinstance(item, (nodes.Atom, nodes.Delimiter)) else "" for item in items]
    return texts[0] in ("|", "‖") and texts[-1] == texts[0] and texts[0] not in texts[1:-1]
