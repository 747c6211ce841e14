"""What answers a query, before it is shown."""

from __future__ import annotations

from blogkit.index.matches import FIELD_WEIGHTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogkit.index.matches import SectionMatch
    from blogkit.search.asked import Asked
    from blogkit.search.fusion import Fusion
    from blogkit.search.query import Ignored


class Found:
    """What answers a query: sections in order, and what made them answer.

    Args:
        matches: the sections to show, best first; as many as were wanted, or all.
        total: how many there are in all.
        asked: what was asked of the index.
        fields: the fields that were searched, with their weights.
        fusion: how words and formulas were joined; None where there are only words.
        ignored: parts of the query that could not be used.
    """

    __slots__ = ("asked", "fields", "fusion", "ignored", "matches", "total")

    def __init__(
        self,
        matches: list[SectionMatch],
        total: int,
        asked: Asked,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        fusion: Fusion | None = None,
        ignored: tuple[Ignored, ...] = (),
    ) -> None:
        self.matches = matches
        self.total = total
        self.asked = asked
        self.fields = fields
        self.fusion = fusion
        self.ignored = ignored
