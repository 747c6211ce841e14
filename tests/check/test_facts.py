"""What is known of the symbols of a claim, and where it comes from."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.check.context.questions import questions
from blogkit.errors import FormulaError
from blogkit.meaning.facts.assume import read_assumptions
from blogkit.meaning.facts.known import Facts


def facts_of(latex: str, *assume: str) -> Facts:
    for asked in questions(latex, assume=read_assumptions(assume)):
        if asked.question is not None:
            return asked.question.facts
    raise AssertionError(f"no question in {latex}")


def told(latex: str, *assume: str) -> str:
    facts = facts_of(latex, *assume)
    lines = [f"{fact.latex} [{fact.source}]" for fact in (*facts.stated, *facts.constraints)]
    return "\n".join([*lines, *(["complex"] if facts.field_ == "complex" else [])])


@pytest.mark.parametrize(("latex", "expected"), read_cases(Path(__file__).parent / "facts.txt"))
def test_facts_of_a_formula(latex: str, expected: str) -> None:
    formula, *assumed = latex.split("\n")
    assert expected == told(formula, *assumed)


def test_facts_that_contradict_one_another_leave_no_question() -> None:
    (asked,) = questions(r"x + x = 2x", assume=read_assumptions(["x in R", r"x \in \mathbb{R}^n"]))
    assert asked.question is None
    assert asked.reason == "'x' is said to be a real number and a vector"


@pytest.mark.parametrize(
    ("assumed", "expected"),
    [
        ("x > 0", ["x > 0"]),
        ("x>=0", [r"x \geq 0"]),
        ("gamma > 0", [r"\gamma > 0"]),
        ("x > 0, y < 1", ["x > 0", "y < 1"]),
        ("a, b > 0", ["a > 0", "b > 0"]),
        ("x > 0 and y > 0", ["x > 0", "y > 0"]),
        ("x>0; y>0", ["x > 0", "y > 0"]),
        ("x integer", [r"x \in \mathbb{Z}"]),
        ("n is a positive integer", [r"n \in \mathbb{Z}", r"n \geq 1"]),
        ("x integer, y > 0", [r"x \in \mathbb{Z}", "y > 0"]),
        ("A symmetric", [r"A \text{ is a matrix}", r"A^{\top} = A"]),
        ("A 对称", [r"A \text{ is a matrix}", r"A^{\top} = A"]),
        ("x 是正数", ["x > 0"]),
        ("x, y 为实数", [r"x \in \mathbb{R}", r"y \in \mathbb{R}"]),
        ("x in (0,1)", [r"x \in (0, 1)"]),
        ("n in NN", [r"n \in \mathbb{N}"]),
        ("x != 0", [r"x \neq 0"]),
        ("x**2 < 2", [r"x^{2} < 2"]),
        ("0 < x < 1", ["0 < x < 1"]),
        ("n even", [r"n \in \mathbb{Z}", r"n \bmod 2 = 0"]),
        (r"n \in \mathbb{Z}_{\ge 0} \;\mathbin{\operatorname{and}}\; z \ne 0",
         [r"n \in \mathbb{Z}_{\geq 0}", r"z \neq 0"]),
    ],
)  # fmt: skip
def test_assumptions_are_read(assumed: str, expected: list[str]) -> None:
    assert expected == [fact.latex for fact in read_assumptions([assumed])]


@pytest.mark.parametrize("assumed", ["x", "x >", "foo bar", r"\frac{1}{2", "1 < 2"])
def test_what_is_no_assumption_is_told(assumed: str) -> None:
    with pytest.raises(FormulaError) as raised:
        read_assumptions(["y > 0", assumed])
    assert str(raised.value) == (
        f"assumption 2, '{assumed}': expected a condition such as 'x > 0', "
        rf"'n \in \mathbb{{N}}' or 'x integer', found '{assumed}'; "
        "write it in LaTeX, several joined by commas"
    )


def test_an_empty_assumption_is_told() -> None:
    with pytest.raises(FormulaError, match=r"assumption 1, ' ': expected a condition .* nothing"):
        read_assumptions([" "])
