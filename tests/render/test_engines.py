"""The drawing engines say what the layout tree says, and know all that blogkit reads."""

import random
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest
from cases import read_cases
from characters import characters_of, characters_of_tree, difference
from corpora import d2l_formulas, fungrim_formulas, seed_displays

from blogkit.latex import nodes, parse, walk
from blogkit.latex.symbols import OPERATORS, SYMBOLS
from blogkit.render import SvgPage, to_mathml

pytestmark = pytest.mark.skipif(find_spec("quickjax") is None, reason="quickjax is missing")
_SAMPLE = 40


def sample(formulas: list[str]) -> list[str]:
    if not formulas:
        pytest.skip("shared/data is not beside the repository")
    return random.Random(7).sample(formulas, min(_SAMPLE, len(formulas)))


@pytest.mark.parametrize("corpus", [d2l_formulas, fungrim_formulas, seed_displays])
def test_a_picture_has_the_characters_of_the_tree(corpus) -> None:  # type: ignore[no-untyped-def]
    page = SvgPage()
    for latex in sample(corpus()):
        assert not difference(page.draw(latex), parse(latex).tree), latex


def test_what_stands_in_a_row_is_drawn_in_its_order() -> None:
    page = SvgPage()
    for latex in sample([latex for latex in d2l_formulas() if _is_flat(latex)]):
        said = characters_of_tree(parse(latex).tree).replace("∣", "|").replace(" ", "")
        said = unicodedata.normalize("NFKC", said).replace("−", "-")
        assert characters_of(page.draw(latex)).replace("−", "-") == said, latex


def test_quotes_in_math_are_no_primes_and_dots_are_dots() -> None:
    page = SvgPage()
    for latex in ["“5”", "‘a’ „b“", '"a"', r"a \dots b + \dots + c", r"\text{a''b``}"]:
        assert not difference(page.draw(latex), parse(latex).tree), latex
    assert "′" not in characters_of(page.draw("“5”"))


def test_calls_of_packages_are_drawn() -> None:
    page = SvgPage()
    cases = Path(__file__).parent.parent / "latex" / "packages.txt"
    for case in read_cases(cases):
        written = str(case.values[0])
        if "stays source" not in str(case.id):
            assert "latex-source" not in page.draw(written) + to_mathml(written), written
            assert not difference(page.draw(written), parse(written).tree), written


def _is_flat(latex: str) -> bool:
    flat = (nodes.Row, nodes.Atom, nodes.Operator, nodes.Space)
    tree = parse(latex).tree
    return all(isinstance(node, flat) for node in walk(tree)) and latex.isascii()


def test_every_symbol_is_drawn_by_both_engines() -> None:
    page = SvgPage()
    names = [name for name in [*SYMBOLS, *OPERATORS] if name not in ("\\not", "'")]
    for start in range(0, len(names), 30):
        some = names[start : start + 30]
        latex = "{" + "}{".join(some) + "}"
        svg, mathml = page.draw(latex), to_mathml(latex)
        bad = [name for name in some if "latex-source" in to_mathml(name)]
        assert "latex-source" not in mathml, bad
        assert "latex-source" not in svg, some
