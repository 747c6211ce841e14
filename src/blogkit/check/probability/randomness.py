r"""Statements about probabilities, expectations and entropies: the methods in their order.

It exists so that a caller need not know which of them reads what. A proof is looked for first, then
a counterexample. Imports no algebra.
"""

from blogkit.check.probability.proof import expectations, information, moments, probability, random_variables
from blogkit.check.answers import Answer, Open, Proved
from blogkit.check.probability.distributions import try_distributions
from blogkit.check.question import Question


def applies(question: Question) -> bool:
    """Whether a statement speaks of probabilities, expectations or entropies."""
    return (
        probability.applies(question)
        or random_variables.applies(question.claim)
        or information.applies(question)
    )


def decide_randomness(question: Question) -> Answer:
    """A proof or a counterexample, else support, else `Open` with the last reason."""
    answer: Answer = Open("nothing here speaks of probabilities, expectations or entropies")
    for method in (
        probability.prove_probability if probability.applies(question) else None,
        expectations.prove_expectations if random_variables.applies(question.claim) else None,
    ):
        if method is not None:
            answer = method(question)
            if isinstance(answer, Proved):
                return answer
    if information.applies(question):
        return information.decide_information(question)
    if probability.applies(question):
        answer = try_distributions(question)
    if isinstance(answer, Open) and random_variables.applies(question.claim):
        return moments.try_expectations(question)
    return answer
