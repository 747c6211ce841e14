r"""Statements without free symbols: by exact arithmetic, balls, or minimal polynomials.

`\pi < \frac{22}{7}` holds because the balls of both sides lie apart; `\sqrt{3 + 2\sqrt2} = 1 +
\sqrt2` because the minimal polynomial of the difference is x.
"""

from typing import Final

from sympy import Add, Expr, I, Mul, Pow, Rational, minimal_polynomial, preorder_traversal
from sympy.abc import x
from sympy.polys.polyerrors import NotAlgebraic

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.angles import is_sum_of_angles
from blogkit.check.question import Question
from blogkit.formula import Call, variables, walk
from blogkit.language import Message
from blogkit.meaning.balls import Evaluation, Missing, Truth, Uncertain, Unsupported, precision
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.statements.kinds import KNOWN_FUNCTIONS

BITS: Final = (64, 333, 1100)
"""Precisions in which the balls are computed."""
_MAX_DEGREE: Final = 24


@method
def prove_by_evaluation(question: Question) -> Proved | Open:
    """Whether a statement without free symbols is seen to be true.

    Args:
        question: Any statement; only one about certain numbers is looked at.
    """
    names = {name.name for name in variables(question.claim).free}
    if names - KNOWN_FUNCTIONS or question.facts.definitions:
        return Open(Message("the statement has free symbols"))
    bits = _certain_bits(question)
    if bits:
        step = Message("In balls of {bits} bits the two sides compare as stated.", bits=bits)
        return Proved(Message("evaluation in exact or ball arithmetic"), steps=(step,))
    claim = read_claim(question)
    if claim.sign not in ("=", "≤", "≥") or claim.conditions:
        return Open(Message("no precision told the sides apart"))
    return _equal_numbers(claim)


def _certain_bits(question: Question) -> int:
    """The precision in which the statement is certainly true; 0 where it is in none."""
    is_complex = question.facts.field_ == "complex"
    has_company = any(isinstance(node, Call) for node in walk(question.claim))
    for bits in BITS:
        with precision(bits):
            evaluation = Evaluation({}, is_complex=is_complex, has_company=has_company)
            try:
                if evaluation.truth(question.claim) is Truth.TRUE:
                    return bits
            except Uncertain:
                continue
            except (Undefined, Unsupported, Missing):
                return 0
    return 0


def _equal_numbers(claim: Claim) -> Proved | Open:
    """Equality of algebraic numbers, or of sums of arctangents and multiples of pi."""
    difference = claim.left - claim.right
    if difference.free_symbols:
        return Open(Message("the statement has free symbols"))
    if is_algebraic_zero(difference):
        step = Message("The minimal polynomial of left minus right over the rational numbers is x.")
        return Proved(Message("minimal polynomial"), steps=(step,))
    if is_sum_of_angles(difference):
        step = Message(
            "The product of the Gaussian numbers q + pi has argument 0 exactly, and "
            "left minus right is too small to be another multiple of the half turn."
        )
        return Proved(Message("product of Gaussian numbers"), steps=(step,))
    return Open(Message("the two numbers are not seen to be equal"))


def is_algebraic_zero(number: Expr) -> bool:
    """Whether an algebraic number is zero; False also where it is not seen to be algebraic."""
    degree = 1
    for part in number.atoms(Pow):
        if not part.exp.is_Rational:
            return False
        degree *= int(part.exp.q)
    allowed = (Add, Mul, Pow, Rational)
    if degree > _MAX_DEGREE or not all(_is_allowed(part, allowed, I) for part in _parts(number)):
        return False
    try:
        return bool(minimal_polynomial(number, x) == x)
    except (NotAlgebraic, NotImplementedError, ZeroDivisionError):
        return False


def _parts(number: Expr) -> list[Expr]:
    return list(preorder_traversal(number))


def _is_allowed(part: Expr, kinds: tuple[type, ...], unit: Expr) -> bool:
    return part == unit or isinstance(part, kinds)
