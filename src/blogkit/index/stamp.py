"""The stamp in an index folder: which state of which library the index reflects."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

_STAMP = "blogkit.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state an index reflects."""

    library: str
    """Identity of the library."""
    generation: int
    """Generation of the library."""
    version: int
    """Version of what made it: of the analyzer, or of the formula index."""


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
        json.dump(asdict(stamp), file)
    os.replace(part, path)
