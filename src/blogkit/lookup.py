"""Formulas looked up in a library: the formula index level with the database, and its answers."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.errors import LibraryError, PostNotFoundError
from blogkit.index.formula_index import VERSION, FormulaIndex
from blogkit.index.stamp import Stamp, read_stamp, write_stamp
from blogkit.spans import Span
from blogkit.store import formulas as stored_formulas
from blogkit.store import posts as stored_posts
from blogkit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.index.formula_hits import MatchKind
    from blogkit.latex import Problem
    from blogkit.posts import Post
    from blogkit.store.database import Database
    from blogkit.store.formulas import PostFormula

_CONCORDANCE_HITS = 100


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
            "problems": [
                {"code": p.code, "severity": p.severity, "message": p.message,
                 "span": [p.span.start, p.span.end]}
                for p in self.problems
            ],
        }  # fmt: skip


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


class Lookup:
    """The formula look-up of a library.

    Args:
        folder: the library's ``index`` folder.
        database: what the index reflects.
    """

    def __init__(self, folder: str, database: Database) -> None:
        self._folder = os.path.join(folder, "formulas")
        self._database = database

    def list(self, post: str | None, *, limit: int | None, offset: int) -> Formulas:
        """Every formula, or those of one post."""
        if post is None:
            found = list(stored_formulas.all_formulas(self._database))
        else:
            number = stored_posts.find_post(self._database, post)
            found = list(stored_formulas.formulas_of_posts(self._database, [number]))
        end = None if limit is None else offset + limit
        return Formulas(tuple(found[offset:end]), len(found))

    def find(self, pattern: str, *, limit: int, offset: int) -> FormulaHits:
        """The formulas that answer a pattern; a label that is borne is answered by its bearers."""
        labelled = stored_formulas.formulas_with_label(self._database, pattern.strip())
        if labelled:
            hits = [
                FormulaHit(formula, rank, 4.0, "exact", Span(0, len(formula.latex)), {})
                for rank, formula in enumerate(labelled, start=1)
            ]
            return FormulaHits(pattern, len(hits), tuple(hits[offset : offset + limit]))
        found = self._current().find(pattern, limit=limit, offset=offset)
        hits = [
            FormulaHit(
                self._by_key(hit.id), hit.rank, hit.score, hit.match, hit.matched_span, hit.bindings
            )
            for hit in found
        ]
        return FormulaHits(pattern, found.total, tuple(hits), found.problems)

    def formula(self, formula_id: str) -> PostFormula:
        """The formula of that id: ``POST#LABEL`` or ``POST#N``.

        Raises:
            PostNotFoundError: if there is no such post, or no such formula in it.
        """
        post, _, name = formula_id.partition("#")
        number = stored_posts.find_post(self._database, post)
        found = stored_formulas.formula_by_name(self._database, number, name)
        if found is None:
            raise PostNotFoundError(
                f"post '{post}' has no formula '{name}'; 'blogkit formula list {post}' lists them"
            )
        return found

    def concordance(self, formula_id: str) -> Concordance:
        """One formula with its sentence, and where else it occurs."""
        formula = self.formula(formula_id)
        post = stored_posts.read_post(self._database, formula.post_number)
        hits = self.find(formula.latex, limit=_CONCORDANCE_HITS, offset=0)
        others = [
            hit
            for hit in hits
            if hit.match in ("exact", "renamed") and hit.formula.id != formula.id
        ]
        posts = {
            hit.formula.post_id: stored_posts.read_post(self._database, hit.formula.post_number)
            for hit in others
        }
        others.sort(key=lambda hit: _age(posts[hit.formula.post_id], hit.formula))
        titles = {post_id: other.title for post_id, other in posts.items()}
        sentence = _sentence_around(post, formula.span)
        return Concordance(formula, post.title, sentence, tuple(others), titles)

    def _by_key(self, key: str) -> PostFormula:
        post, number = map(int, key.split("#"))
        for formula in stored_formulas.formulas_of_posts(self._database, [post]):
            if formula.number == number:
                return formula
        raise LibraryError(f"{self._folder}: knows a formula that the database lacks: {key}")

    def _current(self) -> FormulaIndex:
        """The index, level with the database."""
        wanted = Stamp(self._database.identity(), self._database.generation(), VERSION)
        stamp = read_stamp(self._folder)
        index = None
        if stamp and (stamp.library, stamp.version) == (wanted.library, wanted.version):
            with contextlib.suppress(LibraryError):
                index = FormulaIndex.load(self._folder)
            if index is not None and stamp == wanted:
                return index
        if index is None or stamp is None:
            index = FormulaIndex.build(
                (f.key, f.latex) for f in stored_formulas.all_formulas(self._database)
            )
        else:
            self._catch_up(index, stamp.generation)
        index.save(self._folder)
        write_stamp(self._folder, wanted)
        return index

    def _catch_up(self, index: FormulaIndex, generation: int) -> None:
        changed, removed = stored_posts.changed_since(self._database, generation)
        stale = {str(number) for number in (*changed, *removed)}
        index.remove([key for key in index.ids() if key.partition("#")[0] in stale])
        formulas = stored_formulas.formulas_of_posts(self._database, changed)
        index.add((formula.key, formula.latex) for formula in formulas)


def _age(post: Post, formula: PostFormula) -> tuple[int, int, int, int, int]:
    """Orders by date, posts without a year last, then by the order of adding."""
    date = post.date
    return (
        date.year or 9999,
        date.month or 13,
        date.day or 32,
        formula.post_number,
        formula.number,
    )


def _sentence_around(post: Post, span: Span) -> str:
    """The sentence that holds the formula; of a display, the sentence before it too."""
    block = next((b for b in post.blocks if b.span.start <= span.start < b.span.end), None)
    if block is None:
        return span.of(post.text)
    text = block.span.of(post.text)
    start = span.start - block.span.start
    found = sentences(text)
    index = next((i for i, s in enumerate(found) if s.start <= start < s.end), None)
    if index is None:
        return span.of(post.text)
    is_alone = found[index].start == start and index > 0
    first = found[index - 1].start if is_alone else found[index].start
    return text[first : found[index].end]
