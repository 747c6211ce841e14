"""A check ends in the time that it is given, whatever the formula: reading and printing count."""

import resource
import time
from pathlib import Path

import pytest

import blogkit
from blogkit.check.reports import CheckReport
from blogkit.check.worker import close_idle_workers
from blogkit.formula import build
from blogkit.formula.lengths import MAX_CHARS
from blogkit.latex import parse

SECONDS = 1.0
TIMES = 4
"""How many times as long as a worker's start and the reading of a plain formula it may take."""
PLAIN = "+".join(["a_i x^2"] * (MAX_CHARS // 8)) + "=0"
_ROWS = r"\\".join(["&".join("1234567890") * 3] * 60)
_LINES = r"\\".join(f"a_{{{i}}}&=b+{i}" for i in range(300))
FORMULAS = {
    "digits": "1" * (MAX_CHARS - 2) + "=1",
    "more digits": "1" * 100_000 + "=1",
    "variables": "+".join(f"x_{{{i}}}" for i in range(500)) + "=1",
    "brackets": "(" * 2000 + "x" + ")" * 2000 + "=x",
    "fractions": r"\frac{1}{1+" * 90 + "x" + "}" * 90 + "=x",
    "a tower of powers": "2^{2^{2^{2^{2^{2}}}}}=1",
    "a long sum": "+".join(f"x^{{{i}}}" for i in range(600)) + "=1",
    "letters": "abcdefghij" * 490 + "=1",
    "a matrix": rf"\begin{{pmatrix}} {_ROWS} \end{{pmatrix}}=0",
    "lines": rf"\begin{{aligned}} {_LINES} \end{{aligned}}",
    "a megabyte": r"\alpha+\beta_{i}^{2}\cdot" * 41_000 + "1=1",
    "a factorial": "100000!=1",
    "unknown commands": r"\foo" * 1200 + "=1",
    "words": r"\text{" + "a b " * 1200 + "}=1",
}


def processor_seconds() -> float:
    """What this process and its workers have had so far; by it a busy machine is no slower."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def checked(latex: str) -> tuple[CheckReport, float]:
    """A formula checked by a worker of its own, and the processor's seconds that it took."""
    close_idle_workers()
    before = processor_seconds()
    report = blogkit.check_formula(latex, seconds=SECONDS)
    close_idle_workers()
    return report, processor_seconds() - before


@pytest.fixture(scope="module")
def plain_seconds() -> float:
    """What a worker's start and a plain formula's reading take on this machine, busy as it is."""
    start = checked("1=1")[1]
    before = time.process_time()
    build(parse(PLAIN).tree)
    return start + time.process_time() - before


@pytest.mark.parametrize("latex", FORMULAS.values(), ids=FORMULAS)
def test_a_check_ends_in_time(latex: str, plain_seconds: float) -> None:
    report, seconds = checked(latex)
    assert seconds < SECONDS + TIMES * plain_seconds
    assert sum(report.counts.values()) >= 1


def test_a_formula_that_is_too_long_says_how_long_it_may_be() -> None:
    (statement,) = blogkit.check_formula("1" * 100_000 + "=1").statements
    assert (statement.verdict, statement.latex) == ("undecided", "1" * 60 + "…")
    assert statement.reason == (
        "the formula has 100002 characters; one of more than 5000 is not checked"
    )


def test_a_long_formula_of_a_post_keeps_no_other_from_its_check(tmp_path: Path) -> None:
    text = f"设 $a > 0$。\n\n$${'1+' * 3000}1 = 1$$\n\n$$|a| = a$$"
    with blogkit.Library.open(tmp_path) as library:
        library.add_posts([blogkit.Post(title="长", text=text)])
        verdicts = [s.verdict for s in library.check().statements]
    assert verdicts == ["not_a_statement", "undecided", "proved"]
