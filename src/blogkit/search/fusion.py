"""Words and formulas of one query, joined into one order: a formula counts as a word does.

Reciprocal ranks know no difference between a bare symbol, which half the library has, and a formula
that stands in two posts. So the rarer a formula, the more it adds to the score of the words: its
inverse document frequency among formulas, as BM25 has it of words among sections.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from blogkit.index.matches import SectionMatch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

FORMULA_WEIGHT = 6.0
"""What a formula counts: about as a word that stands often in a section and its post."""
SIMILAR_WEIGHT = 0.1
"""What a formula counts that is only similar, against one that answers."""


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


@dataclass(frozen=True, slots=True)
class FormulasFound:
    """What a formula of the query found."""

    pattern: str
    """Its LaTeX."""
    matches: Sequence[FormulaMatch]
    """What answers, best first; of very many, those that were looked at."""
    total: int
    """How many answer in all."""
    formulas: int
    """How many formulas there are."""

    @property
    def idf(self) -> float:
        """How much it says: log(1 + (N - n + 0.5) / (n + 0.5)), n of N formulas answering."""
        rest = max(0, self.formulas - self.total)
        return math.log1p((rest + 0.5) / (self.total + 0.5))

    @property
    def share(self) -> float:
        """What share of those that answer was looked at; the fewer, the more chance it was."""
        return min(1.0, len(self.matches) / max(1, self.total))

    def likeness(self, match: FormulaMatch) -> float:
        """How well a formula answers, against the best one: 0 to 1."""
        near = SIMILAR_WEIGHT if match.match == "similar" else 1.0
        return near * match.score / self.matches[0].score

    def value(self, match: FormulaMatch) -> float:
        """What a formula adds to the score of its place."""
        return FORMULA_WEIGHT * self.idf * self.share * self.likeness(match)


class Fusion:
    """How words and formulas found their sections.

    Args:
        by: ``post`` or ``section``: what is ranked.
        words: what the words found, best first, each place once.
        found: what each formula of the query found.
    """

    def __init__(
        self, by: str, words: Sequence[SectionMatch], found: Sequence[FormulasFound]
    ) -> None:
        self._by = by
        self.words = {self.place(match): match for match in words}
        self.found = found
        self._best = [self._best_of_places(formulas) for formulas in found]

    def place(self, found: SectionMatch | FormulaMatch) -> tuple[int, ...]:
        """What is ranked: the post, or the section."""
        return (found.post,) if self._by == "post" else (found.post, found.section)

    def _best_of_places(self, found: FormulasFound) -> Mapping[tuple[int, ...], FormulaMatch]:
        best: dict[tuple[int, ...], FormulaMatch] = {}
        for match in found.matches:
            best.setdefault(self.place(match), match)
        return best

    def best_at(self, place: tuple[int, ...]) -> Iterator[tuple[FormulasFound, FormulaMatch]]:
        """For each formula of the query that a place answers, the formula that answers best."""
        for found, best in zip(self.found, self._best, strict=True):
            if place in best:
                yield found, best[place]

    def ranked(self, allows: Callable[[int, int], bool]) -> list[SectionMatch]:
        """The places in order, each as the section that shows best why it was found."""
        scores = {place: match.score for place, match in self.words.items()}
        for found in self.found:
            for match in found.matches:
                if allows(match.post, match.section):
                    scores.setdefault(self.place(match), 0.0)
        for place in scores:
            scores[place] += sum(of.value(match) for of, match in self.best_at(place))
        order = sorted(scores, key=lambda place: (-scores[place], place))
        return [SectionMatch(place[0], self._section(place), scores[place]) for place in order]

    def _section(self, place: tuple[int, ...]) -> int:
        """The section to show: of a formula that says as much as half the words, else of them."""
        if len(place) == 2:
            return place[1]
        word = self.words.get(place)
        held = list(self.best_at(place))
        if word is None:
            return held[0][1].section
        sections = [
            match.section
            for found, match in held
            if match.match != "similar" and 2 * found.value(match) >= word.score
        ]
        return word.section if not sections or word.section in sections else sections[0]

    def formulas_of(self, match: SectionMatch) -> tuple[FormulaMatch, ...]:
        """The formulas that answer in the post, or the section, of a match, the best first; where
        all are only similar, the most similar."""
        place = self.place(match)
        found = {
            match.id: match
            for formulas in self.found
            for match in formulas.matches
            if self.place(match) == place
        }
        answering = [match for match in found.values() if match.match != "similar"]
        return tuple(answering or list(found.values())[:1])
