"""Facts in the words around formulas: `prose.txt`, and how far each holds."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.check.context.post_notes import read_post
from blogkit.check.context.prose import Said
from blogkit.posts import Post
from blogkit.spans import Span


def reach(said: Said) -> str:
    """How far a fact holds, and what is denied marked."""
    return "denied" if said.polarity == "denied" else said.reach


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(case.values[0], case.values[1], id=case.id)
        for case in read_cases(Path(__file__).parent / "prose.txt")
    ],
)
def test_facts_that_a_text_states(text: str, expected: str) -> None:
    said = read_post(Post(title="", text=text)).said
    assert expected == "\n".join(f"{reach(one)}: {one.fact.latex}" for one in said)


def at_display(text: str) -> list[str]:
    """The facts that hold at the display `$$q$$` of a text."""
    start = text.index("$$q$$")
    around = read_post(Post(title="", text=text)).around(Span(start, start + 5))
    return [fact.latex for fact in around.facts]


def test_a_declaration_holds_behind_it() -> None:
    assert at_display("设 $x \\in \\mathbb{R}$。\n\n# 二\n\n$$q$$") == [r"x \in \mathbb{R}"]


def test_a_declaration_in_the_paragraph_below_a_display_holds_for_it() -> None:
    assert at_display("$$q$$\n其中$x > 0$是常数。") == ["x > 0"]


def test_a_declaration_in_another_paragraph_below_does_not() -> None:
    assert at_display("$$q$$\n\n一段话。\n\n设$x > 0$。") == []


def test_a_bound_ends_with_its_section() -> None:
    assert at_display("设 $x > 0$。\n\n# 二\n\n$$q$$") == []


def test_a_hypothesis_holds_for_the_display_of_its_sentence() -> None:
    assert at_display("若 $x > 0$，则\n\n$$q$$") == ["x > 0"]


def test_a_hypothesis_ends_with_its_sentence() -> None:
    assert at_display("若 $x > 0$，则好。于是\n\n$$q$$") == []


def test_the_nearest_declaration_wins() -> None:
    text = "设 $x \\in \\mathbb{R}$。再设 $x \\in \\mathbb{Z}$。$$q$$"
    assert at_display(text) == [r"x \in \mathbb{Z}"]
