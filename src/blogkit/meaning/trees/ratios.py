"""Fractions of sums of products with exact coefficients: the normal form of probabilities.

A term is a product of atoms with whole exponents, negative ones too. Own code because atoms are
any hashable values and sums are small. Imports the standard library only.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable

Term = frozenset[tuple[Hashable, int]]
"""Atoms with their exponents, which are not zero."""

ONE: Term = frozenset()
"""The empty product."""

LIMIT = 2000
"""More terms than this are not handled."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of terms; compared by value."""

    terms: Mapping[Term, Fraction]
    """Each term with its coefficient, which is not zero."""

    def __add__(self, other: "Sum") -> "Sum":
        """The sum."""
        terms = dict(self.terms)
        for term, coefficient in other.terms.items():
            terms[term] = terms.get(term, Fraction(0)) + coefficient
        return Sum({term: c for term, c in terms.items() if c})

    def __neg__(self) -> "Sum":
        """Its negative."""
        return Sum({term: -c for term, c in self.terms.items()})

    def __sub__(self, other: "Sum") -> "Sum":
        """The difference."""
        return self + -other

    def __mul__(self, other: "Sum") -> "Sum":
        """The product.

        Raises:
            NotApplicable: where it would have more terms than `LIMIT`.
        """
        if len(self.terms) * len(other.terms) > LIMIT:
            raise NotApplicable(Message("the normal form has too many terms"))
        terms: dict[Term, Fraction] = {}
        for one, c in self.terms.items():
            for two, d in other.terms.items():
                term = product(one, two)
                terms[term] = terms.get(term, Fraction(0)) + c * d
        return Sum({term: c for term, c in terms.items() if c})

    def lone(self) -> Term | None:
        """Its only term, where that has coefficient 1."""
        if len(self.terms) == 1:
            ((term, coefficient),) = self.terms.items()
            return term if coefficient == 1 else None
        return None


def product(one: Term, two: Term) -> Term:
    """The product of two terms."""
    powers = dict(one)
    for atom, exponent in two:
        powers[atom] = powers.get(atom, 0) + exponent
    return frozenset((atom, e) for atom, e in powers.items() if e)


def inverse(term: Term) -> Term:
    """One over a term."""
    return frozenset((atom, -exponent) for atom, exponent in term)


def lone_atom(term: Term) -> Hashable:
    """The atom of a term that is one atom, not squared; else None."""
    if len(term) != 1:
        return None
    ((atom, exponent),) = term
    return atom if exponent == 1 else None


def number(value: Fraction | int) -> Sum:
    """A number as a sum."""
    return Sum({ONE: Fraction(value)} if value else {})


def atom_sum(atom: Hashable) -> Sum:
    """An atom as a sum."""
    return Sum({frozenset([(atom, 1)]): Fraction(1)})


@dataclass(frozen=True, slots=True)
class Ratio:
    """A sum over another that is not zero."""

    above: Sum
    """The numerator."""
    below: Sum
    """The denominator."""

    def __add__(self, other: "Ratio") -> "Ratio":
        """The sum."""
        if self.below == other.below:
            return Ratio(self.above + other.above, self.below)
        return Ratio(self.above * other.below + other.above * self.below, self.below * other.below)

    def __neg__(self) -> "Ratio":
        """Its negative."""
        return Ratio(-self.above, self.below)

    def __sub__(self, other: "Ratio") -> "Ratio":
        """The difference."""
        return self + -other

    def __mul__(self, other: "Ratio") -> "Ratio":
        """The product."""
        return Ratio(self.above * other.above, self.below * other.below)

    def __truediv__(self, other: "Ratio") -> "Ratio":
        """The quotient; a single term of the denominator is moved to the numerator.

        Raises:
            NotApplicable: where the divisor is zero.
        """
        if not other.above.terms:
            raise NotApplicable(Message("a denominator is zero"))
        above, below = self.above * other.below, self.below * other.above
        if len(below.terms) == 1:
            ((term, coefficient),) = below.terms.items()
            return Ratio(above * Sum({inverse(term): 1 / coefficient}), number(1))
        return Ratio(above, below)

    def __pow__(self, exponent: int) -> "Ratio":
        """It to a whole power, perhaps a negative one."""
        result = ratio(1)
        for _ in range(abs(exponent)):
            result = result * self if exponent > 0 else result / self
        return result

    def equals(self, other: "Ratio") -> bool:
        """Whether both are the same for all values of the atoms."""
        return self.above * other.below == other.above * self.below


def ratio(value: Sum | Fraction | int) -> Ratio:
    """A sum, or a number, over one."""
    return Ratio(value if isinstance(value, Sum) else number(value), number(1))


def atom_ratio(atom: Hashable) -> Ratio:
    """An atom over one."""
    return ratio(atom_sum(atom))


def mapped(value: Sum, change: Callable[[Term], Sum]) -> Sum:
    """A sum with each term replaced."""
    total = number(0)
    for term, coefficient in value.terms.items():
        total += change(term) * number(coefficient)
    return total
