"""What is known of the symbols of one statement: sorts, what restricts them, definitions.

    Facts(sorts={a: REAL, b: REAL}, constraints=(Fact(a > 0),))

Imports the operator tree and `sorts` only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from blogkit.formula import Index, Symbol, Tree
from blogkit.meaning.sorts import REAL, Sort

Source = Literal["given", "formula", "prose", "notation", "default"]
"""Where a fact comes from: `--assume`, the formula itself or another of the post, the words around,
the way it is written (a bold capital, a norm, an index under a sum), or a stated default."""


@dataclass(frozen=True, slots=True)
class Rule:
    r"""How a name depends on others: `o = Wh`, `h_t = f(x_t, h_{t-1})`."""

    name: Tree
    """The name; of a family a member, with letters for the indices that may be any."""
    value: Tree
    """What it is."""
    latex: str
    """The formula that says so, as written."""
    is_told: bool = True
    """Whether the post says it; else it is only derived by something, as a function of that."""

    def letters(self, name: Tree) -> dict[Tree, Tree] | None:
        r"""What its letters are, where it tells what a name is; None where it tells of another.

        >>> t, h = Symbol("t"), Symbol("h")
        >>> rule = Rule(Index(h, (t,)), Symbol("x"), "h_t = x")
        >>> rule.letters(Index(h, (Symbol("T"),))) == {t: Symbol("T")}, rule.letters(h)
        (True, None)
        """
        match self.name, name:
            case Index(base=one, indices=old, upper=up), Index(base=two, indices=new, upper=high):
                pairs = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
                is_like = one == two and len(old) == len(new) and up == high
                is_of = is_like and all(isinstance(letter, Symbol) for letter, _ in pairs)
                return dict(pairs) if is_of else None
        return {} if name == self.name else None

    def tells(self, name: Tree) -> bool:
        """Whether it tells what a name is; of a family, what each member is."""
        return self.letters(name) is not None


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
