"""Words and formulas of one query, joined into one order by reciprocal ranks.

The scores of BM25 and of the formula index have no common measure; their ranks do. Source:
Cormack, Clarke and Büttcher, Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank
Learning Methods (2009): the score is the sum of 1 / (60 + rank) over the lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from blogkit.index.matches import SectionMatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RANK_OFFSET = 60
"""The constant of the paper, by which the first ranks don't outweigh all others."""


@dataclass(frozen=True, slots=True)
class FormulaMatch:
    """A formula that answers a formula of the query."""

    id: str
    """Its id, ``POST#LABEL`` or ``POST#N``."""
    post: int
    """Number of its post."""
    section: int
    """Its section's place in the post."""
    score: float
    """Its score in the formula index."""
    match: str
    """How it answers: ``exact``, ``renamed``, ``part`` or ``similar``."""
    latex: str
    """Its LaTeX."""


class Fusion:
    """How words and formulas found their sections.

    Args:
        by: ``post`` or ``section``: what is ranked.
        words: what the words found, best first, each place once.
        formulas: what each formula of the query found, best first.
        patterns: LaTeX of each formula of the query.
    """

    def __init__(
        self,
        by: str,
        words: Sequence[SectionMatch],
        formulas: Sequence[Sequence[FormulaMatch]],
        patterns: Sequence[str],
    ) -> None:
        self._by = by
        self.words = {self.place(match): match for match in words}
        self.patterns = patterns
        self._found = formulas
        self.word_ranks = {place: rank for rank, place in enumerate(self.words, 1)}
        self.formula_ranks = [self._ranks(matches) for matches in formulas]

    def place(self, found: SectionMatch | FormulaMatch) -> tuple[int, ...]:
        """What is ranked: the post, or the section."""
        return (found.post,) if self._by == "post" else (found.post, found.section)

    def _ranks(self, matches: Sequence[FormulaMatch]) -> dict[tuple[int, ...], int]:
        """Rank of each place by its best formula; equal scores have equal ranks."""
        best: dict[tuple[int, ...], float] = {}
        for match in matches:
            best.setdefault(self.place(match), match.score)
        ranks: dict[tuple[int, ...], int] = {}
        rank, previous = 0, None
        for number, (place, score) in enumerate(best.items(), 1):
            if score != previous:
                rank, previous = number, score
            ranks[place] = rank
        return ranks

    def ranked(self, allows: Callable[[int, int], bool]) -> list[SectionMatch]:
        """The places in order, each as the section that shows best why it was found."""
        scores = dict.fromkeys(self.words, 0.0)
        for matches in self._found:
            scores.update(
                (self.place(match), 0.0) for match in matches if allows(match.post, match.section)
            )
        for place in scores:
            scores[place] = sum(1 / (RANK_OFFSET + rank) for rank in self.ranks_of(place))
        order = sorted(scores, key=lambda place: (-scores[place], place))
        return [SectionMatch(place[0], self._section(place), scores[place]) for place in order]

    def ranks_of(self, place: tuple[int, ...]) -> list[int]:
        """The ranks of a place in the lists that have it."""
        lists = [self.word_ranks, *self.formula_ranks]
        return [ranks[place] for ranks in lists if place in ranks]

    def _section(self, place: tuple[int, ...]) -> int:
        """The section to show: of the best formula that truly answers, else of the words."""
        if len(place) == 2:
            return place[1]
        formulas = [f for f in self._formulas_at(place) if f.match != "similar"]
        word = self.words.get(place)
        if formulas and not (word and any(f.section == word.section for f in formulas)):
            return formulas[0].section
        if word:
            return word.section
        return self._formulas_at(place)[0].section

    def formulas_of(self, match: SectionMatch) -> tuple[FormulaMatch, ...]:
        """The formulas that answer in the post, or the section, of a match; the best first."""
        return tuple(self._formulas_at(self.place(match)))

    def _formulas_at(self, place: tuple[int, ...]) -> list[FormulaMatch]:
        """Those that truly answer; where none does, the most similar."""
        found = {
            match.id: match
            for matches in self._found
            for match in matches
            if self.place(match) == place
        }
        answering = [match for match in found.values() if match.match != "similar"]
        return answering or list(found.values())[:1]
