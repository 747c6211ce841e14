r"""One statement with all that is known: what the methods are asked.

    Question(claim=(= (power (plus a b) 2) …), facts=Facts(sorts={a: REAL, b: REAL}, …))

A statement is read as true for all values of its free symbols that satisfy the facts and for which
it is defined. Imports the operator tree and `sorts.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from blogkit.check.sorts import REAL, Sort
from blogkit.formula import Symbol, Tree

Source = Literal["given", "formula", "prose", "notation", "default"]
"""Where a fact comes from: `--assume`, the formula itself or another of the post, the words around,
the way it is written (a bold capital, a norm, an index under a sum), or a stated default."""


@dataclass(frozen=True, slots=True)
class Fact:
    r"""Something that is taken for true: `\gamma > 0`, `x \in \mathbb{R}^n`."""

    tree: Tree
    """The statement: a `Relation` of one or more links."""
    latex: str
    """It in LaTeX, as it is printed."""
    source: Source
    """Where it comes from."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of the symbols of one statement."""

    sorts: Mapping[Symbol, Sort] = field(default_factory=dict)
    """The sort of every free symbol of the claim, and of families; see `sort_of`."""
    constraints: tuple[Fact, ...] = ()
    """What restricts the values, beyond the sorts."""
    stated: tuple[Fact, ...] = ()
    r"""What is only printed: sorts as LaTeX (`x \in \mathbb{R}`), conventions that were used."""
    definitions: Mapping[Symbol, Tree] = field(default_factory=dict)
    r"""What a symbol abbreviates; for a function, a `Relation` `f(x) = …` as it was defined."""
    named: frozenset[Symbol] = frozenset()
    r"""Symbols that a post names as something else than they are by habit: an `I` that is an image
    is no identity matrix."""
    field_: Literal["real", "complex"] = "real"
    r"""Where numbers live. `real`: `\sqrt{-1}` and `\log(-1)` are undefined. `complex`: principal
    branches; chosen when `i` or a complex symbol occurs."""

    def sort_of(self, symbol: Symbol) -> Sort:
        """The sort of a symbol; a real number where nothing is known.

        >>> Facts().sort_of(Symbol("x")).kind
        'real'
        """
        return self.sorts.get(symbol, REAL)


@dataclass(frozen=True, slots=True)
class Question:
    """One statement to decide."""

    claim: Tree
    """A `Relation` with one operator, or `implies`, `iff`, `forall`, `exists` … of such."""
    facts: Facts
    """What is known."""
    latex: str
    """The statement as written."""
    is_denied: bool = False
    r"""Whether the statement says that the claim does *not* hold for all values: `\exists`."""
    may_round: bool = False
    """Whether a decimal number in it may be rounded, as writers of posts do."""
    beside: "Question | None" = None
    r"""What the statement says besides: `\exists!` that all such values are the same."""
