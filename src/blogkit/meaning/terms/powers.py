r"""Exponentials, logarithms, powers and products over an index of numbers in normal form.

`e^{a+b}` is `e^a e^b`, `\log` of a product of positive numbers is a sum: what is known to be
positive are exponentials, probabilities, counts, and sums and products of such. A logarithm of
what has no known sign is kept whole. Imports `letters.py`, `ratios.py` and `sums.py`.
"""

from collections.abc import Hashable
from dataclasses import replace
from fractions import Fraction

from blogkit.formula import Big, Blank, Call, Symbol, Tree
from blogkit.meaning.terms import sums
from blogkit.meaning.terms.letters import frozen_ratio, thawed_ratio
from blogkit.meaning.terms.nodes import is_bound_name
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.ratios import (
    ONE,
    Ratio,
    Sum,
    atom_ratio,
    lone_atom,
    number,
    ratio,
)
from blogkit.meaning.trees.rewriting import map_nodes

Positive = frozenset[Hashable]
"""Atoms that are positive, with blanks for what sums bind."""


def exponential(value: Ratio) -> Ratio:
    """`e` to a number: a product, one factor a term."""
    if value.below != number(1):
        return atom_ratio(("exp", frozen_ratio(value)))
    result = ratio(1)
    for term, c in value.above.terms.items():
        lone = lone_atom(term)
        if isinstance(lone, tuple) and lone[0] == "log" and c.denominator == 1:
            result *= thawed_ratio(lone[1]) ** c.numerator
        else:
            result *= _powered(("exp", term, c.denominator), c.numerator)
    return result


def logarithm(value: Ratio, positive: Positive = frozenset()) -> Ratio:
    """The natural logarithm; of a product of positive numbers, a sum.

    Args:
        value: of what.
        positive: atoms that are positive besides those that always are; see `unbound`.
    """
    if _is_positive(value.below, positive) and value.below != number(1):
        above, below = (logarithm(ratio(x), positive) for x in (value.above, value.below))
        return above - below
    if value.below != number(1) or len(value.above.terms) != 1:
        return atom_ratio(("log", frozen_ratio(value)))
    ((term, c),) = value.above.terms.items()
    if c <= 0 or not all(_is_positive_atom(atom, positive) for atom, _ in term):
        return atom_ratio(("log", frozen_ratio(value)))
    total = ratio(0)
    for atom, exponent in term:
        total += _log_of_atom(atom, positive) * ratio(exponent)
    if c != 1:
        total += atom_ratio(("log", frozen_ratio(ratio(c))))
    return total


def unbound(value: Hashable) -> Hashable:
    """An atom with blanks for what sums bind, the same for all members of a family."""
    if isinstance(value, Tree):
        return map_nodes(value, lambda node: Blank() if is_bound_name(node) else node)
    if isinstance(value, tuple):
        return tuple(map(unbound, value))
    return frozenset(map(unbound, value)) if isinstance(value, frozenset) else value


def _log_of_atom(atom: Hashable, positive: Positive = frozenset()) -> Ratio:
    match atom:
        case ("exp", frozenset() as term, int() as below):
            return ratio(Sum({term: Fraction(1, below)}))
        case ("product", Big() as binder, inner):
            inner_log = logarithm(thawed_ratio(inner), positive)
            return sums.of_number(replace(binder, operator="sum"), inner_log)
    return atom_ratio(("log", frozen_ratio(atom_ratio(atom))))


def power(base: Ratio, exponent: Ratio) -> Ratio:
    """A number to a power: a product, one factor a term of the exponent."""
    if exponent.below != number(1):
        return atom_ratio(("exponent", frozen_ratio(base), frozen_ratio(exponent)))
    result = ratio(1)
    for term, c in exponent.above.terms.items():
        if term == ONE and c.denominator == 1:
            result *= base**c.numerator
        else:
            atom = ("exponent", frozen_ratio(base), term, c.denominator)
            result *= _powered(atom, c.numerator)
    return result


def product_over(binder: "sums.Binder", value: Ratio) -> Ratio:
    """A product over an index; of exponentials, the exponential of a sum."""
    assert isinstance(binder, Big)
    if value.below == number(1) and len(value.above.terms) == 1:
        ((term, c),) = value.above.terms.items()
        exponents = [(atom, e) for atom, e in term if isinstance(atom, tuple) and atom[0] == "exp"]
        if exponents and all(len(atom) == 3 for atom, _ in exponents):
            inner = ratio(0)
            for atom, e in exponents:
                inner += _log_of_atom(atom) * ratio(e)
            whole = exponential(sums.of_number(replace(binder, operator="sum"), inner))
            rest = ratio(Sum({term - frozenset(exponents): c}))
            return whole if rest == ratio(1) else whole * product_over(binder, rest)
    return atom_ratio(("product", *sums.closed(binder, frozen_ratio(value))))


def _powered(atom: Hashable, exponent: int) -> Ratio:
    return ratio(Sum({frozenset([(atom, exponent)]): Fraction(1)}))


def _is_positive(value: Sum, positive: Positive) -> bool:
    return bool(value.terms) and all(
        c > 0 and all(_is_positive_atom(atom, positive) for atom, _ in term)
        for term, c in value.terms.items()
    )


def _is_positive_atom(atom: Hashable, positive: Positive) -> bool:
    if positive and unbound(atom) in positive:
        return True
    match atom:
        case ("exp", *_) | ("count", _):
            return True
        case ("call", Call() as signature, _):
            return is_probability(signature)
        case ("function", Symbol(name="sigmoid" | "softplus"), _):
            return True
        case ("sum" | "product", Big(operator="sum" | "product"), inner):
            value = thawed_ratio(inner)
            return _is_positive(value.above, positive) and _is_positive(value.below, positive)
    return False
