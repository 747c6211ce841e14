r"""Pictures with characters: curves in Braille, two dots across and four down in each.

Curves are told apart by the letter at their right end, and in the list below. Imports the plain
drawing of formulas.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from blogkit.compute.plots.sampling import tick_label, ticks
from blogkit.latex import parse
from blogkit.render.inline import to_inline_text

if TYPE_CHECKING:
    from blogkit.compute.plots.drawing import Curve, Plot

_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_SHADES: Final = " ·░▒▓█"


def to_text(plot: Plot, *, width: int, height: int) -> str:
    """A picture in lines of at most so many columns."""
    labels = [tick_label(value) for value in ticks(*plot.y[1:], most=max(3, height // 4))]
    margin = max(map(len, labels), default=1) + 1
    columns = width - margin - (4 if len(plot.curves) > 1 else 2)
    rows = _shades(plot, columns, height) if plot.surface else _braille(plot, columns, height)
    lines = [f"{plain(plot.y[0])}"] if plot.y[0] else []
    lines += _with_heights(rows, plot, margin)
    lines += _foot(plot, margin, columns)
    if plot.difference is not None:
        below = to_text(plot.difference, width=width, height=max(5, height // 3))
        lines += ["Δ", *below.split("\n")]
    return "\n".join(line.rstrip() for line in [*lines, *_legend(plot)])


def plain(latex: str) -> str:
    """LaTeX on one line of text."""
    return to_inline_text(parse(latex).tree)


def _with_heights(rows: list[str], plot: Plot, margin: int) -> list[str]:
    _, low, high = plot.y
    marks = {}
    for value in ticks(low, high, most=max(3, len(rows) // 4)):
        row = round((high - value) / (high - low) * (len(rows) - 1))
        marks[row] = tick_label(value)
    return [
        f"{marks.get(k, ''):>{margin}} {'┤' if k in marks else '│'}{row}"
        for k, row in enumerate(rows)
    ]


def _foot(plot: Plot, margin: int, columns: int) -> list[str]:
    name, low, high = plot.x
    axis, numbers = ["─"] * columns, [" "] * (columns + 8)
    for value in ticks(low, high, most=max(3, columns // 10)):
        place = min(round((value - low) / (high - low) * (columns - 1)), columns - 1)
        label = tick_label(value)
        start = max(0, place - len(label) // 2)
        if all(char == " " for char in numbers[max(0, start - 1) : start + len(label) + 1]):
            axis[place] = "┬"
            numbers[start : start + len(label)] = label
    lead = " " * (margin + 2)
    return [
        f"{' ' * (margin + 1)}└{''.join(axis)}",
        f"{lead}{''.join(numbers)}".rstrip() + f"  {plain(name)}",
    ]


def _legend(plot: Plot) -> list[str]:
    named = len(plot.curves) > 1
    lines = (
        [f"  {_letter(k)}  {plain(one.latex)}" for k, one in enumerate(plot.curves)]
        if named
        else []
    )
    if plot.fixed:
        lines.append("  " + ", ".join(f"{plain(name)} = {value}" for name, value in plot.fixed))
    if plot.surface is not None:
        values = [v for row in plot.surface.rows for v in row if math.isfinite(v)]
        lines.append(f"  {_SHADES[1]} {min(values):.4g}  {_SHADES[-1]} {max(values):.4g}")
    return lines


def _letter(k: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[k % 26]


def _braille(plot: Plot, columns: int, height: int) -> list[str]:
    cells = [[0] * columns for _ in range(height)]
    for one in plot.curves:
        for x, y in _dots_of(one, plot, columns * 2, height * 4):
            if 0 <= x < columns * 2 and 0 <= y < height * 4:
                cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
    rows = [[chr(0x2800 + cell) if cell else " " for cell in row] for row in cells]
    if len(plot.curves) > 1:
        _name_ends(rows, plot, columns, height)
    return ["".join(row) for row in rows]


def _dots_of(one: Curve, plot: Plot, across: int, down: int) -> list[tuple[int, int]]:
    """The dots of a curve, lines between neighbours filled."""
    (_, low, high), (_, bottom, top) = plot.x, plot.y
    found: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    for x, y in one.points:
        if not math.isfinite(y):
            last = None
            continue
        column = round((x - low) / (high - low) * (across - 1))
        row = round(
            (top - min(max(y, bottom - (top - bottom)), top + top - bottom))
            / (top - bottom)
            * (down - 1)
        )
        if last is None or one.is_stepped:
            found.append((column, row))
        else:
            steps = max(abs(column - last[0]), abs(row - last[1]), 1)
            found += [
                (
                    last[0] + round((column - last[0]) * k / steps),
                    last[1] + round((row - last[1]) * k / steps),
                )
                for k in range(1, steps + 1)
            ]
        last = (column, row)
    return found


def _name_ends(rows: list[list[str]], plot: Plot, columns: int, height: int) -> None:
    """A letter at the right end of each curve, on its own height or the nearest that is free."""
    _, bottom, top = plot.y
    taken: set[int] = set()
    for k, one in enumerate(plot.curves):
        ends = [y for _, y in one.points if math.isfinite(y)]
        if not ends:
            continue
        wanted = round((top - min(max(ends[-1], bottom), top)) / (top - bottom) * (height - 1))
        row = min(
            (r for r in range(height) if r not in taken),
            key=lambda r: abs(r - wanted),
            default=wanted,
        )
        taken.add(row)
        rows[row].append(f" {_letter(k)}")


def _shades(plot: Plot, columns: int, height: int) -> list[str]:
    assert plot.surface is not None
    rows = plot.surface.rows
    values = [v for row in rows for v in row if math.isfinite(v)]
    low, high = min(values), max(values)
    lines = []
    for k in range(height):
        source = rows[round((height - 1 - k) / max(height - 1, 1) * (len(rows) - 1))]
        cells = (source[round(j / max(columns - 1, 1) * (len(source) - 1))] for j in range(columns))
        lines.append("".join(_shade(value, low, high) for value in cells))
    return lines


def _shade(value: float, low: float, high: float) -> str:
    if not math.isfinite(value):
        return " "
    share = (value - low) / (high - low) if high > low else 0.5
    return _SHADES[1 + min(int(share * (len(_SHADES) - 1)), len(_SHADES) - 2)]
