"""Boxes of characters, and how they are put beside and above one another.

It exists so that every construct is drawn by the same two acts that TeX knows: lists in line, with
baselines level, and lists stacked (TeXbook, chapters 11 and 12), here on a grid of characters.
It imports only `blogkit.spans`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from blogkit.results.records import record
from blogkit.spans import display_width

MAX_CELLS = 4_000_000
"""Columns times rows of the largest picture; a larger one is refused before it is built."""


class TooLargeError(Exception):
    """A picture would have more than `MAX_CELLS`; `to_text` then writes the formula in line."""


@record
class Box:
    """A rectangle of characters: every line fills the same number of columns."""

    lines: tuple[str, ...]
    """From top to bottom; at least one."""
    baseline: int
    """Index of the line that is level with the neighbours' baselines."""
    width: int
    """Columns that every line takes in a terminal."""
    rise: int
    """Lines above the baseline that brackets must cover; small scripts don't count."""
    sink: int
    """The same below the baseline."""

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.lines)

    @property
    def depth(self) -> int:
        """Lines below the baseline."""
        return len(self.lines) - 1 - self.baseline


@lru_cache(maxsize=8192)
def line(text: str) -> Box:
    """A box of one line.

    >>> line("梯度 x").width
    6
    """
    return Box((text,), 0, display_width(text), 0, 0)


EMPTY = line("")
"""A box without width."""


def tall(lines: Sequence[str], baseline: int) -> Box:
    """A box of lines, filled up on the right to the widest, all of which brackets must cover.

    >>> tall(["a", "──", "b"], 1).lines
    ('a ', '──', 'b ')
    """
    widths = [display_width(text) for text in lines]
    width = max(widths)
    full = tuple(text + " " * (width - own) for text, own in zip(lines, widths, strict=True))
    return Box(full, baseline, width, baseline, len(full) - 1 - baseline)


def beside(boxes: Iterable[Box]) -> Box:
    """Boxes from left to right, baselines level.

    >>> print("\\n".join(beside([line("x + "), tall(["1", "─", "2"], 1)]).lines).rstrip())
        1
    x + ─
        2
    """
    parts = [box for box in boxes if box.width]
    if not parts:
        return EMPTY
    if len(parts) == 1:
        return parts[0]
    above = max(box.baseline for box in parts)
    height = above + 1 + max(box.depth for box in parts)
    width = sum(box.width for box in parts)
    _check_size(width, height)
    if height == 1:
        return Box(("".join([box.lines[0] for box in parts]),), 0, width, 0, 0)
    rows: list[list[str]] = [[] for _ in range(height)]
    for box in parts:
        _append(rows, box, above)
    lines = tuple(["".join(row) for row in rows])
    rise = max(box.rise for box in parts)
    return Box(lines, above, width, rise, max(box.sink for box in parts))


def _append(rows: list[list[str]], box: Box, above: int) -> None:
    """Puts a box at the right end of rows, with blanks above and below it."""
    first = above - box.baseline
    last = first + len(box.lines)
    blank = " " * box.width
    for index, row in enumerate(rows):
        row.append(box.lines[index - first] if first <= index < last else blank)


def above(boxes: Sequence[Box], level: int, *, align: str = "c") -> Box:
    """Boxes from top to bottom; brackets must cover all of them.

    Args:
        boxes: at least one.
        level: index of the box whose baseline counts.
        align: `l`, `c` or `r`.

    >>> above([line("n"), line("∑"), line("i=1")], 1).lines
    (' n ', ' ∑ ', 'i=1')
    """
    width = max(box.width for box in boxes)
    _check_size(width, sum(len(box.lines) for box in boxes))
    lines: list[str] = []
    baseline = 0
    for index, box in enumerate(boxes):
        if index == level:
            baseline = len(lines) + box.baseline
        lines += widened(box, width, align).lines
    return Box(tuple(lines), baseline, width, baseline, len(lines) - 1 - baseline)


def widened(box: Box, width: int, align: str = "c") -> Box:
    """A box with blanks on its sides up to a width.

    >>> widened(line("x"), 4, "r").lines
    ('   x',)
    """
    missing = width - box.width
    if missing <= 0:
        return box
    left = " " * {"l": 0, "r": missing}.get(align, missing // 2)
    right = " " * (missing - len(left))
    lines = tuple([f"{left}{text}{right}" for text in box.lines])
    return Box(lines, box.baseline, width, box.rise, box.sink)


def shifted(box: Box, rows: int) -> Box:
    """A box that stands so many lines above its neighbours' baseline; below it where negative.

    Blank lines are put where the box leaves the baseline, so that it is a box still.

    >>> shifted(line("2"), 1).lines
    ('2', ' ')
    """
    blank = (" " * box.width,)
    baseline = box.baseline + rows
    over, under = max(0, -baseline), max(0, baseline - box.height + 1)
    lines = blank * over + box.lines + blank * under
    level = baseline + over
    return Box(lines, level, box.width, level, len(lines) - 1 - level)


def covered_as(box: Box, rise: int, sink: int) -> Box:
    """The same picture, for brackets that cover so many lines above and below."""
    return Box(box.lines, box.baseline, box.width, rise, sink)


def spaces(columns: int) -> Box:
    """A box of so many blanks."""
    return line(" " * columns)


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_CELLS:
        raise TooLargeError
