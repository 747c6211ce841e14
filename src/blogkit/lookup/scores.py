"""The first look: how much every formula of a segment has in common with a pattern.

It reads postings only, so that a look-up over all formulas costs a few milliseconds; what it finds
best is looked at closely by `formula_rank`. Imports NumPy, `formula.keys` and the segment.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from blogkit.lookup.keys import (
    EDGE,
    LABEL,
    NEIGHBOURS,
    PATH,
    ROOT,
    SHAPE,
    TREE,
    features,
    label_feature,
)
from blogkit.lookup.segment import MOST_COUNTED, weights_vector
from blogkit.results.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from blogkit.lookup.pattern import Pattern
    from blogkit.lookup.segment import Segment

WEIGHTS = {LABEL: 1.0, EDGE: 1.0, PATH: 0.3, NEIGHBOURS: 0.5, TREE: 0.25, SHAPE: 0.25, ROOT: 0.5}
"""What a feature counts, by family."""
RARITY = 0.5
"""How much a rare feature counts more; 0 is not at all, 1 as much as BM25 has it."""
UNSAID = 0.15
"""What a feature counts that the formula has and a pattern with wildcards does not."""


@record
class Scores:
    """One number for each formula of a segment."""

    similarity: NDArray[np.float32]
    """Weighted share of features in common, 0 to 1: Dice's coefficient, or, of a pattern with
    wildcards, Tversky's, which forgives the formula what the pattern leaves open."""
    names: NDArray[np.int32]
    """How many of the pattern's symbols it has."""
    signs: NDArray[np.int32]
    """How many of those that no renaming changes."""
    needed_names: int
    """Symbols of the pattern."""
    needed_signs: int
    """Those of them that no renaming changes."""
    counts: dict[int, int]
    """The pattern's features and how often it has each."""
    worth: dict[int, float]
    """What each of them counts."""
    weight: float
    """Of the whole pattern."""
    unsaid: float
    """What a feature counts that only the formula has."""

    def similarity_of(self, found: Iterable[int]) -> float:
        """The similarity of a formula with these features."""
        common = weight = 0.0
        for feature, count in Counter(found).items():
            weight += WEIGHTS[feature & 7] * count
            wanted = self.counts.get(feature, 0)
            if wanted:
                common += self.worth[feature] * min(count, wanted)
        missing = (1 - self.unsaid) * self.weight + self.unsaid * weight
        return common / missing if missing else 0.0


def scores(segment: Segment, pattern: Pattern, largest: Segment) -> Scores:
    """The scores of all formulas of a segment.

    Args:
        segment: the formulas.
        pattern: what they are compared to.
        largest: the segment that says what is rare, the same for all segments of an index.
    """
    size = len(segment)
    common = np.zeros(size, dtype=np.float32)
    names = np.zeros(size, dtype=np.int32)
    signs = np.zeros(size, dtype=np.int32)
    variables = _variables(pattern)
    needed_names = needed_signs = 0
    weight_of_pattern = 0.0
    wanted = dict(Counter(features(pattern.term)))
    worth: dict[int, float] = {}
    for feature, count in wanted.items():
        docs, counts = segment.postings(feature)
        family = feature & 7
        weight = WEIGHTS[family]
        weight_of_pattern += weight * count
        shared = np.minimum(counts, min(count, MOST_COUNTED))
        worth[feature] = weight * _rarity(len(largest.postings(feature)[0]), len(largest))
        common[docs] += np.float32(worth[feature]) * shared
        if family == LABEL:
            needed_names += min(count, MOST_COUNTED)
            names[docs] += shared
            if feature not in variables:
                needed_signs += min(count, MOST_COUNTED)
                signs[docs] += shared
    weight_of_formulas = segment.families @ weights_vector(WEIGHTS)
    unsaid = UNSAID if pattern.has_wildcards else 0.5
    missing = (1 - unsaid) * weight_of_pattern + unsaid * weight_of_formulas
    similarity = common / np.maximum(missing, np.float32(1e-6))
    return Scores(
        similarity,
        names,
        signs,
        needed_names,
        needed_signs,
        wanted,
        worth,
        weight_of_pattern,
        unsaid,
    )


def _rarity(holding: int, size: int) -> float:
    """1 for what a single formula has, less for what is common."""
    if not holding:
        return 1.0
    share = math.log(1 + size / holding) / math.log(1 + size)
    return float(share**RARITY)


def _variables(pattern: Pattern) -> set[int]:
    labels = {part.label for part in pattern.term.walk()}
    return {label_feature(label) for label in labels if label[:2] in ("v:", "f:")}
