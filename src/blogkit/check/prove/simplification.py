"""Proof of identities by SymPy: the difference of both sides simplified to exactly zero.

SymPy is taken as fallible: a zero counts only if the sides also agree at many points, and parts
whose meaning it has its own view of (sums, limits, integrals) are not given to it. It may take
long.
"""

from collections.abc import Iterator

import sympy
from sympy import Expr, Integral, Limit, Piecewise, Product, Sum, arg, ceiling, floor

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.sampling import proved
from blogkit.check.question import Question
from blogkit.language import Message

METHOD = Message("simplification by SymPy")
_MAX_OPERATIONS = 150


@method
def prove_by_simplification(question: Question) -> Proved | Open:
    """Whether SymPy's simplification turns the difference of both sides into zero.

    Args:
        question: An equation.
    """
    claim = read_claim(question)
    if claim.sign != "=":
        return Open(Message("simplification proves no {sign}", sign=claim.sign))
    reason = _reason_against(claim)
    if reason is not None:
        return Open(reason)
    name = _simplifier(claim.left - claim.right)
    if name is None:
        return Open(Message("SymPy does not simplify the difference to zero"))
    step = Message(
        "SymPy's {name} turns left minus right into 0; both sides agree at 12 points.", name=name
    )
    return proved(claim, METHOD, [step], wanted=12)


def _reason_against(claim: Claim) -> str | None:
    for side in (claim.left, claim.right):
        if side.has(Integral, Limit, Piecewise, Product, Sum, floor, ceiling, arg):
            return Message("a part is not given to SymPy's simplification")
        if side.count_ops() > _MAX_OPERATIONS:
            return Message("a side is too long for SymPy's simplification")
    return None


def _simplifier(difference: Expr) -> str | None:
    """The name of the first simplifier that gives zero."""
    for name, simplified in _simplified(difference):
        if simplified == 0:
            return name
    return None


def _simplified(difference: Expr) -> Iterator[tuple[str, Expr]]:
    for name in ("expand_func", "trigsimp", "gammasimp", "combsimp", "radsimp", "simplify"):
        try:
            yield name, getattr(sympy, name)(difference)
        except (ValueError, TypeError, ZeroDivisionError, NotImplementedError, RecursionError):
            continue
        except sympy.polys.polyerrors.PolynomialError:
            continue
    yield Message("simplify after expand"), sympy.simplify(sympy.expand(difference, complex=False))
