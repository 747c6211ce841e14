r"""The formula that defines each symbol of a post: `L_\theta = …`, `f(x) := …`.

It exists because a formula may say what no words do. What counts as a definition is told by
`meaning.statements.kinds`, as everywhere; a value such as `n = 5` is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.meaning.statements.kinds import judge
from blogkit.meaning.statements.kinds import named as name_of
from blogkit.posts import FormulaSource
from blogkit.symbols.naming import named_by
from blogkit.symbols.places import widened

_SAYS_MORE: Final = ("update", "objective")
"""Kinds that define what stands left too: `h_t = f(h_{t-1})`, `x^* = \\arg\\min …`."""
_EQUATING: Final = frozenset("=≡←")
_SIGNS: Final = frozenset(["≔", "≜", "≝", "≐", "={def}"])
_ANNOUNCED: Final = re.compile(
    r"(?:[为是成]|(?:定义|表示|[写记])作|如下|[令记设即]|定义|使用|其中|这里|\b(?:where|let|define|denote|here))"
    r"\s*[:：,，]?\s*$",
    re.IGNORECASE,
)
_FRONT_CHARS: Final = 16
_ALIGNMENT: Final = re.compile(r"(?<!\\)&\s?")


@dataclass(frozen=True, slots=True)
class ReadFormula:
    """A formula of a post with its tree."""

    source: FormulaSource
    """The formula."""
    tree: Tree
    """Its operator tree."""
    offset: int
    """Where its LaTeX begins in the text."""


@dataclass(frozen=True, slots=True)
class DefinedBy:
    """The formula that defines a symbol."""

    latex: str
    """The definition as written, without what it is aligned by."""
    formula: FormulaSource
    """The formula that holds it."""


def definitions_in(text: str, formulas: Sequence[ReadFormula]) -> dict[Symbol, DefinedBy]:
    """The first formula that defines each symbol, displays before others.

    Args:
        text: the post's text.
        formulas: its formulas, in order.
    """
    found: dict[Symbol, DefinedBy] = {}
    for formula in sorted(formulas, key=lambda one: not one.source.display):
        start = formula.source.span.start
        is_announced = _ANNOUNCED.search(text[max(0, start - _FRONT_CHARS) : start]) is not None
        for relation in _relations(formula.tree):
            symbol = _defined_by(relation, is_announced=is_announced)
            if symbol is not None and symbol not in found:
                whole = widened(formula.source.latex, relation.span)
                latex = _ALIGNMENT.sub("", whole.of(formula.source.latex)).strip()
                found[symbol] = DefinedBy(latex, formula.source)
    return found


def _relations(tree: Tree) -> Iterator[t.Relation]:
    """The relations that a formula states, each of its lines and clauses by itself."""
    match tree:
        case t.Relation():
            yield tree
        case t.System(statements=parts):
            for part in parts:
                yield from _relations(part)
        case t.Where(body=body):
            yield from _relations(body)


def _defined_by(relation: t.Relation, *, is_announced: bool) -> Symbol | None:
    """The symbol that the first link of a chain introduces; of a call the function.

    Args:
        relation: the chain.
        is_announced: whether the words in front say that it defines.
    """
    link = t.Relation(relation.operands[:2], relation.operators[:1])
    left, right = link.operands
    if link.operators[0] not in _EQUATING | _SIGNS:
        return None
    if not all(variables(side).free or variables(side).functions for side in (left, right)):
        return None
    if isinstance(right, t.Collection) and right.kind == "sequence":
        return None  # `i = 1, …, n` lists values
    judged = judge(link)
    introduced = judged.introduced
    is_sure = is_announced or link.operators[0] in _SIGNS or _is_of_others(left, right)
    if judged.kind in _SAYS_MORE or is_sure:
        introduced = introduced or left
    elif judged.kind != "definition":
        return None
    if introduced is None or (judged.kind == "update" and link.operators[0] == "←"):
        return None
    symbol = name_of(introduced)
    if symbol is None and isinstance(introduced, t.Call | t.Index):
        names = named_by(introduced, "")
        symbol = names.symbols[0] if names and names.symbols else None
    return symbol


def _is_of_others(left: Tree, right: Tree) -> bool:
    r"""Whether a plain name is made of its own members, or of the letter without its accent.

    `L = \sum_t L_t` and `\bar{c} = U c` define what stands left, whatever else they state.
    """
    if not isinstance(left, Symbol) or left.primes:
        return False
    members = [node for node in walk(right) if isinstance(node, t.Index) and node.base == left]
    alone = sum(node == left for node in walk(right))
    is_sum = bool(members) and alone == len(members)
    return is_sum or (bool(left.accents) and alone == 0)
