r"""Statements about probabilities, tried on finite distributions with exact fractions.

Each distribution of a claim becomes a table of positive fractions over two values a variable;
sequences get lengths of 1 to 4. A statement that fails on one table is false, and the table is
printed; where dots stand for the rest, the length is such that nothing is left out.
"""

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import replace

from flint import ctx, fmpq

from blogkit.check.answers import Answer, Open, Refuted, Supported, method
from blogkit.check.probability.proof import exponential
from blogkit.check.question import Question
from blogkit.formula import (
    Big,
    Call,
    Ellipsis,
    Expectation,
    Index,
    Number,
    Relation,
    Symbol,
    Text,
    Tree,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message, in_list
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.probability.chances import (
    BITS,
    Table,
    World,
    drawn,
    holds,
    margin,
    rows,
    value,
)
from blogkit.meaning.probability.events import (
    Distribution,
    Sequences,
    distribution_calls,
    distribution_of,
    speaks_of_chance,
)
from blogkit.meaning.probability.sequences import defined_name, find_sequences, has_logarithm
from blogkit.meaning.trees.affine import affine

MAX_LENGTH = 4
"""The longest sequence that is tried."""

MAX_VARIABLES = 8
"""The most random variables of one table."""

MAX_CHOICES = 8
"""The most values of the free variables that are tried with one table."""

TABLES = 6
"""How many tables are tried for each choice of sizes."""


@method
def try_distributions(question: Question) -> Answer:
    """A counterexample among finite distributions, or support, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not speaks_of_chance(claim):
        return Open(Message("no relation between probabilities"))
    if defined_name(claim, question.facts) is not None:
        return Open(Message("a name is defined elsewhere, so a counterexample might violate it"))
    with ctx.workprec(BITS):
        return _try_all(_without_logarithms(claim), question.facts)


def _without_logarithms(claim: Relation) -> Relation:
    """An equation of sums of logarithms as one of products, which is tried exactly."""
    if claim.operators == ("=",) and has_logarithm(claim):
        try:
            left, right = map(exponential, claim.operands)
            return Relation((left, right), ("=",))
        except NotApplicable:
            return claim
    return claim


def _try_all(claim: Relation, facts: Facts) -> Answer:
    sequences = find_sequences(claim, facts)
    doubt = _doubt(claim)
    if claim.operators == ("≠",):
        return Open(doubt)
    samples = 0
    failed: World | None = None
    told: tuple[str, ...] = ()
    for here, is_independent in _trials(claim, sequences, facts):
        verdict = holds(claim, here)
        if verdict is False and doubt:
            return Open(doubt)
        if verdict is False and is_independent:
            return _refuted(claim, failed or here, Message("a finite distribution"))
        if verdict is False:
            failed = failed or here
        samples += verdict is True
        told = here.conditions()
    if failed is not None:
        return _refuted(
            claim, failed, Message("a finite distribution; it holds for independent variables")
        )
    if not samples:
        return Open(Message("no finite distribution could be tried"))
    if _has_dots(claim):
        return Open(Message("the dots were tried at one length only"))
    return Supported(
        Message("random finite distributions"), samples, (*sequences.conventions, *told)
    )


def _trials(claim: Relation, sequences: Sequences, facts: Facts) -> Iterator[tuple[World, bool]]:
    """Worlds with tables that meet the facts, and whether all variables are independent there."""
    for world in _worlds(claim, sequences):
        for is_independent in (False, True):
            for tables in _tables(world, is_independent=is_independent):
                for chosen in _choices(world):
                    here = replace(world, tables=tables, chosen=chosen, numbers={})
                    if _meets(here, claim, facts):
                        yield here, is_independent


def _choices(world: World) -> Iterator[dict[Tree, int]]:
    """Values for the free variables: the first ones that came to hand, then all others."""
    yield dict(world.chosen)
    supports = [_support(name, world) for name in world.chosen]
    for values in itertools.islice(itertools.product(*supports), MAX_CHOICES):
        yield dict(zip(world.chosen, values, strict=True))


def _support(name: Tree, world: World) -> list[int]:
    key = world.variable_of.get(name, name)
    found = [table.supports[key] for table in world.tables.values() if key in table.supports]
    return found[0] if found else [world.chosen[name]]


def _has_dots(claim: Tree) -> bool:
    """Whether dots stand among factors or terms, and not only in lists."""
    return any(
        isinstance(child, Ellipsis)
        for node in walk(claim)
        if not isinstance(node, Call | Big)
        for child in node.children
    )


def _doubt(claim: Relation) -> str:
    """Why a statement that fails may still be meant: it tells of one distribution, or of two."""
    for one, other in (claim.operands, claim.operands[::-1]):
        if not _speaks(other) and (isinstance(one, Call) or _is_measured(one, other)):
            return Message("a value that is told of one distribution can't be decided")
    if all(isinstance(side, Call) for side in claim.operands) and any(
        isinstance(node, Relation) for side in claim.operands for node in walk(side)
    ):
        return Message("two values of one distribution may be told to be equal")
    if any(isinstance(node, Text) for node in walk(claim)):
        return Message("events in words may depend on one another")
    if claim.operators == ("≠",):
        return Message("whether two things differ in general is not what is tried")
    if any(_numbers_beside(claim)):
        return Message("numbers beside the probabilities may be tied to them")
    functions = {distribution_of(call) for call in distribution_calls(claim)}
    if len(functions) > 1 and not _are_all_summed(claim):
        return Message("how the distributions are related is not known")
    return ""


def _numbers_beside(tree: Tree) -> Iterator[Tree]:
    """Names that stand outside of probabilities, but for what sums bind and how far they run."""
    match tree:
        case Symbol() | Index():
            yield tree
        case Call():
            return
        case Big(bound=bound, body=body):
            yield from (name for name in _numbers_beside(body) if name not in bound)
        case Expectation(args=args):
            yield from (name for arg in args for name in _numbers_beside(arg))
        case _:
            yield from (name for child in tree.children for name in _numbers_beside(child))


def _is_measured(side: Tree, value: Tree) -> bool:
    """Whether a number is told of events with given values: `P(H=1) P(D=1|H=1) = 0.0015`."""
    has_value = any(
        isinstance(node, Relation) and isinstance(node.operands[-1], Number) for node in walk(side)
    )
    return has_value or not isinstance(value, Number) or not value.text.isdigit()


def _speaks(tree: Tree) -> bool:
    return bool(distribution_calls(tree)) or any(isinstance(n, Expectation) for n in walk(tree))


def _are_all_summed(claim: Tree) -> bool:
    inside = {
        call
        for node in walk(claim)
        if isinstance(node, Expectation) or (isinstance(node, Big) and node.operator != "product")
        for call in distribution_calls(node)
    }
    return all(call in inside for call in distribution_calls(claim))


def _worlds(claim: Relation, sequences: Sequences) -> Iterator[World]:
    """Worlds without tables, small ones first."""
    names = sorted(_size_names(claim, sequences), key=to_latex)
    ranges = [_range_of(name, claim, sequences) for name in names]
    for places in sorted(itertools.product(*ranges), key=sum):
        sizes: dict[Tree, int] = dict(zip(names, places, strict=True))
        world = World(sequences, sizes, aliases=_aliases(claim))
        try:
            for side in claim.operands:
                value(side, world, {})
        except Undefined:
            continue
        world.settle()
        counts = [len(table.supports) for table in world.tables.values()]
        if counts and 0 < max(counts) <= MAX_VARIABLES:
            yield world


def _size_names(claim: Relation, sequences: Sequences) -> set[Symbol]:
    """Symbols in indices and limits that nothing binds."""
    found = {symbol for end in sequences.last.values() for symbol, _ in end.terms}
    bound = {name for big in walk(claim) if isinstance(big, Big) for name in big.bound}
    for node in walk(claim):
        limits = [node.lower, node.upper] if isinstance(node, Big) else []
        trees = [*node.indices, *limits] if isinstance(node, Index) else limits
        if isinstance(node, Index) and node.base in sequences.numbered:
            continue
        for tree in trees:
            found |= {s for s in walk(tree) if isinstance(s, Symbol)} if tree else set()
    return {symbol for symbol in found if symbol not in bound and affine(symbol) is not None}


def _range_of(name: Symbol, claim: Relation, sequences: Sequences) -> range:
    """Lengths from 1; other indices from 2, so that `x_{t-1}` and `x_0` differ."""
    lengths = {symbol for end in sequences.last.values() for symbol, _ in end.terms}
    for big in walk(claim):
        if isinstance(big, Big) and big.upper is not None:
            lengths |= {node for node in walk(big.upper) if isinstance(node, Symbol)}
    return range(1, MAX_LENGTH + 1) if name in lengths else range(2, MAX_LENGTH + 1)


def _aliases(claim: Relation) -> dict[Tree, Tree]:
    """Summed names with a prime that are other values of the name without it.

    Raises:
        NotApplicable: where a name with a prime is free, so that it may be another variable.
    """
    found: dict[Tree, Tree] = {}
    bound = {name for big in walk(claim) if isinstance(big, Big) for name in big.bound}
    calls = [set(walk(call)) for call in distribution_calls(claim)]
    names = {name for call in calls for name in call if isinstance(name, Symbol)}
    for name in names:
        bare = replace(name, primes=0)
        if not name.primes or bare not in names:
            continue
        if name not in bound:
            raise NotApplicable(
                Message("whether a name with a prime is another variable is not known")
            )
        if not any({name, bare} <= call for call in calls):
            found[name] = bare
    return found


def _tables(world: World, *, is_independent: bool) -> Iterator[dict[Distribution, Table]]:
    """Tables of positive fractions; the same ones at every run."""
    source = random.Random(len(world.tables))
    for attempt in range(TABLES):
        top = (4, 9, 99)[attempt % 3]
        yield {
            name: Table(
                table.supports,
                drawn(table.supports.values(), source, top, is_independent=is_independent),
            )
            for name, table in world.tables.items()
        }


def _meets(world: World, claim: Relation, facts: Facts) -> bool:
    """Whether a world meets all facts on the names of the claim.

    Raises:
        NotApplicable: where a fact is not understood, so that no counterexample could be trusted.
    """
    names = {node for node in walk(claim) if isinstance(node, Symbol)}
    for fact in facts.constraints:
        touched = {node for node in walk(fact.tree) if isinstance(node, Symbol)} & names
        if touched and not _is_met(fact.tree, world):
            return False
    return True


def _is_met(tree: Tree, world: World) -> bool:
    if isinstance(tree, Relation) and set(tree.operators) <= {"⟂", "⊥"}:
        return _are_independent(world)
    known = {name for table in world.tables.values() for name in table.supports}
    try:
        settled = replace(world, chosen=dict(world.chosen), variable_of=dict(world.variable_of))
        verdict = holds(tree, settled)
    except (NotApplicable, KeyError):
        raise NotApplicable(
            Message("a fact is not understood, so a counterexample might violate it")
        ) from None
    if {name for table in world.tables.values() for name in table.supports} != known:
        raise NotApplicable(
            Message("a fact is not understood, so a counterexample might violate it")
        )
    return verdict is True


def _are_independent(world: World) -> bool:
    """Whether all variables of each table are independent; more than what most facts ask for."""
    for table in world.tables.values():
        margins = [margin(table.weights, [place]) for place in range(len(table.supports))]
        for outcome, weight in table.weights.items():
            if weight != math.prod(m[v,] for m, v in zip(margins, outcome, strict=True)):
                return False
    return True


def _refuted(claim: Relation, world: World, where: str) -> Refuted:
    left, right = (value(side, world, {}) for side in claim.operands)
    point = {to_latex(name): str(place) for name, place in world.sizes.items()}
    for name, chosen in world.chosen.items():
        point[to_latex(name)] = str(chosen)
    for function, table in world.tables.items():
        point.update(rows(function, table.supports, table.weights))
    is_exact = isinstance(left, fmpq) and isinstance(right, fmpq)
    arithmetic = Message("exact arithmetic") if is_exact else Message("ball arithmetic, 256 bits")
    return Refuted(in_list([arithmetic, where]), point, str(left), str(right))
