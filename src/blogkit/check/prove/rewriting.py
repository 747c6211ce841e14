r"""What the normal form does with each kind of function.

One table: SymPy classes and a rule `(form, expression) -> form | None`; None leaves the expression
an atom. A rule must be an identity wherever the expression is defined, for principal branches.
"""

from typing import Final

import sympy as sp
from sympy import Expr
from sympy.core.function import AppliedUndef
from sympy.core.numbers import ImaginaryUnit
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from blogkit.check.prove import exponents, factorials, logarithms, running
from blogkit.check.prove.forms import Form, Knows, Rules, absolute_of, is_real_part
from blogkit.language import Message


def _plain(form: Form, expression: Expr) -> Expr:
    return form.atom("plain", (expression,), expression)


def _by_exponentials(form: Form, expression: Expr) -> Expr | None:
    if form.is_ordered:
        return None
    rewritten = expression.rewrite(sp.exp)
    form.rules.add(Message("trigonometric and hyperbolic functions as exponentials"))
    return None if rewritten == expression else form.form(rewritten)


def _by_logarithms(form: Form, expression: Expr) -> Expr | None:
    r"""`\operatorname{arsinh} x = \log(x + \sqrt{x^2+1})`, and so on (DLMF 4.37.16 to 4.37.24)."""
    (inner,) = expression.args
    if isinstance(expression, sp.asinh):
        return form.form(sp.log(inner + sp.sqrt(inner**2 + 1)))
    if isinstance(expression, sp.acosh):
        return form.form(sp.log(inner + sp.sqrt(inner + 1) * sp.sqrt(inner - 1)))
    return form.form(sp.log(1 + inner) / 2 - sp.log(1 - inner) / 2)


def _by_complex_logarithms(form: Form, expression: Expr) -> Expr | None:
    r"""`\arctan z = \frac{i}{2}(\log(1-iz) - \log(1+iz))` and so on (DLMF 4.23.19 to 4.23.26).

    Not in the field of real numbers, where the argument of a logarithm counts as positive.
    """
    (inner,) = expression.args
    if form.is_real or form.is_ordered:
        return _odd_inverse(form, expression)
    if isinstance(expression, sp.atan):
        return form.form(sp.I * (sp.log(1 - sp.I * inner) - sp.log(1 + sp.I * inner)) / 2)
    arcsine = -sp.I * sp.log(sp.I * inner + sp.sqrt(1 - inner**2))
    return form.form(arcsine if isinstance(expression, sp.asin) else sp.pi / 2 - arcsine)


def _odd_inverse(form: Form, expression: Expr) -> Expr | None:
    if isinstance(expression, sp.acos):
        return form.form(sp.pi / 2) - form.form(sp.asin(expression.args[0]))
    return None


def _absolute(form: Form, expression: Expr) -> Expr | None:
    r"""`|x|^2 = x^2`, or `z \bar{z}` for a complex number."""
    (inner,) = expression.args
    if is_real_part(form, inner):
        return absolute_of(form, form.form(inner), expression)
    if form.is_ordered:
        return None
    value = form.form(inner) * form.form(sp.conjugate(inner))
    return form.atom("square", (value,), expression)


def _part(form: Form, expression: Expr) -> Expr | None:
    (inner,) = expression.args
    if form.is_ordered:
        return None
    here, there = form.form(inner), form.form(sp.conjugate(inner))
    if isinstance(expression, sp.re):
        return (here + there) / 2
    return (here - there) / (2 * form.form(sp.I))


def _sign(form: Form, expression: Expr) -> Expr | None:
    (inner,) = expression.args
    if not form.is_known(inner, "≠"):
        return None
    return form.form(inner) / form.form(sp.Abs(inner))


def _complement(form: Form, expression: Expr) -> Expr:
    return 1 - form.form(sp.erf(expression.args[0]))


def _extremum(form: Form, expression: Expr) -> Expr | None:
    r"""`\max(a, b) = \frac{1}{2}(a + b + |a - b|)`."""
    if not form.is_real or len(expression.args) > 4:
        return None
    first, *rest = sorted(expression.args, key=str)
    other = expression.func(*rest)
    distance = form.form(sp.Abs(first - other))
    half = form.form(first) + form.form(other)
    return (half + distance) / 2 if isinstance(expression, sp.Max) else (half - distance) / 2


_RULES: Final[Rules] = (
    ((ImaginaryUnit,), exponents.imaginary_unit),
    ((sp.Pow,), exponents.power),
    ((sp.exp,), exponents.exponential),
    ((TrigonometricFunction, HyperbolicFunction), _by_exponentials),
    ((sp.log,), logarithms.logarithm),
    ((sp.asinh, sp.acosh, sp.atanh), _by_logarithms),
    ((sp.atan, sp.asin, sp.acos), _by_complex_logarithms),
    ((sp.gamma,), factorials.gamma),
    ((sp.factorial,), factorials.factorial),
    ((sp.binomial,), factorials.binomial),
    ((sp.rf, sp.ff), factorials.running_factorial),
    ((sp.Abs,), _absolute),
    ((sp.re, sp.im), _part),
    ((sp.sign,), _sign),
    ((sp.erfc,), _complement),
    ((sp.Max, sp.Min), _extremum),
    ((sp.Sum,), running.total),
    ((sp.Product,), running.product),
    ((AppliedUndef,), running.greatest),
    ((sp.Piecewise, sp.Tuple), _plain),
)
"""The kinds of expressions and their rules, in order."""


def normal_form(knows: Knows, *, is_real: bool, is_ordered: bool = False) -> Form:
    """A form with all rules; the arguments are those of `Form`."""
    return Form(knows, is_real, _RULES, is_ordered=is_ordered)
