r"""Case splits: a claim with `\min`, `\max`, `|x|` or cases as several claims without them.

In each case one argument is chosen and what that means is a hypothesis: in the case `a \leq b`,
`\min\{a, b\}` is a. Together the cases cover everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Abs, And, Eq, Expr, Ge, Gt, Le, Lt, Max, Min, Piecewise, S, sign, true

from blogkit.check.algebra.signs import Condition

MAX_CASES = 48
"""Claims with more cases are not split."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of an expression."""

    part: Expr
    """The expression without what was split."""
    assumed: tuple[Condition, ...] = ()
    """What holds in it."""
    chosen: tuple[tuple[Expr, Expr], ...] = ()
    """What was split, in order, and its value in this case."""

    def applied(self, part: Expr) -> Expr:
        """Another expression in this case."""
        for found, value in self.chosen:
            part = part.xreplace({found: value})
        return part


def cases_of(part: Expr, *, is_real: bool) -> list[Case] | None:
    r"""The cases of an expression; None where there are too many.

    Args:
        part: Any expression.
        is_real: Whether every defined part is a real number.

    >>> from sympy import Abs, Symbol
    >>> [case.part for case in cases_of(Abs(Symbol("x", real=True)), is_real=True)]
    [x, -x]
    """
    waiting, done = [Case(part)], []
    while waiting:
        case = waiting.pop(0)
        found = _innermost(case.part, is_real)
        if found is None:
            done.append(case)
        else:
            waiting += [_chosen(case, found, value, assumed) for value, assumed in _choices(found)]
        if len(waiting) + len(done) > MAX_CASES:
            return None
    return done


def _innermost(part: Expr, is_real: bool) -> Expr | None:
    """A function to split whose arguments need no split."""
    kinds = (Abs, Max, Min, sign, Piecewise)
    for each in sorted(part.atoms(*kinds), key=lambda one: (one.count_ops(), str(one))):
        if any(inner.has(*kinds) for inner in each.args) or _is_bound(each):
            continue
        if isinstance(each, Abs | sign) and not (is_real or each.args[0].is_extended_real):
            continue
        return each
    return None


def _is_bound(part: Expr) -> bool:
    """Whether a bound variable occurs: what is under a sum has no cases of its own."""
    return any(name.name.startswith("@") for name in part.free_symbols)


def _choices(part: Expr) -> Iterator[tuple[Expr, tuple[Condition, ...]]]:
    if isinstance(part, Abs):
        (inner,) = part.args
        yield inner, (Condition(inner, "≥"),)
        yield -inner, (Condition(-inner, "≥"),)
    elif isinstance(part, sign):
        (inner,) = part.args
        yield S.One, (Condition(inner, ">"),)
        yield S.NegativeOne, (Condition(-inner, ">"),)
        yield S.Zero, (Condition(inner, "="),)
    elif isinstance(part, Piecewise):
        yield from _branches(part)
    else:
        is_greatest = isinstance(part, Max)
        for chosen in part.args:
            others = [other for other in part.args if other != chosen]
            gaps = [chosen - other if is_greatest else other - chosen for other in others]
            yield chosen, tuple(Condition(gap, "≥") for gap in gaps)


def _branches(part: Expr) -> Iterator[tuple[Expr, tuple[Condition, ...]]]:
    """Branches by their own condition; that earlier ones fail is not used, which is sound."""
    for value, holds in part.args:
        yield value, () if holds == true else tuple(_relations(holds))


def _relations(holds: Expr) -> Iterator[Condition]:
    for each in holds.args if isinstance(holds, And) else (holds,):
        if isinstance(each, Gt | Ge):
            yield Condition(each.lhs - each.rhs, ">" if isinstance(each, Gt) else "≥")
        elif isinstance(each, Lt | Le):
            yield Condition(each.rhs - each.lhs, ">" if isinstance(each, Lt) else "≥")
        elif isinstance(each, Eq):
            yield Condition(each.lhs - each.rhs, "=")


def _chosen(case: Case, found: Expr, value: Expr, assumed: tuple[Condition, ...]) -> Case:
    kept = tuple(
        Condition(each.part.xreplace({found: value}), each.sign)
        for each in (*case.assumed, *assumed)
    )
    return Case(case.part.xreplace({found: value}), kept, (*case.chosen, (found, value)))
