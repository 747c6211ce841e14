r"""Finite sums and products, and greatest members, in normal form.

A sum over `i = a, …, b` is shifted to start at 0, taken apart by linearity, and freed of what does
not depend on `i`; what is left is an atom for each monomial and range. Sums of the same monomial
over ranges that differ by a few terms are one atom and those terms. Infinite sums are left whole:
linearity would need convergence.
"""

from sympy import Add, Expr, Mul, Product, S, Sum, Symbol, bernoulli, exp

from blogkit.check.algebra.signs import outermost
from blogkit.check.prove.exponents import power_of
from blogkit.check.prove.factorials import whole_difference
from blogkit.check.prove.factoring import factored
from blogkit.check.prove.forms import Form
from blogkit.check.prove.relations import Atom
from blogkit.language import Message


def _shifted(expression: Expr) -> tuple[Expr, Expr, Expr] | None:
    """The term as a function of a letter from 0, the letter, and its last value."""
    body, (name, lower, upper) = outermost(expression)
    if lower.is_infinite or upper.is_infinite:
        return None
    letter = _from_zero(name)
    return body.subs(name, letter + lower), letter, upper - lower


def _from_zero(name: Expr) -> Expr:
    """The letter for a bound variable once it starts at zero."""
    return Symbol(f"{name.name.removesuffix(':0')}:0", integer=True, nonnegative=True)


def _whole(form: Form, expression: Expr) -> Expr:
    return form.atom("plain", (expression,), expression)


def total(form: Form, expression: Expr) -> Expr:
    """A finite sum, by linearity."""
    shifted = _shifted(expression)
    if shifted is None:
        return _whole(form, expression)
    body, letter, last = shifted
    length = form.form(last)
    if length.is_Integer and length == -1:
        return length - length
    found = []
    for coefficient, monomial in form.terms(form.below(body, letter, last)):
        moving, fixed = _parted(form, monomial, letter)
        found.append(coefficient * fixed * _sum_of(form, moving, letter, length, last))
    if len(found) > 1:
        form.rules.add(Message("sums are linear"))
    return Add(*found)


def _parted(form: Form, monomial: Expr, letter: Expr) -> tuple[Expr, Expr]:
    """The factors of a monomial that depend on the letter, and the others."""
    moving: list[Expr] = []
    fixed: list[Expr] = []
    for factor in Mul.make_args(monomial):
        (moving if form.meaning(factor).has(letter) else fixed).append(factor)
    return Mul(*moving), Mul(*fixed)


def _sum_of(form: Form, moving: Expr, letter: Expr, length: Expr, last: Expr) -> Expr:
    """The sum of a monomial for the letter from 0 to a last value."""
    moving, letter = _renamed(form, moving, letter, last)
    is_forward = form.is_known(last + 1, "≥")
    index = form.form(letter)
    if is_forward and _is_power(moving, index):
        return _sum_of_powers(moving, index, length)
    for name, atom in form.of_kind("sum"):
        if not form._are_equal(atom.parts[:1], (moving,)):
            continue
        rest = _rest(form, atom, moving, letter, length, last)
        if rest is not None:
            return name + rest
    meaning = Sum(form.meaning(moving), (letter, 0, last))
    return form.atom("sum", (moving, length), meaning)


def _renamed(form: Form, moving: Expr, letter: Expr, last: Expr) -> tuple[Expr, Expr]:
    """A monomial with its letter named by the binders that are left inside it.

    A factor with a binder of its own may have been taken out; the name then is too high.
    """
    meaning = form.meaning(moving)
    inside = [each.args[1][0].name for each in meaning.atoms(Sum, Product)]
    height = 1 + max((int(name[1:].split(":")[0]) for name in inside), default=0)
    lower = _from_zero(letter.func(f"@{height}"))
    if lower.name == letter.name or meaning.has(lower):
        return moving, letter
    return form.below(meaning.subs(letter, lower), lower, last), lower


def _is_power(moving: Expr, index: Expr) -> bool:
    base, exponent = moving.as_base_exp()
    return bool(moving == 1 or (base == index and exponent.is_Integer and 0 < exponent <= 20))


def _sum_of_powers(moving: Expr, index: Expr, length: Expr) -> Expr:
    """Faulhaber's polynomial for the sum of m^p with m from 0 to a last value."""
    power = 0 if moving == 1 else int(moving.as_base_exp()[1])
    if power == 0:
        return length + 1
    upper = bernoulli(power + 1, length + 1) - bernoulli(power + 1, S.Zero)
    return upper / (power + 1)


def _rest(
    form: Form, atom: Atom, moving: Expr, letter: Expr, length: Expr, last: Expr
) -> Expr | None:
    """What a sum has beyond an older one of the same terms, if that is a few terms."""
    old = atom.parts[1]
    shift = whole_difference(form, length, old)
    if shift is None:
        return None
    if shift and not form.is_known(last - max(shift, 0) + 1, "≥"):
        return None
    return Add(*_terms_between(form, moving, letter, old, shift))


def _terms_between(form: Form, moving: Expr, letter: Expr, old: Expr, shift: int) -> list[Expr]:
    meaning, end = form.meaning(moving), form.meaning(old)
    steps = range(1, shift + 1) if shift >= 0 else range(shift + 1, 1)
    sign = 1 if shift >= 0 else -1
    return [sign * form.form(meaning.subs(letter, end + step)) for step in steps]


def product(form: Form, expression: Expr) -> Expr:
    """A finite product, factor by factor."""
    shifted = _shifted(expression)
    if shifted is None:
        return _whole(form, expression)
    body, letter, last = shifted
    length = form.form(last)
    if not form.is_known(last + 1, "≥"):
        return _whole(form, expression)
    content, factors = factored(form, form.below(body, letter, last))
    found = [_constant_power(form, content, length)]
    for factor, count in factors:
        if form.meaning(factor).has(letter):
            found.append(_product_of(form, factor, letter, length, last) ** count)
        else:
            found.append(_constant_power(form, factor**count, length))
    return Mul(*found)


def _constant_power(form: Form, factor: Expr, length: Expr) -> Expr:
    if factor == 0:
        raise ZeroDivisionError
    return power_of(form, factor, form.meaning(factor), length + 1)


def _product_of(form: Form, factor: Expr, letter: Expr, length: Expr, last: Expr) -> Expr:
    """The product of one factor for the letter from 0 to a last value."""
    atom = form.atoms.get(factor)
    if atom is not None and atom.kind == "exp":
        return form.form(exp(Sum(form.meaning(atom.parts[0]), (letter, 0, last))))
    for name, old in form.of_kind("product"):
        if not form._are_equal(old.parts[:1], (factor,)):
            continue
        shift = whole_difference(form, length, old.parts[1])
        if shift is not None:
            if shift >= 0:
                return name * Mul(*_terms_between(form, factor, letter, old.parts[1], shift))
            later = _terms_between(form, factor, letter, length, -shift)
            if all(form.is_known(form.meaning(each), "≠") for each in later):
                return name / Mul(*later)
    meaning = Product(form.meaning(factor), (letter, 0, last))
    return form.atom("product", (factor, length), meaning)


def greatest(form: Form, expression: Expr) -> Expr | None:
    r"""The greatest member of a family: `\min f = -\max(-f)`, over the shifted range."""
    name = str(expression.func)
    if name not in ("greatest", "least"):
        return None
    body, bound, lower, upper = expression.args
    letter = _from_zero(bound)
    sign = 1 if name == "greatest" else -1
    inner = form.below(sign * body.subs(bound, letter + lower), letter, upper - lower)
    scale, rest = _scaled(form, inner, letter)
    meaning = expression.func(body / form.meaning(scale), bound, lower, upper)
    found = form.atom("greatest", (rest, form.form(upper - lower)), sign * meaning)
    return sign * scale * found


def _scaled(form: Form, inner: Expr, letter: Expr) -> tuple[Expr, Expr]:
    """A positive factor that does not depend on the letter, and the rest."""
    terms = form.terms(inner)
    if len(terms) != 1:
        return S.One, inner
    coefficient, monomial = terms[0]
    _, fixed = _parted(form, monomial, letter)
    if not form.is_known(form.meaning(fixed), ">"):
        fixed = S.One
    scale = abs(coefficient) * fixed
    return scale, inner / scale
