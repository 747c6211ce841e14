"""Statements about probabilities that are proved, and wrong ones that are not."""

import pytest
from probability_statements import FALSE, TRUE
from structure_questions import question_of, turned, word

from blogkit.check.answers import Open, Proved
from blogkit.check.probability.proof import applies, prove_probability


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_statement_is_proved_whichever_side_is_left(latex: str) -> None:
    question = question_of(latex)
    assert word(prove_probability(question)) == "Proved"
    if r"\propto" not in latex:
        assert word(prove_probability(turned(question))) == "Proved"


@pytest.mark.parametrize("latex", FALSE)
def test_a_wrong_statement_is_not_proved(latex: str) -> None:
    assert word(prove_probability(question_of(latex))) == "Open"


def test_the_chain_rule_tells_what_it_takes_for_granted() -> None:
    answer = prove_probability(question_of(r"p(Y|X)=p(y_1|X)p(y_2|X,y_1)p(y_3|X,y_1,y_2)\cdots"))
    assert isinstance(answer, Proved)
    assert answer.method == "probability chain rule"
    assert answer.conditions == (
        r"Y = (y_{1}, \dots, y_{n})",
        "p(X) > 0",
        "p(X, y_{1}) > 0",
        "p(X, y_{1}, y_{2}) > 0",
        r"n \geq 3",
    )


def test_events_of_a_partition_are_told() -> None:
    answer = prove_probability(question_of(r"P(B)=\sum_i P(B|A_i)P(A_i)"))
    assert isinstance(answer, Proved)
    assert answer.conditions == (
        r"A_{1}, A_{2}, \dots \text{ are disjoint and one of them happens}",
    )


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"p(y|x)=\prod_{t=1}^{T+1} p(y_t|y_{<t},x)", "the length of a sequence is not known"),
        (r"p(x|z) \le 1", "whether p is a probability or a density is not known"),
        (r"p(x|y) = f(x)", "a part beside the probabilities is not understood"),
        (
            r"P(Y \mid X) = \prod_{i=1}^n P(y^{(i)} \mid x^{(i)})",
            "members with their number above are samples; how they depend is not known",
        ),
    ],
)
def test_what_is_not_understood_stays_open(latex: str, reason: str) -> None:
    assert prove_probability(question_of(latex)) == Open(reason)


def test_a_polynomial_p_is_no_probability() -> None:
    assert [applies(question_of(f)) for f in [r"p(x) = x^2", r"P(x) = P(y)", r"p(x,y)=p(y,x)"]] == [
        False
    ] * 3
