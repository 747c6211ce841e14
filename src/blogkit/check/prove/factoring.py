"""A form as a product: a rational number and powers of irreducible factors.

It exists for logarithms and powers, which take products apart.
"""

from math import lcm

from sympy import Dummy, Expr, Integer, Pow, S, factor_list, factorrat

from blogkit.check.prove.forms import Form
from blogkit.check.prove.fractions import expanded, split_fraction

Factors = list[tuple[Expr, Expr]]
"""Factors, each with its exponent, which is rational for an atom and whole for a polynomial."""


def factored(form: Form, product: Expr) -> tuple[Expr, Factors]:
    """The rational content and the factors of a form.

    The content may be negative; a polynomial factor has whole exponents and may have any sign.
    """
    above, below = split_fraction(product)
    content, factors = _factors(expanded(above))
    under, others = _factors(below)
    merged: dict[Expr, Expr] = {}
    for factor, exponent in [*factors, *((each, -count) for each, count in others)]:
        merged[factor] = merged.get(factor, 0) + exponent
    return content / under, [(factor, count) for factor, count in merged.items() if count != 0]


def _factors(polynomial: Expr) -> tuple[Expr, Factors]:
    """Factors over Q, after exact roots are put for fractional exponents."""
    if polynomial.is_Rational:
        return polynomial, []
    roots = _roots(polynomial)
    fresh = {
        name: Dummy(f"r{name.name}", positive=True) ** degree for name, degree in roots.items()
    }
    back = {power.as_base_exp()[0]: name ** S(1) / 1 for name, power in fresh.items()}
    for name, power in fresh.items():
        root, degree = power.as_base_exp()
        back[root] = name ** (S.One / degree)
    content, factors = factor_list(polynomial.subs(fresh))
    found: Factors = []
    for factor, count in factors:
        base, exponent = factor.xreplace(back).as_base_exp()
        if base.is_Symbol:
            found.append((base, exponent * count))
        else:
            found.append((factor.xreplace(back), S(count)))
    return content, found


def _roots(polynomial: Expr) -> dict[Expr, int]:
    found: dict[Expr, int] = {}
    for power in polynomial.atoms(Pow):
        if power.base.is_Symbol and power.exp.is_Rational and power.exp.q > 1:
            found[power.base] = lcm(found.get(power.base, 1), int(power.exp.q))
    return found


def prime_powers(number: Expr) -> list[tuple[Expr, Expr]]:
    """A positive rational number as powers of primes; large parts are left whole."""
    if max(number.p, number.q) > 10**15:
        return [(Integer(number.p), Integer(1)), (Integer(number.q), Integer(-1))]
    return [
        (Integer(prime), Integer(count)) for prime, count in factorrat(number).items() if prime != 1
    ]
