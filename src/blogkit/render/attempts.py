r"""A formula drawn by an engine, whatever is in it; what it refuses is shown as LaTeX, marked.

The formula is tried whole; where the engine refuses it, its parts are tried one by one, and the
smallest that it refuses stand there as they were written. Imports `latex` only.
"""

from collections.abc import Callable
from dataclasses import fields, replace

from blogkit.latex import nodes, parse, to_latex
from blogkit.latex.nodes import Node, Row
from blogkit.render.dialects import Dialect
from blogkit.render.lines import with_lines_in_place
from blogkit.render.rewording import reworded, source, source_text

MOST_CHARS = 20_000
"""Longest LaTeX that an engine is given; a longer formula is shown as LaTeX."""
MOST_ATTEMPTS = 60
"""Parts of one formula that are tried alone; what is left then is shown as LaTeX."""

Draw = Callable[[str], str | None]
"""An engine: its drawing of LaTeX; None where it can't read it."""


def drawn(formula: str | Row, dialect: Dialect, draw: Draw) -> str:
    """The engine's drawing of a formula, as LaTeX or as its tree."""
    tree = parse(formula).tree if isinstance(formula, str) else formula
    whole = reworded(with_lines_in_place(tree), dialect)
    assert isinstance(whole, Row)
    found = _tried(to_latex(whole), draw)
    if found is not None:
        return found
    attempts = _Attempts(dialect, draw)
    found = _tried(to_latex(attempts.mended(whole)), draw)
    if found is None:
        found = draw(to_latex(source(tree, to_latex(tree)[:MOST_CHARS], dialect)))
    assert found is not None, "an engine draws words"
    return found


def _tried(latex: str, draw: Draw) -> str | None:
    return None if len(latex) > MOST_CHARS else draw(latex)


class _Attempts:
    """Parts of a formula tried one by one."""

    def __init__(self, dialect: Dialect, draw: Draw) -> None:
        self._dialect = dialect
        self._draw = draw
        self._left = MOST_ATTEMPTS

    def mended(self, node: Node) -> Node:
        """A node with the smallest parts that are refused shown as LaTeX."""
        if self._is_drawn(node):
            return node
        inner = self._with_parts_mended(node)
        if inner != node and self._is_drawn(inner):
            return inner
        return source(node, source_text(node), self._dialect)

    def _with_parts_mended(self, node: Node) -> Node:
        changed: dict[str, object] = {}
        for field in fields(node):
            value = getattr(node, field.name)
            if isinstance(value, Row):
                changed[field.name] = self._row(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], Node):
                each = self.mended if isinstance(node, Row) else self._with_parts_mended
                changed[field.name] = tuple(each(item) for item in value)
            elif isinstance(value, Node) and not isinstance(value, nodes.Delimiter):
                changed[field.name] = self._with_parts_mended(value)
        return replace(node, **changed) if changed else node  # type: ignore[arg-type]

    def _row(self, row: Row) -> Row:
        """A row: as it is, with parts mended, or its LaTeX in a row."""
        found = self.mended(row)
        return found if isinstance(found, Row) else Row(row.span, (found,), True)

    def _is_drawn(self, node: Node) -> bool:
        self._left -= 1
        return self._left > 0 and _tried(to_latex(node), self._draw) is not None
