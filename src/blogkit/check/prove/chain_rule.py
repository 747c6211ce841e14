"""Proves a statement that is the chain rule itself; it says through what the one name depends."""

from blogkit.check.answers import Open, Proved
from blogkit.check.question import Question
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.trees.chains import chain_rule


def prove_chain_rule(question: Question) -> Proved | Open:
    """The chain rule; what is derived is taken for a differentiable function of the names between.

    Source: Spivak, Calculus on Manifolds, theorem 2-9.
    """
    rule = chain_rule(question.claim)
    if rule is None:
        return Open(Message("the claim is not the chain rule"))
    names = ", ".join(map(to_latex, (rule.of, *rule.through, rule.by)))
    condition = Message(r"{names} \text{{ depend on one another by this chain only}}", names=names)
    return Proved(Message("chain rule"), (condition,))
