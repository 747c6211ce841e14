"""Where mathematics stands in text."""

import itertools
from pathlib import Path

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from blogkit.text.mathspans import find_math, split_at_math

HERE = Path(__file__).parent


def flat(text: str) -> str:
    return text.replace("\n", "⏎")


@pytest.mark.parametrize(("given_text", "expected"), read_cases(HERE / "mathspans.txt"))
def test_found(given_text: str, expected: str) -> None:
    found, problems = find_math(given_text)
    lines = []
    for formula in found:
        kind = "display" if formula.display else "inline"
        labels = "".join(f" [{label}]" for label in formula.labels)
        whole, body = formula.span.of(given_text), formula.body.of(given_text)
        lines.append(f"{kind} {flat(whole)} = {flat(body)}{labels}")
    lines += [f"problem {problem.code} {problem.message}" for problem in problems]
    assert "\n".join(lines) == expected


PIECES = ["$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "`", "``", "\\$",
          "\\\\", "x", "梯", " ", "\n", "\n\n", "5", "{", "}"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_formulas_stand_in_order_and_the_text_is_covered_once(text: str) -> None:
    spans = [formula.span for formula in find_math(text)[0]]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert "".join(span.of(text) for span, _ in split_at_math(text)) == text
