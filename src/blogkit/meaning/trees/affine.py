r"""Sums of symbols with whole coefficients: what stands in an index, `t-1`, `n`, `2`.

It exists so that a range `y_1, …, y_{t-1}` can be joined with `y_t`, and shifted, without algebra.
Imports the operator tree and its printer only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from blogkit.formula import Apply, Number, Symbol, Tree
from blogkit.formula.printing import to_latex


@dataclass(frozen=True, slots=True)
class Affine:
    """A whole number plus whole multiples of symbols; compared by value."""

    constant: int
    """The number."""
    terms: frozenset[tuple[Symbol, int]] = frozenset()
    """Each symbol once with its coefficient, which is not zero."""

    def __add__(self, other: "Affine | int") -> "Affine":
        """The sum.

        >>> t = Affine(0, frozenset([(Symbol("t"), 1)]))
        >>> t + 1 - t
        Affine(constant=1, terms=frozenset())
        """
        other = Affine(other) if isinstance(other, int) else other
        terms = dict(self.terms)
        for symbol, coefficient in other.terms:
            terms[symbol] = terms.get(symbol, 0) + coefficient
        kept = frozenset((symbol, c) for symbol, c in terms.items() if c)
        return Affine(self.constant + other.constant, kept)

    def __sub__(self, other: "Affine | int") -> "Affine":
        """The difference."""
        return self + -1 * other

    def __rmul__(self, factor: int) -> "Affine":
        """A whole multiple."""
        terms = frozenset((symbol, factor * c) for symbol, c in self.terms if factor)
        return Affine(factor * self.constant, terms)

    def with_value(self, symbol: Symbol, value: "Affine") -> "Affine":
        """It with a symbol replaced."""
        coefficient = dict(self.terms).get(symbol, 0)
        own = Affine(0, frozenset([(symbol, coefficient)] if coefficient else []))
        return self - own + coefficient * value

    def at(self, values: Mapping[Symbol, int]) -> int | None:
        """Its value, or None where a symbol has none."""
        total = self.constant
        for symbol, coefficient in self.terms:
            if symbol not in values:
                return None
            total += coefficient * values[symbol]
        return total

    @property
    def tree(self) -> Tree:
        """It as it is written, symbols first: `t - 1`."""
        terms = [_times(n, symbol) for symbol, n in sorted(self.terms, key=_by_latex)]
        if self.constant or not terms:
            terms.append(_signed(Number(str(abs(self.constant))), self.constant))
        return terms[0] if len(terms) == 1 else Apply("plus", tuple(terms))


def _by_latex(term: tuple[Symbol, int]) -> str:
    return to_latex(term[0])


def _times(factor: int, symbol: Symbol) -> Tree:
    size = abs(factor)
    return _signed(symbol if size == 1 else Apply("times", (Number(str(size)), symbol)), factor)


def _signed(tree: Tree, sign: int) -> Tree:
    return Apply("minus", (tree,)) if sign < 0 else tree


def affine(tree: Tree | None) -> Affine | None:
    r"""What an index says, or None where it is no sum of whole multiples of symbols.

    >>> to_latex(affine(Apply("plus", (Symbol("t"), Apply("minus", (Number("1"),))))).tree)
    't - 1'
    """
    match tree:
        case Number(text=text) if text.isdigit() and len(text) < 9:
            return Affine(int(text))
        case Symbol():
            return Affine(0, frozenset([(tree, 1)]))
        case Apply(operator="minus", args=(inner,)):
            value = affine(inner)
            return None if value is None else -1 * value
        case Apply(operator="plus", args=args):
            return _sum(args)
        case Apply(operator="times", args=(Number(text=text), inner)) if text.isdigit():
            value = affine(inner)
            return None if value is None or len(text) > 8 else int(text) * value
        case _:
            return None


def _sum(args: tuple[Tree, ...]) -> Affine | None:
    total = Affine(0)
    for arg in args:
        value = affine(arg)
        if value is None:
            return None
        total += value
    return total
