r"""Integrals by the fundamental theorem: an antiderivative, checked by deriving it.

SymPy proposes F; that `F' = f` is proved in normal form, and that every part of F and f is defined
on the whole closed range follows from known signs; then the integral is `F(b) - F(a)`. At an
infinite end F must have a limit, which Gruntz's algorithm gives and evaluation confirms.
"""

from dataclasses import replace

import sympy as sp
from sympy import Expr

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.algebra.signs import Order, is_known
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.limits import by_gruntz
from blogkit.check.prove.polynomials import form_of, is_zero
from blogkit.check.prove.rewriting import normal_form
from blogkit.check.prove.sampling import proved
from blogkit.check.question import Question
from blogkit.language import Message

_MAX_OPERATIONS = 25


@method
def prove_integral(question: Question) -> Proved | Open:
    """Whether an equation holds once its integrals are computed.

    Args:
        question: An equation that holds a definite integral.
    """
    try:
        claim = read_claim(question)
        return _prove(claim)
    except ZeroDivisionError:
        return Open(Message("a division by zero"))


def _prove(claim: Claim) -> Proved | Open:
    integrals = sorted((claim.left - claim.right).atoms(sp.Integral), key=sp.default_sort_key)
    if claim.sign != "=" or not integrals:
        return Open(Message("the claim is no equation with an integral"))
    values, steps = {}, []
    for integral in integrals:
        found = _value(integral, claim)
        if found is None:
            return Open(Message("an integral has no antiderivative that can be checked"))
        antiderivative, values[integral] = found
        steps.append(
            Message(
                "${antiderivative}$ has the integrand as its derivative, and is defined on "
                "the whole range.",
                antiderivative=claim.reader.latex_of(antiderivative),
            )
        )
    settled = replace(claim, left=claim.left.xreplace(values), right=claim.right.xreplace(values))
    if not is_zero(form_of(settled), settled):
        return Open(
            Message("the value of the integral and the other side have different normal forms")
        )
    return proved(claim, Message("fundamental theorem"), steps, settled=settled)


def _value(integral: Expr, claim: Claim) -> tuple[Expr, Expr] | None:
    """An antiderivative and the value of the integral."""
    if len(integral.limits) != 1 or integral.function.count_ops() > _MAX_OPERATIONS:
        return None
    body = integral.function
    ((name, lower, upper),) = integral.limits
    if not _is_plain(body):
        return None
    try:
        found = sp.integrate(body, name)
    except (ValueError, TypeError, NotImplementedError, RecursionError):
        return None
    orders = _orders(lower, name, upper, claim)
    if (
        found.has(sp.Integral)
        or not _is_plain(found)
        or not _derives(claim, found, name, body, orders)
    ):
        return None
    if not all(is_analytic(part, orders) for part in (found, body)):
        return None
    ends = [_end(found, name, end, claim) for end in (lower, upper)]
    if ends[0] is None or ends[1] is None:
        return None
    return found, ends[1] - ends[0]


def _orders(lower: Expr, name: Expr, upper: Expr, claim: Claim) -> list[Order]:
    """Where the variable lies; nothing is known of it where the ends may be in reverse order."""
    if not (upper - lower).is_infinite and not claim.is_known(upper - lower, "≥"):
        return []
    pairs = [(lower, name), (name, upper)]
    return [pair for pair in pairs if not any(end.is_infinite for end in pair)]


def _is_plain(part: Expr) -> bool:
    """Whether only functions occur that are analytic wherever they are defined."""
    allowed = (sp.exp, sp.log, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.erf)
    return all(isinstance(call, allowed) for call in part.atoms(sp.Function))


def _derives(claim: Claim, found: Expr, name: Expr, body: Expr, orders: list[Order]) -> bool:
    """Whether the derivative of what was found is the integrand."""

    def knows(part: Expr, sign: str, more: object = ()) -> bool:
        return claim.is_known(part, sign, orders)

    form = normal_form(knows, is_real=claim.is_real)
    return form.is_zero(found.diff(name) - body)


def is_analytic(part: Expr, orders: list[Order]) -> bool:
    """Whether a function is analytic for all values that satisfy the orders.

    All bases of negative or broken powers and all arguments of logarithms must have a safe sign.
    """
    if not _is_plain(part):
        return False
    for power in part.atoms(sp.Pow):
        base, exponent = power.as_base_exp()
        if exponent.is_Integer and exponent < 0 and not _is_apart(base, orders):
            return False
        if not exponent.is_Integer and not is_known(base, ">", orders):
            return False
    return all(is_known(call.args[0], ">", orders) for call in part.atoms(sp.log))


def _is_apart(part: Expr, orders: list[Order]) -> bool:
    return any(is_known(part, sign, orders) for sign in (">", "<", "≠"))


def _end(found: Expr, name: Expr, end: Expr, claim: Claim) -> Expr | None:
    """The value of an antiderivative at an end, or its limit there."""
    if not end.is_infinite:
        return found.subs(name, end)
    limit = by_gruntz(sp.Limit(found, name, end, "-"), claim)
    return None if limit is None else limit.value
