r"""Sums with a known closed form: the binomial theorem, geometric and exponential series,
`\zeta(2m)`, series of rational functions.

Each sum of the claim that has one of these shapes is replaced by its value, then both sides are
compared in normal form. An infinite sum is replaced only where it is known to converge. Sources:
DLMF 1.2.2, 4.2.19, 4.11.1 (geometric: 1.2.9), 25.6.2.
"""

from dataclasses import replace

from sympy import Abs, Expr, Mul, S, Sum, binomial, default_sort_key, exp, factorial, zeta

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.algebra.signs import outermost
from blogkit.check.answers import Open, Proved, Refuted, method
from blogkit.check.prove.inequalities import follows
from blogkit.check.prove.numbers import sign_of
from blogkit.check.prove.polynomials import form_of, is_zero
from blogkit.check.prove.rational_series import sum_of_rational_series
from blogkit.check.prove.sampling import proved
from blogkit.check.question import Question
from blogkit.language import Message


@method
def prove_by_known_sums(question: Question) -> Proved | Open:
    """Whether an equation follows once sums with known values are replaced by them.

    Args:
        question: An equation that holds a sum.
    """
    claim = read_claim(question)
    if claim.sign != "=":
        return Open(Message("known sums prove equations only"))
    settled, steps = _with_values(claim)
    if not steps:
        return Open(Message("no sum has a known shape"))
    if not is_zero(form_of(settled), settled):
        return Open(Message("the normal forms of the two sides differ once the sums are replaced"))
    tried = claim if _are_finite(claim) else settled
    return proved(claim, Message("known sums"), steps, settled=tried)


@method
def refute_by_known_sums(question: Question) -> Refuted | Open:
    """Whether an equation of numbers fails once sums with known values are replaced by them.

    Args:
        question: An equation without free symbols that holds a sum.
    """
    claim = read_claim(question)
    settled, steps = _with_values(claim)
    difference = settled.left - settled.right
    if claim.sign != "=" or not steps or difference.free_symbols or difference.has(Sum):
        return Open(Message("the claim is no equation of numbers and known sums"))
    if not sign_of(difference):
        return Open(Message("no precision told the sides apart"))
    left, right = (claim.reader.latex_of(side) for side in (settled.left, settled.right))
    return Refuted(
        method=Message("known sums, ball arithmetic"),
        counterexample={},
        left=left,
        right=right,
    )


def _with_values(claim: Claim) -> tuple[Claim, tuple[str, ...]]:
    """The claim with each sum of a known shape replaced by its value; and what was replaced."""
    steps: list[str] = []
    settled = claim
    for total in sorted((claim.left - claim.right).atoms(Sum), key=default_sort_key):
        found = _value(total, claim)
        if found is None:
            continue
        value, reason = found
        steps.append(
            Message(
                "${sum} = {value}$: {reason}.",
                sum=claim.reader.latex_of(total),
                value=claim.reader.latex_of(value),
                reason=reason,
            )
        )
        put = {total: value}
        settled = replace(
            settled, left=settled.left.xreplace(put), right=settled.right.xreplace(put)
        )
    return settled, tuple(steps)


def _are_finite(claim: Claim) -> bool:
    """Whether all sums can be written out at a point, so that their values can be doubted."""
    totals = (claim.left - claim.right).atoms(Sum)
    return not any(end.is_infinite for total in totals for end in outermost(total)[1][1:])


def _value(total: Expr, claim: Claim) -> tuple[Expr, str] | None:
    body, (letter, lower, upper) = outermost(total)
    if upper.is_infinite and lower.is_finite:
        return (
            _geometric(body, letter, lower, claim)
            or _exponential(body, letter, lower, claim)
            or _zeta(body, letter, lower)
            or _rational(body, letter, lower)
        )
    return None if upper.is_infinite else _binomial(body, letter, lower, upper, claim)


def _binomial(
    body: Expr, letter: Expr, lower: Expr, upper: Expr, claim: Claim
) -> tuple[Expr, str] | None:
    """`Σ c C(n,k) a^k b^{n-k}` with k from 0 to n is `c (a+b)^n`."""
    factors = [each for each in Mul.make_args(body) if isinstance(each, binomial)]
    whole = [each for each in factors if each.args == (upper, letter)]
    whole += [each for each in factors if each.args == (upper, upper - letter)]
    if len(whole) != 1 or lower != 0 or not claim.is_known(upper, "≥"):
        return None
    rest = body / whole[0]
    rising, falling = _bases(rest, letter)
    constant = (rest * rising**-letter * falling ** (letter - upper)).powsimp(force=False)
    constant = constant.simplify()
    if constant.has(letter):
        return None
    return constant * (rising + falling) ** upper, Message("binomial theorem")


def _bases(rest: Expr, letter: Expr) -> tuple[Expr, Expr]:
    """What is raised to k, and what to -k."""
    rising, falling = S.One, S.One
    for factor in Mul.make_args(rest):
        base, exponent = factor.as_base_exp()
        rate = exponent.expand().coeff(letter, 1)
        if base.has(letter) or not rate.is_Integer:
            continue
        if rate > 0:
            rising *= base**rate
        elif rate < 0:
            falling *= base ** (-rate)
    return rising, falling


def _geometric(body: Expr, letter: Expr, lower: Expr, claim: Claim) -> tuple[Expr, str] | None:
    """`Σ c r^k` with |r| < 1."""
    if not body.has(letter):
        return None
    rising, falling = _bases(body, letter)
    ratio = rising / falling
    first = body.subs(letter, lower)
    if (body / ratio**letter).simplify().has(letter):
        return None
    small = replace(claim, left=Abs(ratio), sign="<", right=S.One, conditions=claim.conditions)
    if not follows(small, ()):
        return None
    return first / (1 - ratio), Message("geometric series with a ratio below 1 in absolute value")


def _exponential(body: Expr, letter: Expr, lower: Expr, claim: Claim) -> tuple[Expr, str] | None:
    r"""`Σ c x^k / k!` from 0."""
    rest = body * factorial(letter)
    rising, falling = _bases(rest, letter)
    constant = (rest * (rising / falling) ** -letter).simplify()
    if lower != 0 or constant.has(letter):
        return None
    return constant * exp(rising / falling), Message("exponential series")


def _zeta(body: Expr, letter: Expr, lower: Expr) -> tuple[Expr, str] | None:
    r"""`Σ c / k^{2m}` from 1."""
    constant, moving = body.as_independent(letter)
    base, exponent = moving.as_base_exp()
    is_even = exponent.is_Integer and exponent < 0 and exponent % 2 == 0
    if lower != 1 or base != letter or not is_even or exponent < -40:
        return None
    return constant * zeta(-exponent), Message("values of the zeta function at even numbers")


def _rational(body: Expr, letter: Expr, lower: Expr) -> tuple[Expr, str] | None:
    r"""`Σ c (±1)^k R(k)` with a rational function R."""
    value = sum_of_rational_series(body, letter, lower)
    return None if value is None else (value, Message("series of a rational function"))
