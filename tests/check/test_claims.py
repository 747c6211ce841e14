r"""Statements of every branch with their truth, which no method was written for.

`claims_true.txt`, `claims_false.txt`, `claims_as_read.txt` and `no_claims.txt` hold one formula a
line, with what is assumed behind ` % `; `claims_in_posts.txt`, `claims_of_graphs.txt` (derivatives
of what a post defines), `claims_of_numbers.txt` and `claims_of_tables.txt` hold posts, with a class
for each of their displays. A class is `true` (proved or supported), `false` (refuted), `measured`,
`nothing` or the kind of what states nothing, `open` for a condition, `reads` for what reads in
several ways and so stays undecided, with its readings; with `?` it may also be undecided, but never
the contrary.
`claims_long.txt` holds those of the same kinds that take long, of which one in three stands in the
other files; they are checked in the long form only.
"""

from pathlib import Path

import pytest
from cases import read_cases

import blogkit
from blogkit.check.reports import CheckedFormula, CheckReport

HERE = Path(__file__).parent
SECONDS = 6.0
"""For a statement that is to be decided: enough on a busy machine."""
BRIEF = 0.5
"""For one that may stay undecided."""

ALLOWED = {
    "true": {"proved", "supported"},
    "true?": {"proved", "supported", "undecided"},
    "false": {"refuted"},
    "false?": {"refuted", "undecided"},
    "nothing": {"not_a_statement"},
    "measured": {"measured"},
    "open": {"undecided", "not_a_statement"},
    "reads": {"undecided with readings"},
}


def checked(line: str, seconds: float) -> CheckReport:
    latex, _, assumed = line.partition(" % ")
    return blogkit.check_formula(
        latex, assume=assumed.split("; ") if assumed else (), seconds=seconds
    )


def verdict(result: CheckedFormula) -> str:
    """The verdict on a formula as a whole: refuted in one part is refuted."""
    found = {statement.verdict for statement in result.statements}
    if any(len(statement.readings) > 1 for statement in result.statements):
        found.add("undecided with readings")
    order = ("refuted", "undecided with readings", "undecided", "supported", "proved", "measured")
    return next((word for word in order if word in found), "not_a_statement")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        *read_cases(HERE / "claims_true.txt"),
        *read_cases(HERE / "claims_false.txt"),
        *read_cases(HERE / "claims_as_read.txt"),
        *read_cases(HERE / "claims_long.txt", marks=[pytest.mark.long]),
    ],
)
def test_the_truth_of_claims(lines: str, expected: str) -> None:
    seconds = BRIEF if expected.endswith("?") else SECONDS
    found = {line: verdict(next(iter(checked(line, seconds)))) for line in lines.splitlines()}
    wrong = {line: word for line, word in found.items() if word not in ALLOWED[expected]}
    assert wrong == {}


@pytest.mark.parametrize(("lines", "expected"), read_cases(HERE / "no_claims.txt"))
def test_the_kind_of_what_states_nothing(lines: str, expected: str) -> None:
    found = {
        line: [(s.kind, s.verdict) for s in checked(line, BRIEF).statements]
        for line in lines.splitlines()
    }
    assert {line: [(expected, "not_a_statement")] for line in found} == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case
        for name in ("claims_in_posts", "claims_of_graphs", "claims_of_numbers", "claims_of_tables")
        for case in read_cases(HERE / f"{name}.txt")
    ],
)
def test_the_truth_of_the_displays_of_a_post(text: str, expected: str, tmp_path: Path) -> None:
    with blogkit.Library.open(tmp_path / "library") as library:
        library.add_posts([blogkit.Post(title="题", text=text)])
        displays = {formula.id for formula in library.formulas() if formula.display}
        report = library.check(seconds=SECONDS)
    found = [verdict(result) for result in report if result.formula_id in displays]
    classes = expected.split()
    assert len(classes) == len(found)
    wrong = [(c, word) for c, word in zip(classes, found, strict=True) if word not in ALLOWED[c]]
    assert wrong == []
