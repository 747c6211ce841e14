r"""Integrals to infinity of a power times the exponential of a line or parabola.

They have closed forms: `\int_0^\infty x^s e^{-ax} dx = \Gamma(s+1) / a^{s+1}`, and those of a
Gaussian times a polynomial. Where the integrand does not decay, the integral is undefined. Source:
DLMF 5.9.1. Imports `polynomials.py`, `scope.py`, `values.py`, `outcomes.py`.
"""

from dataclasses import dataclass, replace

from flint import acb, acb_poly, fmpq

from blogkit.formula import Apply, Big, Constant, Number, Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.balls.polynomials import holds, polynomial
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import Value, finite, to_complex
from blogkit.meaning.outcomes import Requires, Unsupported

_INFINITY = (Constant("∞"), Apply("plus", (Constant("∞"),)))
_CONVERGES = r"\text{ converges}"


@dataclass(frozen=True, slots=True)
class Shape:
    """`factor(x) * x**power * exp(exponent(x))`."""

    factor: acb_poly
    """A polynomial."""
    power: acb
    """A power of the variable."""
    exponent: acb_poly
    """What stands in the exponential."""


_ONE = Shape(acb_poly([1]), acb(0), acb_poly([0]))


def improper(tree: Big, variable: Symbol, scope: Scope) -> Value:
    """The value of an integral over the line, or from zero to infinity.

    Raises:
        Unsupported: the integrand has another form.
        Undefined: it does not converge.
    """
    if tree.upper not in _INFINITY:
        raise Unsupported(Message("an improper integral"))
    shape = _shape(tree.body, variable, scope)
    if tree.lower == Apply("minus", (Constant("∞"),)):
        value = _over_the_line(shape, tree)
    elif tree.lower == Number("0"):
        value = _from_zero(shape, tree)
    else:
        raise Unsupported(Message("an improper integral"))
    found = finite(value)
    return found.real if isinstance(found, acb) and not scope.is_complex else found


def _shape(tree: Tree, x: Symbol, scope: Scope) -> Shape:
    if tree == x:
        return replace(_ONE, power=acb(1))
    match tree:
        case Apply("times", args):
            shape = _ONE
            for arg in args:
                shape = _joined(shape, _shape(arg, x, scope))
            return shape
        case Apply("divide", (above, below)):
            return _joined(_shape(above, x, scope), _inverse(_shape(below, x, scope)))
        case Apply("minus", (inner,)):
            return _joined(_shape(inner, x, scope), replace(_ONE, factor=acb_poly([-1])))
        case Apply("power", (Constant(name="e"), exponent)) | Apply("exp", (exponent,)):
            return replace(_ONE, exponent=polynomial(exponent, x, scope))
        case Apply("root", (inner,)) if inner == x:
            return replace(_ONE, power=acb(fmpq(1, 2)))
        case Apply("power", (base, exponent)) if base == x and not holds(exponent, x):
            return replace(_ONE, power=to_complex(scope.value(exponent)))
    try:
        return replace(_ONE, factor=polynomial(tree, x, scope))
    except Unsupported:
        raise Unsupported(Message("an improper integral")) from None


def _joined(one: Shape, other: Shape) -> Shape:
    return Shape(one.factor * other.factor, one.power + other.power, one.exponent + other.exponent)


def _inverse(shape: Shape) -> Shape:
    if len(shape.factor) != 1 or shape.factor[0].contains(0):
        raise Unsupported(Message("an improper integral"))
    return Shape(acb_poly([1 / shape.factor[0]]), -shape.power, -shape.exponent)


def _trimmed(found: acb_poly) -> list[acb]:
    listed = list(found)
    while listed and listed[-1] == 0:
        listed.pop()
    return listed


def _decay(coefficient: acb, tree: Tree) -> acb:
    """The rate of decay, which must be real and positive."""
    if coefficient.imag != 0:
        raise Unsupported(Message("an improper integral"))
    if coefficient.real >= 0:
        raise Requires(tree, _CONVERGES)
    if not coefficient.real < 0:
        raise Unsupported(Message("an improper integral"))
    return -coefficient


def _over_the_line(shape: Shape, tree: Tree) -> acb:
    power = shape.power.real.unique_fmpz()
    exponent = _trimmed(shape.exponent)
    if power is None or not 0 <= power < 60 or len(exponent) != 3:
        raise Unsupported(Message("an improper integral"))
    rate = _decay(exponent[2], tree)
    middle = exponent[1] / (2 * rate)
    whole = shape.factor * acb_poly([0, 1]) ** int(power)
    moved = whole(acb_poly([middle, 1]))
    total = acb(0)
    for degree, coefficient in enumerate(moved):
        if degree % 2 == 0:
            half = acb(fmpq(degree + 1, 2))
            total += coefficient * half.gamma() * (-half * rate.log()).exp()
    return total * (exponent[0] + rate * middle**2).exp()


def _from_zero(shape: Shape, tree: Tree) -> acb:
    exponent = _trimmed(shape.exponent)
    is_line = len(exponent) == 2
    if not (is_line or (len(exponent) == 3 and exponent[1] == 0)):
        raise Unsupported(Message("an improper integral"))
    rate = _decay(exponent[-1], tree)
    total = acb(0)
    for degree, coefficient in enumerate(shape.factor):
        if coefficient == 0:
            continue
        power = shape.power + degree + 1
        if power.imag != 0 or not power.real > 0:
            raise _no_start(power, tree)
        order = power if is_line else power / 2
        value = order.gamma() * (-order * rate.log()).exp()
        total += coefficient * (value if is_line else value / 2)
    return total * exponent[0].exp()


def _no_start(power: acb, tree: Tree) -> Exception:
    """At zero `x^{-1}` and less can't be integrated."""
    if power.imag == 0 and power.real <= 0:
        return Requires(tree, _CONVERGES)
    return Unsupported(Message("an improper integral"))
