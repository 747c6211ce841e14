"""Questions about numbers from LaTeX, read as a user's are."""

from blogkit.check.answers import Answer
from blogkit.check.context.questions import questions
from blogkit.check.question import Question
from blogkit.meaning.facts.assume import read_assumptions


def ask(latex: str, *assume: str) -> Question:
    """The one question of a formula."""
    found = [each.question for each in questions(latex, assume=read_assumptions(assume))]
    (question,) = [each for each in found if each is not None]
    return question


def word(answer: Answer) -> str:
    """`Proved`, `Refuted`, `Supported` or `Open`."""
    return type(answer).__name__
