r"""Gradients of numbers by a vector or matrix, as terms: `\nabla_x \|Ax-b\|^2`.

The differential of a number is `tr(G dX)`; the rules carry `G` inwards to the name, where the
gradient is `G^T`. Source: Magnus and Neudecker, Matrix Differential Calculus, chapters 8 and 9.
Imports `terms.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from blogkit.formula import Big, Index, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.terms.nodes import (
    ONE,
    Term,
    binder,
    is_bound_name,
    number,
    slope,
    without_slopes,
)
from blogkit.meaning.trees.rewriting import substitute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogkit.meaning.terms.reader import TermReader


def gradient(value: Term, name: Term, reader: TermReader) -> Term:
    """The gradient of a number, of the shape of the name.

    Raises:
        NotApplicable: where a part has no rule.
    """
    if _has_siblings(value, name):
        raise NotApplicable(Message("a derivative by one member of a family is not handled"))
    found = _Rules(name, reader).within(value, number(1))
    if not found:
        return Term("zero", (), ONE, ONE, None)
    return found[0] if len(found) == 1 else Term("plus", tuple(found), name.rows, name.columns)


def hessian(value: Term, name: Term, reader: TermReader) -> Term:
    r"""The second derivative of a number by a column: a square matrix, which is symmetric.

    Raises:
        NotApplicable: where a part has no rule.
    """
    if reader.is_scalar(name):
        return gradient(gradient(value, name, reader), name, reader)
    reader.assume(Message(r"\text{second derivatives are continuous}"))
    parts = list(_jacobians(gradient(value, name, reader), name, reader))
    if not parts:
        return Term("zero", (), ONE, ONE, None)
    return parts[0] if len(parts) == 1 else Term("plus", tuple(parts), name.rows, name.rows)


def _jacobians(value: Term, name: Term, reader: TermReader) -> Iterator[Term]:
    """The parts of the derivative of a column, with a row for each of its entries."""
    if name not in _below(value):
        return
    match value.operator:
        case "name":
            yield Term("identity", (), name.rows, name.rows)
        case "plus":
            for arg in value.args:
                yield from _jacobians(arg, name, reader)
        case "transpose" if value.args[0].operator == "transpose":
            yield from _jacobians(value.args[0].args[0], name, reader)
        case "transpose" if value.args[0].operator in {"times", "plus"}:
            yield from _jacobians(_transposed(value.args[0]), name, reader)
        case "times":
            for place, factor in enumerate(value.args):
                if name in _below(factor):
                    yield from _of_factor(value.args, place, name, reader)
        case "divide":
            above, below = value.args
            for part in _jacobians(above, name, reader):
                yield Term("divide", (part, below), part.rows, part.columns)
            if name in _below(below):
                across = reader.product((above, _turned(gradient(below, name, reader))))
                square = Term("power", (below,), ONE, ONE, None, 2)
                part = Term("divide", (across, square), across.rows, across.columns)
                yield reader.product((number(-1), part))
        case "sum":
            for part in _jacobians(value.args[0], name, reader):
                yield replace(value, args=(part,), rows=part.rows, columns=part.columns)
        case "call" if _is_slope(value):
            for part in _jacobians(value.args[0], name, reader):
                yield reader.product((_second(value), part))
        case _:
            raise NotApplicable(Message("a part of the matrix expression is not understood"))


def _transposed(term: Term) -> Term:
    """The transpose of a sum or product, carried to its parts."""
    parts = tuple(map(_turned, term.args))
    ordered = parts[::-1] if term.operator == "times" else parts
    return Term(term.operator, ordered, term.columns, term.rows)


def _of_factor(
    args: tuple[Term, ...], place: int, name: Term, reader: TermReader
) -> Iterator[Term]:
    """What one factor of a column adds to its derivative: a number, a column, or a row in it."""
    factor, before, behind = args[place], args[:place], args[place + 1 :]
    if reader.is_scalar(factor):
        slope_of = _turned(gradient(factor, name, reader))
        yield reader.product((*before, *behind, slope_of))
    elif factor.columns == ONE:
        for part in _jacobians(factor, name, reader):
            yield reader.product((*behind, *before, part))  # what stands behind it is a number
    elif factor.rows == ONE:
        turned = _turned(reader.product(behind))
        for part in _jacobians(_turned(factor), name, reader):
            yield reader.product((*before, turned, part))
    else:
        raise NotApplicable(Message("a part of the matrix expression is not understood"))


def _is_slope(call: Term) -> bool:
    """Whether it is the gradient of an unknown function of one column."""
    is_column = len(call.args) == 1 and call.rows != ONE == call.columns
    return is_column and call.name is not None and without_slopes(call.name)[1] == (1,)


def _second(call: Term) -> Term:
    """The second derivative of an unknown function, of which this is the first."""
    assert call.name is not None
    return Term("call", call.args, call.rows, call.rows, slope(call.name, 1))


def velocity(value: Term, name: Term, reader: TermReader) -> Term:
    r"""The derivative of a vector or matrix by a number: `\frac{d}{dt} (A x(t))`.

    Raises:
        NotApplicable: where a part has no rule.
    """
    parts = list(_velocities(value, name, reader))
    if not parts:
        return Term("zero", (), ONE, ONE, None)
    return parts[0] if len(parts) == 1 else Term("plus", tuple(parts), value.rows, value.columns)


def _velocities(value: Term, name: Term, reader: TermReader) -> Iterator[Term]:
    if name not in _below(value):
        return
    if reader.is_scalar(value):
        yield gradient(value, name, reader)
        return
    match value.operator:
        case "plus":
            for arg in value.args:
                yield from _velocities(arg, name, reader)
        case "transpose":
            yield from map(_turned, _velocities(value.args[0], name, reader))
        case "times":
            for place, factor in enumerate(value.args):
                for part in _velocities(factor, name, reader):
                    yield reader.product((*value.args[:place], part, *value.args[place + 1 :]))
        case "divide" if name not in _below(value.args[1]):
            for part in _velocities(value.args[0], name, reader):
                yield replace(value, args=(part, value.args[1]))
        case "call" if value.name is not None and all(map(reader.is_scalar, value.args)):
            for place, arg in enumerate(value.args, 1):
                if name in _below(arg):
                    inner = replace(value, name=slope(value.name, place))
                    yield reader.product((gradient(arg, name, reader), inner))
        case "matrix-function" if value.name == Symbol("exp"):
            yield from _of_exponential(value, name, reader)
        case _:
            raise NotApplicable(Message("a part of the matrix expression is not understood"))


def _of_exponential(value: Term, name: Term, reader: TermReader) -> Iterator[Term]:
    """Of a number that varies times a matrix that does not, which commutes with it."""
    (inner,) = value.args
    varying = [arg for arg in inner.args if name in _below(arg)]
    if inner.operator != "times" or not all(map(reader.is_scalar, varying)):
        raise NotApplicable(Message("a part of the matrix expression is not understood"))
    for part in _velocities(inner, name, reader):
        yield reader.product((part, value))


def _function(name: str, *args: Term) -> Term:
    return Term("function", args, ONE, ONE, Symbol(name))


def _plus(*args: Term) -> Term:
    return Term("plus", args, ONE, ONE)


def _negative(term: Term) -> Term:
    return Term("times", (number(-1), term), ONE, ONE)


def _square(term: Term) -> Term:
    return Term("power", (term,), ONE, ONE, None, 2)


_SLOPES: Final[dict[str, Callable[[Term], Term]]] = {
    "exp": lambda f: f,
    "log": lambda f: Term("divide", (number(1), f.args[0]), ONE, ONE),
    "sin": lambda f: _function("cos", *f.args),
    "cos": lambda f: _negative(_function("sin", *f.args)),
    "sinh": lambda f: _function("cosh", *f.args),
    "cosh": lambda f: _function("sinh", *f.args),
    "tan": lambda f: _plus(number(1), _square(f)),
    "tanh": lambda f: _plus(number(1), _negative(_square(f))),
    "sigmoid": lambda f: _plus(f, _negative(_square(f))),
    "softplus": lambda f: _function("sigmoid", *f.args),
}
"""Derivatives of functions of a number."""


class _Rules:
    """The rules for one name."""

    def __init__(self, name: Term, reader: TermReader) -> None:
        self.name = name
        self.reader = reader

    def within(self, term: Term, outer: Term) -> list[Term]:
        """The parts of the gradient of `tr(outer · term)`, of which only the term varies."""
        if self._bears_name(term):
            raise NotApplicable(
                Message("how a name with the variable as a mark depends on it is not known")
            )
        match term.operator:
            case "name":
                return [_turned(outer)] if term == self.name else []
            case "number" | "zero" | "identity" | "literal":
                return []
            case "plus":
                return [part for arg in term.args for part in self.within(arg, outer)]
            case "transpose":
                return self.within(term.args[0], _turned(outer))
            case "times":
                return self._product(term.args, outer)
            case "power":
                return self._power(term, outer)
            case "trace":
                inner = term.args[0]
                unit = Term("identity", (), inner.rows, inner.rows)
                return self.within(inner, self._times(outer, unit))
            case "frobenius":
                below = Term("divide", (outer, term), ONE, ONE)
                return self.within(term.args[0], self._times(below, _turned(term.args[0])))
            case "determinant":
                inverse = Term("inverse", term.args, term.args[0].rows, term.args[0].rows)
                return self.within(term.args[0], self._times(outer, term, inverse))
            case "inverse":
                sides = self._times(term, outer, term)
                return self.within(term.args[0], self._times(number(-1), sides))
            case "divide":
                return self._quotient(term, outer)
            case "sum" | "integral":
                parts = self.within(term.args[0], outer)
                whole = [replace(term, args=(x,), rows=x.rows, columns=x.columns) for x in parts]
                return [*whole, *self._of_ends(term, outer), *self._of_member(term, outer)]
            case "function" if term.args[0].operator != "zero":
                return self._function(term, outer)
            case "call":
                return self._call(term, outer)
            case "root":
                below = self._times(number(2), term)
                return self.within(
                    term.args[0], Term("divide", (outer, below), outer.rows, outer.columns)
                )
        if self._holds(term):
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        return []

    def _bears_name(self, term: Term) -> bool:
        r"""Whether what a part is called bears the name, as `f_\theta` does, and may depend on it.

        Of an integral, what changes at its ends has a rule.
        """
        if term.name is None or self.name.name is None or term == self.name:
            return False
        if isinstance(term.name, Big) and term.operator in {"sum", "integral"}:
            return term.name.condition is not None and self.name.name in walk(term.name.condition)
        if isinstance(term.name, Index) and isinstance(self.name.name, Index):
            return False  # a sibling, which is told apart elsewhere
        return self.name.name in walk(term.name)

    def _holds(self, term: Term) -> bool:
        """Whether the name, or a member of its family that may be it, stands in a term."""
        return self.name in _below(term) or _members(term, self.name) != []

    def _product(self, args: tuple[Term, ...], outer: Term) -> list[Term]:
        """Each factor in turn; what stands behind it comes around to its front."""
        parts: list[Term] = []
        for place, factor in enumerate(args):
            if not self._holds(factor):
                continue
            before, behind = args[:place], args[place + 1 :]
            if self.reader.is_scalar(factor):
                parts += self.within(factor, self._number(outer, (*before, *behind)))
            else:
                parts += self.within(factor, self._times(*behind, outer, *before))
        return parts

    def _number(self, outer: Term, others: tuple[Term, ...]) -> Term:
        """`tr(others · outer)`, which stands before a factor that is a number."""
        product = self._times(*others, outer)
        if self.reader.is_scalar(product):
            return product
        return Term("trace", (product,), ONE, ONE)

    def _power(self, term: Term, outer: Term) -> list[Term]:
        (base,) = term.args
        if term.count == 2 and base.operator == "frobenius":
            inner = base.args[0]
            return self.within(inner, self._times(number(2), outer, _turned(inner)))
        return self._product((base,) * term.count, outer)

    def _quotient(self, term: Term, outer: Term) -> list[Term]:
        above, below = term.args
        parts = self.within(above, Term("divide", (outer, below), outer.rows, outer.columns))
        if self._holds(below):
            square = Term("power", (below,), ONE, ONE, None, 2)
            whole = self._times(number(-1), self._number(outer, (above,)))
            parts += self.within(below, Term("divide", (whole, square), ONE, ONE))
        return parts

    def _of_ends(self, term: Term, outer: Term) -> list[Term]:
        r"""What an integral changes by at its ends: `f(x)` of `\int_a^x f(t)\,dt`.

        Raises:
            NotApplicable: where a sum has the name as an end, or an end is more than the name.
        """
        bound = binder(term)
        if not isinstance(bound, Big) or self.name.name is None:
            return []
        found: list[Term] = []
        for end, sign in ((bound.upper, 1), (bound.lower, -1)):
            if end is None or self.name.name not in walk(end):
                continue
            if end != self.name.name or bound.operator != "integral":
                raise NotApplicable(Message("a part of the matrix expression is not understood"))
            self.reader.assume(Message(r"\text{all integrands are continuous}"))
            (own,) = bound.bound
            found.append(self._times(number(sign), outer, _with_index(term.args[0], own, end)))
        return found

    def _of_member(self, term: Term, outer: Term) -> list[Term]:
        r"""The summand that is of the name: `f(x_j)` in `\partial_{x_j} \sum_i f(x_i)`."""
        (own,) = binder(term).children[:1]
        (body,) = term.args
        wanted = self.name.name
        if not isinstance(wanted, Index) or len(wanted.indices) != 1:
            return []
        as_summed = replace(wanted, indices=(own,))
        members = {x for x in _below(body) if x.operator == "name" and x.name == as_summed}
        if not members:
            return []
        (index,) = wanted.indices
        told = Message(
            r"{index} \text{{ is among the indices that are summed over}}", index=to_latex(index)
        )
        self.reader.assume(told)
        (member,) = members
        found = _Rules(member, self.reader).within(body, outer)
        return [_with_index(part, own, index) for part in found]

    def _function(self, term: Term, outer: Term) -> list[Term]:
        """By the derivative of a function of a number; a vector that varies has no rule."""
        slope_of = _SLOPES.get(term.name.name) if isinstance(term.name, Symbol) else None
        if not self._holds(term):
            return []
        if slope_of is None or not self.reader.is_scalar(term) or len(term.args) != 1:
            raise NotApplicable(Message("a part of the matrix expression is not understood"))
        return self.within(term.args[0], self._times(outer, slope_of(term)))

    def _call(self, term: Term, outer: Term) -> list[Term]:
        """The chain rule: the slopes of an unknown function are unknown functions."""
        parts: list[Term] = []
        for place, arg in enumerate(term.args, 1):
            if not self._holds(arg):
                continue
            is_number, is_of_number = map(self.reader.is_scalar, (term, arg))
            if _is_slope(term):
                return self.within(arg, self._times(outer, _second(term)))
            if term.name is None or not (is_number or is_of_number):
                raise NotApplicable(Message("a part of the matrix expression is not understood"))
            shape = arg if is_number else term
            inner = Term("call", term.args, shape.rows, shape.columns, slope(term.name, place))
            if not is_number:
                parts += self.within(arg, self._number(outer, (inner,)))
                continue
            if self.reader.is_scalar(arg):
                parts += self.within(arg, self._times(outer, inner))
            else:
                parts += self.within(arg, self._times(outer, _turned(inner)))
        return parts

    def _times(self, *factors: Term) -> Term:
        return self.reader.product(factors)


def _has_siblings(value: Term, name: Term) -> bool:
    """Whether another member of the name's family stands in it by itself, which may be the name."""
    others = (term.name for term in _members(value, name))
    return any(
        isinstance(other, Index) and not all(map(is_bound_name, other.indices)) for other in others
    )


def _members(value: Term, name: Term) -> list[Term]:
    """The other members of the name's family in a term."""
    if not isinstance(name.name, Index):
        return []
    return [
        term
        for term in _below(value)
        if term.operator == "name"
        and isinstance(term.name, Index)
        and term.name.base == name.name.base
        and term != name
    ]


def _with_index(term: Term, own: Tree, index: Tree) -> Term:
    """A term with what a sum around it binds replaced; sums of its own that bind it are kept."""
    if isinstance(term.name, Big) and own in term.name.bound:
        return term
    name = None if term.name is None else substitute(term.name, {own: index})
    return replace(term, name=name, args=tuple(_with_index(x, own, index) for x in term.args))


def _turned(term: Term) -> Term:
    return Term("transpose", (term,), term.columns, term.rows)


def _below(term: Term) -> set[Term]:
    return {term} | {inner for arg in term.args for inner in _below(arg)}
