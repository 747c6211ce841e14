"""What a library or a corpus says of formulas, as frozen dataclasses that are also JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blogkit.index.formula_hits import FormulaHits as IndexHits
    from blogkit.index.formula_hits import MatchKind
    from blogkit.latex import Problem
    from blogkit.store.formulas import PostFormula

_LABEL_SCORE = 5.0
"""Above all that the formula index gives."""


@dataclass(frozen=True, slots=True)
class FormulaHit:
    """A formula of the library that answers a pattern."""

    formula: PostFormula
    """The formula and its place."""
    rank: int
    """Its place among the hits, from 1."""
    score: float
    """Comparable within one answer; the greater the better."""
    match: MatchKind
    """How it answers: ``exact``, ``renamed``, ``part`` or ``similar``."""
    matched_span: Span
    """What answers, in its LaTeX."""
    bindings: dict[str, str]
    """What each wildcard of the pattern stands for."""

    def to_dict(self) -> dict[str, object]:
        """The hit as JSON has it."""
        return {
            **self.formula.to_dict(),
            "rank": self.rank,
            "score": round(self.score, 6),
            "match": self.match,
            "matched_span": [self.matched_span.start, self.matched_span.end],
            "bindings": dict(self.bindings),
        }


@dataclass(frozen=True, slots=True)
class FormulaHits:
    """The formulas of the library that answer a pattern, best first."""

    pattern: str
    """The pattern, as it was given."""
    total: int
    """How many have anything in common with it."""
    hits: tuple[FormulaHit, ...]
    """Those asked for."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the pattern."""

    def __iter__(self) -> Iterator[FormulaHit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def to_dict(self) -> dict[str, object]:
        """The hits as JSON has them."""
        return {
            "schema": 1,
            "pattern": self.pattern,
            "total": self.total,
            "hits": [hit.to_dict() for hit in self.hits],
            "problems": [problem.to_dict() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Formulas:
    """Formulas in the order of their posts."""

    formulas: tuple[PostFormula, ...]
    """Those asked for."""
    total: int
    """How many there are in all."""

    def __iter__(self) -> Iterator[PostFormula]:
        return iter(self.formulas)

    def __len__(self) -> int:
        return len(self.formulas)

    def to_dict(self) -> dict[str, object]:
        """The list as JSON has it."""
        formulas = [formula.to_dict() for formula in self.formulas]
        return {"schema": 1, "total": self.total, "formulas": formulas}


@dataclass(frozen=True, slots=True)
class Concordance:
    """One formula: its place, its sentence, and where else it occurs."""

    formula: PostFormula
    """The formula."""
    title: str
    """Title of its post."""
    sentence: str
    """The sentence around it, the formula whole."""
    others: tuple[FormulaHit, ...]
    """The same formula, or the same in other letters, elsewhere; oldest known first."""
    titles: dict[str, str]
    """Title of each post among the others, by id."""

    def to_dict(self) -> dict[str, object]:
        """The concordance as JSON has it."""
        others = [
            {**hit.to_dict(), "title": self.titles[hit.formula.post_id]} for hit in self.others
        ]
        return {
            "schema": 1,
            **self.formula.to_dict(),
            "title": self.title,
            "sentence": self.sentence,
            "others": others,
        }


def label_hits(
    pattern: str, bearers: Sequence[PostFormula], *, limit: int, offset: int
) -> FormulaHits:
    """The formulas that bear a label, as hits for it."""
    hits = [
        FormulaHit(formula, rank, _LABEL_SCORE, "exact", Span(0, len(formula.latex)), {})
        for rank, formula in enumerate(bearers, start=1)
    ]
    return FormulaHits(pattern, len(hits), tuple(hits[offset : offset + limit]))


def placed_hits(found: IndexHits, by_key: Callable[[str], PostFormula]) -> FormulaHits:
    """The hits of a formula index, with their places."""
    hits = [
        FormulaHit(by_key(h.id), h.rank, h.score, h.match, h.matched_span, h.bindings)
        for h in found
    ]
    return FormulaHits(found.pattern, found.total, tuple(hits), found.problems)
