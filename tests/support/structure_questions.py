"""Questions from LaTeX, for the tests of matrices and probabilities."""

from blogkit.check.answers import Answer
from blogkit.check.decide import answers
from blogkit.check.question import Question
from blogkit.formula import Relation, Symbol, Tree, build
from blogkit.latex import parse
from blogkit.meaning.facts.known import Fact, Facts
from blogkit.meaning.sorts import Sort


def tree_of(latex: str) -> Tree:
    return build(parse(latex).tree).tree


def question_of(
    latex: str,
    *,
    assume: tuple[str, ...] = (),
    sorts: dict[Symbol, Sort] | None = None,
    definitions: dict[Symbol, Tree] | None = None,
) -> Question:
    constraints = tuple(Fact(tree_of(fact), fact, "given") for fact in assume)
    facts = Facts(sorts=sorts or {}, constraints=constraints, definitions=definitions or {})
    return Question(tree_of(latex), facts, latex)


def turned(question: Question) -> Question:
    """The same statement with its sides swapped."""
    claim = question.claim
    assert isinstance(claim, Relation)
    mirror = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}
    sign = claim.operators[0]
    other = Relation(claim.operands[::-1], (mirror.get(sign, sign),))
    return Question(other, question.facts, question.latex)


def word(answer: Answer) -> str:
    """`Proved`, `Refuted`, `Supported` or `Open`."""
    return type(answer).__name__


def decided(question: Question) -> Answer:
    """What all methods together say."""
    return list(answers(question))[-1][0]
