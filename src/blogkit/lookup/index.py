r"""`FormulaIndex`: formulas looked up by LaTeX with wildcards.

    index = FormulaIndex.build([("post#1", r"\frac{a}{b} = c"), ...])
    for hit in index.find(r"\frac{?x}{b}"):
        print(hit.id, hit.match, hit.bindings)
    index.save(folder)
    index = FormulaIndex.load(folder)      # maps the arrays; nothing is read before a query

Derived data: made from (id, LaTeX) alone, and thrown away without loss. Formulas are added as
segments and forgotten by mark; many small segments are made one by themselves.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from blogkit.errors import LibraryError, require_page
from blogkit.language import Message
from blogkit.latex import parse
from blogkit.lookup.answers import Answer, best_answers
from blogkit.lookup.hits import FormulaHit, FormulaHits, MatchKind
from blogkit.lookup.match import Match, find_match
from blogkit.lookup.normal.form import normal_form, normal_of
from blogkit.lookup.normal.notations import other_notations
from blogkit.lookup.normal.terms import SAYS_LITTLE, Term
from blogkit.lookup.pattern import Pattern, read_pattern, shown
from blogkit.lookup.rank import (
    EXACT,
    LOOKED_AT,
    PART_RENAMED,
    RENAMED,
    Ranking,
    rank,
    rank_otherwise,
)
from blogkit.lookup.segment import Segment, SegmentBuilder
from blogkit.lookup.shapes import by_shape
from blogkit.results.records import changed
from blogkit.spans import Span
from blogkit.text.normalize import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

VERSION = 7
"""Of the files and of the normal form; another one makes an index stale."""
PROBE = hash((1, 2, (3, 4)))
"""Differs where Python hashes numbers otherwise, and keys of one can't be compared to another's."""
MOST_SEGMENTS = 6
"""More are made fewer."""


class FormulaIndex:
    """Formulas by what they say. Not for use by two threads while one adds."""

    def __init__(self) -> None:
        """An index without formulas."""
        self._segments: list[Segment] = []
        self._gone: list[NDArray[np.bool_]] = []
        self._tables: list[list[str] | None] = []
        self._written: list[tuple[str, str] | None] = []
        self._places: dict[str, tuple[int, int]] | None = {}

    @classmethod
    def build(
        cls, formulas: Iterable[tuple[str, str]], *, definitions: Mapping[str, str] | None = None
    ) -> FormulaIndex:
        r"""The index of formulas given as (id, LaTeX); of equal ids the last one counts.

        Args:
            formulas: id and LaTeX of each.
            definitions: id -> LaTeX that defines the formula's macros, of those that use any.

        Cost: about 0.2 ms a formula.

        >>> index = FormulaIndex.build([("one", "a^2+b^2=c^2"), ("two", r"\\frac{1}{x}")])
        >>> [(hit.id, hit.match, hit.bindings) for hit in index.find("?a^2 + b^2")][:1]
        [('one', 'part', {'?a': 'a'})]
        """
        index = cls()
        index.add(formulas, definitions=definitions)
        return index

    def __len__(self) -> int:
        """How many formulas can be found, each by its id."""
        return sum(len(gone) - int(gone.sum()) for gone in self._gone)

    def add(
        self,
        formulas: Iterable[tuple[str, str]],
        *,
        definitions: Mapping[str, str] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        are_new: bool = False,
    ) -> None:
        """Add formulas; one whose id is known takes the place of the old one.

        Args:
            formulas: id and LaTeX of each.
            definitions: as in `build`.
            are_new: whether the index has none of the ids, so that it need not read its own.
            progress: called before each with how many are done, how many there are, and "".
        """
        last = dict(map(_checked, formulas))
        definitions = definitions or {}
        if not last:
            return
        if not are_new:
            self.remove(last)
        builder = SegmentBuilder()
        numbers: dict[tuple[str, str], int] = {}
        for done, (formula_id, latex) in enumerate(last.items()):
            if progress:
                progress(done, len(last), "")
            said = latex, definitions.get(formula_id, "")
            if said not in numbers:
                numbers[said] = builder.add(latex, _term(*said))
            builder.name(numbers[said], formula_id)
        segment = builder.segment()
        if self._places is not None:
            at = len(self._segments)
            self._places |= {name: (at, place) for place, name in enumerate(segment.all_ids())}
        self._append(segment)
        half_gone = sum(int(gone.sum()) for gone in self._gone) > len(self)
        if len(self._segments) > MOST_SEGMENTS or half_gone:
            self._merge()

    def remove(self, ids: Iterable[str]) -> int:
        """Forget formulas; how many of the ids were known."""
        places = self._known_places()
        known = [places.pop(formula_id) for formula_id in ids if formula_id in places]
        for segment, place in known:
            self._gone[segment][place] = True
        return len(known)

    def remove_of(self, owners: Collection[str]) -> int:
        """Forget the formulas of some owners, whose ids begin with an owner and `#`; how many.

        >>> index = FormulaIndex.build([("7#1", "a"), ("7#2", "b"), ("71#1", "c")])
        >>> index.remove_of({"7", "8"}), index.ids()
        (2, ['71#1'])
        """
        count = 0
        if not owners:
            return count
        for segment, gone in zip(self._segments, self._gone, strict=True):
            places = segment.places_of(owners)
            for place in places[~gone[places]].tolist():
                gone[place] = True
                count += 1
                if self._places is not None:
                    self._places.pop(segment.id(place))
        return count

    def ids(self) -> list[str]:
        """The ids of all formulas, in no order."""
        return list(self._known_places())

    def telling_ids(self) -> list[str]:
        r"""The ids of the formulas that are more than a bare symbol or name, in no order.

        >>> index = FormulaIndex.build([("name", r"\max"), ("sum", "a+b")])
        >>> index.telling_ids()
        ['sum']
        """
        found: list[str] = []
        for segment, telling in zip(self._segments, self._telling(), strict=True):
            ids = segment.all_ids()
            found += (ids[place] for place in np.flatnonzero(telling).tolist())
        return found

    def shapes(self, *, limit: int | None = None, offset: int = 0) -> tuple[list[list[str]], int]:
        r"""Formulas that are alike but for the names of variables, the most frequent shapes first.

        Bare symbols and names are left out.

        Args:
            limit: how many shapes at most.
            offset: how many are passed over.

        Returns: the ids of each shape, those added first in front; and how many shapes there are.

        >>> index = FormulaIndex.build([("one", "a+b=c"), ("two", "x+y=z"), ("three", "a<b")])
        >>> index.shapes(limit=1)
        ([['one', 'two']], 2)
        """
        page = slice(offset, None if limit is None else offset + limit)
        found, total = by_shape(self._segments, self._telling(), page)
        ends = np.cumsum([0, *map(len, self._gone)])

        def name(place: int) -> str:
            at = int(np.searchsorted(ends, place, side="right")) - 1
            return self._segments[at].id(place - int(ends[at]))

        return [list(map(name, places.tolist())) for places in found], total

    def count_telling(self) -> int:
        """How many formulas are more than a bare symbol or name."""
        return sum(int(telling.sum()) for telling in self._telling())

    def _telling(self) -> list[NDArray[np.bool_]]:
        """Of each segment, which of its ids name more than a bare symbol or name."""
        return [
            np.repeat(np.diff(segment.offsets) >= SAYS_LITTLE, np.diff(segment.named)) & ~gone
            for segment, gone in zip(self._segments, self._gone, strict=True)
        ]

    # ---- finding

    def find(
        self, pattern: str, *, limit: int = 10, offset: int = 0, equal_as_one: bool = False
    ) -> FormulaHits:
        r"""The formulas that answer a pattern best.

        Args:
            pattern: LaTeX; `?a` and `\qvar{a}` stand for any expression, the same name for the
                same one, `?` for any, `?num`, `?var`, `?op` for any of that kind.
            limit: how many hits at most.
            offset: how many to pass over.
            equal_as_one: whether formulas that say the same are one hit, which names them all.

        Raises:
            QueryError: if limit or offset is negative.
            TypeError: if one of the arguments is of another type.

        Returns: hits by layer (exact, renamed, part, similar), then by similarity; of equal ones
            those added first. There is a hit wherever the index has anything in common.
        """
        require_page(limit, offset)
        read = read_pattern(storable(pattern))
        rankings = self._rankings(read, max(LOOKED_AT, offset + limit))
        answers = best_answers(rankings, offset + limit, equal_as_one=equal_as_one)
        hits = tuple(
            _hit(answer, place)
            for place, answer in enumerate(answers.best[offset : offset + limit], offset + 1)
        )
        is_complete = all(ranking.is_complete for ranking in rankings)
        return FormulaHits(pattern, answers.total, hits, read.problems, is_complete, read.words)

    def _rankings(self, pattern: Pattern, looked_at: int) -> list[Ranking]:
        """Each segment's ranking; then, of the pattern in other notations, what it left out."""
        rankings = [
            self._ranking(number, pattern, looked_at) for number in range(len(self._segments))
        ]
        others: list[Ranking] = []
        if pattern.words:
            return rankings
        for term in other_notations(pattern.term):
            other = changed(pattern, term=term)
            for number, ranking in enumerate(rankings):
                others.append(self._ranking(number, other, looked_at, asked=ranking))
        return rankings + others

    def _ranking(
        self, number: int, pattern: Pattern, looked_at: int, asked: Ranking | None = None
    ) -> Ranking:
        table = self._tables[number]
        if table is None:
            table = self._tables[number] = self._segments[number].label_table()
        largest = max(self._segments, key=len)
        segment, gone = self._segments[number], self._gone[number]
        if asked is None:
            return rank(segment, pattern, table, gone, largest, looked_at)
        return rank_otherwise(segment, pattern, table, gone, largest, asked)

    # ---- on disk

    def save(self, folder: str | Path) -> None:
        """Write the index into a folder, in the place of one that is there.

        Segments that the folder holds already are not written again, and files are never
        overwritten, so that another process may go on reading the index of before.
        """
        target = os.fspath(folder)
        os.makedirs(target, exist_ok=True)
        names = [self._write(number, target) for number in range(len(self._segments))]
        header = {
            "version": VERSION,
            "probe": PROBE,
            "segments": names,
            "gone": [np.flatnonzero(gone).tolist() for gone in self._gone],
        }
        fresh = os.path.join(target, _fresh_name("formulas.json."))
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump(header, file)
        os.replace(fresh, os.path.join(target, "formulas.json"))
        _clear(target, set(names))

    def _write(self, number: int, folder: str) -> str:
        """Write a segment unless the folder holds it; the name that its files begin with."""
        written = self._written[number]
        if written is None or written[0] != folder:
            written = folder, _fresh_name("formulas-")
            self._segments[number].write(*written)
            self._written[number] = written
        return written[1]

    @classmethod
    def load(cls, folder: str | Path) -> FormulaIndex:
        """The index that a folder holds, mapped into memory.

        Raises:
            LibraryError: there is none, or another version of blogkit or of Python wrote it; build
                it again.
        """
        source = os.fspath(folder)
        header = _header(source)
        index = cls()
        index._places = None
        for prefix, gone in zip(header["segments"], header["gone"], strict=True):
            try:
                segment = Segment.read(source, prefix)
            except (OSError, ValueError, EOFError) as error:
                message = Message(
                    "{source}: expected a segment, found it broken: build it again",
                    source=os.path.join(source, prefix),
                )
                raise LibraryError(message) from error
            index._append(segment, (source, prefix))
            index._gone[-1][gone] = True
        return index

    # ---- segments

    def _append(self, segment: Segment, written: tuple[str, str] | None = None) -> None:
        self._segments.append(segment)
        self._gone.append(np.zeros(len(segment.id_offsets) - 1, dtype=bool))
        self._tables.append(None)
        self._written.append(written)

    def _known_places(self) -> dict[str, tuple[int, int]]:
        """Where each id is; read from the segments when first asked for."""
        if self._places is None:
            self._places = {
                formula_id: (at, place)
                for at, (segment, gone) in enumerate(zip(self._segments, self._gone, strict=True))
                for place, formula_id in enumerate(segment.all_ids())
                if not gone[place]
            }
        return self._places

    def _merge(self) -> None:
        """The small segments made one, and the largest with them where they are half of it."""
        sizes = [len(segment) for segment in self._segments]
        largest = sizes.index(max(sizes))
        keep = sum(sizes) - sizes[largest] < sizes[largest] / 2
        order = [n for n in range(len(sizes)) if not (keep and n == largest)]
        builder = SegmentBuilder()
        for at in order:
            segment, table = self._segments[at], self._segments[at].label_table()
            for number in np.flatnonzero(~segment.without_ids(self._gone[at])).tolist():
                added = builder.add(segment.latex(number), segment.term(number, table))
                for formula_id in segment.ids_of(number, self._gone[at]):
                    builder.name(added, formula_id)
        kept = (self._segments[largest], self._gone[largest], self._written[largest])
        self._segments, self._gone, self._tables, self._written = [], [], [], []
        if keep:
            self._append(kept[0], kept[2])
            self._gone[0] = kept[1]
        self._append(builder.segment())
        self._places = None


def _term(latex: str, definitions: str) -> Term:
    """The normal form of a formula with the macros that are defined before it."""
    if not definitions:
        return normal_form(latex)
    return normal_of(parse(latex, macros=parse(definitions).macros).tree)


def _checked(pair: tuple[str, str]) -> tuple[str, str]:
    """A pair as it was given, if it is one of two texts; else it would fail far from here."""
    if isinstance(pair, str) or len(pair) != 2:
        raise TypeError(f"expected an id and LaTeX, found {pair!r:.60}")
    for text in pair:
        if not isinstance(text, str):
            raise TypeError(f"expected an id and LaTeX as text, found {type(text).__name__}")
    return pair


def _fresh_name(beginning: str) -> str:
    """A name that no file has yet."""
    return beginning + os.urandom(4).hex()


def _clear(folder: str, prefixes: set[str]) -> None:
    """Delete the files of segments that are no longer listed; those in use may stay a while."""
    for name in os.listdir(folder):
        is_array = name.startswith("formulas-") and name.endswith(".npy")
        if is_array and name.split(".")[0] not in prefixes:
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, name))


class _Header(TypedDict):
    """What `formulas.json` holds."""

    version: int
    probe: int
    segments: list[str]
    gone: list[list[int]]


def _header(folder: str) -> _Header:
    """What is in a folder."""
    path = os.path.join(folder, "formulas.json")
    try:
        with open(path, encoding="utf-8") as file:
            header: _Header = json.load(file)
    except (OSError, ValueError) as error:
        raise LibraryError(
            Message("{path}: expected a formula index, found none: build it", path=path)
        ) from error
    if header.get("version") != VERSION or header.get("probe") != PROBE:
        raise LibraryError(
            Message(
                "{path}: expected version {version}, found {found}: build it again",
                path=path,
                version=VERSION,
                found=header.get("version"),
            )
        )
    return header


def _hit(answer: Answer, place: int) -> FormulaHit:
    """One hit, with the part that answers and the bindings."""
    ranking, number = answer.ranking, answer.number
    score = float(ranking.score[number])
    latex = ranking.segment.latex(number)
    span, bindings = Span(0, len(latex)), {}
    kind = _kind(score)
    if place <= SHOWN or number in ranking.matches:
        match = ranking.matches.get(number)
        if match is None:
            term = ranking.term(number)
            match = _match_again(ranking.pattern, term, kind)
        if match is not None:
            span = Span(match.start, match.end)
            bindings = _bindings(match, latex)
    return FormulaHit(answer.id, latex, place, score, kind, span, bindings, tuple(answer.equals))


SHOWN = 100
"""Hits whose matched part is looked for; a caller who wants more wants ids."""


def _match_again(pattern: Pattern, term: Term, kind: MatchKind) -> Match | None:
    if kind == "similar":
        return _in_common(pattern.term, term)
    return find_match(pattern.term, term, rename=False)


def _in_common(pattern: Term, term: Term) -> Match | None:
    """The largest part that both have, by name or at least by shape."""
    keys = {part.key for part in pattern.walk() if part.kids}
    shapes = {part.shape for part in pattern.walk() if part.kids}
    best = max(
        (part for part in term.walk() if part.key in keys or part.shape in shapes),
        key=lambda part: part.size,
        default=None,
    )
    if best is None:
        return None
    return Match(False, False, 0, True, best.start, best.end, {}, {})


def _kind(score: float) -> MatchKind:
    if score >= EXACT:
        return "exact"
    if score >= RENAMED:
        return "renamed"
    return "part" if score >= PART_RENAMED else "similar"


def _bindings(match: Match, latex: str) -> dict[str, str]:
    found = {shown(label): _source(terms, latex) for label, terms in match.bindings.items()}
    found |= {shown(label): name.split(":")[-1] for label, name in match.operators.items()}
    return found


def _source(terms: tuple[Term, ...], latex: str) -> str:
    """The LaTeX of what a wildcard stands for, from the first part to the last."""
    start, end = min(t.start for t in terms), max(t.end for t in terms)
    text = latex[start:end].strip()
    inner = text[1:-1]
    if text[:1] == "{" and text[-1:] == "}" and not ("{" in inner or "}" in inner):
        return inner.strip()
    return text
