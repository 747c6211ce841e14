"""Inequalities are proved by cases and certificates, and nothing that is false is."""

from fractions import Fraction

import pytest
from proof_questions import ask, word

from blogkit.check.answers import Proved
from blogkit.check.prove.inequalities import prove_inequality
from blogkit.check.prove.simplex import nonnegative_solution

NORM = r"\Vert \nabla_\theta f(\theta) \Vert"
LEAST = rf"\min\left\{{1, \frac{{\gamma}}{{{NORM}}}\right\}}"
SOFT = rf"\frac{{\gamma}}{{{NORM}+\gamma}}"
LOWER = rf"\frac12 {LEAST} \leq {SOFT}"
UPPER = rf"{SOFT} \leq {LEAST}"

TRUE = [
    (r"|x+y| \le |x|+|y|",),
    (r"|x+y| \le |x|+|y|", r"x,y \in \mathbb{C}"),
    (r"x^2 + y^2 \ge 2xy",),
    (r"x^2 + x + 1 > 0",),
    (r"a^2 + b^2 + c^2 \ge ab + bc + ca",),
    (r"(a^2+b^2)(c^2+d^2) \ge (ac+bd)^2",),
    (r"\frac1x + x \ge 2", "x > 0"),
    (r"p(1-p) \le \frac14", "p \\in [0,1]"),
    (r"0 \le x(1-x)", "x \\in [0,1]"),
    (r"e^x \ge 1 + x",),
    (r"\log x \le x - 1",),
    (r"\frac{x}{1+x} \le \log(1+x)", "x > -1"),
    (r"|\sin x| \le 1",),
    (r"\tanh x < 1",),
    (r"\frac{1}{1+e^{-x}} < 1",),
    (r"\max(a,b) \ge \min(a,b)",),
    (r"\max(a,b) + \min(a,b) = a + b",),
    (r"n! \ge 1", r"n \in \mathbb{N}"),
]

NOT_TRUE = [
    (r"|x+y| \ge |x|+|y|",),
    (r"x^2 + y^2 > 2xy",),
    (r"x^2 + x + \frac14 > 0",),
    (r"\frac1x + x \ge 2",),
    (r"p(1-p) < \frac14", "p \\in [0,1]"),
    (r"p(1-p) \le \frac14 - 10^{-12}", "p \\in [0,1]"),
    (r"e^x > 1 + x",),
    (r"|\sin x| < 1",),
    (r"\sin x \le x",),
    (r"\frac{x}{1+x} < 1",),
    (r"\frac1x \le 1", r"x \ge \frac12"),
    (r"\max(a,b) - \min(a,b) = a - b",),
]


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case[0])
def test_an_inequality_is_proved(case: tuple[str, ...]) -> None:
    assert word(prove_inequality(ask(*case))) == "Proved"


@pytest.mark.parametrize("case", NOT_TRUE, ids=lambda case: case[0])
def test_a_false_inequality_stays_open(case: tuple[str, ...]) -> None:
    assert word(prove_inequality(ask(*case))) == "Open"


@pytest.mark.parametrize("latex", [LOWER, UPPER])
def test_the_sandwich_of_gradient_clipping_is_proved(latex: str) -> None:
    answer = prove_inequality(ask(latex, r"\gamma > 0"))
    assert isinstance(answer, Proved)
    assert answer.conditions == (r"\left\|\nabla_{\theta} f(\theta)\right\| \neq 0",)
    assert len(answer.steps) == 2


@pytest.mark.parametrize(
    "latex",
    [
        LOWER.replace(r"\frac12", "0.5001"),
        LOWER.replace(r"\min", r"\max"),
        LOWER.replace(r"\leq", "<"),
        LOWER.replace(r"\leq", r"\geq"),
        UPPER.replace(r"\leq", r"\geq"),
        UPPER + r" - 10^{-12}",
    ],
)
def test_wrong_sandwiches_stay_open(latex: str) -> None:
    assert word(prove_inequality(ask(latex, r"\gamma > 0"))) == "Open"


def test_without_its_assumption_the_sandwich_stays_open() -> None:
    assert word(prove_inequality(ask(LOWER))) == "Open"


def test_a_linear_programme_without_solution_has_none() -> None:
    one = Fraction(1)
    assert nonnegative_solution([[one]], [-one], [one]) is None
