"""Dates of posts, of which a dump often keeps only a part. Imports only ``records``."""

from __future__ import annotations

from blogkit.results.records import record
from blogkit.results.shown import AsJson


@record
class PostDate(AsJson):
    """A date as far as it is known; what is not known is None, never guessed."""

    year: int | None = None
    """Year, such as 2020."""
    month: int | None = None
    """Month, 1 to 12."""
    day: int | None = None
    """Day of the month, 1 to 31."""

    def __bool__(self) -> bool:
        return self != PostDate()

    def agrees(self, other: PostDate) -> bool:
        """Whether nothing that both know contradicts.

        >>> PostDate(None, 6, 5).agrees(PostDate(2020, 6, 5)), PostDate(2020).agrees(PostDate(2021))
        (True, False)
        """
        pairs = zip(
            (self.year, self.month, self.day), (other.year, other.month, other.day), strict=True
        )
        return all(a is None or b is None or a == b for a, b in pairs)

    def __str__(self) -> str:
        parts = (self.year, self.month, self.day)
        return "-".join("--" if part is None else f"{part:02}" for part in parts) if self else ""


UNDATED = PostDate()
"""The date of a post of which none is known."""
