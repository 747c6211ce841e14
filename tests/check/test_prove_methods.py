"""The methods beside normal forms, certificates and limits prove their own, never what is false."""

from collections.abc import Callable

import pytest
from proof_questions import ask, word

from blogkit.check.answers import Open, Proved
from blogkit.check.prove.evaluation import prove_by_evaluation
from blogkit.check.prove.induction import prove_by_induction
from blogkit.check.prove.integrals import prove_integral
from blogkit.check.prove.known_sums import prove_by_known_sums
from blogkit.check.prove.methods import METHODS, prove
from blogkit.check.prove.monotony import prove_by_monotony
from blogkit.check.prove.smt import prove_by_z3
from blogkit.check.question import Question
from blogkit.meaning.steps import at_most

Method = Callable[[Question], Proved | Open]

PROVED: list[tuple[Method, tuple[str, ...]]] = [
    (prove_by_evaluation, (r"\pi < \frac{22}{7}",)),
    (prove_by_evaluation, (r"\sqrt2 + \sqrt3 \neq \pi",)),
    (prove_by_evaluation, (r"\sqrt{3 + 2\sqrt2} = 1 + \sqrt2",)),
    (prove_by_evaluation, (r"\pi = 16 \arctan \frac15 - 4 \arctan \frac{1}{239}",)),
    (prove_by_induction, (r"\sum_{k=0}^n x^k = \frac{x^{n+1}-1}{x-1}", r"n \in \mathbb{N}")),
    (prove_by_induction, (r"\sum_{k=1}^n k \cdot k! = (n+1)! - 1",)),
    (prove_by_induction, (r"\sum_{k=1}^n \frac{1}{k(k+1)} = \frac{n}{n+1}",)),
    (prove_by_induction, (r"\prod_{k=1}^n k = n!",)),
    (prove_by_induction, (r"2^n \ge n + 1", r"n \in \mathbb{N}")),
    (prove_by_induction, (r"(1+x)^n \ge 1 + nx", r"n \in \mathbb{N}", "x > -1")),
    (prove_by_known_sums, (r"\sum_{k=0}^n \binom nk = 2^n",)),
    (prove_by_known_sums, (r"\sum_{k=0}^n \binom nk x^k y^{n-k} = (x+y)^n",)),
    (prove_by_known_sums, (r"\sum_{n=0}^\infty x^n = \frac{1}{1-x}", "|x| < 1")),
    (prove_by_known_sums, (r"\sum_{k=0}^\infty \frac{x^k}{k!} = e^x",)),
    (prove_by_known_sums, (r"\sum_{n=1}^\infty \frac{1}{n^2} = \frac{\pi^2}{6}",)),
    (prove_integral, (r"\int_0^1 x^2 dx = \frac13",)),
    (prove_integral, (r"\int_1^b \frac{1}{x^2} dx = 1 - \frac1b", r"b \ge 1")),
    (prove_integral, (r"\int_0^\infty e^{-x} dx = 1",)),
    (prove_integral, (r"\int_{-\infty}^\infty e^{-x^2} dx = \sqrt\pi",)),
    (prove_by_z3, (r"x^4 + y^4 \ge x^3 y + x y^3",)),
    (prove_by_z3, (r"\frac{x}{\sqrt{1+x^2}} < 1",)),
    (prove_by_z3, (r"\sqrt{x+y} \le \sqrt x + \sqrt y", r"x \ge 0", r"y \ge 0")),
    (prove_by_monotony, (r"e^x \ge e x",)),
    (prove_by_monotony, (r"x \log x \ge -\frac1e",)),
    (prove_by_monotony, (r"\cos x \ge 1 - \frac{x^2}{2}",)),
    (prove_by_monotony, (r"\ln(1+x) \ge x - \frac{x^2}{2}", r"x \ge 0")),
]

FALSE = [
    (r"\pi = \frac{22}{7}",),
    (r"\pi = 16 \arctan \frac15 - 4 \arctan \frac{1}{238}",),
    (r"\sqrt{3 + 2\sqrt2} = 1 + \sqrt3",),
    (r"\pi = \frac{314159265358979323846}{100000000000000000000}",),
    (r"\sum_{k=0}^n x^k = \frac{x^{n}-1}{x-1}", r"n \in \mathbb{N}"),
    (r"\sum_{k=1}^n k \cdot k! = (n+1)!",),
    (r"\prod_{k=1}^n k = (n+1)!",),
    (r"2^n \ge n^2", r"n \in \mathbb{N}"),
    (r"2^n > n + 1", r"n \in \mathbb{N}"),
    (r"(1+x)^n \ge 1 + nx", r"n \in \mathbb{N}"),
    (r"\sum_{k=1}^n \binom nk = 2^n",),
    (r"\sum_{k=0}^n \binom nk x^k = (1-x)^n",),
    (r"\sum_{n=0}^\infty x^n = \frac{1}{1-x}", "|x| < 2"),
    (r"\sum_{n=1}^\infty \frac{1}{n^2} = \frac{\pi^2}{8}",),
    (r"\int_0^1 x^2 dx = \frac12",),
    (r"\int_{-1}^1 \frac{1}{x^2} dx = -2",),
    (r"\int_{-1}^1 \frac{1}{x} dx = 0",),
    (r"\int_1^b \frac{1}{x^2} dx = 1 - \frac1b",),
    (r"(z + \overline{z})^2 \ge 4 z \overline{z}", r"z \in \mathbb{C}"),
    (r"x + \frac1x \ge 2", r"x \neq 0"),
    (r"x^3 - 3x + 2 > 0", r"x \in [-2,2]"),
    (r"x^3 - 3x + 1.9999 \ge 0", r"x \in [0,2]"),
    (r"x^4 + y^4 > x^3 y + x y^3",),
    (r"e^x > e x",),
    (r"x \log x > -\frac1e",),
    (r"\cos x \le 1 - \frac{x^2}{2}",),
    (r"\ln(1+x) \ge x - \frac{x^2}{2}",),
    (r"\log(1+e^x) > \max(x, 1)",),
    (r"\frac{x}{\sqrt{1+x^2}} < 0.9999",),
    (r"x > 1 \Rightarrow x^2 > 2",),
    (r"|a| \le b \iff -b < a < b",),
]


def case_name(part: Method | tuple[str, ...]) -> str:
    return part[0] if isinstance(part, tuple) else part.__name__


@pytest.mark.parametrize(("method", "case"), PROVED, ids=case_name)
def test_a_method_proves_its_own(method: Method, case: tuple[str, ...]) -> None:
    assert word(method(ask(*case))) == "Proved"


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case[0])
def test_no_method_proves_what_is_false(case: tuple[str, ...]) -> None:
    question = ask(*case)
    assert word(prove(question)) == "Open"
    assert [word(method(question)) for method in METHODS] == ["Open"] * len(METHODS)


@pytest.mark.parametrize(
    "case",
    [
        (r"x > 1 \Rightarrow x^2 > 1",),
        (r"|a| \le b \iff -b \le a \le b",),
        (r"\log(1+e^x) > \max(x, 0)",),
        (r"\min(a,b) \le \max(a,b)",),
    ],
)
def test_statements_are_proved_part_by_part(case: tuple[str, ...]) -> None:
    assert word(prove(ask(*case))) == "Proved"


def test_without_z3_its_method_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogkit.check.prove.smt.is_installed", lambda: False)
    answer = prove_by_z3(ask("x^2 \\ge 0"))
    assert answer == Open("z3 is not installed; pip install 'blogkit[prove]'")


def test_no_steps_give_no_proof_and_the_reason_says_so() -> None:
    with at_most(0):
        answer = prove(ask("x = x + 1 - 1"))
    reason = "no proof was found in as many steps as a method may take"
    assert answer == Open(reason, gave_up=True)


def test_a_reason_names_what_is_not_read() -> None:
    answer = prove(ask(r"\operatorname{arccot} x = x"))
    assert answer == Open("the operator arccot has no meaning for numbers")


@pytest.mark.parametrize("turned", [False, True])
def test_the_sides_may_be_swapped(turned: bool) -> None:
    latex = r"x^2 + y^2 \ge 2xy" if not turned else r"2xy \le x^2 + y^2"
    assert word(prove(ask(latex))) == "Proved"
