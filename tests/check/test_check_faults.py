"""The statements that once got a wrong verdict, where the data with them is at hand.

Each block of the data is a kind of fault, a formula or a post, what is assumed, and what is right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import DATA

import blogkit
from blogkit.check.reports import CheckedFormula

FAULTS = DATA / "check-faults" / "statements.txt"
SECONDS = 8.0
VERDICTS = ("proved", "supported", "refuted", "undecided", "not_a_statement")


@dataclass(frozen=True)
class Fault:
    """One statement of the data."""

    kind: str
    said: str
    assume: tuple[str, ...]
    right: str

    @property
    def is_post(self) -> bool:
        return self.said.startswith("post: ")


def faults() -> Iterator[Fault]:
    if not FAULTS.exists():
        return
    kind = ""
    for block in FAULTS.read_text(encoding="utf-8").split("\n\n"):
        lines = [x for x in block.splitlines() if not x.startswith("#")]
        if lines and lines[0].startswith("kind: "):
            kind = lines.pop(0).removeprefix("kind: ")
        if lines:
            assume = tuple(x.removeprefix("assume: ") for x in lines if x.startswith("assume: "))
            yield Fault(kind, lines[0], assume, lines[-1].removeprefix("right: "))


def checked(fault: Fault, folder: Path) -> list[CheckedFormula]:
    """The displays of a post, or else its formulas; or a formula by itself."""
    if not fault.is_post:
        return list(blogkit.check_formula(fault.said, fault.assume, seconds=SECONDS))
    with blogkit.Library.open(folder / "library") as library:
        library.add_posts([blogkit.Post(title="题", text=fault.said.removeprefix("post: "))])
        formulas = list(library.formulas())
        displays = {x.id for x in formulas if x.display} or {x.id for x in formulas}
        report = library.check(seconds=SECONDS)
    return [result for result in report if result.formula_id in displays]


@pytest.mark.skipif(not FAULTS.exists(), reason="needs ../shared/data/check-faults")
@pytest.mark.parametrize("fault", list(faults()), ids=lambda fault: fault.said)
def test_no_statement_of_the_data_gets_a_wrong_verdict(fault: Fault, tmp_path: Path) -> None:
    statements = [s for result in checked(fault, tmp_path) for s in result.statements]
    allowed = [word for word in VERDICTS if re.search(rf"\b{word}\b", fault.right)]
    wrong = [s.verdict for s in statements if s.verdict not in allowed]
    assert statements
    assert wrong == []
    if "both readings" in fault.right and "undecided" in {s.verdict for s in statements}:
        assert all(len(s.readings) > 1 for s in statements)
