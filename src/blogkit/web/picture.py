"""A picture of a library: posts as dots in groups of their like, what names what as lines.

Groups are communities of the graph whose lines are references and likeness (Blondel et al. 2008,
as networkx has it). Each has a part of the picture by its number of posts and, within it, places
by the forces of Fruchterman and Reingold (1991). The same library gives the same picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from blogkit.library.references import names_of_posts
from blogkit.spans import display_width
from blogkit.views.clean import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from blogkit.library.facade import Library
    from blogkit.posts import Post

MOST_POSTS = 300
"""Posts in the picture; of more, those that were added first."""
WIDTH, HEIGHT = 1000, 640
"""The picture's own measure."""
_ALIKE = 3
_STEPS = 100
_NAME_TERMS = 2
_NAME_HEIGHT = 30
_MARGIN = 16
_LABEL_COLUMNS = 22
_COLUMN_WIDTH, _LINE_HEIGHT = 6.6, 13


class Box(NamedTuple):
    """A part of the picture."""

    x: float
    """How far from the left it begins."""
    y: float
    """How far from the top it begins."""
    width: float
    """How wide it is."""
    height: float
    """How high it is."""

    def meets(self, other: Box) -> bool:
        """Whether the two have a place in common.

        >>> Box(0, 0, 10, 10).meets(Box(9, 9, 5, 5)), Box(0, 0, 10, 10).meets(Box(10, 0, 5, 5))
        (True, False)
        """
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies in it whole."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


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
    label: str = ""
    """The start of the title; empty where it would cover another or a dot."""
    label_x: float = 0.0
    """Where the label begins."""
    label_y: float = 0.0
    """Where the label stands."""


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
class Group:
    """Posts that belong together."""

    terms: tuple[str, ...]
    """What its titles have before others, or the title with most lines; empty where nothing joins
    the posts."""
    box: Box
    """Its part of the picture."""
    dots: tuple[Dot, ...]
    """Its posts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The map of a library."""

    groups: tuple[Group, ...]
    """The posts in groups, the largest first; those that nothing joins come last."""
    lines: tuple[Line, ...]
    """What joins them."""
    left_out: int
    """Posts that are not in the picture."""

    @property
    def dots(self) -> tuple[Dot, ...]:
        """All posts."""
        return tuple(chain.from_iterable(group.dots for group in self.groups))

    @property
    def joined(self) -> list[tuple[Group, list[Joined]]]:
        """What the picture says, as a list: in each group those with most lines first."""
        ends: dict[str, tuple[list[Dot], list[Dot], list[Dot]]] = {
            dot.post_id: ([], [], []) for dot in self.dots
        }
        for line in self.lines:
            is_name = line.kind == "reference"
            ends[line.start.post_id][0 if is_name else 2].append(line.end)
            ends[line.end.post_id][1 if is_name else 2].append(line.start)

        def of(dot: Dot) -> Joined:
            return Joined(dot, *map(tuple, ends[dot.post_id]))

        def lines(post: Joined) -> int:
            return len(post.named + post.named_by + post.alike)

        return [
            (group, sorted(map(of, group.dots), key=lines, reverse=True)) for group in self.groups
        ]


def picture(library: Library) -> Picture:
    """The map of a library; asks for the like of every post in it."""
    found = library.posts(limit=MOST_POSTS)
    posts = tuple(found)
    place = {post.id or "": index for index, post in enumerate(posts)}
    likeness = _likeness(library, posts, place)
    joined = _references(posts, place)
    named = {frozenset(pair) for pair, _ in joined}
    joined += [(pair, "likeness") for pair in likeness if frozenset(pair) not in named]
    graph = _graph(len(posts), [pair for pair, _ in joined])
    communities = _communities(graph)
    names = _group_names(posts, graph, communities, likeness)
    boxes = _boxes([len(members) + 1 for members in communities], Box(0, 0, WIDTH, HEIGHT))
    groups = tuple(
        Group(terms, box, _dots(posts, graph.subgraph(members), box))
        for terms, box, members in zip(names, boxes, communities, strict=True)
    )
    dots = {place[dot.post_id]: dot for group in groups for dot in group.dots}
    lines = tuple(Line(dots[a], dots[b], kind) for (a, b), kind in joined)
    return Picture(groups, lines, found.total - len(posts))


def _references(
    posts: Sequence[Post], place: Mapping[str, int]
) -> list[tuple[tuple[int, int], str]]:
    names = names_of_posts(posts)
    return [
        ((index, place[reference.post_id]), "reference")
        for index, post in enumerate(posts)
        for reference in names.references(post.id, post.text, post.links)
        if reference.post_id and reference.post_id != post.id
    ]


def _likeness(
    library: Library, posts: Sequence[Post], place: Mapping[str, int]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Pairs of posts that are alike, each with the terms that they have in common."""
    alike: dict[tuple[int, int], tuple[str, ...]] = {}
    for index, post in enumerate(posts):
        for hit in library.related(post.id or "", limit=_ALIKE):
            other = place.get(hit.post_id)
            if other is not None and (other, index) not in alike:
                alike[index, other] = hit.terms
    return alike


def _graph(count: int, pairs: Iterable[tuple[int, int]]) -> nx.Graph[int]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    return graph


def _communities(graph: nx.Graph[int]) -> list[list[int]]:
    """Posts that belong together, the largest group first; what stands alone is the last one."""
    import networkx as nx

    found = [sorted(members) for members in nx.community.louvain_communities(graph, seed=0)]
    together = sorted((m for m in found if len(m) > 1), key=lambda m: (-len(m), m))
    alone = sorted(members[0] for members in found if len(members) == 1)
    return [*together, alone] if alone else together


def _group_names(
    posts: Sequence[Post],
    graph: nx.Graph[int],
    communities: Sequence[Sequence[int]],
    likeness: Mapping[tuple[int, int], Iterable[str]],
) -> Iterator[tuple[str, ...]]:
    """For each group the terms that its posts' titles and tags have, and other posts' have not.

    A term may be a tag, or what makes two posts of the group alike. Where there is none, it is the
    title of the post with most lines; posts without lines have no name in common.
    """
    said = ["\n".join((post.title, *post.tags)).casefold() for post in posts]
    for members in map(set, communities):
        terms = Counter(tag for index in members for tag in posts[index].tags)
        pairs = (shared for pair, shared in likeness.items() if members.issuperset(pair))
        terms.update(chain.from_iterable(pairs))
        hub = max(members, key=lambda index: (graph.degree(index), -index))
        is_joined = graph.degree(hub) > 0
        yield (
            (tuple(_telling(terms, members, said)) or (one_line(posts[hub].title),))
            if is_joined
            else ()
        )


def _telling(terms: Counter[str], members: set[int], said: Sequence[str]) -> list[str]:
    """Of some terms those that tell a group from the others, best first; none inside another."""
    scores: dict[str, float] = {}
    for term in terms:
        holders = {index for index, names in enumerate(said) if term.casefold() in names}
        if len(holders & members) > 1:
            scores[term] = len(holders & members) ** 2 / len(holders)
    chosen: list[str] = []
    for term in sorted(scores, key=lambda term: (-scores[term], -terms[term], -len(term), term)):
        folded = term.casefold()
        if not any(folded in other or other in folded for other in map(str.casefold, chosen)):
            chosen.append(term)
    return chosen[:_NAME_TERMS]


def _boxes(sizes: Sequence[int], box: Box) -> list[Box]:
    """A box cut into one for each size: halved along its longer side, and again.

    >>> [tuple(box) for box in _boxes([2, 1, 1], Box(0, 0, 8, 4))]
    [(0, 0, 4.0, 4), (4.0, 0, 2.0, 4), (6.0, 0, 2.0, 4)]
    """
    if len(sizes) < 2:
        return [box][: len(sizes)]
    half = next(
        k for k in range(1, len(sizes)) if k == len(sizes) - 1 or 2 * sum(sizes[:k]) >= sum(sizes)
    )
    share = sum(sizes[:half]) / sum(sizes)
    x, y, width, height = box
    if width >= height:
        first = Box(x, y, width * share, height)
        rest = Box(x + width * share, y, width * (1 - share), height)
    else:
        first = Box(x, y, width, height * share)
        rest = Box(x, y + height * share, width, height * (1 - share))
    return _boxes(sizes[:half], first) + _boxes(sizes[half:], rest)


def _dots(posts: Sequence[Post], graph: nx.Graph[int], box: Box) -> tuple[Dot, ...]:
    """The posts of a group at their places, with labels where there is room."""
    import networkx as nx

    inside = Box(
        box.x + _MARGIN,
        box.y + _NAME_HEIGHT + _MARGIN,
        max(1.0, box.width - 2 * _MARGIN),
        max(1.0, box.height - _NAME_HEIGHT - 2 * _MARGIN),
    )
    places = _fitted(nx.spring_layout(graph, seed=0, iterations=_STEPS), inside)
    dots = []
    for index in sorted(graph, key=lambda node: (-graph.degree(node), node)):
        x, y = places[index]
        post = posts[index]
        dots.append(
            Dot(
                post.id or "",
                one_line(post.title),
                x,
                y,
                4 + min(8.0, len(post.formulas) ** 0.5),
            )
        )
    return tuple(_labelled(dots, box))


def _fitted(places: Mapping[int, Iterable[float]], box: Box) -> dict[int, tuple[float, float]]:
    """Places moved and stretched into a box; one alone is in its middle."""
    across, down = zip(*places.values(), strict=True)
    xs = _stretched([float(x) for x in across], box.x, box.width)
    ys = _stretched([float(y) for y in down], box.y, box.height)
    return dict(zip(places, zip(xs, ys, strict=True), strict=True))


def _stretched(values: Sequence[float], start: float, length: float) -> list[float]:
    low, high = min(values), max(values)
    if high - low < 1e-9:
        return [round(start + length / 2, 1)] * len(values)
    return [round(start + length * (value - low) / (high - low), 1) for value in values]


def _labelled(dots: Sequence[Dot], box: Box) -> Iterator[Dot]:
    """Dots with a label each, the first ones first, where it covers no other and no dot."""
    taken = [Box(d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius) for d in dots]
    taken.append(Box(box.x, box.y, box.width, _NAME_HEIGHT))
    for dot in dots:
        label = shorten(dot.title, _LABEL_COLUMNS)
        width = display_width(label) * _COLUMN_WIDTH
        for x, y in _beside(dot, width):
            place = Box(x, y - _LINE_HEIGHT + 3, width, _LINE_HEIGHT)
            if box.holds(place) and not any(place.meets(other) for other in taken):
                taken.append(place)
                yield Dot(dot.post_id, dot.title, dot.x, dot.y, dot.radius, label, x, y)
                break
        else:
            yield dot


def _beside(dot: Dot, width: float) -> Iterator[tuple[float, float]]:
    """Where a label of a width may begin: right of its dot, left, below, above."""
    away = dot.radius + 4
    yield dot.x + away, dot.y + 4
    yield dot.x - away - width, dot.y + 4
    yield dot.x - width / 2, dot.y + away + 9
    yield dot.x - width / 2, dot.y - away
