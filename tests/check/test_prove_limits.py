"""Limits are proved by the squeeze or by Gruntz, and refuted at exact points."""

from dataclasses import replace

import pytest
from proof_questions import ask, word

from blogkit.check.answers import Proved, Refuted
from blogkit.check.prove.limit_refutation import refute_limit
from blogkit.check.prove.limits import prove_limit
from blogkit.formula import Call, Symbol
from blogkit.meaning.facts.known import Fact

MAX = r"\max(x_1,\dots,x_n) = "
MEAN = r"\lim_{K\to+\infty} \frac{1}{K} \log\left(\sum_{i=1}^n e^{K x_i}\right)"

TRUE = [
    (MAX + MEAN,),
    (MAX + MEAN.replace("e^{K x_i}", "2^{K x_i}").replace("log", "log_2"),),
    (r"\min(x_1,\dots,x_n) = " + MEAN.replace("+", "-"),),
    (r"\min(x_1,\dots,x_n) = -" + MEAN.replace("K x_i", "-K x_i"),),
    (r"\max_{1 \le i \le n} x_i = " + MEAN.replace(r"\sum", r"\frac1n \sum"),),
    (r"\max(x,y) = \lim_{K\to\infty} \frac1K \log(e^{Kx}+e^{Ky})",),
    (
        r"\max(x_1,\dots,x_n) = \lim_{p\to\infty} \left(\sum_{i=1}^n x_i^p\right)^{1/p}",
        "x_i > 0",
    ),
    (r"\lim_{x\to 0} \frac{\sin x}{x} = 1",),
    (r"\lim_{n\to\infty} \left(1+\frac{x}{n}\right)^n = e^x",),
    (r"\lim_{x\to 0^+} x \log x = 0",),
]

FALSE = [
    r"\min(x_1,\dots,x_n) = " + MEAN,
    MAX + "-" + MEAN,
    MAX + MEAN.replace(r"\frac{1}", r"\frac{2}"),
    MAX + MEAN.replace(r"+\infty", "0"),
    MAX + MEAN.replace(r"+\infty", r"-\infty"),
    MAX + MEAN.replace("i=1", "i=2"),
    MAX + MEAN.replace("^n", "^{n-1}"),
    MAX + MEAN + " + 10^{-12}",
    MAX + MEAN.replace(r"\sum", r"\prod"),
    MAX + MEAN.replace("K x_i", "-K x_i"),
    MAX + MEAN.replace("K x_i", "K x_i^2"),
    MAX + MEAN.replace("K x_i", "x_i"),
    MAX + MEAN.replace(r"\log", ""),
    r"\lim_{x\to 0} \frac{\sin x}{x} = 2",
]


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case[0])
def test_a_limit_is_proved(case: tuple[str, ...]) -> None:
    question = ask(*case)
    assert (word(prove_limit(question)), word(refute_limit(question))) == ("Proved", "Open")


@pytest.mark.parametrize("latex", FALSE)
def test_a_wrong_limit_is_refuted_and_not_proved(latex: str) -> None:
    question = ask(latex)
    assert (word(prove_limit(question)), word(refute_limit(question))) == ("Open", "Refuted")


def test_the_squeeze_names_its_steps() -> None:
    answer = prove_limit(ask(MAX + MEAN))
    assert isinstance(answer, Proved)
    assert answer.method == "squeeze"
    assert answer.steps[0] == (
        r"Let $m$ be the $\max$ of the finitely many rates $x_{i}$ with $1 \leq i \leq n$."
    )


def test_a_counterexample_holds_only_what_occurs() -> None:
    answer = refute_limit(ask(r"\min(x_1,\dots,x_n) = " + MEAN))
    assert isinstance(answer, Refuted)
    assert answer.counterexample == {"n": "2", "x_{1}": "0", "x_{2}": "1"}
    assert (answer.left, answer.right) == ("0", "1")


def test_a_fact_that_is_not_read_forbids_a_refutation() -> None:
    question = ask(r"\max(x,y) = \lim_{K\to\infty} \frac2K \log(e^{Kx}+e^{Ky})")
    assert word(refute_limit(question)) == "Refuted"
    unread = Fact(Call(Symbol("good"), (Symbol("x"),)), r"\mathrm{good}(x)", "given")
    facts = replace(question.facts, constraints=(unread,))
    assert word(refute_limit(replace(question, facts=facts))) == "Open"
