"""How like two posts are, and whether that makes them copies of one."""

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from blogkit.dedup.bare import bare
from blogkit.dedup.fingerprints import SHINGLE_CHARS, Hashes, distinct, shingles, winnow
from blogkit.dedup.titles import title_relation
from blogkit.posts import Post
from blogkit.text.addresses import address_key
from blogkit.text.normalize import collapse_space, squeeze

LikenessKind = Literal["exact", "edited", "excerpt"]

EDITED_RESEMBLANCE = 0.5
"""Least share of common shingles among all (Jaccard) of an edited copy."""
EXCERPT_CONTAINMENT = 0.75
"""Least share of the shorter text's shingles that the longer holds."""
SHORT_TEXT_CHARS = 50
"""Texts shorter than this say too little: their titles must be alike too."""
PASSAGE_CHARS = 20
"""So many characters in a row that the other text lacks are more than the edit of a word."""
LONG_PASSAGE_CHARS = 80
"""So many are a passage of its own: editions of one chapter have 77 at most on both sides."""

AT_ONE_ADDRESS = 0.5
"""Of texts at one address so much of the likeness above is enough: one was rewritten since."""
FINGERPRINTS_VERSION = 2
"""Grows when fingerprints, digests or keys of addresses are made another way: libraries make
those that they hold anew."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """What two texts must be to be copies, as their titles go together."""

    passages: float
    """Most of each text, as a share, that is in passages of its own."""
    own: float
    """Most of each text, as a share, that is its own, edited words included."""
    longest: int
    """Longest passage that each may have of its own, in characters."""


_ANY = 10**9
_BARS = {
    "alike": _Bar(0.10, 0.20, _ANY),
    "unknown": _Bar(0.10, 0.20, LONG_PASSAGE_CHARS),
    "other date": _Bar(0.025, 0.08, LONG_PASSAGE_CHARS),
    "unlike": _Bar(0.025, 0.08, LONG_PASSAGE_CHARS),
}
"""Chosen on neardup-d2l: of the 329 pairs of editions, each has a text with at most 6 % in passages
of its own (1.8 % where the titles are unlike), whatever the other has more; notes that quote one
text, or fill in one form, each have something of their own."""

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


EXACT = Likeness("exact", 1.0)
"""Word for word the same."""


class ComparedText:
    """What of a post decides whether it is a copy; its shingles are made once, when asked for.

    An address alone proves nothing: a list has one for many posts. With a likeness it does.
    """

    def __init__(self, post: Post) -> None:
        is_short = len(post.text) < SHORT_TEXT_CHARS
        self.text = f"{post.title}\n{post.text}" if is_short else post.text
        self.address = address_key(post.address) if post.address else None
        self.title = post.title if post.title_from == "heading" else None
        self.date = post.date
        self._digest: bytes | None = None
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
            self._set = distinct(self._all_shingles())
        return self._set

    def digest(self) -> bytes:
        """Equal for texts that differ in white space alone."""
        if self._digest is None:
            text = collapse_space(self.text)
            self._digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
        return self._digest

    def fingerprints(self) -> list[int]:
        """The winnowed shingles, as SQLite takes them: signed numbers, of 32 bits.

        So few say enough: what shares some is compared by whole shingles.
        """
        if self._fingerprints is None:
            short = winnow(self._all_shingles()).astype(np.uint32).view(np.int32)
            self._fingerprints = sorted(set(short.tolist()))
        return self._fingerprints

    def own(self, other: "ComparedText") -> "Own":
        """What this text has and the other lacks."""
        runs = uncovered(self._all_shingles(), other.shingles)
        chars = len(self._all_shingles()) + SHINGLE_CHARS - 1
        passages = runs[runs >= PASSAGE_CHARS]
        return Own(
            float(passages.sum()) / chars, float(runs.sum()) / chars, int(runs.max(initial=0))
        )

    def _all_shingles(self) -> Hashes:
        if self._in_order is None:
            self._in_order = shingles(bare(self.squeezed))
        return self._in_order


@dataclass(frozen=True, slots=True)
class Own:
    """What one text has and another lacks."""

    passages: float
    """Share of it in passages of at least PASSAGE_CHARS."""
    all: float
    """Share of it in all."""
    longest: int
    """Longest passage, in characters."""


def uncovered(text: Hashes, other: Hashes) -> npt.NDArray[np.int64]:
    """Lengths of the runs of characters in no shingle that another text has.

    Args:
        text: all shingles of a text, in order.
        other: the set of the other's, sorted.
    """
    covered = np.zeros(len(text) + SHINGLE_CHARS - 1, dtype=bool)
    places = np.minimum(np.searchsorted(other, text), len(other) - 1)
    shared = np.flatnonzero(other[places] == text)
    for offset in range(SHINGLE_CHARS):
        covered[shared + offset] = True
    edges = np.diff(np.concatenate(([0], (~covered).view(np.int8), [0])))
    return np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)


def compare(first: ComparedText, second: ComparedText) -> Likeness | None:
    """How two texts are copies of each other; None if they are not.

    Two texts of which each has passages that the other lacks are two posts, however much they
    quote; how much each may have depends on their titles. Titles of a series are those of two
    posts, whatever the texts: 第一讲 and 第二讲, C and C#.

    >>> texts = "梯度裁剪 能加速", "梯度裁剪  能加速"
    >>> compare(*(ComparedText(Post(title="甲", text=text)) for text in texts))
    Likeness(kind='exact', similarity=1.0)
    """
    relation = _relation(first, second)
    if relation == "series":
        return None
    if collapse_space(first.text) == collapse_space(second.text):
        return EXACT
    resemblance, containment = overlap(first.shingles, second.shingles)
    if relation == "one page":
        return _graded(resemblance, containment, AT_ONE_ADDRESS)
    if min(len(first.text), len(second.text)) < SHORT_TEXT_CHARS:
        containment = 0.0
    likeness = _graded(resemblance, containment, 1.0)
    return likeness if likeness and _is_within(_BARS[relation], first, second) else None


def _graded(resemblance: float, containment: float, share: float) -> Likeness | None:
    if resemblance >= EDITED_RESEMBLANCE * share:
        return Likeness("edited", round(resemblance, 4))
    if containment >= EXCERPT_CONTAINMENT * share:
        return Likeness("excerpt", round(containment, 4))
    return None


def are_of_series(first: ComparedText, second: ComparedText) -> bool:
    """Whether two texts, be they equal, are two posts because their titles count otherwise."""
    return _relation(first, second) == "series"


def _relation(first: ComparedText, second: ComparedText) -> str:
    """How the addresses, titles and dates go together."""
    if first.address is not None and first.address == second.address:
        return "one page"
    if first.title is None or second.title is None:
        return "unknown"
    relation = title_relation(first.title, second.title)
    is_other_date = relation == "alike" and not first.date.agrees(second.date)
    return "other date" if is_other_date else relation


def _is_within(bar: _Bar, first: ComparedText, second: ComparedText) -> bool:
    """Whether one of the texts has no more of its own than the bar lets it have."""
    own = first.own(second), second.own(first)
    return (
        min(one.passages for one in own) <= bar.passages
        and min(one.all for one in own) <= bar.own
        and min(one.longest for one in own) < bar.longest
    )


def overlap(first: Hashes, second: Hashes) -> tuple[float, float]:
    """Resemblance |A∩B| / |A∪B| and containment |A∩B| / min(|A|, |B|) of two sets of shingles.

    Source: Broder (1997), sections 2 and 3.
    """
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common), common / min(len(first), len(second))
