"""How like two posts are, and whether that makes them copies of one."""

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

from blogkit.addresses import address_key
from blogkit.dedup.bare import bare
from blogkit.dedup.fingerprints import Hashes, shingles, winnow
from blogkit.posts import Post
from blogkit.text.normalize import collapse_space, squeeze

LikenessKind = Literal["exact", "edited", "excerpt"]

EDITED_RESEMBLANCE = 0.5
"""Least share of common shingles among all (Jaccard) of an edited copy."""
EXCERPT_CONTAINMENT = 0.75
"""Least share of the shorter text's shingles that the longer holds."""
SHORT_TEXT_CHARS = 50
"""Texts shorter than this say too little: their titles must be alike too."""

AT_ONE_ADDRESS = 0.5
"""Of texts at one address so much of the likeness above is enough: one was rewritten since."""
FINGERPRINTS_VERSION = 1
"""Grows when fingerprints, digests or keys of addresses are made another way: libraries make
those that they hold anew."""

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


class ComparedText:
    """What of a post decides whether it is a copy; its shingles are made once, when asked for.

    An address alone proves nothing: a list has one for many posts. With a likeness it does.
    """

    def __init__(self, post: Post) -> None:
        is_short = len(post.text) < SHORT_TEXT_CHARS
        self.text = f"{post.title}\n{post.text}" if is_short else post.text
        self.address = address_key(post.address) if post.address else None
        self._squeezed: str | None = None
        self._in_order: Hashes | None = None
        self._set: Hashes | None = None
        self._fingerprints: list[int] | None = None

    @property
    def squeezed(self) -> str:
        """What is compared: the text folded, without white space."""
        if self._squeezed is None:
            self._squeezed = squeeze(self.text)
        return self._squeezed

    @property
    def shingles(self) -> Hashes:
        """The set of shingles, sorted."""
        if self._set is None:
            self._set = np.unique(self._all_shingles())
        return self._set

    def digest(self) -> bytes:
        """Equal for texts that differ in white space alone."""
        text = collapse_space(self.text)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]

    def fingerprints(self) -> list[int]:
        """The winnowed shingles, as SQLite takes them: signed 64-bit numbers."""
        if self._fingerprints is None:
            self._fingerprints = winnow(self._all_shingles()).view(np.int64).tolist()
        return self._fingerprints

    def _all_shingles(self) -> Hashes:
        if self._in_order is None:
            self._in_order = shingles(bare(self.squeezed))
        return self._in_order


def compare(first: ComparedText, second: ComparedText) -> Likeness | None:
    """How two texts are copies of each other; None if they are not.

    >>> texts = "梯度裁剪 能加速", "梯度裁剪  能加速"
    >>> compare(*(ComparedText(Post(title="甲", text=text)) for text in texts))
    Likeness(kind='exact', similarity=1.0)
    """
    if collapse_space(first.text) == collapse_space(second.text):
        return Likeness("exact", 1.0)
    resemblance, containment = overlap(first.shingles, second.shingles)
    is_one_address = first.address is not None and first.address == second.address
    share = AT_ONE_ADDRESS if is_one_address else 1.0
    if resemblance >= EDITED_RESEMBLANCE * share:
        return Likeness("edited", round(resemblance, 4))
    says_enough = is_one_address or min(len(first.text), len(second.text)) >= SHORT_TEXT_CHARS
    if containment >= EXCERPT_CONTAINMENT * share and says_enough:
        return Likeness("excerpt", round(containment, 4))
    return None


def overlap(first: Hashes, second: Hashes) -> tuple[float, float]:
    """Resemblance |A∩B| / |A∪B| and containment |A∩B| / min(|A|, |B|) of two sets of shingles.

    Source: Broder (1997), sections 2 and 3.
    """
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common), common / min(len(first), len(second))
