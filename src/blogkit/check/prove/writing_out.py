"""Sums, products and greatest members over ranges that have become numbers, written out.

Empty ranges have the sum 0 and the product 1, also where they run backwards, as everyone but SymPy
reads them.
"""

from sympy import Add, Expr, Max, Min, Mul, Product, Sum
from sympy.core.function import AppliedUndef

from blogkit.check.algebra.signs import outermost

MAX_MEMBERS = 40
"""Longer ranges are left alone."""


def written_out(part: Expr) -> Expr:
    """An expression with its sums, products and greatest members as terms, innermost first.

    >>> from sympy import Sum, Symbol
    >>> k = Symbol("k")
    >>> written_out(Sum(k, (k, 1, 4)))
    10
    """
    for _ in range(12):
        found = [
            each for each in part.atoms(Sum, Product) if _members(*outermost(each)[1]) is not None
        ]
        found += [
            each
            for each in part.atoms(AppliedUndef)
            if str(each.func) in ("greatest", "least") and _members(*each.args[1:])
        ]
        if not found:
            return part
        part = part.xreplace({each: _terms(each) for each in found})
    return part


def _members(letter: Expr, lower: Expr, upper: Expr) -> range | None:
    if not (lower.is_Integer and upper.is_Integer) or upper - lower > MAX_MEMBERS:
        return None
    return range(int(lower), int(upper) + 1)


def _terms(running: Expr) -> Expr:
    if isinstance(running, Sum | Product):
        body, (letter, lower, upper) = outermost(running)
        joined = Add if isinstance(running, Sum) else Mul
    else:
        body, letter, lower, upper = running.args
        joined = Max if str(running.func) == "greatest" else Min
    values = [body.subs(letter, at) for at in _members(letter, lower, upper) or ()]
    if joined in (Max, Min):
        values = [
            value.evalf(30) if value.is_number and not value.is_Rational else value
            for value in values
        ]
    return joined(*values)
