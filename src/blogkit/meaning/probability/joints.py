r"""Joint probabilities, and what may be done with products of them.

A joint holds random variables and runs of sequences; a sum over a variable takes it out, a product
over an index telescopes, factors of a chain go on as they begin. What is not understood raises
`NotApplicable`. Imports no algebra.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from blogkit.formula import Index, Symbol, Tree, walk
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.events import Distribution, Point, Run, Sequences
from blogkit.meaning.trees.affine import Affine, affine
from blogkit.meaning.trees.ratios import ONE, Ratio, Sum, Term, product

Element = Point | Run
"""A random variable with its value, or a run of a sequence."""


@dataclass(frozen=True, slots=True)
class Joint:
    """The probability that all elements happen."""

    function: Distribution
    """Which distribution."""
    elements: frozenset[Element]
    """What happens; runs of one family are joined where they meet."""


def joined(elements: Iterable[Element]) -> frozenset[Element]:
    """Elements with empty runs left out and meeting runs of one family joined.

    Raises:
        NotApplicable: where a run of numbers runs backwards.
    """
    kept = set(elements)
    runs = [run for run in kept if isinstance(run, Run) and not _is_empty(run)]
    points = {point for point in kept if isinstance(point, Point)}
    merged: list[Run] = []
    while runs:
        run = runs.pop()
        partner = next((other for other in runs if _union(run, other) is not None), None)
        if partner is None:
            merged.append(run)
        else:
            runs.remove(partner)
            union = _union(run, partner)
            assert union is not None
            runs.append(union)
    return frozenset([*points, *merged])


def _is_empty(run: Run) -> bool:
    length = run.upper - run.lower + 1
    if not length.terms and length.constant < 0:
        raise NotApplicable(Message("a range of indices runs backwards"))
    return length == Affine(0)


def _union(one: Run, two: Run) -> Run | None:
    """Two runs as one, where they meet or overlap for certain."""
    if one.family != two.family:
        return None
    for low, high in ((one, two), (two, one)):
        if high.lower == low.upper + 1:
            return Run(low.family, low.lower, high.upper)
        start = high.lower - low.lower
        inside = low.upper - high.upper
        gap = low.upper - high.lower
        if start.terms or start.constant < 0:
            continue
        if not inside.terms and inside.constant >= 0:
            return low
        if not gap.terms and gap.constant >= -1 and not inside.terms:
            return Run(low.family, low.lower, high.upper)
        if start.constant == 0 and not inside.terms:
            return low if inside.constant >= 0 else high
    return None


def joints_in(term: Term) -> list[Joint]:
    return [atom for atom, _ in term if isinstance(atom, Joint)]


def elements_in(term: Term) -> set[Element]:
    return {element for joint in joints_in(term) for element in joint.elements}


def has_variable(value: Ratio, name: Tree, sequences: Sequences) -> bool:
    parts = (value.above, value.below)
    elements = {e for part in parts for term in part.terms for e in elements_in(term)}
    return any(_stands_for(element, name, sequences) for element in elements)


def _stands_for(element: Element, name: Tree, sequences: Sequences) -> bool:
    """Whether an element holds what a bound variable runs through: `x`, `X = x`, `h_t`, `Z`, `A_i`.

    Raises:
        NotApplicable: where it can't be told.
    """
    if isinstance(element, Point):
        return name in (element.value, element.name if element.value is None else None)
    if name in sequences.wholes:
        whole = sequences.wholes[name]
        if whole.family == element.family and whole != element:
            raise NotApplicable(Message("a sum over a whole sequence of which a part stands alone"))
        return whole == element
    if isinstance(name, Symbol):
        index = affine(name)
        uses = any(
            symbol == name for end in (element.lower, element.upper) for symbol, _ in end.terms
        )
        if uses and not element.lower == element.upper == index:
            raise NotApplicable(Message("a sum over the index of a sequence"))
        return uses
    if not isinstance(name, Index) or name.base != element.family or len(name.indices) != 1:
        return False
    return _place(element, name) is not None


def _place(run: Run, name: Index) -> tuple[Run, Run] | None:
    """What is left of a run before and after a member, or None where it is not in it."""
    index = affine(name.indices[0])
    if index is None:
        raise NotApplicable(Message("the index of a summed variable is not understood"))
    before, after = index - run.lower, run.upper - index
    for gap in (before, after):
        if not gap.terms and gap.constant < 0:
            return None
    if before.terms or after.terms:
        raise NotApplicable(Message("whether a summed variable is in a range is not known"))
    one = Affine(1)
    return Run(run.family, run.lower, index - one), Run(run.family, index + one, run.upper)


def marginal(term: Term, name: Tree, sequences: Sequences) -> Sum:
    """A term summed over all values of a variable: it must stand in one numerator only."""
    holding = [
        (joint, exponent, element)
        for joint, exponent in term
        if isinstance(joint, Joint)
        for element in joint.elements
        if _stands_for(element, name, sequences)
    ]
    if len(holding) != 1 or holding[0][1] != 1:
        raise NotApplicable(Message("a sum over products that does not become a marginal"))
    joint, _, element = holding[0]
    left = set(joint.elements - {element})
    if isinstance(element, Run) and isinstance(name, Index):
        left.update(_place(element, name) or ())
    rest = frozenset(pair for pair in term if pair[0] != joint)
    kept = joined(left)
    if kept:
        rest = product(rest, frozenset([(Joint(joint.function, kept), 1)]))
    return Sum({rest: Fraction(1)})


def _shifted(joint: Joint, bound: Symbol, value: Affine) -> Joint:
    elements = joined(
        run_at(element, bound, value) if isinstance(element, Run) else element
        for element in joint.elements
    )
    return Joint(joint.function, elements)


def run_at(run: Run, bound: Symbol, value: Affine) -> Run:
    return Run(run.family, run.lower.with_value(bound, value), run.upper.with_value(bound, value))


def _depends(joint: Joint, bound: Symbol) -> bool:
    return any(
        (
            isinstance(element, Run)
            and any(
                symbol == bound for end in (element.lower, element.upper) for symbol, _ in end.terms
            )
        )
        or (
            isinstance(element, Point)
            and bound in {*walk(element.name), *walk(element.value or element.name)}
        )
        for element in joint.elements
    )


def telescoped(term: Term, bound: Symbol, lower: Affine, upper: Affine) -> Term:
    """A product of a fraction over an index, in closed form."""
    above = [j for j, e in term for _ in range(e) if isinstance(j, Joint)]
    below = [j for j, e in term for _ in range(-e) if isinstance(j, Joint)]
    if len(above) + len(below) != sum(abs(e) for _, e in term) or not all(
        _depends(joint, bound) for joint in (*above, *below)
    ):
        raise NotApplicable(Message("a factor of the product does not depend on its index"))
    following = Affine(1, frozenset([(bound, 1)]))
    result = ONE
    for joint in above:
        ahead = [d for d in below if _shifted(d, bound, following) == joint]
        behind = [d for d in below if _shifted(joint, bound, following) == d]
        if not ahead and not behind:
            raise NotApplicable(Message("the product does not telescope"))
        other = (ahead or behind)[0]
        below.remove(other)
        ends = (upper, lower) if ahead else (lower, upper)
        for part, end, exponent in ((joint, ends[0], 1), (other, ends[1], -1)):
            moved = _shifted(part, bound, end)
            if moved.elements:
                result = product(result, frozenset([(moved, exponent)]))
    if below:
        raise NotApplicable(Message("the product does not telescope"))
    return result


def pattern_of(terms: list[Term]) -> tuple[Symbol, int]:
    """The family that factors run through, and the index of the last one.

    Factor k must be the probability of one more member, given all that the one before held.
    """
    for term in terms:
        exponents = sorted(exponent for _, exponent in term)
        if exponents not in ([1], [-1, 1]):
            raise NotApplicable(Message("a factor is no conditional probability"))
    above = [next(atom for atom, e in term if e == 1) for term in terms]
    below = [next((atom for atom, e in term if e == -1), None) for term in terms]
    if any(one != two for one, two in zip(above, below[1:], strict=False)):
        raise NotApplicable(Message("the factors do not follow the chain rule"))
    last, before = above[-1], above[-2]
    assert isinstance(last, Joint)
    assert isinstance(before, Joint)
    new = last.elements - before.elements
    old = before.elements - last.elements
    if len(new) != 1 or len(old) != 1:
        raise NotApplicable(Message("the factors do not follow one pattern"))
    (run,), (shorter,) = new, old
    if not isinstance(run, Run) or not isinstance(shorter, Run) or run.family != shorter.family:
        raise NotApplicable(Message("the factors do not follow one pattern"))
    if run.lower != shorter.lower or run.upper.terms or run.upper != shorter.upper + 1:
        raise NotApplicable(Message("the factors do not follow one pattern"))
    for joint, two in pairwise(above):
        assert isinstance(joint, Joint)
        if _moved_joint(joint, run.family, 1) != two:
            raise NotApplicable(Message("the factors do not follow one pattern"))
    return run.family, run.upper.constant


def _moved_joint(joint: Joint, family: Symbol, by: Affine | int) -> Joint:
    return Joint(
        joint.function,
        frozenset(
            Run(e.family, e.lower, e.upper + by) if isinstance(e, Run) and e.family == family else e
            for e in joint.elements
        ),
    )


def moved(term: Term, family: Symbol, top: int, end: Affine) -> Term:
    """The factor of index `top` at another index."""
    result = ONE
    for joint, exponent in term:
        assert isinstance(joint, Joint)
        result = product(result, frozenset([(_moved_joint(joint, family, end - top), exponent)]))
    return result
