"""MathML, HTML, SVG and PNG: what is made, and what is said where it can't be."""

import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from importlib.util import find_spec

import pytest
from characters import characters_of
from corpora import d2l_formulas, seed_displays, seed_inlines

from blogkit.errors import FormulaError, MissingExtraError
from blogkit.render import png as png_module
from blogkit.render import svg as svg_module
from blogkit.render import to_html, to_mathml, to_png, to_svg

PNG_START = b"\x89PNG\r\n\x1a\n"
needs_quickjax = pytest.mark.skipif(find_spec("quickjax") is None, reason="quickjax is missing")
needs_images = pytest.mark.skipif(
    find_spec("quickjax") is None or find_spec("resvg_py") is None,
    reason="the extra images is missing",
)


def words_of(mathml: str) -> str:
    return "".join(ElementTree.fromstring(mathml).itertext()).replace("\xa0", " ")


def test_labels_are_left_out_and_references_are_their_keys() -> None:
    latex = r"\begin{align}a&=b\label{eq:p}\\c&\text{ by }\eqref{eq_q}\end{align}"
    assert words_of(to_mathml(latex)) == "a=bc by (eq_q)"
    assert words_of(to_mathml(r"\verb|\label{x}|")) == r"\label{x}"


@pytest.mark.parametrize("latex", seed_displays() + seed_inlines())
def test_seed_formula_as_mathml_and_html(latex: str) -> None:
    ElementTree.fromstring(to_mathml(latex))
    annotations = list(ElementTree.fromstring(to_html(latex)).iter())
    assert annotations[-1].text == latex


def test_d2l_formulas_as_mathml() -> None:
    formulas = d2l_formulas()
    if not formulas:
        pytest.skip("formulas-d2l.jsonl is not beside the repository")
    for latex in formulas:
        assert ElementTree.fromstring(to_mathml(latex)).tag.endswith("math")


def test_mathml_has_no_named_entities() -> None:
    assert "&ApplyFunction;" not in to_mathml(r"\log x")
    assert "\u2061" in to_mathml(r"\log x")


SOURCES = [
    (r"\foo x", r"\foo"),
    (r"\frac{a}{\foo^2}", r"\foo"),
    (r"\text{若 \foo}", r"\foo"),
    (r"a & b", "&"),
    (r"\begin{tikzcd}A\arrow[r]&B\end{tikzcd}", r"\arrow"),
]
"""LaTeX, and the part of it that nobody can draw."""


@pytest.mark.parametrize(("latex", "part"), SOURCES)
def test_what_cannot_be_drawn_is_shown_as_it_was_written(latex: str, part: str) -> None:
    assert part in words_of(to_mathml(latex))
    assert part in words_of(to_html(latex))


@needs_quickjax
@pytest.mark.parametrize(("latex", "part"), SOURCES)
def test_a_picture_shows_what_cannot_be_drawn_as_it_was_written(latex: str, part: str) -> None:
    assert part in characters_of(to_svg(latex))


def test_source_is_marked_and_has_its_own_characters() -> None:
    assert to_mathml(r"\foo", display=False).endswith(
        r'<mtext class="latex-source">\foo</mtext></math>'
    )
    assert '<mtext class="latex-source">' in to_html(r"\foo < x")


def test_a_formula_too_long_for_an_engine_is_shown_as_it_was_written() -> None:
    assert 'class="latex-source"' in to_mathml("x" * 20_001)


SAYS = [
    (r"6\div 3", "6÷3"),
    (r"\log[1+x]", "log[1+x]"),
    (r"\Re z", "ℜz"),
    (r"\Im z", "ℑz"),
    (r"\sin[x]\exp(y)\det A", "sin[x]exp(y)detA"),
    (r"\Pr(A)\quad\nabla f", "Pr(A)∇f"),
    (r"\bm{x}", "x"),
    (r"\argmin_x", "argminx"),
    (r"\textcircled{1}\text{\textcircled{2}}", "12"),
    (r"\sout{ab}", "ab"),
    (r"\url{http://a.b/c_d}", "http://a.b/c_d"),
    (r"\raisebox{2pt}{x}", "x"),
    (r"\color{skyblue}{x}", "x"),
    (r"\color{#3ce2f7}x", "x"),
    (r"\require{cancel}\cancel{x}", "x"),
    (r"\begin{array}{}a&b\end{array}", "ab"),
    (r"\text{a_b}", "a_b"),
    (r"\text{{\rm s.t.} $x$}", "s.t. x"),
    (r"\text{a^b~c\#\{\}}", "a^b c#{}"),
    (r"\left\{a\over2\middle|b\right\}", "{a2|b}"),
    (r"\begin{align}a&=b\\\intertext{and}c&=d\end{align}", "a=bandc=d"),
    (r"\textcolor{rgb(1,2,3)}{x}", "x"),
    (r"a \\ b", "ab"),
    (r"\left⟦x\right⟧", "⟦x⟧"),
]
"""LaTeX, and the characters of its picture."""


@needs_quickjax
@pytest.mark.parametrize(("latex", "expected"), SAYS)
def test_a_picture_says_what_the_formula_says(latex: str, expected: str) -> None:
    found = characters_of(to_svg(latex))
    assert found == unicodedata.normalize("NFKC", expected)


@pytest.mark.parametrize("latex", [latex for latex, _ in SAYS])
def test_what_a_picture_draws_is_no_source_in_mathml(latex: str) -> None:
    assert "latex-source" not in to_mathml(latex)


@needs_quickjax
def test_svg_of_one_label_twice() -> None:
    latex = r"\begin{equation}a=b\label{eq:p}\end{equation}"
    assert to_svg(latex).startswith("<svg ")
    assert to_svg(latex).startswith("<svg ")


@needs_quickjax
def test_the_rules_of_an_array_are_seen_without_a_style_sheet() -> None:
    svg = to_svg(r"\begin{array}{c|c:c}1&2&3\\\hline4&5&6\end{array}")
    expected = ["", ' stroke-dasharray="140"', ""]
    found = re.findall(r'<line data-line[^>]*? stroke-width="60"([^>]*?)(?: [xy]1=[^>]*)?/>', svg)
    assert sorted(expected) == sorted(found)


@needs_quickjax
@pytest.mark.parametrize(
    "latex",
    [
        r"a=b\tag{1}",
        r"\begin{align}a&=b\tag{1}\\&=c\tag{2}\end{align}",
        r"\begin{multline}a+b\\=c\end{multline}",
        r"\begin{multline*}a+b\\=c\tag{3}\end{multline*}",
    ],
)
def test_a_picture_is_as_wide_as_its_formula(latex: str) -> None:
    width = re.search(r'<svg[^>]*? width="([^"]*)ex"', to_svg(latex))
    assert width is not None
    assert float(width[1]) < 40


COMMON = r"""
\sum_{\substack{i<j\\j>0}} a_{ij}
\widetilde{xyz}+\utilde{a}
\begin{equation}\begin{split}a&=b\\&=c\end{split}\end{equation}
\left(\begin{smallmatrix}a&b\\c&d\end{smallmatrix}\right)
\begin{pmatrix*}[r]1\\-2\end{pmatrix*}
\begin{cases*}a&b\end{cases*}
\mathop{\arg\max}\limits_x p(x)
\text{设 $x>0$, 则}
\unicode{x2014}\dotsb\dotsc
\varlimsup_n x_n
\left<x\right>
\rlap{/}k\smash{x}\mathstrut
\cancelto{0}{x}
\colorbox{red}{x}\pmb{y}
{\large x}
\newcommand{\R}{\mathbb{R}}x\in\R
"""


def test_limits_of_an_operator_of_ones_own_stand_below_in_a_display() -> None:
    for latex in (r"\mathop{\arg\min}_{\theta}", r"\mathop{\mathbb{E}}_{\theta}"):
        assert "<munder>" in to_mathml(latex)
        assert "<msub>" in to_mathml(latex, display=False)
    assert "<munder>" in to_mathml(r"\mathop{\rm lim}\limits_x", display=False)
    assert "<msub>" in to_mathml(r"\mathop{X}\nolimits_a")


def test_a_large_delimiter_with_a_script_keeps_its_size() -> None:
    assert re.search(r'<msub><mrow><mo [^>]*minsize="1.623em"', to_mathml(r"\Big|_{x=0}"))


def test_primes_stand_behind_their_letter_and_not_above_it() -> None:
    assert "<mi>f</mi><mo>′</mo></mrow>" in to_mathml("f'(x)")
    assert "<mi>f</mi><mo>″</mo></mrow>" in to_mathml("f''")
    assert "<mi>i</mi></msub><mo>′</mo></mrow><mn>2</mn></msup>" in to_mathml("y_i'^2")
    assert to_mathml(r"x^{\prime}") == to_mathml("x'")


@pytest.mark.parametrize("latex", COMMON.strip().split("\n"))
def test_what_math_core_rejects_is_written_in_commands_that_it_knows(latex: str) -> None:
    assert ElementTree.fromstring(to_mathml(latex)).tag.endswith("math")


def test_mathml_of_words_with_math_among_them() -> None:
    words = "".join(ElementTree.fromstring(to_mathml(r"\text{设 $x>0$, 则}")).itertext())
    assert words.replace("\xa0", " ") == "设 x>0, 则"


@needs_quickjax
def test_a_macro_does_not_outlive_its_formula() -> None:
    assert "merror" not in to_svg(r"\def\alpha{x^{2}}\alpha")
    assert 'data-latex="x^{2}"' not in to_svg(r"\alpha")


@needs_images
@pytest.mark.parametrize("latex", seed_displays())
def test_seed_display_as_png(latex: str) -> None:
    if png_module.chinese_font() is None and not latex.isascii():
        pytest.skip("no font with Chinese is installed")
    assert to_png(latex).startswith(PNG_START)


@needs_images
def test_png_without_a_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png_module, "chinese_font", lambda: None)
    assert to_png("x").startswith(PNG_START)
    with pytest.raises(FormulaError) as caught:
        to_png(r"\text{梯度}")
    assert str(caught.value) == (
        "PNG: the formula has Chinese in it and no font for that is found: "
        "install one, such as Noto CJK (fonts-noto-cjk)"
    )


@needs_images
def test_png_too_large() -> None:
    with pytest.raises(FormulaError) as caught:
        to_png("x", scale=10_000)
    assert str(caught.value) == (
        "PNG: expected at most 16000 pixels a side, found 103520: lower the scale or draw it as SVG"
    )


@needs_images
def test_png_of_a_formula_miles_wide_is_refused() -> None:
    with pytest.raises(FormulaError) as caught:
        to_png(r"a\hspace{1000000em}b")
    assert str(caught.value).startswith("PNG: expected at most 16000 pixels a side, found ")


def test_missing_quickjax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "quickjax", None)
    with pytest.raises(MissingExtraError) as caught:
        svg_module.SvgPage().draw("x")
    assert str(caught.value) == (
        "Drawing a formula as SVG needs quickjax, which is not installed: "
        "pip install 'blogkit[images]'"
    )


def test_missing_resvg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtraError) as caught:
        to_png("x")
    assert str(caught.value) == (
        "Drawing a formula as PNG needs resvg_py, which is not installed: "
        "pip install 'blogkit[images]'"
    )


def test_a_tag_outside_of_an_environment_is_words_behind_the_formula() -> None:
    assert to_mathml(r"a=b\tag{1}", display=False).endswith(
        '<mi>b</mi><mspace width="2em"/><mtext>(1)</mtext></math>'
    )
    assert "<mtext>(∗)</mtext>" in to_mathml(r"\begin{aligned}a&=b\tag{$*$}\end{aligned}")


def test_numbers_of_lines_stand_behind_them_in_one_column() -> None:
    assert words_of(to_mathml(r"\tag{3.14} a=b")) == "a=b(3.14)"
    lines = to_mathml(r"\begin{align}\tag{1}a&=b\\c&\tag{2.3}=d\end{align}")
    rows = [list(row) for row in ElementTree.fromstring(lines).iter() if row.tag.endswith("mtr")]
    assert ["".join(row[2].itertext()) for row in rows] == ["(1)", "(2.3)"]
