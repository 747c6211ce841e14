"""Values along a computation graph, and the derivatives of one name by another at a point.

What is derived by is cut off from what it depends on, and moves by itself; all that depends on it
follows by the rules.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from flint import arb, fmpq

from blogkit.formula import Call, Index, Number, Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.terms.graph_reader import TOTAL, WHOLE, GraphReader
from blogkit.meaning.terms.jets import Jet, Value
from blogkit.meaning.terms.nodes import ONE, Term, all_terms, without_slopes
from blogkit.meaning.terms.points import Point
from blogkit.meaning.terms.values import Grid, grid, slope_of_function, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


Fixing = Literal["expressions", "names", "nothing"]
"""What holds the other names in it fixed where it names what it is derived by: an expression that
is written out, `\\partial f(x, h, w)/\\partial w`; the rule of a name as well; or nothing."""

_LAST = 3
"""The last of the members that a sum goes through."""
_DEEPEST = 40
"""Rules within rules that are followed."""


@dataclass(slots=True)
class GraphPoint(Point):
    """A point at which names are what their rules say."""

    fixing: Fixing = "expressions"
    """What is held fixed under derivatives."""
    moving: dict[Tree, Value] = field(default_factory=dict)
    """What is derived by, as jets; empty outside of derivatives."""
    fixed: frozenset[Tree] = frozenset()
    """The names and families that don't follow what moves."""
    followed: dict[Tree, Value] = field(default_factory=dict)
    """The names that follow what moves, as far as they were met."""
    depth: int = 0
    """How many rules lead to where it is."""

    def __post_init__(self) -> None:
        self.wholes.update(dict.fromkeys(self._graph.ends, _LAST))

    def _raw(self, term: Term) -> Value:
        if term.operator == "derivative":
            return self._derivative(term)
        if term.operator == "slope":
            assert isinstance(term.name, Symbol)
            return slope_of_function(term.name.name, self.value(term.args[0]))
        return Point._raw(self, term)

    # Names

    def _named(self, term: Term) -> Value:
        assert term.name is not None
        key = self._member(term.name)
        if key in self.moving:
            return self.moving[key]
        found = self._rule(key)
        if found is None:
            return Point._named(self, term)
        if self.moving and _family(key) in self.fixed:
            moving, self.moving = self.moving, {}
            value = self._named(term)
            self.moving = moving
            return value
        known = self.followed if self.moving else self.names
        if key not in known:
            name, letters = found
            with self._lettered(letters):
                known[key] = self.value(self._values[name])
        return known[key]

    def _draw(self, term: Term, tree: Tree) -> Value:
        """A value as balls: exact ones would grow with each function of a function."""
        drawn = Point._draw(self, term, tree)
        return drawn.mapped(arb) if isinstance(drawn, Grid) else arb(drawn)

    def _rule(self, key: Tree) -> tuple[Tree, dict[Tree, int]] | None:
        """The rule for a name or member, and its letters; before the first member is none."""
        if key in self._values:
            return key, {}
        for rule in self._graph.rules:
            letters = (rule.letters(key) or {}).items()
            numbers = {
                letter: int(index.text)
                for letter, index in letters
                if isinstance(index, Number) and index.text.isdigit()
            }
            if letters and len(numbers) == len(letters) and all(numbers.values()):
                return rule.name, numbers
        return None

    @contextmanager
    def _lettered(self, letters: dict[Tree, int]) -> Iterator[None]:
        """What is evaluated within has these numbers for letters."""
        before = {letter: self.wholes[letter] for letter in letters if letter in self.wholes}
        self.wholes.update(letters)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotApplicable(Message("the definitions of the post go round in a circle"))
        try:
            yield
        finally:
            self.depth -= 1
            for letter in letters:
                del self.wholes[letter]
            self.wholes.update(before)

    def _length(self, members: Tree) -> int:
        return self.wholes.setdefault(members, _LAST)

    # Derivatives

    def _derivative(self, term: Term) -> Value:
        """A product of Jacobians along a path, in the shape of the derivative that it is."""
        if self.moving:
            raise NotApplicable(Message("a derivative within a derivative is not tried"))
        pairs = list(zip(term.args[::2], term.args[1::2], strict=True))
        before = self.fixing
        if term.count == TOTAL:
            self.fixing = "nothing"
        elif term.count == WHOLE and self.fixing == "names":
            self.fixing = "expressions"
        whole = self._jacobian(*pairs[0])
        for of, by in pairs[1:]:
            whole = times(whole, self._jacobian(of, by))
        self.fixing = before
        (first, _), (_, last) = pairs[0], pairs[-1]
        assert isinstance(term.name, Symbol)
        is_turned = term.name.name == "numerator"
        if self.reader.is_scalar(last):
            return grid(self.size(first.rows), self.size(first.columns), whole.entries)
        if self.reader.is_scalar(first):
            shaped = grid(self.size(last.rows), self.size(last.columns), whole.entries)
            return shaped.turned if is_turned else shaped
        return whole.turned if term.name.name == "denominator" else whole

    def _jacobian(self, of: Term, by: Term) -> Grid:
        """A row for each number that is derived, a column for each that it is derived by."""
        assert by.name is not None
        key = self._member(by.name)
        at = self.value(by)
        entries = at.entries if isinstance(at, Grid) else (at,)
        units = [
            Jet(entry, tuple(fmpq(int(i == j)) for j in range(len(entries))))
            for i, entry in enumerate(entries)
        ]
        moved = units[0] if not isinstance(at, Grid) else grid(at.height, at.width, units)
        value = self._moved(of, key, moved)
        rows = value.entries if isinstance(value, Grid) else (value,)
        zero = (fmpq(0),) * len(entries)
        return Grid(tuple(row.slopes if isinstance(row, Jet) else zero for row in rows))

    def _moved(self, of: Term, key: Tree, moved: Value) -> Value:
        """What is derived, as jets."""
        own = self._member(of.name) if of.operator == "name" and of.name else None
        rule = self._rule(own) if own is not None and self.fixing == "names" else None
        body, letters = (self._values[rule[0]], rule[1]) if rule else (of, {})
        self.value(of)  # what it is made of is drawn before anything moves
        with self._lettered(letters):
            names = set(self._names_in(body)) if self.fixing != "nothing" else set()
            if key in names - {own}:
                self.fixed = frozenset(map(_family, names))
            self.moving = {key: moved}
            try:
                return self.value(body)
            finally:
                self.moving, self.fixed = {}, frozenset()
                self.followed.clear()

    def _names_in(self, term: Term) -> Iterator[Tree]:
        for part in all_terms(term):
            if part.operator == "name" and part.name is not None:
                yield self._member(part.name)

    # Functions

    def _called(self, term: Term) -> Value:
        assert term.name is not None
        inner, _ = without_slopes(term.name)
        if isinstance(inner, Call) and inner.function in self._graph.entrywise:
            value, lone = self.value(term.args[0]), replace(term, rows=ONE, columns=ONE)
            if isinstance(value, Grid):
                return value.mapped(lambda entry: self._applied(lone, [entry]))
        return Point._called(self, term)

    @property
    def _graph(self) -> GraphReader:
        assert isinstance(self.reader, GraphReader)
        return self.reader

    @property
    def _values(self) -> Mapping[Tree, Term]:
        return self._graph.values


def _family(key: Tree) -> Tree:
    return key.base if isinstance(key, Index) else key
