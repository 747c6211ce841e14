r"""Derivatives by a name, or by a member: `\frac{\partial}{\partial x_i} \sum_j e^{x_j}`.

It exists because only the tree knows that `x_j` in a sum is `x_i` once, and because a formula that
is to be computed has a gradient of what is given with it. Imports the operator tree.
"""

from functools import lru_cache
from typing import Final

from blogkit.formula import Symbol, Tree, build, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import named_function, value_of
from blogkit.latex import parse
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.rewriting import substitute

_ZERO = t.Number("0")
_ONE = t.Number("1")
_X: Final = Symbol("x")

_SLOPES: Final = {
    "exp": r"\exp(x)",
    "log": r"\frac{1}{x}",
    "ln": r"\frac{1}{x}",
    "sin": r"\cos(x)",
    "cos": r"-\sin(x)",
    "tan": r"\frac{1}{\cos(x)^2}",
    "sinh": r"\cosh(x)",
    "cosh": r"\sinh(x)",
    "tanh": r"1-\tanh(x)^2",
    "arcsin": r"\frac{1}{\sqrt{1-x^2}}",
    "arccos": r"-\frac{1}{\sqrt{1-x^2}}",
    "arctan": r"\frac{1}{1+x^2}",
    "erf": r"\frac{2}{\sqrt{\pi}}e^{-x^2}",
}
"""The derivative of each function at `x`."""


def partial(tree: Tree, by: Tree) -> Tree:
    r"""The derivative of a number by a name, or by a member within the range of every sum.

    Raises:
        NotApplicable: where a part has no rule.

    >>> from blogkit.formula.printing import to_latex
    >>> to_latex(partial(build(parse(r"x^2 \sin(x)").tree).tree, Symbol("x")))
    '\\left(2 x\\right) \\sin(x) + x^{2} \\cos(x)'
    """
    if tree == by:
        return _ONE
    name = by.base if isinstance(by, t.Index) else by
    if not any(node == name for node in walk(tree)):
        return _ZERO
    match tree:
        case t.Big(operator="sum", condition=None):
            return _of_sum(tree, by, name)
        case t.Apply(operator=operator, args=args):
            return _of_operator(operator, args, by)
        case t.Call(function=Symbol() as function, args=(inner,)):
            known = named_function(function)
            if known is not None and known.takes == "number":
                return _chained(partial(value_of(known), _X), inner, by)
    raise NotApplicable


def _of_sum(tree: t.Big, by: Tree, name: Tree) -> Tree:
    if any(name in walk(end) for end in (tree.lower, tree.upper) if end is not None):
        raise NotApplicable
    if not isinstance(by, t.Index):
        slope = partial(tree.body, by)
        return t.Big("sum", tree.bound, tree.lower, tree.upper, None, slope)
    if len(tree.bound) != 1:
        raise NotApplicable
    inner = partial(tree.body, t.Index(by.base, tree.bound))
    return substitute(inner, {tree.bound[0]: by.indices[0]})


def _of_operator(operator: str, args: tuple[Tree, ...], by: Tree) -> Tree:
    if operator in _SLOPES and len(args) == 1:
        return _chained(_slope_of(operator), args[0], by)
    slopes = [partial(arg, by) for arg in args]
    match operator, args:
        case "plus", _:
            return _sum(slopes)
        case "minus", _:
            return negative(slopes[0])
        case "times", _:
            return _sum([_product([*args[:k], s, *args[k + 1 :]]) for k, s in enumerate(slopes)])
        case "divide", (above, below):
            crossed = negative(_product([above, slopes[1]]))
            if slopes[1] == _ZERO:
                return t.Apply("divide", (slopes[0], below))
            top = _sum([_product([slopes[0], below]), crossed])
            return t.Apply("divide", (top, t.Apply("power", (below, t.Number("2")))))
        case "power", (t.Constant(name="e"), _):
            return _product([t.Apply("power", args), slopes[1]])
        case "power", (base, exponent) if slopes[1] == _ZERO:
            return _product([exponent, _lowered(base, exponent), slopes[0]])
        case "power", (base, exponent):
            logarithm = _product([exponent, t.Apply("log", (base,))])
            return _product([t.Apply("power", args), partial(logarithm, by)])
        case "root", (inner, *order):
            exponent = t.Apply("divide", (_ONE, order[0] if order else t.Number("2")))
            return partial(t.Apply("power", (inner, exponent)), by)
    raise NotApplicable


def _chained(outer: Tree, inner: Tree, by: Tree) -> Tree:
    """The chain rule, for an outer derivative at `x`."""
    slope = partial(inner, by)
    return _ZERO if slope == _ZERO else _product([substitute(outer, {_X: inner}), slope])


@lru_cache(maxsize=64)
def _slope_of(operator: str) -> Tree:
    return build(parse(_SLOPES[operator]).tree, constants=["e"]).tree


def _lowered(base: Tree, exponent: Tree) -> Tree:
    """A power with one factor less."""
    if exponent == t.Number("2"):
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


def is_negative(tree: Tree) -> bool:
    """Whether it has a minus in front."""
    return isinstance(tree, t.Apply) and tree.operator == "minus"


def negative(tree: Tree) -> Tree:
    """A tree with the other sign; nothing stays nothing."""
    if tree == _ZERO:
        return _ZERO
    return tree.children[0] if is_negative(tree) else t.Apply("minus", (tree,))
