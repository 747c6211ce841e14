r"""Sums, products, maxima over a range, integrals, limits and derivatives in SymPy.

Nothing is evaluated here but derivatives: a sum stays `Sum`, an integral `Integral`. The bound
variable is named by the height of its binder, the number of binders nested in its body, so that the
same sum is the same expression wherever it stands and no name is captured.
"""

from collections.abc import Callable
from typing import Final

from sympy import (
    Abs,
    Expr,
    Function,
    Integral,
    Limit,
    Max,
    Min,
    Piecewise,
    Product,
    Sum,
    ceiling,
    conjugate,
    floor,
    im,
    oo,
    re,
    sign,
)
from sympy import Symbol as Name
from sympy.core.function import AppliedUndef

from blogkit.check.algebra.reading import Bound, Reading, may_compare
from blogkit.formula import Apply, Big, Collection, Constant, Ellipsis, Relation, Symbol, Tree, walk
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable


def _height(tree: Tree) -> int:
    below = max((_height(part) for part in tree.children), default=0)
    return below + 1 if isinstance(tree, Big) else below


def _bind(reader: Reading, tree: Big, bound: Bound, **assumptions: bool) -> tuple[Expr, Bound]:
    """The name of the bound variable, and the bound variables inside."""
    if len(tree.bound) != 1 or not isinstance(tree.bound[0], Symbol):
        raise NotApplicable(Message("a range of several variables is not read"))
    written = tree.bound[0]
    name = Name(f"@{_height(tree)}", **assumptions)
    reader.trees.setdefault(name.name, written)
    return name, {**bound, written: name}


def _end(reader: Reading, tree: Tree, bound: Bound) -> Expr:
    """An end of a range, which may be infinite."""
    match tree:
        case Constant(name="∞"):
            return oo
        case Apply(operator="minus", args=(Constant(name="∞"),)):
            return -oo
    return reader.expression(tree, bound)


def _ends(tree: Big) -> tuple[Tree, Tree]:
    """Lower and upper end of the range of whole numbers that is written below or as a set."""
    if tree.lower is not None and tree.upper is not None and tree.condition is None:
        return tree.lower, tree.upper
    match tree.condition:
        case Relation(operands=(lower, middle, upper), operators=("≤", "≤")) if (
            tree.lower is None and tree.upper is None and (middle,) == tree.bound
        ):
            return lower, upper
        case Relation(operands=(member, Collection(kind="set", items=items)), operators=("∈",)) if (
            (member,) == tree.bound and len(items) > 2 and isinstance(items[-2], Ellipsis)
        ):
            return items[0], items[-1]
    raise NotApplicable(Message("the range of a {operator} is not read", operator=tree.operator))


def _whole_range(reader: Reading, tree: Big, bound: Bound) -> tuple[Expr, tuple[Expr, Expr, Expr]]:
    """Body and limits of a sum or product over whole numbers."""
    low, high = _ends(tree)
    lower, upper = _end(reader, low, bound), _end(reader, high, bound)
    for end in (lower, upper):
        if not (end.is_infinite or end.is_integer or end.is_Symbol):
            raise NotApplicable(Message("an end of a range may be no whole number"))
    name, inside = _bind(reader, tree, bound, **_known(reader, lower))
    orders = [(lower, name), (name, upper)]
    outside = len(reader.orders)
    reader.orders += [pair for pair in orders if not any(end.is_infinite for end in pair)]
    body = reader.expression(tree.body, inside)
    del reader.orders[outside:]
    return body, (name, lower, upper)


def _known(reader: Reading, lower: Expr) -> dict[str, bool]:
    if reader.is_known(lower, ">"):
        return {"integer": True, "positive": True}
    if reader.is_known(lower, "≥"):
        return {"integer": True, "nonnegative": True}
    return {"integer": True}


def _sum(reader: Reading, tree: Big, bound: Bound) -> Expr:
    body, limits = _whole_range(reader, tree, bound)
    return Sum(body, limits)


def _product(reader: Reading, tree: Big, bound: Bound) -> Expr:
    body, limits = _whole_range(reader, tree, bound)
    return Product(body, limits)


def _greatest(reader: Reading, tree: Big, bound: Bound) -> Expr:
    """The greatest or least member: a function without meaning to SymPy; see `extremum_parts`."""
    body, (name, lower, upper) = _whole_range(reader, tree, bound)
    if not may_compare(reader, body) or upper.is_infinite or lower.is_infinite:
        raise NotApplicable(Message("a maximum of what may not be real, or has no end"))
    reader.need(upper - lower, "≥")
    kind = "greatest" if tree.operator in ("max", "sup") else "least"
    return Function(kind, real=True)(body, name, lower, upper)


def _integral(reader: Reading, tree: Big, bound: Bound) -> Expr:
    if tree.lower is None or tree.upper is None or tree.condition is not None:
        raise NotApplicable(Message("an integral without ends is not read"))
    lower, upper = _end(reader, tree.lower, bound), _end(reader, tree.upper, bound)
    if not (lower.is_extended_real and upper.is_extended_real):
        raise NotApplicable(Message("an end of an integral may not be real"))
    name, inside = _bind(reader, tree, bound, real=True)
    return Integral(_inside(reader, tree, inside, name), (name, lower, upper))


def _limit(reader: Reading, tree: Big, bound: Bound) -> Expr:
    match tree.condition:
        case Relation(operands=(variable, target), operators=("→",)) if (variable,) == tree.bound:
            side, point = _side(target)
        case _:
            raise NotApplicable(Message("what a limit tends to is not read"))
    value = _end(reader, point, bound)
    sort = reader.facts.sort_of(variable) if isinstance(variable, Symbol) else None
    kind = sort.kind if sort is not None and sort.is_scalar else "real"
    known = {"natural": "integer"}.get(kind, kind)
    if known == "complex" or (known == "integer" and value.is_finite):
        raise NotApplicable(Message("a limit of a complex variable is not read"))
    if value.is_infinite:
        assumptions = {known: True, "positive" if value.is_extended_positive else "negative": True}
    else:
        assumptions = {known: True}
    name, inside = _bind(reader, tree, bound, **assumptions)
    return Limit(_inside(reader, tree, inside, name), name, value, side)


def _inside(reader: Reading, tree: Big, inside: Bound, name: Expr) -> Expr:
    """The body of an integral or limit, which need not be defined at each single value."""
    noted = len(reader.conditions)
    body = reader.expression(tree.body, inside)
    fresh = reader.conditions[noted:]
    reader.conditions[noted:] = [each for each in fresh if not each.part.has(name)]
    return body


def _side(target: Tree) -> tuple[str, Tree]:
    match target:
        case Apply(operator="from-above", args=(point,)):
            return "+", point
        case Apply(operator="from-below", args=(point,)):
            return "-", point
        case Apply(operator="plus", args=(Constant(name="∞") as point,)):
            return "-", point
    return "+-", target


def derivative(reader: Reading, args: tuple[Tree, ...], bound: Bound) -> Expr:
    r"""A derivative, taken at once.

    The function must contain the variable; `\frac{dy}{dx}` says nothing of how y depends on x.
    """
    function, *variables = args
    inner = reader.expression(function, bound)
    for variable in variables:
        if not isinstance(variable, Symbol) or variable not in walk(function):
            raise NotApplicable(Message("a derivative by what does not occur in the function"))
        name = reader.expression(variable, bound)
        _guard_derivative(inner, name)
        inner = inner.diff(name)
    return inner


def _guard_derivative(inner: Expr, name: Expr) -> None:
    """Raise unless SymPy's rules of derivation say exactly what is meant here."""
    if not name.is_Symbol or name.is_integer:
        raise NotApplicable(Message("a derivative by a whole number"))
    odd = (Abs, Max, Min, Piecewise, floor, ceiling, sign, re, im, conjugate, Integral)
    if inner.has(*odd):
        raise NotApplicable(Message("a derivative of what may have none"))
    if any(
        name in call.free_symbols and str(call.func)[-1] in "_^"
        for call in inner.atoms(AppliedUndef)
    ):
        raise NotApplicable(Message("a derivative by an index"))
    for total in inner.atoms(Sum):
        ends = [end for limits in total.limits for end in limits[1:]]
        if any(end.is_infinite or name in end.free_symbols for end in ends):
            raise NotApplicable(Message("a derivative of an infinite sum"))


BINDERS: Final[dict[str, Callable[[Reading, Big, Bound], Expr]]] = {
    "sum": _sum,
    "product": _product,
    "max": _greatest,
    "min": _greatest,
    "integral": _integral,
    "limit": _limit,
}
"""Binders and what reads them."""
