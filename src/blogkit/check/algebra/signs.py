"""How an expression compares with zero, as far as the facts settle that at once.

It exists so that `y^{n-k}` under a sum over `k ≤ n` needs no `y ≠ 0`, and a sum of exponentials no
positivity. SymPy's assumptions on the symbols are asked first, then the known orders of pairs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sympy import Abs, Expr, Product, Sum, Symbol

from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable

Order = tuple[Expr, Expr]
"""Two expressions, the first at most the second."""

_NEGATED: Final = {"≠": "=", ">": "≤", "≥": "<"}
_TRIES: Final = 12


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a part of a formula to be defined."""

    part: Expr
    """An expression."""
    sign: str
    """How it compares with zero: `≠`, `>` or `≥`."""


def outermost(running: Expr) -> tuple[Expr, tuple[Expr, Expr, Expr]]:
    """Body and range of the outer binder of a sum or product; SymPy merges nested ones.

    >>> from sympy import Sum
    >>> from sympy.abc import i, j
    >>> outermost(Sum(i * j, (i, 1, j), (j, 1, 3)))
    (Sum(i*j, (i, 1, j)), (j, 1, 3))
    """
    *inner, (name, lower, upper) = running.limits
    body = running.func(running.function, *inner) if inner else running.function
    return body, (name, lower, upper)


def is_plain(part: Expr, sign: str) -> bool:
    """Whether SymPy knows from the assumptions on the symbols how a part compares with zero."""
    match sign:
        case "≠":
            return part.is_zero is False
        case "=":
            return part.is_zero is True
        case ">":
            return part.is_positive is True
        case "≥":
            return part.is_nonnegative is True
        case "<":
            return part.is_negative is True
    return part.is_nonpositive is True


def is_known(part: Expr, sign: str, orders: Sequence[Order] = ()) -> bool:
    """Whether a part compares with zero as said wherever the orders hold.

    Args:
        part: Any expression.
        sign: One of `= ≠ < ≤ > ≥`.
        orders: Pairs known to be in order.

    >>> from sympy import Symbol
    >>> n, k = Symbol("n", integer=True), Symbol("k", integer=True)
    >>> is_known(n - k, "≥", [(k, n)])
    True
    """
    if is_plain(part, sign):
        return True
    if part.is_Mul or part.is_Add or part.is_Pow or part.is_Symbol:
        return any(is_plain(other, sign) for other in _substituted(part, orders))
    return _is_sum_known(part, sign, orders)


def _is_sum_known(part: Expr, sign: str, orders: Sequence[Order]) -> bool:
    """A sum or product of positive terms; a sum needs one term to be positive itself."""
    if not isinstance(part, Sum | Product) or sign not in (">", "≥", "≠"):
        return False
    body, (name, lower, upper) = outermost(part)
    if lower.is_infinite or upper.is_infinite:
        return False
    inside = [*orders, (lower, name), (name, upper)]
    wanted = "≥" if sign == "≥" else ">"
    if not is_known(body, wanted, inside):
        return False
    return isinstance(part, Product) or sign == "≥" or is_known(upper - lower, "≥", orders)


def _substituted(part: Expr, orders: Sequence[Order]) -> Iterator[Expr]:
    """The part with the greater of a pair written as the smaller and a rest, and so on once
    more."""
    rounds = [part]
    for depth in range(2):
        fresh = []
        for each in rounds:
            for number, (small, large) in enumerate(orders):
                fresh.append(_ordered(each, small, large, f"rest{depth}{number}"))
        rounds = [each for each in fresh if each is not None][:_TRIES]
        yield from islice(rounds, _TRIES)


def _ordered(part: Expr, small: Expr, large: Expr, name: str) -> Expr | None:
    is_whole = bool(small.is_integer and large.is_integer)
    rest = Symbol(name, nonnegative=True, integer=True if is_whole else None)
    if large.is_Symbol and part.has(large) and not small.has(large):
        return part.subs(large, small + rest).expand()
    if small.is_Symbol and part.has(small) and not large.has(small):
        return part.subs(small, large - rest).expand()
    return None


def needs_of(part: Expr, sign: str, orders: Sequence[Order] = ()) -> Iterator[Condition]:
    """What must be noted for a part to compare with zero as said; nothing where that is known.

    Args:
        part: Any expression.
        sign: `≠`, `>` or `≥`.
        orders: Pairs known to be in order.

    Raises:
        NotApplicable: the facts say the opposite: the part is defined nowhere.
    """
    if is_known(part, sign, orders):
        return
    if is_plain(part, _NEGATED[sign]):
        raise NotApplicable(
            Message("a part is defined nowhere: it needs {part} {sign} 0", part=part, sign=sign)
        )
    if part.is_Mul and (split := _split(part, sign, orders)) is not None:
        for factor in split:
            yield from needs_of(factor, sign, orders)
    elif part.is_Pow and part.exp.is_Rational and (sign == "≠" or part.exp == -1):
        yield from needs_of(part.base, "≠" if sign == "≠" else ">", orders)
    elif isinstance(part, Abs):
        yield from needs_of(part.args[0], "≠", orders)
    elif isinstance(part, Sum) and _has_positive_terms(part, orders):
        _, (_, lower, upper) = outermost(part)
        yield from needs_of(upper - lower, "≥", orders)
    else:
        yield Condition(part, sign)


def _split(part: Expr, sign: str, orders: Sequence[Order]) -> list[Expr] | None:
    """The factors that decide: all that may vanish, or the one that is not known to be positive."""
    if sign == "≠":
        return [factor for factor in part.args if not is_known(factor, "≠", orders)]
    others = [factor for factor in part.args if not is_known(factor, ">", orders)]
    return others if len(others) == 1 else None


def _has_positive_terms(part: Expr, orders: Sequence[Order]) -> bool:
    body, (name, lower, upper) = outermost(part)
    if lower.is_infinite or upper.is_infinite:
        return False
    return is_known(body, ">", [*orders, (lower, name), (name, upper)])
