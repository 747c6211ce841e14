"""Lines of equal height on a grid, by marching squares. Imports `sampling`."""

import itertools
import math
from collections.abc import Iterator, Sequence

from blogkit.compute.plots.sampling import ticks

Rows = Sequence[Sequence[float]]
"""Heights on a grid, row by row."""
Line = tuple[tuple[float, float], tuple[float, float]]
"""A piece of a line between two points, counted in cells."""


def bands(rows: Rows, most: int = 10) -> list[float]:
    """Heights between which a surface has one shade, from its lowest to its highest.

    >>> bands([[0.0, 1.0], [1.0, 2.0]], 5)
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    values = sorted(value for row in rows for value in row if math.isfinite(value))
    low, high = values[len(values) // 50], values[-1 - len(values) // 50]
    if high <= low:
        return [low, high]
    inner = [value for value in ticks(low, high, most) if low < value < high]
    return [values[0], *inner, values[-1]]


def contour_lines(rows: Rows, level: float) -> Iterator[Line]:
    """The pieces of the line at a height.

    >>> list(contour_lines([[0.0, 0.0], [1.0, 1.0]], 0.5))
    [((0.0, 0.5), (1.0, 0.5))]
    """
    for j, (lower, upper) in enumerate(itertools.pairwise(rows)):
        for k in range(len(lower) - 1):
            corners = (lower[k], lower[k + 1], upper[k + 1], upper[k])
            if all(map(math.isfinite, corners)):
                crossings = list(_crossings(corners, level, k, j))
                if len(crossings) == 2:
                    first, second = sorted(crossings)
                    yield first, second
                elif len(crossings) == 4:
                    yield crossings[0], crossings[1]
                    yield crossings[2], crossings[3]


def _crossings(
    corners: tuple[float, float, float, float], level: float, k: int, j: int
) -> Iterator[tuple[float, float]]:
    """Where the edges of a cell are at the height, around it."""
    places = ((k, j), (k + 1, j), (k + 1, j + 1), (k, j + 1))
    for edge in range(4):
        a, b = corners[edge], corners[(edge + 1) % 4]
        if (a < level) != (b < level):
            share = (level - a) / (b - a)
            (x1, y1), (x2, y2) = places[edge], places[(edge + 1) % 4]
            yield x1 + share * (x2 - x1), y1 + share * (y2 - y1)
