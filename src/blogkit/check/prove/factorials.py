r"""Factorials in normal form: all as Gamma, one atom for each class of arguments that differ by
whole numbers, `\Gamma(a + k) = a (a+1) \cdots (a+k-1) \Gamma(a)`.

A quotient of Gammas stands for a binomial coefficient only where no pole can occur.
"""

from sympy import Expr, Mul, Rational, cancel, rf
from sympy import factorial as factorial_
from sympy import gamma as gamma_

from blogkit.check.prove.forms import Form
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable

MAX_SHIFT = 40
"""Arguments of Gamma that are further apart are not related."""


def gamma(form: Form, expression: Expr) -> Expr:
    """Gamma of an argument, over Gamma of an older argument a whole number away."""
    (argument,) = expression.args
    inner = form.form(argument)
    for name, atom in form.of_kind("gamma"):
        (old,) = atom.parts
        shift = whole_difference(form, inner, old)
        if shift is not None:
            form.rules.add("n! = n (n-1)!")
            return name * rising(old, shift)
    return form.atom("gamma", (inner,), expression)


def whole_difference(form: Form, one: Expr, other: Expr) -> int | None:
    """The difference of two forms where it is a whole number."""
    difference = one - other
    if not difference.is_Integer:
        difference = cancel(difference) if not difference.is_Rational else difference
    if not difference.is_Integer:
        return None
    if abs(difference) > MAX_SHIFT:
        raise NotApplicable(Message("two factorials are too far apart"))
    return int(difference)


def rising(start: Expr, count: int) -> Expr:
    """The product start (start+1) ⋯ with so many factors; a quotient for a negative count."""
    if count >= 0:
        return Mul(*(start + step for step in range(count)))
    return 1 / Mul(*(start - step for step in range(1, -count + 1)))


def factorial(form: Form, expression: Expr) -> Expr:
    """A factorial as Gamma."""
    return form.form(gamma_(expression.args[0] + 1))


def binomial(form: Form, expression: Expr) -> Expr | None:
    """A binomial coefficient as a polynomial, or by factorials where none has a pole."""
    above, below = expression.args
    if below.is_Integer and 0 <= below <= MAX_SHIFT:
        return form.form(_falling(above, int(below)))
    is_inside = form.is_known(below, "≥") and form.is_known(above - below, "≥")
    if not (
        is_inside or (below.is_integer and form.is_known(below, "≥") and _is_free(form, above))
    ):
        return None
    form.rules.add(Message("binomial coefficients by factorials"))
    return form.form(gamma_(above + 1) / gamma_(below + 1) / gamma_(above - below + 1))


def _falling(start: Expr, count: int) -> Expr:
    return Mul(*(start - step for step in range(count))) * Rational(1, factorial_(count))


def _is_free(form: Form, part: Expr) -> bool:
    """Whether a part moves through a continuum, so that poles are isolated and both sides, being
    polynomials in it, agree there too."""
    return (
        any(symbol.is_integer is None and symbol.is_number is False for symbol in part.free_symbols)
        and not part.is_integer
    )


def running_factorial(form: Form, expression: Expr) -> Expr | None:
    """A rising or falling factorial as a product, or as a quotient of Gammas."""
    base, count = expression.args
    if not isinstance(expression, rf):
        base = base - count + 1
    if count.is_Integer and 0 <= count <= MAX_SHIFT:
        return form.form(rising(base, int(count)))
    if not (count.is_integer and (form.is_known(base, ">") or _is_free(form, base))):
        return None
    return form.form(gamma_(base + count) / gamma_(base))
