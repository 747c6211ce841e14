r"""Proof of identities by the normal form: a rational function of atoms that is zero.

It proves what is algebra once exponentials, roots, logarithms, factorials, absolute values and sums
are taken as atoms.
"""

from dataclasses import replace

from sympy.polys.polyerrors import PolynomialError

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.forms import Form
from blogkit.check.prove.rewriting import normal_form
from blogkit.check.prove.sampling import proved
from blogkit.check.question import Question
from blogkit.language import Message

METHOD = Message("polynomial identity in atoms")


@method
def prove_identity(question: Question) -> Proved | Open:
    """Whether both sides have the same normal form.

    Args:
        question: A relation; `=`, or `≤` and `≥` where both sides are even equal.

    Cost: grows with the number of terms of the sides multiplied out; bounded.
    """
    claim = read_claim(question)
    return prove_claim(claim)


def prove_claim(claim: Claim) -> Proved | Open:
    """The same for a claim that was read."""
    if claim.sign not in ("=", "≤", "≥"):
        return Open(Message("a polynomial identity proves no {sign}", sign=claim.sign))
    claim = _with_equations(claim)
    form = form_of(claim)
    conclusion = Message("Left minus right, as a rational function of its atoms, is zero.")
    if not is_zero(form, claim):
        if not _are_squares_equal(form, claim):
            return Open(Message("the normal forms of the two sides differ"))
        conclusion = Message(
            "Neither side is negative, and their squares have the same normal form."
        )
    steps = [*(Message("Rule used: {rule}.", rule=rule) for rule in sorted(form.rules)), conclusion]
    return proved(claim, METHOD, steps)


def _with_equations(claim: Claim) -> Claim:
    """The claim with the values that the facts give to symbols put in."""
    for each in claim.hypotheses:
        if each.sign != "=":
            continue
        for name in sorted(each.part.free_symbols, key=str):
            rest = (name - each.part).expand()
            if not rest.has(name) and (claim.left - claim.right).has(name):
                left, right = claim.left.subs(name, rest), claim.right.subs(name, rest)
                claim = replace(claim, left=left, right=right)
                break
    return claim


def _are_squares_equal(form: Form, claim: Claim) -> bool:
    """Whether both sides are known not to be negative and have equal squares."""
    if not all(claim.is_known(side, "≥") for side in (claim.left, claim.right)):
        return False
    return is_zero(form, replace(claim, left=claim.left**2, right=claim.right**2))


def form_of(claim: Claim) -> Form:
    """A normal form that knows what the claim knows."""
    return normal_form(claim.is_known, is_real=claim.is_real)


def is_zero(form: Form, claim: Claim) -> bool:
    """Whether left minus right vanishes, with exact divisions by zero counted as no."""
    try:
        return form.is_zero(claim.left - claim.right)
    except (ZeroDivisionError, PolynomialError):
        return False
