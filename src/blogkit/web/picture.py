"""A picture of a library: posts as dots, what names what and what is alike as lines.

Places are found by the forces of Fruchterman and Reingold (1991): every two dots push each other
apart, lines pull theirs together. It starts from a spiral, so the same library gives the same
picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.library.references import Names
from blogkit.spans import display_width
from blogkit.views.clean import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from blogkit.library.facade import Library
    from blogkit.posts import Post

MOST_POSTS = 300
"""Posts in the picture; of more, those that were added first."""
WIDTH, HEIGHT = 1000, 600
"""The picture's own measure."""
_MARGIN = 40
_ALIKE = 3
_STEPS = 300
_LABEL_COLUMNS = 22
_COLUMN_WIDTH, _LINE_HEIGHT = 5.6, 13


@dataclass(frozen=True, slots=True)
class Dot:
    """A post in the picture."""

    post_id: str
    """The post."""
    title: str
    """Its title, on one line."""
    x: float
    """How far from the left."""
    y: float
    """How far from the top."""
    radius: float
    """The greater, the more formulas it has."""
    label: str
    """The start of the title; empty where it would cover another."""


@dataclass(frozen=True, slots=True)
class Line:
    """What joins two posts."""

    start: Dot
    """The one that names the other, or is like it."""
    end: Dot
    """The other."""
    kind: str
    """``reference`` or ``likeness``."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A post with the posts that lines join it with."""

    dot: Dot
    """The post."""
    named: tuple[Dot, ...]
    """Those that it names."""
    named_by: tuple[Dot, ...]
    """Those that name it."""
    alike: tuple[Dot, ...]
    """Those that are like it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The map of a library."""

    dots: tuple[Dot, ...]
    """The posts."""
    lines: tuple[Line, ...]
    """What joins them."""
    left_out: int
    """Posts that are not in the picture."""

    @property
    def joined(self) -> list[Joined]:
        """What the picture says, as a list: those with most lines first."""
        ends: dict[str, tuple[list[Dot], list[Dot], list[Dot]]] = {
            dot.post_id: ([], [], []) for dot in self.dots
        }
        for line in self.lines:
            is_name = line.kind == "reference"
            ends[line.start.post_id][0 if is_name else 2].append(line.end)
            ends[line.end.post_id][1 if is_name else 2].append(line.start)
        found = [Joined(dot, *map(tuple, ends[dot.post_id])) for dot in self.dots]
        return sorted(found, key=lambda of: -len(of.named + of.named_by + of.alike))


def picture(library: Library) -> Picture:
    """The map of a library; asks for the like of every post in it."""
    found = library.posts(limit=MOST_POSTS)
    posts = tuple(found)
    place = {post.id or "": index for index, post in enumerate(posts)}
    joined = _references(posts, place)
    named = {frozenset(pair) for pair, _ in joined}
    for pair in _likeness(library, posts, place):
        if frozenset(pair) not in named:
            named.add(frozenset(pair))
            joined.append((pair, "likeness"))
    points = _placed(len(posts), [pair for pair, _ in joined])
    degree = [sum(index in pair for pair, _ in joined) for index in range(len(posts))]
    titles = [one_line(post.title) for post in posts]
    labels = _labels(titles, points, degree)
    dots = tuple(
        Dot(post.id or "", title, x, y, 4 + min(8.0, len(post.formulas) ** 0.5), label)
        for post, title, (x, y), label in zip(posts, titles, points, labels, strict=True)
    )
    lines = tuple(Line(dots[a], dots[b], kind) for (a, b), kind in joined)
    return Picture(dots, lines, found.total - len(posts))


def _references(posts: Sequence[Post], place: dict[str, int]) -> list[tuple[tuple[int, int], str]]:
    names = Names((post.id or "", post.title, post.address) for post in reversed(posts))
    return [
        ((index, place[reference.post_id]), "reference")
        for index, post in enumerate(posts)
        for reference in names.references(post.id, post.text, post.links)
        if reference.post_id and reference.post_id != post.id
    ]


def _likeness(
    library: Library, posts: Sequence[Post], place: dict[str, int]
) -> list[tuple[int, int]]:
    return [
        (index, place[hit.post_id])
        for index, post in enumerate(posts)
        for hit in library.related(post.id or "", limit=_ALIKE)
        if hit.post_id in place
    ]


def _labels(
    titles: Sequence[str], points: Sequence[tuple[float, float]], degree: Sequence[int]
) -> list[str]:
    """A label for each dot, those with most lines first, empty where another stands already."""
    labels = [""] * len(titles)
    taken: list[tuple[float, float, float]] = [(x - 6, x + 6, y) for x, y in points]
    for index in sorted(range(len(titles)), key=lambda i: (-degree[i], i)):
        label = shorten(titles[index], _LABEL_COLUMNS)
        x, y = points[index]
        left, right = x + 10, x + 16 + display_width(label) * _COLUMN_WIDTH
        if right < WIDTH and not any(
            a < right and left < b and abs(y - other) < _LINE_HEIGHT for a, b, other in taken
        ):
            labels[index] = label
            taken.append((left, right, y))
    return labels


def _placed(count: int, pairs: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Where each dot lies in the picture."""
    import numpy as np

    if not count:
        return []
    steps = np.arange(count)
    angle = steps * math.pi * (3 - math.sqrt(5))
    points = (np.sqrt(steps + 0.5) * np.array([np.cos(angle), np.sin(angle)])).T
    ends = np.array(pairs, dtype=int).reshape(-1, 2)
    for step in range(_STEPS):
        moves = _forces(points, ends)
        lengths = np.maximum(np.hypot(*moves.T), 1e-9)[:, None]
        points = points + moves / lengths * np.minimum(lengths, 2.0 * (1 - step / _STEPS))
    return _fitted(points)


def _forces(points: NDArray[np.float64], ends: NDArray[np.int_]) -> NDArray[np.float64]:
    """Where each dot is pushed: apart, along its lines, and a little to the middle."""
    import numpy as np

    apart = points[:, None, :] - points[None, :, :]
    squares = np.maximum((apart**2).sum(axis=2), 0.01)
    moves: NDArray[np.float64] = (apart * (4.0 / squares)[:, :, None]).sum(axis=1) - 0.2 * points
    along = points[ends[:, 1]] - points[ends[:, 0]]
    pull = along * np.hypot(*along.T)[:, None] * 0.2
    np.add.at(moves, ends[:, 0], pull)
    np.add.at(moves, ends[:, 1], -pull)
    return moves


def _fitted(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    """The places, moved and stretched into the picture."""
    import numpy as np

    low = points.min(axis=0)
    size = np.maximum(points.max(axis=0) - low, 1e-9)
    room = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    return [(float(x), float(y)) for x, y in np.round((points - low) / size * room + _MARGIN, 1)]
