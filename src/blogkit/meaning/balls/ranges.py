r"""The values that bound variables run through: `i = 1` to `n`, `d \mid n`, `1 \le i < j \le n`.

Only finite ranges of integers are read, and a range that is not bounded on both sides is refused.
Imports `scope.py`, `sets.py`, `truths.py`, `values.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from flint import fmpq

from blogkit.formula import Big, Collection, Relation, Symbol, System, Tree, walk
from blogkit.language import Message
from blogkit.meaning.balls.scope import MAX_TERMS, Scope, Truth
from blogkit.meaning.balls.sets import elements
from blogkit.meaning.balls.values import Value, as_integer, is_exact, is_real, to_real
from blogkit.meaning.outcomes import Requires, Uncertain, Unsupported

Binding = Mapping[Tree, Value]
"""A value for each bound variable."""


def bindings(big: Big, scope: Scope) -> Iterator[Binding]:
    """What the bound variables of a sum or the like run through, in order.

    Raises:
        Unsupported: no finite range of integers could be read, or it has more than `MAX_TERMS`.
        Undefined: the range ends more than one before it starts, where conventions differ.
    """
    names = [name for name in big.bound if isinstance(name, Symbol)]
    if len(names) != len(big.bound) or not names:
        raise Unsupported(Message("a bound variable that is no plain name"))
    conditions = _statements(big.condition)
    if big.lower is not None and big.upper is not None and len(names) == 1:
        yield from _kept(names, [_between(big.lower, big.upper, scope)], conditions, scope)
        return
    if big.lower is not None or big.upper is not None:
        raise Unsupported(Message("a range with one end"))
    if len(names) == len(conditions) == 1:
        listed = _listed(names[0], conditions[0], scope)
        if listed is not None:
            for value in listed:
                yield {names[0]: value}
            return
    columns = [_interval(name, names, conditions, scope) for name in names]
    yield from _kept(names, columns, conditions, scope)


def _statements(condition: Tree | None) -> list[Tree]:
    match condition:
        case None:
            return []
        case System(statements=parts):
            return [part for whole in parts for part in _statements(whole)]
    return [condition]


def _between(lower: Tree, upper: Tree, scope: Scope) -> Sequence[Value]:
    first, last = _end(lower, scope), _end(upper, scope)
    if last < first - 1:
        raise Requires(upper, rf"\geq {first - 1}")
    return _integers(first, last)


def _integers(first: int, last: int) -> Sequence[Value]:
    if last - first >= MAX_TERMS:
        raise Unsupported(
            Message("a sum or product of more than {max_terms} terms", max_terms=MAX_TERMS)
        )
    return [fmpq(k) for k in range(first, last + 1)]


def _end(tree: Tree, scope: Scope) -> int:
    value = scope.value(tree)
    number = as_integer(value)
    if number is None:
        if not is_exact(value):
            raise Uncertain
        raise Requires(tree, r"\in \mathbb{Z}")
    return number


def _kept(
    names: list[Symbol], columns: list[Sequence[Value]], conditions: list[Tree], scope: Scope
) -> Iterator[Binding]:
    size = 1
    for column in columns:
        size *= len(column)
    if size > MAX_TERMS:
        raise Unsupported(
            Message("a sum or product of more than {max_terms} terms", max_terms=MAX_TERMS)
        )
    for values in product(*columns):
        binding: dict[Tree, Value] = dict(zip(names, values, strict=True))
        if _holds(binding, conditions, scope):
            yield binding


def _holds(binding: Binding, conditions: list[Tree], scope: Scope) -> bool:
    if not conditions:
        return True
    with scope.bound(binding):
        for condition in conditions:
            truth = scope.truth(condition)
            if truth is Truth.FALSE:
                return False
            if truth is not Truth.TRUE:
                raise Uncertain
    return True


def _listed(name: Symbol, condition: Tree, scope: Scope) -> Sequence[Value] | None:
    match condition:
        case Relation((left, right), ("∈",)) if left == name:
            return elements(right, scope)
        case Relation((left, right), ("|" | "∣",)) if left == name:
            return _divisors(_end(right, scope))
    return None


def _divisors(number: int) -> Sequence[Value]:
    if number == 0:
        raise Unsupported(Message("a sum over the divisors of zero"))
    number = abs(number)
    if number > MAX_TERMS:
        raise Unsupported(
            Message("the divisors of a number above {max_terms}", max_terms=MAX_TERMS)
        )
    return [fmpq(d) for d in range(1, number + 1) if number % d == 0]


def _interval(
    name: Symbol, names: list[Symbol], conditions: list[Tree], scope: Scope
) -> Sequence[Value]:
    lower: list[int] = []
    upper: list[int] = []
    for condition in conditions:
        for operands, signs in _readings(condition):
            lower += _bounds(name, names, operands, signs, scope, before=True)
            upper += _bounds(name, names, operands, signs, scope, before=False)
    if not lower or not upper:
        raise Unsupported(Message("a bound variable whose range is not said"))
    return _integers(max(lower), min(upper))


def _readings(condition: Tree) -> Iterator[tuple[list[Tree], list[str]]]:
    """The condition as an ascending chain of numbers, where it is one."""
    if not isinstance(condition, Relation):
        return
    operands, signs = list(condition.operands), list(condition.operators)
    if all(sign in ("<", "≤", "=") for sign in signs):
        yield operands, signs
    elif all(sign in (">", "≥", "=") for sign in signs):
        turned = {">": "<", "≥": "≤", "=": "="}
        yield operands[::-1], [turned[sign] for sign in reversed(signs)]
    elif signs == ["∈"] and isinstance(operands[1], Collection):
        ends = operands[1].items
        yield [ends[0], operands[0], ends[-1]], ["≤", "≤"]


def _bounds(
    name: Symbol,
    names: list[Symbol],
    operands: list[Tree],
    signs: list[str],
    scope: Scope,
    *,
    before: bool,
) -> Iterator[int]:
    """Integer bounds that a chain sets to a variable: lower ones stand before it."""
    for at, operand in enumerate(operands):
        places = _places(name, operand)
        if not places:
            continue
        others = range(at) if before else range(at + 1, len(operands))
        for other in others:
            if any(node in names for node in walk(operands[other])):
                continue
            between = signs[other:at] if before else signs[at:other]
            bound = _rounded(operands[other], scope, up=before)
            strict = "<" in between and bound[1]
            yield bound[0] + (strict if before else -strict)


def _places(name: Symbol, operand: Tree) -> bool:
    if isinstance(operand, Collection) and operand.kind == "sequence":
        return name in operand.items
    return operand == name


def _rounded(tree: Tree, scope: Scope, *, up: bool) -> tuple[int, bool]:
    """A bound as an integer, rounded inwards, and whether it was one."""
    value = scope.value(tree)
    number = as_integer(value)
    if number is not None:
        return number, True
    if not is_real(value):
        raise Unsupported(Message("a range with an end that is not real"))
    ball = to_real(value)
    whole = (ball.ceil() if up else ball.floor()).unique_fmpz()
    if whole is None:
        raise Uncertain
    return int(whole), False
