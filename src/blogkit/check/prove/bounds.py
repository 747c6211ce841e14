r"""Known bounds of elementary functions, as hypotheses: `e^x \geq 1 + x`, `|\sin x| \leq 1`.

Each is a theorem for all real arguments (DLMF 4.5 and 4.18), or under the sign that is checked
here; `|a + b| \leq |a| + |b|` also for complex ones.
"""

from collections.abc import Callable, Iterator

import sympy as sp
from sympy import Abs, Add, Expr, Function, Pow, Rational, default_sort_key, im, pi, re

from blogkit.check.algebra.signs import Condition

_Knows = Callable[[Expr, str], bool]


def bounds_of(part: Expr, knows: _Knows, *, is_real: bool) -> Iterator[Condition]:
    """What is known of the functions in an expression, as comparisons with zero.

    Args:
        part: Any expression.
        knows: What is known of signs.
        is_real: Whether every defined part is a real number.
    """
    if part.has(pi):
        yield Condition(pi - Rational(157, 50), ">")
        yield Condition(Rational(22, 7) - pi, ">")
    for power in sorted(part.atoms(Pow), key=default_sort_key):
        if power.exp.is_Rational and not power.exp.is_Integer and (is_real or power.is_nonnegative):
            yield Condition(power, "≥")
    for call in sorted(part.atoms(Function), key=default_sort_key):
        if any(name.name.startswith("@") for name in call.free_symbols):
            continue
        yield from _of_call(call, knows, is_real)


def _of_call(call: Expr, knows: _Knows, is_real: bool) -> Iterator[Condition]:
    if isinstance(call, sp.Abs):
        yield from _of_absolute(call)
        return
    if len(call.args) != 1 or not (is_real or call.args[0].is_extended_real):
        return
    (x,) = call.args
    if isinstance(call, sp.exp):
        yield Condition(call, ">")
        yield Condition(call - 1 - x, "≥")
        yield Condition(1 / call - 1 + x, "≥")
        if knows(-x, "≥"):
            yield Condition(1 - call, "≥")
    elif isinstance(call, sp.log) and (is_real or knows(x, ">")):
        yield Condition(x, ">")
        yield Condition(x - 1 - call, "≥")
        yield Condition(call - 1 + 1 / x, "≥")
    elif isinstance(call, sp.sin | sp.cos | sp.tanh | sp.erf):
        sign = "≥" if isinstance(call, sp.sin | sp.cos) else ">"
        yield Condition(1 - call, sign)
        yield Condition(1 + call, sign)
        yield from _like_identity(call, x, knows)
    elif isinstance(call, sp.atan | sp.asinh):
        yield from _like_identity(call, x, knows)
    elif isinstance(call, sp.cosh | sp.factorial):
        yield Condition(call - 1, "≥")
    elif isinstance(call, sp.floor | sp.ceiling):
        gap = x - call if isinstance(call, sp.floor) else call - x
        yield Condition(gap, "≥")
        yield Condition(1 - gap, ">")


def _like_identity(call: Expr, x: Expr, knows: _Knows) -> Iterator[Condition]:
    """Functions below the identity for x ≥ 0: sine, arctangent, hyperbolic tangent, arsinh."""
    if isinstance(call, sp.cos | sp.erf):
        return
    if knows(x, "≥"):
        yield Condition(x - call, "≥")
        if not isinstance(call, sp.sin):
            yield Condition(call, "≥")


def _of_absolute(call: Expr) -> Iterator[Condition]:
    (inner,) = call.args
    yield Condition(call, "≥")
    if inner.is_Add:
        terms = Add.make_args(inner)
        yield Condition(Add(*map(Abs, terms)) - call, "≥")
        for term in terms:
            others = Add(*(Abs(other) for other in terms if other != term))
            yield Condition(call + others - Abs(term), "≥")
    if not inner.is_extended_real:
        for part in (re(inner), im(inner)):
            yield Condition(call - part, "≥")
            yield Condition(call + part, "≥")
