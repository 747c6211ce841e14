"""How like two posts are, and whether that makes them copies of one."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from blogkit.dedup.fingerprints import Hashes, shingles
from blogkit.posts import Post
from blogkit.text.normalize import collapse_space

LikenessKind = Literal["exact", "edited", "excerpt"]

EDITED_RESEMBLANCE = 0.5
"""Least share of common shingles among all (Jaccard) of an edited copy."""
EXCERPT_CONTAINMENT = 0.75
"""Least share of the shorter text's shingles that the longer holds."""
SHORT_TEXT_CHARS = 50
"""Texts shorter than this say too little: their titles must be alike too."""

_RANK = {"exact": 2, "edited": 1, "excerpt": 0}


@dataclass(frozen=True, slots=True)
class Likeness:
    """That one post is a copy of another."""

    kind: LikenessKind
    """Word for word the same; the same with edits; one holds the other."""
    similarity: float
    """Resemblance, 0 to 1; of an excerpt, containment."""

    @property
    def rank(self) -> tuple[int, float]:
        """Orders likenesses, the closest last."""
        return _RANK[self.kind], self.similarity


def compared_text(post: Post) -> str:
    """What decides whether two posts are copies: the text; of a short text, the title too."""
    return post.text if len(post.text) >= SHORT_TEXT_CHARS else f"{post.title}\n{post.text}"


def compare(first: str, second: str) -> Likeness | None:
    """How two texts are copies of each other; None if they are not.

    >>> compare("梯度裁剪 能加速训练", "梯度裁剪  能加速训练")
    Likeness(kind='exact', similarity=1.0)
    """
    if collapse_space(first) == collapse_space(second):
        return Likeness("exact", 1.0)
    resemblance, containment = overlap(shingles(first), shingles(second))
    if resemblance >= EDITED_RESEMBLANCE:
        return Likeness("edited", round(resemblance, 4))
    shorter = min(len(first), len(second))
    if containment >= EXCERPT_CONTAINMENT and shorter >= SHORT_TEXT_CHARS:
        return Likeness("excerpt", round(containment, 4))
    return None


def overlap(first: Hashes, second: Hashes) -> tuple[float, float]:
    """Resemblance |A∩B| / |A∪B| and containment |A∩B| / min(|A|, |B|) of two shingle sets.

    Source: Broder (1997), sections 2 and 3.
    """
    first, second = np.unique(first), np.unique(second)
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common), common / min(len(first), len(second))
