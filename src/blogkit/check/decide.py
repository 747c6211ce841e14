"""One question through all methods, cheapest first.

A counterexample is looked for before a proof, so that every proof has stood up to evaluation at
many points before it is believed; what belongs to matrices or probability goes to its own methods.
Every method either answers or says why not; the reason of the first that could not is kept. A
method has a budget of steps, not of time, so that its answer is the same on a busy machine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from blogkit.check.answers import Answer, Fault, Open, Proved, Refuted, Supported, guarded
from blogkit.check.steps import OutOfStepsError, at_most, counting_calls
from blogkit.language import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogkit.check.question import Question

    Method = Callable[[Question], Answer]

_TRIED_BITS: Final = 150
"""Trials of matrices and distributions compute in 256 bits: what they would show for certain."""
STEPS: Final = 800_000
"""What one method may spend on a question: about a second."""
STEPS_IN_LIMITS: Final = 300_000
"""What the search for a limit of another value may spend."""


def answers(question: Question) -> Iterator[tuple[Answer, bool]]:
    """Answers, each better than the one before, the last one marked.

    Args:
        question: what is asked. What hangs in spite of all budgets is for the worker to kill.
    """
    best: Answer = Open(Message("no method applies"))
    for method in _methods(question):
        answer = _within_budget(method, question)
        if isinstance(answer, Refuted) and _says_different(question):
            answer = _only_if_equal(question, answer)
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


def _says_different(question: Question) -> bool:
    """Whether the claim is that two expressions with variables are not the same."""
    from blogkit.formula import Relation, variables

    claim = question.claim
    found = variables(claim)
    is_inequation = isinstance(claim, Relation) and claim.operators == ("≠",)
    return is_inequation and bool(found.free or found.functions)


def _only_if_equal(question: Question, refuted: Refuted) -> Answer:
    r"""The refutation of `a \ne b` where both are always equal.

    Who writes `(a+b)^2 \ne a^2+b^2` says that it is no identity, and not that the two never agree.
    """
    from blogkit.formula import Relation

    claim = question.claim
    assert isinstance(claim, Relation)
    equal = replace(question, claim=Relation(claim.operands, ("=",)))
    found = [answer for answer, is_last in answers(equal) if is_last]
    if isinstance(found[0], Proved):
        return refuted
    return Open(Message("both sides agree at some values, which '≠' may not deny"))


def _better(before: Answer, after: Answer) -> Answer:
    """What is supported beats what is open; of two reasons a fault is kept, else the first."""
    if isinstance(before, Supported) and isinstance(after, Open):
        is_told = isinstance(after, Fault) or after.gave_up
        return replace(before, unproved=after.reason) if is_told else before
    if isinstance(after, Fault) and not isinstance(before, Fault):
        return after
    if isinstance(after, Supported) and not isinstance(before, Supported):
        return after
    if isinstance(before, Open) and before.reason == "no method applies":
        return after
    return before


def _methods(question: Question) -> Iterator[Method]:
    """The methods for a question, in the order in which they are asked."""
    from blogkit.check.matrices import trials as matrices
    from blogkit.check.probability import randomness

    if matrices.applies(question):
        yield from _trials(matrices.try_matrices, matrices.prove_entries, matrices.prove_matrices)
        yield _prove
    elif randomness.applies(question):
        yield from _trials(*randomness.methods(question))
    else:
        yield from (_seek, _seek_in_limits, _seek_in_sums, _prove)


def _trials(*methods: Method) -> Iterator[Method]:
    """Methods that try values of matrices and distributions."""
    yield from map(_of_like_sizes, methods)


def _of_like_sizes(method: Method) -> Method:
    def answer(question: Question) -> Answer:
        from blogkit.check.balls.scale import literal_bits

        found = method(question)
        if isinstance(found, Supported) and literal_bits(question.claim) > _TRIED_BITS:
            return Open(
                Message("its numbers are of such different sizes that trials may miss some")
            )
        return found

    return answer


def _seek(question: Question) -> Answer:
    from blogkit.check.refute import seek_counterexample

    return seek_counterexample(question)


def _seek_in_limits(question: Question) -> Answer:
    import sympy  # noqa: F401 (so that loading it is not counted)

    from blogkit.check.prove.limit_refutation import refute_limit

    with at_most(STEPS_IN_LIMITS), counting_calls():
        return refute_limit(question)


def _seek_in_sums(question: Question) -> Answer:
    from blogkit.check.balls.series import is_series
    from blogkit.check.prove.known_sums import refute_by_known_sums
    from blogkit.formula import Big, variables, walk

    claim = question.claim
    has_series = any(isinstance(node, Big) and is_series(node) for node in walk(claim))
    if variables(claim).free or not has_series:
        return Open(Message("the claim is no equation of numbers and known sums"))
    return refute_by_known_sums(question)


def _prove(question: Question) -> Answer:
    from blogkit.check.prove import prove

    return prove(question)
