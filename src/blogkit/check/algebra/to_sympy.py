r"""A formula in SymPy, with what it needs to be defined; or the reason why it can't be.

    reader = Reader(facts)
    reader.read(tree)      # a SymPy expression
    reader.conditions      # b ≠ 0 for each division by b, …

It exists so that no method of proof meets an operator tree, and so that nothing is dropped on the
way: whatever has no exact counterpart raises `NotApplicable`. SymPy cancels `x/x` as it builds;
the conditions are therefore noted from the tree, before that. Symbols carry what the facts say of
them, so that SymPy itself refuses `\sqrt{x^2} = x` without `x \geq 0`.

Conventions where SymPy has its own: a sum or product over a range that may run backwards is left
alone (SymPy gives it Karr's meaning, everyone else zero); the binomial coefficient is read for
whole `k \geq 0` only; `\operatorname{arccot}` is not read at all; a bound variable gets a name by
how many binders stand inside its body, so that equal bodies are equal expressions.
"""

from dataclasses import dataclass, replace
from typing import Final

from sympy import (
    And,
    E,
    Eq,
    Expr,
    Ge,
    Gt,
    I,
    Le,
    Lt,
    Ne,
    Piecewise,
    Rational,
    conjugate,
    gamma,
    nan,
    oo,
    pi,
    true,
    zoo,
)
from sympy import Symbol as Name

from blogkit.check.algebra.binders import BINDERS
from blogkit.check.algebra.operators import READERS, WHOLE
from blogkit.check.algebra.reading import MAX_DIGITS, Bound, Reading, shown
from blogkit.formula import (
    Annotated,
    Apply,
    Big,
    Call,
    Cases,
    Constant,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.ranges import Range, range_of
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.sorts import Sort
from blogkit.meaning.trees.instances import without_ellipses


@dataclass(slots=True)
class Reader(Reading):
    """Reads the trees of one question, so that a symbol is the same in all of them."""

    def read(self, tree: Tree) -> Expr:
        r"""The SymPy expression of a scalar tree.

        Raises:
            NotApplicable: a part has no exact counterpart; the message names it.

        >>> from blogkit.meaning.facts.known import Facts
        >>> x = Symbol("x")
        >>> Reader(Facts()).read(Apply("power", (Apply("root", (x,)), Number("2"))))
        x
        """
        return self.expression(without_ellipses(tree), {})

    def expression(self, tree: Tree, bound: Bound) -> Expr:
        """The same below binders."""
        found = self._expression(tree, bound)
        if found in (nan, zoo, oo, -oo):
            raise NotApplicable(Message("{tree} is not defined", tree=shown(tree)))
        return found

    def _expression(self, tree: Tree, bound: Bound) -> Expr:
        if tree in bound:
            return bound[tree]
        match tree:
            case Number(text=text):
                if len(text) > MAX_DIGITS:
                    raise NotApplicable(Message("a number has too many digits"))
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
        raise NotApplicable(Message("{tree} is no scalar expression", tree=shown(tree)))

    def _constant(self, tree: Constant) -> Expr:
        if tree.name == "i" and self.facts.field_ == "real":
            raise NotApplicable(Message("i stands in a formula whose field is real"))
        found: dict[str, Expr] = {"π": pi, "e": E, "i": I}
        if tree.name not in found:
            raise NotApplicable(Message("{name} is no number", name=tree.name))
        return found[tree.name]

    def _symbol(self, tree: Symbol) -> Expr:
        plain = replace(tree, accents=tree.accents[:-1])
        if tree.accents[-1:] == ("bar",) and self._is_conjugate(tree, plain):
            return conjugate(self._symbol(plain))
        sort = self.facts.sort_of(tree)
        if not sort.is_scalar:
            raise NotApplicable(
                Message("{tree} is no number but a {kind}", tree=to_latex(tree), kind=_kind(sort))
            )
        return self.atom(tree, range_of(tree, self.facts))

    def _is_conjugate(self, barred: Symbol, plain: Symbol) -> bool:
        """Whether a bar is a conjugation: over a complex number, and not a name of its own."""
        is_named = barred in self.facts.sorts or barred in self.facts.definitions
        return self.facts.sort_of(plain).kind == "complex" and not is_named

    def _member(self, tree: Index, bound: Bound) -> Expr:
        if not isinstance(tree.base, Symbol):
            raise NotApplicable(Message("{tree} is a member of no named family", tree=shown(tree)))
        sort = self.facts.sort_of(tree.base)
        sizes = {"vector": 1, "matrix": 2}.get(sort.kind, 0)
        is_entry = sizes == len(tree.indices) and not sort.is_family
        if not is_entry and (sizes or sort.kind in ("random", "function", "set")):
            raise NotApplicable(Message("{tree} is no number", tree=to_latex(tree)))
        indices = [self.expression(index, bound) for index in tree.indices]
        if not all(index.is_integer or index.is_Symbol for index in indices):
            raise NotApplicable(
                Message("an index of {tree} may not be a whole number", tree=to_latex(tree))
            )
        name = self.name(tree.base, "^" if tree.upper else "_")
        return self.function(name, range_of(tree, self.facts))(*indices)

    def _call(self, tree: Call, bound: Bound) -> Expr:
        function = tree.function
        others = tree.conditions + tree.parameters
        is_gamma = function == Symbol("Γ") and function not in self.facts.definitions
        if is_gamma and len(tree.args) == 1 and not others:
            inner = self.expression(tree.args[0], bound)
            return gamma(inner)
        if not isinstance(function, Symbol):
            raise NotApplicable(
                Message("{tree} applies what is no plain function", tree=shown(tree))
            )
        known = Range("complex" if self.facts.field_ == "complex" else "real")
        try:
            parts = [self.expression(part, bound) for part in tree.args + others]
        except NotApplicable:
            return self.whole(tree, bound, known)
        name = self.name(function, f"/{len(tree.args)}/{len(tree.conditions)}")
        found = self.function(name, known)(*parts)
        if isinstance(found, Name):
            raise NotApplicable(Message("{tree} has no arguments", tree=shown(tree)))
        return found

    def _operator(self, tree: Apply, bound: Bound) -> Expr:
        if tree.operator in READERS:
            return READERS[tree.operator](self, tree.args, bound)
        if tree.operator in WHOLE:
            return self.whole(tree, bound, WHOLE[tree.operator])
        raise NotApplicable(
            Message("the operator {operator} has no meaning for numbers", operator=tree.operator)
        )

    def _big(self, tree: Big, bound: Bound) -> Expr:
        if tree.operator not in BINDERS:
            raise NotApplicable(
                Message("the operator {operator} over a range is not read", operator=tree.operator)
            )
        return BINDERS[tree.operator](self, tree, bound)

    def _cases(self, tree: Cases, bound: Bound) -> Expr:
        branches = []
        noted = len(self.conditions)
        for value, condition in tree.branches:
            holds = true if condition is None else self.relation(condition, bound)
            branches.append((self.expression(value, bound), holds))
        if len(self.conditions) > noted:
            raise NotApplicable(Message("a case is defined only under a condition"))
        return Piecewise(*branches)

    def relation(self, tree: Tree, bound: Bound) -> Expr:
        """A comparison, or a chain or conjunction of them, of real numbers."""
        signs = {"=": Eq, "≠": Ne, "<": Lt, ">": Gt, "≤": Le, "≥": Ge}
        match tree:
            case Apply(operator="and", args=args):
                return And(*(self.relation(part, bound) for part in args))
            case Relation(operands=operands, operators=operators) if set(operators) <= signs.keys():
                sides = [self.expression(side, bound) for side in operands]
                links = zip(operators, sides, sides[1:], strict=False)
                return And(*(signs[sign](left, right) for sign, left, right in links))
        raise NotApplicable(Message("{tree} is no comparison", tree=shown(tree)))


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
