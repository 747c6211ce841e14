r"""Statements about probabilities, expectations and entropies: the methods in their order.

It exists so that a caller need not know which of them reads what. A counterexample is looked for
first, so that what is proved has stood up to trials. Imports no algebra.
"""

from collections.abc import Callable, Iterator

from blogkit.check.answers import Answer
from blogkit.check.probability import (
    distributions,
    expectations,
    information,
    moments,
    proof,
)
from blogkit.check.question import Question
from blogkit.formula import Big, Call, Number, Symbol, Tree, variables, walk
from blogkit.meaning.probability import random_variables
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.rewriting import map_nodes


def applies(question: Question) -> bool:
    """Whether a statement speaks of probabilities, expectations or entropies."""
    return (
        proof.applies(question)
        or random_variables.applies(question.claim)
        or information.applies(question)
    )


def is_of_events(claim: Tree) -> bool:
    """Whether the names in the probabilities of a claim stand nowhere else, and so are events.

    A post may call matrices by the same letters elsewhere.
    """
    calls = [node for node in walk(claim) if isinstance(node, Call) and is_probability(node)]
    nothing = map_nodes(claim, lambda node: Number("1") if node in calls else node)
    ends = {s for node in walk(nothing) if isinstance(node, Big) for s in _of_range(node)}
    return bool(calls) and not variables(nothing).free - ends


def _of_range(big: Big) -> frozenset[Symbol]:
    """The names that say how far a sum runs."""
    ends = (end for end in (big.lower, big.upper) if end is not None)
    return frozenset(name for end in ends for name in variables(end).free)


def methods(question: Question) -> Iterator[Callable[[Question], Answer]]:
    """The methods that read a statement, in the order in which they are to be asked."""
    if proof.applies(question):
        yield distributions.try_distributions
        yield proof.prove_probability
    if random_variables.applies(question.claim):
        yield moments.try_expectations
        yield expectations.prove_expectations
    if information.applies(question):
        yield information.decide_information
