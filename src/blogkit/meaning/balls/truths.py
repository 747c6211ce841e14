"""Truth of relations and connectives at one point.

It exists to be strict: `false` is said only where exact arithmetic or balls exclude the relation,
and an equality that is only enclosed is `CLOSE`. Imports `scope.py`, `sets.py`, `values.py`.
"""

from collections.abc import Iterable
from itertools import pairwise

from flint import arb, ctx, fmpq

from blogkit.formula import Apply, Collection, Constant, Relation, Tree
from blogkit.language import Message
from blogkit.meaning.balls.domains import Operand
from blogkit.meaning.balls.functions import absolute, remainder
from blogkit.meaning.balls.scope import Scope, Truth
from blogkit.meaning.balls.sets import SETS, member
from blogkit.meaning.balls.values import (
    Value,
    add,
    as_integer,
    excludes_zero,
    is_exact,
    is_real,
    is_zero,
    negate,
    sign_of,
    to_complex,
    to_real,
)
from blogkit.meaning.outcomes import Requires, Uncertain, Unsupported
from blogkit.meaning.trees.arithmetic import COMPARISONS

CLOSE_BITS = 200
"""An equality that is not excluded counts as seen if the ball is narrower than 2 to minus this,
relative to the larger side and to the smallest number in either."""

TRUE, FALSE, CLOSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.CLOSE, Truth.UNKNOWN


def conjunction(parts: Iterable[Truth]) -> Truth:
    """Truth of `and`."""
    found = set(parts)
    for truth in (FALSE, UNKNOWN, CLOSE):
        if truth in found:
            return truth
    return TRUE


def disjunction(parts: Iterable[Truth]) -> Truth:
    """Truth of `or`."""
    found = set(parts)
    for truth in (TRUE, CLOSE, UNKNOWN):
        if truth in found:
            return truth
    return FALSE


def negation(truth: Truth) -> Truth:
    """Truth of `not`: what is only close can be neither claimed nor excluded."""
    return {TRUE: FALSE, FALSE: TRUE}.get(truth, UNKNOWN)


def connective(tree: Apply, scope: Scope) -> Truth:
    """Truth of `and`, `or`, `not`, `implies`, `iff`, `xor`, or a relation modulo a number."""
    match tree.operator:
        case "and":
            return conjunction(_until(tree.args, scope, FALSE))
        case "or":
            return disjunction(_until(tree.args, scope, TRUE))
        case "not":
            return negation(scope.truth(tree.args[0]))
        case "implies":
            premise = negation(scope.truth(tree.args[0]))
            return premise if premise is TRUE else disjunction([premise, scope.truth(tree.args[1])])
        case "iff":
            first, second = (scope.truth(arg) for arg in tree.args)
            return conjunction([_follows(first, second), _follows(second, first)])
        case "mod" if isinstance(tree.args[0], Relation):
            return _congruent(tree.args[0], tree.args[1], scope)
    raise Unsupported(Message("no truth value is known for {operator}", operator=tree.operator))


def _until(parts: Iterable[Tree], scope: Scope, last: Truth) -> Iterable[Truth]:
    for part in parts:
        found = scope.truth(part)
        yield found
        if found is last:
            return


def _follows(first: Truth, second: Truth) -> Truth:
    if first is CLOSE and second in (CLOSE, TRUE):
        return second
    return disjunction([negation(first), second])


def _congruent(relation: Relation, modulus: Tree, scope: Scope) -> Truth:
    n = scope.value(modulus)
    if any(sign not in ("≡", "=", "≢") for sign in relation.operators):
        raise Unsupported(Message("a relation modulo a number that is no congruence"))
    values = [scope.value(operand) for operand in relation.operands]
    if is_zero(n) or as_integer(n) is None or any(as_integer(value) is None for value in values):
        raise Unsupported(Message("a congruence of what is not an integer"))
    size = Operand(absolute(Operand(n, modulus, False)), modulus, False)
    found = []
    for sign, (left, right) in zip(relation.operators, _pairs(values), strict=True):
        difference = Operand(add(left, negate(right)), relation, False)
        found.append(Truth.of(is_zero(remainder(difference, size)) != (sign == "≢")))
    return conjunction(found)


def _pairs(values: list[Value]) -> Iterable[tuple[Value, Value]]:
    return pairwise(values)


def relation(tree: Relation, scope: Scope) -> Truth:
    """Truth of a chain of relations."""
    links = zip(tree.operators, tree.operands, tree.operands[1:], strict=False)
    return conjunction([link(sign, left, right, scope) for sign, left, right in links])


def link(sign: str, left: Tree, right: Tree, scope: Scope) -> Truth:
    """Truth of one relation between two trees."""
    if sign in COMPARISONS:
        bounds = _infinite(left), _infinite(right)
        if any(bounds):
            return _compare_infinite(sign, left, right, bounds, scope)
        a, b = scope.value(left), scope.value(right)
        found = compare(sign, a, b, are_same=left == right)
        if found is CLOSE and not _shows_all(add(a, negate(b)), scope):
            scope.is_unseen = True
            return UNKNOWN
        return found
    if sign in SETS:
        values = [scope.value(part) for part in _items(left)]
        found = conjunction([member(value, right, scope) for value in values])
        if found is CLOSE and scope.scale.bits + CLOSE_BITS > ctx.prec:
            scope.is_unseen = True
            return UNKNOWN
        return negation(found) if SETS[sign] else found
    if sign in ("|", "∣", "∤"):
        if not (scope.is_integral(left) and scope.is_integral(right)):
            raise Unsupported(Message("divisibility of what is not known to be an integer"))
        found = Truth.of(_divides(scope.value(left), scope.value(right)))
        return negation(found) if sign == "∤" else found
    raise Unsupported(Message("the relation {sign} is not decided by numbers", sign=sign))


def _shows_all(difference: Value, scope: Scope) -> bool:
    """Whether a difference is so narrow that the smallest part of either side would show in it."""
    least = arb(2) ** -(scope.scale.bits + CLOSE_BITS)
    return bool(to_complex(difference).abs_upper() <= least)


def _items(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Collection) and tree.kind == "sequence":
        return tree.items
    return (tree,)


def _divides(divisor: Value, number: Value) -> bool:
    if as_integer(divisor) is None or as_integer(number) is None:
        raise Unsupported(Message("divisibility of what is not an integer"))
    assert isinstance(divisor, fmpq)
    assert isinstance(number, fmpq)
    return number == 0 if divisor == 0 else (number / divisor).q == 1


def compare(sign: str, left: Value, right: Value, *, are_same: bool = False) -> Truth:
    """Truth of `left sign right`; `are_same` where both come of the same tree."""
    if sign == "=":
        return equal(left, right, are_same=are_same)
    if sign == "≠":
        return negation(equal(left, right, are_same=are_same))
    if not (is_real(left) and is_real(right)):
        left, right = _as_real(left), _as_real(right)
    found = 0 if are_same else sign_of(add(left, negate(right)))
    if found is not None:
        return Truth.of(COMPARISONS[sign](found, 0))
    close = equal(left, right) is CLOSE
    return CLOSE if close and sign in ("≤", "≥") else UNKNOWN


def _as_real(value: Value) -> Value:
    if is_real(value):
        return value
    ball = to_complex(value)
    if excludes_zero(ball.imag):
        raise Unsupported(Message("an order between complex numbers"))
    # It may or may not be real: nothing is certain about its order.
    raise Uncertain


def equal(left: Value, right: Value, *, are_same: bool = False) -> Truth:
    """Truth of an equality."""
    if are_same:
        return TRUE
    if is_exact(left) and is_exact(right):
        return Truth.of(left == right) if _same_kind(left, right) else FALSE
    difference = to_complex(left) - to_complex(right)
    if not difference.contains(0):
        return FALSE
    if difference.is_zero():
        return TRUE
    size = max(abs(to_complex(left)).abs_upper(), abs(to_complex(right)).abs_upper())
    size = min(size, arb(1)) if _is_tiny(left) or _is_tiny(right) else size
    if difference.abs_upper() <= size * arb(2) ** -CLOSE_BITS:
        return CLOSE
    return CLOSE if difference.abs_upper() <= arb(2) ** -(2 * CLOSE_BITS) else UNKNOWN


def _same_kind(left: Value, right: Value) -> bool:
    return isinstance(left, fmpq) == isinstance(right, fmpq)


def _is_tiny(value: Value) -> bool:
    return not is_exact(value) and to_complex(value).contains(0)


def _infinite(tree: Tree) -> int:
    """1 for infinity, -1 for its negative, else 0."""
    match tree:
        case Constant(name="∞"):
            return 1
        case Apply("minus", (Constant(name="∞"),)):
            return -1
        case Apply("plus", (Constant(name="∞"),)):
            return 1
    return 0


def _compare_infinite(
    sign: str, left: Tree, right: Tree, bounds: tuple[int, int], scope: Scope
) -> Truth:
    for tree, bound in ((left, bounds[0]), (right, bounds[1])):
        if not bound and not is_real(scope.value(tree)):
            raise Requires(tree, r"\in \mathbb{R}")
    if bounds[0] and bounds[1]:
        raise Unsupported(Message("infinity compared with infinity"))
    return Truth.of(COMPARISONS[sign](*bounds))


def to_float(value: Value) -> float:
    """The middle of a real value as a float, for the search and never for a verdict."""
    return float(to_real(value).mid())
