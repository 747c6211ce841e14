r"""Numbers of lines where they belong: behind their line, in one column at the right of a block.

A `\tag` may be written anywhere in its line, and TeX sets it at the right margin. What is drawn
alone has no page, so its right edge is the margin. `\intertext` becomes a row of its own.
"""

from blogkit.latex import nodes
from blogkit.latex.nodes import Array, ArrayRow, Node, Row
from blogkit.render.calls import with_calls_whole
from blogkit.render.tables import ALIGNED, MULTLINE
from blogkit.results.records import changed

_WORDS_BETWEEN = ("\\intertext", "\\shortintertext")


def with_lines_in_place(tree: Node) -> Node:
    r"""A formula with its numbers behind its lines.

    >>> from blogkit.latex import parse, to_latex
    >>> to_latex(with_lines_in_place(parse(r"\tag{3.14} a=b").tree))
    'a=b\\qquad\\tag{3.14}'
    >>> to_latex(with_lines_in_place(parse(r"\begin{align}\tag{1}a&=b\\c\end{align}").tree))
    '\\begin{align}a&=b&\\qquad\\tag{1}\\\\ c\\end{align}'
    """
    tree = with_calls_whole(tree)
    kinds = {type(node) for node in nodes.walk(tree)}
    if not isinstance(tree, Row) or not kinds & {nodes.Tag, nodes.Text}:
        return tree
    return _row(tree)


def _row(row: Row) -> Row:
    """A row of the display itself: the formula, or what an environment holds."""
    items = tuple(_opened(item) for item in row.items if not isinstance(item, nodes.Tag))
    tags = [item for item in row.items if isinstance(item, nodes.Tag) and item.body is not None]
    for tag in tags:
        items += (_gap(tag), tag)
    return changed(row, items=items)


def _gap(place: Node) -> nodes.Space:
    """What parts a number from its line: two quads, four columns in a terminal."""
    return nodes.Space(place.span, "\\qquad", 4 / 3)


def _opened(node: Node) -> Node:
    if isinstance(node, nodes.Environment):
        return changed(node, body=_row(node.body))
    if isinstance(node, Row) or (isinstance(node, nodes.Style) and node.body.items):
        return _row(node) if isinstance(node, Row) else changed(node, body=_row(node.body))
    if isinstance(node, Array) and node.environment in ALIGNED:
        return _array(node)
    return node


def _array(node: Array) -> Array:
    rows = tuple(part for row in node.rows for part in _with_words_between(row))
    columns = max((len(row.cells) for row in rows), default=1)
    columns += columns % len(node.columns) and len(node.columns) - columns % len(node.columns)
    if node.environment in MULTLINE:
        return changed(node, rows=tuple(_behind(row) for row in rows))
    rows = tuple(_in_column(row, columns) for row in rows)
    has_column = any(len(row.cells) > columns for row in rows)
    if has_column and node.columns == "c":  # centred lines have one column
        return changed(node, environment="array", argument="{cr}", columns="cr", rows=_shown(rows))
    return changed(node, rows=rows)


def _shown(rows: tuple[ArrayRow, ...]) -> tuple[ArrayRow, ...]:
    r"""Lines of a display as cells of an array, which are not displays by themselves."""
    return tuple(
        changed(row, cells=(_displayed(row.cells[0]), *row.cells[1:])) if row.cells else row
        for row in rows
    )


def _displayed(cell: Row) -> Row:
    style = nodes.Style(cell.span, "\\displaystyle", cell)
    return changed(cell, items=(style,))


def _taken(row: ArrayRow) -> tuple[list[Row], list[nodes.Tag]]:
    """The cells without numbers, and the numbers."""
    cells = [
        changed(
            cell,
            items=tuple(_opened(item) for item in cell.items if not isinstance(item, nodes.Tag)),
        )
        for cell in row.cells
    ]
    found = [item for cell in row.cells for item in cell.items if isinstance(item, nodes.Tag)]
    return cells, [tag for tag in found if tag.body is not None]


def _in_column(row: ArrayRow, columns: int) -> ArrayRow:
    cells, tags = _taken(row)
    if not tags:
        return changed(row, cells=tuple(cells))
    blank = Row(row.span, ())
    cells += [blank] * (columns - len(cells))
    return changed(row, cells=(*cells, Row(row.span, (_gap(row), *tags))))


def _behind(row: ArrayRow) -> ArrayRow:
    cells, tags = _taken(row)
    if not tags or not cells:
        return changed(row, cells=tuple(cells))
    cells[-1] = changed(cells[-1], items=(*cells[-1].items, _gap(row), *tags))
    return changed(row, cells=tuple(cells))


def _with_words_between(row: ArrayRow) -> list[ArrayRow]:
    r"""`\intertext{…}` before a row, as a row of its own."""
    first = row.cells[0] if row.cells else None
    head = first.items[0] if first is not None and first.items else None
    if first is None or not isinstance(head, nodes.Text) or head.command not in _WORDS_BETWEEN:
        return [row]
    line = ArrayRow(row.span, (changed(first, items=(head,)),), row.lines, "\\\\")
    rest = changed(row, cells=(changed(first, items=first.items[1:]), *row.cells[1:]), lines=())
    return [line, rest]
