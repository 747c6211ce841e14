r"""Proofs of statements about numbers.

    answer = prove(question)
    answer.method, answer.steps

One method a file, each `(question) -> Proved | Open`, tried in order of cost. A method may be
unable to decide; it must never prove what is false. Matrices and probability have their own
provers.
"""

from collections.abc import Callable
from typing import Final

from blogkit.check.algebra.claims import read_claim
from blogkit.check.answers import Answer, Fault, Open, Proved, guarded, joined
from blogkit.check.prove.evaluation import prove_by_evaluation
from blogkit.check.prove.induction import prove_by_induction
from blogkit.check.prove.inequalities import prove_inequality
from blogkit.check.prove.integrals import prove_integral
from blogkit.check.prove.known_sums import prove_by_known_sums
from blogkit.check.prove.limits import prove_limit
from blogkit.check.prove.monotony import prove_by_monotony
from blogkit.check.prove.polynomials import prove_identity
from blogkit.check.prove.simplification import prove_by_simplification
from blogkit.check.prove.smt import prove_by_z3
from blogkit.check.prove.statements import parts_of
from blogkit.check.question import Question
from blogkit.language import Message, message_of
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.steps import OutOfStepsError, at_most, counting_calls

METHODS: Final[tuple[Callable[[Question], Proved | Open], ...]] = (
    prove_by_evaluation,
    prove_identity,
    prove_limit,
    prove_inequality,
    prove_by_known_sums,
    prove_by_induction,
    prove_integral,
    prove_by_z3,
    prove_by_monotony,
    prove_by_simplification,
)
"""The methods, cheapest first."""


STEPS: Final = 1_000_000
"""What one method may spend on one relation: about a second."""


def prove(question: Question) -> Proved | Open:
    """A proof of a statement about numbers, or a reason why there is none.

    Args:
        question: The statement with what is known of its symbols. An implication, an equivalence
            or a conjunction is proved part by part.
    """
    proofs: list[Proved] = []
    for part in parts_of(question):
        answer = _prove_relation(part)
        if isinstance(answer, Open):
            return answer
        proofs.append(answer)
    if not proofs:
        return Open(Message("there is nothing to prove"))
    return proofs[0] if len(proofs) == 1 else joined(proofs)


def _prove_relation(question: Question) -> Proved | Open:
    """The first proof of one relation."""
    faults: list[Open] = []
    for method in METHODS:
        answer: Answer
        try:
            with at_most(STEPS), counting_calls():
                answer = guarded(method, question)
        except OutOfStepsError:
            reason = Message("no proof was found in as many steps as a method may take")
            answer = Open(reason, gave_up=True)
        if isinstance(answer, Proved):
            return answer
        if isinstance(answer, Open) and (isinstance(answer, Fault) or answer.gave_up):
            faults.append(answer)
    return faults[0] if faults else Open(_reason_of(question))


def _reason_of(question: Question) -> str:
    """Why no method proved a relation: a part that none can read, or that none applies."""
    try:
        read_claim(question)
    except NotApplicable as error:
        return message_of(error)
    return Message("no method of proof gives it")
