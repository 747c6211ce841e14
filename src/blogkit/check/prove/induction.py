r"""Induction over a natural number in a claim: base case and step, each in normal form.

With `D(n)` left minus right: `D(n_0) = 0`, and `D(n+1) - D(n) = 0` or, for products, the quotient
of the sides does not change. For an inequality `D(n+1) \geq 0` must follow from `D(n) \geq 0` by a
certificate. The claim must say the same of n + 1 as of n: no other fact may speak of n.
"""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Integer, Limit, nan, oo, zoo

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.algebra.signs import Condition
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.inequalities import follows
from blogkit.check.prove.polynomials import form_of, is_zero
from blogkit.check.prove.sampling import proved
from blogkit.check.prove.writing_out import written_out
from blogkit.check.question import Question
from blogkit.language import Message

_SIGNS = ("=", "≤", "≥", "<", ">")


@method
def prove_by_induction(question: Question) -> Proved | Open:
    """Whether a claim follows by induction over one of its natural numbers.

    Args:
        question: An equation or inequality.
    """
    claim = read_claim(question)
    if claim.sign not in _SIGNS or (claim.left - claim.right).has(Limit):
        return Open(Message("the claim is no equation or inequality for induction"))
    for number, start in _numbers(claim):
        if _base_holds(claim, number, start) and _step_holds(claim, number):
            name = claim.reader.latex_of(number)
            steps = (
                Message(
                    "Base case: the claim holds for ${name} = {start}$.", name=name, start=start
                ),
                Message(
                    "Step: the difference of the sides for ${name} + 1$ follows from that for "
                    "${name}$.",
                    name=name,
                ),
            )
            return proved(claim, Message("induction"), steps)
    return Open(Message("no induction over a natural number gives the claim"))


def _numbers(claim: Claim) -> Iterator[tuple[Expr, int]]:
    """Natural numbers of the claim with their least values, of which nothing else is said."""
    for tree, known in claim.reader.ranges.items():
        name = claim.reader.atoms[tree]
        if known.kind not in ("natural", "integer") or known.lower is None or known.excluded:
            continue
        if known.upper is not None or not (claim.left - claim.right).has(name):
            continue
        parts = [each.part for each in (*claim.conditions, *claim.hypotheses)]
        if all(part == name - known.lower for part in parts if part.has(name)):
            yield name, int(known.lower)


def _at(claim: Claim, number: Expr, value: Expr) -> Claim:
    """The claim with a value put for a number."""
    sides = [written_out(side.subs(number, value)) for side in (claim.left, claim.right)]
    kept = [each for each in claim.hypotheses if not each.part.has(number)]
    orders = tuple(pair for pair in claim.orders if not any(end.has(number) for end in pair))
    return replace(claim, left=sides[0], right=sides[1], hypotheses=tuple(kept), orders=orders)


def _base_holds(claim: Claim, number: Expr, start: int) -> bool:
    base = _at(claim, number, Integer(start))
    if any(side.has(nan, oo, zoo) for side in (base.left, base.right)):
        return False
    return _holds(base, ())


def _holds(claim: Claim, extra: tuple[Condition, ...]) -> bool:
    if claim.sign == "=":
        return is_zero(form_of(claim), claim)
    return follows(claim, extra)


def _step_holds(claim: Claim, number: Expr) -> bool:
    later = replace(
        claim,
        left=claim.left.subs(number, number + 1),
        right=claim.right.subs(number, number + 1),
    )
    if claim.sign == "=":
        gained = replace(claim, left=later.left - claim.left, right=later.right - claim.right)
        if is_zero(form_of(gained), gained):
            return True
        grown = replace(claim, left=later.left * claim.right, right=later.right * claim.left)
        is_nonzero = claim.is_known(claim.right, "≠")
        return is_nonzero and is_zero(form_of(grown), grown)
    gap = claim.left - claim.right if claim.sign in ("≥", ">") else claim.right - claim.left
    strict = ">" if claim.sign in ("<", ">") else "≥"
    return follows(later, (Condition(gap, strict),))
