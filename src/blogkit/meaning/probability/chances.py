r"""The value of an expression in probabilities, for given finite distributions.

A world has a table for each distribution: how probable each outcome of its random variables is.
Values are exact; balls only where a logarithm stands.
"""

import itertools
import math
import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from blogkit.formula import (
    Apply,
    Big,
    Call,
    Ellipsis,
    Expectation,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.probability.events import (
    Distribution,
    Event,
    Point,
    Run,
    Sequences,
    distribution_calls,
    distribution_of,
    read_event,
)
from blogkit.meaning.probability.sequences import (
    in_order,
    is_cut_short,
    is_full_range,
    is_infinite,
    runs_down,
)
from blogkit.meaning.trees.affine import Affine, affine
from blogkit.meaning.trees.arithmetic import COMPARISONS, arithmetic
from blogkit.meaning.trees.probabilities import is_distribution
from blogkit.meaning.trees.rationals import rational

Value = Any
"""An exact number (fmpq), or a ball (arb)."""

Outcome = tuple[int, ...]
"""The value of each random variable, in the order of the table's variables."""

Weights = Mapping[Outcome, fmpq]
"""How probable each outcome is; their sum is 1."""

BITS = 256
"""Precision of balls."""


@dataclass(slots=True)
class Table:
    """One distribution of finitely many random variables."""

    supports: dict[Tree, list[int]] = field(default_factory=dict)
    """The values that each variable takes."""
    weights: Weights = field(default_factory=dict)
    """How probable each outcome is."""


def drawn(
    supports: Iterable[Collection[int]],
    source: random.Random,
    top: int,
    *,
    is_independent: bool = False,
) -> Weights:
    """Random positive weights for all outcomes.

    Args:
        supports: The values that each variable takes.
        source: Where chance comes from.
        top: How many times more probable one value or outcome may be than another.
        is_independent: Whether the variables are independent of one another.
    """
    supports = list(supports)
    outcomes = list(itertools.product(*supports))
    if is_independent:
        margins = [{value: source.randint(1, top) for value in support} for support in supports]
        parts = [[m[v] for m, v in zip(margins, o, strict=True)] for o in outcomes]
        raw = list(map(math.prod, parts))
    else:
        raw = [source.randint(1, top) for _ in outcomes]
    return {o: fmpq(weight, sum(raw)) for o, weight in zip(outcomes, raw, strict=True)}


def margin(weights: Weights, places: Sequence[int]) -> dict[Outcome, fmpq]:
    """How probable the values of some variables are, which are told by their places."""
    found: dict[Outcome, fmpq] = {}
    for outcome, weight in weights.items():
        part = tuple(outcome[place] for place in places)
        found[part] = found.get(part, 0) + weight
    return found


def rows(
    distribution: Distribution, names: Collection[Tree], weights: Weights
) -> Iterator[tuple[str, str]]:
    """A distribution as it is printed: `P(X = 0, Y = 1)` and how probable that is."""
    function, *parameters = distribution
    for outcome, weight in weights.items():
        pairs = zip(names, outcome, strict=True)
        point = tuple(Relation((name, rational(value)), ("=",)) for name, value in pairs)
        cell = Call(function, point, (), tuple(parameters))
        yield to_latex(cell), to_latex(rational(weight))


@dataclass(slots=True)
class World:
    """Sizes, tables and values at which a statement is evaluated."""

    sequences: Sequences
    """The sequences of the statement."""
    sizes: Mapping[Tree, int]
    """The value of every size and free index."""
    aliases: Mapping[Tree, Tree] = field(default_factory=dict)
    """Names of other values of a variable: `y'` of `y`."""
    tables: dict[Distribution, Table] = field(default_factory=dict)
    """The table of each distribution."""
    chosen: dict[Tree, int] = field(default_factory=dict)
    """The values of free variables."""
    variable_of: dict[Tree, Tree] = field(default_factory=dict)
    """The variable that a name of a value, or a summed name, belongs to."""
    told: dict[Tree, set[int]] = field(default_factory=dict)
    """The values that a statement names as numbers, by variable."""
    numbers: dict[Tree, fmpq] = field(default_factory=dict)
    """The numbers beside the probabilities."""
    is_collecting: bool = True
    """Whether variables are still being found, and all probabilities count as 1."""

    def probability(self, call: Call, bound: Mapping[Tree, int]) -> fmpq:
        """The value of `p(a|b)`."""
        if not call.args:
            raise NotApplicable(Message("a probability of nothing"))
        table = self.tables.setdefault(distribution_of(call), Table())
        given = self._literals(read_event(call.conditions, self.sequences), bound, table)
        asked = self._literals(read_event(call.args, self.sequences), bound, table)
        if self.is_collecting:
            return fmpq(1)
        below = above = fmpq(0)
        for outcome, weight in table.weights.items():
            values = dict(zip(table.supports, outcome, strict=True))
            if _happens(given, values):
                below += weight
                above += weight if _happens(asked, values) else 0
        if not below:
            raise Undefined
        return above / below

    def _literals(self, event: Event, bound: Mapping[Tree, int], table: Table) -> "_Literal":
        element = event.element
        if isinstance(element, Point):
            return self._point(element, bound, table)
        if isinstance(element, Run):
            return self._run(element, bound, table)
        parts = tuple(self._literals(part, bound, table) for part in event.parts)
        return _Literal(event.word, parts)

    def _point(self, point: Point, bound: Mapping[Tree, int], table: Table) -> "_Literal":
        name = self.aliases.get(point.name, point.name)
        key = self._key(name, bound)
        shown = point.name if point.value is None else point.value
        if isinstance(shown, Number):
            value = _whole(shown)
        elif shown in bound:
            value = bound[shown]
            self.variable_of[shown] = key
        elif isinstance(shown, Index) and any(node in bound for node in walk(shown)):
            raise NotApplicable(
                Message("which values a sum over an index runs through is not known")
            )
        else:
            value = self._free(self._key(shown, bound), key)
        return self._is(key, value, table, is_number=isinstance(shown, Number))

    def _key(self, name: Tree, bound: Mapping[Tree, int]) -> Tree:
        if isinstance(name, Index) and isinstance(name.base, Symbol):
            places = [self.at(affine(index), bound) for index in name.indices]
            return Index(name.base, tuple(Number(str(place)) for place in places), name.upper)
        return name

    def _free(self, name: Tree, key: Tree) -> int:
        if name not in self.chosen:
            others = [n for n, variable in self.variable_of.items() if variable == key]
            self.chosen[name] = 0 if any(n in self.chosen for n in others) else 1
            self.variable_of[name] = key
        return self.chosen[name]

    def _run(self, run: Run, bound: Mapping[Tree, int], table: Table) -> "_Literal":
        if run.family in self.sequences.numbered:
            return self._numbered(run, bound, table)
        lower, upper = self.at(run.lower, bound), self.at(run.upper, bound)
        if lower > upper + 1 or lower < 0:
            raise Undefined
        parts = []
        for place in range(lower, upper + 1):
            member = Index(run.family, (Number(str(place)),))
            value = bound[member] if member in bound else self._free(member, member)
            parts.append(self._is(member, value, table))
        return _Literal("and", tuple(parts))

    def _numbered(self, run: Run, bound: Mapping[Tree, int], table: Table) -> "_Literal":
        ((symbol, _),) = run.lower.terms
        key = run.family
        if symbol in bound:
            self.variable_of[symbol] = key
            return self._is(key, bound[symbol], table)
        return self._is(key, self._free(symbol, key), table)

    def _is(self, key: Tree, value: int, table: Table, *, is_number: bool = False) -> "_Literal":
        support = table.supports.setdefault(key, [])
        if self.is_collecting and is_number and value not in support:
            support.append(value)
            self.told.setdefault(key, set()).add(value)
        return _Literal("is", (), key, value)

    def at(self, index: Affine | None, bound: Mapping[Tree, int]) -> int:
        """The value of an index."""
        if index is None:
            raise NotApplicable(Message("an index is not understood"))
        known = {
            symbol: place
            for symbol, place in [*self.sizes.items(), *bound.items()]
            if isinstance(symbol, Symbol)
        }
        value = index.at(known)
        if value is None:
            raise NotApplicable(Message("an index has no value"))
        return value

    def values_of(self, name: Tree) -> list[int]:
        """The values that a summed name runs through."""
        key = self.variable_of.get(name, self.aliases.get(name, name))
        supports = [table.supports[key] for table in self.tables.values() if key in table.supports]
        return supports[0] if supports and not self.is_collecting else [0, 1]

    def number(self, name: Tree, bound: Mapping[Tree, int]) -> fmpq:
        """A number beside the probabilities, drawn; the same wherever its name stands."""
        key = self._key(name, bound)
        if any(key in table.supports for table in self.tables.values()):
            raise NotApplicable(Message("a part beside the probabilities is not understood"))
        if key not in self.numbers:
            weights = [w for table in self.tables.values() for w in table.weights.values()]
            source = random.Random(f"{to_latex(key)} {weights[:1]}")
            self.numbers[key] = fmpq(source.randint(1, 9), source.randint(1, 5))
        return self.numbers[key]

    def conditions(self) -> tuple[str, ...]:
        r"""LaTeX of what is taken for all values of a variable: `H \in \{0, 1\}`."""
        return tuple(
            rf"{to_latex(key)} \in \{{{', '.join(map(str, sorted(values)))}\}}"
            for key, values in self.told.items()
            if len(values) > 1
        )

    def settle(self) -> None:
        """Ends the search for variables: each gets two values at least, in all its tables."""
        self.is_collecting = False
        for key in {key for table in self.tables.values() for key in table.supports}:
            shared = {v for table in self.tables.values() for v in table.supports.get(key, [])}
            for spare in (0, 1, 2):
                if len(shared) < 2 or (spare in self.chosen.values() and not shared):
                    shared.add(spare)
            shared |= {
                value for name, value in self.chosen.items() if self.variable_of.get(name) == key
            }
            for table in self.tables.values():
                if key in table.supports:
                    table.supports[key] = sorted(shared)


@dataclass(frozen=True, slots=True)
class _Literal:
    word: str
    parts: tuple["_Literal", ...] = ()
    key: Tree | None = None
    value: int = 0


def _happens(literal: _Literal, values: Mapping[Tree, int]) -> bool:
    match literal.word:
        case "is":
            assert literal.key is not None
            return values[literal.key] == literal.value
        case "and":
            return all(_happens(part, values) for part in literal.parts)
        case "or":
            return any(_happens(part, values) for part in literal.parts)
        case "not":
            return not _happens(literal.parts[0], values)
        case _:
            return False


def _whole(tree: Number) -> int:
    if not tree.text.isdigit() or len(tree.text) > 6:
        raise NotApplicable(Message("a value of a random variable is no small whole number"))
    return int(tree.text)


def holds(claim: Tree, world: World) -> bool | None:
    """Whether a relation holds in a world; None where it can't be told or a side is undefined."""
    if not isinstance(claim, Relation) or len(claim.operators) != 1:
        raise NotApplicable(Message("no relation between probabilities"))
    try:
        left, right = (value(side, world, {}) for side in claim.operands)
    except Undefined:
        return None
    return compare(left, claim.operators[0], right)


def compare(left: Value, sign: str, right: Value) -> bool | None:
    """Whether `left sign right`; None where balls overlap.

    Raises:
        NotApplicable: where the sign is no comparison.
    """
    if sign not in COMPARISONS:
        raise NotApplicable(Message("the relation {sign} is not understood here", sign=sign))
    difference = left - right
    if isinstance(difference, arb) and difference.contains(0):
        # Equal as far as can be seen: a strict comparison or ≠ stays open.
        close = difference.abs_upper() < 2.0**-200
        return True if sign in {"=", "≤", "≥"} and close else None
    return bool(COMPARISONS[sign](difference, 0))


def exact(number: Fraction) -> fmpq:
    """A fraction as an exact number."""
    return fmpq(number.numerator, number.denominator)


def value(tree: Tree, world: World, bound: Mapping[Tree, int]) -> Value:
    """The value of an expression.

    Raises:
        NotApplicable: where a part is not understood.
        Undefined: where a denominator or a condition has probability 0, or a range runs backwards.
    """

    def inner(part: Tree) -> Value:
        return value(part, world, bound)

    match tree:
        case Call() if is_distribution(tree.function):
            return world.probability(tree, bound)
        case Expectation(operator="expectation", args=(body,), conditions=()):
            return _mean(tree.under, body, world, bound)
        case Big(operator="sum" | "integral" | "product"):
            return _big(tree, world, bound)
        case Apply(operator="plus" | "times", args=args):
            tree = replace(tree, args=_without_dots(args, world, bound))
        case Apply(operator="divide", args=(above, below)):
            found_sides = inner(above), inner(below)
            return fmpq(1) if world.is_collecting else quotient(*found_sides)
        case Apply(operator="log" | "ln", args=(body,)):
            of = inner(body)
            return fmpq(1) if world.is_collecting else _logarithm(of)
        case Symbol() | Index() if tree in bound or tree in world.sizes:
            return fmpq(bound[tree] if tree in bound else world.sizes[tree])
        case Symbol() | Index():
            return world.number(tree, bound)
    found = arithmetic(tree, inner, exact)
    if found is None:
        raise NotApplicable(Message("a part beside the probabilities is not understood"))
    return found


def quotient(above: Value, below: Value) -> Value:
    """A quotient.

    Raises:
        Undefined: where the divisor is zero or can't be told from zero.
    """
    if below.contains(0) if isinstance(below, arb) else not below:
        raise Undefined
    return above / below


def _logarithm(inner: Value) -> arb:
    if not inner > 0:
        raise Undefined
    with ctx.workprec(BITS):
        return arb(inner).log()


def _without_dots(
    args: tuple[Tree, ...], world: World, bound: Mapping[Tree, int]
) -> tuple[Tree, ...]:
    """Terms where dots stand for nothing: the sizes must be such that none is left out.

    Raises:
        Undefined: where there would be terms between those before and those after the dots.
    """
    args = in_order(args)
    places = [place for place, arg in enumerate(args) if isinstance(arg, Ellipsis)]
    if not places:
        return args
    if len(places) > 1 or places[0] == 0:
        raise NotApplicable(Message("how the terms go on is not known"))
    before, after = args[: places[0]], args[places[0] + 1 :]
    reached = max(_reach(term, world, bound) for term in before)
    if after and min(_reach(term, world, bound) for term in after) != reached + 1:
        raise Undefined
    if not after and all(world.at(end, bound) != reached for end in world.sequences.last.values()):
        raise Undefined
    return (*before, *after)


def _reach(term: Tree, world: World, bound: Mapping[Tree, int]) -> int:
    """The highest index in a term."""
    places = [
        world.at(end, bound)
        for call in distribution_calls(term)
        for event in (call.args, call.conditions)
        for end in _ends(read_event(event, world.sequences), world.sequences)
    ]
    if not places:
        raise NotApplicable(Message("how the terms go on is not known"))
    return max(places)


def _ends(event: Event, sequences: Sequences) -> list[Affine]:
    own = [event.element.upper] if isinstance(event.element, Run) else []
    return [*own, *(end for part in event.parts for end in _ends(part, sequences))]


def _big(big: Big, world: World, bound: Mapping[Tree, int]) -> Value:
    if _has_numbered(big, world) and not _numbers_values(big, world):
        raise NotApplicable(Message("whether a sum runs over all values is not known"))
    if big.lower is not None and not is_infinite(big.lower) and not _numbers_values(big, world):
        return _joined(big, _at_each_index(big, world, bound))
    if big.operator == "product" or not (is_full_range(big) or _numbers_values(big, world)):
        raise NotApplicable(Message("the range of a sum or product is not known"))
    return _joined(big, [value(big.body, world, inner) for inner in _choices(big, world, bound)])


def _joined(big: Big, values: list[Value]) -> Value:
    return math.prod(values, start=fmpq(1)) if big.operator == "product" else sum(values, fmpq(0))


def _numbers_values(big: Big, world: World) -> bool:
    """Whether a sum's index only numbers values: `\\sum_j P(B|A_j) P(A_j)`, from 1 where told."""
    if big.lower is not None and big.lower != Number("1"):
        return False
    if big.upper is not None and not isinstance(big.upper, Symbol):
        return False
    return _has_numbered(big, world)


def _has_numbered(big: Big, world: World) -> bool:
    names = {
        arg.base
        for call in distribution_calls(big.body)
        for arg in (*call.args, *call.conditions)
        if isinstance(arg, Index) and arg.indices[0] in big.bound
    }
    return bool(names & world.sequences.numbered)


def _at_each_index(big: Big, world: World, bound: Mapping[Tree, int]) -> list[Value]:
    if len(big.bound) != 1 or big.condition is not None or big.operator == "integral":
        raise NotApplicable(Message("the range of a sum or product is not known"))
    if runs_down(affine(big.lower), affine(big.upper)):
        raise NotApplicable(Message("a range of indices runs backwards"))
    lower = world.at(affine(big.lower), bound)
    upper = world.at(affine(big.upper), bound)
    if lower > upper + 1:
        raise Undefined
    return [value(big.body, world, {**bound, big.bound[0]: n}) for n in range(lower, upper + 1)]


def _choices(big: Big, world: World, bound: Mapping[Tree, int]) -> list[Mapping[Tree, int]]:
    """All values of what a sum binds: a variable, a member of a family, or a whole sequence."""
    names: list[Tree] = []
    if is_cut_short(big):
        raise NotApplicable(Message("which members of a sequence are summed over is not known"))
    for name in big.bound:
        if name in world.sequences.wholes:
            run = world.sequences.wholes[name]
            ends = world.at(run.lower, bound), world.at(run.upper, bound)
            names += [Index(run.family, (Number(str(n)),)) for n in range(ends[0], ends[1] + 1)]
        elif isinstance(name, Index):
            place = world.at(affine(name.indices[0]), bound)
            names.append(Index(name.base, (Number(str(place)),)))
        else:
            names.append(name)
    supports = [world.values_of(name) for name in names]
    if len(list(itertools.product(*supports))) > 256:
        raise Undefined
    chosen = [
        {**bound, **dict(zip(names, values, strict=True))}
        for values in itertools.product(*supports)
    ]
    return list(chosen)


def _mean(under: Tree | None, inner: Tree, world: World, bound: Mapping[Tree, int]) -> Value:
    r"""`\mathbb{E}_{z \sim q(z|x)}[…]` as the sum that it is by definition."""
    call = under
    if isinstance(under, Relation) and under.operators == ("∼",):
        call = under.operands[1]
        if isinstance(call, Symbol) and is_distribution(call):
            call = Call(call, (under.operands[0],))
    if not isinstance(call, Call) or not is_distribution(call.function):
        raise NotApplicable(Message("what an expectation is taken over is not known"))
    if not all(isinstance(arg, Symbol) for arg in call.args):
        raise NotApplicable(Message("what an expectation is taken over is not known"))
    names = tuple(call.args)
    big = Big("sum", names, None, None, None, Apply("times", (call, inner)))
    return value(big, world, bound)
