r"""Which symbols a formula in running text stands for: `$x$`, `$x_1,\dots,x_n$`, `$W \in R^n$`.

It exists because what a text says of a formula it says of the names in it: of all in a list, of
what stands left in a relation. Imports the operator tree only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.symbols.places import is_symbol

_RELATING: Final = frozenset("∈∉⊂⊆∼=≔≜≝≡≐:>≥<≤→↦")
_EQUATING: Final = frozenset("=≔≜≝≡≐")
_SIZES: Final = frozenset(["times", "by", "cross"])
_CROSS: Final = re.compile(r"\\times|\\cdot|\*|×")


@dataclass(frozen=True, slots=True)
class Named:
    """What a formula names."""

    symbols: tuple[Symbol, ...]
    """The symbols, each once, in reading order."""
    is_equation: bool = False
    """Whether the formula says what they are equal to."""
    is_member: bool = False
    """Whether it is a member of a family, `a_{ij}`."""
    is_other: bool = False
    r"""Whether it names something that is no symbol, `\sigma^2`, but has its place in a list."""
    is_product: bool = False
    r"""Whether they stand as the sizes of one thing, `h \times w`."""


def named_by(tree: Tree, latex: str) -> Named | None:
    r"""The symbols that a formula names; None if it is an expression.

    Args:
        tree: the formula.
        latex: it as written, which tells `h \times w` from the product `hw`.

    >>> from blogkit.meaning.trees.reading import read
    >>> found = [named_by(read(x).tree, x) for x in ("x_i", r"f(x) \in S", "a, b")]
    >>> [[symbol.name for symbol in named.symbols] for named in found]
    [['x'], ['f'], ['a', 'b']]
    >>> named_by(read("x + y").tree, "x + y") is None
    True
    """
    match tree:
        case t.Relation(operands=(first, *_), operators=(sign, *_)) if sign[0] in _RELATING:
            inner = named_by(first, latex)
            if inner is not None and inner.symbols:
                return Named(inner.symbols, is_equation=sign[0] in _EQUATING)
            return None
        case t.Apply(operator=operator, args=args) if operator in _SIZES and _CROSS.search(latex):
            symbols = _all(args)
            return Named(symbols, is_product=True) if symbols else None
        case t.Apply(operator="power" | "norm", args=(base, *_)) if not _all((tree,)):
            return Named((), is_other=True) if _all((base,)) else None
        case _:
            symbols = _all((tree,))
            is_member = isinstance(tree, t.Index)
            return Named(symbols, is_member=is_member) if symbols else None


def _all(trees: tuple[Tree, ...]) -> tuple[Symbol, ...]:
    """The symbols of trees that are all names; none if one is not."""
    found: list[Symbol] = []
    for tree in trees:
        symbols = list(_names(tree))
        if not symbols and not isinstance(tree, t.Ellipsis):
            return ()
        found += symbols
    return tuple(dict.fromkeys(found))


def _names(tree: Tree) -> Iterator[Symbol]:
    match tree:
        case Symbol():
            if is_symbol(tree):
                yield tree
        case t.Constant(name=name, assumed=True):
            yield Symbol(name)
        case t.Call(function=Symbol(name="O" | "Θ" | "Ω" | "o")):  # how something grows
            return
        case t.Index(base=base) | t.Call(function=base):
            yield from _names(base)
        case t.Apply(operator="power", args=(base, t.Constant(assumed=True))):
            yield from _names(base)
        case t.Collection(items=items):
            yield from _all(items)
