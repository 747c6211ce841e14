"""What the screens ask: the facades of one library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blogkit.notes import Notes
from blogkit.study import Study

if TYPE_CHECKING:
    from blogkit.library.facade import Library


@dataclass(frozen=True)
class Desk:
    """A library with what studies it and what is noted of it, all used by one thread."""

    library: Library
    """The library."""
    study: Study = field(init=False)
    """Cards and the reading list."""
    notes: Notes = field(init=False)
    """The reader's own notes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "study", Study(self.library))
        object.__setattr__(self, "notes", Notes(self.library))
