"""Values of formulas at a point."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit import parse_formula
from blogkit.errors import FormulaError


@pytest.mark.parametrize(("given", "expected"), read_cases(Path(__file__).parent / "values.txt"))
def test_values(given: str, expected: str) -> None:
    latex, _, at = given.rpartition(" at ")
    try:
        found = parse_formula(latex).value(at).value
    except FormulaError as error:
        found = f"FormulaError: {error}"
    assert found == expected


def test_every_digit_that_is_printed_is_sure() -> None:
    exact = "3.14159265358979323846264338327950288419716939937510582097494459"
    for digits in (1, 2, 10, 40, 60):
        shown = parse_formula(r"4 \arctan(1)").value(digits=digits).value
        assert abs(float(shown) - float(exact)) <= 10 ** -(digits - 1)
        assert exact.startswith(shown[:-1])


def test_an_equation_has_the_value_of_each_side() -> None:
    report = parse_formula(r"\max(x_1, \dots, x_n) \leq \log\sum_{i=1}^n e^{x_i}").value("x=(0,0)")
    assert [side.value for side in report.sides] == ["0", "0.693147180559945"]


def test_definitions_that_are_given_are_told() -> None:
    report = parse_formula("f(3)").value(let=["f(x) = x^2"])
    assert (report.value, report.used) == ("9", ("f(x) = x^2",))


@pytest.mark.parametrize("digits", [0, 1001])
def test_digits_have_a_range(digits: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula("1").value(digits=digits)
    assert str(caught.value) == f"digits: expected 1 to 1000, found {digits}"
