r"""Exponentials, logarithms, powers and products over an index of numbers in normal form.

`e^{a+b}` is `e^a e^b`, `\log` of a product of positive numbers is a sum: what is known to be
positive are exponentials, probabilities, counts, and sums and products of such. A logarithm of
what has no known sign is kept whole. Imports `letters.py`, `ratios.py` and `sums.py`.
"""

from collections.abc import Hashable
from dataclasses import replace
from fractions import Fraction

from blogkit.formula import Big, Call, Symbol
from blogkit.meaning.facts.notation import is_probability
from blogkit.meaning.terms import sums
from blogkit.meaning.terms.letters import frozen_ratio, thawed_ratio
from blogkit.meaning.trees.ratios import ONE, Ratio, Sum, atom_sum, lone_atom, number, ratio


def exponential(value: Ratio) -> Ratio:
    """`e` to a number: a product, one factor a term."""
    if value.below != number(1):
        return ratio(atom_sum(("exp", frozen_ratio(value))))
    result = ratio(number(1))
    for term, c in value.above.terms.items():
        lone = lone_atom(term)
        if isinstance(lone, tuple) and lone[0] == "log" and c.denominator == 1:
            result = result.times(_whole_power(thawed_ratio(lone[1]), c.numerator))
        else:
            result = result.times(_powered(("exp", term, c.denominator), c.numerator))
    return result


def logarithm(value: Ratio) -> Ratio:
    """The natural logarithm; of a product of positive numbers, a sum."""
    if _is_positive(value.below) and value.below != number(1):
        return logarithm(ratio(value.above)).plus(logarithm(ratio(value.below)).negative())
    if value.below != number(1) or len(value.above.terms) != 1:
        return ratio(atom_sum(("log", frozen_ratio(value))))
    ((term, c),) = value.above.terms.items()
    if c <= 0 or not all(_is_positive_atom(atom) for atom, _ in term):
        return ratio(atom_sum(("log", frozen_ratio(value))))
    total = ratio(number(0))
    for atom, exponent in term:
        total = total.plus(_log_of_atom(atom).times(ratio(number(exponent))))
    if c != 1:
        total = total.plus(ratio(atom_sum(("log", frozen_ratio(ratio(number(c)))))))
    return total


def _log_of_atom(atom: Hashable) -> Ratio:
    match atom:
        case ("exp", frozenset() as term, int() as below):
            return ratio(Sum({term: Fraction(1, below)}))
        case ("product", Big() as binder, inner):
            inner_log = logarithm(thawed_ratio(inner))
            return sums.of_number(replace(binder, operator="sum"), inner_log)
    return ratio(atom_sum(("log", frozen_ratio(ratio(atom_sum(atom))))))


def power(base: Ratio, exponent: Ratio) -> Ratio:
    """A number to a power: a product, one factor a term of the exponent."""
    if exponent.below != number(1):
        return ratio(atom_sum(("exponent", frozen_ratio(base), frozen_ratio(exponent))))
    result = ratio(number(1))
    for term, c in exponent.above.terms.items():
        if term == ONE and c.denominator == 1:
            result = result.times(_whole_power(base, c.numerator))
        else:
            atom = ("exponent", frozen_ratio(base), term, c.denominator)
            result = result.times(_powered(atom, c.numerator))
    return result


def product_over(binder: "sums.Binder", value: Ratio) -> Ratio:
    """A product over an index; of exponentials, the exponential of a sum."""
    assert isinstance(binder, Big)
    if value.below == number(1) and len(value.above.terms) == 1:
        ((term, c),) = value.above.terms.items()
        exponents = [(atom, e) for atom, e in term if isinstance(atom, tuple) and atom[0] == "exp"]
        if exponents and all(len(atom) == 3 for atom, _ in exponents):
            inner = ratio(number(0))
            for atom, e in exponents:
                inner = inner.plus(_log_of_atom(atom).times(ratio(number(e))))
            whole = exponential(sums.of_number(replace(binder, operator="sum"), inner))
            rest = ratio(Sum({term - frozenset(exponents): c}))
            return whole if rest == ratio(number(1)) else whole.times(product_over(binder, rest))
    return ratio(atom_sum(("product", *sums.closed(binder, frozen_ratio(value)))))


def _whole_power(base: Ratio, exponent: int) -> Ratio:
    result = ratio(number(1))
    for _ in range(abs(exponent)):
        result = result.times(base) if exponent > 0 else result.over(base)
    return result


def _powered(atom: Hashable, exponent: int) -> Ratio:
    return ratio(Sum({frozenset([(atom, exponent)]): Fraction(1)}))


def _is_positive(value: Sum) -> bool:
    return bool(value.terms) and all(
        c > 0 and all(_is_positive_atom(atom) for atom, _ in term)
        for term, c in value.terms.items()
    )


def _is_positive_atom(atom: Hashable) -> bool:
    match atom:
        case ("exp", *_) | ("count", _):
            return True
        case ("call", Call() as signature, _):
            return is_probability(signature)
        case ("function", Symbol(name="sigmoid" | "softplus"), _):
            return True
        case ("sum" | "product", Big(operator="sum" | "product"), inner):
            value = thawed_ratio(inner)
            return _is_positive(value.above) and _is_positive(value.below)
    return False
