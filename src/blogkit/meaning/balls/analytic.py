r"""Values of an expression on complex balls, with a watch on where it is analytic.

It exists for certified integration and for derivatives: on a ball that touches a pole or a branch
cut the value is not finite. Only rules that are right there are used; the rest is refused.
Imports `scope.py`, `values.py`, `outcomes.py`.
"""

from collections.abc import Callable
from typing import Final

from flint import acb, arb

from blogkit.formula import Apply, Big, Constant, Symbol, Tree, walk
from blogkit.language import Message
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import as_integer, operation_steps, to_complex
from blogkit.meaning.outcomes import Missing, Uncertain, Undefined, Unsupported
from blogkit.meaning.steps import spend


def no_value() -> acb:
    """A ball that says nothing."""
    return acb(arb.nan(), arb.nan())


class Analytic:
    """An expression as a function of one variable on complex balls."""

    def __init__(self, body: Tree, variable: Symbol, scope: Scope) -> None:
        """
        Args:
            body: the expression.
            variable: its variable; all else has a value in `scope`.
            scope: the evaluation around it.
        """
        self._body = body
        self._variable = variable
        self._scope = scope
        self._constants: dict[Tree, acb] = {}
        self._cost = operation_steps()

    def __call__(self, point: acb, watched: bool) -> acb:
        """The value on a ball; not finite where `watched` and perhaps not analytic."""
        return self._value(self._body, point, watched)

    def _value(self, tree: Tree, point: acb, watched: bool) -> acb:
        spend(self._cost)
        if tree == self._variable:
            return point
        if tree not in self._constants and not any(n == self._variable for n in walk(tree)):
            self._constants[tree] = to_complex(self._scope.value(tree))
        if tree in self._constants:
            return self._constants[tree]
        if not isinstance(tree, Apply):
            raise Unsupported(Message("a part that is not known to be analytic"))
        if tree.operator == "power":
            return self._power(tree, point, watched)
        args = [self._value(arg, point, watched) for arg in tree.args]
        return _apply(tree.operator, args, watched)

    def _power(self, tree: Apply, point: acb, watched: bool) -> acb:
        base, exponent = tree.args
        if base == Constant("e"):
            return self._value(exponent, point, watched).exp()
        below = self._value(base, point, watched)
        if not any(node == self._variable for node in walk(exponent)):
            number = as_integer(self._scope.value(exponent))
            if number is not None and abs(number) <= 10_000:
                return below**number
        return below.pow(self._value(exponent, point, watched), analytic=watched)


def _apply(operator: str, args: list[acb], watched: bool) -> acb:
    if operator in ("plus", "times"):
        total = args[0]
        for arg in args[1:]:
            total = total + arg if operator == "plus" else total * arg
        return total
    if operator == "divide":
        return args[0] / args[1]
    if operator == "minus":
        return -args[0]
    if operator == "root" and len(args) == 1:
        return args[0].sqrt(analytic=watched)
    if operator == "log" and len(args) == 2:
        return args[0].log(analytic=watched) / args[1].log(analytic=watched)
    if len(args) == 1 and operator in _BRANCHED:
        return _BRANCHED[operator](args[0], watched)
    if len(args) == 1 and operator in _MEROMORPHIC:
        found: acb = getattr(args[0], _MEROMORPHIC[operator])()
        return found
    raise Unsupported(Message("a part that is not known to be analytic"))


def _logarithm(x: acb, watched: bool) -> acb:
    return x.log(analytic=watched)


def _arctan(x: acb, watched: bool) -> acb:
    turned = x * acb(0, 1)
    difference = _logarithm(1 - turned, watched) - _logarithm(1 + turned, watched)
    return difference * acb(0, 1) / 2


def _arcsin(x: acb, watched: bool) -> acb:
    # As one logarithm it would touch the cut of that; the roots of both factors do not.
    root = (1 - x).sqrt(analytic=watched) * (1 + x).sqrt(analytic=watched)
    return _logarithm(root + x * acb(0, 1), watched) * acb(0, -1)


_BRANCHED: Final[dict[str, Callable[[acb, bool], acb]]] = {
    "log": _logarithm,
    "ln": _logarithm,
    "lg": lambda x, watched: _logarithm(x, watched) / acb(10).log(),
    "arctan": _arctan,
    "arcsin": _arcsin,
    "arccos": lambda x, watched: acb.pi() / 2 - _arcsin(x, watched),
    "arctanh": lambda x, watched: (_logarithm(1 + x, watched) - _logarithm(1 - x, watched)) / 2,
}

_MEROMORPHIC: Final[dict[str, str]] = {
    **{
        name: name
        for name in [
            "exp",
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "sinh",
            "cosh",
            "tanh",
            "coth",
            "sech",
            "csch",
            "erf",
            "erfc",
        ]
    },
}


def is_holomorphic_at(body: Tree, variable: Symbol, scope: Scope) -> bool:
    """Whether an expression is certainly analytic where its variable has its value in `scope`."""
    if any(isinstance(node, Big) for node in walk(body)):
        return False
    try:
        value = Analytic(body, variable, scope)(to_complex(scope.value(variable)), True)
    except (Undefined, Uncertain, Missing):
        return False
    return bool(value.is_finite())
