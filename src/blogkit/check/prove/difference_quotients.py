r"""Limits of difference quotients of functions that nobody defines, which are derivatives.

It exists because `\lim_{h \to 0} \frac{f(x+h)-f(x)}{h}` holds of every smooth function.

A smooth function is its Taylor polynomial and a rest,
$f(x + u) = \sum_{k \le n} f^{(k)}(x) u^k / k! + r(u) u^{n+1}$ with r bounded near zero (Rudin,
Principles of Mathematical Analysis, theorem 5.15).
With that a quotient is a Laurent polynomial in `h`; where no negative power is left and no rest
stands before `h^0`, that coefficient is the limit.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from blogkit.check.answers import Answer, Open, Proved, method
from blogkit.formula import Apply, Big, Call, Index, Number, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.arithmetic import arithmetic
from blogkit.meaning.trees.ratios import Ratio, Sum, Term, atom_ratio, number, ratio

if TYPE_CHECKING:
    from collections.abc import Hashable

    from blogkit.check.question import Question

_ORDER: Final = 4
"""The degree of the Taylor polynomials."""
_H: Final = "h"
_NO_VALUE: Final = Message("a part is no sum, product or quotient of values of a function")


def has_difference_quotient(claim: Tree) -> bool:
    """Whether a claim is an equation with such a limit as one side."""
    return (
        isinstance(claim, Relation)
        and claim.operators == ("=",)
        and any(map(_to_zero, claim.operands))
    )


@method
def prove_difference_quotient(question: Question) -> Answer:
    """A proof that a limit of difference quotients is a derivative, or `Open`."""
    claim = question.claim
    assert isinstance(claim, Relation)
    reader = _Expansion()
    one, two = (_value(side, reader) for side in claim.operands)
    if not one.equals(two):
        return Open(Message("the limit is not the other side"))
    names = ", ".join(sorted(to_latex(name) for name in reader.functions))
    condition = Message(r"{name} \text{{ is smooth}}", name=names)
    step = Message("By Taylor's theorem $f(x+u) = f(x) + f'(x) u + \\dots$ for small $u$.")
    return Proved(Message("Taylor expansion"), (condition,), (step,))


def _to_zero(side: Tree) -> Tree | None:
    r"""The name that goes to zero in a limit of a quotient by it; None for other sides.

    Of `\lim_{x \to 0} f(x) = f(0)` it is not said that f is continuous; a derivative exists.
    """
    match side:
        case Big(
            operator="limit",
            condition=Relation(operators=("→",), operands=(name, Number(text="0"))),
            body=body,
        ) if any(isinstance(node, Call) for node in walk(body)) and _is_divided(body, name):
            return name
    return None


def _is_divided(body: Tree, by: Tree) -> bool:
    return any(
        isinstance(node, Apply) and node.operator == "divide" and by in walk(node.args[1])
        for node in walk(body)
    )


def _value(side: Tree, reader: _Expansion) -> Ratio:
    reader.small = _to_zero(side)
    if reader.small is None:
        return reader.read(side)
    assert isinstance(side, Big)
    return _limit(reader.read(side.body))


def _limit(value: Ratio) -> Ratio:
    """What is left of a fraction of Laurent polynomials as `h` goes to zero."""
    powers = [_order_of(term) for term in value.below.terms]
    low = min(powers)
    below = Sum({_without(t): c for t, c in value.below.terms.items() if _order_of(t) == low})
    above: dict[Term, Fraction] = {}
    for term, c in value.above.terms.items():
        order = _order_of(term) - low
        has_rest = any(isinstance(atom, tuple) and atom[0] == "rest" for atom, _ in term)
        if order < 0 or (order == 0 and has_rest):
            raise NotApplicable(Message("the limit of a quotient is not known"))
        if order == 0:
            above[_without(term)] = c
    if any(isinstance(atom, tuple) and atom[0] == "rest" for t in below.terms for atom, _ in t):
        raise NotApplicable(Message("the limit of a quotient is not known"))
    return Ratio(Sum(above), number(1)) / ratio(below)


def _order_of(term: Term) -> int:
    return dict(term).get(_H, 0)


def _without(term: Term) -> Term:
    return frozenset(pair for pair in term if pair[0] != _H)


class _Expansion:
    """Expressions as fractions of Laurent polynomials in what goes to zero."""

    def __init__(self) -> None:
        self.small: Tree | None = None
        self.functions: set[Symbol] = set()

    def read(self, tree: Tree) -> Ratio:
        """An expression.

        Raises:
            NotApplicable: where a part is something else.
        """
        match tree:
            case Symbol() | Index() | Apply(operator="increment"):
                return atom_ratio(_H if tree == self.small else tree)
            case Apply(
                operator="derivative" | "partial", args=(Call(args=(name,)) as call, by)
            ) if name == by:
                return self._called(call, 1)
            case Call():
                return self._called(tree, 0)
        value = arithmetic(tree, self.read, ratio)
        if value is None:
            raise NotApplicable(_NO_VALUE)
        return value

    def _called(self, call: Call, order: int) -> Ratio:
        function = call.function
        is_plain = len(call.args) == 1 and not call.conditions and not call.parameters
        if not isinstance(function, Symbol) or not is_plain:
            raise NotApplicable(_NO_VALUE)
        order += function.primes
        function = replace(function, primes=0)
        self.functions.add(function)
        at, small = self._parted(self.read(call.args[0]))
        place = (function, frozenset(at.terms.items()))
        total, power = ratio(0), ratio(1)
        for k in range(_ORDER + 1 if small.above.terms else 1):
            slope = atom_ratio(("slope", *place, order + k))
            total += slope * power * ratio(Fraction(1, math.factorial(k)))
            power *= small
        if small.above.terms:
            rest: Hashable = ("rest", *place, order, frozenset(small.above.terms.items()))
            total += power * atom_ratio(rest)
        return total

    def _parted(self, value: Ratio) -> tuple[Sum, Ratio]:
        """What an argument is in the limit, and how far it is from that."""
        if value.below != number(1) or any(_order_of(term) < 0 for term in value.above.terms):
            raise NotApplicable(_NO_VALUE)
        at = {term: c for term, c in value.above.terms.items() if not _order_of(term)}
        small = {term: c for term, c in value.above.terms.items() if _order_of(term)}
        return Sum(at), ratio(Sum(small))
