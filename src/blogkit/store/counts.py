"""How much a database holds, in one look."""

from dataclasses import dataclass

from blogkit.store.database import Database

_COUNTS = (
    "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM sections),"
    " (SELECT count(*) FROM formulas), (SELECT count(*) FROM sources)"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is, by kind."""

    posts: int
    """Merged posts."""
    sections: int
    """Their sections."""
    formulas: int
    """Their formulas."""
    sources: int
    """Files, programs' posts and standard inputs that were added."""


def count_all(database: Database) -> Counts:
    """The counts at one moment."""
    return Counts(*database.connection.execute(_COUNTS).fetchone())
