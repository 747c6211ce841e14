r"""What kind of thing each symbol is, and its size, where notation or the post say so.

It exists because the checker knows this of the symbols of one statement, and a reader asks it of
those of a post. Nothing is guessed: `unknown` is an answer. Imports `meaning.facts`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from blogkit.check.context.post_notes import PostNotes
from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.meaning.facts.gathering import ContradictionError, gather
from blogkit.meaning.facts.known import Fact, Facts
from blogkit.meaning.sorts import REAL, Sort
from blogkit.symbols.wording import Saying

_MOST_FORMULAS: Final = 6
"""Formulas of a symbol that are looked at for its sort."""
_MOST_NODES: Final = 400

SortName = Literal[
    "natural", "integer", "rational", "real", "complex", "vector", "matrix", "function", "random",
    "set", "unknown",
]  # fmt: skip
_WORDS: Final[tuple[tuple[re.Pattern[str], SortName], ...]] = (
    (re.compile(r"矩阵$|\bmatri(?:x|ces)\b"), "matrix"),
    (re.compile(r"向量$|\bvectors?\b"), "vector"),
    (re.compile(r"函数$|\bfunctions?\b"), "function"),
    (re.compile(r"随机变量$|\brandom variables?\b"), "random"),
    (re.compile(r"集合?$|集$|\bset$"), "set"),
    (
        re.compile(
            r"(?:数量|个数|维数|层数|次数|步数|样本数|序号|索引|下标)$|\bnumber of\b|\bindex\b"
        ),
        "natural",
    ),
)
"""What the end of a meaning says of a sort."""


@dataclass(frozen=True, slots=True)
class SortOf:
    """What kind of thing a symbol is."""

    name: SortName
    """Its kind, of a family that of its members; `unknown` where nothing says."""
    size: str | None = None
    r"""Its size in LaTeX, `n` for a vector, `n \\times d` for a matrix; None where unknown."""
    is_family: bool = False
    """Whether it is a family of such things: `x_1, …, x_n`."""


def sorts_of(
    notes: PostNotes, trees: Sequence[Tree], sayings: Mapping[Symbol, Sequence[Saying]]
) -> dict[Symbol, SortOf]:
    """The sort of every symbol of some trees; a letter that is a constant there has none.

    Args:
        notes: what the post says.
        trees: its formulas.
        sayings: what its words say of symbols.
    """
    holding: dict[Symbol, list[Tree]] = {}
    for tree in trees:
        for symbol in dict.fromkeys(node for node in walk(tree) if isinstance(node, Symbol)):
            holding.setdefault(symbol, []).append(tree)
    said: dict[Symbol, list[Fact]] = {}
    for one in notes.said:
        if one.polarity == "asserted" and one.reach != "sentence":
            for symbol in variables(one.fact.tree).free:
                said.setdefault(symbol, []).append(one.fact)
    sorts = {}
    for symbol, own in holding.items():
        found = _known(symbol, _telling(symbol, own), tuple(said.get(symbol, ())))
        sorts[symbol] = (
            found if found.name != "unknown" else _worded(found, sayings.get(symbol, ()))
        )
    return sorts


def _telling(symbol: Symbol, trees: Sequence[Tree]) -> tuple[Tree, ...]:
    """The formulas that tell most of a symbol: those that put it into a set come first."""
    small = [tree for tree in trees if sum(1 for _ in walk(tree)) <= _MOST_NODES]
    small.sort(key=lambda tree: not (isinstance(tree, t.Relation) and "∈" in tree.operators))
    return tuple(small[:_MOST_FORMULAS])


def _known(symbol: Symbol, trees: tuple[Tree, ...], facts: tuple[Fact, ...]) -> SortOf:
    is_family = any(
        isinstance(node, t.Index) and node.base == symbol for tree in trees for node in walk(tree)
    )
    if any(symbol in variables(tree).functions for tree in trees):
        return SortOf("function", None, is_family)
    try:
        known = gather(trees, facts=(*facts, *_memberships(trees)))
    except ContradictionError:
        return SortOf("unknown", None, is_family)
    sort = known.sorts.get(symbol)
    if sort is None or (sort.kind == REAL.kind and not _is_told(symbol, known)):
        return SortOf("unknown", None, is_family)
    return SortOf(sort.kind, _size(sort), is_family or sort.is_family)


def _memberships(trees: Sequence[Tree]) -> tuple[Fact, ...]:
    r"""Formulas that say where something is: `x \in \mathbb{R}^n`."""
    return tuple(
        Fact(tree, to_latex(tree), "formula")
        for tree in trees
        if isinstance(tree, t.Relation) and tree.operators == ("∈",)
    )


def _is_told(symbol: Symbol, known: Facts) -> bool:
    """Whether something says that a symbol is a real number, and not the default only."""
    return any(
        fact.source != "default" and symbol in variables(fact.tree).free
        for fact in (*known.stated, *known.constraints)
    )


def _size(sort: Sort) -> str | None:
    return r" \times ".join(map(to_latex, sort.shape)) or None


def _worded(sort: SortOf, sayings: Sequence[Saying]) -> SortOf:
    """The sort that a meaning ends with."""
    for saying in sayings:
        for pattern, name in _WORDS:
            if pattern.search(saying.words):
                return SortOf(name, None, sort.is_family)
    return sort
