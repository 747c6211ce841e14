r"""Powers, with what they ask of base and exponent.

Over the real numbers a base below zero asks for an exponent that is an integer by its form, and
`0^0` is 1 only there; over the complex numbers `z^w` is `\exp(w \log z)`.
Imports `functions.py`, `domains.py`, `values.py`.
"""

from flint import fmpq

from blogkit.language import Message
from blogkit.meaning.balls.domains import Operand, require_positive, require_sign
from blogkit.meaning.balls.functions import exp, ln, root
from blogkit.meaning.balls.values import (
    IMAGINARY_UNIT,
    ONE,
    ZERO,
    Exact,
    Value,
    as_integer,
    integer_power,
    is_real,
    is_zero,
    multiply,
    real_part,
    sign_of,
)
from blogkit.meaning.outcomes import Requires, Uncertain, Unsupported

MAX_INTEGER_EXPONENT = 10**12
"""Integer exponents up to this are computed by multiplication."""
MAX_ROOT_DEGREE = 64
"""Rational exponents with a denominator up to this are computed by roots."""


def power(base: Operand, exponent: Operand, *, is_integral: bool) -> Value:
    """`base` to the `exponent`; `is_integral` where the exponent is a closed or integer form.

    Raises:
        Undefined: zero to a power that is not positive, or a negative base over the reals.
        Uncertain: the ball of the base or the exponent does not tell.
    """
    if is_zero(base.value):
        return _power_of_zero(base, exponent, is_integral=is_integral)
    whole = as_integer(exponent.value)
    if whole is not None and (is_integral or base.is_complex or _is_positive(base)):
        return _whole_power(base, whole)
    if not base.is_complex:
        require_positive(base)
    return _principal(base, exponent)


def _is_positive(base: Operand) -> bool:
    return is_real(base.value) and sign_of(base.value) == 1


def _power_of_zero(base: Operand, exponent: Operand, *, is_integral: bool) -> Value:
    if is_zero(exponent.value):
        if is_integral:
            return ONE
        raise Requires(base.tree, r"\neq 0")
    require_sign(
        Operand(real_part(exponent.value), exponent.tree, exponent.is_complex), (1,), "> 0"
    )
    return ZERO


def _whole_power(base: Operand, exponent: int) -> Value:
    if base.value == ONE or exponent == 0:
        return ONE
    if isinstance(base.value, fmpq) and abs(base.value) == 1:
        return integer_power(base.value, exponent % 2)
    if base.value == IMAGINARY_UNIT:
        return integer_power(base.value, exponent % 4)
    if abs(exponent) > MAX_INTEGER_EXPONENT:
        raise Unsupported(Message("a number is too large to compute with"))
    return integer_power(base.value, exponent)


def _principal(base: Operand, exponent: Operand) -> Value:
    value = exponent.value
    if isinstance(value, fmpq) and 1 < value.q <= MAX_ROOT_DEGREE and abs(value.p) <= 1000:
        if is_real(base.value) and sign_of(base.value) is None:
            raise Uncertain
        degree = Operand(fmpq(value.q), exponent.tree, base.is_complex)
        return integer_power(root(base, degree), int(value.p))
    if isinstance(value, Exact) and isinstance(base.value, fmpq) and base.value == 1:
        return ONE
    return exp(Operand(multiply(value, ln(base)), base.tree, base.is_complex))
