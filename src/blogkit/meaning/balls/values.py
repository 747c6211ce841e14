r"""Numbers: exact where that is cheap, otherwise balls that certainly hold the true value.

A value is a rational (`fmpq`), an `Exact` (a Gaussian rational, perhaps times π), a real ball
(`arb`) or a complex ball (`acb`). Arithmetic stays exact as long as it can, so that `e^{i\pi} = -1`
and `0 < 0` are decided and not only enclosed. The precision of balls is that of `precision(bits)`.
Imports python-flint and `outcomes.py` only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flint import acb, arb, ctx, fmpq

from blogkit.language import Message
from blogkit.meaning.outcomes import Uncertain, Unsupported
from blogkit.meaning.steps import spend

_BITS_A_STEP = 256
"""How many more bits of an exact product cost a step more."""
MAX_EXACT_BITS = 100_000
"""Rationals with more bits than this are carried on as balls."""
MAX_EXPONENT_BITS = 40
"""A ball beyond 2 to the power of 2^40 is not computed with."""

ZERO, ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True, slots=True)
class Exact:
    """A Gaussian rational, or one times π; never a plain rational number."""

    re: fmpq
    """Real part, or its factor of π."""
    im: fmpq
    """Imaginary part, or its factor of π."""
    is_pi: bool = False
    """Whether both parts are multiples of π."""


Value = fmpq | Exact | arb | acb
"""A number as it is computed with."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Compute with balls of so many bits inside the block.

    >>> with precision(64):
    ...     print(arb.pi().str(5, radius=False))
    3.1416
    """
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def operation_steps() -> int:
    """What an operation costs in the present precision: one for the call, one for eight words.

    >>> with precision(1100):
    ...     operation_steps()
    3
    """
    return 1 + int(ctx.prec) // 512


def exact(re: fmpq, im: fmpq = ZERO, *, is_pi: bool = False) -> Value:
    """The exact value in its plainest form: zero and real rationals are `fmpq`.

    >>> exact(fmpq(1, 2)), exact(fmpq(0), is_pi=True)
    (1/2, 0)
    """
    if im == 0 and (not is_pi or re == 0):
        return re
    return Exact(re, im, is_pi)


PI = Exact(ONE, ZERO, True)
IMAGINARY_UNIT = Exact(ZERO, ONE)


def is_exact(value: Value) -> bool:
    """Whether a value is known without error."""
    return isinstance(value, fmpq | Exact)


def as_integer(value: Value) -> int | None:
    """The integer that a value certainly is, else None.

    >>> as_integer(fmpq(4, 2)), as_integer(fmpq(1, 2))
    (2, None)
    """
    if isinstance(value, fmpq) and value.q == 1:
        return int(value.p)
    return None


def is_real(value: Value) -> bool:
    """Whether a value is certainly real by the way it is held."""
    return not isinstance(value, acb) and not (isinstance(value, Exact) and value.im != 0)


def finite(value: arb | acb) -> Value:
    """The ball, made real where its imaginary part is exactly zero.

    Raises:
        Uncertain: it is not finite.
        Unsupported: it is too large to go on with.
    """
    if not value.is_finite():
        raise Uncertain
    if isinstance(value, acb):
        if value.imag.is_zero():
            return _bounded(value.real)
        _bounded(value.real)
        _bounded(value.imag)
        return value
    return _bounded(value)


def _bounded(ball: arb) -> arb:
    # What is as large as this comes of towers of powers; to go on could take all memory.
    if ball.mid().is_zero():
        return ball
    exponent = int(ball.mid().man_exp()[1])
    if exponent.bit_length() > MAX_EXPONENT_BITS:
        raise Unsupported(Message("a number is too large to compute with"))
    return ball


def to_complex(value: Value) -> acb:
    """A ball that holds the value."""
    if isinstance(value, acb):
        return value
    if isinstance(value, Exact):
        factor = arb.pi() if value.is_pi else arb(1)
        return acb(arb(value.re) * factor, arb(value.im) * factor)
    return acb(value)


def to_real(value: Value) -> arb:
    """A real ball that holds a value that `is_real`."""
    if isinstance(value, arb):
        return value
    if isinstance(value, fmpq):
        return arb(value)
    return to_complex(value).real


def to_ball(value: Value) -> arb | acb:
    """A ball that holds the value, real where the value is."""
    return to_real(value) if is_real(value) else to_complex(value)


def add(a: Value, b: Value) -> Value:
    """Their sum."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a + b
    if a == ZERO and isinstance(a, fmpq):
        return b
    if b == ZERO and isinstance(b, fmpq):
        return a
    if isinstance(a, fmpq | Exact) and isinstance(b, fmpq | Exact):
        (a_re, a_im, a_pi), (b_re, b_im, b_pi) = _parts(a), _parts(b)
        if a_pi == b_pi:
            return exact(a_re + b_re, a_im + b_im, is_pi=a_pi)
    return finite(to_ball(a) + to_ball(b))


def negate(a: Value) -> Value:
    """Its negative."""
    if isinstance(a, Exact):
        return Exact(-a.re, -a.im, a.is_pi)
    return -a


def multiply(a: Value, b: Value) -> Value:
    """Their product; exactly zero where a factor is."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        product = a * b
        bits = product.height_bits()
        spend(bits // _BITS_A_STEP)
        return product if bits < MAX_EXACT_BITS else arb(product)
    if is_zero(a) or is_zero(b):
        return ZERO
    if isinstance(a, fmpq | Exact) and isinstance(b, fmpq | Exact):
        (a_re, a_im, a_pi), (b_re, b_im, b_pi) = _parts(a), _parts(b)
        if not (a_pi and b_pi):
            re, im = a_re * b_re - a_im * b_im, a_re * b_im + a_im * b_re
            return exact(re, im, is_pi=a_pi or b_pi)
    return finite(to_ball(a) * to_ball(b))


def reciprocal(a: Value) -> Value:
    """One over it; it must not be exactly zero.

    Raises:
        Uncertain: its ball holds zero.
        Unsupported: it is zero, which the caller should have told as undefined.
    """
    if is_zero(a):
        raise Unsupported(Message("a division by zero"))
    if isinstance(a, fmpq):
        return 1 / a
    if isinstance(a, Exact) and not a.is_pi:
        norm = a.re * a.re + a.im * a.im
        return exact(a.re / norm, -a.im / norm)
    return finite(1 / to_ball(a))


def divide(a: Value, b: Value) -> Value:
    """Their quotient; the divisor must not be exactly zero."""
    if isinstance(a, Exact) and isinstance(b, Exact) and a.is_pi and b.is_pi:
        return divide(exact(a.re, a.im), exact(b.re, b.im))
    return multiply(a, reciprocal(b))


def integer_power(base: Value, exponent: int) -> Value:
    """An integer power; the base must not be zero where the exponent is negative."""
    if exponent < 0:
        return reciprocal(integer_power(base, -exponent))
    if isinstance(base, fmpq):
        if base.height_bits() * exponent < MAX_EXACT_BITS or (abs(base) <= 1 and base.q == 1):
            return base**exponent if base != -1 else fmpq(1 - 2 * (exponent % 2))
    elif isinstance(base, Exact) and not base.is_pi and exponent <= 64:
        return _repeat(base, exponent)
    return finite(to_ball(base) ** exponent)


def _repeat(base: Value, exponent: int) -> Value:
    power: Value = ONE
    for _ in range(exponent):
        power = multiply(power, base)
    return power


def conjugate(a: Value) -> Value:
    """Its complex conjugate."""
    if isinstance(a, Exact):
        return exact(a.re, -a.im, is_pi=a.is_pi)
    return finite(a.conjugate()) if isinstance(a, acb) else a


def real_part(a: Value) -> Value:
    """Its real part."""
    if isinstance(a, Exact):
        return exact(a.re, is_pi=a.is_pi)
    return a.real if isinstance(a, acb) else a


def imaginary_part(a: Value) -> Value:
    """Its imaginary part."""
    if isinstance(a, Exact):
        return exact(a.im, is_pi=a.is_pi)
    return a.imag if isinstance(a, acb) else ZERO


def is_zero(a: Value) -> bool:
    """Whether it is certainly and exactly zero."""
    return isinstance(a, fmpq) and a == 0


def sign_of(a: Value) -> int | None:
    """Sign of a value that `is_real`: -1, 0 or 1; None where the ball does not tell."""
    if isinstance(a, fmpq):
        return (a > 0) - (a < 0)
    if isinstance(a, Exact):
        return (a.re > 0) - (a.re < 0)
    assert isinstance(a, arb)
    if a > 0:
        return 1
    return -1 if a < 0 else (0 if a.is_zero() else None)


def excludes_zero(a: Value) -> bool:
    """Whether it is certainly not zero."""
    if isinstance(a, fmpq):
        return a != 0
    if isinstance(a, Exact):
        return True
    return not a.contains(0)


def _parts(a: fmpq | Exact) -> tuple[fmpq, fmpq, bool]:
    if isinstance(a, fmpq):
        return a, ZERO, False
    return a.re, a.im, a.is_pi


def show(value: Value, *, digits: int = 30) -> str:
    """A value as text: exact, or digits with the radius of its ball.

    >>> show(fmpq(-1, 2)), show(PI), show(IMAGINARY_UNIT)
    ('-1/2', '1π', '0 + 1i')
    """
    if isinstance(value, fmpq):
        return str(value)
    if isinstance(value, Exact):
        pi = "π" if value.is_pi else ""
        return f"{value.re}{pi}" if value.im == 0 else f"{value.re}{pi} + {value.im}{pi}i"
    return str(value.str(digits))
