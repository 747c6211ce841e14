r"""Proofs of statements about numbers.

    answer = prove(question, seconds=2.0)
    answer.method, answer.steps

One method a file, each `(question) -> Proved | Open`, tried in order of cost. A method may be
unable to decide; it must never prove what is false. Matrices and probability have their own
provers. SymPy and z3 are imported inside functions only.
"""

from collections.abc import Callable
from time import monotonic
from typing import Final

from blogkit.check.answers import Open, Proved
from blogkit.check.prove.inequalities import prove_inequality
from blogkit.check.prove.limits import prove_limit
from blogkit.check.prove.polynomials import prove_identity
from blogkit.check.prove.simplification import prove_by_simplification
from blogkit.check.question import Question

METHODS: Final[tuple[Callable[[Question], Proved | Open], ...]] = (
    prove_identity,
    prove_limit,
    prove_inequality,
    prove_by_simplification,
)
"""The methods, cheapest first."""


def prove(question: Question, *, seconds: float) -> Proved | Open:
    """A proof of a statement about numbers, or the first reason why there is none.

    Args:
        question: The statement with what is known of its symbols.
        seconds: No method is started after so much time; one that runs is not stopped, so the
            caller that needs a hard limit runs this in a process that it can kill.
    """
    end = monotonic() + seconds
    reasons: list[str] = []
    for method in METHODS:
        if monotonic() > end:
            reasons.append(f"no proof was found within {seconds:g} seconds")
            break
        answer = method(question)
        if isinstance(answer, Proved):
            return answer
        reasons.append(answer.reason)
    return Open(reasons[0])
