r"""Derivatives by the rules of calculus: `\frac{\partial}{\partial x_i} \sum_j e^{x_j}`, `e^{x_i}`.

It exists because only the tree knows that `x_j` in a sum is `x_i` once, and because a formula that
is to be computed has a gradient of what is given with it. What is not differentiable in general
(`floor`, a case split, a conjugate) has no rule. A rule may give a value at a point without a
derivative, and must be undefined there: `|x|` gives `x/|x|`. Imports the operator tree.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from blogkit.formula import Symbol, Tree, build, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import named_function, value_of
from blogkit.language import Message
from blogkit.latex import parse
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.rewriting import substitute

_ZERO, _ONE, _TWO = t.Number("0"), t.Number("1"), t.Number("2")
_X: Final = Symbol("x")
_BROKEN: Final = frozenset(["floor", "ceil", "nearest", "sign", "mod"])
"""Functions that are not continuous where they are defined."""

SLOPES: Final = {
    "exp": r"\exp(x)",
    "log": r"\frac{1}{x}",
    "ln": r"\frac{1}{x}",
    "lg": r"\frac{1}{x \ln(10)}",
    "sin": r"\cos(x)",
    "cos": r"-\sin(x)",
    "tan": r"\frac{1}{\cos(x)^2}",
    "cot": r"-\frac{1}{\sin(x)^2}",
    "sec": r"\frac{\sin(x)}{\cos(x)^2}",
    "csc": r"-\frac{\cos(x)}{\sin(x)^2}",
    "sinh": r"\cosh(x)",
    "cosh": r"\sinh(x)",
    "tanh": r"\frac{1}{\cosh(x)^2}",
    "coth": r"-\frac{1}{\sinh(x)^2}",
    "sech": r"-\frac{\sinh(x)}{\cosh(x)^2}",
    "csch": r"-\frac{\cosh(x)}{\sinh(x)^2}",
    "arcsin": r"\frac{1}{\sqrt{1-x^2}}",
    "arccos": r"-\frac{1}{\sqrt{1-x^2}}",
    "arctan": r"\frac{1}{1+x^2}",
    "arcsinh": r"\frac{1}{\sqrt{1+x^2}}",
    "arctanh": r"\frac{1}{1-x^2}",
    "erf": r"\frac{2}{\sqrt{\pi}}e^{-x^2}",
    "erfc": r"-\frac{2}{\sqrt{\pi}}e^{-x^2}",
    "abs": r"\frac{x}{|x|}",
}
"""The derivative of each function of a number at `x`; `abs` over the real numbers only."""


def derivative_of(tree: Tree, by: Tree) -> Tree:
    r"""The derivative of a number by a name, or by a member within the range of every sum.

    Raises:
        NotApplicable: where a part that depends on it has no rule.

    >>> from blogkit.formula.printing import to_latex
    >>> to_latex(derivative_of(build(parse(r"x^2 \sin(x)").tree).tree, Symbol("x")))
    '\\left(2 x\\right) \\sin(x) + x^{2} \\cos(x)'
    """
    if tree == by:
        return _ONE
    name = by.base if isinstance(by, t.Index) else by
    if name not in walk(tree):
        return _ZERO
    match tree:
        case t.Big(operator="sum"):
            return _of_sum(tree, by, name)
        case t.Big(operator="integral", bound=(bound,)) if bound != by:
            return _of_integral(tree, by, name)
        case t.Apply(operator="derivative" | "partial", args=(body, *variables)):
            return _of_derivative(body, variables, by)
        case t.Apply(operator=operator, args=(inner,)) if operator in SLOPES:
            return _chained(_slope_of(operator), inner, by)
        case t.Apply(operator=operator, args=args) if operator in _RULES:
            return _RULES[operator](args, by)
        case t.Call(function=Symbol() as function, args=(inner,)):
            known = named_function(function)
            if known is not None and known.takes == "number":
                return _chained(derivative_of(value_of(known), _X), inner, by)
    raise _no_rule()


def is_negative(tree: Tree) -> bool:
    """Whether it has a minus in front."""
    return isinstance(tree, t.Apply) and tree.operator == "minus"


def negative(tree: Tree) -> Tree:
    """A tree with the other sign; nothing stays nothing."""
    if tree == _ZERO:
        return _ZERO
    return tree.children[0] if is_negative(tree) else t.Apply("minus", (tree,))


def _no_rule() -> NotApplicable:
    return NotApplicable(Message("a derivative that no rule gives"))


def _of_sum(tree: t.Big, by: Tree, name: Tree) -> Tree:
    """Term by term, which an infinite sum may not be without a reason."""
    outside = [node for part in tree.children if part is not tree.body for node in walk(part)]
    if name in outside or t.Constant("∞") in outside:
        raise _no_rule()
    if not isinstance(by, t.Index):
        slope = derivative_of(tree.body, by)
        return t.Big("sum", tree.bound, tree.lower, tree.upper, tree.condition, slope)
    if len(tree.bound) != 1 or tree.condition is not None:
        raise _no_rule()
    inner = derivative_of(tree.body, t.Index(by.base, tree.bound))
    return substitute(inner, {tree.bound[0]: by.indices[0]})


def _of_integral(tree: t.Big, by: Tree, name: Tree) -> Tree:
    """What the ends add by Leibniz' rule, where the body does not depend on the variable."""
    (bound,) = tree.bound
    low, high, body = tree.lower, tree.upper, tree.body
    broken = (isinstance(node, t.Apply) and node.operator in _BROKEN for node in walk(body))
    is_nested = any(isinstance(node, t.Big) for node in walk(body))
    if low is None or high is None or name in walk(body) or any(broken) or is_nested:
        raise _no_rule()

    def moved(end: Tree) -> Tree:
        return _product([substitute(body, {bound: end}), derivative_of(end, by)])

    # Times zero it adds nothing, but must have a value: it may not converge.
    exists = t.Apply("times", (_ZERO, tree))
    return t.Apply("plus", (moved(high), negative(moved(low)), exists))


def _of_derivative(body: Tree, variables: list[Tree], by: Tree) -> Tree:
    for variable in variables:
        if not isinstance(variable, Symbol):
            raise _no_rule()
        body = derivative_of(body, variable)
    return derivative_of(body, by)


def _of_product(args: tuple[Tree, ...], by: Tree) -> Tree:
    slopes = [derivative_of(arg, by) for arg in args]
    return _sum([_product([*args[:k], s, *args[k + 1 :]]) for k, s in enumerate(slopes)])


def _of_quotient(args: tuple[Tree, ...], by: Tree) -> Tree:
    above, below = args
    slope, below_slope = derivative_of(above, by), derivative_of(below, by)
    if below_slope == _ZERO:
        return t.Apply("divide", (slope, below))
    top = _sum([_product([slope, below]), negative(_product([above, below_slope]))])
    return t.Apply("divide", (top, t.Apply("power", (below, _TWO))))


def _of_power(args: tuple[Tree, ...], by: Tree) -> Tree:
    base, exponent = args
    slope = derivative_of(exponent, by)
    if base == t.Constant("e"):
        return _product([t.Apply("power", args), slope])
    if slope == _ZERO:
        return _product([exponent, _lowered(base, exponent), derivative_of(base, by)])
    growth = derivative_of(_product([exponent, t.Apply("ln", (base,))]), by)
    return _product([t.Apply("power", args), growth])


def _of_root(args: tuple[Tree, ...], by: Tree) -> Tree:
    inner, degree = args[0], args[1] if len(args) > 1 else _TWO
    if derivative_of(degree, by) != _ZERO:
        raise _no_rule()
    above = _product([t.Apply("root", args), derivative_of(inner, by)])
    return t.Apply("divide", (above, _product([degree, inner])))


def _of_logarithm(args: tuple[Tree, ...], by: Tree) -> Tree:
    """A logarithm to a base."""
    above, below = (t.Apply("ln", (arg,)) for arg in args)
    return derivative_of(t.Apply("divide", (above, below)), by)


_RULES: Final[dict[str, Callable[[tuple[Tree, ...], Tree], Tree]]] = {
    "plus": lambda args, by: _sum([derivative_of(arg, by) for arg in args]),
    "minus": lambda args, by: negative(derivative_of(args[0], by)),
    "times": _of_product,
    "divide": _of_quotient,
    "power": _of_power,
    "root": _of_root,
    "log": _of_logarithm,
}
"""What is no function of one number."""


def _chained(outer: Tree, inner: Tree, by: Tree) -> Tree:
    """The chain rule, for an outer derivative at `x`."""
    slope = derivative_of(inner, by)
    return _ZERO if slope == _ZERO else _product([substitute(outer, {_X: inner}), slope])


@lru_cache(maxsize=64)
def _slope_of(operator: str) -> Tree:
    return build(parse(SLOPES[operator]).tree, constants=["e"]).tree


def _lowered(base: Tree, exponent: Tree) -> Tree:
    """A power with one factor less."""
    if exponent == _TWO:
        return base
    if exponent == _ONE:
        return _ONE
    one_less: Tree = t.Apply("plus", (exponent, t.Apply("minus", (_ONE,))))
    if isinstance(exponent, t.Number) and exponent.text.isdigit():
        one_less = t.Number(str(int(exponent.text) - 1))
    return t.Apply("power", (base, one_less))


def _sum(terms: list[Tree]) -> Tree:
    kept = [term for term in terms if term != _ZERO]
    return t.Apply("plus", tuple(kept)) if len(kept) > 1 else (kept or [_ZERO])[0]


def _product(factors: list[Tree]) -> Tree:
    if _ZERO in factors:
        return _ZERO
    bare = [factor.children[0] if is_negative(factor) else factor for factor in factors]
    if sum(map(is_negative, factors)) % 2:
        return negative(_product(bare))
    kept = [factor for factor in bare if factor != _ONE]
    return t.Apply("times", tuple(kept)) if len(kept) > 1 else (kept or [_ONE])[0]
