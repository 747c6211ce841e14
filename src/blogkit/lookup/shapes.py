"""Formulas of an index by their shapes: what they are but for the names of variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blogkit.lookup.keys import FAMILY, ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from blogkit.lookup.segment import Segment


def by_shape(
    segments: Sequence[Segment], wanted: Sequence[NDArray[np.bool_]], page: slice
) -> tuple[list[NDArray[np.int64]], int]:
    """Places of ids that have a shape in common, the most first; of equal many the first added.

    Args:
        segments: of the index.
        wanted: of each segment which of its ids count.
        page: which of the shapes are asked for.

    Returns:
        An array for each shape of the page, of places counted through all segments, ascending; and
        how many shapes there are.
    """
    if not segments:
        return [], 0
    shapes = np.concatenate(
        [np.repeat(shapes_of(segment), np.diff(segment.named)) for segment in segments]
    )
    places = np.flatnonzero(np.concatenate(wanted))
    places = places[np.argsort(shapes[places], kind="stable")]
    _, starts, sizes = np.unique(shapes[places], return_index=True, return_counts=True)
    best = np.lexsort((places[starts], -sizes))
    found = [places[starts[shape] : starts[shape] + sizes[shape]] for shape in best[page].tolist()]
    return found, len(best)


def shapes_of(segment: Segment) -> NDArray[np.int64]:
    """The shape of each formula of a segment: of its two root features the one that is no key."""
    shapes = segment.roots.copy()
    lengths = np.asarray(np.diff(segment.starts), dtype=np.int64)
    of_root = np.repeat(segment.terms & FAMILY == ROOT, lengths)
    docs, features = segment.docs[of_root], np.repeat(segment.terms, lengths)[of_root]
    is_shape = features != segment.roots[docs]
    shapes[docs[is_shape]] = features[is_shape]
    return shapes
