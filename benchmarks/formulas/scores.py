"""Figures from rankings; pure functions.

ARQMath's protocol: a formula nobody judged counts as not relevant and keeps its place in the
ranking. A topic without a formula of the grade asked for is left out of the mean.
"""

import math
from collections.abc import Iterable, Sequence, Set


def reciprocal_rank(ranking: Sequence[str], relevant: Set[str]) -> float:
    """1 / rank of the first relevant id, 0.0 where none is in the ranking."""
    ranks = (rank for rank, item in enumerate(ranking, 1) if item in relevant)
    return 1 / next(ranks, math.inf)


def recall(ranking: Sequence[str], relevant: Set[str], depth: int) -> float:
    """Share of `relevant` (not empty) among the first `depth` ids."""
    return len(relevant & set(ranking[:depth])) / len(relevant)


def is_deceived(ranking: Sequence[str], true_ids: Set[str], false_ids: Set[str]) -> bool:
    """Whether some false id stands before every true one; an id not found stands last."""
    for item in ranking:
        if item in true_ids:
            return False
        if item in false_ids:
            return True
    return False


def mean(values: Iterable[float]) -> float:
    """Arithmetic mean; NaN of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else math.nan


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values don't exceed; NaN of nothing."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
