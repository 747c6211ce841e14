"""What a look-up gives: frozen records that print as the JSON of the interface.

Imports `blogkit.spans` and `blogkit.latex` for problems, nothing of the index.
"""

from typing import Literal

from blogkit.latex import Problem
from blogkit.results.records import record
from blogkit.results.shown import Rows, ShownFormula
from blogkit.spans import Span

MatchKind = Literal["exact", "renamed", "part", "similar"]
"""How well a formula answers a pattern, best first."""


@record
class FormulaHit(ShownFormula):
    """One formula that answers."""

    _shown = ("rank", "match", "id", "latex")
    _json = (
        "id",
        "latex",
        "rank",
        "score",
        "match",
        "matched_span",
        "bindings",
    )

    id: str
    """As it was given to the index."""
    latex: str
    """Its source."""
    rank: int
    """From 1."""
    score: float
    """4 and more for exact, 3 renamed, 2 part; below 2 similar. Comparable within one answer."""
    match: MatchKind
    """How it answers."""
    matched_span: Span
    """What answers, in its source; for similar ones the largest part in common, else all."""
    bindings: dict[str, str]
    """Wildcard as typed -> LaTeX of what it stands for."""
    equals: tuple[str, ...] = ()
    """Ids of further formulas that say the same, where equal ones are one hit."""


@record
class FormulaHits(Rows[FormulaHit]):
    """The answer to one pattern, or a page of it."""

    _rows = "hits"
    _is_whole = True
    _json = (
        "pattern",
        "total",
        "hits",
        "problems",
    )

    pattern: str
    """As typed."""
    total: int
    """Formulas that match: exact, renamed or in part; where none does, the similar ones that
    answer, a hundred at most. Equal ones count once where they are one hit."""
    hits: tuple[FormulaHit, ...]
    """Those of this page, best first; equal scores in the order of the index."""
    problems: tuple[Problem, ...]
    """What is wrong with the pattern."""
    is_complete: bool = True
    """Whether all formulas were looked at that might match; else there may be more than ``total``,
    which later pages look at."""
    words: tuple[str, ...] = ()
    """The words of the pattern, where it was taken for words; formulas that name them answer."""
