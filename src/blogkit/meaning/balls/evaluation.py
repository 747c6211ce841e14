r"""The number that a tree stands for at a point, and the truth of a statement there.

    evaluation = Evaluation({x: Number("2")}, is_complex=False)
    evaluation.value(tree)     # an exact number or a ball
    evaluation.truth(claim)    # TRUE, FALSE, CLOSE or UNKNOWN

The one walk over the tree; the rules of each kind of node stand in the modules beside it. What has
no rule is `Unsupported`, never guessed. Imports all modules of this folder.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from flint import arb, fmpq

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
    Text,
    Tree,
    walk,
)
from blogkit.formula.named_functions import named_function, value_of
from blogkit.formula.vocabulary import OTHERWISE
from blogkit.language import Message
from blogkit.meaning.balls.derivatives import derivative, primed
from blogkit.meaning.balls.domains import Operand, require_nonzero
from blogkit.meaning.balls.functions import IN_COMPANY, NAMED, OPERATORS, extreme
from blogkit.meaning.balls.integrals import integral
from blogkit.meaning.balls.powers import power
from blogkit.meaning.balls.ranges import bindings
from blogkit.meaning.balls.scale import Scale
from blogkit.meaning.balls.scope import Truth
from blogkit.meaning.balls.series import is_series, series
from blogkit.meaning.balls.sets import elements
from blogkit.meaning.balls.truths import CLOSE_BITS, connective, relation
from blogkit.meaning.balls.values import (
    IMAGINARY_UNIT,
    ONE,
    PI,
    ZERO,
    Value,
    add,
    as_integer,
    conjugate,
    divide,
    finite,
    multiply,
    operation_steps,
)
from blogkit.meaning.outcomes import Missing, Requires, Uncertain, Undefined, Unsupported
from blogkit.meaning.steps import spend
from blogkit.meaning.trees.rationals import integer
from blogkit.meaning.trees.rewriting import substitute

NODE_STEPS = 2
"""What a node costs beside a call of Python: about four microseconds or more."""
MAX_STEPS = 60_000
"""Nodes that are visited for one value: as much as about a second."""
_SEEN_TERMS = 3
"""Terms of a series that an agreement must be able to show; later ones are bounded."""
MAX_DEPTH = 60
"""Definitions, functions and sums within one another."""
GAMMA: Final = Symbol("Γ")


class Evaluation:
    """One evaluation at one point, in the precision that is set around it."""

    def __init__(
        self,
        point: Mapping[Tree, Tree],
        *,
        is_complex: bool,
        definitions: Mapping[Symbol, Tree] | None = None,
        integers: frozenset[Symbol] = frozenset(),
        has_company: bool = False,
    ) -> None:
        """
        Args:
            point: closed trees for the free symbols and members of families.
            is_complex: principal branches; otherwise what is not real is undefined.
            definitions: what symbols and functions abbreviate.
            integers: symbols that are integers by their sort, for `0^n`.
            has_company: whether the formula speaks of the gamma function, so that ψ is known.
        """
        self.is_complex = is_complex
        self._point = point
        self._definitions = definitions or {}
        self._integers = integers
        self._has_company = has_company
        self._known: dict[Tree, Value] = {}
        self._bound: dict[Tree, Value] = {}
        self.scale = Scale()
        self.is_unseen = False
        self._steps = 0
        self._cost = NODE_STEPS * operation_steps()
        self._depth = 0

    def value(self, tree: Tree) -> Value:
        """The number that a tree stands for.

        Raises:
            Undefined: it has no value here.
            Unsupported: a part has no rule, or the work is too much.
            Uncertain: the precision does not suffice.
            Missing: a name has no value.
        """
        self._steps += 1
        spend(self._cost)
        if self._steps > MAX_STEPS:
            raise Unsupported(Message("too many terms to compute"))
        rule = _RULES.get(Symbol if isinstance(tree, Symbol) else type(tree))
        if rule is None:
            raise Unsupported(
                Message(
                    "{part} is no number", part=_NAMES.get(type(tree).__name__, Message("a part"))
                )
            )
        value = rule(self, tree)
        self.scale.note(value)
        return value

    @property
    def bits(self) -> int:
        """The precision in which two sides that agree would be seen to agree."""
        return self.scale.bits + CLOSE_BITS

    def closed(self, tree: Tree) -> Tree:
        """A tree with the values of the point for their names."""
        return substitute(tree, self._point)

    def truth(self, tree: Tree) -> Truth:
        """What is known of a statement; raises as `value` does."""
        match tree:
            case Relation():
                return relation(tree, self)
            case Apply():
                return connective(tree, self)
            case Big(operator=("forall" | "and" | "exists" | "or") as quantifier):
                return self._quantified(tree, quantifier in ("forall", "and"))
            case Text(text):
                raise Unsupported(Message("the words “{text}” are not understood", text=text))
        raise Unsupported(Message("a part is no statement that can be decided by numbers"))

    def _quantified(self, tree: Big, is_universal: bool) -> Truth:
        operator = "and" if is_universal else "or"
        found = []
        for binding in bindings(tree, self):
            with self.bound(binding):
                found.append(self.truth(tree.body))
        true, false = (Truth.TRUE, Truth.FALSE) if operator == "and" else (Truth.FALSE, Truth.TRUE)
        order = (false, Truth.UNKNOWN, Truth.CLOSE)
        if not is_universal:
            order = (false, Truth.CLOSE, Truth.UNKNOWN)
        return next((truth for truth in order if truth in found), true)

    @contextmanager
    def bound(self, values: Mapping[Tree, Value]) -> Iterator[None]:
        """Give bound variables their values inside the block."""
        if self._depth >= MAX_DEPTH:
            raise Unsupported(Message("definitions or sums too deep within one another"))
        before = self._bound
        self._bound = {**before, **values}
        self._depth += 1
        try:
            yield
        finally:
            self._bound = before
            self._depth -= 1

    def operand(self, tree: Tree) -> Operand:
        """A tree with its value, as functions take it."""
        return Operand(self.value(tree), tree, self.is_complex)

    def is_integral(self, tree: Tree) -> bool:
        """Whether a tree is an integer by its form: by literals, sorts and indices of sums.

        An expression without free names counts, as its value does not depend on the point.
        """
        for node in walk(tree):
            if isinstance(node, Symbol) and not self._is_integer_name(node):
                return False
        return True

    def _is_integer_name(self, name: Symbol) -> bool:
        if name in self._bound:
            return as_integer(self._bound[name]) is not None
        return name in self._integers

    def named(self, name: Symbol) -> Value:
        """The value of a symbol: bound, of the point, or by its definition."""
        if name in self._bound:
            return self._bound[name]
        if name in self._known:
            return self._known[name]
        if name in self._definitions and not isinstance(self._definitions[name], Relation):
            with self.bound({}):
                return self.value(self._definitions[name])
        return self.at_point(name)

    def at_point(self, atom: Tree) -> Value:
        """The value that the point gives to a symbol or a member of a family."""
        if atom in self._known:
            return self._known[atom]
        if atom not in self._point:
            raise Missing(atom)
        with self.bound({}):
            value = self.value(self._point[atom])
        self._known[atom] = value
        return value

    def call(self, tree: Call) -> Value:
        """The value of a function that is known by name or was defined."""
        if tree.conditions or tree.parameters or not isinstance(tree.function, Symbol):
            raise Unsupported(Message("a function that has no known meaning"))
        definition = self._definitions.get(tree.function)
        if definition is not None:
            return self._defined(tree, definition)
        if tree.function == Symbol(tree.function.name, primes=tree.function.primes or -1):
            return primed(tree.function, tree.args, self)
        key = (tree.function.name, len(tree.args))
        function = NAMED.get(key) if tree.function == Symbol(key[0], tree.function.font) else None
        if function is None and self._has_company and tree.function == Symbol(key[0]):
            function = IN_COMPANY.get(key)
        known = named_function(tree.function)
        if function is None and known is not None and known.takes == "number" and key[1] == 1:
            with self.bound({Symbol("x"): self.value(tree.args[0])}):
                return self.value(value_of(known))
        if function is None:
            raise Unsupported(Message("{name} has no known meaning", name=tree.function.name))
        operands = [self.operand(arg) for arg in tree.args]
        self.scale.note_function(tree.function.name, operands[0].value)
        return function(*operands)

    def _defined(self, tree: Call, definition: Tree) -> Value:
        match definition:
            case Relation((Call(args=names), body)) if len(names) == len(tree.args):
                if all(isinstance(name, Symbol) for name in names):
                    values = {n: self.value(a) for n, a in zip(names, tree.args, strict=True)}
                    with self.bound(values):
                        return self.value(body)
        raise Unsupported(Message("a function whose definition is not understood"))


def _number(scope: Evaluation, tree: Number) -> Value:
    whole, _, decimals = tree.text.partition(".")
    if not (whole + decimals).isdecimal() or not (whole + decimals).isascii():
        raise Unsupported(Message("the number {text} is not read", text=tree.text))
    if len(tree.text) > 5_000:
        raise Unsupported(Message("a number is too long"))
    return fmpq(int(whole + decimals), 10 ** len(decimals))


def _constant(scope: Evaluation, tree: Constant) -> Value:
    match tree.name:
        case "π":
            return PI
        case "e":
            return finite(arb.const_e())
        case "i":
            return IMAGINARY_UNIT
    raise Unsupported(Message("{name} is no number to compute with", name=tree.name))


def _symbol(scope: Evaluation, tree: Symbol) -> Value:
    barred = tree.accents == ("bar",) and scope.is_complex
    plain = Symbol(tree.name, tree.font, (), tree.primes, tree.subscript, tree.superscript)
    if barred and not isinstance(tree.subscript, Index):
        return conjugate(scope.named(plain))
    return scope.named(tree)


def _index(scope: Evaluation, tree: Index) -> Value:
    if not isinstance(tree.base, Symbol):
        raise Unsupported(Message("a member of what is no family"))
    numbers = [as_integer(scope.value(index)) for index in tree.indices]
    if None in numbers:
        raise Requires(tree.indices[0], r"\in \mathbb{Z}")
    indices = tuple(integer(number) for number in numbers if number is not None)
    return scope.at_point(Index(tree.base, indices, tree.upper))


def _apply(scope: Evaluation, tree: Apply) -> Value:
    special = _SPECIAL.get(tree.operator)
    if special is not None:
        return special(scope, tree)
    function = OPERATORS.get(tree.operator)
    if function is None:
        raise Unsupported(Message("there is no rule for '{operator}'", operator=tree.operator))
    if tree.operator == "abs" or len(tree.args) <= 2 or tree.operator in ("gcd", "lcm"):
        operands = [scope.operand(arg) for arg in tree.args]
        scope.scale.note_function(tree.operator, operands[0].value)
        return function(*operands)
    raise Unsupported(
        Message("{operator} with {count} arguments", operator=tree.operator, count=len(tree.args))
    )


def _sum(scope: Evaluation, tree: Apply) -> Value:
    total = scope.value(tree.args[0])
    for arg in tree.args[1:]:
        total = add(total, scope.value(arg))
    return total


def _product(scope: Evaluation, tree: Apply) -> Value:
    # All factors are looked at, since one that is undefined makes the product so.
    values = [scope.value(arg) for arg in tree.args]
    total = values[0]
    for value in values[1:]:
        total = multiply(total, value)
    return total


def _quotient(scope: Evaluation, tree: Apply) -> Value:
    above, below = scope.value(tree.args[0]), scope.operand(tree.args[1])
    require_nonzero(below)
    return divide(above, below.value)


def _power(scope: Evaluation, tree: Apply) -> Value:
    base, exponent = tree.args
    if base == Constant("e"):
        return OPERATORS["exp"](scope.operand(exponent))
    if isinstance(exponent, Number | Apply | Symbol | Index | Call | Big | Constant | Cases):
        integral = scope.is_integral(exponent)
        return power(scope.operand(base), scope.operand(exponent), is_integral=integral)
    raise Unsupported(Message("a superscript that is no exponent"))


def _logarithm(scope: Evaluation, tree: Apply) -> Value:
    inner = tree.args[0]
    if scope.is_complex and isinstance(inner, Call) and inner.function == GAMMA:
        raise Unsupported(Message("log Γ of a complex number may mean the log-gamma function"))
    return OPERATORS[tree.operator](*(scope.operand(arg) for arg in tree.args))


def _extreme(scope: Evaluation, tree: Apply) -> Value:
    args = tree.args
    if len(args) == 1 and isinstance(args[0], Collection):
        listed = args[0]
        if listed.kind == "set":
            values = elements(listed, scope)
            if not values:
                raise Requires(listed, r"\neq \emptyset")
            operands = [Operand(value, listed, scope.is_complex) for value in values]
            return extreme(tree.operator, operands)
        args = listed.items
    elif len(args) == 1:
        raise Unsupported(Message("what a maximum is taken over is not said"))
    return extreme(tree.operator, [scope.operand(arg) for arg in args])


def _iverson(scope: Evaluation, tree: Apply) -> Value:
    found = scope.truth(tree.args[0])
    return ONE if _decided(found) else ZERO


def _decided(truth: Truth) -> bool:
    if truth in (Truth.CLOSE, Truth.UNKNOWN):
        raise Uncertain
    return truth is Truth.TRUE


def _cardinality(scope: Evaluation, tree: Apply) -> Value:
    return fmpq(len(elements(tree.args[0], scope)))


def _cases(scope: Evaluation, tree: Cases) -> Value:
    for value, condition in tree.branches:
        if condition is None or _is_otherwise(condition) or _decided(scope.truth(condition)):
            return scope.value(value)
    raise Requires(tree, Message(r"\text{ in one of its cases}"))


def _is_otherwise(condition: Tree) -> bool:
    return isinstance(condition, Text) and condition.text.strip().lower() in OTHERWISE


def _big(scope: Evaluation, tree: Big) -> Value:
    if tree.operator == "integral":
        return _with_own_scale(scope, tree, integral)
    if tree.operator not in ("sum", "product", "max", "min", "sup", "inf"):
        raise Unsupported(Message("there is no rule for '{operator}'", operator=tree.operator))
    if is_series(tree):
        for k in range(_SEEN_TERMS):
            _meet(scope, _later(tree, k), tree.body)
        return _with_own_scale(scope, tree, series)
    values: list[Operand] = []
    total: Value = ONE if tree.operator == "product" else ZERO
    combine: Callable[[Value, Value], Value] = multiply if tree.operator == "product" else add
    for binding in bindings(tree, scope):
        with scope.bound(binding):
            term = scope.operand(tree.body)
        if tree.operator in ("sum", "product"):
            total = combine(total, term.value)
        else:
            values.append(term)
    if tree.operator in ("sum", "product"):
        return total
    if not values:
        raise Requires(tree, Message(r"\text{ over a set that is not empty}"))
    return extreme(tree.operator, values)


def _with_own_scale(
    scope: Evaluation, tree: Big, rule: Callable[[Big, Evaluation], Value]
) -> Value:
    """A value whose terms get as small as the precision is fine; what stays the same is met."""
    for part in _fixed_parts(tree.body, tree.bound):
        _meet(scope, {}, part)
    outside, scope.scale = scope.scale, Scale()
    try:
        return rule(tree, scope)
    finally:
        scope.scale = outside


def _fixed_parts(tree: Tree, bound: tuple[Tree, ...]) -> Iterator[Tree]:
    """The largest parts in which no bound variable stands."""
    if not any(node in bound for node in walk(tree)):
        yield tree
        return
    for child in tree.children:
        yield from _fixed_parts(child, bound)


def _later(series: Big, k: int) -> Mapping[Tree, Value]:
    """The index of a series at its k-th term, where it starts at a number that is written."""
    match series.bound, series.lower:
        case (index,), Number(text=text) if text.isdigit():
            return {index: fmpq(int(text) + k)}
    return {}


def _meet(scope: Evaluation, binding: Mapping[Tree, Value], part: Tree) -> None:
    """Computes a part for its size alone."""
    with suppress(Undefined, Unsupported, Uncertain, Missing), scope.bound(binding):
        scope.value(part)


def _annotated(scope: Evaluation, tree: Annotated) -> Value:
    return scope.value(tree.body)


def _call(scope: Evaluation, tree: Call) -> Value:
    return scope.call(tree)


def _single(scope: Evaluation, tree: Collection) -> Value:
    if len(tree.items) != 1 or tree.kind == "set":
        raise Unsupported(Message("a list is no number"))
    return scope.value(tree.items[0])


def _derivative(scope: Evaluation, tree: Apply) -> Value:
    return derivative(tree, scope)


_SPECIAL: Final[dict[str, Callable[[Evaluation, Apply], Value]]] = {
    "plus": _sum,
    "times": _product,
    "divide": _quotient,
    "power": _power,
    "log": _logarithm,
    "ln": _logarithm,
    "max": _extreme,
    "min": _extreme,
    "sup": _extreme,
    "inf": _extreme,
    "iverson": _iverson,
    "cardinality": _cardinality,
    "derivative": _derivative,
    "partial": _derivative,
}

_RULES: Final[dict[type[Tree], Callable[..., Value]]] = {
    Number: _number,
    Symbol: _symbol,
    Constant: _constant,
    Index: _index,
    Apply: _apply,
    Call: _call,
    Big: _big,
    Cases: _cases,
    Annotated: _annotated,
    Collection: _single,
}

_NAMES: Final = {
    "Ellipsis": Message("an ellipsis"),
    "Opaque": Message("a part that could not be read"),
    "Matrix": "a matrix",
    "Expectation": Message("an expectation"),
    "Relation": "a relation",
    "Text": "a text",
    "Comprehension": "a set",
    "Interval": Message("an interval"),
}
