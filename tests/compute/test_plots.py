"""Pictures of formulas: where they are torn, what they show, their three forms."""

import math
import xml.etree.ElementTree as ET

import pytest

from blogkit import parse_formula
from blogkit.compute.plots.choices import read_over
from blogkit.compute.plots.drawing import Plot
from blogkit.compute.plots.sampling import curve, ticks
from blogkit.errors import FormulaError

SMOOTH = (
    r"\max(x_1,\dots,x_n) = \lim_{K\to\infty}\frac{1}{K}\log\left(\sum_{i=1}^n e^{K x_i}\right)"
)
GELU = r"""
\operatorname{GELU}(x) = \frac{x}{2}\left(1+\operatorname{erf}\left(\frac{x}{\sqrt 2}\right)\right)
\approx \frac{x}{2}\left(1+\tanh\left(\sqrt{\frac{2}{\pi}}(x+0.044715x^3)\right)\right)
"""


def _tears(plot: Plot) -> list[float]:
    return sorted({round(x, 1) for x, y in plot.curves[0].points if math.isnan(y)})


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"y = \frac{1}{x}", [0.0]),
        (r"y = \tan x", [-1.6, 1.6]),
        (r"y = \lfloor x \rfloor", [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0]),
        (r"y = \operatorname{sgn}(x)", [0.0]),
        (r"y = e^{5x}", []),
        (r"y = \tanh(100 x)", []),
    ],
)
def test_curves_are_torn_at_poles_and_jumps_only(latex: str, expected: list[float]) -> None:
    assert _tears(parse_formula(latex).plot(over={"x": (-3, 3)})) == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"y = \tanh x", (-2.0, 2.0)),
        (r"y = \sqrt{x}", (0.0, 2.0)),
        (r"y = \log x", (0.0, 2.0)),
        ("y = 2x", (-3.0, 3.0)),
        (r"f = \frac{\gamma}{\|\nabla L(\theta)\| + \gamma}", (0.0, 3.0)),
        (r"p(x) = \frac{1}{\sqrt{2\pi}} e^{-x^2/2}", (-3.0, 3.0)),
    ],
)
def test_the_range_is_where_it_bends(latex: str, expected: tuple[float, float]) -> None:
    assert parse_formula(latex).plot().x[1:] == expected


def test_a_family_has_a_curve_for_each_value_and_what_stays_one() -> None:
    plot = parse_formula(SMOOTH).plot(over={"K": [1, 5, 50]})
    heights = [one.points[len(one.points) // 2][1] for one in plot.curves]
    assert [one.latex.rpartition("K = ")[2] for one in plot.curves[1:]] == ["1", "5", "50"]
    assert heights == pytest.approx([0, math.log(2), math.log(2) / 5, math.log(2) / 50])


def test_an_approximation_has_its_difference_below() -> None:
    plot = parse_formula(GELU).plot(over={"x": (-3, 3)})
    assert len(plot.curves) == 2
    assert plot.difference is not None
    assert max(abs(y) for _, y in plot.difference.curves[0].points) < 0.0005
    assert "Δ" in plot.to_text()


def test_a_series_is_drawn_as_it_converges() -> None:
    plot = parse_formula(r"S = \sum_{k=1}^\infty \frac{1}{k^2}").plot()
    assert plot.curves[0].points[:2] == ((1.0, 1.0), (2.0, 1.25))


def test_what_nobody_told_is_said() -> None:
    plot = parse_formula(r"y = a x + b").plot(over={"x": (0, 1)}, at=["b = 2"])
    assert plot.fixed == (("a", "1"),)
    assert plot.to_text().splitlines()[-1].strip() == "a = 1"


def test_two_ranges_make_a_surface() -> None:
    plot = parse_formula("z = x y").plot(over={"x": (0, 1), "y": (0, 2)})
    assert plot.surface is not None
    assert (plot.surface.rows[0][0], plot.surface.rows[-1][-1]) == (0.0, 2.0)
    assert "█" in plot.to_text()


@pytest.mark.parametrize("latex", [SMOOTH, GELU, r"y = \tan x", "y = 2"])
def test_pictures_are_whole_svg_and_text_of_the_width_asked_for(latex: str) -> None:
    formula = parse_formula(latex)
    plot = (
        formula.plot(over={"x": (-3, 3)})
        if latex != "y = 2"
        else parse_formula("y = 2 + 0x").plot()
    )
    assert ET.fromstring(plot.to_svg()).tag.endswith("svg")
    assert ET.fromstring(plot._repr_svg_()).tag.endswith("svg")
    picture = plot.to_text(width=60, height=8).splitlines()
    assert max(map(len, picture[:9])) <= 60


def test_png_is_a_picture() -> None:
    assert parse_formula("y = x^2").plot().to_png().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        (["x"], "over: expected x=-3..3 or K=1,5,50, found x"),
        (["x=1..a"], "over: expected x=-3..3 or K=1,5,50, found x=1..a"),
        (["x=3..-3"], "over: expected a range that rises, found 3.0..-3.0"),
        (["q=1..2"], "over: expected one of x, a, found q"),
        (["x=-2..-1"], "it has no value for x from -2 to -1"),
        (["x=0..1e999"], "over: expected a range that rises, found 0.0..inf"),
        (["a=1,2,3,4,5,6,7,8,9,10,11,12,13"], "over: expected at most 12 curves, found more"),
    ],
)
def test_what_can_not_be_drawn_is_said(over: list[str], expected: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(r"y = \sqrt{x} + a").plot(read_over(over))
    assert str(caught.value) == expected


def test_ticks_are_round_and_within() -> None:
    for low, high in [(0, 1), (-3, 3), (0.013, 0.0131), (-1e6, 3e6), (99.5, 100.5)]:
        marks = ticks(low, high)
        assert 2 <= len(marks) <= 8
        assert all(low - 1e-9 <= mark <= high + 1e-9 for mark in marks)


def test_a_steep_curve_is_no_jump() -> None:
    assert [y for _, y in curve(lambda x: math.atan(1e4 * x), -1, 1) if math.isnan(y)] == []


@pytest.mark.parametrize(
    "latex", [r"y = x\sum_{k=1}^{9999} k", r"y = \sum_{k=1}^{99}\sum_{j=1}^{99} x"]
)
def test_a_picture_of_long_sums_is_refused(latex: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(latex).plot()
    assert str(caught.value) == "a picture of sums of more than 2000 terms takes too long"
