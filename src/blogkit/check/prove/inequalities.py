r"""Proof of inequalities by cases and certificates.

Minima, maxima and absolute values are split into cases; in each, right minus left is one fraction
over atoms, whose denominator has a known sign, and whose numerator is a combination of hypotheses
with coefficients that are not negative. Hypotheses are the facts, the conditions, the case, the
signs of atoms, and known bounds of elementary functions.
"""

from dataclasses import dataclass, replace

from sympy import Expr, S
from sympy.polys.polyerrors import PolynomialError

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.algebra.signs import Condition
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.bounds import bounds_of
from blogkit.check.prove.cases import Case, cases_of
from blogkit.check.prove.certificates import Certificate, Hypothesis, certificate
from blogkit.check.prove.forms import Form
from blogkit.check.prove.relations import reduced_fraction
from blogkit.check.prove.rewriting import normal_form
from blogkit.check.prove.sampling import proved
from blogkit.check.question import Question
from blogkit.language import Message

METHOD = Message("case split and combination of inequalities")
_SIGNS = ("≤", "<", "≥", ">", "=")


@dataclass(frozen=True, slots=True)
class _Proof:
    """Why one case holds."""

    case: Case
    """The case."""
    found: Certificate
    """Why its numerator is not negative."""
    form: Form
    """What its atoms mean."""
    roots: dict[Expr, Expr]
    """What its roots mean."""


@method
def prove_inequality(question: Question) -> Proved | Open:
    """Whether an inequality follows, case by case, from what is known to be positive.

    Args:
        question: An inequality, or an equation between expressions with cases.
    """
    claim = read_claim(question)
    if claim.sign not in _SIGNS:
        return Open(Message("an inequality proves no {sign}", sign=claim.sign))
    if not claim.is_real and not (claim.left - claim.right).is_extended_real:
        return Open(Message("the sides of the inequality may not be real"))
    difference = claim.left - claim.right if claim.sign in ("≥", ">") else claim.right - claim.left
    cases = cases_of(difference, is_real=claim.is_real)
    if cases is None:
        return Open(Message("there are too many cases"))
    if claim.sign == "=" and len(cases) == 1:
        return Open(Message("an equation without cases"))
    proofs = []
    for case in cases:
        proof = _proof_of_case(claim, case)
        if proof is None:
            return Open(Message("no combination of known inequalities gives the claim"))
        proofs.append(proof)
    return proved(claim, METHOD, (_step(claim, proof) for proof in proofs))


def follows(claim: Claim, extra: tuple[Condition, ...]) -> bool:
    """Whether an inequality follows from what is known and from more conditions."""
    difference = claim.left - claim.right if claim.sign in ("≥", ">") else claim.right - claim.left
    cases = cases_of(difference, is_real=claim.is_real)
    more = replace(claim, hypotheses=(*claim.hypotheses, *extra))
    return cases is not None and all(_proof_of_case(more, case) for case in cases)


def _proof_of_case(claim: Claim, case: Case) -> _Proof | None:
    """A proof that the part of a case is at least, or above, zero; or is zero for an equation."""
    form = normal_form(claim.is_known, is_real=claim.is_real, is_ordered=True)
    known = [*_known(claim, case), *case.assumed]
    try:
        if claim.sign == "=":
            return _equal(form, case, known)
        return _positive(form, case, known, is_strict=claim.sign in ("<", ">"))
    except (ZeroDivisionError, PolynomialError):
        return None


def _known(claim: Claim, case: Case) -> list[Condition]:
    """What holds in every case, and the bounds of the functions in this one."""
    found = [
        Condition(case.applied(each.part), each.sign)
        for each in (*claim.hypotheses, *claim.conditions)
    ]
    parts = (case.part, *(each.part for each in case.assumed))
    for part in parts:
        found += bounds_of(part, claim.is_known, is_real=claim.is_real)
    found += [Condition(large - small, "≥") for small, large in claim.orders]
    return [each for each in dict.fromkeys(found) if each.sign != "≠"]


def _positive(form: Form, case: Case, known: list[Condition], *, is_strict: bool) -> _Proof | None:
    roots: dict[Expr, Expr] = {}
    target = reduced_fraction(form.atoms, form.form(case.part), roots)
    stated = [(each.sign, form.form(each.part)) for each in known]
    hypotheses: list[Hypothesis] = []
    for sign, part in stated:
        hypotheses += _as_polynomial(form, part, sign, hypotheses, roots)
    hypotheses += _signs_of_atoms(form, roots)
    real = _real_generators(form, roots)
    hypotheses = [each for each in hypotheses if each.part.free_symbols <= real]
    if not (target[0].free_symbols | target[1].free_symbols) <= real:
        return None
    numerator = _numerator(target, hypotheses)
    found = certificate(numerator, hypotheses, is_strict=is_strict)
    return None if found is None else _Proof(case, found, form, roots)


def _real_generators(form: Form, roots: dict[Expr, Expr]) -> set[Expr]:
    """The generators that stand for real numbers: only their squares are known to be positive."""
    found = set()
    for name, atom in form.atoms.items():
        is_root = name in roots
        generator = roots[name].as_base_exp()[0] if is_root else name
        is_real = form.is_known(atom.meaning, "≥") if is_root else atom.meaning.is_extended_real
        if form.is_real or is_real:
            found.add(generator)
    return found


def _as_polynomial(
    form: Form, part: Expr, sign: str, before: list[Hypothesis], roots: dict[Expr, Expr]
) -> list[Hypothesis]:
    """A hypothesis multiplied by its denominator, or the square of that."""
    fraction = reduced_fraction(form.atoms, part, roots)
    if not fraction[0].free_symbols | fraction[1].free_symbols <= _real_generators(form, roots):
        return []
    signs = [*before, *_signs_of_atoms(form, roots)]
    numerator = fraction[0] if sign == "=" else _numerator(fraction, signs)
    return [] if numerator.is_number else [Hypothesis(numerator, sign)]


def _numerator(fraction: tuple[Expr, Expr], hypotheses: list[Hypothesis]) -> Expr:
    """A polynomial with the sign of a fraction: its numerator where the denominator has a sign."""
    above, below = fraction
    if certificate(below, hypotheses, is_strict=False) is not None:
        return above
    if certificate(-below, hypotheses, is_strict=False) is not None:
        return (-above).expand()
    return (above * below).expand()


def _signs_of_atoms(form: Form, roots: dict[Expr, Expr]) -> list[Hypothesis]:
    """The generators that are known to be positive, or not to be negative."""
    found = []
    for name, atom in form.atoms.items():
        power = roots.get(name)
        generator = power.as_base_exp()[0] if power is not None else name
        if form.is_known(atom.meaning, ">"):
            found.append(Hypothesis(generator, ">"))
        elif form.is_known(atom.meaning, "≥") or power is not None or atom.kind == "square":
            found.append(Hypothesis(generator, "≥"))
    return found


def _equal(form: Form, case: Case, known: list[Condition]) -> _Proof | None:
    """An equation in a case: the same normal form, or both inequalities."""
    if form.is_zero(case.part):
        return _Proof(case, Certificate((), False), form, {})
    for part in (case.part, -case.part):
        found = _positive(form, Case(part, case.assumed), known, is_strict=False)
        if found is None:
            return None
    return found


def _step(claim: Claim, proof: _Proof) -> str:
    """One case as a sentence."""
    latex = claim.reader.latex_of
    words = dict.fromkeys(map(claim.reader.comparison, proof.case.assumed))
    start = (
        Message("In the case ${assumed}$", assumed=", ".join(words))
        if words
        else Message("In every case")
    )
    if not proof.found.parts:
        return Message("{start} both sides are equal.", start=start)
    back = {power.as_base_exp()[0]: name for name, power in proof.roots.items()}
    terms = []
    for value, part in proof.found.parts:
        meaning = proof.form.meaning(_unrooted(part, proof.roots, back))
        factor = "" if value == 1 else f"{value} \\cdot "
        terms.append(f"{factor}({latex(meaning)})")
    return Message(
        "{start} the difference, times a positive denominator, is ${terms}$, and no "
        "term is negative.",
        start=start,
        terms=" + ".join(terms),
    )


def _unrooted(part: Expr, roots: dict[Expr, Expr], back: dict[Expr, Expr]) -> Expr:
    """A polynomial with the generators as roots of atoms."""
    return part.subs(
        {root: name ** (S.One / roots[name].as_base_exp()[1]) for root, name in back.items()}
    )
