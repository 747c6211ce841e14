r"""`normal_form`: LaTeX to the term that search compares, whatever the LaTeX.

It exists because a search must not see typography: `\le` and `\leq`, `a/b` and `\frac{a}{b}`,
`\left(`, braces, spaces and fonts come out the same, sums and products are lists in any order,
`a > b` is `b < a`. Unlike the operator tree it never asks what a formula means; where
mathematicians read in two ways, one is taken, the same for every letter as far as can be.
Every term keeps its place in the source. Must not import the index.
"""

from collections.abc import Mapping

from blogkit.latex import nodes, parse
from blogkit.latex.nodes import Node, Row
from blogkit.lookup.normal.folding import fenced_term
from blogkit.lookup.normal.grammar import Grammar
from blogkit.lookup.normal.lexemes import MAX_NESTING, Lexer, spelled
from blogkit.lookup.normal.symbols import SAME_ACCENTS
from blogkit.lookup.normal.terms import Term


def normal_form(latex: str, *, wildcards: Mapping[str, str] | None = None) -> Term:
    r"""The term of a formula. Never raises, whatever the text.

    Args:
        latex: math without the dollars around it.
        wildcards: characters of the text that stand for wildcards -> labels of their leaves.

    Cost: linear in the text; about 10 µs a symbol.

    >>> normal_form(r"\left(x+y\right)^{2} \geq \dfrac{a}{b}.")
    (≤ (/ v:a v:b) (^ (+ v:x v:y) n:2))
    """
    return normal_of(parse(latex).tree, wildcards=wildcards)


def normal_of(tree: Row, *, wildcards: Mapping[str, str] | None = None) -> Term:
    """The term of a layout tree; see `normal_form`."""
    return _Rows(dict(wildcards or {})).read(tree, 0)


class _Rows:
    """Reads rows and the nodes that have rows in them."""

    def __init__(self, wildcards: dict[str, str]) -> None:
        self.wildcards = wildcards

    def read(self, row: Row, depth: int, *, differential: bool = False) -> Term:
        """A row as one term."""
        start, end = row.span.start, row.span.end
        if depth > MAX_NESTING:
            return Term(f"raw:{spelled(row)[:40]}", (), start, end)
        lexer = Lexer(self.composite, self.wildcards, depth=depth)
        lexemes = lexer.row(row.items)
        while lexemes and lexemes[-1].kind in ("separator", "space", "point", "mark"):
            lexemes.pop()
        if not lexemes:
            return Term("", (), start, end)
        return Grammar(self.read, lexemes, depth, differential).whole()

    def composite(self, node: Node, depth: int) -> Term:
        """A node with parts, as an operation on its parts."""
        start, end = node.span.start, node.span.end
        if isinstance(node, Row):
            return self.read(node, depth)
        if isinstance(node, nodes.Fraction):
            return self.fraction(node, depth)
        if isinstance(node, nodes.Root):
            parts = [self.read(node.body, depth)]
            parts += [self.read(node.index, depth)] if node.index is not None else []
            return Term("√", parts, start, end)
        if isinstance(node, nodes.Accent):
            name = SAME_ACCENTS.get(node.command, node.command.lstrip("\\"))
            return Term(f"accent:{name}", [self.read(node.body, depth)], start, end)
        if isinstance(node, nodes.Array):
            return self.array(node, depth)
        rows = [child for child in node.children if isinstance(child, Row)]
        name = type(node).__name__.lower()
        if isinstance(node, nodes.Text):
            rows = [item.body for item in node.body.items if isinstance(item, nodes.Math)]
            name = f"text:{spelled(node)[:20]}"
        return Term(name, [self.read(row, depth) for row in rows], start, end)

    def fraction(self, node: nodes.Fraction, depth: int) -> Term:
        """A fraction, a binomial, or another pile."""
        upper, lower = node.numerator, node.denominator
        differs = _begins_with_d(upper) and _begins_with_d(lower)
        parts = [self.read(part, depth, differential=differs) for part in (upper, lower)]
        label = "/" if node.rule else "binom" if node.left in ("(", "\\(") or node.left else "pile"
        if not node.rule and node.left not in ("", "("):
            label = f"binom{node.left}"
        return Term(label, parts, node.span.start, node.span.end)

    def array(self, node: nodes.Array, depth: int) -> Term:
        """An array as lines of cells; one column is a list of lines."""
        lines = []
        for line in node.rows:
            cells = [self.read(cell, depth) for cell in line.cells]
            one = len(cells) == 1
            lines.append(cells[0] if one else Term("line", cells, line.span.start, line.span.end))
        name = node.environment
        label = "cases" if "cases" in name else "array"
        array = Term(label, lines, node.span.start, node.span.end)
        fence = {"p": "()", "b": "[]", "v": "|", "V": "‖", "B": "{}"}.get(name[:1], "")
        if not name.endswith(("matrix", "matrix*")) or not fence or name.startswith("matrix"):
            return array
        return fenced_term(fence, array, node.span.start, node.span.end)


def _begins_with_d(row: Row) -> bool:
    return spelled(row)[:1] in ("d", "D") and not any(
        isinstance(item, nodes.Atom) and item.kind in ("bin", "rel") for item in row.items
    )
