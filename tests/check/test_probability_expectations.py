"""Expectations, variances and covariances."""

import pytest
from structure_questions import question_of, turned, word

from blogkit.check.answers import Open, Proved
from blogkit.check.probability.expectations import prove_expectations
from blogkit.check.probability.moments import try_expectations

TRUE = [
    r"\mathbb{E}[X+Y] = \mathbb{E}[X] + \mathbb{E}[Y]",
    r"\operatorname{Var}(X) = \mathbb{E}[X^2] - (\mathbb{E}[X])^2",
    r"\mathrm{Var}[X] = E[(X-E[X])^2]",
    r"\operatorname{Cov}(X,Y) = E[XY] - E[X]E[Y]",
    r"\mathbb{E}[\mathbb{E}[X|Y]] = \mathbb{E}[X]",
    r"\mathrm{Var}(aX+b) = a^2 \mathrm{Var}(X)",
    r"E(aX+b) = aE(X)+b",
    r"D(X) = E(X^2)-[E(X)]^2",
    r"\mathrm{Var}(X+Y)=\mathrm{Var}(X)+\mathrm{Var}(Y)+2\mathrm{Cov}(X,Y)",
    r"\mathrm{Var}(X) = E[\mathrm{Var}(X|Y)]+\mathrm{Var}(E[X|Y])",
    r"\mathbb{E}[X]^2 \le \mathbb{E}[X^2]",
    r"e^{\mathbb{E}[X]} \le \mathbb{E}[e^X]",
    r"\mathrm{Var}(X) \ge 0",
]

FALSE = [
    r"\mathbb{E}[XY] = \mathbb{E}[X]\mathbb{E}[Y]",
    r"\operatorname{Var}(X) = \mathbb{E}[X^2] + (\mathbb{E}[X])^2",
    r"\mathrm{Var}(aX+b) = a \mathrm{Var}(X)",
    r"\mathrm{Var}(aX+b) = a^2 \mathrm{Var}(X)+b",
    r"\mathrm{Var}(X+Y)=\mathrm{Var}(X)+\mathrm{Var}(Y)",
    r"\mathbb{E}[X]^2 \ge \mathbb{E}[X^2]",
    r"e^{\mathbb{E}[X]} \ge \mathbb{E}[e^X]",
    r"\mathbb{E}[\mathbb{E}[X|Y]] = \mathbb{E}[Y]",
    r"E[E[X|Y]] = E[X|Y]",
]


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_statement_is_proved_and_never_refuted(latex: str) -> None:
    question = question_of(latex)
    assert word(prove_expectations(question)) == "Proved"
    assert word(prove_expectations(turned(question))) == "Proved"
    assert word(try_expectations(question)) == "Supported"


@pytest.mark.parametrize("latex", FALSE)
def test_a_wrong_statement_is_refuted_and_never_proved(latex: str) -> None:
    question = question_of(latex)
    assert word(prove_expectations(question)) == "Open"
    assert word(try_expectations(question)) == "Refuted"
    assert word(try_expectations(turned(question))) == "Refuted"


def test_independence_that_is_given_is_used() -> None:
    question = question_of(r"E[XY] = E[X]E[Y]", assume=(r"X \perp Y",))
    assert word(prove_expectations(question)) == "Proved"
    assert word(try_expectations(question)) == "Supported"


@pytest.mark.parametrize(
    ("latex", "condition"),
    [
        (
            r"\mathbb{E}_{z\sim p(z)}[f(z)] = \sum_z p(z) f(z)",
            r"z \text{ is discrete with distribution } p(z)",
        ),
        (
            r"\mathbb{E}_{x\sim p}[f(x)] = \int p(x) f(x) dx",
            r"x \text{ is continuous with distribution } p(x)",
        ),
    ],
)
def test_an_expectation_is_its_sum_or_integral_by_definition(latex: str, condition: str) -> None:
    assert prove_expectations(question_of(latex)) == Proved(
        "definition of expectation", (condition,)
    )


def test_a_sign_of_expectation_that_was_read_as_a_factor_stays_open() -> None:
    question = question_of(r"E[Y E[X|Y]] = E[XY]")
    assert try_expectations(question) == Open("an expectation may have been read as a product")


def test_a_value_of_one_distribution_stays_open() -> None:
    reason = "a value that is told of one distribution can't be decided"
    assert try_expectations(question_of(r"\mathbb{E}[X] = 0")) == Open(reason)


@pytest.mark.parametrize(
    "latex", [r"E[X] = \frac{1}{2} + \frac{1}{2}(1 + E[X])", r"X = E[X]", r"E[Y] = Y"]
)
def test_an_equation_to_be_solved_stays_open(latex: str) -> None:
    reason = "an equation that an expectation may be told to meet"
    assert try_expectations(question_of(latex)) == Open(reason)
