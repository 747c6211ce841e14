r"""What each operator of the vocabulary is in SymPy, and what it needs to be defined.

One short function an operator, in the table `READERS`. An operator that is in neither table has no
meaning for numbers here.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

import sympy as sp
from sympy import Expr

from blogkit.check.algebra.binders import derivative
from blogkit.check.algebra.reading import MAX_DIGITS, Bound, Reading, items_of, may_compare
from blogkit.formula import Apply, Collection, Relation, Tree
from blogkit.language import Message
from blogkit.meaning.facts.ranges import Range
from blogkit.meaning.outcomes import NotApplicable

Args = tuple[Tree, ...]
_Read = Callable[[Reading, Args, Bound], Expr]
_Function = type[sp.Function]

_NONNEGATIVE = Range("real").at_least(Fraction(0), strictly=False)
WHOLE: Final[dict[str, Range]] = {"norm": _NONNEGATIVE}
"""Operators on vectors and matrices whose value is taken as one number, and where that lies."""


def _plus(reader: Reading, args: Args, bound: Bound) -> Expr:
    return sp.Add(*(reader.expression(arg, bound) for arg in args))


def _times(reader: Reading, args: Args, bound: Bound) -> Expr:
    return sp.Mul(*(reader.expression(arg, bound) for arg in args))


def _minus(reader: Reading, args: Args, bound: Bound) -> Expr:
    return -reader.expression(_one(args), bound)


def _divide(reader: Reading, args: Args, bound: Bound) -> Expr:
    above, below = _two(args)
    over, under = reader.expression(above, bound), reader.expression(below, bound)
    reader.need(under, "≠")
    return over / under


def _power(reader: Reading, args: Args, bound: Bound) -> Expr:
    base, exponent = (reader.expression(arg, bound) for arg in _two(args))
    return raised(reader, base, exponent)


def raised(reader: Reading, base: Expr, exponent: Expr) -> Expr:
    """A power, with what it needs to be defined."""
    guard_size(base, exponent)
    if exponent.is_integer:
        if not reader.is_known(exponent, "≥"):
            reader.need(base, "≠")
    elif reader.facts.field_ == "complex":
        if not reader.is_known(exponent, ">"):
            reader.need(base, "≠")
    else:
        reader.need(base, "≥" if reader.is_known(exponent, ">") else ">")
    return sp.Pow(base, exponent)


def guard_size(base: Expr, exponent: Expr) -> None:
    """Raise where a power of numbers would have too many digits."""
    if not (base.is_number and exponent.is_Rational and base.is_Rational):
        if exponent.is_Rational and abs(exponent) > 10**6:
            raise NotApplicable(Message("an exponent is too large"))
        return
    digits = len(str(abs(base.p))) + len(str(base.q))
    if abs(exponent) * digits > MAX_DIGITS and base not in (-1, 0, 1):
        raise NotApplicable(Message("a power has too many digits"))


def _root(reader: Reading, args: Args, bound: Bound) -> Expr:
    """A root; of odd degree it is real where its radicand is, as school has it."""
    if len(args) > 2:
        raise NotApplicable(Message("a root of more than two parts"))
    base = reader.expression(args[0], bound)
    degree = reader.expression(args[1], bound) if len(args) == 2 else sp.S(2)
    reader.need(degree, "≠")
    is_odd = degree.is_Integer and degree > 0 and degree % 2 == 1
    if is_odd and reader.facts.field_ != "complex" and not reader.is_known(base, "≥"):
        guard_size(base, 1 / degree)
        if base.is_Pow and base.exp == degree:
            return base.base
        return sp.sign(base) * sp.Abs(base) ** (1 / degree)
    return raised(reader, base, 1 / degree)


def _factorial(reader: Reading, args: Args, bound: Bound) -> Expr:
    inner = reader.expression(_one(args), bound)
    if inner.is_Rational and abs(inner) > MAX_DIGITS // 4:
        raise NotApplicable(Message("a factorial has too many digits"))
    if not inner.is_integer:
        return sp.gamma(inner + 1)
    reader.need(inner, "≥")
    return sp.factorial(inner)


def _binomial(reader: Reading, args: Args, bound: Bound) -> Expr:
    above, below = (reader.expression(arg, bound) for arg in _two(args))
    is_natural = below.is_integer and reader.is_known(below, "≥")
    are_whole = below.is_integer and above.is_integer and reader.is_known(above, "≥")
    if not (is_natural or are_whole):
        raise NotApplicable(Message("a binomial coefficient may have no whole lower part"))
    _guard_count(below)
    return sp.binomial(above, below)


def _guard_count(count: Expr) -> None:
    if count.is_Rational and abs(count) > MAX_DIGITS // 4:
        raise NotApplicable(Message("a product has too many factors"))


def _several_factors(function: _Function, reason: str) -> _Read:
    def read(reader: Reading, args: Args, bound: Bound) -> Expr:
        base, count = (reader.expression(arg, bound) for arg in _two(args))
        if not (count.is_integer and reader.is_known(count, "≥")):
            raise NotApplicable(reason)
        _guard_count(count)
        return function(base, count)

    return read


def _exp(reader: Reading, args: Args, bound: Bound) -> Expr:
    return sp.exp(reader.expression(_one(args), bound))


def _log(reader: Reading, args: Args, bound: Bound) -> Expr:
    inner = reader.expression(args[0], bound)
    if isinstance(inner, sp.gamma) and reader.facts.field_ == "complex":
        raise NotApplicable(
            Message("the logarithm of a complex Gamma may mean the log-gamma function")
        )
    _need_logarithm(reader, inner)
    if len(args) == 1:
        return sp.log(inner)
    base = reader.expression(_two(args)[1], bound)
    _need_logarithm(reader, base)
    reader.need(sp.log(base), "≠")
    return sp.log(inner) / sp.log(base)


def _need_logarithm(reader: Reading, inner: Expr) -> None:
    reader.need(inner, "≠" if reader.facts.field_ == "complex" else ">")


def _lg(reader: Reading, args: Args, bound: Bound) -> Expr:
    return _log(reader, (_one(args),), bound) / sp.log(10)


def _norm(reader: Reading, args: Args, bound: Bound) -> Expr:
    if len(args) == 1:
        try:
            return sp.Abs(reader.expression(args[0], bound))
        except NotApplicable:
            pass
    return reader.whole(Apply("norm", args), bound, _NONNEGATIVE)


def _named(function: _Function, *needs: str) -> _Read:
    """A function of one variable; each need is a SymPy expression of x and a sign."""

    def read(reader: Reading, args: Args, bound: Bound) -> Expr:
        inner = reader.expression(_one(args), bound)
        for need in needs:
            part, sign = need.split()
            reader.need(_PARTS[part](inner), sign)
        return function(inner)

    return read


_PARTS: Final[dict[str, Callable[[Expr], Expr]]] = {
    "cos": sp.cos,
    "sin": sp.sin,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "1-xx": lambda x: 1 - x**2,
    "x-1": lambda x: x - 1,
    "1+xx": lambda x: 1 + x**2,
}


def _in_reals(function: _Function, real_need: str, complex_need: str | None) -> _Read:
    """An inverse function, which has a smaller domain among the real numbers."""

    def read(reader: Reading, args: Args, bound: Bound) -> Expr:
        need = real_need if reader.facts.field_ == "real" else complex_need
        return _named(function, *([need] if need else []))(reader, args, bound)

    return read


def _whole_part(function: _Function) -> _Read:
    def read(reader: Reading, args: Args, bound: Bound) -> Expr:
        inner = reader.expression(_one(args), bound)
        if not may_compare(reader, inner):
            raise NotApplicable(
                Message("the {name} of what may not be real", name=function.__name__)
            )
        return function(inner)

    return read


def _mod(reader: Reading, args: Args, bound: Bound) -> Expr:
    if any(isinstance(arg, Relation) for arg in args):
        raise NotApplicable(Message("a congruence is no expression"))
    value, modulus = (reader.expression(arg, bound) for arg in _two(args))
    if not (value.is_integer and modulus.is_integer and reader.is_known(modulus, ">")):
        raise NotApplicable(Message("a remainder of what may not be whole numbers"))
    return sp.Mod(value, modulus)


def _extremum(function: _Function) -> _Read:
    def read(reader: Reading, args: Args, bound: Bound) -> Expr:
        items = [reader.expression(item, bound) for item in items_of(args)]
        if len(args) == 1 and not isinstance(args[0], Collection):
            raise NotApplicable(Message("what a maximum is taken over is not said"))
        if not items or not all(may_compare(reader, item) for item in items):
            raise NotApplicable(Message("a maximum of what may not be real"))
        return function(*items)

    return read


def _symmetric(name: str) -> _Read:
    """`gcd` and `lcm`: functions that are only known to be symmetric."""

    def read(reader: Reading, args: Args, bound: Bound) -> Expr:
        parts = [reader.expression(arg, bound) for arg in args]
        if not all(part.is_integer for part in parts):
            raise NotApplicable(Message("the {name} of what may not be whole numbers", name=name))
        known = Range("integer").at_least(Fraction(0), strictly=False)
        return reader.function(name, known)(*sorted(parts, key=sp.default_sort_key))

    return read


def _percent(reader: Reading, args: Args, bound: Bound) -> Expr:
    return reader.expression(_one(args), bound) / 100


def _iverson(reader: Reading, args: Args, bound: Bound) -> Expr:
    return sp.Piecewise((1, reader.relation(_one(args), bound)), (0, sp.true))


def _one(args: Args) -> Tree:
    if len(args) != 1:
        raise NotApplicable(Message("a function of one variable has more arguments"))
    return args[0]


def _two(args: Args) -> tuple[Tree, Tree]:
    if len(args) != 2:
        raise NotApplicable(Message("an operator on two things has another number of them"))
    return args[0], args[1]


READERS: Final[dict[str, _Read]] = {
    "plus": _plus,
    "minus": _minus,
    "times": _times,
    "divide": _divide,
    "power": _power,
    "root": _root,
    "factorial": _factorial,
    "binomial": _binomial,
    "pochhammer": _several_factors(
        sp.rf, Message("a rising factorial may have no whole number of factors")
    ),
    "falling-factorial": _several_factors(
        sp.ff, Message("a falling factorial may have no whole number of factors")
    ),
    "mod": _mod,
    "percent": _percent,
    "iverson": _iverson,
    "abs": _named(sp.Abs),
    "norm": _norm,
    "floor": _whole_part(sp.floor),
    "ceil": _whole_part(sp.ceiling),
    "max": _extremum(sp.Max),
    "min": _extremum(sp.Min),
    "gcd": _symmetric("gcd"),
    "lcm": _symmetric("lcm"),
    "derivative": derivative,
    "partial": derivative,
    "exp": _exp,
    "log": _log,
    "ln": _log,
    "lg": _lg,
    "sin": _named(sp.sin),
    "cos": _named(sp.cos),
    "tan": _named(sp.tan, "cos ≠"),
    "cot": _named(sp.cot, "sin ≠"),
    "sec": _named(sp.sec, "cos ≠"),
    "csc": _named(sp.csc, "sin ≠"),
    "sinh": _named(sp.sinh),
    "cosh": _named(sp.cosh),
    "tanh": _named(sp.tanh, "cosh ≠"),
    "coth": _named(sp.coth, "sinh ≠"),
    "sech": _named(sp.sech, "cosh ≠"),
    "csch": _named(sp.csch, "sinh ≠"),
    "arcsin": _in_reals(sp.asin, "1-xx ≥", None),
    "arccos": _in_reals(sp.acos, "1-xx ≥", None),
    "arctan": _in_reals(sp.atan, "1+xx >", "1+xx ≠"),
    "arcsinh": _named(sp.asinh),
    "arccosh": _in_reals(sp.acosh, "x-1 ≥", None),
    "arctanh": _in_reals(sp.atanh, "1-xx >", "1-xx ≠"),
    "erf": _named(sp.erf),
    "erfc": _named(sp.erfc),
    "sign": _named(sp.sign),
    "real-part": _named(sp.re),
    "imaginary-part": _named(sp.im),
    "argument": _named(sp.arg),
    "conjugate": _named(sp.conjugate),
}
"""Operators and what reads them."""
