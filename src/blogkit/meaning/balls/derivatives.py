r"""Derivatives of expressions with respect to a symbol, by the rules of calculus on the tree.

What is not differentiable in general (`floor`, a case split, a conjugate) is refused. Where a rule
gives a value at a point without a derivative, the value is undefined there: `|x|` gives `x/|x|`.
Imports `scope.py`, `analytic.py`, `outcomes.py`.
"""

from collections.abc import Callable
from typing import Final

from blogkit.formula import Apply, Big, Constant, Index, Number, Symbol, Tree, walk
from blogkit.formula.vocabulary import NAMED
from blogkit.language import Message
from blogkit.meaning.balls.analytic import is_holomorphic_at
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import Value, as_integer
from blogkit.meaning.outcomes import Unsupported
from blogkit.meaning.trees.rewriting import substitute

MAX_ORDER = 12
"""Derivatives are taken up to so many times."""

_ARGUMENT: Final = Symbol("x", accents=("argument",))
"""What a primed function is derived by; no source can write this name."""
_BROKEN: Final = frozenset(["floor", "ceil", "nearest", "sign", "mod"])
"""Functions that are not continuous where they are defined."""
ZERO, ONE, TWO = Number("0"), Number("1"), Number("2")


def derivative(tree: Apply, scope: Scope) -> Value:
    """The value of `(derivative f x …)` or `(partial f x …)` at the point."""
    if len(tree.args) < 2:
        raise Unsupported(Message("a derivative without its variable"))
    body, *variables = tree.args
    for variable in variables:
        name, times = _times(variable, scope)
        if scope.is_complex and not is_holomorphic_at(body, name, scope):
            raise Unsupported(Message("a derivative at a point that may lie on a branch cut"))
        for _ in range(times):
            body = differentiate(body, name)
    return scope.value(body)


def primed(function: Symbol, args: tuple[Tree, ...], scope: Scope) -> Value:
    r"""The value of `\sin'(x)`, `\operatorname{erf}''(x)`: a derivative of a known function."""
    operator = NAMED.get(function.name)
    if len(args) != 1 or operator not in {*_RULES, *_OUTER}:
        raise Unsupported(Message("a derivative of {name} that no rule gives", name=function.name))
    body: Tree = Apply(operator, (_ARGUMENT,))
    with scope.bound({_ARGUMENT: scope.value(args[0])}):
        if scope.is_complex and not is_holomorphic_at(body, _ARGUMENT, scope):
            raise Unsupported(Message("a derivative at a point that may lie on a branch cut"))
    for _ in range(min(function.primes, MAX_ORDER)):
        body = differentiate(body, _ARGUMENT)
    return scope.value(substitute(body, {_ARGUMENT: args[0]}))


def _times(variable: Tree, scope: Scope) -> tuple[Symbol, int]:
    times: int | None = 1
    if isinstance(variable, Apply) and variable.operator == "order":
        times = as_integer(scope.value(variable.args[1]))
        variable = variable.args[0]
    if not isinstance(variable, Symbol) or times is None or not 0 <= times <= MAX_ORDER:
        raise Unsupported(Message("a derivative whose variable or order is not understood"))
    return variable, times


def differentiate(tree: Tree, x: Symbol) -> Tree:
    """The derivative of an expression by the symbol `x`.

    >>> differentiate(Apply("sin", (Symbol("x"),)), Symbol("x"))
    Apply(operator='cos', args=(Symbol(name='x', font='', accents=(), primes=0, subscript=None, \
superscript=None),))

    Raises:
        Unsupported: a part that depends on `x` has no rule.
    """
    if tree == x:
        return ONE
    if not any(_touches(node, x) for node in walk(tree)):
        return ZERO
    match tree:
        case Apply(operator=operator, args=args) if operator in _RULES:
            return _RULES[operator](args, x)
        case Apply(operator=operator, args=(inner,)) if operator in _OUTER:
            return times(_OUTER[operator](inner), differentiate(inner, x))
        case Big(operator="integral", bound=(Symbol() as name,), lower=low, upper=high, body=body):
            if low is not None and high is not None and not _depends(body, x) and name != x:
                # Times zero it adds nothing, but must have a value: it may not converge.
                exists = Apply("times", (ZERO, tree))
                ends = (_end(high, name, body, x), minus(_end(low, name, body, x)))
                return Apply("plus", (*ends, exists))
        case Big(operator="sum", body=body):
            outside = [node for part in tree.children if part is not body for node in walk(part)]
            # An infinite sum may not be derived term by term without a reason.
            if x not in outside and Constant("∞") not in outside:
                term = differentiate(body, x)
                return Big("sum", tree.bound, tree.lower, tree.upper, tree.condition, term)
    raise Unsupported(Message("a derivative that no rule gives"))


def _depends(tree: Tree, x: Symbol) -> bool:
    return any(_touches(node, x) for node in walk(tree))


def _end(end: Tree, name: Symbol, body: Tree, x: Symbol) -> Tree:
    """What an end of an integral adds by Leibniz' rule; zero where it does not move."""
    broken = (isinstance(node, Apply) and node.operator in _BROKEN for node in walk(body))
    if any(broken) or any(isinstance(node, Big) for node in walk(body)):
        raise Unsupported(Message("a derivative of an integral of what may not be continuous"))
    return times(substitute(body, {name: end}), differentiate(end, x))


def _touches(node: Tree, x: Symbol) -> bool:
    return node == x or (isinstance(node, Index) and node.base == x)


def plus(*terms: Tree) -> Tree:
    """Their sum, without zeros."""
    kept = tuple(term for term in terms if term != ZERO)
    return kept[0] if len(kept) == 1 else Apply("plus", kept) if kept else ZERO


def times(*factors: Tree) -> Tree:
    """Their product, without ones; zero where a factor is."""
    kept = tuple(factor for factor in factors if factor != ONE)
    if ZERO in kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Apply("times", kept) if kept else ONE


def minus(tree: Tree) -> Tree:
    """Its negative."""
    return Apply("minus", (tree,))


def over(above: Tree, below: Tree) -> Tree:
    """Their quotient."""
    return Apply("divide", (above, below))


def to_the(base: Tree, exponent: Tree) -> Tree:
    """A power."""
    return Apply("power", (base, exponent))


def _of(operator: str, inner: Tree) -> Tree:
    return Apply(operator, (inner,))


def _sum(args: tuple[Tree, ...], x: Symbol) -> Tree:
    return plus(*(differentiate(arg, x) for arg in args))


def _product(args: tuple[Tree, ...], x: Symbol) -> Tree:
    def term(at: int) -> Tree:
        return times(*args[:at], differentiate(args[at], x), *args[at + 1 :])

    return plus(*(term(at) for at in range(len(args))))


def _quotient(args: tuple[Tree, ...], x: Symbol) -> Tree:
    above, below = args
    change = plus(
        times(differentiate(above, x), below), minus(times(above, differentiate(below, x)))
    )
    return over(change, to_the(below, TWO))


def _power(args: tuple[Tree, ...], x: Symbol) -> Tree:
    base, exponent = args
    if base == Constant("e"):
        return times(Apply("power", args), differentiate(exponent, x))
    if differentiate(exponent, x) == ZERO:
        if exponent == ZERO:
            return ZERO
        lowered = base if exponent == TWO else to_the(base, plus(exponent, minus(ONE)))
        return times(exponent, lowered, differentiate(base, x))
    growth = plus(
        times(differentiate(exponent, x), _of("ln", base)),
        times(exponent, over(differentiate(base, x), base)),
    )
    return times(Apply("power", args), growth)


def _root(args: tuple[Tree, ...], x: Symbol) -> Tree:
    inner = args[0]
    degree = args[1] if len(args) > 1 else TWO
    if differentiate(degree, x) != ZERO:
        raise Unsupported(Message("a derivative that no rule gives"))
    root = Apply("root", args)
    return over(times(root, differentiate(inner, x)), times(degree, inner))


def _log(args: tuple[Tree, ...], x: Symbol) -> Tree:
    slope = over(differentiate(args[0], x), args[0])
    if len(args) == 1:
        return slope
    if differentiate(args[1], x) != ZERO:
        return _quotient((_of("ln", args[0]), _of("ln", args[1])), x)
    return over(slope, _of("ln", args[1]))


def _gauss(x: Tree) -> Tree:
    bell = _of("exp", minus(to_the(x, TWO)))
    return over(times(TWO, bell), _of("root", Constant("π")))


def _one_minus_square(x: Tree) -> Tree:
    return plus(ONE, minus(to_the(x, TWO)))


def _nested(args: tuple[Tree, ...], x: Symbol) -> Tree:
    body: Tree = args[0]
    for variable in args[1:]:
        if not isinstance(variable, Symbol):
            raise Unsupported(Message("a derivative that no rule gives"))
        body = differentiate(body, variable)
    return differentiate(body, x)


_RULES: Final[dict[str, Callable[[tuple[Tree, ...], Symbol], Tree]]] = {
    "plus": _sum,
    "minus": lambda args, x: minus(differentiate(args[0], x)),
    "times": _product,
    "divide": _quotient,
    "power": _power,
    "root": _root,
    "log": _log,
    "ln": _log,
    "lg": lambda args, x: _log((args[0], Number("10")), x),
    "derivative": _nested,
    "partial": _nested,
}

_OUTER: Final[dict[str, Callable[[Tree], Tree]]] = {
    "exp": lambda x: _of("exp", x),
    "sin": lambda x: _of("cos", x),
    "cos": lambda x: minus(_of("sin", x)),
    "tan": lambda x: over(ONE, to_the(_of("cos", x), TWO)),
    "cot": lambda x: minus(over(ONE, to_the(_of("sin", x), TWO))),
    "sec": lambda x: over(_of("sin", x), to_the(_of("cos", x), TWO)),
    "csc": lambda x: minus(over(_of("cos", x), to_the(_of("sin", x), TWO))),
    "sinh": lambda x: _of("cosh", x),
    "cosh": lambda x: _of("sinh", x),
    "tanh": lambda x: over(ONE, to_the(_of("cosh", x), TWO)),
    "coth": lambda x: minus(over(ONE, to_the(_of("sinh", x), TWO))),
    "sech": lambda x: minus(over(_of("sinh", x), to_the(_of("cosh", x), TWO))),
    "csch": lambda x: minus(over(_of("cosh", x), to_the(_of("sinh", x), TWO))),
    "arcsin": lambda x: over(ONE, _of("root", _one_minus_square(x))),
    "arccos": lambda x: minus(over(ONE, _of("root", _one_minus_square(x)))),
    "arctan": lambda x: over(ONE, plus(ONE, to_the(x, TWO))),
    "arcsinh": lambda x: over(ONE, _of("root", plus(ONE, to_the(x, TWO)))),
    "arctanh": lambda x: over(ONE, _one_minus_square(x)),
    "erf": _gauss,
    "erfc": lambda x: minus(_gauss(x)),
    "abs": lambda x: over(x, _of("abs", x)),
}
"""The derivative of each function by its argument; `abs` over the real numbers only."""
