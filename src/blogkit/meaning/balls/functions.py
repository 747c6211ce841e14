r"""Functions of numbers: which names are known, and their values.

The one place that says which operators and which named functions have a meaning. A name that could
mean two things (`\operatorname{sinc}`, `\varphi`, `W`) is left out: never guessed.
Imports `values.py`, `domains.py`, `outcomes.py`.
"""

from collections.abc import Callable
from typing import Final

from flint import arb, fmpq, fmpz

from blogkit.language import Message
from blogkit.meaning.balls.domains import (
    Operand,
    require_moderate,
    require_nonzero,
    require_off_poles,
    require_positive,
    require_real,
    require_sign,
    require_within_one,
)
from blogkit.meaning.balls.values import (
    IMAGINARY_UNIT,
    ONE,
    PI,
    ZERO,
    Exact,
    Value,
    add,
    as_integer,
    conjugate,
    divide,
    exact,
    finite,
    imaginary_part,
    integer_power,
    is_real,
    is_zero,
    multiply,
    negate,
    real_part,
    reciprocal,
    sign_of,
    to_ball,
    to_complex,
    to_real,
)
from blogkit.meaning.outcomes import Requires, Uncertain, Unsupported

MAX_FACTORIAL = 5_000
"""Factorials up to this are exact, above it balls."""

Function = Callable[..., Value]
"""Takes `Operand`s and gives a value."""

HALF = fmpq(1, 2)


def exp(x: Operand) -> Value:
    """The exponential function."""
    if is_zero(x.value):
        return ONE
    if isinstance(x.value, Exact) and x.value.is_pi and x.value.re == 0:
        turn = _quarter_turns(x.value.im)
        if turn is not None:
            return integer_power(IMAGINARY_UNIT, turn)
    require_moderate(Operand(real_part(x.value), x.tree, x.is_complex))
    return finite(to_ball(x.value).exp())


def _quarter_turns(factor: fmpq) -> int | None:
    """How many times π/2 fit into `factor` times π, modulo 4, where that is whole."""
    turns = as_integer(2 * factor)
    return None if turns is None else turns % 4


def ln(x: Operand) -> Value:
    """The natural logarithm; principal branch."""
    if is_zero(x.value):
        raise Requires(x.tree, r"\neq 0" if x.is_complex else "> 0")
    if isinstance(x.value, fmpq) and x.value == 1:
        return ZERO
    if not is_real(x.value):
        return finite(to_complex(x.value).log())
    if not x.is_complex:
        require_positive(x)
    sign = sign_of(x.value)
    if sign is None:
        raise Uncertain
    distance = absolute(x)
    size = ZERO if distance == ONE else finite(to_real(distance).log())
    return size if sign > 0 else add(size, multiply(IMAGINARY_UNIT, PI))


def log(x: Operand, base: Operand | None = None) -> Value:
    """The logarithm to a base, natural without one; exact for powers of the base."""
    if base is None:
        return ln(x)
    if isinstance(base.value, fmpq) and base.value == 1:
        raise Requires(base.tree, r"\neq 1")
    if not (is_real(base.value) and is_real(x.value)):
        return divide(ln(x), ln(base))
    require_positive(base)
    quotient = divide(ln(x), ln(base))
    found = _rational_logarithm(x.value, base.value, quotient)
    return quotient if found is None else found


def lg(x: Operand) -> Value:
    """The logarithm to base 10."""
    return log(x, Operand(fmpq(10), x.tree, x.is_complex))


def _rational_logarithm(x: Value, base: Value, quotient: Value) -> fmpq | None:
    if not (isinstance(x, fmpq) and isinstance(base, fmpq) and isinstance(quotient, arb)):
        return None
    if x <= 0 or abs(quotient) > 1000:
        return None
    for denominator in range(1, 7):
        numerator = (quotient * denominator).unique_fmpz()
        if numerator is not None and base ** int(numerator) == x**denominator:
            return fmpq(numerator, denominator)
    return None


def sqrt(x: Operand) -> Value:
    """The square root; principal branch."""
    return _root(x, 2)


def root(x: Operand, degree: Operand) -> Value:
    """The n-th root; over the real numbers one of even degree is of what is not negative."""
    n = as_integer(degree.value)
    if n is None or n < 1:
        raise Requires(degree.tree, r"\geq 1")
    return _root(x, n)


def _root(x: Operand, n: int) -> Value:
    if n == 1:
        return x.value
    if not is_real(x.value):
        return finite(to_complex(x.value).root(n) if n > 2 else to_complex(x.value).sqrt())
    if not x.is_complex and n % 2 == 0:
        require_sign(x, (0, 1), r"\geq 0")
    sign = sign_of(x.value)
    if sign is None:
        raise Uncertain
    size = _positive_root(x.value if sign >= 0 else negate(x.value), n)
    if sign >= 0:
        return size
    if not x.is_complex:
        return negate(size)
    turn = exp(Operand(exact(ZERO, fmpq(1, n), is_pi=True), x.tree, True))
    return multiply(size, turn)


def _positive_root(x: Value, n: int) -> Value:
    if isinstance(x, fmpq):
        parts = [fmpz(part).root(n) for part in (x.p, x.q)]
        if parts[0] ** n == x.p and parts[1] ** n == x.q:
            return fmpq(*parts)
    ball = to_real(x)
    return finite(ball.sqrt() if n == 2 else ball.root(n))


def _entire(name: str, at_zero: fmpq | None = None) -> Function:
    """A function without poles or branches, with its exact value at zero where it has one."""

    def value(x: Operand) -> Value:
        if at_zero is not None and is_zero(x.value):
            return at_zero
        if name in ("sinh", "cosh", "tanh", "sech"):
            require_moderate(Operand(real_part(x.value), x.tree, x.is_complex))
        elif not is_real(x.value):
            require_moderate(Operand(imaginary_part(x.value), x.tree, x.is_complex))
        return finite(getattr(to_ball(x.value), name)())

    return value


_SIXTHS: Final = {0: ZERO, 1: HALF, 3: ONE, 5: HALF, 6: ZERO, 7: -HALF, 9: -ONE, 11: -HALF}
"""Sines of multiples of π/6 that are rational."""

_SINE, _COSINE = _entire("sin", ZERO), _entire("cos", ONE)


def sin(x: Operand) -> Value:
    """The sine; exact at multiples of π/6 where it is rational."""
    known = _rational_sine(x.value, 0)
    return _SINE(x) if known is None else known


def cos(x: Operand) -> Value:
    """The cosine; exact at multiples of π/6 where it is rational."""
    known = _rational_sine(x.value, 3)
    return _COSINE(x) if known is None else known


def _rational_sine(x: Value, shift: int) -> fmpq | None:
    if isinstance(x, Exact) and x.is_pi and x.im == 0:
        sixths = as_integer(6 * x.re)
        if sixths is not None:
            return _SIXTHS.get((sixths + shift) % 12)
    return None


def _quotient(above: Function | None, below: Function) -> Function:
    """A function such as the tangent; undefined where `below` is exactly zero."""

    def value(x: Operand) -> Value:
        divisor = below(x)
        if is_zero(divisor):
            raise Requires(x.tree, Message(r"\text{ not at a pole}"))
        return reciprocal(divisor) if above is None else divide(above(x), divisor)

    return value


def arcsin(x: Operand) -> Value:
    """The inverse sine."""
    return ZERO if is_zero(x.value) else _inverse(x, "asin")


def arccos(x: Operand) -> Value:
    """The inverse cosine."""
    if isinstance(x.value, fmpq) and x.value == 1:
        return ZERO
    return _inverse(x, "acos")


def _inverse(x: Operand, name: str) -> Value:
    # On the cuts beyond -1 and 1 conventions differ (which side a cut belongs to).
    if is_real(x.value):
        require_within_one(x, strict=name == "atanh")
    return finite(getattr(to_ball(x.value), name)())


def arctan(x: Operand) -> Value:
    """The inverse tangent."""
    _require_off_imaginary_cut(x)
    return ZERO if is_zero(x.value) else finite(to_ball(x.value).atan())


def arcsinh(x: Operand) -> Value:
    """The inverse hyperbolic sine."""
    _require_off_imaginary_cut(x)
    return ZERO if is_zero(x.value) else finite(to_ball(x.value).asinh())


def _require_off_imaginary_cut(x: Operand) -> None:
    # Conventions differ on the cuts from i and -i along the imaginary axis.
    if not is_real(x.value) and is_zero(real_part(x.value)):
        raise Requires(x.tree, r"\notin i \mathbb{R}")


def arccot(x: Operand) -> Value:
    """The inverse cotangent, where its two conventions agree: right of the imaginary axis."""
    require_positive(Operand(real_part(x.value), x.tree, x.is_complex))
    return finite(to_ball(reciprocal(x.value)).atan())


def arccosh(x: Operand) -> Value:
    """The inverse hyperbolic cosine."""
    if not x.is_complex:
        above = Operand(add(x.value, -ONE), x.tree, False)
        require_sign(above, (0, 1), r"\geq 1")
        return ZERO if is_zero(above.value) else finite(to_real(x.value).acosh())
    return finite(to_complex(x.value).acosh())


def arctanh(x: Operand) -> Value:
    """The inverse hyperbolic tangent."""
    return ZERO if is_zero(x.value) else _inverse(x, "atanh")


def absolute(x: Operand) -> Value:
    """The absolute value."""
    if isinstance(x.value, fmpq):
        return abs(x.value)
    if isinstance(x.value, Exact):
        if x.value.im == 0 or x.value.re == 0:
            return exact(abs(x.value.re + x.value.im), is_pi=x.value.is_pi)
        square = x.value.re**2 + x.value.im**2
        size = _positive_root(square, 2)
        return multiply(size, PI) if x.value.is_pi else size
    return finite(abs(x.value))


def sign(x: Operand) -> Value:
    """The sign; for a complex number the number of size 1 in its direction."""
    if is_zero(x.value):
        return ZERO
    if not is_real(x.value):
        return divide(x.value, absolute(x))
    found = sign_of(x.value)
    if found is None:
        raise Uncertain
    return fmpq(found)


def argument(x: Operand) -> Value:
    """The angle, above -π up to π; undefined at zero, where conventions differ."""
    require_nonzero(x)
    if is_real(x.value):
        return ZERO if sign_of(x.value) == 1 else PI
    return finite(to_complex(x.value).arg())


def floor(x: Operand) -> Value:
    """The greatest integer that is not greater."""
    require_real(x, "floor")
    if isinstance(x.value, fmpq):
        return fmpq(x.value.floor())
    whole = to_real(x.value).floor().unique_fmpz()
    if whole is None:
        raise Uncertain
    return fmpq(whole)


def ceil(x: Operand) -> Value:
    """The least integer that is not smaller."""
    return negate(floor(Operand(negate(x.value), x.tree, x.is_complex)))


def nearest(x: Operand) -> Value:
    """The nearest integer; undefined halfway, where conventions differ."""
    shifted = add(x.value, HALF)
    if isinstance(shifted, fmpq) and shifted.q == 1:
        raise Requires(x.tree, r"\notin \mathbb{Z} + \frac{1}{2}")
    return floor(Operand(shifted, x.tree, x.is_complex))


def gamma(x: Operand) -> Value:
    """Euler's gamma function."""
    require_off_poles(x)
    require_moderate(x)
    n = as_integer(x.value)
    if n is not None and n <= MAX_FACTORIAL:
        return fmpq(fmpz.fac_ui(fmpz(n - 1)))
    return finite(to_ball(x.value).gamma())


def factorial(n: Operand) -> Value:
    """The factorial; by the gamma function where it is not of an integer."""
    number = as_integer(n.value)
    if number is not None and number < 0:
        raise Requires(n.tree, r"\geq 0")
    return gamma(Operand(add(n.value, ONE), n.tree, n.is_complex))


def double_factorial(n: Operand) -> Value:
    """The double factorial of -1, 0, 1, 2, …"""
    number = as_integer(n.value)
    if number is None or number < -1:
        raise Requires(n.tree, r"\in \{0, 1, 2, \dots\}")
    if number > MAX_FACTORIAL:
        raise Unsupported(Message("a double factorial is too large"))
    product = ONE
    for factor in range(number, 1, -2):
        product *= factor
    return product


def rising(x: Operand, n: Operand) -> Value:
    """The rising factorial x (x+1) … (x+n-1)."""
    return _factors(x, n, ONE)


def falling(x: Operand, n: Operand) -> Value:
    """The falling factorial x (x-1) … (x-n+1)."""
    return _factors(x, n, -ONE)


def _factors(x: Operand, n: Operand, step: fmpq) -> Value:
    count = as_integer(n.value)
    if count is None or count < 0:
        raise Unsupported(
            Message("a rising or falling factorial with an index that is not 0, 1, 2 …")
        )
    if count > MAX_FACTORIAL:
        raise Unsupported(Message("a rising or falling factorial is too large"))
    product: Value = ONE
    factor = x.value
    for _ in range(count):
        product = multiply(product, factor)
        factor = add(factor, step)
    return product


def binomial(n: Operand, k: Operand) -> Value:
    """The binomial coefficient; by the gamma function where `k` is not an integer."""
    below, above = as_integer(k.value), as_integer(n.value)
    if below is not None and below >= 0:
        if above is not None and above >= below > above - below:
            below = above - below
        count = Operand(fmpq(below), k.tree, k.is_complex)
        return divide(falling(n, count), factorial(count))
    if above is not None and above < 0:
        raise Requires(n.tree, r"\geq 0")
    if below is not None:
        return ZERO
    rest = add(n.value, negate(k.value))
    tops = [to_ball(add(part, ONE)) for part in (n.value, k.value, rest)]
    return finite(tops[0].gamma() * tops[1].rgamma() * tops[2].rgamma())


def gcd(*numbers: Operand) -> Value:
    """The greatest common divisor of integers."""
    divisor = fmpz(0)
    for number in numbers:
        divisor = divisor.gcd(_whole(number))
    return fmpq(divisor)


def lcm(*numbers: Operand) -> Value:
    """The least common multiple of integers."""
    multiple = fmpz(1)
    for number in numbers:
        multiple = multiple.lcm(_whole(number))
    return fmpq(multiple)


def remainder(a: Operand, n: Operand) -> Value:
    """The remainder of `a` by `n > 0`, from 0 to below `n`; conventions differ for others."""
    require_real(a, "a remainder")
    require_real(n, "a remainder")
    require_positive(n)
    quotient = divide(a.value, n.value)
    whole = floor(Operand(quotient, a.tree, a.is_complex))
    return add(a.value, negate(multiply(whole, n.value)))


def _whole(number: Operand) -> fmpz:
    value = as_integer(number.value)
    if value is None:
        if not isinstance(number.value, fmpq):
            raise Uncertain
        raise Requires(number.tree, r"\in \mathbb{Z}")
    return fmpz(value)


def digamma(x: Operand) -> Value:
    """The logarithmic derivative of the gamma function."""
    require_off_poles(x)
    require_moderate(x)
    return finite(to_ball(x.value).digamma())


def zeta(s: Operand) -> Value:
    """Riemann's zeta function."""
    if as_integer(s.value) == 1:
        raise Requires(s.tree, r"\neq 1")
    if abs(to_ball(s.value)) > 10_000:
        raise Unsupported(Message("the zeta function far out"))
    return finite(to_ball(s.value).zeta())


def atan2(y: Operand, x: Operand) -> Value:
    """The angle of the point (x, y)."""
    require_real(x, "atan2")
    require_real(y, "atan2")
    point = add(x.value, multiply(IMAGINARY_UNIT, y.value))
    return argument(Operand(point, x.tree, True))


OPERATORS: Final[dict[str, Function]] = {
    "exp": exp,
    "ln": ln,
    "lg": lg,
    "log": log,
    "root": lambda x, n=None: sqrt(x) if n is None else root(x, n),
    "sin": sin,
    "cos": cos,
    "tan": _quotient(sin, cos),
    "cot": _quotient(cos, sin),
    "sec": _quotient(None, cos),
    "csc": _quotient(None, sin),
    "sinh": _entire("sinh", ZERO),
    "cosh": _entire("cosh", ONE),
    "tanh": _entire("tanh", ZERO),
    "coth": _quotient(None, _entire("tanh", ZERO)),
    "sech": _entire("sech", ONE),
    "csch": _quotient(None, _entire("sinh", ZERO)),
    "arcsin": arcsin,
    "arccos": arccos,
    "arctan": arctan,
    "arccot": arccot,
    "arcsinh": arcsinh,
    "arccosh": arccosh,
    "arctanh": arctanh,
    "erf": _entire("erf", ZERO),
    "erfc": _entire("erfc", ONE),
    "abs": absolute,
    "sign": sign,
    "argument": argument,
    "real-part": lambda x: real_part(x.value),
    "imaginary-part": lambda x: imaginary_part(x.value),
    "conjugate": lambda x: conjugate(x.value),
    "floor": floor,
    "ceil": ceil,
    "round": nearest,
    "factorial": factorial,
    "double-factorial": double_factorial,
    "pochhammer": rising,
    "falling-factorial": falling,
    "binomial": binomial,
    "gcd": gcd,
    "lcm": lcm,
    "mod": remainder,
    "minus": lambda x: negate(x.value),
    "percent": lambda x: divide(x.value, fmpq(100)),
    "degree": lambda x: multiply(x.value, exact(fmpq(1, 180), is_pi=True)),
}
"""Operators of the vocabulary that take numbers to a number."""

NAMED: Final[dict[tuple[str, int], Function]] = {
    ("Γ", 1): gamma,
    ("ζ", 1): zeta,
    ("erfi", 1): _entire("erfi", ZERO),
    ("atan2", 2): atan2,
}
"""Functions that are known by their name and number of arguments."""

IN_COMPANY: Final[dict[tuple[str, int], Function]] = {("ψ", 1): digamma}
"""Names that are known only in a formula that speaks of the gamma function."""


def _larger(a: Value, b: Value) -> Value:
    difference = sign_of(add(a, negate(b)))
    if difference is None:
        return finite(to_real(a).max(to_real(b)))
    return a if difference >= 0 else b


def _smaller(a: Value, b: Value) -> Value:
    return negate(_larger(negate(a), negate(b)))


def extreme(operator: str, operands: list[Operand]) -> Value:
    """The greatest (`max`, `sup`) or least of real numbers, at least one."""
    for operand in operands:
        require_real(operand, Message("an extreme value"))
    choose = _larger if operator in ("max", "sup") else _smaller
    best = operands[0].value
    for operand in operands[1:]:
        best = choose(best, operand.value)
    return best
