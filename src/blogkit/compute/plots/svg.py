r"""Pictures as SVG, and as PNG by resvg: axes labelled with the drawn symbols.

Own code and no plotting library: what is drawn is a handful of lines, and the labels are formulas,
which MathJax draws better than anything that only plots. Numbers at the axes are drawn the same
way, so that a PNG needs no font. Without the extra `images` labels are text.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from blogkit.compute.plots.contours import bands, contour_lines
from blogkit.compute.plots.sampling import tick_label, ticks
from blogkit.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogkit.compute.plots.drawing import Curve, Plot

_WIDTH: Final = 480
_HEIGHT: Final = 300
_PANEL: Final = 90
"""How high the difference of two sides is drawn."""
_LEFT: Final = 58
_TOP: Final = 26
_BOTTOM: Final = 44
_RIGHT: Final = 18
_PX_PER_EX: Final = 7.0
_ROW: Final = 8
"""Space between the lines of the list below."""
COLOURS: Final = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#444444", "#8c510a",
    "#762a83", "#1b7837", "#b2182b", "#2166ac",
)  # fmt: skip
"""Colours that people with any colour vision tell apart (Okabe, Ito 2008), then others."""
_DASHES: Final = ("", "7 4", "2 3", "9 3 2 3")
_SIZE: Final = re.compile(r'<svg[^>]*? width="([\d.]+)ex" height="([\d.]+)ex"')


@dataclass(frozen=True, slots=True)
class _Label:
    """A drawn label."""

    svg: str
    """An `<svg>` element without a place, or `<text>`."""
    width: float
    """Its width in pixels."""
    height: float
    """Its height in pixels."""

    def at(self, x: float, y: float) -> str:
        """It with its upper left corner there."""
        return self.svg.replace("@x", f"{x:.2f}").replace("@y", f"{y:.2f}")


def to_svg(plot: Plot) -> str:
    """A picture as one `<svg>` element on a white ground."""
    below = [_drawn(one.latex, 0.9) for one in plot.curves] if len(plot.curves) > 1 else []
    fixed = r",\ ".join(f"{name} = {value}" for name, value in plot.fixed)
    note = _drawn(fixed, 0.85) if fixed else None
    inner = max([_WIDTH, *(label.width + 44 for label in below)])
    width = _LEFT + inner + _RIGHT
    panel = 0 if plot.difference is None else _PANEL + _TOP
    foot = panel + sum(label.height + _ROW for label in (*below, *([note] if note else [])))
    height = _TOP + _HEIGHT + _BOTTOM + foot
    frame = _Frame(plot, _LEFT, _TOP, inner, _HEIGHT)
    last = frame
    if plot.difference is not None:
        last = _Frame(plot.difference, _LEFT, 2 * _TOP + _HEIGHT, inner, _PANEL)
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(_title(plot))}</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="white"/>',
        *_axes(frame),
        *([*_surface(frame), *_bar(frame)] if plot.surface is not None else _curves(frame)),
        *([] if last is frame else [*_axes(last), *_curves(last), *_panel_name(last)]),
        *_names(frame, last),
        *_legend(below, note, last),
        "</svg>",
    ]
    return "\n".join(parts)


def to_png(plot: Plot, *, scale: float = 2.0) -> bytes:
    """The same as PNG.

    Raises:
        MissingExtraError: without the extra ``images``.
    """
    from blogkit.render.png import chinese_font, rasterized

    svg = to_svg(plot).replace("currentColor", "black")
    return rasterized(svg, chinese_font(), scale=scale)


def _title(plot: Plot) -> str:
    from blogkit.compute.plots.text import plain

    return plain(plot.latex)


def _drawn(latex: str, size: float = 1.0) -> _Label:
    """LaTeX as a label; text where nothing can draw it."""
    from blogkit.render.svg import to_svg as formula_to_svg

    try:
        svg = formula_to_svg(latex, display=False)
    except MissingExtraError:
        return _text(latex, size)
    match = _SIZE.search(svg)
    if match is None:
        return _text(latex, size)
    width, height = (float(side) * _PX_PER_EX * size for side in match.groups())
    head = match[0].replace(f'width="{match[1]}ex"', f'x="@x" y="@y" width="{width:.2f}"')
    head = head.replace(f'height="{match[2]}ex"', f'height="{height:.2f}"')
    return _Label(svg.replace(match[0], head, 1), width, height)


def _text(latex: str, size: float) -> _Label:
    from blogkit.compute.plots.text import plain

    words = plain(latex)
    high = 14 * size
    svg = (
        f'<svg x="@x" y="@y" overflow="visible"><text y="{high * 0.8:.1f}" font-size="{high:.0f}" '
        f'font-family="serif">{escape(words)}</text></svg>'
    )
    return _Label(svg, 0.55 * high * len(words), high)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the picture's own coordinates lie on the page."""

    plot: Plot
    left: float
    top: float
    width: float
    height: float

    def x(self, value: float) -> float:
        """The place of a value to the right."""
        _, low, high = self.plot.x
        return self.left + (value - low) / (high - low) * self.width

    def y(self, value: float) -> float:
        """The place of a value upwards."""
        _, low, high = self.plot.y
        return self.top + (high - value) / (high - low) * self.height


def _axes(frame: _Frame) -> list[str]:
    parts = []
    right, bottom = frame.left + frame.width, frame.top + frame.height
    for value in ticks(*frame.plot.x[1:]):
        x = frame.x(value)
        strong = "#999" if value == 0 and frame.plot.x[1] < 0 else "#e6e6e6"
        parts.append(_line(x, frame.top, x, bottom, strong))
        label = _drawn(tick_label(value), 0.8)
        parts.append(label.at(x - label.width / 2, bottom + 6))
    for value in ticks(*frame.plot.y[1:], most=6):
        y = frame.y(value)
        strong = "#999" if value == 0 and frame.plot.y[1] < 0 else "#e6e6e6"
        parts.append(_line(frame.left, y, right, y, strong))
        label = _drawn(tick_label(value), 0.8)
        parts.append(label.at(frame.left - label.width - 7, y - label.height / 2))
    parts.append(
        f'<rect x="{frame.left}" y="{frame.top}" width="{frame.width:.2f}" '
        f'height="{frame.height}" fill="none" stroke="#888"/>'
    )
    return parts


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<path d="M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}" stroke="{colour}" fill="none"/>'


def _panel_name(panel: _Frame) -> list[str]:
    return [_drawn(panel.plot.curves[0].latex, 0.9).at(8, panel.top - 18)]


def _names(frame: _Frame, last: _Frame) -> list[str]:
    plot = frame.plot
    name = _drawn(plot.x[0])
    x = frame.left + frame.width / 2 - name.width / 2
    parts = [name.at(x, last.top + last.height + 24)]
    if plot.y[0]:
        parts.append(_drawn(plot.y[0]).at(8, 5))
    return parts


def _curves(frame: _Frame) -> list[str]:
    name = f"frame{frame.top:.0f}"
    clip = (
        f'<clipPath id="{name}"><rect x="{frame.left}" y="{frame.top}" '
        f'width="{frame.width:.2f}" height="{frame.height}"/></clipPath>'
    )
    drawn = [_curve(frame, one, k) for k, one in enumerate(frame.plot.curves)]
    return [clip, f'<g clip-path="url(#{name})">', *drawn, "</g>"]


def _curve(frame: _Frame, one: Curve, k: int) -> str:
    colour = COLOURS[k % len(COLOURS)]
    if one.is_stepped:
        return "".join(
            f'<circle cx="{frame.x(x):.2f}" cy="{frame.y(y):.2f}" r="2.6" fill="{colour}"/>'
            for x, y in one.points
            if math.isfinite(y)
        )
    path, pen = [], "M"
    _, low, high = frame.plot.y
    for x, y in one.points:
        if not math.isfinite(y):
            pen = "M"
            continue
        kept = min(max(y, low - (high - low)), high + (high - low))
        path.append(f"{pen}{frame.x(x):.2f} {frame.y(kept):.2f}")
        pen = "L"
    return f'<path d="{"".join(path)}" {_stroke(k)}/>'


def _stroke(k: int) -> str:
    dashes = _DASHES[k % len(_DASHES)]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'fill="none" stroke="{COLOURS[k % len(COLOURS)]}" stroke-width="2" '
        f'stroke-linejoin="round"{dashed}'
    )


def _legend(below: list[_Label], note: _Label | None, frame: _Frame) -> list[str]:
    parts, y = [], frame.top + frame.height + _BOTTOM
    for k, label in enumerate(below):
        middle = y + label.height / 2
        parts.append(f'<path d="M{frame.left} {middle:.2f}h32" {_stroke(k)}/>')
        parts.append(label.at(frame.left + 42, y))
        y += label.height + _ROW
    if note is not None:
        parts.append(note.at(frame.left, y))
    return parts


def _surface(frame: _Frame) -> list[str]:
    assert frame.plot.surface is not None
    rows = frame.plot.surface.rows
    (_, left, right), (_, low, high) = frame.plot.x, frame.plot.y
    across, up = len(rows[0]) - 1, len(rows) - 1
    levels = bands(rows)
    wide, tall = frame.width / across, frame.height / up
    parts = []
    for j in range(up):
        y = frame.top + frame.height - (j + 1) * tall
        for start, end, colour in _runs(rows, j, levels):
            parts.append(
                f'<rect x="{frame.left + start * wide:.2f}" y="{y:.2f}" '
                f'width="{(end - start) * wide + 0.4:.2f}" height="{tall + 0.4:.2f}" '
                f'fill="{colour}"/>'
            )
    for level in levels[1:-1]:
        for (x1, y1), (x2, y2) in contour_lines(rows, level):
            ends = (
                frame.x(left + (right - left) * x1 / across),
                frame.y(low + (high - low) * y1 / up),
                frame.x(left + (right - left) * x2 / across),
                frame.y(low + (high - low) * y2 / up),
            )
            parts.append(_line(*ends, "#333"))
    return parts


def _runs(
    rows: Sequence[Sequence[float]], j: int, levels: list[float]
) -> Iterator[tuple[int, int, str]]:
    """Cells of a row beside one another that have one colour."""
    start, colour = 0, ""
    for k in range(len(rows[0])):
        shade = ""
        if k < len(rows[0]) - 1:
            corners = [rows[j][k], rows[j][k + 1], rows[j + 1][k], rows[j + 1][k + 1]]
            if all(map(math.isfinite, corners)):
                shade = _shade(sum(corners) / 4, levels[0], levels[-1])
        if shade != colour:
            if colour:
                yield start, k, colour
            start, colour = k, shade


def _shade(value: float, low: float, high: float) -> str:
    """From light to dark blue by where a value lies, in 32 steps."""
    share = round(31 * (value - low) / (high - low)) / 31 if high > low else 0.5
    light, dark = (247, 251, 255), (8, 69, 148)
    mixed = (round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def _bar(frame: _Frame) -> list[str]:
    """What the shades stand for, at the right above the picture."""
    assert frame.plot.surface is not None
    levels = bands(frame.plot.surface.rows)
    low, high = (_drawn(f"{level:.3g}", 0.75) for level in (levels[0], levels[-1]))
    right = frame.left + frame.width - high.width - 6
    shades = (_shade(k, 0, 31) for k in range(32))
    cells = [
        f'<rect x="{right - 128 + 4 * k:.2f}" y="8" width="4.3" height="10" fill="{shade}"/>'
        for k, shade in enumerate(shades)
    ]
    place = 13 - low.height / 2
    return [*cells, low.at(right - 134 - low.width, place), high.at(right + 6, place)]
