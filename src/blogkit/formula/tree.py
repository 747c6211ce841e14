r"""The operator tree: what a reader means by a formula.

It exists so that search and checking walk a formula's meaning and not its typography: `\frac{a}{b}`
and `a/b` are the same tree. Few node types, immutable, compared by value; the place in the source
is carried along and not compared. Names of operators are a closed vocabulary (`vocabulary.py`);
whatever is not in it is a `Call` of a symbol. What could not be read is an `Opaque` node.

A tree is never deeper than a few hundred nodes, so walks may recurse.
This module imports only `blogkit.spans`, and `blogkit.latex` for the type of a kept layout.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from blogkit.latex import Node as Layout
from blogkit.spans import Span

NOWHERE = Span(0, 0)
"""The span of a tree that was made by a program and not read from a source."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Base of all nodes."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True, repr=False)
    """Where it stands in the source: half-open, in code points; not compared."""

    @property
    def children(self) -> tuple["Tree", ...]:
        """The trees directly below, in reading order."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Tree):
    """A number as written: `2`, `0.0001`, `1,024` without its comma."""

    text: str
    """Its exact digits, with a point where there is one."""


@dataclass(frozen=True, slots=True)
class Symbol(Tree):
    r"""A name: a letter or a word, with all that makes it another name: `x`, `\hat{v}`, `p_\theta`.

    A subscript that numbers the members of a family is not here, but an `Index` around the symbol.
    """

    name: str
    """The letter or word in Unicode: `θ`, `softmax`."""
    font: str = ""
    """`bold`, `blackboard`, `calligraphic`, `script`, `fraktur`, `sans`, `mono`, `upright`, or
    nothing."""
    accents: tuple[str, ...] = ()
    r"""What is drawn over or beside it, innermost first: `hat`, `bar`, `star`, `dagger`; by its
    command where it has no other name: `breve`, `overset{\circ}`."""
    primes: int = 0
    """How many primes it has."""
    subscript: Tree | None = None
    """A subscript that is part of the name."""
    superscript: Tree | None = None
    """A superscript that is part of the name, such as a word."""

    @property
    def children(self) -> tuple[Tree, ...]:
        if self.subscript is None and self.superscript is None:
            return ()  # most nodes are such, and every walk asks them
        return _present(self.subscript, self.superscript)

    @property
    def is_bare(self) -> bool:
        r"""Whether it is a letter or word in some font and no more: `x`, not `\hat{x}`, `x'`."""
        return not (self.accents or self.primes or self.subscript or self.superscript)


@dataclass(frozen=True, slots=True)
class Constant(Tree):
    """A name whose meaning is fixed: `π`, `e`, `i`, `∞`, `∅`, and the sets `N Z Q R C`."""

    name: str
    """One of `vocabulary.CONSTANTS`."""
    assumed: bool = field(default=False, compare=False)
    """Whether habit says so and not the way it is set: `e`, `i` and `π` might be variables."""


@dataclass(frozen=True, slots=True)
class Blank(Tree):
    r"""A place that is left open: the dot of `f(\cdot)`, the missing left side of `= 3`."""


@dataclass(frozen=True, slots=True)
class Ellipsis(Tree):
    r"""And so on: `\dots`, `\cdots`, among terms, factors, items or entries."""


@dataclass(frozen=True, slots=True)
class Sign(Tree):
    r"""An operator that is spoken of and not used: the formulas `\times` and `\rightarrow`."""

    text: str
    """The sign in Unicode."""


@dataclass(frozen=True, slots=True)
class Apply(Tree):
    """An operator of the vocabulary with its arguments."""

    operator: str
    """One of `vocabulary.OPERATORS`, which says what the arguments are."""
    args: tuple[Tree, ...]
    """The arguments, in reading order."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return self.args


@dataclass(frozen=True, slots=True)
class Call(Tree):
    r"""A function that is not of the vocabulary, applied: `f(x)`, `p(y|x;\theta)`, `KL(p\|q)`."""

    function: Tree
    """What is applied: a `Symbol`, or its power, inverse or derivative."""
    args: tuple[Tree, ...]
    """The arguments."""
    conditions: tuple[Tree, ...] = ()
    """What stands behind a bar."""
    parameters: tuple[Tree, ...] = ()
    """What stands behind a semicolon."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (self.function, *self.args, *self.conditions, *self.parameters)


@dataclass(frozen=True, slots=True)
class Index(Tree):
    r"""A member of a family: `x_i`, `a_{ij}`, `y_{<t}`, and with `upper` `h^{(l)}`."""

    base: Tree
    """The family."""
    indices: tuple[Tree, ...]
    """Its indices; a relation with a blank left side is a range, as in `y_{<t}`."""
    upper: bool = False
    """Whether they stand above, in brackets."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (self.base, *self.indices)


@dataclass(frozen=True, slots=True)
class Big(Tree):
    r"""An operator that binds variables in a body: `\sum_{i=1}^n`, `\int`, `\lim`, `\arg\min`."""

    operator: str
    """One of `vocabulary.BINDERS`."""
    bound: tuple[Tree, ...]
    """The variables that it binds."""
    lower: Tree | None
    """Where the range starts, for one bound variable that runs."""
    upper: Tree | None
    """Where it ends, included."""
    condition: Tree | None
    r"""What else is said of the variables: `i \in S`, `x \to 0`, `1 \le i < j`, or a region."""
    body: Tree
    """What it is taken of."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (*self.bound, *_present(self.lower, self.upper, self.condition), self.body)


@dataclass(frozen=True, slots=True)
class Expectation(Tree):
    r"""`\mathbb{E}_{z\sim p}[f(z)]`, and likewise a variance or covariance."""

    operator: str
    """`expectation`, `variance` or `covariance`."""
    under: Tree | None
    """The subscript: variables, or what they are drawn from."""
    args: tuple[Tree, ...]
    """What it is taken of; two for a covariance."""
    conditions: tuple[Tree, ...] = ()
    """What stands behind a bar."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (*_present(self.under), *self.args, *self.conditions)


@dataclass(frozen=True, slots=True)
class Relation(Tree):
    r"""A chain: `a = b \leq c`, also over several aligned lines (a derivation)."""

    operands: tuple[Tree, ...]
    """One more than there are operators."""
    operators: tuple[str, ...]
    """Signs in Unicode, variants folded (`vocabulary.RELATIONS`); what is written on one follows
    it in braces: `={def}`."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Collection(Tree):
    r"""Several things listed: `\{1,\dots,n\}`, `(x, y)`, `[a; b]`, `x_1,\dots,x_n`."""

    kind: str
    """`set`, `tuple`, `list` (square brackets) or `sequence` (no brackets)."""
    items: tuple[Tree, ...]
    """What is listed."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Comprehension(Tree):
    r"""A set by a property: `\{x \in A \mid x > 0\}`."""

    element: Tree
    """What its elements look like, perhaps with where they are taken from."""
    conditions: tuple[Tree, ...]
    """What holds for them."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (self.element, *self.conditions)


@dataclass(frozen=True, slots=True)
class Interval(Tree):
    """An interval: `[0, 1)`."""

    lower: Tree
    """Its left end."""
    upper: Tree
    """Its right end."""
    has_lower: bool
    """Whether the left end belongs to it."""
    has_upper: bool
    """Whether the right end belongs to it."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class Matrix(Tree):
    """Rows of entries."""

    rows: tuple[tuple[Tree, ...], ...]
    """The entries; a blank cell is a `Blank`."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return tuple(cell for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Cases(Tree):
    """A value for each condition."""

    branches: tuple[tuple[Tree, Tree | None], ...]
    """Value and condition; no condition for "otherwise"."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return tuple(part for branch in self.branches for part in _present(*branch))


@dataclass(frozen=True, slots=True)
class System(Tree):
    r"""Several statements: the lines of `aligned`, or `p = …, \quad Z = …` on one line."""

    statements: tuple[Tree, ...]
    """The statements and the words between them."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return self.statements


@dataclass(frozen=True, slots=True)
class Where(Tree):
    r"""A statement or value with a condition in words: `x = 1 \text{ if } y > 0`."""

    body: Tree
    """What is said."""
    word: str
    """One of `vocabulary.CONNECTIVES`' values: `if`, `for`, `where`, `subject-to` …"""
    condition: Tree
    """When it is said."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (self.body, self.condition)


@dataclass(frozen=True, slots=True)
class Annotated(Tree):
    r"""A part with a remark on it: `\underbrace{x + y}_{\text{sum}}`."""

    body: Tree
    """The part."""
    note: Tree
    """The remark."""

    @property
    def children(self) -> tuple[Tree, ...]:
        return (self.body, self.note)


@dataclass(frozen=True, slots=True)
class Text(Tree):
    """Words that are no part of the formula proper."""

    text: str
    """The words, with single spaces."""


@dataclass(frozen=True, slots=True)
class Opaque(Tree):
    """What could not be read."""

    latex: str
    """Its LaTeX in the printer's form."""
    reason: str
    """One of `vocabulary.REASONS`."""
    layout: Layout | None = field(default=None, compare=False, repr=False)
    """Its layout; None where something is missing."""


def _present(*parts: Tree | None) -> tuple[Tree, ...]:
    return tuple(part for part in parts if part is not None)


def children(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below, in reading order."""
    return tree.children


def walk(tree: Tree) -> Iterator[Tree]:
    """A tree and all below it, parents first, in reading order.

    >>> x = Symbol("x")
    >>> [type(node).__name__ for node in walk(Apply("power", (x, Number("2"))))]
    ['Apply', 'Symbol', 'Number']
    """
    waiting = [tree]
    while waiting:
        tree = waiting.pop()
        yield tree
        if below := tree.children:
            waiting.extend(reversed(below))


def outside_indices(tree: Tree) -> Iterator[Tree]:
    """A tree and all below it but for the indices of members."""
    yield tree
    for child in (tree.base,) if isinstance(tree, Index) else tree.children:
        yield from outside_indices(child)
