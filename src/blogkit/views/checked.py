"""What the views of a check have in common: which formulas are shown, and a verdict in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blogkit.formulas import Formula
from blogkit.views.clean import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.check.reports import CheckedFormula, CheckedStatement, CheckReport

WORDS: Final = {
    "proved": "proved",
    "supported": "supported",
    "refuted": "refuted",
    "undecided": "undecided",
    "not_a_statement": "no claim",
}
"""How a verdict is called."""


def worth_showing(report: CheckReport) -> list[CheckedFormula]:
    """The formulas that state or define something, or are not written well."""
    return [result for result in report if result.problems or any(map(_says, result.statements))]


def _says(statement: CheckedStatement) -> bool:
    return statement.verdict != "not_a_statement" or statement.kind != "other"


def drawn(latex: str) -> str:
    """A piece of LaTeX on one line, in characters; as LaTeX where it can't be read."""
    formula = Formula(latex, display=False)
    if any(problem.severity == "error" for problem in formula.problems):
        return one_line(latex)
    return one_line(formula.to_inline_text())


def details(statement: CheckedStatement) -> Iterator[tuple[str, str]]:
    """What is said of a verdict, each with its name: how, under what, and why."""
    if statement.method:
        count = f", {statement.samples} points" if statement.samples else ""
        yield "by", f"{clean(statement.method)}{count}"
    if statement.counterexample:
        values = (f"{drawn(name)} = {drawn(v)}" for name, v in statement.counterexample.items())
        yield "at", ",  ".join(values)
    if statement.assumptions:
        yield "assuming", ",  ".join(map(drawn, statement.assumptions))
    if statement.conditions:
        yield "provided", ",  ".join(map(drawn, statement.conditions))
    if statement.reason:
        yield "because", one_line(statement.reason)


def summary(report: CheckReport) -> str:
    """How many statements got which verdict, in how many formulas, in what time."""
    counts = ", ".join(f"{n} {WORDS[verdict]}" for verdict, n in report.counts.items() if n)
    problems = sum(len(result.problems) for result in report)
    silent = len(report) - len(worth_showing(report))
    parts = [f"{_counted(len(report), 'formula')}: {counts or 'nothing stated'}"]
    if problems:
        parts.append(_counted(problems, "problem"))
    if silent:
        parts.append(f"{silent} not shown, they state nothing")
    return "; ".join(parts) + f"; {report.seconds:.1f} s"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" + ("" if number == 1 else "s")
