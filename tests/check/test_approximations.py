"""Approximations are measured: how near, where, over which range, of which order."""

from pathlib import Path

import pytest
from cases import read_cases

import blogkit
from blogkit.check.reports import CheckedStatement
from blogkit.views.checked import details

CASES = read_cases(Path(__file__).parent / "measures.txt")


def only_statement(line: str) -> CheckedStatement:
    latex, _, assumed = line.partition(" % ")
    (found,) = blogkit.check_formula(latex, assume=[assumed] if assumed else []).statements
    return found


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_an_approximation_is_measured(line: str, expected: str) -> None:
    statement = only_statement(line)
    assert statement.verdict == "measured", statement.reason
    assert statement.measure is not None
    measure = statement.measure
    shown = f"{measure['max_abs_error']:.3g}"
    if measure["at"]:
        shown += " at " + ", ".join(f"{name} = {value}" for name, value in measure["at"].items())
    for name, (low, high) in measure["over"].items():
        shown += f", {low:g} ≤ {name} ≤ {high:g}"
    if measure["order"] is not None:
        shown += f", order {measure['order']:g}"
    assert shown == expected


def test_a_measure_is_told_in_words() -> None:
    told = dict(details(only_statement(r"\sin x \approx x")))
    assert told["differs by"] == "5.96 at x = -5"
    assert told["over"] == "-5 ≤ x ≤ 5"
    assert told["order"] == "3"


def test_a_rounded_decimal_is_measured_in_a_post_and_refuted_by_itself(tmp_path: Path) -> None:
    text = (
        r"比例为 $$\frac{8}{17} = 0.471$$ 另有 $$\frac{8}{17} = 0.481$$ 又 $$\frac{3}{8} = 0.375$$"
    )
    with blogkit.Library.open(tmp_path / "library") as library:
        library.add_posts([blogkit.Post(title="比例", text=text)])
        verdicts = [statement.verdict for statement in library.check().statements]
    assert verdicts[::2] == ["measured", "proved"]
    assert verdicts[1] in ("refuted", "undecided")
    assert only_statement(r"\frac{8}{17} = 0.471").verdict == "refuted"
