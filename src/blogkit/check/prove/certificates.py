r"""Certificates: a polynomial as a combination of what is known to be at least zero.

`N = Σ λ_j P_j` with rational `λ_j ≥ 0` and each `P_j` a hypothesis, a product of two, a monomial
whose sign is known, or a square. Found by a linear programme in exact fractions, so that the
identity can be checked by multiplying out (Handelman 1988; sums of squares of binomials).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

from sympy import Expr, Mul, Poly, S

from blogkit.check.prove.simplex import nonnegative_solution

MAX_PARTS = 160
"""More candidates than this are not tried."""
MAX_ROWS = 60
"""Polynomials whose certificate would have more monomials than this are given up."""

_FEW = 30
Monomial = tuple[int, ...]
Coefficients = dict[Monomial, Fraction]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A polynomial that is known not to be negative."""

    part: Expr
    """The polynomial, over generators."""
    sign: str
    """`≥`, `>`, or `=`."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why a polynomial is not negative."""

    parts: tuple[tuple[Fraction, Expr], ...]
    """Coefficients and polynomials that are not negative; they sum up to it."""
    is_strict: bool
    """Whether one of them is positive."""


def certificate(
    polynomial: Expr, hypotheses: Sequence[Hypothesis], *, is_strict: bool
) -> Certificate | None:
    """Why a polynomial is at least zero, or above zero, where the hypotheses hold.

    Args:
        polynomial: Over symbols, with rational coefficients.
        hypotheses: What is known, over the same symbols.
        is_strict: Whether it must be above zero.
    """
    if polynomial.is_Rational:
        return _of_number(Fraction(int(polynomial.p), int(polynomial.q)), is_strict)
    known = set().union(*(each.part.free_symbols for each in hypotheses))
    names = sorted(polynomial.free_symbols | known, key=str)
    plain = _term_by_term(polynomial, hypotheses, is_strict)
    if plain is not None:
        return plain
    target = _coefficients(polynomial, names)
    if len(target) > MAX_ROWS:
        return None
    parts = list(_candidates(target, hypotheses, names))[:MAX_PARTS]
    return _combined(target, parts, is_strict, names)


def _term_by_term(
    polynomial: Expr, hypotheses: Sequence[Hypothesis], is_strict: bool
) -> Certificate | None:
    """The certificate of a polynomial each of whose terms is not negative: itself."""
    names = sorted(polynomial.free_symbols, key=str)
    signs = {each.part: each.sign for each in hypotheses if each.part.is_Symbol}
    parts = []
    for monomial, value in _coefficients(polynomial, names).items():
        found = _monomial(monomial, names, signs)
        if found is None or value < 0:
            return None
        parts.append((value, found))
    strict = any(part.sign == ">" for _, part in parts)
    if is_strict and not strict:
        return None
    return Certificate(tuple((value, part.part) for value, part in parts), strict)


def _of_number(number: Fraction, is_strict: bool) -> Certificate | None:
    if number < 0 or (is_strict and number == 0):
        return None

    return Certificate(((number, S.One),), number > 0)


def _coefficients(polynomial: Expr, names: Sequence[Expr]) -> Coefficients:
    terms = Poly(polynomial, *names, domain="QQ").terms()
    return {monomial: Fraction(int(value.p), int(value.q)) for monomial, value in terms}


def _candidates(
    target: Coefficients, hypotheses: Sequence[Hypothesis], names: Sequence[Expr]
) -> Iterator[Hypothesis]:
    """What may be part of a certificate, likeliest first."""
    seen = set()
    signs = {each.part: each.sign for each in hypotheses if each.part in names}
    yield Hypothesis(S.One, ">")
    for each in _all_candidates(target, hypotheses, names, signs):
        key = each.part.expand()
        if key not in seen and key != 0:
            seen.add(key)
            yield each


def _all_candidates(
    target: Coefficients,
    hypotheses: Sequence[Hypothesis],
    names: Sequence[Expr],
    signs: dict[Expr, str],
) -> Iterator[Hypothesis]:
    yield from filter(None, (_monomial(monomial, names, signs) for monomial in target))
    yield from _equations(hypotheses)
    yield from _times_monomials(target, hypotheses, names, signs)
    known = [each for each in hypotheses if each.sign != "="]
    yield from known
    products = [
        Hypothesis(one.part * other.part, ">" if one.sign == other.sign == ">" else "≥")
        for one, other in combinations_with_replacement(known, 2)
    ]
    yield from products
    yield from _squares(target, names)
    for product in products[:_FEW]:
        monomials = _coefficients(product.part, names)
        yield from filter(None, (_monomial(monomial, names, signs) for monomial in monomials))


def _monomial(
    monomial: Monomial, names: Sequence[Expr], signs: dict[Expr, str]
) -> Hypothesis | None:
    """A monomial whose odd powers are of generators that are not negative."""
    sign = ">"
    for name, exponent in zip(names, monomial, strict=True):
        if not exponent:
            continue
        known = signs.get(name)
        if exponent % 2 and known not in (">", "≥"):
            return None
        if known != ">":
            sign = "≥"
    return Hypothesis(Mul(*(name**e for name, e in zip(names, monomial, strict=True))), sign)


def _equations(hypotheses: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    for each in hypotheses:
        if each.sign == "=":
            yield Hypothesis(each.part, "≥")
            yield Hypothesis(-each.part, "≥")


def _times_monomials(
    target: Coefficients,
    hypotheses: Sequence[Hypothesis],
    names: Sequence[Expr],
    signs: dict[Expr, str],
) -> Iterator[Hypothesis]:
    """Hypotheses times the monomials that lead into the target."""
    for each in hypotheses:
        for factor in _quotients(target, _coefficients(each.part, names)):
            monomial = _monomial(factor, names, signs)
            if monomial is None or not any(factor):
                continue
            product = each.part * monomial.part
            if each.sign == "=":
                yield Hypothesis(product, "≥")
                yield Hypothesis(-product, "≥")
            else:
                yield Hypothesis(product, ">" if each.sign == monomial.sign == ">" else "≥")


def _quotients(target: Coefficients, part: Coefficients) -> list[Monomial]:
    found: dict[Monomial, None] = {}
    for above in target:
        for below in part:
            quotient = tuple(one - other for one, other in zip(above, below, strict=True))
            if min(quotient) >= 0:
                found[quotient] = None
    return list(found)


def _squares(target: Coefficients, names: Sequence[Expr]) -> Iterator[Hypothesis]:
    """Squares of sums and differences of two monomials whose products occur in the target."""
    halves = [
        tuple(e // 2 for e in monomial) for monomial in target if not any(e % 2 for e in monomial)
    ]
    zero = (0,) * len(names)
    halves = list(dict.fromkeys([*halves, zero]))
    parts = [Mul(*(n**e for n, e in zip(names, half, strict=True))) for half in halves]
    for one, other in combinations(parts, 2):
        for ratio in (1, 2):
            for first, second in ((one, ratio * other), (ratio * one, other)):
                yield Hypothesis((first - second) ** 2, "≥")
                yield Hypothesis((first + second) ** 2, "≥")
    for part in parts:
        yield Hypothesis(part**2, "≥")


def _combined(
    target: Coefficients, parts: Sequence[Hypothesis], is_strict: bool, names: Sequence[Expr]
) -> Certificate | None:
    columns = [_coefficients(each.part, names) for each in parts]
    monomials = list(dict.fromkeys([*target, *(m for column in columns for m in column)]))
    if len(monomials) > 4 * MAX_ROWS:
        return None
    zero = Fraction(0)
    rows = [[column.get(m, zero) for column in columns] + [zero] for m in monomials]
    values = [target.get(m, zero) for m in monomials]
    goal = [Fraction(int(each.sign == ">")) for each in parts] + [zero]
    rows.append([*goal[:-1], Fraction(1)])
    values.append(max(map(abs, target.values()), default=Fraction(1)) * 64)
    found = nonnegative_solution(rows, values, goal)
    if found is None:
        return None
    used = tuple((value, each.part) for value, each in zip(found, parts, strict=False) if value)
    strict = any(value and each.sign == ">" for value, each in zip(found, parts, strict=False))
    if (is_strict and not strict) or not _adds_up(target, used, names):
        return None
    return Certificate(used, strict)


def _adds_up(
    target: Coefficients, used: Sequence[tuple[Fraction, Expr]], names: Sequence[Expr]
) -> bool:
    total: Coefficients = {}
    for value, part in used:
        for monomial, coefficient in _coefficients(part, names).items():
            total[monomial] = total.get(monomial, Fraction(0)) + value * coefficient
    return {m: value for m, value in total.items() if value} == {
        m: v for m, v in target.items() if v
    }
