"""Formulas looked up in a library: the formula index level with the database, and its answers."""

from __future__ import annotations

import contextlib
import os
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING

from blogkit.errors import LibraryBusyError, LibraryError, PostNotFoundError, require_page
from blogkit.index.stamp import (
    Stamp,
    clear_leftovers,
    make_folder,
    read_whole_stamp,
    write_stamp,
)
from blogkit.language import Message
from blogkit.library.formula_reports import (
    MOST_ALIKE,
    Concordance,
    FormulaHits,
    Formulas,
    FormulaShape,
    FormulaShapes,
    label_hits,
    placed_hits,
    worded_hits,
)
from blogkit.lookup.index import VERSION, FormulaIndex
from blogkit.lookup.pattern import read_pattern
from blogkit.macros import text_alone
from blogkit.store import formulas as stored_formulas
from blogkit.store import posts as stored_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from blogkit.library.fingerprinting import Progress
    from blogkit.library.formula_reports import ByKeys
    from blogkit.posts import Post
    from blogkit.search.searcher import Searcher
    from blogkit.store.database import Database
    from blogkit.store.formulas import PostFormula

_CONCORDANCE_HITS = 100


class Lookup:
    """The formula look-up of a library.

    Args:
        folder: the library's ``index`` folder.
        database: what the index reflects.

    Attributes:
        progress: called as formulas are read that the index lacks.
    """

    def __init__(self, folder: str, database: Database) -> None:
        self.progress: Progress | None = None
        self._folder = os.path.join(folder, "formulas")
        self._database = database
        self._kept: tuple[FormulaIndex, Stamp] | None = None

    def prepare(self) -> None:
        """Bring the index level, so that the next look-up need not; where it can be written."""
        with contextlib.suppress(LibraryBusyError, OSError):
            self._keep_level()

    def list(self, post: str | None, *, limit: int | None, offset: int) -> Formulas:
        """Every formula, or those of one post."""
        number = None if post is None else stored_posts.find_post(self._database, post)
        if number is None:
            own = stored_formulas.all_formulas(self._database)
        else:
            own = stored_formulas.formulas_of_posts(self._database, [number])
        others = stored_formulas.formulas_of_copies(self._database, number)
        found = merge(own, others, key=lambda formula: (formula.post_number, formula.number))
        end = None if limit is None else offset + limit
        total = stored_formulas.count_formulas(self._database, number) + len(others)
        return Formulas(tuple(islice(found, offset, end)), total)

    def list_telling(self, post: str | None, *, limit: int | None, offset: int) -> Formulas:
        """The same without bare symbols and names; only those of the answer are read."""
        number = None if post is None else stored_posts.find_post(self._database, post)
        places = map(_place_of, self._current().telling_ids())
        found = sorted(place for place in places if number in (None, place[0]))
        end = None if limit is None else offset + limit
        read = stored_formulas.formulas_by_number(self._database, found[offset:end])
        shown = tuple(read[place] for place in found[offset:end])
        counted = stored_formulas.count_formulas(self._database, number)
        counted += len(stored_formulas.formulas_of_copies(self._database, number))
        return Formulas(shown, len(found), counted - len(found))

    def list_shapes(self, *, limit: int | None, offset: int) -> FormulaShapes:
        """What formulas are but for the names of variables; bare symbols and names are left out."""
        require_page(limit or 0, offset)
        index = self._current()
        groups, total = index.shapes(limit=limit, offset=offset)
        named = [sorted(map(_place_of, ids)) for ids in groups]
        shown = [places[: MOST_ALIKE + 1] for places in named]
        read = stored_formulas.formulas_by_number(self._database, list(chain.from_iterable(shown)))
        shapes = (
            FormulaShape(
                read[first],
                tuple(read[place] for place in others),
                len(places),
                len({post for post, _ in places}),
            )
            for places, (first, *others) in zip(named, shown, strict=True)
        )
        return FormulaShapes(tuple(shapes), total, len(index) - index.count_telling())

    def find(
        self,
        pattern: str,
        *,
        limit: int,
        offset: int,
        searcher: Callable[[], Searcher] | None = None,
    ) -> FormulaHits:
        """The formulas that answer a pattern; a label that is borne is answered by its bearers.

        Args:
            pattern: LaTeX with wildcards, a label, or words.
            limit: how many hits at most.
            offset: how many to pass over.
            searcher: makes what finds words beside formulas, and equal formulas are one
                hit; without it, words are found in formulas only, and each formula is a hit.
        """
        require_page(limit, offset)
        labelled = stored_formulas.formulas_with_label(self._database, pattern.strip())
        if labelled:
            return label_hits(pattern, labelled, limit=limit, offset=offset)
        return answer(
            pattern,
            self._current(),
            self._by_keys,
            searcher,
            self._read,
            limit=limit,
            offset=offset,
        )

    def _read(self, number: int) -> Post:
        return stored_posts.read_post(self._database, number)

    def formula(self, formula_id: str) -> PostFormula:
        """The formula of that id: ``POST#LABEL`` or ``POST#N``.

        Raises:
            PostNotFoundError: if there is no such post, or no such formula in it.
        """
        number, post, name = stored_posts.post_of_formula(self._database, formula_id)
        found = stored_formulas.formula_by_name(self._database, number, name)
        if found is None:
            raise PostNotFoundError(
                Message(
                    "post '{post}' has no formula '{name}'; 'blogkit formula list {post}' lists "
                    "them",
                    post=post,
                    name=name,
                )
            )
        return found

    def concordance(self, formula_id: str) -> Concordance:
        """One formula with its sentence, and where else it occurs."""
        from blogkit.search.beside import sentence_of

        formula = self.formula(formula_id)
        post = stored_posts.read_post(self._database, formula.post_number)
        hits = self.find(formula.alone, limit=_CONCORDANCE_HITS, offset=0)
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
        sentence = text_alone(sentence_of(post, formula), formula.definitions)
        return Concordance(formula, post.title, sentence, tuple(others), titles)

    def _by_keys(self, keys: Sequence[str]) -> Mapping[str, PostFormula]:
        """The formulas of the index's keys."""
        places = {key: _place_of(key) for key in keys}
        found = stored_formulas.formulas_by_number(self._database, places.values())
        for key, place in places.items():
            if place not in found:
                raise LibraryError(
                    Message(
                        "{folder}: knows a formula that the database lacks: {key}",
                        folder=self._folder,
                        key=key,
                    )
                )
        return {key: found[place] for key, place in places.items()}

    def _current(self) -> FormulaIndex:
        """The index, level with the database; on disk too where it can be written.

        What was loaded is kept; not what was made, which is all in memory.
        """
        wanted = Stamp(*self._database.state(), VERSION)
        if self._kept and self._kept[1] == wanted:
            return self._kept[0]
        index, stamp = self._load(wanted)
        self._kept = (index, stamp) if stamp == wanted else None
        if self._kept:
            return index
        with contextlib.suppress(LibraryBusyError, OSError):
            if self._database.is_writable:
                return self._keep_level()
        self._catch_up(index, stamp)
        return index

    def _load(self, wanted: Stamp) -> tuple[FormulaIndex, Stamp]:
        """The index as it lies there, with its stamp; an empty one where it is not whole."""
        stamp = read_whole_stamp(self._folder)
        if stamp and stamp.is_of(wanted) and stamp.generation <= wanted.generation:
            with contextlib.suppress(LibraryError):
                return FormulaIndex.load(self._folder), stamp
        return FormulaIndex(), Stamp(wanted.library, -1, wanted.version)

    def _keep_level(self) -> FormulaIndex:
        """Bring the index level on disk, by this process or by the one that it waited for."""
        with self._database.locked():
            wanted = Stamp(*self._database.state(), VERSION)
            index, stamp = self._load(wanted)
            if stamp != wanted:
                make_folder(self._folder)
                clear_leftovers(self._folder)
                self._catch_up(index, stamp)
                index.save(self._folder)
                write_stamp(self._folder, wanted)
        return index

    def _catch_up(self, index: FormulaIndex, stamp: Stamp) -> None:
        changed, removed = stored_posts.changed_since(self._database, stamp.generation)
        index.remove_of({str(number) for number in (*changed, *removed)})
        definitions: dict[str, str] = {}
        latex = (
            stored_formulas.latex_of_post(self._database, number, definitions) for number in changed
        )
        found = list(chain.from_iterable(latex))
        index.add(found, definitions=definitions, progress=self.progress, are_new=True)


def answer(
    pattern: str,
    index: FormulaIndex,
    by_keys: ByKeys,
    searcher: Callable[[], Searcher] | None,
    read_post: Callable[[int], Post],
    *,
    limit: int,
    offset: int,
) -> FormulaHits:
    """The formulas of an index that answer a pattern; see `Lookup.find`."""
    if searcher is None or not read_pattern(pattern).words:
        equal_as_one = searcher is not None
        found = index.find(pattern, limit=limit, offset=offset, equal_as_one=equal_as_one)
        return placed_hits(found, by_keys)
    from blogkit.search.beside import formulas_beside

    named = index.find(pattern, limit=MOST_NAMED, equal_as_one=True)
    beside = formulas_beside(pattern, searcher(), read_post)
    return worded_hits(named, beside, by_keys, limit=limit, offset=offset)


def _place_of(key: str) -> tuple[int, int]:
    """The numbers of a formula's post and its own."""
    post, _, number = key.partition("#")
    return int(post), int(number)


MOST_NAMED = 1000
"""Formulas that name a word, which are listed before those beside it."""


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
