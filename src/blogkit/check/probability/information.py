r"""Entropies and divergences: `H(X|Y)`, `I(X;Y)`, `KL(p\|q)`.

Conditional entropy and mutual information are sums of joint entropies by definition, so an equation
is decided by comparing those; inequalities are proved where the difference is a sum of conditional
entropies and conditional informations, and tried on finite distributions otherwise.
"""

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

from flint import arb, ctx

from blogkit.check.answers import Answer, Open, Proved, Refuted, Supported, method
from blogkit.check.question import Question
from blogkit.formula import Call, Number, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.chances import BITS, Weights, drawn, exact, margin, rows
from blogkit.meaning.probability.events import is_divergence
from blogkit.meaning.trees.arithmetic import arithmetic
from blogkit.meaning.trees.ratios import Ratio, Sum, atom_sum, lone_atom, number, ratio

Names = frozenset[Tree]
"""Random variables."""

Entropies = Sum
"""A sum of joint entropies, whose atoms are names; that of no variable is 0 and left out."""

TRIALS = 12
"""How many distributions are tried."""


def applies(question: Question) -> bool:
    """Whether a statement is about entropies of random variables, or a divergence."""
    calls = [node for node in walk(question.claim) if isinstance(node, Call)]
    return any(_is_information(call) for call in calls) or any(map(is_divergence, calls))


@method
def decide_information(question: Question) -> Answer:
    """A proof or a counterexample, else support, else `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not applies(question):
        return Open(Message("no relation between entropies"))
    sign, (left, right) = claim.operators[0], claim.operands
    low, high = (right, left) if sign == "≥" else (left, right)
    if sign in {"≤", "≥"} and is_divergence(high) and low == Number("0"):
        return Proved(Message("Gibbs' inequality"), (Message(r"\text{the divergence is defined}"),))
    difference = _read(high) - _read(low)
    return _decide(sign, difference, question)


def _decide(sign: str, difference: Entropies, question: Question) -> Answer:
    if sign == "=" and not difference.terms:
        steps = (Message("H(X | Y) = H(X, Y) - H(Y) and I(X; Y) = H(X) + H(Y) - H(X, Y)."),)
        return Proved(Message("definition of conditional entropy"), (), steps)
    condition = Message(r"\text{the variables are discrete}")
    if sign in {"≤", "≥"} and _is_not_negative(difference):
        return Proved(Message("Shannon inequalities"), (condition,))
    if question.facts.constraints:
        return Open(Message("a fact is not understood, so a counterexample might violate it"))
    if sign not in {"=", "≤", "≥"}:
        return Open(Message("only equations and inequalities of entropies are tried"))
    return _tried(sign, difference)


def _is_information(tree: Tree) -> bool:
    if not isinstance(tree, Call) or tree.function not in {Symbol("H"), Symbol("I")}:
        return False
    names = (*tree.args, *tree.conditions, *tree.parameters)
    is_pair = tree.function == Symbol("H") or len(tree.parameters) == 1
    return is_pair and all(_is_variable(name) for name in names)


def _is_variable(tree: Tree) -> bool:
    return isinstance(tree, Symbol) and tree.name in set("UVWXYZ")


def _read(tree: Tree) -> Entropies:
    """A sum of entropies.

    Raises:
        NotApplicable: where something else stands in it.
    """
    value = _value(tree)
    if value.below != number(1) or any(lone_atom(term) is None for term in value.above.terms):
        raise NotApplicable(Message("a part beside the entropies is not understood"))
    return value.above


def _value(tree: Tree) -> Ratio:
    if isinstance(tree, Call) and _is_information(tree):
        return ratio(_information(tree))
    value = arithmetic(tree, _value, ratio)
    if value is None:
        raise NotApplicable(Message("a part beside the entropies is not understood"))
    return value


def _information(call: Call) -> Entropies:
    given = frozenset(call.conditions)
    one = frozenset(call.args) | given
    if call.function == Symbol("H"):
        return _single(one) - _single(given)
    two = frozenset(call.parameters) | given
    return _single(one) + _single(two) - _single(one | two) - _single(given)


def _single(names: Names) -> Entropies:
    return atom_sum(names) if names else number(0)


def _parts(entropies: Entropies) -> Iterator[tuple[Names, Fraction]]:
    """The names of each joint entropy, and how often it is counted."""
    for term, coefficient in entropies.terms.items():
        names = lone_atom(term)
        assert isinstance(names, frozenset)
        yield names, coefficient


def _names_in(entropies: Entropies) -> Names:
    return frozenset().union(*(names for names, _ in _parts(entropies)))


def _is_not_negative(difference: Entropies) -> bool:
    """Whether it is zero, or one or two elemental Shannon inequalities.

    Source: Yeung, A First Course in Information Theory, section 13.1 (elemental inequalities).
    """
    if not difference.terms:
        return True
    elemental = list(_elemental(_names_in(difference)))
    sums = [*elemental, *(a + b for a, b in itertools.combinations(elemental, 2))]
    return difference in sums


def _elemental(names: Names) -> Iterator[Entropies]:
    if len(names) > 4:
        return
    subsets = [
        frozenset(chosen)
        for size in range(len(names) + 1)
        for chosen in itertools.combinations(sorted(names, key=to_latex), size)
    ]
    for given, more in itertools.product(subsets, subsets):
        if given < more:
            yield _single(more) - _single(given)
    for given, one, two in itertools.product(subsets, subsets, subsets):
        if one and two and not (one & two) and not (given & (one | two)):
            alone = _single(one | given) + _single(two | given)
            yield alone - _single(one | two | given) - _single(given)


def _tried(sign: str, difference: Entropies) -> Answer:
    names = sorted(_names_in(difference), key=to_latex)
    if len(names) > 4:
        return Open(Message("there are too many random variables"))
    source, samples = random.Random(3), 0
    with ctx.workprec(BITS):
        for _ in range(TRIALS):
            weights = drawn([(0, 1)] * len(names), source, 9)
            value = _value_at(difference, names, weights)
            if value.contains(0):
                continue
            if sign == "=" or bool(value < 0):
                left, right = (str(value), "0") if sign == "≥" else ("0", str(value))
                method = Message("ball arithmetic, 256 bits: the difference of the sides")
                return Refuted(method, dict(rows((Symbol("P"),), names, weights)), left, right)
            samples += 1
    if not samples:
        return Open(Message("no distribution told the sides apart"))
    return Supported(Message("random finite distributions"), samples)


def _value_at(difference: Entropies, names: list[Tree], weights: Weights) -> arb:
    total = arb(0)
    for chosen, coefficient in _parts(difference):
        for chance in margin(weights, [names.index(name) for name in chosen]).values():
            total -= exact(coefficient) * chance * arb(chance).log()
    return total
