"""What was found of formulas, as frozen dataclasses that are also JSON.

Imports nothing heavy: a report is shown by programs that check nothing themselves.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, TypedDict

from blogkit.macros import as_json
from blogkit.results.records import record
from blogkit.results.shown import Rows, ShownFormula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.latex import Problem

Kind = Literal[
    "identity", "inequality", "limit", "definition", "update", "objective", "model", "other"
]
"""What a part of a formula is."""

Verdict = Literal["proved", "supported", "refuted", "measured", "undecided", "not_a_statement"]
"""What is known of its truth; strictly as the README says."""

VERDICTS: tuple[Verdict, ...] = (
    "proved",
    "supported",
    "refuted",
    "measured",
    "undecided",
    "not_a_statement",
)


class Measure(TypedDict):
    """How near an approximation is."""

    max_abs_error: float
    """The largest absolute difference of both sides that was seen."""
    at: dict[str, str]
    """Where: each symbol's LaTeX and its value; empty for numbers."""
    over: dict[str, list[float]]
    """The lower and upper end of the range of each symbol that was looked at."""
    order: float | None
    """The power in which the difference vanishes, at zero or, of whole numbers, far out."""


@record
class CheckedStatement(ShownFormula):
    """One statement and what is known of its truth."""

    _shown = ("verdict", "kind", "latex", "method")

    latex: str
    """The statement in LaTeX."""
    kind: Kind
    """What it is."""
    verdict: Verdict
    """What is known of its truth."""
    method: str = ""
    """What gave the verdict; empty where nothing was decided."""
    assumptions: tuple[str, ...] = ()
    """What was taken for true, as LaTeX."""
    conditions: tuple[str, ...] = ()
    """What must hold beyond that, as LaTeX: mostly that both sides are defined."""
    counterexample: dict[str, str] | None = None
    """For a refuted one: each symbol's LaTeX and its exact value."""
    samples: int | None = None
    """For a supported one: at how many points it held."""
    reason: str = ""
    """Why it stayed undecided or states nothing; a proof's steps; the values of both sides."""
    readings: tuple[str, ...] = ()
    """For one that reads in several ways and so stayed undecided: each, printed in full."""
    measure: Measure | None = None
    """For a measured one: how near it is, and where; None for all others."""


@record
class CheckedFormula(ShownFormula):
    """One formula: what is wrong with how it is written, and what it states."""

    _shown = ("formula_id", "verdicts", "latex", "problems")

    formula_id: str | None
    """``POST#LABEL`` or ``POST#N``; None for LaTeX that is in no post."""
    latex: str
    """The formula, without delimiters."""
    path: str | None
    """File of its post."""
    line: int | None
    """Line of that file."""
    problems: tuple[Problem, ...]
    """What is wrong with how it is written, in the order of the source."""
    statements: tuple[CheckedStatement, ...]
    """What it states, in reading order."""
    definitions: str = ""
    """Macros that its post defines before it, as LaTeX; see ``definitions``."""

    @property
    def whole(self) -> str:
        """LaTeX that sets it by itself: what its post defines before it, and then as written."""
        return f"{self.definitions} {self.latex}" if self.definitions else self.latex

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts of its statements, in reading order."""
        return tuple(statement.verdict for statement in self.statements)

    @property
    def has_faults(self) -> bool:
        """Whether something is wrong with how it is written, and not only its style."""
        return any(problem.severity != "style" for problem in self.problems)

    def to_dict(self) -> dict[str, object]:
        """The formula as JSON has it."""
        return {
            "formula_id": self.formula_id,
            "latex": self.latex,
            **as_json(self.definitions, self.latex),
            "path": self.path,
            "line": self.line,
            "problems": [problem.to_dict() for problem in self.problems],
            "statements": [statement.to_dict() for statement in self.statements],
        }


@record
class CheckReport(Rows[CheckedFormula]):
    """What was found of all formulas that were asked for."""

    _rows = "results"
    _shown = ("formula_id", "verdict", "kind", "latex", "reason")

    results: tuple[CheckedFormula, ...]
    """A result a formula, in the order asked for."""
    seconds: float
    """How long it took."""

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many statements got each verdict, all six of them."""
        found = Counter(statement.verdict for statement in self.statements)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def statements(self) -> Iterator[CheckedStatement]:
        """All statements, in order."""
        return (statement for result in self.results for statement in result.statements)

    def _table(self) -> Iterator[dict[str, object]]:
        """A line a statement, with the place of its formula."""
        for formula in self:
            place = {"formula_id": formula.formula_id, "path": formula.path, "line": formula.line}
            for statement in formula.statements:
                yield {**place, **statement.to_dict()}

    @property
    def has_problems(self) -> bool:
        """Whether any formula is not written well; style is no fault."""
        return any(result.has_faults for result in self.results)

    def to_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        return {
            "schema": 1,
            "results": [result.to_dict() for result in self.results],
            "counts": self.counts,
            "seconds": round(self.seconds, 3),
        }
