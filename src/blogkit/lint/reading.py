r"""What a rule looks at: one formula, read once, with the lists in which TeX sets its symbols.

A rule is a function from a `Reading` to problems. Imports the layout tree only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from blogkit.latex import (
    Atom,
    Classed,
    Color,
    Font,
    Macro,
    Node,
    Parsed,
    Problem,
    Row,
    Scripts,
    Space,
    Style,
    parse,
    walk,
)
from blogkit.spans import Span

SAME_ALPHABET = frozenset(["\\boldsymbol", "\\bm", "\\pmb", "\\mathnormal", "\\mit"])
"""Fonts in which letters stay letters; in all others they may be the name of something."""

_INLINE = (Classed, Color, Style)
"""What changes the look of its body and leaves it in the list around."""


@dataclass(frozen=True)
class Reading:
    """A formula with its tree."""

    latex: str
    """The LaTeX, without delimiters."""
    parsed: Parsed
    """Tree and problems of the parser."""
    macros: Mapping[str, Macro]
    """Commands that were defined before it."""
    display: bool = True
    """Whether it stands on a line of its own."""

    @classmethod
    def of(
        cls, latex: str, *, macros: Mapping[str, Macro] | None = None, display: bool = True
    ) -> "Reading":
        """A formula read.

        >>> Reading.of("x^2").parsed.problems
        ()
        """
        known = macros or {}
        return cls(latex, parse(latex, macros=known), known, display)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, parents first."""
        return tuple(walk(self.parsed.tree))

    @cached_property
    def lists(self) -> tuple["MathList", ...]:
        """The lists of math: the formula, each argument, each script, each cell."""
        return tuple(_lists(self.parsed.tree))

    def is_written(self, span: Span, text: str) -> bool:
        """Whether the source has that text there; what comes out of a macro has not."""
        return span.of(self.latex) == text


@dataclass(frozen=True, slots=True)
class MathList:
    """Nodes that stand beside one another, groups and colours opened."""

    items: tuple[Node, ...]
    """The nodes in order."""
    span: Span
    """Where the list stands."""
    role: str
    """`formula`, `script`, `cell`, `argument`, or `name` for letters in an upright font."""


Rule = Callable[[Reading], Iterable[Problem]]
"""A rule: the problems that it finds in a formula, in any order."""


def nucleus(node: Node) -> Node:
    """What bears the scripts of a node; the node itself where it has none."""
    return node.base if isinstance(node, Scripts) and node.base is not None else node


def as_atom(node: Node) -> Atom | None:
    """The symbol of a node, with or without scripts; None where it is something larger."""
    symbol = nucleus(node)
    return symbol if isinstance(symbol, Atom) else None


def _lists(tree: Row) -> Iterator[MathList]:
    waiting: list[tuple[Row, str]] = [(tree, "formula")]
    while waiting:
        row, role = waiting.pop()
        items = tuple(_opened(row))
        yield MathList(items, row.span, role)
        for item in items:
            waiting.extend(_below(item))


def _opened(row: Row) -> Iterator[Node]:
    """The nodes of a list, those of groups and colours among them."""
    for item in row.items:
        if isinstance(item, Row):
            yield from _opened(item)
        elif operator_name(item):
            yield item
        elif isinstance(item, _INLINE) or (
            isinstance(item, Font) and item.command in SAME_ALPHABET
        ):
            yield from _opened(item.body)
        else:
            yield item


def operator_name(node: Node) -> str:
    r"""The letters of `\mathop{argmax}`: an operator's name, if in italics; else nothing."""
    if not isinstance(node, Classed) or node.kind != "op":
        return ""
    items = node.body.items
    if len(items) == 1 and isinstance(items[0], Row):
        items = items[0].items
    shown = [item for item in items if not isinstance(item, Space)]
    letters = [item.latex if isinstance(item, Atom) else "" for item in shown]
    name = "".join(letters)
    is_name = len(letters) > 1 and name.isascii() and name.replace("-", "").isalpha()
    return name if is_name and all(letters) and name[0] != "-" else ""


def _below(node: Node) -> Iterator[tuple[Row, str]]:
    """The lists directly within a node, with their roles."""
    kind = type(node).__name__
    if kind in ("Text", "OperatorName", "Reference", "Tag", "Verbatim", "Link"):
        return
    if isinstance(node, Scripts):
        if node.base is not None:
            yield from (
                ((node.base, "argument"),) if isinstance(node.base, Row) else _below(node.base)
            )
        for script in (node.sub, node.sup):
            if script is not None:
                yield script, "script"
        return
    role = {"Font": "name", "Classed": "name", "ArrayRow": "cell"}.get(kind, "argument")
    for child in node.children:
        if isinstance(child, Row):
            yield child, role
        else:
            yield from _below(child)
