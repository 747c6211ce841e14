"""Entropies, mutual information and divergences; and the order of the methods."""

import pytest
from structure_questions import decided, question_of, turned, word

from blogkit.check.probability.information import decide_information
from blogkit.check.probability.randomness import applies


@pytest.mark.parametrize(
    "latex",
    [
        "H(X,Y) = H(X) + H(Y|X)",
        "I(X;Y) = H(X) - H(X|Y)",
        "I(X;Y) = I(Y;X)",
        "I(X;Y) = H(X) + H(Y) - H(X,Y)",
        r"H(X|Y) \le H(X)",
        r"I(X;Y) \ge 0",
        r"H(X,Y) \le H(X) + H(Y)",
        r"KL(p\|q) \geq 0",
        r"D_{\mathrm{KL}}(p\|q) \ge 0",
    ],
)
def test_a_true_statement_is_proved(latex: str) -> None:
    assert word(decide_information(question_of(latex))) == "Proved"
    assert word(decide_information(turned(question_of(latex)))) == "Proved"


@pytest.mark.parametrize(
    "latex",
    [
        "H(X,Y) = H(X) + H(Y)",
        "I(X;Y) = H(X) + H(X|Y)",
        "H(X|Y) = H(Y|X)",
        r"H(X|Y) \ge H(X)",
        r"H(X,Y) \le H(X)",
    ],
)
def test_a_wrong_statement_is_refuted(latex: str) -> None:
    assert word(decide_information(question_of(latex))) == "Refuted"
    assert word(decide_information(turned(question_of(latex)))) == "Refuted"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"p(x,y) = p(x|y)p(y)", "Proved"),
        (r"p(x,y) = p(x|y)p(x)", "Refuted"),
        (r"\mathbb{E}[X+Y] = \mathbb{E}[X] + \mathbb{E}[Y]", "Proved"),
        (r"\mathbb{E}[XY] = \mathbb{E}[X]\mathbb{E}[Y]", "Refuted"),
        (r"E_{Y \sim P(Y)}[-\log P(X \mid Y)] \geq -\log P(X)", "Supported"),
        (r"H(X|Y) = H(Y|X)", "Refuted"),
    ],
)
def test_each_statement_finds_its_method(latex: str, expected: str) -> None:
    assert word(decided(question_of(latex))) == expected


def test_a_polynomial_is_none_of_these() -> None:
    assert not applies(question_of("x + y = y + x"))
