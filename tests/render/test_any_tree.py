"""Any LaTeX, however broken, deep or long, is drawn."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from importlib.util import find_spec

import pytest
from costs import grows_with_length, processor_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.latex import parse
from blogkit.latex.commands import COMMANDS
from blogkit.latex.environments import ENVIRONMENTS
from blogkit.latex.symbols import SYMBOLS
from blogkit.render import to_html, to_inline_text, to_mathml, to_svg, to_text
from blogkit.render.boxes import TooLargeError
from blogkit.render.painter import Painter
from blogkit.render.settings import Setting
from blogkit.spans import display_width

PLAIN = [*"{}{}{}[]()^_'&$#~%|ax1+=,梯²\\\n ½\t\0", "\\unknown", "\\\\", "\\left", "\\right"]
ENDS = [f"\\{word}{{{name}}}" for name in ENVIRONMENTS for word in ("begin", "end")]
TOKENS = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(sorted(COMMANDS)),
    st.sampled_from(sorted(SYMBOLS)),
    st.sampled_from(ENDS),
)
LATEX = st.one_of(st.lists(TOKENS, max_size=25).map("".join), st.text(max_size=60))


@given(LATEX)
@settings(max_examples=300)
def test_any_latex_is_drawn_as_a_rectangle(latex: str) -> None:
    for ascii in (False, True):
        box = Painter(ascii=ascii).draw(parse(latex).tree, Setting())
        assert {display_width(text) for text in box.lines} == {box.width}
        assert 0 <= box.baseline < box.height
        assert 0 <= box.rise <= box.baseline
        assert 0 <= box.sink <= box.depth


@given(LATEX, st.integers(1, 40))
@settings(max_examples=200)
def test_any_latex_is_drawn_in_every_form(latex: str, width: int) -> None:
    tree = parse(latex).tree
    assert all(line.isprintable() for line in to_text(tree, width=width).split("\n"))
    assert "\n" not in to_inline_text(tree)
    if latex.isascii():
        assert to_text(tree, ascii=True).isascii()
        assert to_inline_text(tree, ascii=True).isascii()


@given(LATEX)
@settings(max_examples=200)
def test_any_latex_is_well_formed_html(latex: str) -> None:
    assert ElementTree.fromstring(to_html(latex)).tag is not None


@given(LATEX)
@settings(max_examples=300)
def test_any_latex_is_well_formed_mathml(latex: str) -> None:
    found = ElementTree.fromstring(to_mathml(latex))
    assert found.tag == "{http://www.w3.org/1998/Math/MathML}math"


@pytest.mark.skipif(find_spec("quickjax") is None, reason="quickjax is missing")
@given(LATEX)
@settings(max_examples=30)
def test_any_latex_is_a_picture(latex: str) -> None:
    svg = to_svg(latex)
    assert svg.startswith("<svg ")
    assert "merror" not in svg


DEEP = {
    "middles": "\\left(a\\middle|" * 90 + "x" + "\\right)" * 90,
    "scripts of fractions": "\\frac{x^{" * 45 + "x" + "}}{y}" * 45,
    "groups": "{" * 10_000 + "x" + "}" * 10_000,
    "fractions": "\\frac{1}{1+" * 90 + "x" + "}" * 90,
    "scripts": "x^{" * 99 + "x" + "}" * 99,
    "fences in scripts": "x_{\\left(" * 49 + "x" + "\\right)}" * 49,
    "roots": "\\sqrt{" * 99 + "x" + "}" * 99,
    "arrays": "\\begin{pmatrix}a&" * 40 + "x" + "\\end{pmatrix}" * 40,
    "accents": "\\hat{" * 99 + "x" + "}" * 99,
}


@pytest.mark.parametrize("latex", DEEP.values(), ids=DEEP)
def test_deep_trees_are_drawn(latex: str) -> None:
    tree = parse(latex).tree
    assert "x" in to_inline_text(tree)
    assert to_text(tree, width=80)
    assert to_text(tree, ascii=True)
    ElementTree.fromstring(to_mathml(tree))


LONG: dict[str, tuple[int, Callable[[int], str]]] = {
    "a line": (250_000, lambda n: "x+" * n),
    "fractions": (20_000, lambda n: "\\frac{a}{b}" * n),
    "rows": (20_000, lambda n: "\\begin{aligned}" + "a&=b\\\\" * n + "\\end{aligned}"),
    "a tall thing beside a long one": (
        60_000,
        lambda n: "\\frac{1}{" * 80 + "x" + "}" * 80 + "x" * n,
    ),
}
"""How long the long form has them, and the formulas."""


@pytest.mark.parametrize(("length", "latex"), LONG.values(), ids=LONG)
def test_long_formulas_take_bounded_time_and_room(
    length: int, latex: Callable[[int], str], is_long: bool
) -> None:
    """The long form has all of it; the short one an eighth, of which half takes half as long."""

    def work(count: int) -> str:
        return to_text(parse(latex(count)).tree, width=80)

    if is_long:
        assert processor_seconds(lambda: work(length)) < 30
    else:
        assert grows_with_length(work, length // 8)
    assert len(work(length if is_long else length // 8)) < 8_000_000


def test_a_picture_too_large_is_written_in_line() -> None:
    latex = "\\frac{1}{" * 80 + "x" + "}" * 80 + "x" * 60_000
    tree = parse(latex).tree
    with pytest.raises(TooLargeError):
        Painter().draw(tree, Setting())
    assert to_text(tree) == to_inline_text(tree)
