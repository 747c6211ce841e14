r"""Fractions of polynomials in SymPy, multiplied out where that is not too long."""

from math import comb

from sympy import Expr, expand_mul, expand_multinomial, fraction, together

from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable

MAX_POWER = 64
"""Sums are not raised to higher powers."""
MAX_TERMS = 4000
"""Polynomials with more terms than this are not expanded."""


def split_fraction(form: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator of a form, the latter expanded."""
    guard(form)
    above, below = fraction(together(form))
    return above, expanded(below)


def expanded(form: Expr) -> Expr:
    """A polynomial form multiplied out.

    Raises:
        NotApplicable: it has too many terms.
    """
    guard(form)
    return expand_mul(expand_multinomial(form))


def guard(form: Expr) -> None:
    """Raise where multiplying out would take too long."""
    if terms_of(form) > MAX_TERMS:
        raise NotApplicable(Message("the polynomial has too many terms"))


def terms_of(form: Expr) -> int:
    """An upper bound for the number of terms of a form multiplied out."""
    if form.is_Add:
        return sum(map(terms_of, form.args))
    if form.is_Mul:
        count = 1
        for factor in form.args:
            count *= terms_of(factor)
        return count
    if form.is_Pow and form.exp.is_Integer and form.base.is_Add:
        power = abs(int(form.exp))
        if power > MAX_POWER:
            raise NotApplicable(Message("a sum has too high a power"))
        return comb(terms_of(form.base) + power - 1, power)
    return 1
