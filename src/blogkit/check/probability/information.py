r"""Entropies and divergences: `H(X|Y)`, `I(X;Y)`, `KL(p\|q)`.

Conditional entropy and mutual information are sums of joint entropies by definition, so an equation
is decided by comparing those; inequalities are proved where the difference is a sum of conditional
entropies and conditional informations, and tried on finite distributions otherwise.
"""

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from blogkit.check.answers import Answer, Open, Proved, Refuted, Supported, method
from blogkit.check.question import Question
from blogkit.formula import Apply, Call, Number, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.chances import point_of
from blogkit.meaning.probability.events import is_divergence
from blogkit.meaning.trees.rationals import rational

if TYPE_CHECKING:
    from flint import arb

Names = frozenset[Tree]
"""Random variables."""

Entropies = dict[Names, Fraction]
"""A sum of joint entropies; that of no variable is 0 and left out."""

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
    difference = _plus(_read(high), _read(low), -1)
    return _decide(sign, difference, question)


def _decide(sign: str, difference: Entropies, question: Question) -> Answer:
    if sign == "=" and not difference:
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
    match tree:
        case Number(text="0"):
            return {}
        case Call() if _is_information(tree):
            return _information(tree)
        case Apply(operator="plus", args=args):
            total: Entropies = {}
            for arg in args:
                total = _plus(total, _read(arg), 1)
            return total
        case Apply(operator="minus", args=(inner,)):
            return _plus({}, _read(inner), -1)
        case Apply(operator="times", args=(Number(text=text), inner)):
            return {names: Fraction(text) * c for names, c in _read(inner).items()}
        case _:
            raise NotApplicable(Message("a part beside the entropies is not understood"))


def _information(call: Call) -> Entropies:
    given = frozenset(call.conditions)
    one = frozenset(call.args) | given
    if call.function == Symbol("H"):
        return _plus(_single(one), _single(given), -1)
    two = frozenset(call.parameters) | given
    both = _plus(_single(one | two), _single(given), 1)
    return _plus(_plus(_single(one), _single(two), 1), both, -1)


def _single(names: Names) -> Entropies:
    return {names: Fraction(1)} if names else {}


def _plus(one: Entropies, two: Entropies, factor: int) -> Entropies:
    total = dict(one)
    for names, coefficient in two.items():
        total[names] = total.get(names, Fraction(0)) + factor * coefficient
    return {names: c for names, c in total.items() if c}


def _is_not_negative(difference: Entropies) -> bool:
    """Whether it is zero, or one or two elemental Shannon inequalities.

    Source: Yeung, A First Course in Information Theory, section 13.1 (elemental inequalities).
    """
    if not difference:
        return True
    elemental = list(_elemental(frozenset().union(*difference)))
    sums = [*elemental, *(_plus(a, b, 1) for a, b in itertools.combinations(elemental, 2))]
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
            yield _plus(_single(more), _single(given), -1)
    for given, one, two in itertools.product(subsets, subsets, subsets):
        if one and two and not (one & two) and not (given & (one | two)):
            alone = _plus(_single(one | given), _single(two | given), 1)
            yield _plus(alone, _plus(_single(one | two | given), _single(given), 1), -1)


def _tried(sign: str, difference: Entropies) -> Answer:
    from flint import ctx

    names = sorted(frozenset().union(*difference), key=to_latex)
    if len(names) > 4:
        return Open(Message("there are too many random variables"))
    source, samples = random.Random(3), 0
    with ctx.workprec(256):
        for _ in range(TRIALS):
            outcomes = list(itertools.product((0, 1), repeat=len(names)))
            raw = [source.randint(1, 9) for _ in outcomes]
            table = {o: Fraction(w, sum(raw)) for o, w in zip(outcomes, raw, strict=True)}
            value = _value(difference, names, table)
            if value.contains(0):
                continue
            if sign == "=" or bool(value < 0):
                return _refuted(sign, value, names, table)
            samples += 1
    if not samples:
        return Open(Message("no distribution told the sides apart"))
    return Supported(Message("random finite distributions"), samples)


def _refuted(
    sign: str, value: "arb", names: list[Tree], table: dict[tuple[int, ...], Fraction]
) -> Refuted:
    shown = {
        to_latex(Call(Symbol("P"), point_of(names, outcome))): to_latex(rational(weight))
        for outcome, weight in table.items()
    }
    left, right = (str(value), "0") if sign == "≥" else ("0", str(value))
    return Refuted(
        Message("ball arithmetic, 256 bits: the difference of the sides"), shown, left, right
    )


def _value(
    difference: Entropies, names: list[Tree], table: dict[tuple[int, ...], Fraction]
) -> "arb":
    from flint import arb, fmpq

    total = arb(0)
    for chosen, coefficient in difference.items():
        places = [names.index(name) for name in chosen]
        margin: dict[tuple[int, ...], Fraction] = {}
        for outcome, weight in table.items():
            key = tuple(outcome[place] for place in places)
            margin[key] = margin.get(key, Fraction(0)) + weight
        for weight in margin.values():
            chance = arb(fmpq(weight.numerator, weight.denominator))
            scale = arb(fmpq(coefficient.numerator, coefficient.denominator))
            total -= scale * chance * chance.log()
    return total
