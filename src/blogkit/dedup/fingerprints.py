"""Fingerprints of a text: few numbers, of which two copies share some.

Shingles are all runs of eight characters of the squeezed text, hashed to 64 bits. Fingerprints are
the shingles that winnowing keeps: any passage of 31 characters that two texts share gives them a
fingerprint in common, however long either text is. So a table from fingerprints to posts finds
edited copies and excerpts alike, grows with the text, and takes new posts one at a time.

Source: Broder, On the resemblance and containment of documents (1997); Schleimer, Wilkerson,
Aiken, Winnowing: local algorithms for document fingerprinting (2003).
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Hashes: TypeAlias = npt.NDArray[np.uint64]

SHINGLE_CHARS = 8
WINDOW_SHINGLES = 24

_BASE = 0x9E3779B97F4A7C15
_POWERS = [pow(_BASE, power, 1 << 64) for power in range(SHINGLE_CHARS)]


def shingles(squeezed: str) -> Hashes:
    """Hashes of all runs of SHINGLE_CHARS characters, in order; of a shorter text, of all of it.

    Args:
        squeezed: a text as ``squeeze`` gives it.

    Cost: about 10 ns a character.
    """
    data = squeezed.encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(data, dtype=np.uint32).astype(np.uint64)
    if len(codes) < SHINGLE_CHARS:
        codes = np.pad(codes, (0, SHINGLE_CHARS - len(codes)))
    count = len(codes) - SHINGLE_CHARS + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset, power in enumerate(_POWERS):
        hashes += codes[offset : offset + count] * np.uint64(power)
    return _mix(hashes)


def _mix(hashes: Hashes) -> Hashes:
    """Spread every bit over all (the finalizer of SplitMix64; Steele, Lea, Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    hashes ^= hashes >> np.uint64(31)
    return hashes


def winnow(hashes: Hashes) -> Hashes:
    """The least hash of every window of WINDOW_SHINGLES, each once, sorted."""
    if len(hashes) <= WINDOW_SHINGLES:
        return np.sort(hashes)[:1]
    least, width = hashes, 1
    while width < WINDOW_SHINGLES:  # the least of each window so wide, of two narrower ones
        more = min(width, WINDOW_SHINGLES - width)
        least, width = np.minimum(least[:-more], least[more:]), width + more
    return distinct(_of_runs(least))


def distinct(hashes: Hashes) -> Hashes:
    """The set of some hashes, sorted; NumPy's ``unique`` takes four times as long."""
    return _of_runs(np.sort(hashes))


def _of_runs(hashes: Hashes) -> Hashes:
    """One of each run of equal neighbours."""
    first = np.ones(len(hashes), dtype=bool)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    return hashes[first]
