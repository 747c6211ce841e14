r"""A formula that stops in the middle: `a = b +`, `\begin{aligned} a &= \end{aligned}`.

An open brace, environment or `\left` is told by the parser. In running text a formula is often only
a piece (`$n \times$`, `$x =$`), so there only an end that no prose goes on from counts.
"""

from collections.abc import Iterator

from blogkit.language import Message
from blogkit.latex import (
    Array,
    ArrayRow,
    Atom,
    Environment,
    Fraction,
    Node,
    Operator,
    Problem,
    Reference,
    Row,
    Space,
    Tag,
)
from blogkit.lint.reading import Reading, as_atom, nucleus

CODE = "cut-off"

_ENDS_WELL = frozenset("∗⋆∘†‡∙↑↓→←⇒⟹⟸⇐:")
"""Operators and arrows that stand after their operand, or that point at what follows."""


def find(reading: Reading) -> Iterator[Problem]:
    """An operator or relation with nothing after it, where the formula or a fraction's part ends.

    >>> [problem.message for problem in find(Reading.of("a = b +"))]
    ["expected an operand after '+', found the end of the formula; write what is missing"]
    """
    if reading.display:
        yield from _end_of(reading.parsed.tree, reading, Message("the end of the formula"))
    for node in reading.nodes:
        if isinstance(node, Fraction):
            for part in (node.numerator, node.denominator):
                yield from _end_of(
                    part, reading, Message("the end of a part of {command}", command=node.command)
                )


def _end_of(row: Row, reading: Reading, where: str, *, least: int = 2) -> Iterator[Problem]:
    """The end of a list of at least so many symbols; an operator alone is only named."""
    items = list(_shown(row))
    if not items:
        return
    last = items[-1]
    if isinstance(last, (Array, Environment)):
        yield from _end_of_block(last, reading, where)
        return
    operator = _waiting_operator(items)
    if (
        operator is None
        or len(items) < least
        or not reading.is_written(operator.span, operator.latex)
    ):
        return
    is_relation = isinstance(operator, Atom) and operator.kind == "rel"
    kind = Message("a right side") if is_relation else Message("an operand")
    message = Message(
        "expected {kind} after '{latex}', found {where}; write what is missing",
        kind=kind,
        latex=operator.latex,
        where=where,
    )
    yield Problem(CODE, "warning", message, operator.span)


def _end_of_block(block: Array | Environment, reading: Reading, where: str) -> Iterator[Problem]:
    """The end of the last line; a matrix is not looked into."""
    if isinstance(block, Environment):
        yield from _end_of(block.body, reading, where)
        return
    if "align" not in block.environment and block.environment not in ("split", "gathered"):
        return
    rows = [row for row in block.rows if any(map(_is_shown_row, row.cells))]
    if rows:
        # A later line goes on from the one before: `&=` alone waits for its right side too.
        yield from _end_of(_joined(rows[-1]), reading, where, least=1 if len(rows) > 1 else 2)


def _joined(row: ArrayRow) -> Row:
    items = tuple(item for cell in row.cells for item in cell.items)
    return Row(row.span, items)


def _is_shown_row(row: Row) -> bool:
    return next(_shown(row), None) is not None


def _shown(row: Row) -> Iterator[Node]:
    """The nodes of a list that are drawn; groups opened, punctuation at the end left out."""
    for item in row.items:
        if isinstance(item, Row):
            yield from _shown(item)
        elif not isinstance(item, (Space, Tag, Reference)):
            yield item


def _waiting_operator(items: list[Node]) -> Atom | Operator | None:
    """The last symbol, if something must follow it."""
    node = items[-1]
    symbol = nucleus(node)
    if isinstance(symbol, Operator):
        return None if symbol.named else symbol
    if not isinstance(node, Atom) or node.kind not in ("bin", "rel") or node.text in _ENDS_WELL:
        return None
    # A quotient by a relation, and what stands between bars or `<` and `>`, ends with a relation.
    before = [as_atom(item) for item in items[:-1]]
    is_quotient = before and before[-1] is not None and before[-1].text == "/"
    opener = {">": "<", "∣": "∣", "∥": "∥"}.get(node.text)
    is_bracket = opener is not None and any(atom and atom.text == opener for atom in before)
    return None if is_quotient or is_bracket else node
