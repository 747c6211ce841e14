r"""Matrix expressions with their sizes: what the proofs and the trials of matrices walk.

A statement is read once: which names are matrices, vectors and numbers (by the facts, by bold type,
by what is done with them), which sizes must be equal for it to make sense. Nothing is guessed: what
is not understood raises `Unread`. Imports the operator tree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from blogkit.check.facts.notation import SPECIAL
from blogkit.check.probability.events import Unread
from blogkit.check.question import Facts
from blogkit.formula import (
    Annotated,
    Apply,
    Collection,
    Index,
    Matrix,
    Number,
    Relation,
    Symbol,
    Text,
    Tree,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message

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
    "diagonal",
]

ONE: Final = 0
"""The size 1."""

_MATRIX_WORK: Final = frozenset(
    ["transpose", "inverse", "determinant", "trace", "rank", "hadamard", "inner"]
)
_PLAIN_FONTS: Final = frozenset(["", "bold", "upright", "blackboard"])

GRADIENTS: Final = frozenset(["gradient", "partial", "derivative"])
"""Derivatives by a vector or matrix."""

_VECTOR_PLACES: Final = frozenset(["transpose", "norm", "inner", "diagonal", "hadamard"])


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
    """The name; for a symbolic power, the exponent."""
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

    def join(self, one: int, two: int) -> None:
        """Makes two sizes equal.

        Raises:
            Unread: where one is 1 and the other is not given as 1, or both are other numbers.
        """
        one, two = self.find(one), self.find(two)
        if one == two:
            return
        first, second = self.known.get(one), self.known.get(two)
        if ONE in (one, two) or (first is not None and second is not None and first != second):
            raise Unread(Message("the sizes of the matrices don't fit"))
        if first is None:
            one, two = two, one
        self.parents[two] = one


def is_matrix_claim(tree: Tree, facts: Facts) -> bool:
    """Whether a statement is about matrices or vectors."""
    for node in walk(tree):
        if isinstance(node, Apply) and node.operator in _MATRIX_WORK:
            if node.operator != "inverse" or not isinstance(node.args[0], Symbol):
                return True
            if _is_matrix_name(node.args[0], facts):
                return True
        if isinstance(node, Matrix):
            return True
        if isinstance(node, Apply) and node.operator == "norm" and _is_plain(node.args[0]):
            return True
        if isinstance(node, Symbol | Index) and _kind_given(node, facts) in {"matrix", "vector"}:
            return True
    return False


def _is_plain(tree: Tree) -> bool:
    """Whether it is made of names by sums and products only."""
    if isinstance(tree, Apply):
        return tree.operator in {"plus", "minus", "times"} and all(map(_is_plain, tree.args))
    return isinstance(tree, Symbol | Number)


def _is_matrix_name(name: Symbol, facts: Facts) -> bool:
    kind = _kind_given(name, facts)
    return kind == "matrix" or (kind != "function" and name.name.isupper() and len(name.name) == 1)


def _kind_given(tree: Tree, facts: Facts) -> str:
    """`matrix`, `vector`, `scalar` or nothing: by the facts and by bold type."""
    base = tree.base if isinstance(tree, Index) else tree
    if not isinstance(base, Symbol):
        return ""
    sort = facts.sorts.get(base)
    if sort is not None and sort.kind in {"matrix", "vector", "function", "set", "random"}:
        if isinstance(tree, Index) and not sort.is_family:
            return "" if base.font != "bold" else sort.kind
        return sort.kind
    if base.font == "bold" and len(base.name) == 1 and base.name.isalpha():
        return "matrix" if base.name.isupper() else "vector"
    if "vec" in base.accents or "vector" in base.accents:
        return "vector"
    return ""


@dataclass(slots=True)
class TermReader:
    """Reads the sides of one statement; names keep their sizes between them."""

    facts: Facts
    """What is known."""
    sizes: Sizes = field(default_factory=Sizes)
    """The sizes so far."""
    names: dict[Tree, Term] = field(default_factory=dict)
    """Each name as a term."""
    vectors: set[Tree] = field(default_factory=set)
    """Names without bold type that are vectors, by what is done with them."""
    special: set[Tree] = field(default_factory=set)
    """Names that may stand for one matrix, such as zero; they are read as any matrix."""
    has_layout: bool = False
    r"""Whether a derivative `\partial f / \partial x` was read, which others write transposed."""
    conventions: list[str] = field(default_factory=list)
    """LaTeX of what was taken for granted."""

    def read(self, claim: Relation) -> tuple[Term, Term]:
        """Both sides, of equal size.

        Raises:
            Unread: where a part is not understood or sizes don't fit.
        """
        if self.facts.field_ == "complex":
            raise Unread(Message("complex matrices are not handled"))
        self.vectors = _vectors(claim)
        left, right = (self.term(side) for side in claim.operands)
        self._adopt_exponent((left, right))
        if "zero" in (left.operator, right.operator):
            return left, right
        if self.is_scalar(left) != self.is_scalar(right):
            raise Unread(Message("the sizes of the matrices don't fit"))
        self._same_size(left, right)
        return left, right

    def _adopt_exponent(self, sides: tuple[Term, ...]) -> None:
        """Takes the `n` of `c^n` beside a determinant for its size, where nothing else is said."""
        terms = [term for side in sides for term in all_terms(side)]
        exponents = {t.name for t in terms if t.operator == "symbolic-power" and t.name is not None}
        sizes = {self.sizes.find(t.args[0].rows) for t in terms if t.operator == "determinant"}
        taken = {self.sizes.find(size) for size in self.sizes.named.values()}
        if len(exponents) == 1 and len(sizes) == 1 and not sizes & taken:
            (exponent,), (size,) = exponents, sizes
            if exponent not in self.sizes.named and exponent not in self.names:
                self.sizes.named[exponent] = size
                self.conventions.append(
                    Message(
                        r"{exponent} \text{{ is the size of the matrix}}",
                        exponent=to_latex(exponent),
                    )
                )

    @property
    def has_free_sizes(self) -> bool:
        """Whether some size has neither a name nor a value, so that it may be meant otherwise."""
        told = {self.sizes.find(size) for size in self.sizes.named.values()}
        terms = [term for term in self.names.values() if term.operator == "name"]
        sizes = {self.sizes.find(size) for term in terms for size in (term.rows, term.columns)}
        return bool(sizes - told - {ONE})

    def is_scalar(self, term: Term) -> bool:
        """Whether a term is 1 by 1, and so a number."""
        return self.sizes.find(term.rows) == ONE == self.sizes.find(term.columns)

    def _same_size(self, one: Term, two: Term) -> None:
        self.sizes.join(one.rows, two.rows)
        self.sizes.join(one.columns, two.columns)

    def term(self, tree: Tree) -> Term:
        """One expression."""
        match tree:
            case Number(text="0"):
                return Term("zero", (), ONE, ONE, tree)
            case Number():
                return Term("number", (), ONE, ONE, tree)
            case Symbol() | Index():
                return self._name(tree)
            case Matrix(rows=rows):
                return self._literal(rows)
            case Collection(kind="tuple", items=(inner,)):
                return self.term(inner)
            case Annotated(body=body):
                return self.term(body)
            case Apply():
                return self._apply(tree)
            case _:
                raise Unread(Message("a part of the matrix expression is not understood"))

    def _literal(self, rows: tuple[tuple[Tree, ...], ...]) -> Term:
        width = len(rows[0])
        if any(len(row) != width for row in rows) or len(rows) > 4 or width > 4:
            raise Unread(Message("a matrix with rows of different lengths, or a large one"))
        entries = tuple(self.term(cell) for row in rows for cell in row)
        if not all(self.is_scalar(entry) for entry in entries):
            raise Unread(Message("matrices made of blocks are not handled"))
        height = self.sizes.of(Number(str(len(rows))))
        return Term("literal", entries, height, self.sizes.of(Number(str(width))), None, width)

    def _name(self, tree: Symbol | Index) -> Term:
        if tree in self.names:
            return self.names[tree]
        term = self._new_name(tree)
        if term.operator != "identity":  # one letter may stand for identities of several sizes
            self.names[tree] = term
        return term

    def _new_name(self, tree: Symbol | Index) -> Term:
        base = tree.base if isinstance(tree, Index) else tree
        if not isinstance(base, Symbol):
            raise Unread(Message("a part of the matrix expression is not understood"))
        is_named = base in self.facts.named or not _bears_size_only(base)
        if base.name in SPECIAL and not is_named:
            self.special.add(tree)
        if base.name == "I" and not is_named and base.font in _PLAIN_FONTS:
            size = self.sizes.of(tree.indices[0]) if isinstance(tree, Index) else self.sizes.new()
            return Term("identity", (), size, size, tree)
        if base.name == "0" and base.is_bare and not isinstance(tree, Index):
            return Term("zero", (), ONE, ONE, tree)
        if not base.name.isalpha() or len(base.name) > 1 or base.primes:
            raise Unread(Message("a name may stand for a special matrix"))
        kind = _kind_given(tree, self.facts) or self._kind_by_use(tree, base)
        sort = self.facts.sorts.get(base)
        shape = (sort.shape if sort is not None else ()) or self._stated_shape(tree)
        if kind == "matrix":
            rows, columns = (
                map(self.sizes.of, shape)
                if len(shape) == 2
                else (self.sizes.new(), self.sizes.new())
            )
            return Term("name", (), rows, columns, tree)
        if kind == "vector":
            rows = self.sizes.of(shape[0]) if len(shape) == 1 else self.sizes.new()
            return Term("name", (), rows, ONE, tree)
        if kind in {"function", "set", "random"} or (sort is not None and sort.is_family):
            raise Unread(Message("a name is no number, vector or matrix"))
        return Term("name", (), ONE, ONE, tree)

    def _stated_shape(self, name: Tree) -> tuple[Tree, ...]:
        r"""The sizes of `A \in \mathbb{R}^{m \times n}` among the facts."""
        for fact in self.facts.constraints:
            match fact.tree:
                case Relation(
                    operators=("∈",), operands=(one, Apply(operator="power", args=(_, exponent)))
                ) if one == name:
                    if isinstance(exponent, Apply) and exponent.operator == "by":
                        return exponent.args
                    return (exponent,)
        return ()

    def _kind_by_use(self, tree: Tree, base: Symbol) -> str:
        if tree in self.vectors:
            return "vector"
        if isinstance(tree, Index):
            if base in self.names or base in self.vectors or base.name.isupper():
                raise Unread(
                    Message("entries of a matrix or vector by their index are not handled")
                )
            return "scalar"
        sort = self.facts.sorts.get(base)
        if sort is not None and sort.kind in {"natural", "integer", "rational", "complex"}:
            return "scalar"
        is_latin = base.name.isascii() and not base.font
        return "matrix" if base.name.isupper() and is_latin else "scalar"

    def _apply(self, tree: Apply) -> Term:
        operator, args = tree.operator, tree.args
        if operator == "inner" and len(args) == 2:
            return self._inner(self.term(args[0]), self.term(args[1]))
        if operator == "power":
            return self._power(args[0], args[1])
        if operator == "norm":
            return self._norm(tree)
        if operator in GRADIENTS and len(args) == 2:
            return self._gradient(operator, args[0], args[1])
        terms = tuple(self.term(arg) for arg in args)
        match operator:
            case "plus":
                return self._plus(terms)
            case "minus":
                return self.product((number(-1), terms[0]))
            case "times":
                return self.product(terms)
            case "hadamard":
                for other in terms[1:]:
                    self._same_size(terms[0], other)
                return Term("hadamard", terms, terms[0].rows, terms[0].columns)
            case "divide":
                return self._divide(*terms)
            case "transpose":
                return Term("transpose", terms, terms[0].columns, terms[0].rows)
            case "inverse":
                self.sizes.join(terms[0].rows, terms[0].columns)
                return Term("inverse", terms, terms[0].rows, terms[0].columns)
            case "determinant" | "trace" as name:
                self.sizes.join(terms[0].rows, terms[0].columns)
                return Term(name, terms, ONE, ONE)
            case "rank":
                return Term("rank", terms, ONE, ONE)
            case "abs" | "root" as name if len(terms) == 1:
                return self._of_scalar(name, terms[0])
            case "diagonal" if self.sizes.find(terms[0].columns) == ONE:
                return Term("diagonal", terms, terms[0].rows, terms[0].rows)
            case _:
                raise Unread(Message("a part of the matrix expression is not understood"))

    def _of_scalar(self, name: Literal["abs", "root"], term: Term) -> Term:
        if self.is_scalar(term):
            return Term(name, (term,), ONE, ONE)
        if name == "abs":
            self.sizes.join(term.rows, term.columns)
            return Term("determinant", (term,), ONE, ONE)
        raise Unread(Message("the root of a matrix is not handled"))

    def _gradient(self, operator: str, of: Tree, by: Tree) -> Term:
        """A gradient of a number by a vector or matrix, of the shape of that."""
        from blogkit.check.matrices.gradients import gradient

        name, value = self.term(by), self.term(of)
        if name.operator != "name" or self.is_scalar(name) or not self.is_scalar(value):
            raise Unread(Message("a part of the matrix expression is not understood"))
        if operator != "gradient":
            self.has_layout = True
        return gradient(value, name, self)

    def _inner(self, one: Term, two: Term) -> Term:
        self._same_size(one, two)
        turned = Term("transpose", (one,), one.columns, one.rows)
        product = self.product((turned, two))
        if self.is_scalar(product):
            return product
        return Term("trace", (product,), ONE, ONE)

    def _plus(self, terms: tuple[Term, ...]) -> Term:
        full = [term for term in terms if term.operator != "zero"] or list(terms)
        for other in full[1:]:
            if self.is_scalar(other) != self.is_scalar(full[0]):
                raise Unread(Message("the sizes of the matrices don't fit"))
            self._same_size(full[0], other)
        return Term("plus", tuple(full), full[0].rows, full[0].columns)

    def _divide(self, above: Term, below: Term) -> Term:
        if not self.is_scalar(below):
            raise Unread(Message("division by a matrix is not handled"))
        return Term("divide", (above, below), above.rows, above.columns)

    def product(self, terms: Iterable[Term]) -> Term:
        """A product in its order; a part of size 1 by 1 is a number and may stand anywhere."""
        scalars: list[Term] = []
        run: list[Term] = []
        for term in terms:
            if self.is_scalar(term):
                scalars.append(term)
                continue
            if run:
                if self.sizes.find(run[-1].columns) == ONE != self.sizes.find(term.rows):
                    raise Unread(Message("two columns side by side are no matrix product"))
                self.sizes.join(run[-1].columns, term.rows)
            run.append(term)
            joint = Term("times", tuple(run), run[0].rows, run[-1].columns)
            if self.is_scalar(joint):
                scalars.append(joint)
                run = []
        if not run:
            return Term("times", tuple(scalars), ONE, ONE)
        return Term("times", (*scalars, *run), run[0].rows, run[-1].columns)

    def _power(self, base: Tree, exponent: Tree) -> Term:
        inner = self.term(base)
        if exponent == Symbol("T"):
            return Term("transpose", (inner,), inner.columns, inner.rows)
        if isinstance(exponent, Number) and exponent.text.isdigit() and int(exponent.text) <= 6:
            if not self.is_scalar(inner):
                self.sizes.join(inner.rows, inner.columns)
            return Term("power", (inner,), inner.rows, inner.columns, None, int(exponent.text))
        if self.is_scalar(inner) and isinstance(exponent, Symbol):
            return Term("symbolic-power", (inner,), ONE, ONE, exponent)
        raise Unread(Message("a power is not understood"))

    def _norm(self, tree: Apply) -> Term:
        inner = self.term(tree.args[0])
        kind = _kind_of_norm(tree.args[1]) if len(tree.args) > 1 else "2"
        is_vector = self.sizes.find(inner.columns) == ONE or self.sizes.find(inner.rows) == ONE
        if kind == "F" or (is_vector and kind == "2"):
            return Term("frobenius", (inner,), ONE, ONE)
        if is_vector and kind == "1":
            return Term("one-norm", (inner,), ONE, ONE)
        return Term("norm", (inner,), ONE, ONE, tree.args[1] if len(tree.args) > 1 else None)


def _kind_of_norm(index: Tree) -> str:
    """The digit or letter that says which norm is meant; nothing where it is none that is known."""
    match index:
        case Number(text=text) | Text(text=text):
            return text
        case Symbol(name=name, font="" | "upright") if index.is_bare:
            return name
    return ""


def _bears_size_only(identity: Symbol) -> bool:
    """Whether a letter for the identity has no marks that make it another name."""
    return not (identity.accents or identity.primes or identity.superscript)


def number(value: int) -> Term:
    """A whole number as a term."""
    return Term("number", (), ONE, ONE, Number(str(value)))


def all_terms(term: Term) -> Iterator[Term]:
    """A term and all below it."""
    yield term
    for arg in term.args:
        yield from all_terms(arg)


def _vectors(claim: Tree) -> set[Tree]:
    """Small letters that are used as vectors, and what is added to them."""
    found: set[Tree] = set()
    for node in walk(claim):
        if isinstance(node, Apply) and (
            node.operator in _VECTOR_PLACES
            or (node.operator == "power" and node.args[1] == Symbol("T"))
        ):
            found |= {arg for arg in node.args[:2] if _is_small(arg)}
            found |= _summands(node.args[0])
        if isinstance(node, Apply) and node.operator in GRADIENTS and len(node.args) == 2:
            found |= {node.args[1]} if _is_small(node.args[1]) else set()
            found |= _applied_to(node.args[0], node.args[1])
        if _ends_in_vector(node):
            found.add(node.children[-1])
    for _ in range(3):
        for node in walk(claim):
            if isinstance(node, Apply) and node.operator == "plus":
                members = _summands(node)
                if members & found:
                    found |= members
    return found


def _applied_to(tree: Tree, by: Tree) -> set[Tree]:
    """Small letters beside `A x` in a sum are vectors where x is one."""
    found: set[Tree] = set()
    for node in walk(tree):
        if isinstance(node, Apply) and node.operator == "plus":
            ends = [arg.args[-1] for arg in node.args if isinstance(arg, Apply) and arg.args]
            if by in ends and any(
                isinstance(arg, Apply) and arg.operator == "times" for arg in node.args
            ):
                found |= _summands(node)
    return found


def _ends_in_vector(tree: Tree) -> bool:
    """`x^T A y`: what is left after a row is a column."""
    if not isinstance(tree, Apply) or tree.operator != "times" or not _is_small(tree.args[-1]):
        return False
    return any(_is_turned_small(arg) for arg in tree.args[:-1])


def _is_turned_small(tree: Tree) -> bool:
    if not isinstance(tree, Apply):
        return False
    is_turned = tree.operator == "transpose" or tree.args[-1] == Symbol("T")
    return is_turned and _is_small(tree.args[0])


def _summands(tree: Tree) -> set[Tree]:
    if isinstance(tree, Apply) and tree.operator in {"plus", "minus"}:
        return {name for arg in tree.args for name in _summands(arg)}
    return {tree} if _is_small(tree) else set()


def _is_small(tree: Tree) -> bool:
    base = tree.base if isinstance(tree, Index) else tree
    return isinstance(base, Symbol) and base.name.islower() and base.name.isascii()
