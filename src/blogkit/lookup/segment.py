"""A segment of the formula index: postings, terms and texts of some formulas in flat arrays.

It exists so that an index is built once, written as plain arrays and mapped into memory by the
next process, which pays for the pages that its query touches only. A segment never changes;
the index above it adds segments and forgets formulas. Formulas that are written alike are one,
under several ids: most formulas of a post stand elsewhere too. Numbers are as short as the largest
of an array. Imports NumPy, `formula.keys` and `terms`.
"""

from __future__ import annotations

import os
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from blogkit.lookup.keys import FAMILIES, root_key, stored_features
from blogkit.lookup.normal.terms import Term
from blogkit.results.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    from numpy.typing import NDArray

ARRAYS = (
    "terms", "starts", "docs", "counts", "families", "labels", "kids", "spans", "offsets",
    "texts", "text_offsets", "named", "ids", "id_offsets", "vocabulary", "roots",
)  # fmt: skip

_HEAD_BYTES = 8
"""Of an id, by which its owner is looked for before its text is read."""
MOST_COUNTED = 255
"""Occurrences of a feature in one formula that count."""


@record
class Segment:
    """Formulas and their postings; number n is the n-th formula."""

    terms: NDArray[np.int64]
    """Features that occur, ascending."""
    starts: NDArray[np.unsignedinteger]
    """Where the postings of each begin; one more at the end."""
    docs: NDArray[np.unsignedinteger]
    """Formulas that have the feature, ascending."""
    counts: NDArray[np.uint8]
    """How often each has it, at most 255."""
    families: NDArray[np.unsignedinteger]
    """Formula by family: how many features it has."""
    labels: NDArray[np.unsignedinteger]
    """Labels of the nodes of all terms, parents first, as numbers of `vocabulary`."""
    kids: NDArray[np.unsignedinteger]
    """How many parts each node has."""
    spans: NDArray[np.unsignedinteger]
    """Node by (start, end)."""
    offsets: NDArray[np.unsignedinteger]
    """Where the nodes of each formula begin; one more at the end."""
    texts: NDArray[np.uint8]
    """LaTeX of all formulas, UTF-8."""
    text_offsets: NDArray[np.unsignedinteger]
    """Where each begins; one more at the end."""
    named: NDArray[np.unsignedinteger]
    """Where the ids of each formula begin, counted in ids; one more at the end."""
    ids: NDArray[np.uint8]
    """All ids, those of the first formula first, UTF-8."""
    id_offsets: NDArray[np.unsignedinteger]
    """Where each begins; one more at the end."""
    vocabulary: NDArray[np.uint8]
    """The labels, UTF-8, with a line feed after each."""
    roots: NDArray[np.int64]
    """Root key of each formula: the same for equal ones."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def postings(self, feature: int) -> tuple[NDArray[np.unsignedinteger], NDArray[np.uint8]]:
        """Formulas with a feature, and how often they have it."""
        at = int(np.searchsorted(self.terms, feature))
        if at == len(self.terms) or self.terms[at] != feature:
            return self.docs[:0], self.counts[:0]
        begin, end = int(self.starts[at]), int(self.starts[at + 1])
        return self.docs[begin:end], self.counts[begin:end]

    def latex(self, number: int) -> str:
        """Source of a formula."""
        return _text(self.texts, self.text_offsets, number)

    def ids_of(self, number: int, gone: NDArray[np.bool_]) -> list[str]:
        """The ids of a formula that are not gone."""
        first, end = int(self.named[number]), int(self.named[number + 1])
        return [self.id(place) for place in range(first, end) if not gone[place]]

    def without_ids(self, gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether each formula has lost all its ids."""
        if not gone.any():
            return np.zeros(len(self), dtype=bool)
        return np.logical_and.reduceat(gone, self.named[:-1].astype(np.int64))

    def id(self, place: int) -> str:
        """An id by its place."""
        return _text(self.ids, self.id_offsets, place)

    def all_ids(self) -> list[str]:
        """All ids by their places."""
        text = self.ids.tobytes().decode("utf-8", "surrogatepass")
        if not text.isascii():
            return [self.id(place) for place in range(len(self.id_offsets) - 1)]
        return [text[start:end] for start, end in pairwise(self.id_offsets.tolist())]

    def places_of(self, owners: Collection[str]) -> NDArray[np.int64]:
        """The places of the ids that begin with one of some owners and `#`, ascending.

        Cost: a few passes over all ids as arrays, none of which is made a text but those found.
        """
        starts = self.id_offsets[:-1].astype(np.int64)
        lengths = np.diff(self.id_offsets)
        heads = np.zeros(len(starts), dtype=np.uint64)
        is_head = np.ones(len(starts), dtype=bool)
        for at in range(_HEAD_BYTES):
            is_head &= at < lengths
            letters = self.ids[np.where(is_head, starts + at, 0)] if is_head.any() else heads
            is_head &= letters != ord("#")
            heads = np.where(is_head, heads * np.uint64(256) + letters, heads)
        wanted = [owner.encode("utf-8", "surrogatepass")[:_HEAD_BYTES] for owner in owners]
        numbers = np.array([int.from_bytes(head) for head in wanted], dtype=np.uint64)
        likely = np.flatnonzero(np.isin(heads, numbers))
        is_owned = [self.id(place).partition("#")[0] in owners for place in likely.tolist()]
        found: NDArray[np.int64] = likely[np.array(is_owned, dtype=bool)]
        return found

    def label_table(self) -> list[str]:
        """The labels by number."""
        return self.vocabulary.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]

    def term(
        self, number: int, table: list[str], renaming: Mapping[str, str] | None = None
    ) -> Term:
        """The term of a formula, made again from its arrays.

        Args:
            number: which formula.
            table: the labels by number, as `label_table` gives them.
            renaming: labels that are to be other ones.
        """
        begin, end = int(self.offsets[number]), int(self.offsets[number + 1])
        labels = self.labels[begin:end].tolist()
        kids = self.kids[begin:end].tolist()
        spans = self.spans[begin:end].tolist()
        stack: list[Term] = []
        for at in range(end - begin - 1, -1, -1):
            count = kids[at]
            parts = stack[: -count - 1 : -1] if count else ()
            if count:
                del stack[-count:]
            start, stop = spans[at]
            label = table[labels[at]]
            if renaming:
                label = renaming.get(label, label)
            stack.append(Term(label, parts, start, stop))
        return stack[0]

    def write(self, folder: str, prefix: str) -> None:
        """Write each array as `PREFIX.NAME.npy`."""
        for name in ARRAYS:
            np.save(_path(folder, prefix, name), getattr(self, name), allow_pickle=False)

    @classmethod
    def read(cls, folder: str, prefix: str) -> Segment:
        """Map a written segment into memory."""
        return cls(**{name: _mapped(_path(folder, prefix, name)) for name in ARRAYS})


def _path(folder: str, prefix: str, name: str) -> str:
    """Where an array lies."""
    return os.path.join(folder, f"{prefix}.{name}.npy")


def _mapped(path: str) -> Any:
    """An array on disk; NumPy can't map empty ones, so those are read."""
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except ValueError:
        return np.load(path, allow_pickle=False)


def _text(blob: NDArray[np.uint8], offsets: NDArray[np.unsignedinteger], number: int) -> str:
    part = blob[int(offsets[number]) : int(offsets[number + 1])]
    return part.tobytes().decode("utf-8", "surrogatepass")


class SegmentBuilder:
    """Collects formulas, then sorts their postings."""

    def __init__(self) -> None:
        self._features = array("q")
        self._lengths = array("q")
        self._labels = array("i")
        self._kids = array("i")
        self._spans = array("i")
        self._offsets = array("q", [0])
        self._numbers: dict[str, int] = {}
        self._texts: list[bytes] = []
        self._ids: list[list[str]] = []
        self._roots = array("q")
        self._known: dict[tuple[str, int], int] = {}

    def add(self, latex: str, term: Term) -> int:
        """A formula's number; those that are written and read alike are one."""
        root = root_key(term)
        known = self._known.setdefault((latex, root), len(self._known))
        if known == len(self._ids):
            self._add(latex, term, root)
        return known

    def name(self, number: int, formula_id: str) -> None:
        """Give a formula an id more."""
        self._ids[number].append(formula_id)

    def _add(self, latex: str, term: Term, root: int) -> None:
        found = stored_features(term)
        self._features.extend(found)
        self._lengths.append(len(found))
        numbers = self._numbers
        for node in term.walk():
            self._labels.append(numbers.setdefault(node.label, len(numbers)))
            self._kids.append(len(node.kids))
            self._spans.append(node.start)
            self._spans.append(node.end)
        self._offsets.append(len(self._labels))
        self._texts.append(latex.encode("utf-8", "surrogatepass"))
        self._ids.append([])
        self._roots.append(root)

    def segment(self) -> Segment:
        """The segment of what was added and named."""
        found = np.frombuffer(self._features, dtype=np.int64) if self._features else _NO_LONGS
        lengths = np.array(self._lengths, dtype=np.int64)
        docs = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        families = _family_counts(found, docs, len(lengths))
        terms, starts, docs, counts = _postings(found, docs)
        text_blob, text_offsets = _blob(self._texts)
        named = np.cumsum([0, *map(len, self._ids)], dtype=np.int64)
        id_blob, id_offsets = _blob(
            formula_id.encode("utf-8", "surrogatepass") for ids in self._ids for formula_id in ids
        )
        words = "".join(f"{label}\n" for label in self._numbers).encode("utf-8", "surrogatepass")
        return Segment(
            terms, _short(starts), _short(docs), counts, _short(families),
            _short(self._labels), _short(self._kids), _short(self._spans).reshape(-1, 2),
            _short(self._offsets), text_blob, _short(text_offsets), _short(named), id_blob,
            _short(id_offsets), np.frombuffer(words, dtype=np.uint8),
            np.array(self._roots, dtype=np.int64),
        )  # fmt: skip


_NO_LONGS = np.zeros(0, dtype=np.int64)


def _short(numbers: array[int] | NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    """Numbers, none of them negative, in as few bytes each as the largest takes."""
    found = np.asarray(numbers)
    return found.astype(np.min_scalar_type(int(found.max(initial=0))))


def _family_counts(
    found: NDArray[np.int64], docs: NDArray[np.int32], size: int
) -> NDArray[np.int64]:
    places = docs.astype(np.int64) * 8 + (found & 7)
    counted = np.bincount(places, minlength=size * 8).reshape(size, 8)
    return counted[:, :FAMILIES]


def _postings(
    found: NDArray[np.int64], docs: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]:
    """Features with the formulas that have them, each once, and how often."""
    order = np.argsort(found, kind="stable")
    found, docs = found[order], docs[order]
    fresh = np.ones(len(found), dtype=bool)
    fresh[1:] = (found[1:] != found[:-1]) | (docs[1:] != docs[:-1])
    places = np.flatnonzero(fresh)
    counts = np.minimum(np.diff(np.append(places, len(found))), MOST_COUNTED).astype(np.uint8)
    found, docs = found[places], docs[places]
    terms, starts = np.unique(found, return_index=True)
    return terms, np.append(starts, len(found)).astype(np.int64), docs, counts


def _blob(texts: Iterable[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    listed = list(texts)
    offsets = np.zeros(len(listed) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in listed], out=offsets[1:])
    return np.frombuffer(b"".join(listed), dtype=np.uint8), offsets


def weights_vector(weights: Mapping[int, float]) -> NDArray[np.float32]:
    """Weights by family as a vector."""
    return np.array([weights.get(family, 0.0) for family in range(FAMILIES)], dtype=np.float32)
