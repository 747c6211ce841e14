r"""Statements about expectations, tried on finite joint distributions with exact fractions.

Each random variable takes three values; a conditional expectation is a random variable, and a
statement must hold at every outcome. Balls stand where a logarithm, exponential or root does.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from flint import arb, ctx, fmpq

from blogkit.check.answers import Answer, Open, Refuted, Supported, method
from blogkit.check.question import Question
from blogkit.formula import Apply, Constant, Index, Number, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.probability.chances import (
    BITS,
    Outcome,
    Value,
    Weights,
    compare,
    drawn,
    exact,
    quotient,
    rows,
)
from blogkit.meaning.probability.random_variables import (
    Mean,
    applies,
    as_mean,
    depends,
    means,
    random_names,
)
from blogkit.meaning.probability.sequences import defined_name
from blogkit.meaning.trees.arithmetic import arithmetic
from blogkit.meaning.trees.rationals import rational

TRIALS = 25
"""How many distributions are tried."""
CERTAIN = 24
"""The trial in which every variable is a constant: a variance may be zero."""


@method
def try_expectations(question: Question) -> Answer:
    """A counterexample among finite distributions, or support, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not applies(claim):
        return Open(Message("no relation between expectations"))
    if defined_name(claim, question.facts) is not None:
        return Open(Message("a name is defined elsewhere, so a counterexample might violate it"))
    names = random_names(claim, question.facts)
    doubt = _doubt(claim, names)
    if doubt:
        return Open(doubt)
    return _try_all(claim, names, question.facts.constraints)


def _doubt(claim: Relation, names: frozenset[Tree]) -> str:
    """Why a statement that fails may still be meant."""
    sides = [depends(side, names) for side in claim.operands]
    if not all(sides) and Number("0") not in claim.operands:
        return Message("a value that is told of one distribution can't be decided")
    if not all(sides) and claim.operators == ("=",):
        return Message("a value that is told of one distribution can't be decided")
    for one, other in (claim.operands, claim.operands[::-1]):
        if one in names or (as_mean(one) is not None and _stands_in(one, other)):
            return Message("an equation that an expectation may be told to meet")
    is_apart = bool(sides[0] - sides[1] and sides[1] - sides[0])
    if claim.operators == ("≠",):
        return Message("whether two things differ in general is not what is tried")
    if is_apart and not any(mean.given for mean in means(claim)):
        return Message(
            "a relation between different quantities, which may be what they are to meet"
        )
    return ""


def _stands_in(part: Tree, tree: Tree) -> bool:
    """Whether a part stands in a sum or product, not under another expectation."""
    if part == tree:
        return True
    return isinstance(tree, Apply) and any(_stands_in(part, arg) for arg in tree.args)


@dataclass(frozen=True, slots=True)
class Joint:
    """A finite joint distribution, and values for all constants."""

    names: tuple[Tree, ...]
    """The random variables."""
    weights: Weights
    """How probable each outcome is."""
    constants: dict[Tree, fmpq] = field(default_factory=dict)
    """The values of names that are not random."""


def _try_all(claim: Relation, names: frozenset[Tree], facts: tuple[Fact, ...]) -> Answer:
    is_independent = _reads_independence(facts, claim, names)
    samples = 0
    with ctx.workprec(BITS):
        for joint in _joints(claim, names, is_independent=is_independent):
            for outcome in joint.weights:
                try:
                    sides = [value(side, joint, outcome) for side in claim.operands]
                    verdict = compare(sides[0], claim.operators[0], sides[1])
                except Undefined:
                    continue
                if verdict is False:
                    return _refuted(joint, outcome, sides, claim)
                samples += verdict is True
    if not samples:
        return Open(Message("no finite distribution could be tried"))
    return Supported(Message("random finite distributions"), samples)


def _reads_independence(facts: tuple[Fact, ...], claim: Tree, names: frozenset[Tree]) -> bool:
    """Whether the facts ask for independence; full independence then meets them.

    Raises:
        NotApplicable: where another fact is on a name of the claim, so that none may be met.
    """
    used = {node for node in walk(claim) if isinstance(node, Symbol)}
    found = False
    for fact in facts:
        touched = {node for node in walk(fact.tree) if isinstance(node, Symbol)} & used
        if not touched:
            continue
        if isinstance(fact.tree, Relation) and set(fact.tree.operators) <= {"⟂", "⊥"}:
            found = True
        else:
            raise NotApplicable(
                Message("a fact is not understood, so a counterexample might violate it")
            )
    return found


def _joints(claim: Relation, names: frozenset[Tree], *, is_independent: bool) -> Iterator[Joint]:
    source = random.Random(11)
    ordered = tuple(sorted(names, key=to_latex))
    if len(ordered) > 4:
        raise NotApplicable(Message("there are too many random variables"))
    others = sorted(_constants(claim, names), key=to_latex)
    for trial in range(TRIALS):
        low = -3 if trial % 2 else 1
        count = 1 if trial == CERTAIN else 2 + trial % 2
        supports = [source.sample(range(low, 5), count) for _ in ordered]
        weights = drawn(supports, source, 5, is_independent=is_independent)
        constants = {name: fmpq(source.randint(2, 7), source.randint(1, 3)) for name in others}
        yield Joint(ordered, weights, constants)


def _constants(claim: Relation, names: frozenset[Tree]) -> set[Tree]:
    """Names that are not random; a function's name is none."""
    inside = {node for name in names for node in walk(name)}
    functions = {node.children[0] for node in walk(claim) if as_mean(node) and node.children}
    unders = {node for m in means(claim) if m.under is not None for node in walk(m.under)}
    return {
        node
        for node in walk(claim)
        if isinstance(node, Symbol) and node not in inside | functions | unders
    }


def value(tree: Tree, joint: Joint, outcome: Outcome) -> Value:
    """The value of an expression at an outcome.

    Raises:
        NotApplicable: where a part is not understood.
        Undefined: where it has no value.
    """

    def inner(part: Tree) -> Value:
        return value(part, joint, outcome)

    mean = as_mean(tree)
    if mean is not None:
        return _mean(mean, joint, outcome)
    if tree in joint.names:
        return fmpq(outcome[joint.names.index(tree)])
    match tree:
        case Symbol() | Index() if tree in joint.constants:
            return joint.constants[tree]
        case Apply(operator="divide", args=(above, below)):
            return quotient(inner(above), inner(below))
        case Apply(operator="power", args=(Constant(name="e"), body)):
            return arb(inner(body)).exp()
        case Apply(operator="abs", args=(body,)):
            return abs(inner(body))
        case Apply(operator="exp" | "log" | "ln" | "root" as name, args=(body,)):
            return _function(name, arb(inner(body)))
    found = arithmetic(tree, inner, exact)
    if found is None:
        raise NotApplicable(Message("a part beside the expectations is not understood"))
    return found


def _function(name: str, ball: arb) -> arb:
    if name == "exp":
        return ball.exp()
    if not ball > 0:
        raise Undefined
    return ball.sqrt() if name == "root" else ball.log()


def _mean(mean: Mean, joint: Joint, outcome: Outcome) -> Value:
    if not all(name in joint.names for name in mean.given):
        raise NotApplicable(Message("what is given is no plain random variable"))
    places = [joint.names.index(name) for name in mean.given]
    chosen = {
        other: weight
        for other, weight in joint.weights.items()
        if all(other[place] == outcome[place] for place in places)
    }
    total = sum(chosen.values())
    columns = [[value(arg, joint, other) for other in chosen] for arg in mean.args]
    weights = [weight / total for weight in chosen.values()]
    averages = [_average(column, weights) for column in columns]
    if mean.operator == "expectation":
        if len(averages) != 1:
            raise NotApplicable(Message("an expectation of several things"))
        return averages[0]
    if mean.operator == "variance":
        columns, averages = columns * 2, averages * 2
    if len(columns) != 2:
        raise NotApplicable(Message("a covariance of two things is expected"))
    products = [a * b for a, b in zip(columns[0], columns[1], strict=True)]
    return _average(products, weights) - averages[0] * averages[1]


def _average(column: list[Value], weights: list[fmpq]) -> Value:
    return sum((item * w for item, w in zip(column, weights, strict=True)), fmpq(0))


def _refuted(joint: Joint, outcome: Outcome, sides: list[Value], claim: Relation) -> Refuted:
    values: dict[Tree, fmpq | int] = dict(joint.constants)
    if any(mean.given for mean in means(claim)):
        values.update(zip(joint.names, outcome, strict=True))
    shown = {to_latex(tree): to_latex(rational(number)) for tree, number in values.items()}
    shown.update(rows((Symbol("P"),), joint.names, joint.weights))
    is_exact = all(isinstance(side, fmpq) for side in sides)
    method = (
        Message("exact arithmetic, a finite distribution")
        if is_exact
        else Message("ball arithmetic, 256 bits")
    )
    return Refuted(method, shown, str(sides[0]), str(sides[1]))
