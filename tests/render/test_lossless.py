"""Nothing of a formula is lost in its picture."""

import pytest
from corpora import d2l_formulas, seed_displays, seed_inlines
from lossless import missing

from blogkit.latex import parse
from blogkit.render import to_inline_text, to_text
from blogkit.spans import display_width


def test_the_oracle_sees_what_is_missing() -> None:
    assert missing(r"\frac{a+b}{\sqrt c}", "a+b\n───\n c") == {"√": 1}
    assert missing(r"\mathbf{x}^2 \leq \alpha_i", "𝐱² ≤ α") == {"i": 1}


@pytest.mark.parametrize("latex", seed_displays() + seed_inlines())
def test_seed_formula_is_whole(latex: str) -> None:
    assert missing(latex, to_text(parse(latex).tree)) == {}


@pytest.mark.parametrize("latex", seed_displays())
def test_seed_display_fits_a_narrow_terminal(latex: str) -> None:
    picture = to_text(parse(latex).tree, width=50)
    assert max(map(display_width, picture.split("\n"))) <= 50
    assert missing(latex, picture) == {}


def test_at_least_98_percent_of_d2l_is_whole() -> None:
    formulas = d2l_formulas()
    if not formulas:
        pytest.skip("formulas-d2l.jsonl is not beside the repository")
    lost = [latex for latex in formulas if missing(latex, to_text(parse(latex).tree))]
    assert len(lost) <= 0.02 * len(formulas)


def test_d2l_in_line_is_one_line() -> None:
    formulas = d2l_formulas()
    if not formulas:
        pytest.skip("formulas-d2l.jsonl is not beside the repository")
    assert [latex for latex in formulas if "\n" in to_inline_text(parse(latex).tree)] == []
