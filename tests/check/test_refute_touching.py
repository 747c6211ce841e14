r"""A strict inequality that fails at a point which no sample meets is not supported."""

import pytest
from proof_questions import ask, word

from blogkit.check.answers import Open
from blogkit.check.refute import seek_counterexample


@pytest.mark.parametrize(
    "latex",
    [
        r"(x-\sqrt{2})^2 > 0",
        r"|x - e^{\pi}| > 0",
        r"x^2 + 2 > 2\sqrt{2} x",
        r"(x - y - \sqrt{2})^2 > 0",
        r"\frac{(x-\sqrt{2})^2}{x^2+1} > 0",
    ],
)
def test_sides_that_meet_at_an_irrational_point_stay_open(latex: str) -> None:
    answer = seek_counterexample(ask(latex))
    assert isinstance(answer, Open)
    assert answer.reason.startswith("Both sides may meet near ")


@pytest.mark.parametrize(
    "latex", [r"e^x > 0", r"\frac{x}{1+|x|} < 1", r"\sqrt{x^2+1} > x", r"x^4 - 4x + 3.01 > 0"]
)
def test_sides_that_only_draw_near_are_supported(latex: str) -> None:
    assert word(seek_counterexample(ask(latex))) == "Supported"


def test_a_value_that_overflows_does_not_lead_the_search_astray() -> None:
    answer = seek_counterexample(ask(r"\Gamma(x) \geq 0.886", "x > 0"))
    assert word(answer) == "Refuted"


def test_a_variance_may_be_zero() -> None:
    from blogkit.check.probability.moments import try_expectations

    assert word(try_expectations(ask(r"\text{Var}(X) > 0"))) == "Refuted"
