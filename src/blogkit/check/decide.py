"""One question through all methods, cheapest first.

A counterexample is looked for before a proof, so that every proof has stood up to evaluation at
many points before it is believed; what belongs to matrices or probability goes to its own methods.
Every method either answers or says why not; the reason of the first that could not is kept. A
method has a budget of steps, not of time, so that its answer is the same on a busy machine. What
needs SymPy is imported where it is asked, so that a question that needs none does not load it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from blogkit.check.answers import (
    Answer,
    Fault,
    Measured,
    Open,
    Proved,
    Refuted,
    Supported,
    guarded,
    joined,
)
from blogkit.check.probability import randomness
from blogkit.check.prove import difference_quotients
from blogkit.check.prove import terms as matrices
from blogkit.check.prove.approximations import is_approximation, measure, measure_rounding
from blogkit.check.prove.chain_rule import prove_chain_rule
from blogkit.check.prove.convexity import is_jensen, prove_jensen
from blogkit.check.prove.graph_trials import try_along_rules
from blogkit.check.question import Question
from blogkit.check.refute import seek_counterexample
from blogkit.check.witness import seek_witness
from blogkit.formula import Apply, Big, Relation, Tree, variables, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.balls.scale import literal_bits
from blogkit.meaning.balls.series import is_series
from blogkit.meaning.dependence import has_derivatives
from blogkit.meaning.steps import OutOfStepsError, at_most, counting_calls
from blogkit.meaning.trees.chains import chain_rule

Method = Callable[[Question], Answer]

_NONE: Final = Open(Message("no method applies"))
"""The answer before any method is asked."""
_TRIED_BITS: Final = 150
"""Trials of matrices and distributions compute in 256 bits: what they would show for certain."""
STEPS: Final = 1_350_000
"""What a search, or all proofs together, may spend on a question: one to two seconds."""
STEPS_IN_LIMITS: Final = 300_000
"""What the search for a limit of another value may spend."""


def answers(question: Question) -> Iterator[tuple[Answer, bool]]:
    """Answers, each better than the one before, the last one marked.

    Args:
        question: what is asked. What hangs in spite of all budgets is for the worker to kill.
    """
    if question.held:
        for answer, is_last in answers(replace(question, held=())):
            yield _held_fixed(answer, question.held), is_last
    elif question.beside:
        yield _joined(replace(question, beside=None), question.beside), True
    elif question.is_denied:
        of_all = replace(question, is_denied=False)
        for answer, is_last in _found(of_all, (*_methods(of_all), seek_witness), is_of_all=True):
            yield denied(answer), is_last
    elif question.rules:
        yield _along_rules(question), True
    elif _are_same(question.claim):
        yield Proved(Message("both sides are the same"), (_DEFINED,)), True
    else:
        for answer, is_last in _found(question, _methods(question)):
            if is_last and question.unrolled:
                answer = _with_steps(answer, question.unrolled)
            yield _unless_rounded(question, answer), is_last


_DEFINED: Final = Message(r"\text{both sides are defined}")


def _are_same(claim: Tree) -> bool:
    """Whether an equation says of something, with definitions put in, that it is itself."""
    return isinstance(claim, Relation) and claim.operators == ("=",) and len({*claim.operands}) == 1


def _with_steps(answer: Answer, unrolled: Question) -> Answer:
    """An answer, or that to the same claim with steps of recurrences put in, where it holds so."""
    if isinstance(answer, (Proved, Supported)):
        return answer
    (other,) = (found for found, is_last in answers(unrolled) if is_last)
    if isinstance(other, (Proved, Supported)):
        return replace(other, conditions=(*other.conditions, *unrolled.steps))
    return answer


def _unless_rounded(question: Question, answer: Answer) -> Answer:
    """An answer; in place of a refutation, how near a decimal is that is right as rounded."""
    if not question.may_round or not isinstance(answer, Refuted):
        return answer
    return measure_rounding(question) or answer


def _held_fixed(answer: Answer, names: tuple[Tree, ...]) -> Answer:
    """An answer to a claim whose derivatives hold such names fixed, which it tells.

    They may be meant to move with the variable, so nothing is refuted.
    """
    told = ", ".join(map(to_latex, names))
    if isinstance(answer, Refuted):
        return Open(Message("whether '{symbol}' is held fixed is not said", symbol=told))
    if isinstance(answer, (Proved, Supported)):
        fixed = Message(r"{names} \text{{ held fixed}}", names=told)
        return replace(answer, conditions=(*answer.conditions, fixed))
    return answer


def _along_rules(question: Question) -> Answer:
    """The answer to a claim with derivatives along definitions: a proof or trials.

    What was put in may have been meant to be held fixed, so only its proof counts.
    """
    plain = (
        [answer for answer, is_last in answers(question.plain) if is_last] if question.plain else []
    )
    if plain and isinstance(plain[0], Proved):
        return plain[0]
    answer = _within_budget(try_along_rules, question)
    is_open = isinstance(answer, Open)
    return plain[0] if plain and is_open and isinstance(plain[0], Supported) else answer


def _joined(*questions: Question) -> Answer:
    """What is answered to several questions that must all hold."""
    last = [answer for each in questions for answer, is_last in answers(each) if is_last]
    for kind in (Refuted, Open, Supported):
        if (found := next((each for each in last if isinstance(each, kind)), None)) is not None:
            return found
    return joined(each for each in last if isinstance(each, Proved))


def _found(
    question: Question, methods: Iterable[Method], *, is_of_all: bool = False
) -> Iterator[tuple[Answer, bool]]:
    best: Answer = _NONE
    for method in methods:
        answer = _within_budget(method, question)
        if isinstance(answer, Refuted) and not is_of_all and (denial := _denial(question.claim)):
            answer = _only_if_always(replace(question, claim=denial), answer)
        if isinstance(answer, (Proved, Refuted)):
            yield answer, True
            return
        best = _better(best, answer)
        yield best, False
    yield best, True


def _within_budget(method: Method, question: Question) -> Answer:
    try:
        with at_most(STEPS):
            return guarded(method, question)
    except OutOfStepsError:
        return Open(Message("it takes more steps than are allowed"), gave_up=True)


def _denial(claim: Tree) -> Tree | None:
    """What a claim with variables says not to be so: that two expressions are the same."""
    found = variables(claim)
    if not (found.free or found.functions):
        return None
    match claim:
        case Relation(operators=("≠",)):
            return Relation(claim.operands, ("=",))
        case Apply(operator="not", args=(Relation() as denied,)):
            return denied
    return None


def _only_if_always(denial: Question, refuted: Refuted) -> Answer:
    r"""The refutation of `a \ne b` where both are always equal.

    Who writes `(a+b)^2 \ne a^2+b^2` says that it is no identity, and not that the two never agree.
    """
    found = [answer for answer, is_last in answers(denial) if is_last]
    if isinstance(found[0], Proved):
        return refuted
    return Open(Message("both sides agree at some values, which '≠' may not deny"))


def denied(answer: Answer) -> Answer:
    """What an answer to a claim on all values says of its denial: a counterexample proves it.

    >>> denied(Refuted("exact arithmetic", {"x": "2"})).steps
    ('A value of this kind is $x = 2$.',)
    """
    match answer:
        case Refuted(method, counterexample):
            at = ", ".join(f"{name} = {value}" for name, value in counterexample.items())
            step = Message("A value of this kind is ${point}$.", point=at)
            return Proved(method, steps=(step,) if at else ())
        case Proved(method):
            return Refuted(Message("the contrary is proved: {method}", method=method), {})
        case Supported(unproved=reason):
            return Open(reason or Message("no value of this kind was found, nor why there is none"))
    return answer


def _better(before: Answer, after: Answer) -> Answer:
    """What is supported beats what is open; of two reasons a fault is kept, else the first."""
    if isinstance(before, Supported) and isinstance(after, Open):
        is_told = isinstance(after, Fault) or after.gave_up
        return replace(before, unproved=after.reason) if is_told else before
    if isinstance(after, Fault) and not isinstance(before, Fault):
        return after
    if isinstance(after, Measured):
        return after
    if isinstance(after, Supported) and not isinstance(before, Supported):
        return after
    if before is _NONE:
        return after
    return before


def _methods(question: Question) -> Iterator[Method]:
    """The methods for a question, in the order in which they are asked."""
    if is_approximation(question.claim):
        yield measure
    elif chain_rule(question.claim):
        yield prove_chain_rule
    elif is_jensen(question):
        yield prove_jensen
    elif difference_quotients.has_difference_quotient(question.claim):
        yield difference_quotients.prove_difference_quotient
        yield from (seek_counterexample, _seek_in_limits, _prove)
    elif matrices.applies(question) and not randomness.is_of_events(question.claim):
        yield from _trials(matrices.try_matrices, matrices.prove_entries, matrices.prove_matrices)
        if has_derivatives(question.claim):
            yield try_along_rules
        yield _prove
    elif randomness.applies(question):
        yield from _trials(*randomness.methods(question))
        yield matrices.prove_as_terms
    else:
        yield from (seek_counterexample, _seek_in_limits, _seek_in_sums, _prove)
        yield matrices.prove_as_terms


def _trials(*methods: Method) -> Iterator[Method]:
    """Methods that try values of matrices and distributions."""
    yield from map(_of_like_sizes, methods)


def _of_like_sizes(method: Method) -> Method:
    def answer(question: Question) -> Answer:
        found = method(question)
        if isinstance(found, Supported) and literal_bits(question.claim) > _TRIED_BITS:
            return Open(
                Message("its numbers are of such different sizes that trials may miss some")
            )
        return found

    return answer


def _seek_in_limits(question: Question) -> Answer:
    from blogkit.check.prove.limit_refutation import refute_limit

    with at_most(STEPS_IN_LIMITS), counting_calls():
        return refute_limit(question)


def _seek_in_sums(question: Question) -> Answer:
    claim = question.claim
    has_series = any(isinstance(node, Big) and is_series(node) for node in walk(claim))
    if variables(claim).free or not has_series:
        return Open(Message("the claim is no equation of numbers and known sums"))
    from blogkit.check.prove.known_sums import refute_by_known_sums

    return refute_by_known_sums(question)


def _prove(question: Question) -> Answer:
    from blogkit.check.prove.methods import prove

    return prove(question)
