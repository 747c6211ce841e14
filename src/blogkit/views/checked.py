"""What the views of a check have in common: which formulas are shown, and a verdict in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.library.formulas import Formula
from blogkit.views.clean import clean, one_line
from blogkit.views.drawn import drawn_in_line
from blogkit.views.speech import said, say, say_count
from blogkit.views.terms import term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.check.reports import CheckedFormula, CheckedStatement, CheckReport, Measure


def verdict(statement: CheckedStatement) -> str:
    """A verdict as a person reads it."""
    return verdict_word(statement.verdict)


def verdict_word(value: str) -> str:
    """A verdict of JSON as a person reads it."""
    return term("no claim" if value == "not_a_statement" else value)


def kind(statement: CheckedStatement) -> str:
    """What sort of statement it is, as a person reads it."""
    return term(statement.kind.replace("_", " "))


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
        method = clean(said(statement.method))
        if statement.samples:
            method = say("{method}, {count} points", method=method, count=statement.samples)
        yield say("by"), method
    for reading in statement.readings:
        yield say("may mean"), drawn(reading)
    if statement.counterexample:
        values = (f"{drawn(name)} = {drawn(v)}" for name, v in statement.counterexample.items())
        yield say("at"), ",  ".join(values)
    if statement.measure:
        yield from _measured(statement.measure)
    if statement.assumptions:
        yield say("assuming"), ",  ".join(map(drawn, statement.assumptions))
    if statement.conditions:
        yield say("provided"), ",  ".join(map(drawn, statement.conditions))
    if statement.reason:
        yield say("because"), one_line(drawn_in_line(said(statement.reason)))


def _measured(measure: Measure) -> Iterator[tuple[str, str]]:
    """How near an approximation is, where, and in which order."""
    error = f"{measure['max_abs_error']:.3g}"
    places = ",  ".join(f"{drawn(name)} = {value}" for name, value in measure["at"].items())
    at = say("{error} at {places}", error=error, places=places)
    yield say("differs by"), at if places else error
    spans = measure["over"].items()
    if spans:
        ranges = (f"{low:g} ≤ {drawn(name)} ≤ {high:g}" for name, (low, high) in spans)
        yield say("over"), ",  ".join(ranges)
    if measure["order"] is not None:
        yield say("order"), f"{measure['order']:g}"


def summary(report: CheckReport) -> str:
    """How many statements got which verdict, in how many formulas, in what time."""
    severities = [problem.severity for result in report for problem in result.problems]
    notes = severities.count("style")
    problems = len(severities) - notes
    silent = len(report) - len(worth_showing(report))
    formulas = say_count(len(report), "{count} formula", "{count} formulas")
    parts = [say("{formulas}: {verdicts}", formulas=formulas, verdicts=_counts(report))]
    if problems:
        parts.append(say_count(problems, "{count} problem", "{count} problems"))
    if notes:
        parts.append(say_count(notes, "{count} note on style", "{count} notes on style"))
    if silent:
        parts.append(say("{count} not shown, they state nothing", count=silent))
    parts.append(say("{seconds:.1f} s", seconds=report.seconds))
    return say("; ").join(parts)


def _counts(report: CheckReport) -> str:
    counts = [
        say("{count} {verdict}", count=count, verdict=verdict_word(value))
        for value, count in report.counts.items()
        if count
    ]
    return say(", ").join(counts) or say("nothing stated")
