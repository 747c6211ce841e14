r"""Logarithms in normal form: `\log(ab) = \log a + \log b` where that holds.

For principal branches a positive factor may always be taken out. Among real numbers the argument of
every logarithm of the claim is positive, so that `\log \prod f_i^{k_i} = \sum k_i \log |f_i|`.
"""

from sympy import Abs, Add, Expr, Mul, log

from blogkit.check.prove.factoring import factored, prime_powers
from blogkit.check.prove.forms import Form, absolute_of, is_real_part
from blogkit.language import Message


def logarithm(form: Form, expression: Expr) -> Expr:
    """The logarithm of an expression as a sum over the factors of its argument."""
    inner = form.form(expression.args[0])
    if inner == 0:
        raise ZeroDivisionError
    content, factors = factored(form, inner)
    positive = [pair for pair in factors if form.is_known(form.meaning(pair[0]), ">")]
    rest = [pair for pair in factors if pair not in positive]
    found = [count * _of_positive(form, prime) for prime, count in prime_powers(abs(content))]
    found += [count * _of_positive(form, factor) for factor, count in positive]
    if len(found) > 1:
        form.rules.add(
            Message("the logarithm of a product of positive factors is the sum of their logarithms")
        )
    sign = -1 if content < 0 else 1
    if rest and form.is_real and all(_is_real(form, factor) for factor, _ in rest):
        found += [_of_real(form, factor, count, sign, len(rest) == 1) for factor, count in rest]
    elif rest or sign < 0:
        left = sign * Mul(*(factor**count for factor, count in rest))
        found.append(_atom(form, left))
    return Add(*found)


def _is_real(form: Form, factor: Expr) -> bool:
    return is_real_part(form, form.meaning(factor))


def _of_real(form: Form, factor: Expr, count: Expr, sign: int, is_alone: bool) -> Expr:
    if is_alone and count.is_Integer and count % 2:
        return count * _atom(form, sign * factor)
    return count * _atom(form, absolute_of(form, factor, Abs(form.meaning(factor))))


def _of_positive(form: Form, factor: Expr) -> Expr:
    """The logarithm of a positive factor: the exponent of an exponential, else an atom."""
    atom = form.atoms.get(factor)
    if atom is not None and atom.kind == "exp":
        return atom.parts[0]
    if atom is not None and atom.kind == "power":
        base, exponent = atom.parts
        if form.is_known(form.meaning(base), ">"):
            return exponent * form.form(log(form.meaning(base)))
    if atom is not None and atom.kind == "base":
        return form.form(log(atom.meaning))
    return _atom(form, factor)


def _atom(form: Form, inner: Expr) -> Expr:
    return form.atom("log", (inner,), log(form.meaning(inner), evaluate=False))
