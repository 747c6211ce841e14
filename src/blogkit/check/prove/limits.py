r"""Limits: proved by the squeeze for log-sum-exp or by Gruntz's algorithm.

Each limit in the claim is replaced by its value, then both sides are compared in normal form.
SymPy's Gruntz counts as fallible: the function must come near the value numerically (Gruntz 1996).
"""

from dataclasses import replace

from sympy import Expr, Integral, Limit, Product, Sum, default_sort_key
from sympy import limit as sympy_limit
from sympy.core.function import AppliedUndef

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.approach import approaches
from blogkit.check.prove.polynomials import form_of, is_zero
from blogkit.check.prove.sampling import proved
from blogkit.check.prove.tropical import Squeeze, squeeze
from blogkit.check.question import Question
from blogkit.language import Message


@method
def prove_limit(question: Question) -> Proved | Open:
    """Whether the limits of an equation have the values that it says.

    Args:
        question: An equation that holds at least one limit.
    """
    claim = read_claim(question)
    limits = sorted((claim.left - claim.right).atoms(Limit), key=default_sort_key)
    if claim.sign != "=" or not limits:
        return Open(Message("the claim is no equation with a limit"))
    steps: list[str] = []
    method = Message("squeeze")
    values: dict[Expr, Expr] = {}
    for limit in limits:
        found = squeeze(limit, claim)
        if found is None:
            found = by_gruntz(limit, claim)
            method = Message("Gruntz's algorithm, checked numerically")
        if found is None:
            return Open(Message("a limit has no known value"))
        values[limit] = found.value
        steps += found.steps
    settled = replace(claim, left=claim.left.xreplace(values), right=claim.right.xreplace(values))
    if not is_zero(form_of(settled), settled):
        return Open(
            Message("the value of the limit and the other side have different normal forms")
        )
    return proved(claim, method, steps, settled=settled)


def by_gruntz(limit: Expr, claim: Claim) -> Squeeze | None:
    """The value of a limit by SymPy, where the function comes near it numerically."""
    body, name, point, side = limit.args
    if body.has(Sum, Product, Integral, AppliedUndef) or body.count_ops() > 60:
        return None
    values = set()
    for direction in ("+", "-") if str(side) == "+-" and point.is_finite else (str(side),):
        try:
            values.add(sympy_limit(body, name, point, direction))
        except (ValueError, NotImplementedError, TypeError, RecursionError, ZeroDivisionError):
            return None
    if len(values) != 1:
        return None
    (value,) = values
    if not value.is_finite or value.has(name) or not approaches(limit, value):
        return None
    shown = claim.reader.latex_of(value)
    return Squeeze(value, (Message("Gruntz's algorithm gives the limit ${shown}$.", shown=shown),))
