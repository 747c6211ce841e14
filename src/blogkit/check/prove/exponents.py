r"""Powers and exponentials in normal form: `e^{a+b} = e^a e^b`, `(xy)^a = x^a y^a` where that
holds.

For principal branches `b^e = \exp(e \log b)`, hence `b^{e+f} = b^e b^f` for every `b \neq 0`; a
product is taken apart only for whole exponents or factors that are not negative.
"""

from sympy import Abs, E, Expr, I, Mul, Pow, S, exp, pi

from blogkit.check.prove.factoring import factored, prime_powers
from blogkit.check.prove.forms import Form, absolute_of, is_real_part
from blogkit.check.prove.fractions import MAX_POWER
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable


def imaginary_unit(form: Form, expression: Expr) -> Expr:
    r"""`i = e^{i\pi/2}`, a square root of the half turn."""
    return half_turn(form) ** S.Half


def half_turn(form: Form) -> Expr:
    r"""The atom of `e^{i\pi}`, whose powers are roots of unity."""
    return form.atom("turn", (), S.NegativeOne)


def exponential(form: Form, expression: Expr) -> Expr:
    """An exponential as a product over the terms of its exponent."""
    terms = form.terms(form.form(expression.args[0]))
    if len(terms) > 1:
        form.rules.add(Message("the exponential of a sum is the product of the exponentials"))
    return Mul(*(_exponential_of_term(form, *term) for term in terms))


def _exponential_of_term(form: Form, coefficient: Expr, monomial: Expr) -> Expr:
    turned = _turns(form, coefficient, monomial)
    if turned is not None:
        return turned
    logarithm = _logarithm_in(form, monomial)
    if logarithm is not None:
        rest = coefficient * monomial / logarithm
        (inner,) = form.atoms[logarithm].meaning.args
        return power_of(form, form.atoms[logarithm].parts[0], inner, rest)
    atom = form.atom("exp", (monomial,), exp(form.meaning(monomial)))
    return atom**coefficient


def _logarithm_in(form: Form, monomial: Expr) -> Expr | None:
    """A logarithm that is a factor of a monomial with exponent one."""
    for factor in monomial.as_ordered_factors():
        atom = form.atoms.get(factor)
        if atom is not None and atom.kind == "log":
            return factor
    return None


def _turns(form: Form, coefficient: Expr, monomial: Expr) -> Expr | None:
    r"""`e^{i\pi c m}` for a whole number m: a root of unity."""
    if not form.of_kind("turn"):
        return None
    rest = monomial / (form.form(I) * form.form(pi))
    if rest == 1:
        return half_turn(form) ** coefficient
    meaning = form.meaning(rest)
    if meaning.has(I, pi) or not meaning.is_integer:
        return None
    return form.atom("sign", (rest,), (-1) ** meaning) ** coefficient


def power(form: Form, expression: Expr) -> Expr:
    """A power in normal form."""
    base, exponent = expression.args
    if base == E:
        return exponential(form, exp(exponent, evaluate=False))
    inner = form.form(base)
    if exponent.is_Integer:
        if abs(exponent) > MAX_POWER and inner.is_Add:
            raise NotApplicable(Message("a sum has too high a power"))
        if inner == 0 and exponent < 0:
            raise ZeroDivisionError
        return inner**exponent
    return power_of(form, inner, base, form.form(exponent))


def power_of(form: Form, inner: Expr, base: Expr, exponent: Expr) -> Expr:
    """A power of a form.

    Args:
        form: Where its atoms live.
        inner: Form of the base.
        base: The base itself.
        exponent: Form of the exponent.
    """
    if inner == 0:
        raise ZeroDivisionError
    if exponent.is_Integer:
        return inner**exponent
    is_whole = bool(form.meaning(exponent).is_integer)
    content, factors = factored(form, inner)
    split, rest = _split(form, factors, is_whole)
    is_negative = content < 0
    done = [
        _atomic_power(form, prime, count * exponent) for prime, count in prime_powers(abs(content))
    ]
    done += [_atomic_power(form, factor, count * exponent) for factor, count in split]
    if rest:
        left = Mul(*(factor**count for factor, count in rest)) * (-1 if is_negative else 1)
        done.append(_atomic_power(form, left, exponent))
    elif is_negative:
        done.append(_sign_power(form, exponent))
    return Mul(*done)


def _sign_power(form: Form, exponent: Expr) -> Expr:
    r"""`(-1)^e = e^{i\pi e}`."""
    turn = form.form(I) * form.form(pi)
    return Mul(*(_exponential_of_term(form, *term) for term in form.terms(turn * exponent)))


def _split(
    form: Form, factors: list[tuple[Expr, Expr]], is_whole: bool
) -> tuple[list[tuple[Expr, Expr]], list[tuple[Expr, Expr]]]:
    """The factors whose powers may be taken one by one, and the rest."""
    split, rest = [], []
    for factor, count in factors:
        if (is_whole and count.is_Integer) or form.is_known(form.meaning(factor), "≥"):
            split.append((factor, count))
        elif count.is_Integer and count % 2 == 0 and _is_real(form, factor):
            split.append((_absolute(form, factor), count))
        else:
            rest.append((factor, count))
    return split, rest


def _is_real(form: Form, factor: Expr) -> bool:
    return is_real_part(form, form.meaning(factor))


def _absolute(form: Form, factor: Expr) -> Expr:
    return absolute_of(form, factor, Abs(form.meaning(factor)))


def _atomic_power(form: Form, base: Expr, exponent: Expr) -> Expr:
    """A power of one factor: over the terms of the exponent, `b^{e+f} = b^e b^f`."""
    return Mul(*(_power_of_term(form, base, *term) for term in form.terms(exponent)))


def _power_of_term(form: Form, base: Expr, coefficient: Expr, monomial: Expr) -> Expr:
    if monomial == 1:
        return _rational_power(form, base, coefficient)
    atom = form.atoms.get(base)
    if atom is not None and atom.kind == "exp" and form.is_known(atom.meaning, ">"):
        terms = form.terms(atom.parts[0] * monomial * coefficient)
        return Mul(*(_exponential_of_term(form, *term) for term in terms))
    meaning = Pow(form.meaning(base), form.meaning(monomial))
    return form.atom("power", (base, monomial), meaning) ** coefficient


def _rational_power(form: Form, base: Expr, exponent: Expr) -> Expr:
    if exponent.is_Integer:
        return base**exponent
    atom = form.atoms.get(base)
    if atom is not None and (
        atom.kind not in ("exp", "turn", "sign", "power") or form.is_known(atom.meaning, ">")
    ):
        return base**exponent
    found = form.atom("base", (base,), form.meaning(base))
    return found**exponent
