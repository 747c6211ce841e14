"""The stamp in an index folder: which state of which library the index reflects."""

from __future__ import annotations

import json
import os

_STAMP = "blogkit.json"


class Stamp:
    """Which state an index reflects.

    Args:
        library: identity of the library.
        generation: generation of the library.
        version: version of what made it: of the analyzer, or of the formula index.
    """

    __slots__ = ("generation", "library", "version")

    def __init__(self, library: str, generation: int, version: int) -> None:
        self.library = library
        self.generation = generation
        self.version = version

    def to_dict(self) -> dict[str, str | int]:
        """The stamp as its file has it."""
        return {
            "library": self.library,
            "generation": self.generation,
            "version": self.version,
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stamp) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]


def read_stamp(folder: str) -> Stamp | None:
    """The stamp in an index folder; None where there is no whole one."""
    try:
        with open(os.path.join(folder, _STAMP), encoding="utf-8") as file:
            return Stamp(**json.load(file))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(folder: str, stamp: Stamp) -> None:
    """Put a stamp into an index folder, in one step."""
    path = os.path.join(folder, _STAMP)
    part = f"{path}.{os.getpid()}.part"
    with open(part, "w", encoding="utf-8") as file:
        json.dump(stamp.to_dict(), file)
    os.replace(part, path)
