r"""Sets of numbers: whether a value belongs to one, and the elements of finite ones.

Imports `scope.py`, `values.py`, `outcomes.py`.
"""

from collections.abc import Callable
from itertools import islice, pairwise
from typing import Final

from flint import arb, fmpq

from blogkit.formula import (
    Apply,
    Blank,
    Collection,
    Comprehension,
    Constant,
    Ellipsis,
    Index,
    Interval,
    Number,
    Relation,
    Sign,
    Symbol,
    Tree,
)
from blogkit.language import Message
from blogkit.meaning.balls.scope import MAX_TERMS, Scope, Truth
from blogkit.meaning.balls.values import (
    Value,
    add,
    as_integer,
    imaginary_part,
    is_exact,
    is_real,
    negate,
    sign_of,
    to_complex,
    to_real,
)
from blogkit.meaning.outcomes import Uncertain, Unsupported

SETS: Final[dict[str, bool]] = {"∈": False, "∉": True}
"""Signs of membership, and whether they deny it."""


def member(value: Value, tree: Tree, scope: Scope) -> Truth:
    """Whether a value is an element of the set that a tree stands for.

    Raises:
        Unsupported: the set is not known.
    """
    match tree:
        case Constant(name=name) if name in _NUMBERS:
            return _NUMBERS[name](value)
        case Index(Constant() as base, (restriction,)) | Apply(
            "power", (Constant() as base, restriction)
        ):
            return _restricted(value, base, restriction, scope)
        case Interval():
            return _in_interval(value, tree, scope)
        case Collection(kind="set"):
            return _in_list(value, tree, scope)
        case Apply("difference", (first, *others)):
            inside = member(value, first, scope)
            outside = [_not(member(value, other, scope)) for other in others]
            return _all([inside, *outside])
        case Apply("union", parts):
            return _not(_all([_not(member(value, part, scope)) for part in parts]))
        case Apply("intersection", parts):
            return _all([member(value, part, scope) for part in parts])
        case Comprehension():
            return _in_comprehension(value, tree, scope)
    raise Unsupported(Message("a set that is not known"))


def _not(truth: Truth) -> Truth:
    swapped = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}
    return swapped.get(truth, Truth.UNKNOWN)


def _all(parts: list[Truth]) -> Truth:
    for truth in (Truth.FALSE, Truth.UNKNOWN, Truth.CLOSE):
        if truth in parts:
            return truth
    return Truth.TRUE


def _is_integer(value: Value) -> Truth:
    if is_exact(value):
        return Truth.of(as_integer(value) is not None)
    if not to_complex(value).contains_integer():
        return Truth.FALSE
    ball = to_complex(value)
    return Truth.CLOSE if ball.abs_upper() < 1 and _is_narrow(ball.rad()) else _near_integer(value)


def _near_integer(value: Value) -> Truth:
    ball = to_complex(value)
    return Truth.CLOSE if _is_narrow(ball.rad()) else Truth.UNKNOWN


def _is_narrow(radius: arb) -> bool:
    return bool(radius < arb(2) ** -200)


def _is_natural(value: Value) -> Truth:
    if is_real(value) and sign_of(value) == -1:
        return Truth.FALSE
    return _all([_is_integer(value), Truth.TRUE if is_exact(value) else Truth.CLOSE])


def _is_rational(value: Value) -> Truth:
    if isinstance(value, fmpq):
        return Truth.TRUE
    if is_exact(value):
        return Truth.FALSE
    return Truth.FALSE if not is_real(value) and _is_real(value) is Truth.FALSE else Truth.UNKNOWN


def _is_real(value: Value) -> Truth:
    if is_real(value):
        return Truth.TRUE
    if is_exact(value):
        return Truth.FALSE
    part = to_real(imaginary_part(value))
    if not part.contains(0):
        return Truth.FALSE
    return Truth.CLOSE if _is_narrow(part.rad()) else Truth.UNKNOWN


_NUMBERS: Final[dict[str, Callable[[Value], Truth]]] = {
    "N": _is_natural,
    "Z": _is_integer,
    "Q": _is_rational,
    "R": _is_real,
    "C": lambda _: Truth.TRUE,
    "∅": lambda _: Truth.FALSE,
}


def _restricted(value: Value, base: Constant, restriction: Tree, scope: Scope) -> Truth:
    """Membership in `Z_{\\ge 1}`, `R^+`, `R_{>0}`, `N^*`."""
    inside = member(value, base, scope)
    if inside is Truth.FALSE:
        return inside
    sign = _side(restriction)
    if sign is None:
        raise Unsupported(Message("a set of numbers with a mark that is not known"))
    relation, bound = sign
    if not is_real(value):
        return Truth.UNKNOWN
    if relation == "≠":
        found = sign_of(add(value, negate(bound)))
        return Truth.UNKNOWN if found is None else _all([inside, Truth.of(found != 0)])
    return _all([inside, _compare(value, relation, bound)])


def _side(restriction: Tree) -> tuple[str, fmpq] | None:
    match restriction:
        case Relation((Blank(), bound), (sign,)) if sign in ("≥", ">", "≤", "<", "≠"):
            number = _plain_number(bound)
            return None if number is None else (sign, number)
        case Sign("+"):
            return ">", fmpq(0)
        case Sign("-" | "−"):
            return "<", fmpq(0)
        case Sign("∗" | "*" | "×"):
            return "≠", fmpq(0)
    return None


def _plain_number(tree: Tree) -> fmpq | None:
    match tree:
        case Number(text) if text.isdigit():
            return fmpq(int(text))
        case Apply("minus", (Number(text),)) if text.isdigit():
            return fmpq(-int(text))
    return None


def _compare(value: Value, sign: str, bound: Value) -> Truth:
    found = sign_of(add(value, negate(bound)))
    if found is None:
        return Truth.UNKNOWN
    holds = {"≥": found >= 0, ">": found > 0, "≤": found <= 0, "<": found < 0}
    return Truth.of(holds[sign])


def _in_interval(value: Value, interval: Interval, scope: Scope) -> Truth:
    inside = _is_real(value)
    if inside is Truth.FALSE:
        return inside
    if not is_real(value):
        return Truth.UNKNOWN
    found: list[Truth] = [inside]
    if not _is_infinite(interval.lower):
        sign = "≥" if interval.has_lower else ">"
        found.append(_compare(value, sign, _real(interval.lower, scope)))
    if not _is_infinite(interval.upper):
        sign = "≤" if interval.has_upper else "<"
        found.append(_compare(value, sign, _real(interval.upper, scope)))
    return _all(found)


def _real(tree: Tree, scope: Scope) -> Value:
    value = scope.value(tree)
    if not is_real(value):
        raise Unsupported(Message("an interval with an end that is not real"))
    return value


def _is_infinite(tree: Tree) -> bool:
    return Constant("∞") in (tree, *tree.children)


def _in_list(value: Value, listed: Collection, scope: Scope) -> Truth:
    if any(isinstance(item, Ellipsis) for item in listed.items):
        return _in_progression(value, listed, scope)
    items = [item for item in listed.items if not _is_infinite(item)]
    found = [_same(value, scope.value(item)) for item in items]
    return _not(_all([_not(truth) for truth in found]))


def _same(a: Value, b: Value) -> Truth:
    if is_exact(a) and is_exact(b):
        return Truth.of(a == b and isinstance(a, fmpq) == isinstance(b, fmpq))
    difference = to_complex(a) - to_complex(b)
    return Truth.UNKNOWN if difference.contains(0) else Truth.FALSE


def _in_progression(value: Value, listed: Collection, scope: Scope) -> Truth:
    first, step, last = progression(listed, scope)
    if not is_real(value) or not is_exact(value):
        return Truth.UNKNOWN if _is_integer(value) is not Truth.FALSE else Truth.FALSE
    number = as_integer(value)
    if number is None or (number - first) % step:
        return Truth.FALSE
    distance = (number - first) // step
    return Truth.of(distance >= 0 and (last is None or distance <= (last - first) // step))


def progression(listed: Collection, scope: Scope) -> tuple[int, int, int | None]:
    r"""First, step and last of `\{1, 2, \dots, n\}`; no last where it goes on for ever.

    Raises:
        Unsupported: it is not a plain progression of integers.
    """
    at = next(i for i, item in enumerate(listed.items) if isinstance(item, Ellipsis))
    head = [as_integer(scope.value(item)) for item in listed.items[:at]]
    tail = [as_integer(scope.value(item)) for item in listed.items[at + 1 :]]
    numbers = [number for number in head if number is not None]
    if len(numbers) < len(head) or not numbers or len(tail) > 1 or None in tail:
        raise Unsupported(Message("a list with an ellipsis that is no progression of integers"))
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    if not step or any(b - a != step for a, b in pairwise(numbers)):
        raise Unsupported(Message("a list with an ellipsis that is no progression of integers"))
    return numbers[0], step, tail[0] if tail else None


def _in_comprehension(value: Value, tree: Comprehension, scope: Scope) -> Truth:
    match tree.element:
        case Symbol() as name:
            base: Tree | None = None
        case Relation((Symbol() as name, base), ("∈",)):
            pass
        case _:
            raise Unsupported(Message("a set by a property that is not understood"))
    inside = Truth.TRUE if base is None else member(value, base, scope)
    if inside is Truth.FALSE:
        return inside
    with scope.bound({name: value}):
        return _all([inside, *[scope.truth(condition) for condition in tree.conditions]])


def elements(tree: Tree, scope: Scope) -> list[Value]:
    """The elements of a finite set, each once, in the order listed.

    Raises:
        Unsupported: it is not a list or progression of at most `MAX_TERMS`.
        Uncertain: two of them cannot be told apart.
    """
    if not (isinstance(tree, Collection) and tree.kind == "set"):
        raise Unsupported(Message("a set whose elements are not listed"))
    if any(isinstance(item, Ellipsis) for item in tree.items):
        first, step, last = progression(tree, scope)
        if last is None:
            raise Unsupported(Message("an infinite set"))
        values = range(first, last + (1 if step > 0 else -1), step)
        listed: list[Value] = [fmpq(k) for k in islice(values, MAX_TERMS + 1)]
        if len(listed) > MAX_TERMS:
            raise Unsupported(Message("more than {max_terms} elements", max_terms=MAX_TERMS))
        return listed
    distinct: list[Value] = []
    for item in tree.items:
        value = scope.value(item)
        same = [_same(value, other) for other in distinct]
        if Truth.UNKNOWN in same:
            raise Uncertain
        if Truth.TRUE not in same:
            distinct.append(value)
    return distinct
