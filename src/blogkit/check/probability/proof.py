r"""Proofs about probabilities: the chain rule, Bayes, marginals, events, telescoping products.

Every conditional becomes a joint over a joint (the definition of conditioning), every event a sum
of intersections (inclusion and exclusion), every sum over all values of a variable a marginal, and
a product over an index telescopes. Both sides are then compared as fractions whose atoms are joints
of one arbitrary distribution. What is not understood makes the answer `Open`.
Imports no algebra.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import pairwise

from blogkit.check.answers import Answer, Open, Proved, method
from blogkit.check.question import Question
from blogkit.formula import Apply, Big, Call, Ellipsis, Number, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.events import (
    Distribution,
    Event,
    Point,
    Run,
    Sequences,
    distribution_calls,
    distribution_of,
    read_event,
    speaks_of_chance,
)
from blogkit.meaning.probability.joints import (
    Element,
    Joint,
    elements_in,
    has_variable,
    joined,
    joints_in,
    marginal,
    moved,
    pattern_of,
    run_at,
    telescoped,
)
from blogkit.meaning.probability.sequences import (
    find_sequences,
    has_logarithm,
    in_order,
    is_cut_short,
    is_full_range,
    runs_down,
)
from blogkit.meaning.trees.affine import Affine, affine
from blogkit.meaning.trees.arithmetic import arithmetic
from blogkit.meaning.trees.probabilities import is_distribution
from blogkit.meaning.trees.ratios import (
    ONE,
    Ratio,
    Sum,
    Term,
    atom_sum,
    inverse,
    mapped,
    number,
    product,
    ratio,
)


def applies(question: Question) -> bool:
    """Whether a claim speaks of probabilities of events or random variables."""
    return isinstance(question.claim, Relation) and speaks_of_chance(question.claim)


@method
def prove_probability(question: Question) -> Answer:
    """A proof of a relation between probabilities, or `Open` with what stood in the way."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not applies(question):
        return Open(Message("no relation between probabilities"))
    reader = _Reader(find_sequences(claim, question.facts))
    if claim.operators == ("=",):
        return _prove_equal(claim, reader)
    if claim.operators[0] in {"≤", "≥"}:
        return _prove_order(claim, reader)
    if claim.operators == ("∝",):
        return _prove_proportional(claim, reader)
    return Open(Message("only equations and inequalities of probabilities are proved"))


def _prove_equal(claim: Relation, reader: "_Reader") -> Answer:
    left, right = claim.operands
    steps = []
    if has_logarithm(left) or has_logarithm(right):
        left, right = without_shared_factor(left, right)
        left, right = exponential(left), exponential(right)
        steps.append(Message("Exponentiate both sides: sums of logarithms become products."))
    one, two = reader.value(left), reader.value(right)
    if one.equals(two):
        return Proved(_method(claim, reader), reader.conditions(), (*steps, *reader.steps()))
    return Open(Message("the two sides have different joint probabilities"))


def _method(claim: Relation, reader: "_Reader") -> str:
    if reader.has_telescoped:
        return Message("probability chain rule")
    if any(isinstance(node, Big) for node in walk(claim)):
        return Message("law of total probability")
    return (
        Message("definition of conditional probability")
        if reader.given
        else Message("axioms of probability")
    )


def _prove_order(claim: Relation, reader: "_Reader") -> Answer:
    """`≤` where the difference is a sum of products of probabilities of outcomes."""
    low, high = claim.operands if claim.operators[0] == "≤" else claim.operands[::-1]
    difference = reader.value(high) - reader.value(low)
    if not _is_positive(difference):
        if not all(_is_discrete(call.function) for call in distribution_calls(claim)):
            raise NotApplicable(Message("whether p is a probability or a density is not known"))
        difference = _as_outcomes(difference)
    if _is_positive(difference):
        steps = (
            Message("The difference is a sum of products of probabilities of disjoint events."),
        )
        return Proved(
            Message("axioms of probability"), reader.conditions(), (*steps, *reader.steps())
        )
    return Open(Message("the difference of the sides is no sum of probabilities"))


def _prove_proportional(claim: Relation, reader: "_Reader") -> Answer:
    """`p(z|x) ∝ p(x|z) p(z)`: the quotient does not depend on what stands before the bar."""
    left = claim.operands[0]
    if not isinstance(left, Call):
        return Open(Message("what is proportional in which variable is not known"))
    quotient = reader.value(left) / reader.value(claim.operands[1])
    target = joined(_runs_and_points(read_event(left.args, reader.sequences)))
    term = quotient.above.lone()
    if term is None or quotient.below.lone() != ONE or not target.isdisjoint(elements_in(term)):
        return Open(Message("the quotient of the sides may depend on the variable"))
    if any(isinstance(element, Run) for element in target | elements_in(term)):
        return Open(Message("the quotient of the sides may depend on the variable"))
    step = Message("The quotient of the sides does not depend on what stands before the bar.")
    return Proved(Message("Bayes' theorem"), reader.conditions(), (*reader.steps()[:-1], step))


def _is_positive(value: Ratio) -> bool:
    return all(c > 0 for part in (value.above, value.below) for c in part.terms.values())


def _is_discrete(function: Tree) -> bool:
    """Whether a function is a probability and no density: a capital, by custom."""
    return isinstance(function, Symbol) and function.name in {"P", "Pr"}


def without_shared_factor(left: Tree, right: Tree) -> tuple[Tree, Tree]:
    """Both sides without their first factor, where it is the same: `1/L` of a mean."""
    match left, right:
        case (
            Apply(operator="times", args=(one, *rest)),
            Apply(operator="times", args=(two, *other)),
        ) if one == two and rest and other and not has_logarithm(one):
            if not distribution_calls(one):
                return _times(rest), _times(other)
    return left, right


def _times(factors: list[Tree]) -> Tree:
    return factors[0] if len(factors) == 1 else Apply("times", tuple(factors))


def exponential(tree: Tree) -> Tree:
    r"""`e` to a sum of logarithms, without logarithms: `\log p + \log q` gives `p q`.

    Raises:
        NotApplicable: where something is no logarithm, or logarithms have different bases.
    """
    match tree:
        case Apply(operator="log" | "ln", args=(inner,)):
            return inner
        case Apply(operator="plus", args=args):
            return Apply("times", tuple(map(exponential, args)))
        case Apply(operator="minus", args=(inner,)):
            return Apply("divide", (Number("1"), exponential(inner)))
        case Apply(operator="times", args=(Number(text=text), inner)) if text.isdigit():
            return Apply("power", (exponential(inner), Number(text)))
        case Big(operator="sum"):
            return Big(
                "product",
                tree.bound,
                tree.lower,
                tree.upper,
                tree.condition,
                exponential(tree.body),
            )
        case Number(text="0"):
            return Number("1")
        case Ellipsis():
            return tree
        case _:
            raise NotApplicable(Message("a part is no logarithm of a probability"))


@dataclass(slots=True)
class _Reader:
    """Reads one claim, and keeps what it takes for granted on the way."""

    sequences: Sequences
    given: dict[str, None] = field(default_factory=dict)
    least: dict[Symbol, int] = field(default_factory=dict)
    orders: dict[str, None] = field(default_factory=dict)
    telescoped: list[str] = field(default_factory=list)
    partitions: dict[str, None] = field(default_factory=dict)
    bound: list[Tree] = field(default_factory=list)
    pending: list[Run] = field(default_factory=list)

    @property
    def has_telescoped(self) -> bool:
        return bool(self.telescoped)

    def conditions(self) -> tuple[str, ...]:
        least = (rf"{to_latex(name)} \geq {value}" for name, value in self.least.items())
        return (
            *self.sequences.conventions,
            *self.partitions,
            *self.given,
            *least,
            *self.orders,
        )

    def steps(self) -> tuple[str, ...]:
        steps = []
        if self.given:
            steps.append(Message(r"By definition $p(a \mid b) = p(a, b) / p(b)$."))
        return (
            *steps,
            *self.telescoped,
            Message("Both sides are the same fraction of joint probabilities."),
        )

    def value(self, tree: Tree) -> Ratio:
        """The normal form of an expression."""
        match tree:
            case Call() if is_distribution(tree.function):
                return self._probability(tree)
            case Apply(operator="times", args=args) if _has_dots(args):
                return self._with_dots(args)
            case Big(operator="sum" | "integral"):
                return self._total(tree)
            case Big(operator="product"):
                return self._telescope(tree)
        value = arithmetic(tree, self.value, ratio)
        if value is None:
            raise NotApplicable(Message("a part beside the probabilities is not understood"))
        return value

    def _probability(self, call: Call) -> Ratio:
        if not call.args:
            raise NotApplicable(Message("a probability of nothing"))
        function = distribution_of(call)
        given = read_event(call.conditions, self.sequences) if call.conditions else Event("and")
        both = Event("and", (read_event(call.args, self.sequences), given))
        for run in _runs_of(both):
            if any(
                symbol in self.bound for end in (run.lower, run.upper) for symbol, _ in end.terms
            ):
                self.pending.append(run)
            else:
                self._need(run.lower, run.upper)
        above = _joints(_indicator(both), function)
        if not call.conditions:
            return ratio(above)
        below = _joints(_indicator(given), function)
        if not below.terms:
            raise NotApplicable(Message("a condition never happens"))
        if not any(name in walk(call) for name in self.bound):
            condition = Call(call.function, call.conditions, (), call.parameters)
            self.given[f"{to_latex(condition)} > 0"] = None
        return ratio(above) / ratio(below)

    def _total(self, big: Big) -> Ratio:
        """A sum or integral over all values of variables."""
        self._check_all_values(big)
        self.bound += big.bound
        body = self.value(big.body)
        for name in big.bound:
            if not has_variable(body, name, self.sequences):
                raise NotApplicable(Message("a sum over something that is no random variable"))
            if has_variable(ratio(body.below), name, self.sequences):
                raise NotApplicable(Message("the summed variable stands in a denominator"))
            self._note_partition(body, name)
            above = mapped(body.above, partial(marginal, name=name, sequences=self.sequences))
            body = Ratio(above, body.below)
        del self.bound[-len(big.bound) :]
        self.pending.clear()
        return body

    def _note_partition(self, body: Ratio, name: Tree) -> None:
        """Tells that `A_1, A_2, …` are taken for all values, where a sum runs over their number."""
        elements = {element for term in body.above.terms for element in elements_in(term)}
        for run in elements:
            if isinstance(run, Run) and run.lower == run.upper == affine(name):
                if run.family not in self.sequences.numbered:
                    raise NotApplicable(Message("a sum over the index of a sequence"))
                letter = to_latex(run.family)
                text = rf"{letter}_{{1}}, {letter}_{{2}}, \dots"
                partition = Message(
                    r"{events} \text{{ are disjoint and one of them happens}}", events=text
                )
                self.partitions[partition] = None

    def _check_all_values(self, big: Big) -> None:
        """That a sum runs over all values, in the usual notations for that."""
        is_sum = big.operator == "sum" and big.condition is None
        if is_cut_short(big):
            raise NotApplicable(Message("which members of a sequence are summed over is not known"))
        if not is_full_range(big) and not (is_sum and self._is_partition(big)):
            raise NotApplicable(Message("whether a sum runs over all values is not known"))

    def _is_partition(self, big: Big) -> bool:
        """Whether `i` only numbers events: `\\sum_{i=1}^n P(B|A_i) P(A_i)`."""
        return big.lower == Number("1") and isinstance(big.upper, Symbol) and len(big.bound) == 1

    def _telescope(self, big: Big) -> Ratio:
        if len(big.bound) != 1 or big.condition is not None:
            raise NotApplicable(Message("the range of a product is not known"))
        bound, lower, upper = big.bound[0], affine(big.lower), affine(big.upper)
        if (
            lower is None
            or upper is None
            or not isinstance(bound, Symbol)
            or runs_down(lower, upper)
        ):
            raise NotApplicable(Message("the range of a product is not known"))
        if any(symbol == bound for end in (lower, upper) for symbol, _ in end.terms):
            raise NotApplicable(Message("the range of a product names its own index"))
        self.bound.append(bound)
        body = self.value(big.body)
        self.bound.pop()
        term = body.above.lone()
        if term is None or body.below.lone() != ONE:
            raise NotApplicable(
                Message("a factor of the product is no fraction of joint probabilities")
            )
        self._need(lower, upper)
        for run in self.pending:
            for end in (lower, upper):
                at_end = run_at(run, bound, end)
                self._need(at_end.lower, at_end.upper)
        self.pending.clear()
        result = telescoped(term, bound, lower, upper)
        name = to_latex(bound)
        self.telescoped.append(
            Message(
                "The product over {name} telescopes: each numerator is the next denominator.",
                name=name,
            )
        )
        return ratio(Sum({result: Fraction(1)}))

    def _need(self, lower: Affine, upper: Affine) -> None:
        """That a range is empty or runs upwards, for sizes from 1; told where it isn't plain."""
        gap = upper - lower + 1
        if not gap.terms:
            if gap.constant < 0:
                raise NotApplicable(Message("a range of indices runs backwards"))
            return
        if len(gap.terms) == 1 and next(iter(gap.terms))[1] == 1:
            ((symbol, _),) = gap.terms
            self.least[symbol] = max(1, -gap.constant, self.least.get(symbol, 1))
        else:
            above = upper + 1
            self.orders[to_latex(Relation((lower.tree, above.tree), ("≤",)))] = None

    def _with_dots(self, args: tuple[Tree, ...]) -> Ratio:
        """`p(y_1|X) p(y_2|X,y_1) \\cdots`: factors of which each goes on where the last stopped."""
        args = in_order(args)
        places = [place for place, arg in enumerate(args) if isinstance(arg, Ellipsis)]
        place = places[0]
        before, after = args[:place], args[place + 1 :]
        if len(places) > 1 or len(before) < 2:
            raise NotApplicable(Message("how the factors go on is not known"))
        terms = [self._lone(factor) for factor in before]
        family, top = pattern_of(terms)
        if after:
            end, last = self._last_factor(after, terms[-1], family, top)
        elif family in self.sequences.last:
            end = self.sequences.last[family]
            last = moved(terms[-1], family, top, end)
        else:
            raise NotApplicable(Message("where the factors end is not known"))
        self._need(Affine(top + 1), end)
        self.telescoped.append(
            Message(
                "The dots go on as the factors begin; the product telescopes: each "
                "numerator is the next denominator."
            )
        )
        above = next(joint for joint, exponent in last if exponent == 1)
        first = next((frozenset([pair]) for pair in terms[0] if pair[1] == -1), ONE)
        return ratio(Sum({product(frozenset([(above, 1)]), first): Fraction(1)}))

    def _lone(self, factor: Tree) -> Term:
        value = self.value(factor)
        term = value.above.lone()
        if term is None or value.below.lone() != ONE:
            raise NotApplicable(Message("a factor is no fraction of joint probabilities"))
        return term

    def _last_factor(
        self, after: tuple[Tree, ...], model: Term, family: Symbol, top: int
    ) -> tuple[Affine, Term]:
        ends = []
        for factor in after:
            term = self._lone(factor)
            above = [joint for joint in joints_in(term) if (joint, 1) in term]
            runs = [
                r for j in above for r in j.elements if isinstance(r, Run) and r.family == family
            ]
            if len(runs) != 1 or term != moved(model, family, top, runs[0].upper):
                raise NotApplicable(
                    Message("the last factor does not go on as the first ones begin")
                )
            ends.append(runs[0].upper)
        if any(two != one + 1 for one, two in pairwise(ends)):
            raise NotApplicable(Message("the last factors do not follow one another"))
        return ends[-1], term


def _has_dots(args: Iterable[Tree]) -> bool:
    return any(isinstance(arg, Ellipsis) for arg in args)


def _runs_and_points(event: Event) -> list[Element]:
    own = [] if event.element is None else [event.element]
    return [*own, *(element for part in event.parts for element in _runs_and_points(part))]


def _runs_of(event: Event) -> list[Run]:
    return [element for element in _runs_and_points(event) if isinstance(element, Run)]


def _indicator(event: Event) -> Sum:
    """An event as a sum of products of indicators; an atom is an element."""
    if event.word == "is":
        assert event.element is not None
        return atom_sum(event.element)
    if event.word == "never":
        return number(0)
    parts = [_indicator(part) for part in event.parts]
    if event.word == "not":
        return number(1) - parts[0]
    result = number(1)
    for part in parts:
        factor = part if event.word == "and" else number(1) - part
        result = _idempotent(result * factor)
    return result if event.word == "and" else number(1) - result


def _idempotent(value: Sum) -> Sum:
    return mapped(value, lambda t: Sum({frozenset((atom, 1) for atom, _ in t): Fraction(1)}))


def _joints(indicator: Sum, function: Distribution) -> Sum:
    """The probability of an indicator: each product of elements becomes a joint."""

    def joint(term: Term) -> Sum:
        elements = joined([atom for atom, _ in term if isinstance(atom, Point | Run)])
        return atom_sum(Joint(function, elements)) if elements else number(1)

    return mapped(indicator, joint)


def _cleared(value: Ratio) -> Ratio:
    """A fraction times the square of all its denominators, which are positive."""
    atoms: dict[Joint, int] = {}
    for term in [*value.above.terms, *value.below.terms]:
        for joint, exponent in term:
            if isinstance(joint, Joint):
                atoms[joint] = min(atoms.get(joint, 0), exponent)
    factor = Sum({inverse(frozenset((j, e) for j, e in atoms.items() if e)): Fraction(1)})
    return Ratio(value.above * factor, value.below * factor)


def _as_outcomes(value: Ratio) -> Ratio:
    """A fraction with each joint as the sum of the disjoint outcomes in it; up to three elements.

    Raises:
        NotApplicable: where there are more, or sequences, or two distributions.
    """
    joints = {j for s in (value.above, value.below) for term in s.terms for j in joints_in(term)}
    elements = sorted({e for joint in joints for e in joint.elements}, key=str)
    if len(elements) > 3 or len({joint.function for joint in joints}) > 1:
        raise NotApplicable(Message("the two sides have different joint probabilities"))
    cleared = _cleared(value)
    return Ratio(_outcomes(cleared.above, elements), _outcomes(cleared.below, elements))


def _outcomes(value: Sum, elements: list[Element]) -> Sum:
    """A sum in probabilities of outcomes, made homogeneous with their total, which is 1."""
    cells = range(2 ** len(elements))
    degree = max((sum(e for _, e in term) for term in value.terms), default=0)
    everything = _cells(cells)

    def change(term: Term) -> Sum:
        result = number(1)
        for joint, exponent in term:
            assert isinstance(joint, Joint)
            wanted = sum(1 << elements.index(e) for e in joint.elements)
            for _ in range(exponent):
                result = result * _cells(c for c in cells if c & wanted == wanted)
        for _ in range(degree - sum(e for _, e in term)):
            result *= everything
        return result

    return mapped(value, change)


def _cells(cells: Iterable[int]) -> Sum:
    return Sum({frozenset([(cell, 1)]): Fraction(1) for cell in cells})
