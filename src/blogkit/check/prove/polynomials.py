r"""Proof of identities by the normal form: a rational function of atoms that is zero.

It proves what is algebra once exponentials, roots, logarithms, factorials, absolute values and sums
are taken as atoms. SymPy is imported inside functions only.
"""

from blogkit.check.answers import Open, Proved
from blogkit.check.claims import Claim, read_claim
from blogkit.check.prove.forms import Form, TooLargeError
from blogkit.check.prove.sampling import doubt_of
from blogkit.check.question import Question
from blogkit.check.to_sympy import UnreadableError

METHOD = "polynomial identity in atoms"


def prove_identity(question: Question) -> Proved | Open:
    """Whether both sides have the same normal form.

    Args:
        question: A relation; `=`, or `≤` and `≥` where both sides are even equal.

    Cost: grows with the number of terms of the sides multiplied out; bounded.
    """
    try:
        claim = read_claim(question)
        return prove_claim(claim)
    except UnreadableError as error:
        return Open(str(error))
    except TooLargeError as error:
        return Open(str(error))


def prove_claim(claim: Claim) -> Proved | Open:
    """The same for a claim that was read."""
    if claim.sign not in ("=", "≤", "≥"):
        return Open(f"a polynomial identity proves no {claim.sign}")
    form = form_of(claim)
    if not is_zero(form, claim):
        return Open("the normal forms of the two sides differ")
    doubt = doubt_of(claim)
    if doubt is not None:
        return Open(doubt)
    steps = [f"Rule used: {rule}." for rule in sorted(form.rules)]
    steps.append("Left minus right, as a rational function of its atoms, is zero.")
    return Proved(METHOD, conditions=claim.printed, steps=tuple(steps))


def form_of(claim: Claim) -> Form:
    """A normal form that knows what the claim knows."""
    return Form(claim.is_known, is_real=claim.is_real)


def is_zero(form: Form, claim: Claim) -> bool:
    """Whether left minus right vanishes, with exact divisions by zero counted as no."""
    from sympy.polys.polyerrors import PolynomialError

    try:
        return form.is_zero(claim.left - claim.right)
    except (ZeroDivisionError, PolynomialError):
        return False
