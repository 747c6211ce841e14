r"""Derivatives read as they are meant in a computation graph: of a name, by what it depends on.

Whether a derivative of a number by a column is a column or a row, and whether a Jacobian has a row
or a column for each number that is derived, is a matter of layout, which hardly any post says; so
a statement is read in each. Imports `reader.py`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from blogkit.formula import Apply, Blank, Call, Index, Relation, Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import named_function
from blogkit.language import Message
from blogkit.meaning.dependence import running_families
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.terms.nodes import Term, slope
from blogkit.meaning.terms.reader import ENTRYWISE, TermReader
from blogkit.meaning.terms.signs import kind_given
from blogkit.meaning.trees.chains import link_of
from blogkit.meaning.trees.rewriting import substitute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.meaning.facts.known import Rule

Layout = Literal["mixed", "denominator", "numerator"]
"""`mixed`: derivatives of a number have the shape of what it is derived by, Jacobians a row for
each number that is derived; `denominator`: Jacobians have a column for each; `numerator`:
derivatives of a number are turned too."""

WHOLE: Final = 1
TOTAL: Final = 2
"""What a derivative counts as that is a side by itself, and one that is written with a d."""
_PRODUCTS: Final = frozenset(["prod"])
"""Words for a product of derivatives, whatever their shapes: source: d2l.ai, section 5.3."""
_UNCLEAR: Final = Message("a part of the matrix expression is not understood")


@dataclass(slots=True)
class GraphReader(TermReader):
    """Reads a statement together with the rules by which its names depend on others."""

    rules: tuple[Rule, ...] = ()
    """The rules; what a name depends on stands before it."""
    layout: Layout = "mixed"
    """How derivatives are laid out."""
    entrywise: frozenset[Symbol] = frozenset()
    """Functions that nobody defines and that are applied to a vector entry by entry."""
    has_shapes: bool = False
    """Whether something was read that depends on the layout."""
    values: dict[Tree, Term] = field(default_factory=dict)
    """What the name of each rule is."""
    ends: frozenset[Tree] = frozenset()
    """The letters up to which sums run."""
    _families: dict[tuple[Tree, bool, int], Term] = field(default_factory=dict)
    _running: frozenset[Tree] = frozenset()
    """The families of which a member stands somewhere whose number may be any."""
    _bare: frozenset[Tree] = frozenset()
    """The names that stand by themselves somewhere, so that their members are entries."""

    def _look_over(self, whole: Tree) -> None:
        relations = tuple(Relation((rule.name, rule.value), ("=",)) for rule in self.rules)
        whole = t.System((whole, *relations))
        TermReader._look_over(self, whole)
        self._running = running_families([whole])
        sums = [node for node in walk(whole) if isinstance(node, t.Big)]
        self.ends = frozenset(x.upper for x in sums if isinstance(x.upper, Symbol)) - frozenset(
            name for x in sums for name in x.bound
        )
        self._bare = frozenset(_bare_names(whole))

    def _forget(self) -> None:
        TermReader._forget(self)
        self.values.clear()
        self._families.clear()
        self.has_shapes = False

    def _read(self, claim: Relation) -> tuple[Term, Term]:
        for rule in self.rules:
            value = self.term(rule.value)
            self.values[rule.name] = value
            assert isinstance(rule.name, Symbol | Index)
            if kind_given(rule.name, self.facts) in {"vector", "matrix"}:
                self._same_size(self._name(rule.name), value)
                continue
            if self.entrywise and self._has_bold and not self.is_scalar(value):
                raise NotApplicable(Message("the sizes of the matrices don't fit"))
            name = replace(value, operator="name", args=(), name=rule.name, count=0)
            key = self._family(rule.name)
            known = self.names.get(rule.name) if key is None else self._families.get(key)
            if known is not None:
                self._same_size(known, value)
            elif key is None:
                self.names[rule.name] = name
            else:
                self._families[key] = name
        left, right = TermReader._read(self, claim)
        return _as_whole(left), _as_whole(right)

    # Names

    def _family(self, tree: Tree) -> tuple[Tree, bool, int] | None:
        """What the members of a family have in common, which are all of one size."""
        if isinstance(tree, Index) and tree.base in self._running:
            return tree.base, tree.upper, len(tree.indices)
        return None

    def _name(self, tree: Symbol | Index) -> Term:
        key = self._family(tree)
        if key is None or not isinstance(tree, Index) or tree.base in self._arrays:
            return TermReader._name(self, tree)
        if key not in self._families:
            self._families[key] = TermReader._name(self, tree)
        first = self._families[key]
        if first.operator != "name":
            return TermReader._name(self, tree)
        if first.name in self._kinds:
            self._kinds[tree] = self._kinds[first.name]
        self.names[tree] = replace(first, name=tree)
        return self.names[tree]

    def _kind_by_use(self, tree: Tree, base: Symbol) -> str:
        if not isinstance(tree, Index) or self._is_of_numbers:
            return TermReader._kind_by_use(self, tree, base)
        if base in self._bare:
            raise NotApplicable(
                Message("entries of a matrix or vector by their index are not handled")
            )
        if any(isinstance(x, Index) and x.base == base for x in self.vectors):
            return "vector"
        return self._kind_of(tree, "matrix", "scalar") if base.name.isupper() else "scalar"

    # Functions

    def _call(self, call: Call) -> Term:
        function = call.function
        if isinstance(function, Symbol) and function.name in _PRODUCTS:
            links = [link for arg in call.args if (link := link_of(arg)) is not None]
            if len(links) < max(2, len(call.args)):
                raise NotApplicable(_UNCLEAR)
            return self._path(links)
        if isinstance(function, Symbol) and len(call.args) == 1 and not call.conditions:
            plain = replace(function, primes=0)
            if plain in self.entrywise:
                return self._each(call, plain)
            known = named_function(plain)
            if function.primes == 1 and known is not None and known.takes == "number":
                arg = self.term(call.args[0])
                return Term("slope", (arg,), arg.rows, arg.columns, Symbol(known.name))
        return TermReader._call(self, call)

    def _each(self, call: Call, function: Symbol) -> Term:
        """A function of numbers, or its derivative, of each entry."""
        assert isinstance(call.function, Symbol)
        arg = self.term(call.args[0])
        if not self.is_scalar(arg):
            self.assume(ENTRYWISE)
        signature: Tree = replace(call, function=function, args=(Blank(),))
        for _ in range(call.function.primes):
            signature = slope(signature, 1)
        return Term("call", (arg,), arg.rows, arg.columns, signature)

    # Derivatives

    def _apply(self, tree: Apply) -> Term:
        if tree.operator == "times" and any(map(link_of, tree.args)):
            return self.product(self._factors(tree.args))
        return TermReader._apply(self, tree)

    def _factors(self, args: tuple[Tree, ...]) -> Iterator[Term]:
        """The factors of a product; derivatives along a path are one."""
        path: list[tuple[Tree, Tree]] = []
        for arg in args:
            link = link_of(arg)
            if path and (link is None or not self._goes_on(path[-1][1], link[0])):
                yield self._path(path)
                path = []
            if link is None:
                yield self.term(arg)
            else:
                path.append(link)
        if path:
            yield self._path(path)

    def _goes_on(self, by: Tree, of: Tree) -> bool:
        """Whether what is derived is what the derivative before it is by."""
        if by == of:
            return True
        found = ((rule.value, rule.letters(by)) for rule in self.rules)
        return any(
            letters is not None and substitute(value, letters) == of for value, letters in found
        )

    def _gradient(self, operator: str, of: Tree, *by: Tree) -> Term:
        if len(by) != 1:
            return TermReader._gradient(self, operator, of, *by)
        path = self._path([(of, by[0])], is_gradient=operator == "gradient")
        return replace(path, count=TOTAL) if operator == "derivative" else path

    def _path(self, links: list[tuple[Tree, Tree]], *, is_gradient: bool = False) -> Term:
        """A product of derivatives, each of what the one before is by."""
        terms = [(self.term(of), self.term(by)) for of, by in links]
        for (_, by), (of, _) in itertools.pairwise(terms):
            self._same_size(by, of)
        if any(by.operator != "name" for _, by in terms):
            raise NotApplicable(_UNCLEAR)
        (first, _), (_, last) = terms[0], terms[-1]
        rows, columns = self._shape(first, last, is_gradient)
        # ∇ of a number is a column in any layout.
        layout = "mixed" if is_gradient and self.layout == "numerator" else self.layout
        parts = tuple(term for pair in terms for term in pair)
        return Term("derivative", parts, rows, columns, Symbol(layout))

    def _shape(self, of: Term, by: Term, is_gradient: bool) -> tuple[int, int]:
        """The rows and columns of a derivative."""
        if self.is_scalar(by):
            return of.rows, of.columns
        self.has_shapes = self.has_shapes or not (is_gradient and self.is_scalar(of))
        if self.is_scalar(of):
            is_turned = self.layout == "numerator" and not is_gradient
            return (by.columns, by.rows) if is_turned else (by.rows, by.columns)
        if not (self._is_column(of) and self._is_column(by)):
            raise NotApplicable(Message("a derivative with more than two indices is not handled"))
        return (by.rows, of.rows) if self.layout == "denominator" else (of.rows, by.rows)


def _as_whole(side: Term) -> Term:
    """A derivative that is a side of its own is never one with other names held fixed."""
    is_partial = side.operator == "derivative" and not side.count
    return replace(side, count=WHOLE) if is_partial else side


def _bare_names(tree: Tree) -> Iterator[Tree]:
    """The names that stand by themselves, not only as names of families or as indices."""
    if isinstance(tree, Symbol):
        yield tree
    elif not isinstance(tree, Index):
        for child in tree.children:
            yield from _bare_names(child)
