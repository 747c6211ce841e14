"""One wrong version of a true formula: a single change of its expression tree.

A candidate is kept if mpmath shows at an admissible point that it is false there while the
unaltered formula is true.
"""

import random
from collections.abc import Iterator
from itertools import islice

import mpmath

from .grim import Expr, integer
from .values import DIGITS, Point, Unknown, holds, points

_SWAPS = {
    "Add": ["Sub", "Mul"],
    "Sub": ["Add"],
    "Mul": ["Div", "Add"],
    "Div": ["Mul"],
    "Sin": ["Cos"],
    "Cos": ["Sin"],
    "Tan": ["Sin"],
    "Cot": ["Tan"],
    "Sinh": ["Sin", "Cosh"],
    "Cosh": ["Sinh"],
    "Tanh": ["Tan"],
    "Asin": ["Acos"],
    "Atan": ["Asin"],
    "Sqrt": ["Abs"],
    "Exp": ["Log"],
    "Floor": ["Ceil"],
    "Ceil": ["Floor"],
    "GCD": ["LCM"],
    "LCM": ["GCD"],
    "Max": ["Min"],
    "Min": ["Max"],
    "Re": ["Im"],
    "Im": ["Re"],
    "Less": ["Greater"],
    "LessEqual": ["GreaterEqual"],
    "Greater": ["Less"],
    "GreaterEqual": ["LessEqual"],
    "Factorial": ["Gamma"],
    "Gamma": ["Factorial"],
    "Erf": ["Erfc"],
    "Sum": ["Product"],
    "Product": ["Sum"],
}
_POINTS = 12
_TRIES = 60


def mutated(
    claim: Expr, assumptions: list[Expr], variables: list[str], rng: random.Random
) -> Expr | None:
    """A version with one change that is false somewhere; None where none is found."""
    with mpmath.workdps(DIGITS):
        admissible = points(variables, assumptions, rng, _POINTS)
        good = [point for point in admissible if _is(claim, point, True)]
        if not good:
            return None
        candidates = list(_changes(claim, variables))
        rng.shuffle(candidates)
        for candidate in islice(candidates, _TRIES):
            if any(_is(candidate, point, False) for point in good):
                return candidate
    return None


def _is(claim: Expr, point: Point, truth: bool) -> bool:
    try:
        return holds(claim, point) is truth
    except Unknown:
        return False


def _changes(expr: Expr, variables: list[str]) -> Iterator[Expr]:
    yield from _own_changes(expr, variables)
    for position, arg in enumerate(expr.args):
        if expr.head in ("For", "Text") and position == 0:
            continue
        for changed in _changes(arg, variables):
            yield Expr(expr.head, (*expr.args[:position], changed, *expr.args[position + 1 :]))


def _own_changes(expr: Expr, variables: list[str]) -> Iterator[Expr]:
    if expr.is_integer:
        yield integer(int(expr.head) + 1)
        yield integer(int(expr.head) - 1)
    elif not expr.args and expr.head in variables:
        yield from (Expr(other) for other in variables if other != expr.head)
        yield Expr("Neg", (expr,))
    elif expr.head == "Neg":
        yield expr.args[0]
    for head in _SWAPS.get(expr.head, ()):
        if head not in ("Sub", "Div") or len(expr.args) == 2:
            yield Expr(head, expr.args)
    if expr.head == "Pow":
        yield Expr("Pow", (expr.args[0], Expr("Add", (expr.args[1], integer(1)))))
