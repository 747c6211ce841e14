r"""Machin-like sums: `\pi = 16 \arctan \frac15 - 4 \arctan \frac1{239}`.

For rational `r_j` and whole `c_j`, `\sum c_j \arctan r_j` is an argument of the Gaussian number
`\prod (1 + i r_j)^{c_j}`. If that is real, the sum is a whole multiple of π; balls then say which.
"""

from math import lcm

from sympy import Add, Expr, S, atan, pi

from blogkit.check.prove.numbers import ball_of

_MAX_MULTIPLE = 400


def is_sum_of_angles(number: Expr) -> bool:
    """Whether a rational combination of arctangents of rational numbers and of pi is zero."""
    angles = _angles(number)
    if angles is None:
        return False
    turns, terms = angles
    common = lcm(int(turns.q), *(int(count.q) for count, _ in terms))
    whole = [(int(count * common), ratio) for count, ratio in terms]
    if sum(abs(count) for count, _ in whole) > _MAX_MULTIPLE:
        return False
    if not _is_real_product(whole):
        return False
    # So many times the sum is a multiple of pi, of which only zero is that small.
    return bool(abs(ball_of(number * common)) < 1)


def _angles(number: Expr) -> tuple[Expr, list[tuple[Expr, Expr]]] | None:
    """The multiple of pi, and coefficients with rational arguments of arctangents."""
    turns, terms = S.Zero, []
    for term in Add.make_args(number.expand()):
        coefficient, rest = term.as_coeff_Mul()
        if rest == pi:
            turns += coefficient
        elif isinstance(rest, atan) and rest.args[0].is_Rational and coefficient.is_Rational:
            terms.append((coefficient, rest.args[0]))
        else:
            return None
    return (turns, terms) if terms else None


def _is_real_product(terms: list[tuple[int, Expr]]) -> bool:
    real, imaginary = 1, 0
    for count, ratio in terms:
        one, other = int(ratio.q), int(ratio.p) * (1 if count > 0 else -1)
        for _ in range(abs(count)):
            real, imaginary = real * one - imaginary * other, real * other + imaginary * one
    return imaginary == 0
