"""From what was asked and answered to a verdict with its evidence. Decides nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.check.answers import Answer, Measured, Open, Proved, Refuted, Supported
from blogkit.check.context.doubts import DEFINED_ANEW
from blogkit.check.reports import CheckedStatement
from blogkit.formula.printing import to_latex
from blogkit.language import Message, in_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.check.context.questions import Asked
    from blogkit.meaning.facts.known import Facts


def checked(asked: Asked, answers: Iterator[Answer]) -> CheckedStatement:
    """A statement with its verdict; it takes an answer for each of its questions.

    What reads in several ways is decided where all of them have the same truth; else it stays
    undecided, with its readings.
    """
    found = [
        with_answer(one, next(answers)) if one.questions_of_own else without_answer(one)
        for one in (asked, *asked.others)
    ]
    first, verdicts = found[0], {one.verdict for one in found}
    if len(found) == 1 or not asked.statement.is_claim or verdicts == {"refuted"}:
        return first
    if verdicts <= {"proved", "supported"}:
        return next((one for one in found if one.verdict == "supported"), first)
    reason = first.reason
    if verdicts != {"undecided"}:
        reason = Message("it reads in several ways, which are not true alike")
    printed = tuple(to_latex(one.statement.tree) for one in (asked, *asked.others))
    return CheckedStatement(first.latex, first.kind, "undecided", reason=reason, readings=printed)


def without_answer(asked: Asked) -> CheckedStatement:
    """A statement that nothing was asked about: no claim, or a claim that can't be read."""
    statement = asked.statement
    return CheckedStatement(
        statement.latex,
        statement.kind,
        "undecided" if statement.is_claim else "not_a_statement",
        reason=asked.reason,
    )


def with_answer(asked: Asked, answer: Answer) -> CheckedStatement:
    """A statement with the verdict that an answer gives it."""
    statement, question = asked.statement, asked.question or asked.approximation
    assumptions = assumed(question.facts) if question else ()
    if asked.may_define and isinstance(answer, (Refuted, Open)):
        return CheckedStatement(
            statement.latex, "definition", "not_a_statement", reason=DEFINED_ANEW
        )
    if isinstance(answer, Refuted) and asked.doubt:
        answer = Open(asked.doubt, readings=asked.meanings)
    match answer:
        case Proved(method, conditions, steps):
            return CheckedStatement(
                statement.latex,
                statement.kind,
                "proved",
                method,
                assumptions,
                conditions,
                reason=in_row(steps),
            )
        case Refuted(method, counterexample):
            return CheckedStatement(
                statement.latex,
                statement.kind,
                "refuted",
                method,
                assumptions,
                counterexample=dict(counterexample),
                reason=_both_sides(answer),
            )
        case Supported(method, samples, conditions, unproved):
            return CheckedStatement(
                statement.latex,
                statement.kind,
                "supported",
                method,
                assumptions,
                conditions,
                samples=samples,
                reason=unproved or Message("no proof was found"),
            )
        case Measured(method, error, at, over, order):
            return CheckedStatement(
                statement.latex,
                statement.kind,
                "measured",
                method,
                assumptions,
                measure={
                    "max_abs_error": error,
                    "at": dict(at),
                    "over": {name: list(ends) for name, ends in over.items()},
                    "order": order,
                },
            )
        case Open(reason, _, readings):
            return CheckedStatement(
                statement.latex,
                statement.kind,
                "undecided",
                assumptions=assumptions,
                reason=reason,
                readings=readings,
            )


def assumed(facts: Facts) -> tuple[str, ...]:
    """All that was taken for true, as LaTeX, each once."""
    return tuple(dict.fromkeys(fact.latex for fact in (*facts.stated, *facts.constraints)))


def _both_sides(answer: Refuted) -> str:
    if not answer.left and not answer.right:
        return ""
    left, right = map(_as_math, (answer.left, answer.right))
    return Message("there the left side is {left}, the right side {right}", left=left, right=right)


def _as_math(value: str) -> str:
    """A value in a sentence: LaTeX between dollars, numbers as they are."""
    return f"${value}$" if "\\" in value else value
