r"""Probabilities that a post gives in numbers: in a table of conditional ones, in a formula before.

It exists because a worked example goes on with them: `P(D=1 \mid H=0) P(H=0) + \dots = 0.011485`
can be decided once the table of `P(D \mid H)` and `P(H=1) = 0.0015` are read. Imports `tables.py`,
the reader and the operator tree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from blogkit.check.context.tables import blocks
from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.statements.cutting import Statement
from blogkit.meaning.trees.convexity import rest_of
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.reading import read
from blogkit.meaning.trees.rewriting import map_nodes
from blogkit.spans import Span
from blogkit.text.tables import has_head, table_cells

_FORMULA: Final = re.compile(r"\$([^$]+)\$")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """A probability with its number."""

    event: Tree
    """It as it is written: `P(D=1 | H=0)`."""
    value: Tree
    """The number, or 1 minus that of the only other value."""
    span: Span
    """Where the post says so."""


def given_in_tables(text: str) -> tuple[tuple[Given, ...], tuple[tuple[Tree, ...], ...]]:
    r"""The conditional probabilities of tables in Markdown, and the values that head their columns.

    The rows begin with a probability under a bare condition, the columns with a value of that.

    >>> text = "||$H=1$|$H=0$|\n|-|-|-|\n|$P(D=1 \\mid H)$|1|0.01|\n|$P(D=0 \\mid H)$|0|0.99|\n"
    >>> [to_latex(given.event) for given in given_in_tables(text)[0]][1]
    'P(D = 1 \\mid H = 0)'
    """
    found: list[Given] = []
    values: list[tuple[Tree, ...]] = []
    for span in blocks(text):
        lines = span.of(text).rstrip("\n")
        if "\n" not in lines or not has_head(lines):
            continue
        heading, *rows = [[cell.of(lines).strip() for cell in row] for row in table_cells(lines)]
        columns = [_formula(cell) for cell in heading]
        cells = [
            Given(event, t.Number(cell), span)
            for row in rows
            for column, cell in zip(columns, row, strict=False)
            if _NUMBER.fullmatch(cell) and (event := _under(_formula(row[0]), column)) is not None
        ]
        found += cells
        values += [tuple(column for column in columns if column is not None)] if cells else []
    return tuple(found), tuple(values)


def _formula(cell: str) -> Tree | None:
    """The formula that is all of a cell."""
    match = _FORMULA.fullmatch(cell)
    return read(match.group(1)).tree if match else None


def _under(event: Tree | None, value: Tree | None) -> Tree | None:
    """A probability under `H`, as that under `H = 1`."""
    match event, value:
        case t.Call(conditions=(Symbol() as name,)), t.Relation(
            operators=("=",), operands=(other, t.Number())
        ) if name == other and is_probability(event):
            return replace(event, conditions=(value,))
    return None


def given_in(statements: Iterable[Statement], span: Span) -> Iterator[Given]:
    """What a formula gives: a probability at one end of a chain that ends in a number."""
    clauses: dict[object, list[Tree]] = {}
    for statement in statements:
        tree = statement.tree
        if isinstance(tree, t.Relation) and {*tree.operators} <= {"=", "≈"}:
            clauses.setdefault(statement.clause, []).extend(tree.operands)
    for sides in clauses.values():
        numbers = [side for side in sides if isinstance(side, t.Number)]
        for side in dict.fromkeys(sides):
            if numbers and isinstance(side, t.Call) and is_probability(side):
                yield Given(side, numbers[-1], span)


def with_complements(
    given: Iterable[Given], values: Iterable[tuple[Tree, ...]]
) -> tuple[Given, ...]:
    """What is given, with the probability of the other value of what has only two."""
    known = tuple(given)
    pairs = [pair for pair in values if len(pair) == 2]
    others = [
        Given(replace(each.event, args=(other,)), rest_of(each.value), each.span)
        for each in known
        if isinstance(each.event, t.Call) and not each.event.conditions
        for one, two in pairs
        for value, other in ((one, two), (two, one))
        if each.event.args == (value,)
    ]
    return (*known, *others)


def with_given(claim: Tree, given: Iterable[Given]) -> tuple[Tree, tuple[Fact, ...]]:
    """An equation of probabilities with a number, with what is given put in, and which that is.

    It itself where one of them is not given; of several numbers for one the nearest is meant.

    Args:
        claim: the statement.
        given: what is given in front of it, the nearest first.
    """
    if not isinstance(claim, t.Relation) or claim.operators not in {("=",), ("≈",)}:
        return claim, ()
    values: dict[Tree, Given] = {}
    for each in given:
        values.setdefault(each.event, each)
    calls = {x for x in walk(claim) if isinstance(x, t.Call) and is_probability(x)}
    has_plain_side = any(isinstance(side, t.Number) for side in claim.operands)
    if not calls or not has_plain_side or not calls <= values.keys():
        return claim, ()
    put = map_nodes(claim, lambda node: values[node].value if node in calls else node)
    if any(isinstance(node, Symbol) for node in walk(put)):
        return claim, ()
    told = [t.Relation((call, values[call].value), ("=",)) for call in sorted(calls, key=repr)]
    return put, tuple(Fact(each, to_latex(each), "prose") for each in told)
