r"""Convex and concave functions by name, and means with weights, for Jensen's inequality.

Imports the operator tree only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.meaning.trees.rewriting import substitute

_ONE: Final = t.Number("1")
_INDEX: Final = Symbol("k", accents=("bound",))
"""What the indices of sums are called here, so that two sums that differ in it only are one."""


def image(
    tree: Tree, *, convex: bool, told: frozenset[Tree] = frozenset()
) -> tuple[str, Tree] | None:
    """The name of a convex function, or of a concave one, and what it is taken of.

    Args:
        tree: what may be its value.
        convex: whether it is to be convex, or concave.
        told: functions of which it is told that they are so.
    """
    match tree:
        case t.Call(function=function, args=(inner,), conditions=(), parameters=()) if (
            function in told
        ):
            return repr(function), inner
        case t.Apply(operator="exp" | "abs" as name, args=(inner,)) if convex:
            return name, inner
        case t.Apply(operator="power", args=(t.Constant(name="e"), inner)) if convex:
            return "exp", inner
        case t.Apply(operator="power", args=(inner, t.Number(text="2" | "4" | "6" as text))) if (
            convex
        ):
            return "power " + text, inner
        case t.Apply(operator="log" | "ln" as name, args=(inner,)) if not convex:
            return name, inner
        case t.Apply(operator="root", args=(inner,)) if not convex:
            return "root", inner
        case t.Apply(operator="minus", args=(t.Apply(operator="log" | "ln", args=(inner,)),)) if (
            convex
        ):
            return "minus log", inner
    return None


@dataclass(frozen=True, slots=True)
class Weighted:
    """A part of a mean: `\\lambda_j y_j` of all `j`, or one summand of a written-out sum."""

    over: t.Big | None
    """Over what it is summed, with a blank for a body; None for one summand."""
    factors: tuple[Tree, ...]
    """Its factors."""

    def split(self) -> Iterator[tuple[Tree, Tree]]:
        """Each factor, with the product of the others, in an order that does not matter."""
        for place, point in enumerate(self.factors):
            rest = (*self.factors[:place], *self.factors[place + 1 :])
            yield _product(rest), point


def weighted(tree: Tree) -> tuple[Weighted, ...]:
    r"""A sum as its parts: `\sum_j \lambda_j y_j`, `t x + (1 - t) y`, `\frac{x + y}{2}`."""
    match tree:
        case t.Big(operator="sum", bound=(Symbol() as index,), body=body):
            over = replace(tree, bound=(_INDEX,), body=t.Blank())
            if tree.condition is not None:
                over = replace(over, condition=substitute(tree.condition, {index: _INDEX}))
            return (Weighted(over, _factors(substitute(body, {index: _INDEX}))),)
        case t.Apply(operator="plus", args=args):
            return tuple(Weighted(None, _factors(arg)) for arg in args)
        case t.Apply(operator="divide", args=(t.Apply(operator="plus", args=args), below)):
            share = t.Apply("divide", (_ONE, below))
            return tuple(Weighted(None, (share, *_factors(arg))) for arg in args)
        case t.Apply(operator="times", args=(share, t.Apply(operator="plus", args=args))):
            return tuple(Weighted(None, (share, *_factors(arg))) for arg in args)
    return ()


def shared_by(weights: tuple[Tree, ...]) -> Tree | None:
    """The `t` of the weights `t` and `1 - t`; of fractions that sum to 1, that number."""
    fractions = [_fraction(weight) for weight in weights]
    known = [fraction for fraction in fractions if fraction is not None and fraction >= 0]
    if len(known) == len(weights):
        return _ONE if sum(known) == 1 else None
    for one, two in (weights, weights[::-1]) if len(weights) == 2 else ():
        if isinstance(one, Symbol) and two == _product((rest_of(one),)):
            return one
    return None


def rest_of(share: Tree) -> Tree:
    """What a share leaves of 1."""
    return t.Apply("plus", (_ONE, t.Apply("minus", (share,))))


def _fraction(tree: Tree) -> Fraction | None:
    match tree:
        case t.Number(text=text) if text.isdigit():
            return Fraction(text)
        case t.Apply(operator="divide", args=(t.Number(text=above), t.Number(text=below))) if (
            above.isdigit() and below.isdigit() and int(below)
        ):
            return Fraction(int(above), int(below))
    return None


def _factors(tree: Tree) -> tuple[Tree, ...]:
    is_product = isinstance(tree, t.Apply) and tree.operator == "times"
    return tree.args if isinstance(tree, t.Apply) and is_product else (tree,)


def _product(factors: tuple[Tree, ...]) -> Tree:
    ordered = tuple(sorted(factors, key=repr))
    if not ordered:
        return _ONE
    return ordered[0] if len(ordered) == 1 else t.Apply("times", ordered)
