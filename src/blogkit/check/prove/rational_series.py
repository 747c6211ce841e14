r"""Series of rational functions to infinity, with alternating signs or without.

In partial fractions the terms are `(±1)^k A / (k + a)^m`, whose sums from `L` on are polygamma
functions of rational numbers (DLMF 5.7.6, 5.15.1):

    Σ A_j / (k + a_j)           = -Σ A_j ψ(L + a_j)                       where Σ A_j = 0
    Σ 1 / (k + a)^m             = (-1)^m ψ^(m-1)(L + a) / (m-1)!          for m ≥ 2
    Σ (-1)^k f(k)               = the sum over even k less that over odd k

SymPy writes those at rational numbers with logarithms, π and square roots (Gauss's theorem, DLMF
5.4.19), which is held against their values in balls.
"""

import sympy as sp
from sympy import Expr

_MAX_ORDER = 8
_MAX_DENOMINATOR = 24
_DIGITS = 60


def sum_of_rational_series(body: Expr, letter: Expr, lower: Expr) -> Expr | None:
    r"""The value of a series in which only the index is not a number, but for a factor.

    Args:
        body: its terms.
        letter: its index, which runs to infinity by ones.
        lower: its first index, a whole number.

    Returns:
        The value; None where the series has another shape, a term that is not defined, or no
        limit of its partial sums.

    >>> from sympy import symbols, Integer
    >>> k = symbols("k", integer=True)
    >>> sum_of_rational_series(1 / (k * (k + 1)), k, Integer(1))
    1
    >>> sum_of_rational_series((-1) ** (k + 1) / k, k, Integer(1))
    log(2)
    """
    if not lower.is_Integer:
        return None
    constant, moving = body.as_independent(letter, as_Add=False)
    turned = sp.powsimp(moving / (-1) ** letter).simplify()
    is_alternating = turned.is_rational_function(letter)
    terms = _partial_fractions(turned if is_alternating else moving, letter, lower)
    if terms is None:
        return None
    if not is_alternating and sum(top for top, _, order in terms if order == 1) != 0:
        return None
    exact = sum(
        _alternating(top, place, order, lower) if is_alternating else _plain(top, place, order)
        for top, place, order in ((top, lower + shift, order) for top, shift, order in terms)
    )
    value = sp.expand_func(exact).simplify()
    return constant * value if _is_the_same(exact, value) else None


def _partial_fractions(
    term: Expr, letter: Expr, lower: Expr
) -> list[tuple[Expr, Expr, int]] | None:
    """`A`, `a` and `m` of each part `A / (k + a)^m`; None where there is another part."""
    if term.free_symbols != {letter} or not term.is_rational_function(letter):
        return None
    try:
        parts = sp.Add.make_args(sp.apart(term, letter))
    except sp.PolynomialError:
        return None
    found = []
    for part in parts:
        above, below = sp.fraction(part)
        if above.has(letter) or not above.is_Rational:
            return None
        content, factors = sp.Poly(below, letter).factor_list()
        if len(factors) != 1 or factors[0][0].degree() != 1:
            return None
        line, order = factors[0]
        slope, start = line.all_coeffs()
        shift = start / slope
        if not shift.is_Rational or shift.q > _MAX_DENOMINATOR or order > _MAX_ORDER:
            return None
        if shift.is_Integer and lower + shift <= 0:
            return None
        found.append((above / (content * slope**order), shift, order))
    return found


def _plain(top: Expr, place: Expr, order: int) -> Expr:
    """`Σ top / (k + place)^order` from 0 on; of the first order, the part of it that stays."""
    if order == 1:
        return -top * sp.polygamma(0, place)
    return top * (-1) ** order * sp.polygamma(order - 1, place) / sp.factorial(order - 1)


def _alternating(top: Expr, place: Expr, order: int, lower: Expr) -> Expr:
    """`(-1)^lower Σ (-1)^k top / (k + place)^order` from 0 on."""
    halved = top * (-1) ** lower / 2**order
    return _plain(halved, place / 2, order) - _plain(halved, (place + 1) / 2, order)


def _is_the_same(exact: Expr, value: Expr) -> bool:
    """Whether two forms of a number agree in as many digits as no chance explains."""
    difference = (exact.evalf(_DIGITS) - value.evalf(_DIGITS)).evalf(_DIGITS)
    return bool(abs(difference) < 10 ** (15 - _DIGITS))
