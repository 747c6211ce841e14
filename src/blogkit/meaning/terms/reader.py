r"""A statement read as terms: what is a matrix, a vector, a number, and of which size.

A statement is read as a whole: by the facts, by bold type, by what is done with a name. Where two
sizes don't fit, a name or an unknown function that was read by habit only is read otherwise, and
the statement anew: `\phi(x)` behind `w^\top` is a vector. Nothing is guessed: what is not
understood raises `NotApplicable`, and what was taken for granted is told. Imports the operator
tree.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NoReturn

from blogkit.formula import (
    Annotated,
    Apply,
    Big,
    Blank,
    Call,
    Cases,
    Collection,
    Constant,
    Ellipsis,
    Expectation,
    Index,
    Matrix,
    Number,
    Relation,
    Symbol,
    Tree,
    variables,
    walk,
)
from blogkit.formula.named_functions import named_function
from blogkit.formula.printing import to_latex
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.language import Message, message_of
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.facts.notation import SPECIAL
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.events import drawn_from
from blogkit.meaning.terms.nodes import (
    ONE,
    OPEN,
    Operator,
    Sizes,
    Term,
    all_terms,
    bound_name,
    is_bound_name,
    kind_of_norm,
    number,
    slope,
)
from blogkit.meaning.terms.signs import has_sign_of_matrices, kind_given
from blogkit.meaning.terms.spectra import MATRICES_OF_MATRICES, NUMBERS_OF_MATRICES, word_of
from blogkit.meaning.terms.vectors import vectors_of
from blogkit.meaning.trees.arrays import COLUMN, ROW, general_entry
from blogkit.meaning.trees.parameters import derived_by
from blogkit.meaning.trees.rewriting import substitute

_PLAIN_FONTS: Final = frozenset(["", "bold", "upright", "blackboard"])
_OF_NUMBERS: Final = frozenset(
    ["exp", "log", "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "sign"]
)
"""Operators that are taken of numbers, and of a vector entry by entry."""
_OF_NUMBERS_ONLY: Final = frozenset(
    [
        *["factorial", "double-factorial", "binomial", "falling-factorial", "pochhammer"],
        *["floor", "ceil", "round", "gcd", "lcm", "lg", "erf", "erfc", "max", "min", "root"],
        *["cot", "sec", "csc", "coth", "sech", "csch", "arcsin", "arccos", "arccot"],
        *["arcsinh", "arccosh", "arctanh"],
    ]
)
"""Operators of numbers that are kept as they are, of whatever they are taken."""
_READINGS: Final = 8
"""How often a statement is read before its sizes are given up."""
NO_FIT: Final = frozenset(
    [
        Message("the sizes of the matrices don't fit"),
        Message("two columns side by side are no matrix product"),
    ]
)
"""Why a statement is none, as its names are read."""
ENTRYWISE: Final = Message(
    r"\text{powers, roots, quotients and functions of vectors are entry by entry}"
)

Kind = Literal["", "scalar", "vector", "row", "matrix"]
"""What a name is; nothing where that is not known."""


class _Again(Exception):  # noqa: N818 - no error: the statement is read once more
    """Something was read by habit, sizes did not fit, and it is to be read otherwise."""


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
    rests_on_habit: bool = False
    """Whether some of that is a habit that not all writers have, so that nothing is refuted."""
    _bound: list[Symbol] = field(default_factory=list)
    """What the sums around bind."""
    _binders: dict[Symbol, Big] = field(default_factory=dict)
    """Of what is bound, by what, with a blank for a body."""
    _called: dict[Tree, Tree] = field(default_factory=dict)
    """What the statement calls what is bound."""
    _ends: dict[Tree, Tree] = field(default_factory=dict)
    """Up to where a sum from 1 on runs, by what it binds."""
    _has_bold: bool = False
    """Whether vectors or matrices are set in bold, so that a plain capital may be a number."""
    _is_of_numbers: bool = False
    """Whether nothing speaks of vectors or matrices, so that all names are numbers."""
    _has_several_means: bool = False
    """Whether there are expectations over different distributions."""
    _unsaid: set[Tree] = field(default_factory=set)
    """What is bound by sums that don't say over what they run."""
    _kinds: dict[Tree, list[Kind]] = field(default_factory=dict)
    """Of each name or function that was read by habit how it may be read, the present way first."""

    def read(self, claim: Relation) -> tuple[Term, Term]:
        """Both sides, of equal size.

        Raises:
            NotApplicable: where a part is not understood or sizes don't fit.
        """
        if self.facts.field_ == "complex":
            raise NotApplicable(Message("complex matrices are not handled"))
        self._look_over(claim)
        for _ in range(_READINGS):
            try:
                return self._read(claim)
            except _Again:
                self._forget()
        raise NotApplicable(Message("the sizes of the matrices don't fit"))

    def _look_over(self, whole: Tree) -> None:
        """Notes what shows only in all that is read together."""
        self._is_of_numbers = not has_sign_of_matrices(whole, self.facts)
        self.vectors = set() if self._is_of_numbers else vectors_of(whole)
        self._has_bold = any(isinstance(x, Symbol) and x.font == "bold" for x in walk(whole))
        self._has_several_means = _has_several_means(whole)

    def _forget(self) -> None:
        """Drops what was read, but for how names are to be read."""
        self.sizes, self._bound = Sizes(), []
        self.names.clear()
        self.special.clear()
        self.conventions.clear()
        self.rests_on_habit = False

    def _read(self, claim: Relation) -> tuple[Term, Term]:
        self._unsaid.clear()
        left, right = (self.term(side) for side in claim.operands)
        if len(self._unsaid) > 1:
            self.assume(Message(r"\text{sums without a range run over the same values}"))
        self._adopt_exponent((left, right))
        if "zero" in (left.operator, right.operator):
            return left, right
        if self.is_scalar(left) != self.is_scalar(right):
            self._reconsider(left, right)
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
                self.assume(
                    Message(
                        r"{exponent} \text{{ is the size of the matrix}}",
                        exponent=to_latex(exponent),
                    )
                )

    def assume(self, convention: str, *, is_habit: bool = False) -> None:
        """Note what was taken for granted, in LaTeX; a habit that not all writers have as such."""
        self.rests_on_habit = self.rests_on_habit or is_habit
        if convention not in self.conventions:
            self.conventions.append(convention)

    @property
    def _arrays(self) -> frozenset[Tree]:
        r"""Vectors and matrices whose entries a plain letter names: `x_i` beside a bold `x`."""
        return frozenset(
            fact.tree.operands[1].base
            for fact in self.facts.stated
            if isinstance(fact.tree, Relation)
            and fact.source == "notation"
            and isinstance(fact.tree.operands[0], Index)
            and isinstance(fact.tree.operands[1], Index)
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

    def _is_column(self, term: Term) -> bool:
        return self.sizes.find(term.columns) == ONE != self.sizes.find(term.rows)

    def _is_row(self, term: Term) -> bool:
        return self.sizes.find(term.rows) == ONE != self.sizes.find(term.columns)

    def _same_size(self, one: Term, two: Term) -> None:
        for a, b in ((one.rows, two.rows), (one.columns, two.columns)):
            if (self.sizes.find(a) == ONE) != (self.sizes.find(b) == ONE):
                self._reconsider(one, two)
            self.sizes.join(a, b)

    # What was read by habit

    def _kind_of(self, key: Tree, *kinds: Kind) -> Kind:
        """How a name or function is read that may be read in several ways."""
        return self._kinds.setdefault(key, list(kinds))[0]

    def _reconsider(self, *terms: Term) -> NoReturn:
        """Has something in terms whose sizes don't fit read in its next way.

        Raises:
            _Again: where there is such a thing.
            NotApplicable: where there is none.
        """
        found = [key for term in reversed(terms) for key in self._flexible(term)]
        functions = [key for key in found if not isinstance(key, Symbol | Index)]
        for key in (*functions, *found):
            del self._kinds[key][0]
            raise _Again
        raise NotApplicable(Message("the sizes of the matrices don't fit"))

    def _flexible(self, term: Term) -> Iterator[Tree]:
        """What is in a term that may be read otherwise."""
        if term.name is not None and len(self._kinds.get(term.name, ())) > 1:
            yield term.name
        if term.operator not in {"call", "entry", "norm"}:
            for arg in reversed(term.args):
                yield from self._flexible(arg)

    # Expressions

    def term(self, tree: Tree) -> Term:
        """One expression."""
        match tree:
            case Number(text="0"):
                return Term("zero", (), ONE, ONE, tree)
            case Number():
                return Term("number", (), ONE, ONE, tree)
            case Constant(name="e" | "π"):
                return Term("constant", (), ONE, ONE, tree)
            case Symbol() | Index():
                return self._name(tree)
            case Matrix(rows=rows):
                return self._literal(rows)
            case Collection(kind="tuple" | "list", items=(inner,)):
                return self.term(inner)
            case Annotated(body=body):
                return self.term(body)
            case Cases(branches=branches):
                return self._cases(branches)
            case Apply():
                return self._apply(tree)
            case Call():
                return self._call(tree)
            case Big(operator="sum" | "product" | "integral" | "max" | "min" | "sup" | "inf"):
                return self._big(tree)
            case Expectation(operator="expectation", args=(body,)):
                if self._has_several_means:
                    return self._integrated(tree, body)
                mean = self.term(body)
                name = replace(tree, args=(Blank(),))
                return Term("expectation", (mean,), mean.rows, mean.columns, name)
            case _:
                raise NotApplicable(Message("a part of the matrix expression is not understood"))

    def _cases(self, branches: tuple[tuple[Tree, Tree | None], ...]) -> Term:
        """A number for each condition on indices."""
        values = tuple(self.term(value) for value, _ in branches)
        if not all(map(self.is_scalar, values)):
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        conditions = tuple((Blank(), condition) for _, condition in branches)
        return Term("cases", values, ONE, ONE, Cases(conditions))

    def _integrated(self, mean: Expectation, body: Tree) -> Term:
        r"""An expectation beside one over another distribution: `\int p(x) f(x)\,dx`."""
        drawn = drawn_from(mean.under)
        if drawn is None or mean.conditions:
            raise NotApplicable(
                Message("expectations over different distributions are not handled")
            )
        self.assume(to_latex(Relation((substitute(drawn, self._called), Number("0")), (">",))))
        weighted = Apply("times", (drawn, body))
        return self.term(Big("integral", drawn.args, None, None, None, weighted))

    def _array(self, rows: tuple[tuple[Tree, ...], ...]) -> Term:
        """A matrix that is written with dots; its entries may be rows or columns."""
        array = general_entry(rows)
        if array is None:
            raise NotApplicable(Message("how a matrix goes on is not clear"))
        own = tuple(bound_name(OPEN + len(self._bound) + place) for place in range(2))
        self._bound.extend(own)
        self._ends |= {
            name: last
            for name, last in zip(own, (array.last_row, array.last_column), strict=True)
            if last is not None
        }
        names = {ROW: own[0], COLUMN: own[1]}
        cells = [self.term(substitute(cell, names)) for row in array.cells for cell in row]
        del self._bound[-2:]
        first = cells[0]
        for cell in cells[1:]:
            self._same_size(first, cell)
        heights, widths = self.sizes.find(first.rows), self.sizes.find(first.columns)
        rows_size = self._size_of_array(heights, array.last_row, len(array.cells))
        columns_size = self._size_of_array(widths, array.last_column, len(array.cells[0]))
        name = Big("tensor", own, array.last_row, array.last_column, None, Blank())
        return Term("array", tuple(cells), rows_size, columns_size, name, len(array.cells[0]))

    def _size_of_array(self, size: int, last: Tree | None, count: int) -> int:
        """How many rows there are of so many entries, each of so many rows."""
        if size == ONE:
            return self.sizes.of(Number(str(count)) if last is None else last)
        if last is not None or count != 1:
            raise NotApplicable(Message("matrices made of blocks are not handled"))
        return size

    def _literal(self, rows: tuple[tuple[Tree, ...], ...]) -> Term:
        if any(isinstance(cell, Ellipsis) for row in rows for cell in row):
            return self._array(rows)
        width = len(rows[0])
        if any(len(row) != width for row in rows) or len(rows) > 4 or width > 4:
            raise NotApplicable(Message("a matrix with rows of different lengths, or a large one"))
        entries = tuple(self.term(cell) for row in rows for cell in row)
        if not all(self.is_scalar(entry) for entry in entries):
            raise NotApplicable(Message("matrices made of blocks are not handled"))
        height = self.sizes.of(Number(str(len(rows))))
        return Term("literal", entries, height, self.sizes.of(Number(str(width))), None, width)

    # Names

    def _name(self, tree: Symbol | Index) -> Term:
        if tree in self.names:
            return self.names[tree]
        term = self._new_name(tree)
        if term.operator not in {"identity", "entry"}:  # one letter may stand for several sizes
            self.names[tree] = term
        return term

    def _new_name(self, tree: Symbol | Index) -> Term:
        base = tree.base if isinstance(tree, Index) else tree
        if isinstance(base, Apply) and base.operator == "inner":
            return self.term(base)  # \langle A, B \rangle_F
        is_whole = isinstance(base, Call | Apply) or base in self._arrays
        if isinstance(tree, Index) and is_whole:
            return self._entry(self.term(base), tree)
        if not isinstance(base, Symbol):
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        if is_bound_name(tree):
            return self._of_kind("vector" if base.font == "bold" else "scalar", tree, base)
        if self._is_of_numbers and base.font != "bold":
            return self._of_kind("scalar", tree, base)
        is_named = base in self.facts.named or not _bears_size_only(base)
        if base.name in SPECIAL and not is_named:
            self.special.add(tree)
        if base.name == "I" and not is_named and base.font in _PLAIN_FONTS:
            size = self.sizes.of(tree.indices[0]) if isinstance(tree, Index) else self.sizes.new()
            return Term("identity", (), size, size, tree)
        if base.name == "0" and base.is_bare and not isinstance(tree, Index):
            return Term("zero", (), ONE, ONE, tree)
        if base == Symbol("1", "bold"):
            return Term("name", (), self.sizes.new(), ONE, base)
        is_plain = base.name.islower() and not base.font
        if not base.name.isalpha() or len(base.name) > 1 or (base.primes and not is_plain):
            raise NotApplicable(Message("a name may stand for a special matrix"))
        return self._of_kind(self._kind(tree, base), tree, base)

    def _of_kind(self, kind: str, tree: Symbol | Index, base: Symbol) -> Term:
        sort = self.facts.sorts.get(base)
        shape = (sort.shape if sort is not None else ()) or self._stated_shape(tree)
        if kind == "matrix":
            rows, columns = (
                map(self.sizes.of, shape)
                if len(shape) == 2
                else (self.sizes.new(), self.sizes.new())
            )
            return Term("name", (), rows, columns, tree)
        if kind in {"vector", "row"}:
            size = self.sizes.of(shape[0]) if len(shape) == 1 else self.sizes.new()
            if kind == "vector":
                return Term("name", (), size, ONE, tree)
            self.assume(Message(r"{name} \text{{ is a row}}", name=to_latex(tree)))
            return Term("name", (), ONE, size, tree)
        if kind in {"function", "set"}:
            raise NotApplicable(Message("a name is no number, vector or matrix"))
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

    def _kind(self, tree: Symbol | Index, base: Symbol) -> str:
        given = kind_given(tree, self.facts)
        if given == "random":
            given = kind_given(tree, Facts())
        if given == "vector" and not self._stated_shape(tree):
            return self._kind_of(tree, "vector", "row")
        if given == "matrix" and isinstance(tree, Index) and len(tree.indices) == 2:
            return self._kind_of(tree, "matrix", "scalar")
        if given == "matrix" and not base.font and self._has_bold and not self._stated_shape(tree):
            return self._kind_of(tree, "matrix", "scalar")
        return given or self._kind_by_use(tree, base)

    def _kind_by_use(self, tree: Tree, base: Symbol) -> str:
        if tree in self.vectors:
            return "vector"
        if isinstance(tree, Index):
            if base in self.names or base in self.vectors or base.name.isupper():
                raise NotApplicable(
                    Message("entries of a matrix or vector by their index are not handled")
                )
            return "scalar"
        sort = self.facts.sorts.get(base)
        if sort is not None and sort.kind in {"natural", "integer", "rational", "complex"}:
            return "scalar"
        if not base.name.isupper() or not base.name.isascii() or base.font:
            return "scalar"
        if self._is_of_numbers:
            return "scalar"
        return self._kind_of(tree, "matrix", "scalar") if self._has_bold else "matrix"

    def _entry(self, whole: Term, tree: Index) -> Term:
        r"""An entry of a vector or matrix: `\operatorname{softmax}(o)_j`, `x_i` beside a bold x."""
        if self.is_scalar(whole) or len(tree.indices) != (1 if self._is_column(whole) else 2):
            raise NotApplicable(
                Message("entries of a matrix or vector by their index are not handled")
            )
        for index, size in zip(tree.indices, (whole.rows, whole.columns), strict=False):
            last = self._ends.get(index)
            if last is not None:
                self.sizes.join(size, self.sizes.of(last))
        return Term("entry", (whole,), ONE, ONE, Collection("sequence", tree.indices))

    # Functions

    def _call(self, call: Call) -> Term:
        blank, function = Blank(), call.function
        parts = (*call.args, *call.conditions, *call.parameters)
        args = tuple(self.term(piece) for part in parts for piece in _pieces(part))
        known = named_function(function) if isinstance(function, Symbol) else None
        if len(args) == 1 and not self.is_scalar(args[0]):
            whole = self._of_whole(function, args[0])
            if whole is not None:
                return whole
        if known is not None and len(args) == 1:
            index = self._index_of(call.args[0])
            if known.name == "softmax" and self.is_scalar(args[0]) and index is not None:
                return self._share(call.args[0], index)
            return self._known(known.name, known.takes, known.gives, args[0])
        signature: Tree = replace(
            call,
            args=tuple(map(_without_pieces, call.args)),
            conditions=tuple(map(_without_pieces, call.conditions)),
            parameters=tuple(map(_without_pieces, call.parameters)),
        )
        if isinstance(function, Symbol) and function.primes and len(args) == 1:
            signature = replace(call, function=replace(function, primes=0), args=(blank,))
            for _ in range(function.primes):
                signature = slope(signature, 1)
            if not self.is_scalar(args[0]):
                raise NotApplicable(Message("a part of the matrix expression is not understood"))
        return self._value(self._kind_of_call(signature, function), args, signature)

    def _of_whole(self, function: Tree, matrix: Term) -> Term | None:
        r"""What a known word is of a whole matrix: `\lambda_{\max}(A)`, `\text{vec}(A)`."""
        name = word_of(function)
        if name == "vec":
            size = self.sizes.product(matrix.columns, matrix.rows)
            return Term("stacked", (matrix,), size, ONE)
        if name in MATRICES_OF_MATRICES:
            return Term("matrix-function", (matrix,), matrix.rows, matrix.columns, Symbol(name))
        if name not in NUMBERS_OF_MATRICES:
            return None
        if name.startswith("λ"):
            self.sizes.join(matrix.rows, matrix.columns)
        return Term("matrix-function", (matrix,), ONE, ONE, Symbol(name))

    def _index_of(self, tree: Tree) -> Symbol | None:
        """The only index of the sums around on which something depends."""
        found = [own for own in self._bound if own in walk(tree)]
        return found[0] if len(found) == 1 else None

    def _share(self, tree: Tree, index: Symbol) -> Term:
        r"""`\operatorname{softmax}(f(i))` within a sum over `i`: its share of what all have."""
        part = Apply("exp", (tree,))
        whole = replace(self._binders[index], operator="sum", body=part)
        return self.term(Apply("divide", (part, whole)))

    def _kind_of_call(self, signature: Tree, function: Tree) -> Kind:
        name = function.base if isinstance(function, Index) else function
        is_bold = isinstance(name, Symbol) and name.font == "bold"
        if isinstance(name, Symbol) and is_bold:
            return "matrix" if name.name.isupper() else "vector"
        return self._kind_of(signature, "scalar", "vector", "matrix")

    def _value(self, kind: Kind, args: tuple[Term, ...], signature: Tree) -> Term:
        if kind == "scalar":
            return Term("call", args, ONE, ONE, signature)
        return Term(
            "call",
            args,
            self.sizes.of(Apply("dimension", (signature,))),
            ONE
            if kind == "vector"
            else self.sizes.of(Apply("dimension", (signature, Number("2")))),
            signature,
        )

    def _known(self, name: str, takes: str, gives: str, arg: Term) -> Term:
        if takes == "vector" and not self._is_column(arg):
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        rows, columns = (
            (ONE, ONE) if (takes, gives) == ("vector", "number") else (arg.rows, arg.columns)
        )
        return Term("function", (arg,), rows, columns, Symbol(name))

    # Sums

    def _big(self, tree: Big) -> Term:
        if not tree.bound:
            raise NotApplicable(Message("a sum over more than one index is not handled here"))
        tree = _with_ends(tree)
        index, *others = sorted(tree.bound, key=to_latex)  # for any order means the same
        if others and tree.condition is None:
            inner = replace(tree, bound=tuple(others))
            return self._big(replace(tree, bound=(index,), body=inner))
        letter = index.base if isinstance(index, Index) else index
        if others or not isinstance(letter, Symbol):
            raise NotApplicable(Message("a sum over more than one index is not handled here"))
        own = replace(bound_name(OPEN + len(self._bound)), font=letter.font)
        self._bound.append(own)
        self._called[own] = index
        self._ends.pop(own, None)
        if tree.lower == Number("1") and isinstance(tree.upper, Symbol | Number):
            self._ends[own] = tree.upper
        condition = tree.condition and substitute(tree.condition, {index: own})
        if tree.lower is None and tree.upper is None and condition is None:
            if tree.operator == "integral":  # perhaps indefinite: of its variable, that is
                condition = index
            else:
                self._unsaid.add(index)
        name = Big(tree.operator, (own,), tree.lower, tree.upper, condition, Blank())
        self._binders[own] = name
        body = self.term(substitute(tree.body, {index: own}))
        self._bound.pop()
        return self._over(name, body)

    def _over(self, binder: Big, body: Term) -> Term:
        if binder.operator == "sum":
            return Term("sum", (body,), body.rows, body.columns, binder)
        if binder.operator == "integral":
            self.assume(Message(r"\text{all integrals exist}"))
            return Term("integral", (body,), body.rows, body.columns, binder)
        if not self.is_scalar(body):
            raise NotApplicable(Message("a product of matrices over an index is not handled"))
        operator: Operator = "product" if binder.operator == "product" else "extremum"
        return Term(operator, (body,), ONE, ONE, binder)

    # Operators

    def _apply(self, tree: Apply) -> Term:
        operator, args = tree.operator, tree.args
        if operator == "power":
            return self._power(args[0], args[1])
        if operator == "norm":
            return self._norm(tree)
        if operator == "hessian":
            return self._hessian(*args)
        if operator in DERIVATIVES:
            return self._gradient(operator, *args)
        if operator == "cardinality":
            return Term("count", (), ONE, ONE, args[0])
        if operator == "log" and len(args) > 1:
            return self._divide(*(self._entrywise("log", self.term(arg)) for arg in args))
        if operator in {"max", "min"} and len(args) == 1:
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        if operator == "transpose" and isinstance(args[0], Collection) and len(args[0].items) > 1:
            args = (Matrix((args[0].items,)),)
        terms = tuple(self.term(arg) for arg in args)
        match operator:
            case "inner" if len(terms) == 2:
                return self._inner(*terms)
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
            case "tensor":
                return functools.reduce(self._kronecker, terms)
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
            case _ if operator in _OF_NUMBERS and len(terms) == 1:
                return self._entrywise("log" if operator == "ln" else operator, terms[0])
            case _ if operator in _OF_NUMBERS_ONLY and all(map(self.is_scalar, terms)):
                return Term("function", terms, ONE, ONE, Symbol(operator))
            case _:
                raise NotApplicable(Message("a part of the matrix expression is not understood"))

    def _entrywise(self, name: str, term: Term) -> Term:
        if not self.is_scalar(term):
            if not self._is_column(term) and name in {"exp", "log"}:
                return self._of_matrix(name, term)
            if not self._is_column(term):
                raise NotApplicable(Message("functions of matrices are not handled"))
            self.assume(ENTRYWISE, is_habit=True)
        return Term("function", (term,), term.rows, term.columns, Symbol(name))

    def _of_matrix(self, name: str, *terms: Term) -> Term:
        """A function of a square matrix as a whole, which some apply entry by entry."""
        matrix = terms[0]
        if self._is_row(matrix) or self._is_column(matrix):
            raise NotApplicable(Message("functions of matrices are not handled"))
        self.sizes.join(matrix.rows, matrix.columns)
        said = Message(r"\text{functions of matrices are of the whole matrix}")
        self.assume(said, is_habit=name != "power")
        return Term("matrix-function", terms, matrix.rows, matrix.columns, Symbol(name))

    def _of_scalar(self, name: Literal["abs", "root"], term: Term) -> Term:
        if self.is_scalar(term):
            return Term(name, (term,), ONE, ONE)
        if name == "abs":
            self.sizes.join(term.rows, term.columns)
            return Term("determinant", (term,), ONE, ONE)
        half = Term("divide", (number(1), number(2)), ONE, ONE)
        return self._of_matrix("power", term, half)

    def _kronecker(self, one: Term, two: Term) -> Term:
        said = Message(r"\text{circled crosses are Kronecker products}")
        self.assume(said, is_habit=True)
        rows = self.sizes.product(one.rows, two.rows)
        return Term("kronecker", (one, two), rows, self.sizes.product(one.columns, two.columns))

    def _gradient(self, operator: str, of: Tree, *by: Tree) -> Term:
        """A gradient of a number by a vector or matrix, of the shape of that."""
        from blogkit.meaning.terms.gradients import gradient, velocity

        value = self.term(of)
        if not by and operator == "gradient" and value.operator == "call" and len(value.args) == 1:
            assert value.name is not None
            (arg,) = value.args
            return Term("call", value.args, arg.rows, arg.columns, slope(value.name, 1))
        by = by or _only_argument(of, is_gradient=operator == "gradient")
        if len(by) == 2:
            return self._second(of, by)
        if len(by) == 1 and not self.is_scalar(value) and operator != "gradient":
            number_ = self.term(by[0])
            if number_.operator == "name" and self.is_scalar(number_):
                return velocity(value, number_, self)
        if len(by) != 1 or not self.is_scalar(value):
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        if isinstance(by[0], Index) and by[0].base in self._arrays:
            return self._entry(self._gradient("gradient", of, by[0].base), by[0])
        name = self.term(by[0])
        if name.operator != "name":
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        if operator != "gradient" and not self.is_scalar(name):
            self.has_layout = True
        return gradient(value, name, self)

    def _second(self, of: Tree, by: tuple[Tree, ...]) -> Term:
        r"""`\partial^2 f/\partial x\partial x^\top`, or an entry of it by two entries of x."""
        match by:
            case (Index(base=one, indices=(i,)), Index(base=two, indices=(j,))) if (
                one == two and one in self._arrays
            ):
                return self._entry(self._hessian(of, one), Index(one, (i, j)))
        names = {_derived_by(name) for name in by}
        if len(names) > 1 or None in names:
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        return self._hessian(of, *(name for name in names if name is not None))

    def _hessian(self, of: Tree, *by: Tree) -> Term:
        """The second derivative of a number by a vector, or of an unknown function where it is."""
        from blogkit.meaning.terms.gradients import hessian

        value = self.term(of)
        if not by and value.operator == "call" and len(value.args) == 1:
            assert value.name is not None
            (arg,) = value.args
            return Term("call", value.args, arg.rows, arg.rows, slope(slope(value.name, 1), 1))
        by = by or _only_argument(of, is_gradient=True)
        name = self.term(by[0]) if len(by) == 1 else None
        if name is None or name.operator != "name" or not self.is_scalar(value):
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        if not (self.is_scalar(name) or self._is_column(name)):
            raise NotApplicable(Message("a derivative with more than two indices is not handled"))
        return hessian(value, name, self)

    def _inner(self, one: Term, two: Term) -> Term:
        self._same_size(one, two)
        turned = Term("transpose", (one,), one.columns, one.rows)
        product = self.product((turned, two))
        if self.is_scalar(product):
            return product
        return Term("trace", (product,), ONE, ONE)

    def _plus(self, terms: tuple[Term, ...]) -> Term:
        full = [term for term in terms if term.operator != "zero"] or list(terms)
        widest = next((term for term in full if self._is_wide(term)), full[0])
        full = [self._in_each_row(term, widest) for term in full]
        for other in full[1:]:
            if self.is_scalar(other) != self.is_scalar(full[0]):
                self._reconsider(full[0], other)
            self._same_size(full[0], other)
        return Term("plus", tuple(full), full[0].rows, full[0].columns)

    def _is_wide(self, term: Term) -> bool:
        return ONE not in (self.sizes.find(term.rows), self.sizes.find(term.columns))

    def _in_each_row(self, term: Term, matrix: Term) -> Term:
        r"""A row that is added to a matrix is added to each of its rows: `XW + b`."""
        if not self._is_row(term) or not self._is_wide(matrix):
            return term
        self.sizes.join(term.columns, matrix.columns)
        self.assume(Message(r"\text{a row is added to each row of a matrix}"), is_habit=True)
        ones = Term("name", (), matrix.rows, ONE, Symbol("1", "bold"))
        return Term("times", (ones, term), matrix.rows, matrix.columns)

    def _divide(self, above: Term, below: Term) -> Term:
        if not self.is_scalar(below):
            if self._is_column(below) and (self.is_scalar(above) or self._is_column(above)):
                return self._entry_by_entry("divide", above, below)
            raise NotApplicable(Message("division by a matrix is not handled"))
        return Term("divide", (above, below), above.rows, above.columns)

    def _entry_by_entry(self, operator: str, above: Term, below: Term) -> Term:
        if self._is_column(above):
            self._same_size(above, below)
        self.assume(ENTRYWISE, is_habit=True)
        return Term("function", (above, below), below.rows, below.columns, Symbol(operator))

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
                    if self._is_column(term):
                        raise NotApplicable(
                            Message("two columns side by side are no matrix product")
                        )
                    self._reconsider(term, run[-1])
                if self.sizes.find(term.rows) == ONE != self.sizes.find(run[-1].columns):
                    self._reconsider(term, run[-1])
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
        if base == Constant("e"):
            return self._entrywise("exp", self.term(exponent))
        inner = self.term(base)
        if exponent == Symbol("T"):
            return Term("transpose", (inner,), inner.columns, inner.rows)
        if isinstance(exponent, Number) and exponent.text.isdigit() and int(exponent.text) <= 6:
            count = int(exponent.text)
            if self._is_column(inner) and count > 1:
                self.assume(ENTRYWISE, is_habit=True)
                return Term("hadamard", (inner,) * count, inner.rows, inner.columns)
            if not self.is_scalar(inner):
                self.sizes.join(inner.rows, inner.columns)
            return Term("power", (inner,), inner.rows, inner.columns, None, count)
        if isinstance(exponent, Apply) and not (self.is_scalar(inner) or self._is_column(inner)):
            above = self.term(exponent)
            if self.is_scalar(above):
                return self._of_matrix("power", inner, above)
        if isinstance(exponent, Symbol):
            self.sizes.join(inner.rows, inner.columns)
            return Term("symbolic-power", (inner,), inner.rows, inner.columns, exponent)
        if self.is_scalar(inner):
            above = self.term(exponent)
            if self.is_scalar(above):
                return Term("exponent", (inner, above), ONE, ONE)
        raise NotApplicable(Message("a power is not understood"))

    def _norm(self, tree: Apply) -> Term:
        inner = self.term(tree.args[0])
        kind = kind_of_norm(tree.args[1]) if len(tree.args) > 1 else "2"
        is_vector = self.sizes.find(inner.columns) == ONE or self.sizes.find(inner.rows) == ONE
        if kind == "F" or (is_vector and kind == "2"):
            return Term("frobenius", (inner,), ONE, ONE)
        if is_vector and kind == "1":
            return Term("one-norm", (inner,), ONE, ONE)
        return Term("norm", (inner,), ONE, ONE, tree.args[1] if len(tree.args) > 1 else None)


def misfitting(claim: Tree, facts: Facts) -> frozenset[Symbol]:
    """Names that are vectors or matrices elsewhere, and can't be in an equation of numbers.

    They are numbers here: nothing in it speaks of vectors, and with them its sizes don't fit.
    """
    if not isinstance(claim, Relation) or claim.operators != ("=",):
        return frozenset()
    kinds = {"vector", "matrix"}
    names = [name for name, sort in facts.sorts.items() if sort.kind in kinds]
    if not names or has_sign_of_matrices(claim, Facts()):
        return frozenset()
    try:
        TermReader(facts).read(claim)
    except NotApplicable as stop:
        return frozenset(names) if message_of(stop) in NO_FIT else frozenset()
    return frozenset()


def _has_several_means(claim: Tree) -> bool:
    """Whether expectations may be over different distributions, or are integrated or derived."""
    unders = {node.under for node in walk(claim) if isinstance(node, Expectation)}
    laws = [law for under in unders if (law := drawn_from(under)) is not None]
    told = frozenset(name for law in laws for name in law.parameters)
    is_integrated = any(isinstance(x, Big) and x.operator == "integral" for x in walk(claim))
    return len(unders) > 1 or bool(told & derived_by(claim)) or (is_integrated and bool(laws))


def _with_ends(big: Big) -> Big:
    r"""A range that the tree has as a condition: `\sum_{i,j=1}^n`, `\max_{1 \le j \le n}`."""
    match big.condition:
        case Relation(operators=("≤", "≤"), operands=(first, name, last)) if (
            big.bound == (name,) and big.lower is None and big.upper is None
        ):
            return replace(big, lower=first, upper=last, condition=None)
        case Relation(operators=("=",), operands=(Collection(items=names), start)) if (
            names == big.bound and big.lower is None
        ):
            return replace(big, lower=start, condition=None)
    return big


def _only_argument(tree: Tree, *, is_gradient: bool) -> tuple[Tree, ...]:
    r"""The name that all functions in it are applied to: `x` of `\nabla \sum_i f_i(x)`.

    Of a gradient without functions, the only name: `x` of `\nabla \frac{1}{2}\|x\|^2`.
    """
    calls = [node for node in walk(tree) if isinstance(node, Call)]
    if not calls:
        free = variables(tree).free
        return (*free,) if is_gradient and len(free) == 1 else ()
    names = {call.args for call in calls}
    return names.pop() if len(names) == 1 else ()


def _derived_by(tree: Tree) -> Tree | None:
    r"""The name that a derivative is by, also where it is turned: `\partial x^{\top}`."""
    if isinstance(tree, Apply):
        is_turned = tree.operator == "order" and not isinstance(tree.args[1], Number)
        return tree.args[0] if is_turned else None
    return tree


def _pieces(argument: Tree) -> tuple[Tree, ...]:
    """What stands in an argument of a function: of an event `X = x` its two sides."""
    return argument.operands if isinstance(argument, Relation) else (argument,)


def _without_pieces(argument: Tree) -> Tree:
    if isinstance(argument, Relation):
        return replace(argument, operands=(Blank(),) * len(argument.operands))
    return Blank()


def _bears_size_only(identity: Symbol) -> bool:
    """Whether a letter for the identity has no marks that make it another name."""
    return not (identity.accents or identity.primes or identity.superscript)
