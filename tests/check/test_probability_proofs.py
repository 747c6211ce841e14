"""Statements about probabilities that are proved, and wrong ones that are not."""

import pytest
from structure_questions import question_of, turned, word

from blogkit.check.answers import Open, Proved
from blogkit.check.probability.proof import applies, prove_probability

TRUE = [
    r"p(Y|X)=p(y_1|X)p(y_2|X,y_1)p(y_3|X,y_1,y_2)\cdots",
    r"p(Y|X)=p(y_1|X)p(y_2|X,y_1)\cdots p(y_n|X,y_1,\dots,y_{n-1})",
    r"p(\boldsymbol{y}|\boldsymbol{x}) = \prod_{t=1}^T p(y_t|y_{<t},\boldsymbol{x})",
    r"p(y|x) = \prod_{t=1}^T p(y_t|y_{\lt t},x)",
    r"p(y|x)=\prod_{t=0}^{T-1} p(y_t|y_{<t},x)",
    r"p(Y|X)=\prod_{t=1}^{T}p(y_t|X,y_1,y_2,\cdots,y_{t-1})",
    r"p(x_{1:T}) = \prod_{t=1}^T p(x_t|x_{1:t-1})",
    r"p(x_{1:T}) = \prod_{t=1}^T p(x_t|x_{>t})",
    r"p(x_1,\dots,x_n) = p(x_1)\prod_{i=2}^n p(x_i|x_{i-1},\dots,x_1)",
    r"\log p(y|x) = \sum_{t=1}^{T} \log p(y_t|y_1,\dots,y_{t-1},x)",
    r"\log p(Y|X) = \log p(y_1|X) + \log p(y_2|X,y_1)+\cdots",
    r"-\log p(y|x) = -\sum_{t=1}^{T} \log p(y_t|y_{<t},x)",
    r"p(y_{1:T}) = p(y_{1:t})p(y_{t+1:T}|y_{1:t})",
    r"P(A|B) = \frac{P(B|A)P(A)}{P(B)}",
    r"P(A_i|B) = \frac{P(B|A_i)P(A_i)}{\sum_{j=1}^n P(B|A_j)P(A_j)}",
    r"p(y|x) = \frac{p(x|y)p(y)}{\sum_{y'} p(x|y')p(y')}",
    r"p(z|x) \propto p(x|z)p(z)",
    r"p(x)=\sum_z p(x|z)p(z)",
    r"p(x)=\int p(x|z)p(z) dz",
    r"p_\theta(x) = \int p_\theta(x|z)p_\theta(z)dz",
    r"\sum_{x_t} P(x_{t+1}, x_t, x_{t-1}) = P(x_{t+1}, x_{t-1})",
    r"P(X=x) = \sum_y P(X=x,Y=y)",
    r"\sum_{x\in\mathcal{X}} p(x|y) = 1",
    r"p(x,y|z) = p(x|z)p(y|x,z)",
    r"\mathbb{P}(X=x, Y=y) = \mathbb{P}(X=x)\mathbb{P}(Y=y|X=x)",
    r"q(x_{t-1}|x_t,x_0)=\frac{q(x_t|x_{t-1},x_0)q(x_{t-1}|x_0)}{q(x_t|x_0)}",
    r"P(A \cup B) = P(A) + P(B) - P(A \cap B)",
    r"\Pr(A^c) = 1 - \Pr(A)",
    r"P(\overline{A\cup B}) = P(\bar A\cap\bar B)",
    r"P(A\setminus B) = P(A) - P(A\cap B)",
    r"P(A|B)+P(\bar A|B) = 1",
    r"P(A \cup B) \le P(A)+P(B)",
    r"P(A\cap B)\le P(A)",
    r"0 \le P(A|B)",
    r"P(\emptyset)=0",
    r"P(A|C) = \sum_j \frac{P(A\cap B_j \cap C)}{P(C)}",
]

FALSE = [
    r"p(Y|X)=p(y_1|X)p(y_2|X,y_1)p(y_3|X,y_1)\cdots",
    r"p(X|Y)=p(y_1|X)p(y_2|X,y_1)p(y_3|X,y_1,y_2)\cdots",
    r"p(Y|X)=p(y_1|X)+p(y_2|X,y_1)+p(y_3|X,y_1,y_2)+\cdots",
    r"p(Y|X)=p(y_1|X)p(y_3|X,y_1,y_2)\cdots",
    r"p(Y|X)=p(y_1)p(y_2|X,y_1)p(y_3|X,y_1,y_2)\cdots",
    r"p(Y|X)=p(y_1|X)p(y_2|X)p(y_3|X)\cdots",
    r"p(Y)=p(y_1|X)p(y_2|X,y_1)p(y_3|X,y_1,y_2)\cdots",
    r"p(y|x) = \prod_{t=1}^T p(y_t|x)",
    r"p(y|x) = \prod_{t=1}^T p(y_t|y_{<t})",
    r"p(y|x) = \prod_{t=2}^T p(y_t|y_{<t},x)",
    r"p(y|x) = \prod_{t=1}^{T-1} p(y_t|y_{<t},x)",
    r"p(y|x) = \prod_{t=1}^{T} p(y_t|y_{\le t},x)",
    r"p(y|x) = \sum_{t=1}^{T} p(y_t|y_{<t},x)",
    r"p(x|y) = \prod_{t=1}^{T} p(y_t|y_{<t},x)",
    r"\log p(y|x) = \sum_{t=1}^{T} p(y_t|y_{<t},x)",
    r"p(x,y) = p(x|y)p(x)",
    r"P(A|B) = \frac{P(A|B)P(A)}{P(B)}",
    r"P(A|B) = \frac{P(B|A)P(B)}{P(A)}",
    r"p(x) = \sum_z p(x|z)",
    r"p(x) = \sum_z p(x,z)p(z)",
    r"P(A \cup B) = P(A) + P(B) + P(A\cap B)",
    r"P(A\cap B) = P(A)P(B)",
    r"P(A|B) = P(B|A)",
    r"P(A\cap B)\ge P(A)",
    r"P(A \cup B) \le P(A)",
    r"p(x,y|z) = p(x|z)p(y|z)",
    r"P(A|B)+P(A|\bar B) = 1",
    r"\mathbb{P}(X=x, Y=y) = \mathbb{P}(X=x)\mathbb{P}(Y=x|X=x)",
]


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
