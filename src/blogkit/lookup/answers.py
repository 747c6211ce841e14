"""The best of all segments' rankings, in one order; equal formulas one by one, or as one answer.

Imports NumPy and the rankings.
"""

from collections.abc import Iterator

import numpy as np

from blogkit.lookup.rank import LOOKED_AT, PART_RENAMED, Ranking
from blogkit.results.records import record

_LOOKED_THROUGH = 8
"""Similar formulas that are looked through at first for one that says something else."""


class Answer:
    """A formula that answers, and those that say the same.

    Args:
        ranking: the ranking that has it.
        number: its number in the ranking's segment.
        formula_id: its id.

    Attributes:
        equals: ids of further formulas that say the same.
    """

    __slots__ = ("equals", "id", "number", "ranking")

    def __init__(self, ranking: Ranking, number: int, formula_id: str) -> None:
        self.ranking = ranking
        self.number = number
        self.id = formula_id
        self.equals: list[str] = []


@record
class Answers:
    """What answers a pattern."""

    best: list[Answer]
    """The best by score, those of equal score in the order of the index."""
    matching: int
    """How many match; behind them stand similar ones."""

    @property
    def total(self) -> int:
        """How many match; where none does, how many similar ones answer, a hundred at most."""
        return self.matching or min(len(self.best), LOOKED_AT)


def best_answers(rankings: list[Ranking], wanted: int, *, equal_as_one: bool) -> Answers:
    """The best answers of all rankings, at least as many as are wanted if there are.

    Those that match come first and are all counted; similar ones fill up what is left.
    """
    collected = _Collected(rankings, equal_as_one)
    collected.add(_in_order(rankings, PART_RENAMED, np.inf))
    matching = len(collected.answers)
    wanted = max(wanted, LOOKED_AT) if not matching else wanted
    most, left = wanted * _LOOKED_THROUGH, True
    highest = PART_RENAMED
    while len(collected.answers) < wanted and left:
        least, left = _least_of_best(rankings, most, highest)
        collected.add(_in_order(rankings, least, highest))
        most, highest = most * _LOOKED_THROUGH, least
    return Answers(collected.answers, matching)


class _Collected:
    """Answers in order, each formula of its own."""

    def __init__(self, rankings: list[Ranking], equal_as_one: bool) -> None:
        self.answers: list[Answer] = []
        self._rankings = rankings
        self._known: dict[int, Answer] | None = {} if equal_as_one else None

    def add(self, places: Iterator[tuple[int, int]]) -> None:
        """Formulas by the place of their ranking and their number in it."""
        for at, number in places:
            ranking = self._rankings[at]
            answers = [Answer(ranking, number, formula_id) for formula_id in ranking.ids(number)]
            if self._known is None:
                self.answers += answers
                continue
            first = self._known.setdefault(int(ranking.segment.roots[number]), answers[0])
            if first is answers[0]:
                self.answers.append(first)
            first.equals += [answer.id for answer in answers if answer is not first]


def _in_order(rankings: list[Ranking], least: float, below: float) -> Iterator[tuple[int, int]]:
    """The formulas with a score from `least` on and below a bound, best first."""
    found = [
        np.flatnonzero((r.score >= least) & (r.score < below) & (r.score > 0)) for r in rankings
    ]
    scores = [ranking.score[numbers] for ranking, numbers in zip(rankings, found, strict=True)]
    if not found:
        return iter(())
    at = np.repeat(np.arange(len(found)), [len(numbers) for numbers in found])
    numbers = np.concatenate(found)
    order = np.argsort(-np.concatenate(scores), kind="stable")
    return zip(at[order].tolist(), numbers[order].tolist(), strict=True)


def _least_of_best(rankings: list[Ranking], most: int, below: float) -> tuple[float, bool]:
    """The score of the last of the `most` best below a bound, and whether any are left."""
    scores = [r.score[(r.score > 0) & (r.score < below)] for r in rankings]
    able = np.concatenate(scores) if scores else np.zeros(0, dtype=np.float32)
    if len(able) <= most:
        return 0.0, False
    return float(np.partition(able, -most)[-most]), True
