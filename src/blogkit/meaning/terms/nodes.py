r"""Expressions of numbers, vectors and matrices with their sizes: what proofs and trials walk.

Imports the operator tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from blogkit.formula import (
    Apply,
    Big,
    Constant,
    Expectation,
    Number,
    Sign,
    Symbol,
    Text,
    Tree,
)
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable

Operator = Literal[
    "name",
    "number",
    "identity",
    "zero",
    "literal",
    "plus",
    "times",
    "divide",
    "power",
    "symbolic-power",
    "transpose",
    "inverse",
    "determinant",
    "trace",
    "rank",
    "norm",
    "frobenius",
    "one-norm",
    "abs",
    "root",
    "hadamard",
    "kronecker",
    "stacked",
    "diagonal",
    "constant",
    "exponent",
    "function",
    "matrix-function",
    "call",
    "sum",
    "product",
    "expectation",
    "integral",
    "extremum",
    "count",
    "entry",
    "cases",
    "array",
    "slope",
    "derivative",
]
"""What is done. `cases` has a value for each condition on indices, its name them; `stacked` is a
matrix as one column, column by column; `matrix-function` a function of a whole matrix, such as
its exponential or its largest eigenvalue; `function` is one that is known, entry by entry or as
`softmax`; `call` one that is not, its name the call with blanks for what it is applied to;
`sum`, `product`, `expectation`, `integral` and `extremum` bind, their name the binder with a
blank for a body; `count` is the number of what a sum runs over; `exponent` a number to any
power; `entry` an entry of a vector or matrix, its name the indices; `array` a matrix by its
general entries, in rows, its name what binds the numbers of row and column where those go on;
`slope` the derivative of a known function, entry by entry; `derivative` a product of
derivatives along a path, its parts what is derived and by what, in turn, its name how it is
laid out."""

ONE: Final = 0
"""The size 1."""


@dataclass(frozen=True, slots=True)
class Term:
    """One expression."""

    operator: Operator
    """What is done."""
    args: tuple["Term", ...]
    """To what; the entries of a literal in rows."""
    rows: int
    """Its rows, as a size of `Sizes`."""
    columns: int
    """Its columns."""
    name: Tree | None = None
    """The name; for a symbolic power, the exponent; else see `Operator`."""
    count: int = 0
    """A whole exponent, or the columns of a literal."""


@dataclass(slots=True)
class Sizes:
    """Which sizes are equal: each is a number; 0 is the size 1."""

    parents: list[int] = field(default_factory=lambda: [ONE])
    """The size that each size equals; itself for one that stands for all equal ones."""
    known: dict[int, int] = field(default_factory=lambda: {ONE: 1})
    """The value of sizes that are given as numbers."""
    named: dict[Tree, int] = field(default_factory=dict)
    """Sizes by their name."""
    products: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of what each size is the product that is one."""

    def new(self) -> int:
        """A size of which nothing is known, but that it is more than 1 in general."""
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def find(self, size: int) -> int:
        """The size that stands for all equal ones."""
        while self.parents[size] != size:
            size = self.parents[size]
        return size

    def of(self, tree: Tree) -> int:
        """The size that a tree says: `n`, `3`."""
        if tree == Number("1"):
            return ONE
        if tree not in self.named:
            self.named[tree] = self.new()
            if isinstance(tree, Number) and tree.text.isdigit():
                self.known[self.named[tree]] = int(tree.text)
        return self.named[tree]

    def product(self, one: int, two: int) -> int:
        """The size of a Kronecker product of such sizes."""
        factors = self.find(one), self.find(two)
        if ONE in factors:
            return max(factors)
        known = (size for size, pair in self.products.items() if pair == factors)
        size = next(known, None)
        if size is None:
            size = self.new()
            self.products[size] = factors
        return size

    def join(self, one: int, two: int) -> None:
        """Makes two sizes equal.

        Raises:
            NotApplicable: where one is 1 and the other is not given so, or both are other numbers.
        """
        one, two = self.find(one), self.find(two)
        if one == two:
            return
        first, second = self.known.get(one), self.known.get(two)
        if ONE in (one, two) or (first is not None and second is not None and first != second):
            raise NotApplicable(Message("the sizes of the matrices don't fit"))
        if one in self.products and two in self.products:
            for a, b in zip(self.products[one], self.products[two], strict=True):
                self.join(a, b)
        if first is None and one not in self.products:
            one, two = two, one
        self.parents[two] = one


def number(value: int) -> Term:
    """A whole number as a term."""
    return Term("number", (), ONE, ONE, Number(str(value)))


def all_terms(term: Term) -> Iterator[Term]:
    """A term and all below it."""
    yield term
    for arg in term.args:
        yield from all_terms(arg)


OPEN: Final = 1000
"""Names of what is bound by sums around count from here on; in a normal form, from 1 on."""


def bound_name(number: int) -> Symbol:
    """The name of what a sum binds, whatever it was: so sums that differ in it only are one."""
    return Symbol("index", subscript=Number(str(number)))


def is_bound_name(tree: Tree) -> bool:
    """Whether a sum binds it."""
    return isinstance(tree, Symbol) and tree.name == "index" and tree.subscript is not None


def binder(term: Term) -> Big | Expectation:
    """What a sum, product or expectation binds, and over what."""
    assert isinstance(term.name, Big | Expectation)
    return term.name


def kind_of_norm(index: Tree) -> str:
    """What says which norm is meant: a digit, a letter, `∞` or `*`; nothing where it is neither."""
    match index:
        case Number(text=text) | Text(text=text):
            return text
        case Symbol(name=name, font="" | "upright") if index.is_bare:
            return name
        case Constant(name="∞"):
            return "∞"
        case Sign(text="∗" | "*"):
            return "*"
    return ""


def slope(signature: Tree, place: int) -> Tree:
    """The signature of a function's derivative by one of its arguments, the first being 1."""
    return Apply("partial", (signature, Number(str(place))))


def without_slopes(signature: Tree) -> tuple[Tree, tuple[int, ...]]:
    """A signature before `slope` made it that of a derivative, and by which arguments, last first.

    >>> without_slopes(slope(slope(Symbol("f"), 2), 1))[1]
    (1, 2)
    """
    places: list[int] = []
    while isinstance(signature, Apply) and signature.operator == "partial":
        signature, place = signature.args
        assert isinstance(place, Number)
        places.append(int(place.text))
    return signature, tuple(places)
