"""Fungrim's expressions evaluated with mpmath: the opinion that owes nothing to blogkit.

It is used to keep a mutated formula only where it is really false at an admissible point, and
to see that the unmutated one is true there.
"""

import math
import random
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, Final

import mpmath

from .grim import Expr

DIGITS: Final = 40
_TOLERANCE: Final = mpmath.mpf(10) ** -25
_LARGE: Final = mpmath.mpf(10) ** 60
_MAX_TERMS: Final = 300

Point = Mapping[str, Any]


class Unknown(Exception):
    """Something that is not evaluated here, or not defined at the point."""


def value(expr: Expr, point: Point) -> Any:
    """The number, truth value or set that an expression is at a point.

    Raises:
        Unknown: where it isn't evaluated, or undefined.
    """
    if expr.is_integer:
        return mpmath.mpf(int(expr.head))
    if not expr.args:
        return _name(expr.head, point)
    if expr.head in _BINDING:
        return _BINDING[expr.head](expr, point)
    if expr.head not in _FUNCTIONS:
        raise Unknown(expr.head)
    args = [value(arg, point) for arg in expr.args]
    try:
        found = _FUNCTIONS[expr.head](*args)
    except (ZeroDivisionError, ValueError, TypeError, OverflowError) as error:
        raise Unknown(f"{expr.head} at {args}: {error}") from error
    is_number = isinstance(found, (mpmath.mpf, mpmath.mpc))
    if is_number and expr.head != "Neg" and not mpmath.isfinite(found):
        raise Unknown(f"{expr.head} is not finite")
    return found


def _name(name: str, point: Point) -> Any:
    if name in point:
        return point[name]
    if name in _CONSTANTS:
        return _CONSTANTS[name]()
    if name in _SETS:
        return _SETS[name]
    raise Unknown(name)


def holds(expr: Expr, point: Point) -> bool:
    """Whether a statement is true at a point; Unknown where it can't be told."""
    found = value(expr, point)
    if not isinstance(found, bool):
        raise Unknown(f"no statement: {expr.head}")
    return found


_CONSTANTS: dict[str, Callable[[], Any]] = {
    "Pi": lambda: +mpmath.pi,
    "ConstE": lambda: +mpmath.e,
    "ConstI": lambda: mpmath.mpc(0, 1),
    "ConstGamma": lambda: +mpmath.euler,
    "GoldenRatio": lambda: +mpmath.phi,
    "ConstCatalan": lambda: +mpmath.catalan,
    "Infinity": lambda: mpmath.inf,
}


def _is_real(x: Any) -> bool:
    return abs(mpmath.im(x)) <= _TOLERANCE * max(1, abs(x))


def _is_integer(x: Any) -> bool:
    return _is_real(x) and abs(x - mpmath.nint(mpmath.re(x))) < _TOLERANCE


def _whole(x: Any) -> int:
    if not _is_integer(x) or abs(x) > 10**6:
        raise Unknown("no small integer")
    return int(mpmath.nint(mpmath.re(x)))


def _real(x: Any) -> Any:
    if not _is_real(x):
        raise Unknown("not real")
    return mpmath.re(x)


Member = Callable[[Any], bool]

_SETS: dict[str, Member] = {
    "ZZ": _is_integer,
    "RR": _is_real,
    "CC": lambda x: True,
    "HH": lambda x: bool(mpmath.im(x) > 0),
    "QQ": lambda x: _is_real(x),
}


def _equal(a: Any, b: Any) -> bool:
    return bool(abs(a - b) <= _TOLERANCE * max(1, abs(a), abs(b)))


def _ordered(a: Any, b: Any, strict: bool) -> bool:
    a, b = _real(a), _real(b)
    if _equal(a, b):
        return not strict
    return bool(a < b)


def _chain(relation: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    return lambda *xs: all(relation(a, b) for a, b in pairwise(xs))


def _power(x: Any, y: Any) -> Any:
    if x == 0:
        if _is_integer(y) and mpmath.re(y) >= 0:
            return mpmath.mpf(0) if mpmath.re(y) > 0.5 else mpmath.mpf(1)
        if mpmath.re(y) > 0:
            return mpmath.mpf(0)
        raise Unknown("zero to that power")
    if abs(y * mpmath.log(x)) > 300:
        raise Unknown("too large")
    return mpmath.power(x, y)


def _binomial(n: Any, k: Any) -> Any:
    if _is_integer(k):
        if _whole(k) < 0:
            raise Unknown("conventions differ")
        return mpmath.fprod((n - i) / (i + 1) for i in range(_whole(k)))
    return mpmath.binomial(n, k)


def _small(function: Callable[[Any], Any], bound: float = 40) -> Callable[[Any], Any]:
    def guarded(x: Any) -> Any:
        if abs(x) > bound:
            raise Unknown("too large")
        return function(x)

    return guarded


def _acot(z: Any) -> Any:
    return mpmath.atan(1 / z) if z else mpmath.pi / 2


def _odd_part(n: int) -> Any:
    return mpmath.fac2(n)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "Add": lambda *xs: mpmath.fsum(xs),
    "Sub": lambda a, b: a - b,
    "Mul": lambda *xs: mpmath.fprod(xs),
    "Div": lambda a, b: a / b,
    "Neg": lambda a: -a,
    "Pos": lambda a: a,
    "Pow": _power,
    "Sqrt": mpmath.sqrt,
    "Exp": _small(mpmath.exp, 300),
    "Log": mpmath.log,
    "Sin": _small(mpmath.sin),
    "Cos": _small(mpmath.cos),
    "Tan": _small(mpmath.tan),
    "Cot": _small(mpmath.cot),
    "Sec": _small(mpmath.sec),
    "Csc": _small(mpmath.csc),
    "Sinh": _small(mpmath.sinh),
    "Cosh": _small(mpmath.cosh),
    "Tanh": _small(mpmath.tanh),
    "Coth": _small(mpmath.coth),
    "Sech": _small(mpmath.sech),
    "Csch": _small(mpmath.csch),
    "Asin": mpmath.asin,
    "Acos": mpmath.acos,
    "Atan": mpmath.atan,
    "Acot": _acot,
    "Asinh": mpmath.asinh,
    "Acosh": mpmath.acosh,
    "Atanh": mpmath.atanh,
    "Atan2": lambda y, x: mpmath.atan2(_real(y), _real(x)),
    "Sinc": lambda z: mpmath.sin(z) / z if z else mpmath.mpf(1),
    "Abs": abs,
    "Sign": lambda z: z / abs(z) if z else mpmath.mpf(0),
    "Re": mpmath.re,
    "Im": mpmath.im,
    "Arg": lambda z: mpmath.arg(z) if z else mpmath.mpf(0),
    "Conjugate": mpmath.conj,
    "Floor": lambda x: mpmath.floor(_real(x)),
    "Ceil": lambda x: mpmath.ceil(_real(x)),
    "Factorial": _small(mpmath.factorial),
    "DoubleFactorial": lambda n: _odd_part(_whole(n)),
    "Gamma": _small(mpmath.gamma),
    "LogGamma": mpmath.loggamma,
    "DigammaFunction": mpmath.digamma,
    "RiemannZeta": mpmath.zeta,
    "Erf": mpmath.erf,
    "Erfc": mpmath.erfc,
    "Binomial": _binomial,
    "RisingFactorial": lambda x, n: mpmath.fprod(x + i for i in range(_whole(n))),
    "FallingFactorial": lambda x, n: mpmath.fprod(x - i for i in range(_whole(n))),
    "Fibonacci": lambda n: mpmath.fib(_whole(n)),
    "BetaFunction": mpmath.beta,
    "GCD": lambda *xs: mpmath.mpf(math.gcd(*map(_whole, xs))),
    "LCM": lambda *xs: mpmath.mpf(math.lcm(*map(_whole, xs))),
    "Mod": lambda a, n: mpmath.mpf(_whole(a) % _whole(n)),
    "Max": lambda *xs: max(map(_real, xs)),
    "Min": lambda *xs: min(map(_real, xs)),
    "Parentheses": lambda x: x,
    "Brackets": lambda x: x,
    "Equal": _chain(_equal),
    "NotEqual": lambda a, b: not _equal(a, b),
    "Less": _chain(lambda a, b: _ordered(a, b, True)),
    "LessEqual": _chain(lambda a, b: _ordered(a, b, False)),
    "Greater": _chain(lambda a, b: _ordered(b, a, True)),
    "GreaterEqual": _chain(lambda a, b: _ordered(b, a, False)),
    "And": lambda *xs: all(xs),
    "Or": lambda *xs: any(xs),
    "Not": lambda x: not x,
    "Even": lambda n: _whole(n) % 2 == 0,
    "Odd": lambda n: _whole(n) % 2 == 1,
    "Element": lambda x, s: s(x),
    "NotElement": lambda x, s: not s(x),
    "CongruentMod": lambda a, b, n: (_whole(a) - _whole(b)) % _whole(n) == 0,
    "Divides": lambda a, b: _whole(b) % _whole(a) == 0 if _whole(a) else _whole(b) == 0,
    "Set": lambda *xs: lambda x: any(_equal(x, y) for y in xs),
    "SetMinus": lambda a, b: lambda x: a(x) and not b(x),
    "Union": lambda *ss: lambda x: any(s(x) for s in ss),
    "Intersection": lambda *ss: lambda x: all(s(x) for s in ss),
    "ZZGreaterEqual": lambda n: lambda x: _is_integer(x) and mpmath.re(x) >= n - 0.5,
    "ZZLessEqual": lambda n: lambda x: _is_integer(x) and mpmath.re(x) <= n + 0.5,
    "Range": lambda a, b: lambda x: _is_integer(x) and a - 0.5 <= mpmath.re(x) <= b + 0.5,
    "OpenInterval": lambda a, b: lambda x: _is_real(x) and bool(a < mpmath.re(x) < b),
    "ClosedInterval": lambda a, b: lambda x: _is_real(x) and bool(a <= mpmath.re(x) <= b),
    "ClosedOpenInterval": lambda a, b: lambda x: _is_real(x) and bool(a <= mpmath.re(x) < b),
    "OpenClosedInterval": lambda a, b: lambda x: _is_real(x) and bool(a < mpmath.re(x) <= b),
}


def _running(expr: Expr, point: Point) -> list[dict[str, Any]]:
    body, binder = expr.args[0], expr.args[1]
    if binder.head != "For" or len(binder.args) != 3 or len(expr.args) > 2:
        raise Unknown("a range of another kind")
    name, low, high = binder.args
    first, last = _whole(value(low, point)), _whole(value(high, point))
    if last - first > _MAX_TERMS:
        raise Unknown("too many terms")
    return [{**point, name.head: mpmath.mpf(i)} for i in range(first, last + 1)]


def _sum(expr: Expr, point: Point) -> Any:
    return mpmath.fsum(value(expr.args[0], at) for at in _running(expr, point))


def _product(expr: Expr, point: Point) -> Any:
    return mpmath.fprod(value(expr.args[0], at) for at in _running(expr, point))


def _cases(expr: Expr, point: Point) -> Any:
    for branch in expr.args:
        chosen, condition = branch.args
        if condition.head == "Otherwise" or holds(condition, point):
            return value(chosen, point)
    raise Unknown("no case applies")


_BINDING: dict[str, Callable[[Expr, Point], Any]] = {
    "Sum": _sum,
    "Product": _product,
    "Cases": _cases,
}

KNOWN: Final = frozenset([*_FUNCTIONS, *_BINDING, *_CONSTANTS, *_SETS, "For", "Tuple", "Otherwise"])
"""Heads that are evaluated."""


def points(
    variables: list[str], assumptions: list[Expr], rng: random.Random, count: int
) -> list[dict[str, Any]]:
    """Points that meet the assumptions, as many as are found in a fair number of tries."""
    if not variables:
        return [{}]
    found: list[dict[str, Any]] = []
    for _ in range(count * 200):
        point = {name: _some_number(rng) for name in variables}
        try:
            if all(holds(assumption, point) for assumption in assumptions):
                found.append(point)
        except Unknown:
            continue
        if len(found) == count:
            break
    return found


def _some_number(rng: random.Random) -> Any:
    kind = rng.random()
    if kind < 0.4:
        return mpmath.mpf(rng.randint(-3, 9))
    if kind < 0.7:
        return mpmath.mpf(rng.randint(-400, 400)) / rng.choice([64, 100, 128])
    if kind < 0.8:
        return mpmath.mpf(rng.randint(1, 99)) / 100
    return mpmath.mpc(rng.randint(-300, 300), rng.randint(-300, 300)) / 100
