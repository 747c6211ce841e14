r"""Proofs about expectations, variances and covariances.

What is under an expectation becomes a sum of products of random variables; expectation is linear,
a variance is `E[X^2] - E[X]^2` by definition, what is given is taken out of a conditional
expectation, and the expectation of a conditional expectation is the expectation (tower property).
Both sides are compared as fractions in moments. Nothing is assumed of their existence but that.
Imports no algebra.
"""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from blogkit.check.answers import Answer, Open, Proved, method
from blogkit.check.question import Question
from blogkit.formula import (
    Apply,
    Big,
    Call,
    Constant,
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
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.events import drawn_from
from blogkit.meaning.probability.random_variables import (
    Mean,
    applies,
    as_mean,
    depends,
    independent_groups,
    random_names,
)
from blogkit.meaning.probability.sequences import is_full_range
from blogkit.meaning.trees.arithmetic import arithmetic
from blogkit.meaning.trees.convexity import image
from blogkit.meaning.trees.probabilities import is_distribution
from blogkit.meaning.trees.ratios import (
    Ratio,
    Sum,
    Term,
    atom_ratio,
    mapped,
    number,
    product,
    ratio,
)
from blogkit.meaning.trees.rewriting import substitute


@dataclass(frozen=True, slots=True)
class Given:
    """A conditional expectation as a random variable."""

    power: Term
    """What it is the expectation of, a product of random variables."""
    given: frozenset[Tree]
    """What is given."""


@dataclass(frozen=True, slots=True)
class Random:
    """An atom that is a random variable; every other atom is a constant."""

    factor: "Tree | Given"
    """The variable: a tree that is not taken apart, or a conditional expectation."""


@method
def prove_expectations(question: Question) -> Answer:
    """A proof of a relation between expectations, or `Open` with what stood in the way."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not applies(claim):
        return Open(Message("no relation between expectations"))
    if claim.operators == ("=",):
        by_definition = _by_definition(claim) or _by_definition(_turned(claim))
        if by_definition is not None:
            return by_definition
    names = random_names(claim, question.facts)
    reader = _Reader(names, independent_groups(question.facts, names))
    return _prove(claim, reader)


def _turned(claim: Relation) -> Relation:
    return Relation(claim.operands[::-1], claim.operators)


def _prove(claim: Relation, reader: "_Reader") -> Answer:
    conditions = (Message(r"\text{all expectations exist}"),)
    if claim.operators == ("=",):
        left, right = (reader.read(side) for side in claim.operands)
        if left.equals(right):
            steps = (Message("Both sides are the same expression in moments."), *reader.steps)
            return Proved(Message("linearity of expectation"), conditions, steps)
        return Open(Message("the two sides differ in their moments"))
    if claim.operators[0] not in {"≤", "≥"}:
        return Open(Message("only equations and inequalities of expectations are proved"))
    low, high = claim.operands if claim.operators[0] == "≤" else claim.operands[::-1]
    if _is_jensen(low, high):
        return Proved(Message("Jensen's inequality"), conditions, ())
    if _is_not_negative(reader.read(high) - reader.read(low)):
        return Proved(Message("a variance is not negative"), conditions, tuple(reader.steps))
    return Open(Message("the difference of the sides is no sum of variances"))


def _by_definition(claim: Relation) -> Proved | None:
    r"""`\mathbb{E}_{z \sim p}[f(z)] = \sum_z p(z) f(z)`, or the integral.

    So is `E[X] = \sum_x x P(X = x)`.
    """
    left, right = claim.operands
    if not isinstance(left, Expectation) or left.operator != "expectation" or left.conditions:
        return None
    kind, bound, body = _total(right)
    drawn = drawn_from(left.under) if left.under is not None else _value_of(left, bound, body)
    if not kind or drawn is None:
        return None
    values = tuple(part for arg in drawn.args for part in _value(arg))
    of = substitute(left.args[0], dict(_names_and_values(drawn)))
    if set(bound) != set(values) or Counter(_factors(body)) != Counter((drawn, *_factors(of))):
        return None
    condition = Message(
        r"{names} \text{{ is {kind} with distribution }} {distribution}",
        names=", ".join(map(to_latex, bound)),
        kind=Message("discrete") if kind == "sum" else Message("continuous"),
        distribution=to_latex(drawn),
    )
    return Proved(Message("definition of expectation"), (condition,), ())


def _total(tree: Tree) -> tuple[str, tuple[Tree, ...], Tree]:
    """A sum or integral over all values: which, of what, and the summand; nested ones as one."""
    kind = ""
    bound: tuple[Tree, ...] = ()
    while isinstance(tree, Big) and tree.operator in {"sum", "integral"} and is_full_range(tree):
        if kind not in {"", tree.operator}:
            break
        kind, bound, tree = tree.operator, (*bound, *tree.bound), tree.body
    return kind, bound, tree


def _value_of(mean: Expectation, bound: tuple[Tree, ...], body: Tree) -> Call | None:
    r"""The probability under a sum whose event is that the variable has the value: `P(X = x)`."""
    for factor in _factors(body):
        match factor:
            case Call(
                args=(Relation(operators=("=",), operands=(name, value)),), conditions=()
            ) if (
                is_distribution(factor.function)
                and bound == (value,)
                and name in walk(mean.args[0])
            ):
                return factor
    return None


def _value(argument: Tree) -> tuple[Tree, ...]:
    return argument.operands[1:] if isinstance(argument, Relation) else (argument,)


def _names_and_values(drawn: Call) -> Iterator[tuple[Tree, Tree]]:
    for argument in drawn.args:
        if isinstance(argument, Relation):
            yield argument.operands[0], argument.operands[1]


def _factors(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Apply) and tree.operator == "times":
        return tuple(factor for arg in tree.args for factor in _factors(arg))
    return (tree,)


@dataclass(slots=True)
class _Reader:
    """Reads expressions as fractions whose atoms are random variables, moments and constants."""

    names: frozenset[Tree]
    independent: list[frozenset[Tree]]
    steps: list[str] = field(default_factory=list)

    def read(self, tree: Tree) -> Ratio:
        mean = as_mean(tree)
        if mean is not None:
            return self._mean(mean)
        if not depends(tree, self.names) and not isinstance(tree, Apply):
            return self._plain(tree)
        if isinstance(tree, Apply) and tree.operator == "divide":
            divisor = self.read(tree.args[1])
            if _is_random(divisor) or not divisor.above.terms:
                return self._whole(tree)
        value = arithmetic(tree, self.read, ratio)
        return self._whole(tree) if value is None else value

    def _whole(self, tree: Tree) -> Ratio:
        """Something that is not taken apart: `X`, `f(X)`, `|X|`."""
        if any(map(as_mean, walk(tree))):
            raise NotApplicable(Message("a part beside the expectations is not understood"))
        return atom_ratio(Random(tree) if depends(tree, self.names) else ("constant", tree))

    def _plain(self, tree: Tree) -> Ratio:
        if isinstance(tree, Number):
            return ratio(Fraction(tree.text))
        if isinstance(tree, Symbol | Index | Constant | Call):
            return atom_ratio(("constant", tree))
        raise NotApplicable(Message("a part beside the expectations is not understood"))

    def _mean(self, mean: Mean) -> Ratio:
        given = frozenset(mean.given)
        if not given <= self.names:
            raise NotApplicable(Message("what is given is no plain random variable"))
        args = [self.read(arg) for arg in mean.args]
        if mean.operator == "expectation" and len(args) == 1:
            return self._expected(args[0], given)
        if mean.operator == "variance" and len(args) == 1:
            args = [args[0], args[0]]
        if len(args) != 2:
            raise NotApplicable(Message("a part beside the expectations is not understood"))
        self._tell(Message(r"By definition Cov(X, Y) = E[XY] - E[X] E[Y], and Var(X) = Cov(X, X)."))
        product = self._expected(args[0], given) * self._expected(args[1], given)
        return self._expected(args[0] * args[1], given) - product

    def _tell(self, step: str) -> None:
        if step not in self.steps:
            self.steps.append(step)

    def _expected(self, variable: Ratio, given: frozenset[Tree]) -> Ratio:
        """Its expectation: constants, and so denominators, stand before the moments."""

        def moment(term: Term) -> Sum:
            power = frozenset(pair for pair in term if isinstance(pair[0], Random))
            return self._moment(power, given) * Sum({term - power: Fraction(1)})

        return Ratio(mapped(variable.above, moment), variable.below)

    def _moment(self, power: Term, given: frozenset[Tree]) -> Sum:
        """The expectation of a product, perhaps conditional."""
        power = self._without_tower(power, given)
        if not given:
            parts = self._independent_parts(power)
            return Sum({frozenset((("moment", part), 1) for part in parts): Fraction(1)})
        known = frozenset(pair for pair in power if self._names_in(pair[0]) <= given)
        rest = power - known
        outside = known | {(Random(Given(rest, given)), 1)} if rest else known
        return Sum({outside: Fraction(1)})

    def _names_in(self, atom: Hashable) -> frozenset[Tree]:
        assert isinstance(atom, Random)
        factor = atom.factor
        return factor.given if isinstance(factor, Given) else depends(factor, self.names)

    def _without_tower(self, power: Term, given: frozenset[Tree]) -> Term:
        """`E[g(Y) E[X|Y]]` is `E[g(Y) X]`, where less is given outside."""
        inner = [
            (pair, factor)
            for pair in power
            if isinstance(pair[0], Random) and isinstance(factor := pair[0].factor, Given)
        ]
        if len(inner) != 1 or inner[0][0][1] != 1:
            return power
        ((pair, factor),) = inner
        others = power - {pair}
        if not given <= factor.given or not all(
            self._names_in(other) <= factor.given for other, _ in others
        ):
            return power
        self._tell(Message("By the tower property E[E[X | Y]] = E[X]."))
        return self._without_tower(product(others, factor.power), given)

    def _independent_parts(self, power: Term) -> list[Term]:
        """A product in two parts, where the facts say that they are independent."""
        if not power:
            return []
        names = [self._names_in(factor) for factor, _ in power]
        for pair in self.independent:
            if frozenset().union(*names) == pair and all(len(found) == 1 for found in names):
                first = next(iter(pair))
                part = frozenset(p for p in power if self._names_in(p[0]) == {first})
                self.steps.append(Message("Independent variables: E[XY] = E[X] E[Y]."))
                return [part, power - part]
        return [power]


def _is_random(value: Ratio) -> bool:
    terms = (*value.above.terms, *value.below.terms)
    return any(isinstance(atom, Random) for term in terms for atom, _ in term)


def _is_not_negative(value: Ratio) -> bool:
    """A sum of `E[M^2] - E[M]^2` and of `E[M^2]`, with positive coefficients."""
    if not value.above.terms:
        return True
    if _is_random(value) or value.below != number(1):
        return False
    terms = dict(value.above.terms)
    for term, c in list(terms.items()):
        if c < 0 and len(term) == 1:
            ((atom, exponent),) = term
            square = frozenset([(("moment", _squared(atom)), 1)])
            if exponent != 2 or terms.get(square, Fraction(0)) < -c:
                return False
            terms[square] += c
            terms[term] = Fraction(0)
    return all(c >= 0 for c in terms.values()) and all(
        _is_even(atom) or exponent % 2 == 0
        for term, c in terms.items()
        if c
        for atom, exponent in term
    )


def _squared(atom: Hashable) -> Hashable:
    assert isinstance(atom, tuple)
    if atom[0] != "moment":
        return atom
    return frozenset((factor, 2 * exponent) for factor, exponent in atom[1])


def _is_even(atom: Hashable) -> bool:
    assert isinstance(atom, tuple)
    return atom[0] == "moment" and all(exponent % 2 == 0 for _, exponent in atom[1])


def _is_jensen(low: Tree, high: Tree) -> bool:
    r"""`f(E[X]) ≤ E[f(X)]` for a convex `f`, `E[f(X)] ≤ f(E[X])` for a concave one."""
    return _is_image(low, high, convex=True) or _is_image(high, low, convex=False)


def _is_image(outer: Tree, inner: Tree, *, convex: bool) -> bool:
    mean = as_mean(inner)
    if mean is None or mean.operator != "expectation" or len(mean.args) != 1:
        return False
    one, two = image(outer, convex=convex), image(mean.args[0], convex=convex)
    if one is None or two is None or one[0] != two[0]:
        return False
    source = as_mean(one[1])
    same = source is not None and source.operator == "expectation"
    return (
        same
        and source is not None
        and (source.args, source.given, source.under)
        == (
            (two[1],),
            mean.given,
            mean.under,
        )
    )
