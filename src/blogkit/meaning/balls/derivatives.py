r"""Values of derivatives: of `\frac{d}{dx} f`, and of `\sin'(x)`.

The tree is derived by the rules of calculus, and its value computed at the point; on a branch cut
it has none. Imports `scope.py`, `analytic.py`, `values.py`.
"""

from typing import Final

from blogkit.formula import Apply, Symbol, Tree
from blogkit.formula.vocabulary import NAMED
from blogkit.language import Message, message_of
from blogkit.meaning.balls.analytic import is_holomorphic_at
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import Value, as_integer
from blogkit.meaning.outcomes import NotApplicable, Unsupported
from blogkit.meaning.trees.derivatives import SLOPES, derivative_of
from blogkit.meaning.trees.rewriting import substitute

MAX_ORDER = 12
"""Derivatives are taken up to so many times."""

_ARGUMENT: Final = Symbol("x", accents=("argument",))
"""What a primed function is derived by; no source can write this name."""


def derivative(tree: Apply, scope: Scope) -> Value:
    """The value of `(derivative f x …)` or `(partial f x …)` at the point."""
    if len(tree.args) < 2:
        raise Unsupported(Message("a derivative without its variable"))
    body, *variables = tree.args
    for variable in variables:
        name, times = _times(variable, scope)
        if scope.is_complex and not is_holomorphic_at(body, name, scope):
            raise Unsupported(Message("a derivative at a point that may lie on a branch cut"))
        body = _derived(body, name, times)
    return scope.value(body)


def primed(function: Symbol, args: tuple[Tree, ...], scope: Scope) -> Value:
    r"""The value of `\sin'(x)`, `\operatorname{erf}''(x)`: a derivative of a known function."""
    operator = NAMED.get(function.name)
    if len(args) != 1 or operator not in SLOPES:
        raise Unsupported(Message("a derivative of {name} that no rule gives", name=function.name))
    body: Tree = Apply(operator, (_ARGUMENT,))
    with scope.bound({_ARGUMENT: scope.value(args[0])}):
        if scope.is_complex and not is_holomorphic_at(body, _ARGUMENT, scope):
            raise Unsupported(Message("a derivative at a point that may lie on a branch cut"))
    body = _derived(body, _ARGUMENT, min(function.primes, MAX_ORDER))
    return scope.value(substitute(body, {_ARGUMENT: args[0]}))


def _derived(body: Tree, name: Symbol, times: int) -> Tree:
    try:
        for _ in range(times):
            body = derivative_of(body, name)
    except NotApplicable as reason:
        raise Unsupported(message_of(reason)) from None
    return body


def _times(variable: Tree, scope: Scope) -> tuple[Symbol, int]:
    times: int | None = 1
    if isinstance(variable, Apply) and variable.operator == "order":
        times = as_integer(scope.value(variable.args[1]))
        variable = variable.args[0]
    if not isinstance(variable, Symbol) or times is None or not 0 <= times <= MAX_ORDER:
        raise Unsupported(Message("a derivative whose variable or order is not understood"))
    return variable, times
