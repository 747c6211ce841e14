"""The seal of an index folder: what its files held when they were written.

A byte that changes in an index would change answers without a word. The seal has size, time and
CRC-32 of each file. A file of the same size and time is taken as it is, which costs next to nothing
when a search opens the index; any other is read and compared. ``is_whole`` with ``thorough`` reads
all of them: what no program wrote, such as a failing disk, leaves the time as it was.
"""

from __future__ import annotations

import os
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Seal = Mapping[str, list[int]]

_CHUNK_BYTES = 1 << 20


def seal(folder: str, names: Iterable[str], known: Seal | None = None) -> dict[str, list[int]]:
    """Size in bytes, time in nanoseconds and CRC-32 of files, by name.

    Args:
        folder: where they lie.
        names: the files.
        known: an earlier seal; a file of the same size and time is not read again.
    """
    found = {}
    for name in names:
        path = os.path.join(folder, name)
        size, time = _size_and_time(path)
        before = known.get(name) if known else None
        if before and before[:2] == [size, time]:
            found[name] = before
        else:
            found[name] = [size, time, _crc(path)]
    return found


def is_whole(folder: str, sealed: Seal, *, thorough: bool = False) -> bool:
    """Whether all files of a seal are there and hold what they held.

    Args:
        folder: where they lie.
        sealed: their seal.
        thorough: whether files of the same size and time are read too.
    """
    try:
        return all(_is_same(os.path.join(folder, name), sealed[name], thorough) for name in sealed)
    except (OSError, ValueError):
        return False


def _is_same(path: str, sealed: list[int], thorough: bool) -> bool:
    size, time, crc = sealed
    found = _size_and_time(path)
    if found == (size, time) and not thorough:
        return True
    return found[0] == size and _crc(path) == crc


def _size_and_time(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def _crc(path: str) -> int:
    crc = 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            crc = zlib.crc32(chunk, crc)
    return crc
