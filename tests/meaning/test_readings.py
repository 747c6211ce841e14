"""What reads in several ways: that each reading, as it is printed, reads in one way only."""

from pathlib import Path

import pytest
from cases import read_cases

import blogkit
from blogkit.formula.printing import to_latex
from blogkit.meaning.trees.reading import read, readings

CASES = read_cases(Path(__file__).parents[1] / "check" / "claims_as_read.txt")
AMBIGUOUS = [
    line.partition(" % ")[0]
    for case in CASES
    if case.values[1] == "reads"
    for line in str(case.values[0]).splitlines()
    if "^{*}" not in line
]
"""Without starred names, which are written no other way than with a star."""


@pytest.mark.parametrize("latex", AMBIGUOUS)
def test_a_printed_reading_reads_in_one_way(latex: str) -> None:
    printed = [to_latex(one.tree) for one in readings(latex)]
    assert len(printed) == len(set(printed)) > 1
    assert [text for text in printed if len(readings(text)) > 1] == []


@pytest.mark.parametrize(
    "latex",
    [r"\sin 2x", r"\cos n\theta", r"\sin x/x", r"1/2\,x", r"x/y\cdot z", r"\frac12 x", r"|x||y|"],
)
def test_what_is_clear_reads_in_one_way(latex: str) -> None:
    assert len(readings(latex)) == 1


def test_one_habit_is_kept_throughout_a_formula() -> None:
    trees = [one.tree for one in readings(r"\cos\theta/2 = \sin\phi/2")]
    assert trees == [
        read(r"\frac{\cos\theta}{2} = \frac{\sin\phi}{2}").tree,
        read(r"\cos(\theta/2) = \sin(\phi/2)").tree,
    ]


@pytest.mark.parametrize(
    ("latex", "meanings"),
    [
        (r"AE = A", (r"A E = A", r"A \mathbf{I} = A")),
        (r"EX = X", (r"E X = X", r"\mathbf{I} X = X", r"\mathbb{E}[X] = X")),
        (r"OA = O", (r"O A = O", r"\mathbf{0} A = \mathbf{0}")),
        (r"O^\top O = O", (r"O^{\top} O = O", r"\mathbf{0}^{\top} \mathbf{0} = \mathbf{0}")),
        (r"\det(E) = 1", (r"\det(E) = 1", r"\det(\mathbf{I}) = 1")),
    ],
)
def test_what_depends_on_the_meaning_of_a_letter_is_printed_in_each(
    latex: str, meanings: tuple[str, ...]
) -> None:
    (statement,) = blogkit.check_formula(latex).statements
    assert ("undecided", meanings) == (statement.verdict, statement.readings)
