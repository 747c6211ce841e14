r"""Infinite series, enclosed with certainty: terms up to one, and a bound for the rest.

The rest is bounded by a geometric series where the quotient of neighbouring terms stays below one,
else by `\int x^{-m} dx` where terms are rational functions that fall like `k^{-m}`, `m \ge 2`. The
quotient and the terms are bounded on all of `k \ge N` at once, as balls in `t = 1/k`. A series of
neither kind is refused, and so is one that diverges. Imports `polynomials.py`, `scope.py`,
`values.py`, `outcomes.py`.
"""

from dataclasses import dataclass

from flint import acb, arb, ctx, fmpq

from blogkit.formula import Apply, Big, Constant, Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.balls.polynomials import coefficients, holds
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import Value, as_integer, finite, to_complex
from blogkit.meaning.outcomes import Unsupported

CUTS = (16, 64, 256, 1024, 2500)
"""Numbers of terms that are written out."""
SLOW = 400
"""Terms of a series that converges too slowly to be summed to the last bit: it is only enclosed."""


@dataclass(frozen=True, slots=True)
class Growth:
    """`factor * t**power` for all `t = 1/k` of the rest of a series."""

    factor: acb
    """A ball that holds the factor for all of them."""
    power: int = 0
    """The power of `t`; negative where it grows."""

    def times(self, other: "Growth") -> "Growth":
        """The product."""
        return Growth(self.factor * other.factor, self.power + other.power)

    def raised(self, exponent: int) -> "Growth":
        """An integer power."""
        return Growth(self.factor**exponent, self.power * exponent)


def is_series(tree: Big) -> bool:
    """Whether a sum runs to infinity."""
    return tree.operator == "sum" and tree.upper in (
        Constant("∞"),
        Apply("plus", (Constant("∞"),)),
    )


def series(tree: Big, scope: Scope) -> Value:
    """The value of a sum from an integer to infinity.

    Raises:
        Unsupported: its rest could not be bounded.
    """
    if len(tree.bound) != 1 or tree.lower is None or tree.condition is not None:
        raise Unsupported(Message("a series over more than one index"))
    index = tree.bound[0]
    first = as_integer(scope.value(tree.lower))
    if first is None or not isinstance(index, Symbol) or abs(first) > 100:
        raise Unsupported(Message("a series whose first index is no small integer"))
    last = max(_cut(tree.body, index, scope), first + 1)
    rest = _rest(tree.body, index, last, scope)
    if rest is None:
        raise Unsupported(Message("a series whose rest could not be bounded"))
    total = acb(0)
    for k in range(first, last):
        total += _term(tree.body, index, k, scope)
    return _enclosed(total, rest, scope)


def _cut(body: Tree, index: Symbol, scope: Scope) -> int:
    """How many terms make the rest vanish in the present precision; else `SLOW`."""
    for cut in CUTS:
        ratio = _ratio(body, index, cut, scope)
        if ratio is not None and ratio ** (cut // 2) < arb(2) ** -ctx.prec:
            return cut
    return SLOW


def _term(body: Tree, index: Symbol, k: int, scope: Scope) -> acb:
    with scope.bound({index: fmpq(k)}):
        return to_complex(scope.value(body))


def _enclosed(total: acb, rest: arb, scope: Scope) -> Value:
    around = arb(0, rest)
    value = finite(total + acb(around, around))
    if isinstance(value, acb) and not scope.is_complex:
        return value.real
    return value


def _rest(body: Tree, index: Symbol, first: int, scope: Scope) -> arb | None:
    """A bound for the sum of the absolute values of all terms from `first` on."""
    ratio = _ratio(body, index, first, scope)
    if ratio is not None:
        return (abs(_term(body, index, first, scope)) / (1 - ratio)).abs_upper()
    size = _size(body, index, _from(first), scope)
    if size.power < 2 or not size.factor.is_finite():
        return None
    power = size.power
    tail = arb(first) ** -power + arb(first) ** (1 - power) / (power - 1)
    return (abs(size.factor) * tail).abs_upper()


def _from(first: int) -> acb:
    """All `t = 1/k` with `k` from `first` on, as a ball."""
    half = fmpq(1, 2 * first)
    return acb(arb(half, half))


def _ratio(body: Tree, index: Symbol, first: int, scope: Scope) -> arb | None:
    """A bound below 1 for the quotients of neighbouring terms from `first` on, if there is one."""
    step = _quotient(body, index, _from(first), scope)
    if step.power < 0:
        return None
    ratio = (abs(step.factor) * arb(fmpq(1, first)) ** step.power).abs_upper()
    return ratio if ratio < 1 else None


def _quotient(tree: Tree, index: Symbol, t: acb, scope: Scope) -> Growth:
    """The value at `k + 1` over that at `k`."""
    if not holds(tree, index):
        return Growth(acb(1))
    if tree == index:
        return Growth(1 + t)
    match tree:
        case Apply("minus", (inner,)):
            return _quotient(inner, index, t, scope)
        case Apply("times", args):
            return _product([_quotient(arg, index, t, scope) for arg in args])
        case Apply("divide", (above, below)):
            under = _quotient(below, index, t, scope).raised(-1)
            return _quotient(above, index, t, scope).times(under)
        case Apply("power", (base, exponent)) if not holds(exponent, index):
            return _quotient(base, index, t, scope).raised(_whole(exponent, scope))
        case Apply("power", (base, exponent)) if not holds(base, index):
            return Growth(_step_of_power(base, exponent, index, scope))
        case Apply("factorial", (inner,)):
            return _step_of_factorial(inner, index, t, scope)
        case Apply("plus", _):
            found = coefficients(tree, index, scope)
            later = _in_t([c * (1 + t) ** j for j, c in enumerate(found)], t)
            return Growth(later / _in_t(found, t))
    raise Unsupported(Message("a series of terms that have no bound"))


def _product(parts: list[Growth]) -> Growth:
    whole = Growth(acb(1))
    for part in parts:
        whole = whole.times(part)
    return whole


def _whole(exponent: Tree, scope: Scope) -> int:
    number = as_integer(scope.value(exponent))
    if number is None or abs(number) > 100:
        raise Unsupported(Message("a series of terms that have no bound"))
    return number


def _step_of_power(base: Tree, exponent: Tree, index: Symbol, scope: Scope) -> acb:
    """`x^{2k+1}` grows by `x^2`."""
    found = coefficients(exponent, index, scope)
    if len(found) != 2:
        raise Unsupported(Message("a series of terms that have no bound"))
    below, slope = to_complex(scope.value(base)), found[1].real.unique_fmpz()
    if slope is not None and found[1].imag == 0:
        return below ** int(slope)
    if not (below.real > 0 and below.imag == 0):
        raise Unsupported(Message("a series of terms that have no bound"))
    return (below.log() * found[1]).exp()


def _step_of_factorial(inner: Tree, index: Symbol, t: acb, scope: Scope) -> Growth:
    """`(2k)!` grows by `(2k+1)(2k+2)`."""
    found = coefficients(inner, index, scope)
    slope = found[1].real.unique_fmpz() if len(found) == 2 else None
    if slope is None or not 0 < slope < 10:
        raise Unsupported(Message("a series of terms that have no bound"))
    factors = [Growth(found[1] + (found[0] + j) * t, -1) for j in range(1, int(slope) + 1)]
    return _product(factors)


def _size(tree: Tree, index: Symbol, t: acb, scope: Scope) -> Growth:
    """The value at `k`, up to factors of absolute value one."""
    if not holds(tree, index):
        return Growth(to_complex(scope.value(tree)))
    if tree == index:
        return Growth(acb(1), -1)
    match tree:
        case Apply("minus", (inner,)):
            return _size(inner, index, t, scope)
        case Apply("times", args):
            return _product([_size(arg, index, t, scope) for arg in args])
        case Apply("divide", (above, below)):
            under = _size(below, index, t, scope).raised(-1)
            return _size(above, index, t, scope).times(under)
        case Apply("power", (base, exponent)) if not holds(exponent, index):
            return _size(base, index, t, scope).raised(_whole(exponent, scope))
        case Apply("power", (base, _)) if not holds(base, index):
            if as_integer(scope.value(base)) in (1, -1):
                return Growth(acb(1))
        case Apply("plus", _):
            found = coefficients(tree, index, scope)
            return Growth(_in_t(found, t), 1 - len(found))
    raise Unsupported(Message("a series whose rest could not be bounded"))


def _in_t(found: list[acb], t: acb) -> acb:
    """A polynomial of `k` over its highest power of `k`, in `t`."""
    total = acb(0)
    for coefficient in found:
        total = total * t + coefficient
    return total
