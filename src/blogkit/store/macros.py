"""What formulas of a post define, read by itself, so that a search loads nothing of the rest."""

from __future__ import annotations

from blogkit.macros import definitions_after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.store.database import Database

MAY_DEFINE = " OR ".join(
    f"instr(latex, '{part}')" for part in ("def", "let", "command", "DeclareMathOperator")
)
"""SQL for whether a formula may define something, so that few are read."""


def definitions_at(database: Database, post: int, offset: int | None) -> str:
    """What the formulas of a post define that stand before an offset of its text, or all."""
    if offset is None:
        return defined(database, "post = ?", post)
    return defined(database, "post = ? AND start < ?", post, offset)


def defined(database: Database, where: str, *values: int) -> str:
    """What some formulas of a post define.

    Args:
        database: where they are.
        where: SQL that says which.
        values: what stands for the question marks in it.
    """
    rows = database.connection.execute(
        f"SELECT latex FROM formulas WHERE {where} AND ({MAY_DEFINE}) ORDER BY number", values
    )
    known = ""
    for (latex,) in rows:
        known = definitions_after(known, latex)
    return known
