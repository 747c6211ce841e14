"""Statements about probabilities on finite distributions: wrong ones are refuted, true ones not."""

from fractions import Fraction

import pytest
from probability_statements import FALSE, TRUE
from structure_questions import question_of, tree_of, turned, word

from blogkit.check.answers import Open, Refuted, Supported
from blogkit.check.probability.distributions import try_distributions
from blogkit.check.probability.proof import prove_probability
from blogkit.formula import Symbol


@pytest.mark.parametrize("latex", FALSE)
def test_a_wrong_statement_is_refuted_whichever_side_is_left(latex: str) -> None:
    question = question_of(latex)
    assert word(try_distributions(question)) == "Refuted"
    assert word(try_distributions(turned(question))) == "Refuted"


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_statement_is_never_refuted(latex: str) -> None:
    assert word(try_distributions(question_of(latex))) in {"Supported", "Open"}


def test_a_counterexample_reproduces() -> None:
    answer = try_distributions(question_of(r"P(A\cap B) = P(A)P(B)"))
    assert isinstance(answer, Refuted)
    table = {
        key: Fraction(*map(int, value.removeprefix(r"\frac{").removesuffix("}").split("}{")))
        for key, value in answer.counterexample.items()
        if key.startswith("P(")
    }
    assert sum(table.values()) == 1
    both = table["P(A = 1, B = 1)"]
    product = (both + table["P(A = 1, B = 0)"]) * (both + table["P(A = 0, B = 1)"])
    assert (str(both), str(product)) == (answer.left, answer.right)
    assert both != product


def test_a_statement_that_lacks_independence_says_so() -> None:
    answer = try_distributions(question_of(r"P(A\cap B) = P(A)P(B)"))
    assert isinstance(answer, Refuted)
    method = "exact arithmetic, a finite distribution; it holds for independent variables"
    assert answer.method == method


def test_independence_that_is_given_is_met() -> None:
    question = question_of(r"P(A\cap B) = P(A)P(B)", assume=(r"A \perp B",))
    assert word(try_distributions(question)) == "Supported"
    wrong = question_of(r"P(A\cap B) = P(A) + P(B)", assume=(r"A \perp B",))
    assert word(try_distributions(wrong)) == "Refuted"


def test_a_fact_that_is_not_understood_stops_a_refutation() -> None:
    question = question_of(r"P(A\cap B) = P(A)P(B)", assume=(r"A \heartsuit B",))
    assert word(try_distributions(question)) == "Open"


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"P(H=1|D) = 0.13", "a value that is told of one distribution can't be decided"),
        (
            r"P(D=1|H=0) P(H=0) + P(D=1|H=1) P(H=1) = 0.011485",
            "a value that is told of one distribution can't be decided",
        ),
        (
            r"P(x_1, \ldots, x_T) = \prod_{t=T}^1 P(x_t \mid x_{t+1}, \ldots, x_T)",
            "a range of indices runs backwards",
        ),
        (
            r"P(x) = \sum_{h_1, \ldots, h_T} P(x, h_1, \ldots, h_T)",
            "which members of a sequence are summed over is not known",
        ),
        (r"p(y|x) = q(y|x)", "how the distributions are related is not known"),
        (r"p_\theta(x) = p(x|z) p(z) / p(z|x)", "how the distributions are related is not known"),
    ],
)
def test_what_may_be_told_of_given_distributions_stays_open(latex: str, reason: str) -> None:
    assert try_distributions(question_of(latex)) == Open(reason)


def test_a_distribution_that_is_defined_is_not_arbitrary() -> None:
    question = question_of(
        r"P(A\cap B) = P(A)P(B)", definitions={Symbol("P"): tree_of(r"P(x) = \frac{1}{2}")}
    )
    reason = "a name is defined elsewhere, so a counterexample might violate it"
    assert try_distributions(question) == Open(reason)


def test_a_sequence_that_is_written_out_keeps_its_ends() -> None:
    whole = {Symbol("Y"): tree_of(r"(y_1, \dots, y_m)")}
    latex = r"p(Y|X)=\prod_{t=1}^{T-1} p(y_t|y_{<t},X)"
    assert word(try_distributions(question_of(latex, definitions=whole))) == "Refuted"
    right = question_of(latex.replace("T-1", "m"), definitions=whole)
    assert word(prove_probability(right)) == "Proved"


def test_values_that_are_taken_for_all_are_told() -> None:
    answer = try_distributions(question_of(r"P(D=1) = P(D=1,H=0) + P(D=1,H=1)"))
    assert isinstance(answer, Supported)
    assert answer.conditions == (r"H \in \{0, 1\}",)
