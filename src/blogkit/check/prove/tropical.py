r"""The squeeze for log-sum-exp: `\lim_{K \to \infty} \frac1K \log \sum_i w_i e^{K v_i} = \max_i
v_i`.

For a finite, not empty set of indices, real `v_i` and weights `w_i > 0` that do not depend on K,
with `m = \max_i v_i` taken at j and `W = \sum_i w_i`: `w_j e^{Km} \leq \sum_i w_i e^{K v_i} \leq W
e^{Km}` for `K > 0`, so that `\frac1K \log` of the sum lies between `m + \frac{\log w_j}{K}` and `m
+ \frac{\log W}{K}`. For `K \to -\infty` the same with `-K` gives the minimum. The p-norm of
positive numbers is the exponential of such a mean with `v_i = \log a_i`.
"""

from dataclasses import dataclass

from sympy import Add, Expr, Function, Max, Min, Mul, S, Sum, exp, log

from blogkit.check.algebra.claims import Claim
from blogkit.language import Message


def is_upward(point: Expr) -> bool:
    """Whether a point is plus infinity and not minus infinity."""
    return bool(point.is_extended_positive)


@dataclass(frozen=True, slots=True)
class Squeeze:
    """A limit that was recognised, with its value."""

    value: Expr
    """The limit."""
    steps: tuple[str, ...]
    """Why, one sentence each."""


def squeeze(limit: Expr, claim: Claim) -> Squeeze | None:
    r"""The value of a limit of log-sum-exp or of a p-norm; None where it has another shape.

    Args:
        limit: A SymPy `Limit`, for a variable that tends to `\infty` or `-\infty`.
        claim: The claim it stands in: what is known of its symbols.
    """
    body, name, point, _ = limit.args
    if not point.is_infinite:
        return None
    return _mean(body, name, point, claim) or _norm(body, name, point, claim)


def _mean(body: Expr, name: Expr, point: Expr, claim: Claim) -> Squeeze | None:
    """`c (log S) / K` with c free of K, and perhaps terms that are free of K or tend to zero."""
    rest, factors, totals = S.Zero, [], []
    for term in Add.make_args(body.expand()):
        if not term.has(name):
            rest += term
            continue
        scaled = term * name
        if not scaled.has(name):
            continue
        logarithms = [each for each in term.atoms(log) if each.has(name)]
        if len(logarithms) != 1:
            return None
        factor = (scaled / logarithms[0]).cancel()
        if factor.has(name):
            return None
        factors.append(factor)
        totals.append(logarithms[0].args[0])
    if len(totals) != 1 or not (claim.is_real or (rest + factors[0]).is_extended_real):
        return None
    value = _extremum_of(totals[0], name, point, claim)
    if value is None:
        return None
    return Squeeze(rest + factors[0] * value, _steps(claim, totals[0], name, point))


def _norm(body: Expr, name: Expr, point: Expr, claim: Claim) -> Squeeze | None:
    """`(Σ a_i^p)^{1/p}` with a_i > 0: the exponential of such a mean of their logarithms."""
    base, exponent = body.as_base_exp()
    if not isinstance(base, Sum) or exponent != 1 / name:
        return None
    ground, power = base.function.as_base_exp()
    if len(base.limits) != 1:
        return None
    ((letter, lower, upper),) = base.limits
    if power != name or ground.has(name) or not _is_finite(base, claim):
        return None
    if not claim.is_known(ground, ">", [(lower, letter), (letter, upper)]):
        return None
    value = _greatest(ground, base.limits[0], is_greatest=is_upward(point))
    total = Sum(exp(name * log(ground), evaluate=False), *base.limits)
    return Squeeze(value, _steps(claim, total, name, point))


def _is_finite(total: Expr, claim: Claim) -> bool:
    """Whether the range is finite and known not to be empty."""
    if len(total.limits) != 1:
        return False
    ((_, lower, upper),) = total.limits
    if lower.is_infinite or upper.is_infinite:
        return False
    return claim.is_known(upper - lower, "≥")


def _terms(total: Expr) -> tuple[list[Expr], Expr | None]:
    """The terms of a sum over a range, which are one, or of a sum written out; and the range."""
    sums = [factor for factor in Mul.make_args(total) if isinstance(factor, Sum)]
    if len(sums) == 1:
        rest = total / sums[0]
        return [rest * sums[0].function], sums[0]
    return list(Add.make_args(total.expand())), None


def _extremum_of(total: Expr, name: Expr, point: Expr, claim: Claim) -> Expr | None:
    """The maximum of the rates of growth of a sum of exponentials, or their minimum."""
    terms, running = _terms(total)
    inside: list[tuple[Expr, Expr]] = []
    if running is not None:
        if not _is_finite(running, claim):
            return None
        ((letter, lower, upper),) = running.limits
        inside = [(lower, letter), (letter, upper)]
    rates = []
    for term in terms:
        weight, growth = _exponential(term, name)
        if weight is None or growth.has(name) or not claim.is_known(weight, ">", inside):
            return None
        if not (growth.is_extended_real or claim.is_real):
            return None
        rates.append(growth)
    if running is not None:
        return _greatest(rates[0], running.limits[0], is_greatest=is_upward(point))
    return (Max if is_upward(point) else Min)(*rates)


def _exponential(term: Expr, name: Expr) -> tuple[Expr | None, Expr]:
    """Weight w and growth v of a term `w e^{K v}`."""
    weight, growth = S.One, S.Zero
    for factor in Mul.make_args(term):
        if not factor.has(name):
            weight *= factor
            continue
        if isinstance(factor, exp):
            rate = (factor.args[0] / name).expand()
        elif factor.is_Pow and factor.base.is_positive and not factor.base.has(name):
            rate = (factor.exp / name).expand() * log(factor.base)
        else:
            return None, S.Zero
        growth += rate
    return weight, growth


def _greatest(growth: Expr, limits: Expr, *, is_greatest: bool) -> Expr:
    """The greatest or least value over a range, as the reader writes it."""
    letter, lower, upper = limits
    found: Expr = Function("greatest" if is_greatest else "least", real=True)(
        growth, letter, lower, upper
    )
    return found


def _steps(claim: Claim, total: Expr, name: Expr, point: Expr) -> tuple[str, ...]:
    latex = claim.reader.latex_of
    word = r"\max" if is_upward(point) else r"\min"
    terms, running = _terms(total)
    rates = ", ".join(latex(_exponential(term, name)[1]) for term in terms)
    variable = latex(name)
    toward = r"\infty" if is_upward(point) else r"-\infty"
    where = Message(" with ${range}$", range=_range(claim, running)) if running is not None else ""
    most = Message("$c e^{{{variable} m}}$ and $C e^{{{variable} m}}$", variable=variable)
    return (
        Message(
            "Let $m$ be the ${word}$ of the finitely many rates ${rates}${where}.",
            word=word,
            rates=rates,
            where=where,
        ),
        (
            Message(
                "The term with rate $m$ is a positive constant times $e^{{{variable} m}}$, "
                "and none is more than a constant times that; so the sum lies between "
                r"{most} with $0 < c \leq C$ that do not depend on ${variable}$.",
                variable=variable,
                most=most,
            )
        ),
        (
            Message(
                r"Hence $\frac{{1}}{{{variable}}} \log$ of the sum differs from $m$ by at "
                r"most a constant over $|{variable}|$, which tends to 0 as ${variable} \to "
                "{toward}$.",
                variable=variable,
                toward=toward,
            )
        ),
    )


def _range(claim: Claim, running: Expr) -> str:
    latex = claim.reader.latex_of
    ((letter, lower, upper),) = running.limits
    return rf"{latex(lower)} \leq {latex(letter)} \leq {latex(upper)}"
