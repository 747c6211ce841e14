"""Identities are proved by normal forms, and nothing that is false is."""

import pytest
from proof_questions import ask, word

from blogkit.check.answers import Proved
from blogkit.check.prove.polynomials import prove_identity
from blogkit.check.prove.simplification import prove_by_simplification

COMPLEX = r"z \in \mathbb{C}"

TRUE = [
    (r"(a+b)^2 = a^2 + 2ab + b^2",),
    (r"\frac{1}{x} + \frac{1}{y} = \frac{x+y}{xy}",),
    (r"\frac{x^2-1}{x-1} = x+1",),
    (r"\sin^2 x + \cos^2 x = 1",),
    (r"\sin(x+y) = \sin x \cos y + \cos x \sin y",),
    (r"\tan 2x = \frac{2 \tan x}{1 - \tan^2 x}",),
    (r"\cosh^2 x - \sinh^2 x = 1",),
    (r"\tanh x = \frac{e^{2x}-1}{e^{2x}+1}",),
    (r"1 - \frac{1}{1+e^{-x}} = \frac{1}{1+e^{x}}",),
    (r"\log(xy) = \log x + \log y", "x > 0", "y > 0"),
    (r"\log_2 8 = 3",),
    (r"\sqrt{x^2} = |x|",),
    (r"\sqrt{x}^2 = x",),
    (r"\sqrt{ab} = \sqrt a \sqrt b", r"a \ge 0", r"b \ge 0"),
    (r"\frac{1}{\sqrt2} = \frac{\sqrt2}{2}",),
    (r"a^{x+y} = a^x a^y", "a > 0"),
    (r"(ab)^x = a^x b^x", "a > 0", "b > 0"),
    (r"4^n = (2^n)^2", r"n \in \mathbb{N}"),
    (r"(n+1)! = (n+1) n!", r"n \in \mathbb{N}"),
    (r"\binom{n+1}{k+1} = \binom{n}{k} + \binom{n}{k+1}", r"n,k\in\mathbb{N}", "k < n"),
    (r"e^{ix} = \cos x + i \sin x", r"x \in \mathbb{R}"),
    (r"\sin(z + \pi k) = (-1)^k \sin z", COMPLEX, r"k \in \mathbb{Z}"),
    (r"|z|^2 = z \overline{z}", COMPLEX),
    (r"1 + 2 + \cdots + n = \frac{n(n+1)}{2}", r"n \in \mathbb{N}"),
    (r"\sum_{k=1}^n k^2 = \frac{n(n+1)(2n+1)}{6}",),
    (r"\sum_{i=1}^n (a x_i + b y_i) = a \sum_{i=1}^n x_i + b \sum_{j=1}^n y_j",),
    (r"\sum_{i=1}^{n+1} x_i = x_{n+1} + \sum_{i=1}^n x_i",),
    (r"\sum_{i=1}^n (x_i-m)^2 = \sum_{i=1}^n x_i^2 - 2m \sum_{i=1}^n x_i + n m^2",),
    (r"\prod_{i=1}^n e^{x_i} = e^{\sum_{i=1}^n x_i}",),
    (r"\max(a,b) = \frac{a+b+|a-b|}{2}",),
    (r"\frac{d}{dx} \frac{1}{1+e^{-x}} = \frac{1}{1+e^{-x}} \left(1-\frac{1}{1+e^{-x}}\right)",),
]

NOT_TRUE = [
    (r"(a+b)^2 = a^2 + 2ab - b^2",),
    (r"x = x + 10^{-12}",),
    (r"\sqrt{x^2} = x",),
    (r"\sqrt{z^2} = z", COMPLEX),
    (r"\log e^z = z", COMPLEX),
    (r"\log \frac{1}{z} = -\log z", COMPLEX),
    (r"\log(zw) = \log z + \log w", COMPLEX, r"w \in \mathbb{C}"),
    (r"\sqrt{zw} = \sqrt z \sqrt w", COMPLEX, r"w \in \mathbb{C}"),
    (r"(e^z)^w = e^{zw}", COMPLEX, r"w \in \mathbb{C}"),
    (r"\sqrt{e^{ix}} = e^{ix/2}", r"x \in \mathbb{R}"),
    (r"(zw)^a = z^a w^a", COMPLEX, r"w \in \mathbb{C}", r"a \in \mathbb{C}"),
    (r"1 + 2 + \cdots + n = \frac{n(n-1)}{2}", r"n \in \mathbb{N}"),
    (r"\sum_{i=1}^n x_i y_i = \sum_{i=1}^n x_i \sum_{i=1}^n y_i",),
    (r"\binom{n+1}{k+1} = \binom{n}{k} + \binom{n}{k+2}", r"n,k\in\mathbb{N}", "k < n"),
    (r"\frac{d}{dx} \sin x = -\cos x",),
    (r"\max(a,b) = \frac{a+b-|a-b|}{2}",),
]


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case[0])
def test_an_identity_is_proved(case: tuple[str, ...]) -> None:
    assert word(prove_identity(ask(*case))) == "Proved"


@pytest.mark.parametrize("case", NOT_TRUE, ids=lambda case: case[0])
def test_what_is_not_an_identity_stays_open(case: tuple[str, ...]) -> None:
    question = ask(*case)
    words = [word(method(question)) for method in (prove_identity, prove_by_simplification)]
    assert words == ["Open", "Open"]


def test_log_softmax_is_proved_for_every_size() -> None:
    question = ask(
        r"-\log \frac{e^{s_t}}{\sum_{i=1}^n e^{s_i}} = - s_t + \log \sum_{j=1}^n e^{s_j}"
    )
    answer = prove_identity(question)
    assert isinstance(answer, Proved)
    assert answer.conditions == ()
    assert answer.steps[-1] == "Left minus right, as a rational function of its atoms, is zero."


@pytest.mark.parametrize(
    "latex",
    [
        r"-\log \frac{e^{s_t}}{\sum_{i=1}^n e^{s_i}} = s_t + \log \sum_{i=1}^n e^{s_i}",
        r"-\log \frac{e^{s_t}}{\sum_{i=1}^n e^{s_i}} = - s_t + \log \sum_{i=2}^n e^{s_i}",
        r"-\log \frac{e^{s_t}}{\sum_{i=1}^n e^{s_i}} = - s_t + \sum_{i=1}^n \log e^{s_i}",
        r"\log \frac{e^{s_t}}{\sum_{i=1}^n e^{s_i}} = - s_t + \log \sum_{i=1}^n e^{s_i}",
    ],
)
def test_wrong_log_softmax_stays_open(latex: str) -> None:
    assert word(prove_identity(ask(latex))) == "Open"


def test_conditions_name_what_is_not_defined_everywhere() -> None:
    answer = prove_identity(ask(r"\frac{x^2-1}{x-1} = x+1"))
    assert isinstance(answer, Proved)
    assert answer.conditions == (r"x \neq 1",)


def test_facts_make_conditions_unnecessary() -> None:
    answer = prove_identity(ask(r"\log(xy) = \log x + \log y", "x > 0", "y > 0"))
    assert isinstance(answer, Proved)
    assert answer.conditions == ()


def test_what_is_defined_nowhere_is_not_proved() -> None:
    latex = r"\frac{x}{\sin^2 x + \cos^2 x - 1} = \frac{x^2}{x \sin^2 x + x \cos^2 x - x}"
    assert prove_identity(ask(latex)).reason == (  # type: ignore[union-attr]
        "no point was found at which both sides are defined"
    )


def test_huge_powers_are_not_computed() -> None:
    answer = prove_identity(ask(r"9^{9^{9^9}} = 1"))
    assert answer.reason == "a power has too many digits"  # type: ignore[union-attr]


def test_an_unknown_function_is_equal_to_itself_only() -> None:
    assert word(prove_identity(ask("f(x+y) = f(y+x)"))) == "Proved"
    assert word(prove_identity(ask("f(x+y) = f(x)+f(y)"))) == "Open"


def test_sympy_simplifies_what_normal_forms_do_not() -> None:
    question = ask(r"\Gamma(z) \Gamma(1-z) = \frac{\pi}{\sin(\pi z)}", COMPLEX)
    assert word(prove_by_simplification(question)) == "Proved"
