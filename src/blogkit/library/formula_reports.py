"""What a library or a corpus says of formulas, as frozen dataclasses that are also JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from blogkit.macros import text_alone
from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown, ShownFormula
from blogkit.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from blogkit.latex import Problem
    from blogkit.lookup.hits import FormulaHit as IndexHit
    from blogkit.lookup.hits import FormulaHits as IndexHits
    from blogkit.lookup.hits import MatchKind
    from blogkit.search.beside import Beside
    from blogkit.store.formulas import PostFormula

    ByKeys: TypeAlias = Callable[[Sequence[str]], Mapping[str, PostFormula]]
    """Gives formulas by their names in the formula index."""

LookedFor = Literal["formula", "words", "label"]
"""What a pattern was taken for: a formula, words, or a label that some formula bears."""

_LABEL_SCORE = 5.0
"""Above all that the formula index gives."""
MOST_PLACES = 20
"""Places of equal formulas that a hit names."""


class _OfFormula(ShownFormula):
    """What is about a formula of the library."""

    __slots__ = ()
    if TYPE_CHECKING:

        @property
        def formula(self) -> PostFormula:
            """The formula and its place."""

    @property
    def latex(self) -> str:
        """The formula, without delimiters."""
        return self.formula.latex

    @property
    def definitions(self) -> str:
        """Macros that its post defines before it, as LaTeX."""
        return self.formula.definitions


@record
class FormulaHit(_OfFormula):
    """A formula of the library that answers a pattern."""

    _shown = ("rank", "match", "id", "latex")

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
    equals: tuple[PostFormula, ...] = ()
    """Where else the same formula stands, the first twenty places."""
    places: int = 1
    """In how many places it stands."""
    sentence: str | None = None
    """The words beside the formula, where they answer and not the formula itself."""

    @property
    def answers_by(self) -> str:
        """How it answers, for people: as ``match``, or ``beside`` words."""
        return self.match if self.sentence is None else "beside"

    def to_dict(self) -> dict[str, object]:
        """The hit as JSON has it."""
        return {
            **self.formula.to_dict(),
            "rank": self.rank,
            "score": round(self.score, 6),
            "match": self.match,
            "matched_span": self.matched_span.to_list(),
            "bindings": dict(self.bindings),
            "equals": [formula.to_dict() for formula in self.equals],
            "places": self.places,
            "sentence": self.sentence,
        }


@record
class FormulaHits(Rows[FormulaHit]):
    """The formulas of the library that answer a pattern, best first."""

    _rows = "hits"

    pattern: str
    """The pattern, as it was given."""
    total: int
    """How many answer it: exact, renamed or in part; where none does, how many similar ones are
    offered, a hundred at most. Equal formulas count once."""
    hits: tuple[FormulaHit, ...]
    """Those asked for."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the pattern."""
    looked_for: LookedFor = "formula"
    """What the pattern was taken for."""
    is_complete: bool = True
    """Whether all formulas were looked at that might answer; else later pages look at more."""

    @property
    def only_similar(self) -> bool:
        """Whether no formula matches, so that the most similar ones are offered."""
        return bool(self.hits) and all(hit.match == "similar" for hit in self.hits)

    def to_dict(self) -> dict[str, object]:
        """The hits as JSON has them."""
        return {
            "schema": 1,
            "pattern": self.pattern,
            "total": self.total,
            "hits": [hit.to_dict() for hit in self.hits],
            "problems": [problem.to_dict() for problem in self.problems],
            "looked_for": self.looked_for,
            "complete": self.is_complete,
        }


@record
class Formulas(Rows["PostFormula"]):
    """Formulas in the order of their posts."""

    _rows = "formulas"
    _is_whole = True
    _json = (
        "total",
        "formulas",
    )

    formulas: tuple[PostFormula, ...]
    """Those asked for."""
    total: int
    """How many there are in all."""
    left_out: int = 0
    """How many more there are that are bare symbols and names, where those are left out."""


@record
class FormulaShape(_OfFormula):
    """Formulas that are alike but for the names of variables."""

    _shown = ("id", "places", "latex")

    formula: PostFormula
    """The one that was added first."""
    others: tuple[PostFormula, ...]
    """The others in the order of their posts, at most fifty."""
    places: int
    """How many there are in all."""
    posts: int
    """In how many posts they stand."""

    def to_dict(self) -> dict[str, object]:
        """The shape as JSON has it."""
        others = [formula.to_dict() for formula in self.others]
        return {
            **self.formula.to_dict(), "places": self.places, "posts": self.posts, "others": others
        }  # fmt: skip


@record
class FormulaShapes(Rows["FormulaShape"]):
    """What formulas are but for the names of variables, the most frequent first."""

    _rows = "shapes"
    _is_whole = True
    _json = (
        "total",
        "shapes",
    )

    shapes: tuple[FormulaShape, ...]
    """Those asked for."""
    total: int
    """How many there are in all."""
    left_out: int = 0
    """How many formulas are bare symbols and names, which are left out."""


MOST_ALIKE = 50
"""Formulas of a shape that are named."""


@record
class Concordance(Shown):
    """One formula: its place, its sentence, and where else it occurs."""

    _shown = ("id", "latex", "title", "sentence", "others")

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
    page = tuple(hits[offset : offset + limit])
    return FormulaHits(pattern, len(hits), page, looked_for="label")


def placed_hits(found: IndexHits, by_keys: ByKeys) -> FormulaHits:
    """The hits of a formula index, with their places."""
    read = by_keys([key for hit in found for key in _keys(hit)])
    return FormulaHits(
        found.pattern,
        found.total,
        tuple(_placed(hit, read) for hit in found),
        found.problems,
        "words" if found.words else "formula",
        found.is_complete,
    )


def worded_hits(
    named: IndexHits,
    beside: Sequence[Beside],
    by_keys: ByKeys,
    *,
    limit: int,
    offset: int,
) -> FormulaHits:
    """The formulas that name the words of a pattern, then those that have them beside."""
    known = {key for hit in named for key in (hit.id, *hit.equals)}
    groups: dict[int, list[Beside]] = {}
    for found in beside:
        if found.formula_key not in known:
            groups.setdefault(found.root, []).append(found)
    answers: list[IndexHit | list[Beside]] = [*named, *groups.values()]
    page = answers[offset : offset + limit]
    read = by_keys([key for answer in page for key in _keys(answer)])
    hits = [
        _with_words(answer, rank, read) if isinstance(answer, list) else _placed(answer, read)
        for rank, answer in enumerate(page, start=offset + 1)
    ]
    return FormulaHits(named.pattern, len(answers), tuple(hits), named.problems, "words")


def _keys(answer: IndexHit | list[Beside]) -> list[str]:
    """The formulas that are shown of an answer, the first in front."""
    if isinstance(answer, list):
        return [found.formula_key for found in answer[: 1 + MOST_PLACES]]
    return [answer.id, *answer.equals[:MOST_PLACES]]


def _placed(hit: IndexHit, read: Mapping[str, PostFormula]) -> FormulaHit:
    """A hit of the index, with its places."""
    first, *others = (read[key] for key in _keys(hit))
    return FormulaHit(
        first,
        hit.rank,
        hit.score,
        hit.match,
        hit.matched_span,
        hit.bindings,
        tuple(others),
        1 + len(hit.equals),
    )


def _with_words(equal: list[Beside], rank: int, read: Mapping[str, PostFormula]) -> FormulaHit:
    """Formulas that say the same and have the words beside them, as one hit."""
    formula, *others = (read[key] for key in _keys(equal))
    return FormulaHit(
        formula,
        rank,
        equal[0].score,
        "part",
        Span(0, len(formula.latex)),
        {},
        tuple(others),
        len(equal),
        text_alone(equal[0].sentence, formula.definitions),
    )
