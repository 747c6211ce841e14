r"""Probabilities that a post counts in a table: `P(\text{play} = \text{yes})`.

It exists because a worked example of a classifier tells its data as a table, and each frequency
that it goes on with can be counted there. Imports the operator tree.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.rewriting import map_nodes
from blogkit.spans import Span
from blogkit.text.tables import has_head, table_cells

_LEAST_ROWS: Final = 3
"""Rows below which a table is no sample."""
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?%?")
_NEAR: Final = 0.005
_WEIGHT: Final = re.compile(
    r"[pqn]|p\(.*\)|\\?pr?|(?:joint )?prob.*|counts?|freq.*|number|num|weights?|total|sum|#.*"
    r"|.*(?:概率|频率|频数|次数|人数|个数|数量|样本数|权重|比例|合计|总数).*"
)
"""Headings of columns that say how often a row occurs."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cases, one a row."""

    rows: tuple[Mapping[str, str], ...]
    """Each case: what stands in the column of each heading, in small letters."""
    span: Span
    """Where it stands in the post."""


def tables_in(text: str) -> tuple[Table, ...]:
    r"""The tables of a post in Markdown that are long enough to count in.

    >>> tables_in("|wind|play|\n|-|-|\n|weak|yes|\n|weak|no|\n|strong|no|\n")[0].rows[1]["play"]
    'no'
    """
    return tuple(table for span in blocks(text) if (table := _table(span, text)))


def blocks(text: str) -> Iterator[Span]:
    """Neighbouring lines with bars in them, as a table in Markdown has."""
    place, start = 0, None
    for line in (*text.splitlines(keepends=True), ""):
        if "|" not in line:
            if start is not None:
                yield Span(start, place)
            start = None
        elif start is None:
            start = place
        place += len(line)


def _table(span: Span, text: str) -> Table | None:
    lines = span.of(text).rstrip("\n")
    if lines.count("\n") < 1 + _LEAST_ROWS or not has_head(lines):
        return None
    heading, *rows = [[_word_of(cell.of(lines)) for cell in row] for row in table_cells(lines)]
    if len(set(heading)) < len(heading) or any(len(row) != len(heading) for row in rows):
        return None
    if _is_weighted(heading, rows):
        return None
    return Table(tuple(dict(zip(heading, row, strict=True)) for row in rows), span)


def _word_of(cell: str) -> str:
    return cell.strip("*`$").strip().casefold()


def _is_weighted(heading: list[str], rows: list[list[str]]) -> bool:
    """Whether a row is no case but says how often its cases occur: by its heading, or because its
    numbers sum to 1, or count rows that are all different for the rest.
    """
    columns = dict(zip(heading, zip(*rows, strict=True), strict=True))
    if any(_WEIGHT.fullmatch(name) for name in heading):
        return True
    numeric = {name: values for name in heading if (values := _numbers(columns[name]))}
    if any(abs(sum(values) - 1) < _NEAR and len(set(values)) > 1 for values in numeric.values()):
        return True
    counts = [v for v in numeric.values() if all(x == int(x) for x in v) and not _is_numbering(v)]
    named = [columns[name] for name in heading if name not in numeric]
    return bool(counts and named) and len(set(zip(*named, strict=True))) == len(rows)


def _numbers(cells: tuple[str, ...]) -> list[float]:
    """The numbers of a column; none where it holds something else."""
    found = [float(cell.rstrip("%")) for cell in cells if _NUMBER.fullmatch(cell)]
    return found if len(found) == len(cells) else []


def _is_numbering(values: list[float]) -> bool:
    return values in (list(range(len(values))), list(range(1, len(values) + 1)))


def counted(tree: Tree, tables: Iterable[Table]) -> tuple[Tree, tuple[Fact, ...]]:
    """A statement with the frequencies put in that a table tells, and which those are.

    Args:
        tree: the statement.
        tables: the tables of its post, the nearest in front of it first.
    """
    known = tuple(tables)
    found: dict[Tree, Tree] = {}

    def changed(node: Tree) -> Tree:
        share = _share(node, known) if isinstance(node, t.Call) and is_probability(node) else None
        if share is None:
            return node
        found[node] = share
        return share

    tree = map_nodes(tree, changed)
    return tree, tuple(_fact(call, share) for call, share in found.items())


def _fact(call: Tree, share: Tree) -> Fact:
    relation = t.Relation((call, share), ("=",))
    counted_so = Message(r"{relation} \text{{, counted in the table}}", relation=to_latex(relation))
    return Fact(relation, counted_so, "prose")


def _share(call: t.Call, tables: tuple[Table, ...]) -> Tree | None:
    """The share of the rows, among those that meet the condition, in which an event holds."""
    events, conditions = _events(call.args), _events(call.conditions)
    if not events or conditions is None or call.parameters:
        return None
    for table in tables:
        if not all(any(row.get(c) == v for row in table.rows) for c, v in (*events, *conditions)):
            continue
        among = [row for row in table.rows if all(row[c] == v for c, v in conditions)]
        count = sum(all(row[c] == v for c, v in events) for row in among)
        if among:
            return t.Apply("divide", (t.Number(str(count)), t.Number(str(len(among)))))
    return None


def _events(parts: tuple[Tree, ...]) -> list[tuple[str, str]] | None:
    """Which column has which value; None where a part says something else."""
    found: list[tuple[str, str]] = []
    for part in parts:
        match part:
            case t.Relation(operators=("=",), operands=(column, value)):
                words = _word(column), _word(value)
                if None in words:
                    return None
                found.append((words[0] or "", words[1] or ""))
            case _:
                return None
    return found


def _word(tree: Tree) -> str | None:
    """What a name or a row of letters spells."""
    match tree:
        case t.Text(text=text) | t.Number(text=text):
            return text.strip().casefold()
        case Symbol(name=name) if tree == Symbol(name, tree.font):
            return name.casefold()
        case t.Constant(name="e" | "i" as name):
            return name
        case t.Apply(operator="times", args=args):
            letters = [_word(arg) for arg in args]
            return None if None in letters else "".join(x or "" for x in letters)
    return None
