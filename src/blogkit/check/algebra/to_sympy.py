r"""A formula in SymPy, with what it needs to be defined; or the reason why it can't be.

    reader = Reader(facts)
    reader.read(tree)      # a SymPy expression
    reader.conditions      # b ≠ 0 for each division by b, …

It exists so that no method of proof meets an operator tree, and so that nothing is dropped on the
way: whatever has no exact counterpart raises `UnreadableError`. SymPy cancels `x/x` as it builds;
the conditions are therefore noted from the tree, before that. Symbols carry what the facts say of
them, so that SymPy itself refuses `\sqrt{x^2} = x` without `x \geq 0`.

Conventions where SymPy has its own: a sum or product over a range that may run backwards is left
alone (SymPy gives it Karr's meaning, everyone else zero); the binomial coefficient is read for
whole `k \geq 0` only; `\operatorname{arccot}` is not read at all; a bound variable gets a name by
how many binders stand inside its body, so that equal bodies are equal expressions.

SymPy is imported inside functions only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from blogkit.check.algebra.signs import Condition, Order
from blogkit.formula import (
    Annotated,
    Apply,
    Big,
    Call,
    Cases,
    Collection,
    Constant,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    to_sexpr,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.ellipses import without_ellipses
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.facts.ranges import Range, range_of
from blogkit.meaning.sorts import Sort

if TYPE_CHECKING:
    from sympy import Expr

MAX_DIGITS = 2000
"""Numbers with more digits than this are not computed."""

Bound = Mapping[Tree, "Expr"]
"""Bound variables and what they are in SymPy."""


class UnreadableError(Exception):
    """A part of a formula that has no exact counterpart in SymPy; says which and why.

    It never leaves `check`: a method of proof turns it into `Open`.
    """


@dataclass(slots=True)
class Reader:
    """Reads the trees of one question, so that a symbol is the same in all of them."""

    facts: Facts
    """What is known of the symbols."""
    conditions: list[Condition] = field(default_factory=list)
    """What the trees read so far need to be defined, in reading order."""
    atoms: dict[Tree, "Expr"] = field(default_factory=dict)
    """Symbols, and what was taken as one, with their SymPy symbols."""
    ranges: dict[Tree, Range] = field(default_factory=dict)
    """Where each atom lies."""
    orders: list[Order] = field(default_factory=list)
    """Pairs of expressions of which the first is at most the second, known from the facts."""
    narrowed: Mapping[Tree, Range] = field(default_factory=dict)
    """Ranges of atoms that are narrower than the facts say, because a side is defined only
    there."""
    trees: dict[str, Tree] = field(default_factory=dict)
    """What each name of a SymPy symbol or function stands for; no two trees have one name."""

    def read(self, tree: Tree) -> "Expr":
        r"""The SymPy expression of a scalar tree.

        Raises:
            UnreadableError: a part has no exact counterpart; the message names it.

        >>> x = Symbol("x")
        >>> Reader(Facts()).read(Apply("power", (Apply("root", (x,)), Number("2"))))
        x
        """
        return self.expression(without_ellipses(tree), {})

    def expression(self, tree: Tree, bound: Bound) -> "Expr":
        """The same below binders."""
        from sympy import nan, oo, zoo

        found = self._expression(tree, bound)
        if found in (nan, zoo, oo, -oo):
            raise UnreadableError(Message("{tree} is not defined", tree=_shown(tree)))
        return found

    def _expression(self, tree: Tree, bound: Bound) -> "Expr":
        from sympy import Rational

        if tree in bound:
            return bound[tree]
        match tree:
            case Number(text=text):
                if len(text) > MAX_DIGITS:
                    raise UnreadableError(Message("a number has too many digits"))
                return Rational(text)
            case Constant():
                return self._constant(tree)
            case Symbol():
                return self._symbol(tree)
            case Index():
                return self._member(tree, bound)
            case Apply():
                return self._operator(tree, bound)
            case Call():
                return self._call(tree, bound)
            case Big():
                return self._big(tree, bound)
            case Cases():
                return self._cases(tree, bound)
            case Annotated(body=body):
                return self.expression(body, bound)
        raise UnreadableError(Message("{tree} is no scalar expression", tree=_shown(tree)))

    def need(self, part: "Expr", sign: str) -> None:
        """Note what a part must be, unless that is known."""
        from blogkit.check.algebra.signs import needs_of

        for need in needs_of(part, sign, self.orders):
            if need not in self.conditions:
                self.conditions.append(need)

    def is_known(self, part: "Expr", sign: str) -> bool:
        """Whether a part compares with zero as said, for all values that satisfy the facts."""
        from blogkit.check.algebra.signs import is_known

        return is_known(part, sign, self.orders)

    def _constant(self, tree: Constant) -> "Expr":
        from sympy import E, I, pi

        if tree.name == "i" and self.facts.field_ == "real":
            raise UnreadableError(Message("i stands in a formula whose field is real"))
        found: dict[str, Expr] = {"π": pi, "e": E, "i": I}
        if tree.name not in found:
            raise UnreadableError(Message("{name} is no number", name=tree.name))
        return found[tree.name]

    def _symbol(self, tree: Symbol) -> "Expr":
        from sympy import conjugate

        plain = replace(tree, accents=tree.accents[:-1])
        if tree.accents[-1:] == ("bar",) and self._is_conjugate(tree, plain):
            return conjugate(self._symbol(plain))
        sort = self.facts.sort_of(tree)
        if not sort.is_scalar:
            raise UnreadableError(
                Message("{tree} is no number but a {kind}", tree=to_latex(tree), kind=_kind(sort))
            )
        return self.atom(tree, range_of(tree, self.facts))

    def _is_conjugate(self, barred: Symbol, plain: Symbol) -> bool:
        """Whether a bar is a conjugation: over a complex number, and not a name of its own."""
        is_named = barred in self.facts.sorts or barred in self.facts.definitions
        return self.facts.sort_of(plain).kind == "complex" and not is_named

    def atom(self, tree: Tree, known: Range) -> "Expr":
        """One SymPy symbol for a tree that is taken as a whole."""
        from sympy import Symbol as Name

        if tree not in self.atoms:
            known_here = assumptions_of(self.narrowed.get(tree, known))
            self.atoms[tree] = Name(self.name(tree), **known_here)
            self.ranges[tree] = self.narrowed.get(tree, known)
        return self.atoms[tree]

    def name(self, tree: Tree, ending: str = "") -> str:
        """The SymPy name of a tree: how it is printed, and primes where another is printed so."""
        name = to_latex(tree) + ending
        while self.trees.setdefault(name, tree) != tree:
            name = "'" + name
        return name

    def _member(self, tree: Index, bound: Bound) -> "Expr":
        if not isinstance(tree.base, Symbol):
            raise UnreadableError(
                Message("{tree} is a member of no named family", tree=_shown(tree))
            )
        sort = self.facts.sort_of(tree.base)
        sizes = {"vector": 1, "matrix": 2}.get(sort.kind, 0)
        is_entry = sizes == len(tree.indices) and not sort.is_family
        if not is_entry and (sizes or sort.kind in ("random", "function", "set")):
            raise UnreadableError(Message("{tree} is no number", tree=to_latex(tree)))
        indices = [self.expression(index, bound) for index in tree.indices]
        if not all(index.is_integer or index.is_Symbol for index in indices):
            raise UnreadableError(
                Message("an index of {tree} may not be a whole number", tree=to_latex(tree))
            )
        name = self.name(tree.base, "^" if tree.upper else "_")
        return self.function(name, range_of(tree, self.facts))(*indices)

    def function(self, name: str, known: Range) -> "Callable[..., Expr]":
        """A SymPy function without meaning: a family or an unknown function."""
        from sympy import Function

        made: Callable[..., Expr] = Function(name, **assumptions_of(known))
        return made

    def _call(self, tree: Call, bound: Bound) -> "Expr":
        from sympy import Symbol as Name
        from sympy import gamma

        function = tree.function
        others = tree.conditions + tree.parameters
        is_gamma = function == Symbol("Γ") and function not in self.facts.definitions
        if is_gamma and len(tree.args) == 1 and not others:
            inner = self.expression(tree.args[0], bound)
            return gamma(inner)
        if not isinstance(function, Symbol):
            raise UnreadableError(
                Message("{tree} applies what is no plain function", tree=_shown(tree))
            )
        known = Range("complex" if self.facts.field_ == "complex" else "real")
        try:
            parts = [self.expression(part, bound) for part in tree.args + others]
        except UnreadableError:
            return self._whole(tree, bound, known)
        name = self.name(function, f"/{len(tree.args)}/{len(tree.conditions)}")
        found = self.function(name, known)(*parts)
        if isinstance(found, Name):
            raise UnreadableError(Message("{tree} has no arguments", tree=_shown(tree)))
        return found

    def _whole(self, tree: Tree, bound: Bound, known: Range) -> "Expr":
        """A tree as one atom, provided that nothing bound occurs in it."""
        if any(part in bound for part in walk(tree)):
            raise UnreadableError(Message("{tree} depends on a bound variable", tree=_shown(tree)))
        return self.atom(tree, known)

    def _operator(self, tree: Apply, bound: Bound) -> "Expr":
        from blogkit.check.algebra.operators import READERS, WHOLE

        if tree.operator in READERS:
            return READERS[tree.operator](self, tree.args, bound)
        if tree.operator in WHOLE:
            return self._whole(tree, bound, WHOLE[tree.operator])
        raise UnreadableError(
            Message("the operator {operator} has no meaning for numbers", operator=tree.operator)
        )

    def _big(self, tree: Big, bound: Bound) -> "Expr":
        from blogkit.check.algebra.binders import BINDERS

        if tree.operator not in BINDERS:
            raise UnreadableError(
                Message("the operator {operator} over a range is not read", operator=tree.operator)
            )
        return BINDERS[tree.operator](self, tree, bound)

    def _cases(self, tree: Cases, bound: Bound) -> "Expr":
        from sympy import Piecewise, true

        branches = []
        noted = len(self.conditions)
        for value, condition in tree.branches:
            holds = true if condition is None else self.relation(condition, bound)
            branches.append((self.expression(value, bound), holds))
        if len(self.conditions) > noted:
            raise UnreadableError(Message("a case is defined only under a condition"))
        found: Expr = Piecewise(*branches)
        return found

    def relation(self, tree: Tree, bound: Bound) -> "Expr":
        """A comparison, or a chain or conjunction of them, of real numbers."""
        from sympy import And, Eq, Ge, Gt, Le, Lt, Ne

        signs = {"=": Eq, "≠": Ne, "<": Lt, ">": Gt, "≤": Le, "≥": Ge}
        match tree:
            case Apply(operator="and", args=args):
                return And(*(self.relation(part, bound) for part in args))
            case Relation(operands=operands, operators=operators) if set(operators) <= signs.keys():
                sides = [self.expression(side, bound) for side in operands]
                links = zip(operators, sides, sides[1:], strict=False)
                return And(*(signs[sign](left, right) for sign, left, right in links))
        raise UnreadableError(Message("{tree} is no comparison", tree=_shown(tree)))

    def printed(self, conditions: "list[Condition]") -> tuple[str, ...]:
        r"""Conditions in LaTeX, without negative terms: `b \neq 0`, `n \geq 1`."""
        return tuple(self.comparison(each) for each in conditions)

    def comparison(self, condition: Condition) -> str:
        """One condition in LaTeX."""
        from sympy import Add, S

        signs = {"≠": r"\neq", ">": ">", "≥": r"\geq", "=": "=", "≤": r"\leq", "<": "<"}
        mirrored = {">": "<", "≥": r"\leq", "≤": r"\geq", "<": ">"}
        terms = Add.make_args(condition.part)
        lost = [term for term in terms if term.could_extract_minus_sign()]
        left, right = (
            condition.part + Add(*(-term for term in lost)),
            Add(*(-term for term in lost)),
        )
        sign = signs[condition.sign]
        if left.is_number and not right.is_number:
            left, right, sign = right, left, mirrored.get(condition.sign, sign)
        return f"{self.latex_of(left)} {sign} {self.latex_of(right if lost else S.Zero)}"

    def latex_of(self, part: "Expr") -> str:
        """LaTeX of a SymPy expression, with the names as they were written."""
        from blogkit.check.algebra.sympy_latex import latex_of_expression

        return latex_of_expression(part, self.trees)


def assumptions_of(known: Range) -> dict[str, bool]:
    """A range as the keywords of a SymPy symbol.

    >>> assumptions_of(Range("integer").at_least(1, strictly=False))
    {'integer': True, 'positive': True}
    """
    word = {"natural": "integer", "complex": "complex"}.get(known.kind, known.kind)
    found = {word: True}
    if known.kind == "complex":
        return found | ({"zero": False} if 0 in known.excluded else {})
    is_nonzero = 0 in known.excluded
    if known.lower is not None and known.lower >= 0:
        is_positive = known.lower > 0 or known.is_above or is_nonzero
        found["positive" if is_positive else "nonnegative"] = True
    elif known.upper is not None and known.upper <= 0:
        is_negative = known.upper < 0 or known.is_below or is_nonzero
        found["negative" if is_negative else "nonpositive"] = True
    elif is_nonzero:
        found["zero"] = False
    return found


def _kind(sort: Sort) -> str:
    kind = _KINDS[sort.kind]
    return Message("family of {kind}s", kind=kind) if sort.is_family else kind


_KINDS: Final = {
    "natural": Message("natural"),
    "integer": Message("integer"),
    "rational": Message("rational"),
    "real": Message("real"),
    "complex": Message("complex"),
    "vector": Message("vector"),
    "matrix": Message("matrix"),
    "function": Message("function"),
    "random": Message("random"),
    "set": Message("set"),
}
"""What a sort is, as the middle of a sentence."""


def _shown(tree: Tree) -> str:
    text = to_sexpr(tree)
    return text if len(text) <= 60 else text[:57] + "…"


def items_of(args: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """What a maximum is taken of: its arguments, or the members of its one set or list."""
    if len(args) == 1 and isinstance(args[0], Collection):
        return args[0].items
    return args
