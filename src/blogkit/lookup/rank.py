"""The close look: which formulas answer a pattern exactly, renamed or in part, and in what order.

Layers: exact, renamed, part, similar. Keys of whole terms settle what has no wildcards and no
renaming; the rest is matched, the most alike first, at most `LOOKED_AT` formulas in each layer.
Imports `formula` and the segment's reading; no NumPy of its own but for choosing the best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blogkit.lookup.align import best_renaming, variable_contexts
from blogkit.lookup.keys import features, label_feature, root_key, root_shape, shape_key, tree_key
from blogkit.lookup.match import Match, find_match
from blogkit.lookup.pattern import find_words
from blogkit.lookup.residues import are_same, contradict, equations
from blogkit.lookup.scores import scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from blogkit.lookup.normal.terms import Term
    from blogkit.lookup.pattern import Pattern
    from blogkit.lookup.residues import Equation
    from blogkit.lookup.scores import Scores
    from blogkit.lookup.segment import Segment

LOOKED_AT = 100
"""Formulas that are matched in one layer, at most, where no more are wanted."""
EXACT, RENAMED, PART, PART_RENAMED = 4.0, 3.0, 2.0, 1.0
"""Where the scores of each layer begin; the similarity, below 1, is added."""


class Ranking:
    """The formulas of one segment, scored.

    Args:
        segment: the formulas.
        pattern: what they are compared to.
        table: the segment's labels.
        first: what the postings say.
        score: what is known by now; the layer and the similarity.
        looked_at: formulas that are matched in one layer, at most.
        gone: the ids that are gone, by their places.

    Attributes:
        matches: how formulas that were matched fit, by their numbers.
        is_complete: whether all formulas that might match were matched.
        terms: terms that were made again, by the numbers of their formulas.
    """

    def __init__(
        self,
        segment: Segment,
        pattern: Pattern,
        table: list[str],
        first: Scores,
        score: NDArray[np.float32],
        looked_at: int,
        gone: NDArray[np.bool_],
    ) -> None:
        self.segment = segment
        self.pattern = pattern
        self.table = table
        self.first = first
        self.score = score
        self.looked_at = looked_at
        self.gone = gone
        self.matches: dict[int, Match] = {}
        self.is_complete = True
        self.terms: dict[int, Term] = {}

    def term(self, number: int) -> Term:
        """The term of a formula."""
        found = self.terms.get(number)
        if found is None:
            found = self.terms[number] = self.segment.term(number, self.table)
        return found

    def ids(self, number: int) -> list[str]:
        """The ids of a formula."""
        return self.segment.ids_of(number, self.gone)

    def best(
        self, able: NDArray[np.bool_], similarity: NDArray[np.float32], most: int | None = None
    ) -> list[int]:
        """The most similar of those that are able, as many as are looked at."""
        places = np.flatnonzero(able & (similarity > 0))
        most = self.looked_at if most is None else most
        self.is_complete &= len(places) <= most
        return _greatest(similarity, places, most)


def _greatest(values: NDArray[np.float32], places: NDArray[np.int64], most: int) -> list[int]:
    """Of some places in order, those of the greatest values, greatest first; of equals the first.

    >>> _greatest(np.array([1, 3, 2, 3], dtype=np.float32), np.arange(4), 2)
    [1, 3]
    """
    if len(places) > most:  # only those are sorted that may be among them
        least = np.partition(values[places], -most)[-most] if most else np.inf
        places = places[values[places] >= least]
    order = np.argsort(-values[places], kind="stable")[:most]
    found: list[int] = places[order].tolist()
    return found


def rank(
    segment: Segment,
    pattern: Pattern,
    table: list[str],
    gone: NDArray[np.bool_],
    largest: Segment,
    looked_at: int,
) -> Ranking:
    """All formulas of a segment with their scores; those whose ids are gone have 0."""
    first = scores(segment, pattern, largest)
    similarity = np.minimum(first.similarity, np.float32(0.999))
    nameless = segment.without_ids(gone)
    similarity[nameless] = 0
    ranking = Ranking(segment, pattern, table, first, similarity.copy(), looked_at, gone)
    if not pattern.has_wildcards:
        _by_keys(ranking, similarity)
    _by_names(ranking, similarity)
    if pattern.words:
        _by_words(ranking, similarity)
        ranking.score[ranking.score < PART_RENAMED] = 0
    else:
        _by_signs(ranking, similarity)
        renamed = _by_alignment(ranking, similarity)
        _by_values(ranking, renamed)
    ranking.score[nameless] = 0
    return ranking


def rank_otherwise(
    segment: Segment,
    pattern: Pattern,
    table: list[str],
    gone: NDArray[np.bool_],
    largest: Segment,
    asked: Ranking,
) -> Ranking:
    """The formulas that answer a pattern in another notation and did not as it was typed.

    They are taken out of the ranking `asked`, which has them as similar only.
    """
    first = scores(segment, pattern, largest)
    similarity = np.minimum(first.similarity, np.float32(0.999)) * np.float32(OTHERWISE)
    similarity[segment.without_ids(gone) | (asked.score >= PART_RENAMED)] = 0
    score = np.zeros_like(similarity)
    ranking = Ranking(segment, pattern, table, first, score, asked.looked_at, gone)
    ranking.terms = asked.terms
    if not pattern.has_wildcards:
        _by_keys(ranking, similarity)
    _by_names(ranking, similarity)
    _by_signs(ranking, similarity)
    ranking.score[similarity == 0] = 0
    asked.score[ranking.score > 0] = 0
    return ranking


OTHERWISE = 0.9
"""What the similarity counts of a formula that is written otherwise."""


def _by_keys(ranking: Ranking, similarity: NDArray[np.float32]) -> None:
    """What equal keys say: exact wholes and exact parts."""
    term, segment = ranking.pattern.term, ranking.segment
    parts = tree_key(term) if term.kids else label_feature(term.label)
    for feature, layer in ((parts, PART), (root_key(term), EXACT)):
        docs, _ = segment.postings(feature)
        ranking.score[docs] = layer + similarity[docs]


def _by_names(ranking: Ranking, similarity: NDArray[np.float32]) -> None:
    """Formulas with all symbols of the pattern: wildcards, and parts of sums and chains."""
    pattern, first = ranking.pattern, ranking.first
    if not pattern.term.kids and not pattern.has_wildcards:
        return
    able = (first.names >= first.needed_names) & (ranking.score < PART)
    for number in ranking.best(able, similarity):
        match = find_match(pattern.term, ranking.term(number), rename=False)
        if match is not None:
            layer = EXACT if match.whole else PART
            order = 0.02 if match.in_order else 0.0
            ranking.score[number] = layer + order + 0.979 * similarity[number]
            ranking.matches[number] = match


def _by_words(ranking: Ranking, similarity: NDArray[np.float32]) -> None:
    """Formulas that name something by the pattern's words; first those that say what it is.

    A name is no product of letters: it is the same or another, never renamed.
    """
    for number in _named(ranking):
        latex = ranking.segment.latex(number)
        found = find_words(ranking.pattern.words, latex)
        if found is None:
            continue
        term = ranking.term(number)
        is_whole = not term.kids
        order = 0.5 if term.kids and found.start < term.kids[0].end else 0.0
        layer = EXACT if is_whole else PART
        ranking.score[number] = layer + order + 0.499 / (1 + term.size)
        ranking.matches[number] = Match(is_whole, False, 0, True, found.start, found.end, {}, {})


def _named(ranking: Ranking) -> list[int]:
    """The formulas with a name for each word: a named function, or a text."""
    found: set[int] | None = None
    for word in ranking.pattern.words:
        labels = [
            label
            for label in ranking.table
            if label.startswith(NAMES) and find_words((word,), label) is not None
        ]
        docs: set[int] = set()
        for label in labels:
            docs.update(ranking.segment.postings(label_feature(label))[0].tolist())
        found = docs if found is None else found & docs
    return sorted(found or ())


NAMES = ("F:", "f:", "text:", "c:")
"""How the labels begin that are names or texts."""


def _by_signs(ranking: Ranking, similarity: NDArray[np.float32]) -> None:
    """Formulas with all symbols that no renaming changes."""
    pattern, first = ranking.pattern, ranking.first
    if first.needed_names == first.needed_signs or not pattern.term.kids:
        return
    able = (first.signs >= first.needed_signs) & (ranking.score < PART)
    if not pattern.has_wildcards:
        likely = np.zeros(len(able), dtype=bool)
        for feature in (root_shape(pattern.term), shape_key(pattern.term)):
            likely[ranking.segment.postings(feature)[0]] = True
        chosen = ranking.best(able & likely, similarity)
        chosen += ranking.best(able & ~likely, similarity, UNLIKELY)
    else:
        chosen = ranking.best(able, similarity)
    for number in chosen:
        match = find_match(pattern.term, ranking.term(number), rename=True)
        if match is not None:
            layer = RENAMED if match.whole else PART_RENAMED
            kept = 0.5 / (1 + match.renamed_functions) + (0.02 if match.in_order else 0.0)
            ranking.score[number] = layer + kept + 0.479 * similarity[number]
            ranking.matches[number] = match


def _by_alignment(ranking: Ranking, similarity: NDArray[np.float32]) -> dict[int, Term]:
    """The most alike, read again with their variables named as the pattern's are."""
    read_again: dict[int, Term] = {}
    pattern, first, segment = ranking.pattern, ranking.first, ranking.segment
    contexts = variable_contexts(pattern.term)
    if not contexts:
        return read_again
    similar = np.flatnonzero((ranking.score < PART_RENAMED) & (similarity > 0))
    for number in _greatest(similarity, similar, ALIGNED):
        renaming = best_renaming(contexts, variable_contexts(ranking.term(number)))
        if not renaming:
            continue
        renamed = read_again[number] = segment.term(number, ranking.table, renaming)
        aligned = min(first.similarity_of(features(renamed)), 0.999)
        own = float(similarity[number])
        if aligned > own:
            ranking.score[number] = own + ALIGNMENT * (aligned - own)
    return read_again


def _by_values(ranking: Ranking, renamed: dict[int, Term]) -> None:
    """Of the most alike, those that state the pattern's equations, rewritten, before the others."""
    asked = () if ranking.pattern.has_wildcards else equations(ranking.pattern.term)
    if not asked:
        return
    similar = np.flatnonzero((ranking.score < PART_RENAMED) & (ranking.score > 0))
    for number in _greatest(ranking.score, similar, ALIGNED):
        stated = equations(ranking.term(number))
        again = equations(renamed[number]) if number in renamed else ()
        if _hold(are_same, stated, asked) or _hold(are_same, again, asked):
            ranking.score[number] = REWRITTEN + (1 - REWRITTEN) * ranking.score[number]
        elif _hold(contradict, stated, asked):
            ranking.score[number] *= CONTRADICTED


def _hold(
    holds: Callable[[Equation, Equation], bool],
    found: tuple[Equation, ...],
    asked: tuple[Equation, ...],
) -> bool:
    """Whether something holds between the equations of two formulas, each with its like."""
    return len(found) == len(asked) and all(map(holds, found, asked))


REWRITTEN = 0.999
"""Where the scores of formulas begin that state what is asked in another form."""
CONTRADICTED = 0.8
"""What the score counts of a formula that says otherwise than what is asked: a changed copy."""
UNLIKELY = 30
"""Formulas that are matched although neither they nor a part of them have the pattern's shape."""
ALIGNED = 30
"""Similar formulas that are aligned."""
ALIGNMENT = 0.4
"""How much of what a renaming wins counts."""
