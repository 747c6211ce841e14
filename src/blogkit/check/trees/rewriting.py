"""Trees changed: every node mapped, symbols replaced without capture.

It exists because trees are immutable, so that whatever changes one rebuilds it. What was changed
has no place in the source any more. Imports the operator tree only.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from blogkit.formula import NOWHERE, Symbol, Tree, variables
from blogkit.formula import tree as t

_MAX_PRIMES = 50


def rebuilt(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """A tree with each node changed, leaves first; what is not changed keeps its place.

    >>> double = lambda node: t.Number("2") if node == t.Number("1") else node
    >>> rebuilt(t.Apply("plus", (t.Number("1"), Symbol("x"))), double)
    Apply(operator='plus', args=(Number(text='2'), Symbol(name='x', font='', accents=(), primes=0, \
subscript=None, superscript=None)))
    """
    return change(with_children(tree, tuple(rebuilt(child, change) for child in tree.children)))


def with_children(tree: Tree, parts: tuple[Tree, ...]) -> Tree:
    """A tree with other children in the order of `tree.children`; the tree itself if the same."""
    if parts == tree.children:
        return tree
    left = iter(parts)
    match tree:
        case t.Symbol(subscript=sub, superscript=sup):
            new_sub = None if sub is None else next(left)
            new_sup = None if sup is None else next(left)
            return replace(tree, subscript=new_sub, superscript=new_sup, span=NOWHERE)
        case t.Apply():
            return replace(tree, args=parts, span=NOWHERE)
        case t.Call(args=args, conditions=bars):
            first, second = 1 + len(args), 1 + len(args) + len(bars)
            return t.Call(parts[0], parts[1:first], parts[first:second], parts[second:])
        case t.Index():
            return t.Index(parts[0], parts[1:], tree.upper)
        case t.Big():
            return _big_with(tree, parts)
        case t.Expectation(under=under, args=args):
            new_under = None if under is None else next(left)
            rest = tuple(left)
            return t.Expectation(tree.operator, new_under, rest[: len(args)], rest[len(args) :])
        case t.Relation():
            return t.Relation(parts, tree.operators)
        case t.Collection():
            return t.Collection(tree.kind, parts)
        case t.Comprehension():
            return t.Comprehension(parts[0], parts[1:])
        case t.Interval():
            return t.Interval(parts[0], parts[1], tree.has_lower, tree.has_upper)
        case t.Matrix(rows=rows):
            return t.Matrix(tuple(tuple(next(left) for _ in row) for row in rows))
        case t.Cases(branches=branches):
            return t.Cases(
                tuple((next(left), None if c is None else next(left)) for _, c in branches)
            )
        case t.System():
            return t.System(parts)
        case t.Where():
            return t.Where(parts[0], tree.word, parts[1])
        case t.Annotated():
            return t.Annotated(parts[0], parts[1])
    return tree


def _big_with(tree: t.Big, parts: tuple[Tree, ...]) -> Tree:
    left = iter(parts)
    bound = tuple(next(left) for _ in tree.bound)
    lower = None if tree.lower is None else next(left)
    upper = None if tree.upper is None else next(left)
    condition = None if tree.condition is None else next(left)
    return t.Big(tree.operator, bound, lower, upper, condition, next(left))


def substitute(tree: Tree, values: Mapping[Symbol, Tree]) -> Tree:
    r"""A tree with free symbols replaced by trees; bound variables are renamed where they capture.

    A symbol that is applied (`f` in `f(x)`) or that names a family is not replaced.

    >>> from blogkit.formula import build, to_sexpr
    >>> from blogkit.latex import parse
    >>> body = build(parse(r"\sum_{i=1}^n a i").tree).tree
    >>> to_sexpr(substitute(body, {Symbol("a"): Symbol("i")}))
    "(sum :for i' :from 1 :to n :of (times i i'))"
    """
    if isinstance(tree, Symbol):
        return values.get(tree, tree)
    if not values:
        return tree
    own = _bound_by(tree)
    if own:
        values = {name: value for name, value in values.items() if name not in own}
        used = variables(tree).free & values.keys()
        incoming = frozenset(x for name in used for x in variables(values[name]).free)
        clashing = own & incoming
        if clashing:
            tree = _renamed(tree, clashing, incoming | variables(tree).free | own)
    kept = _not_replaced(tree)
    return with_children(
        tree, tuple(part if part in kept else substitute(part, values) for part in tree.children)
    )


def _not_replaced(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case t.Call(function=Symbol() as function):
            return (function,)
        case t.Index(base=Symbol() as base):
            return (base,)
    return ()


def _bound_by(tree: Tree) -> frozenset[Symbol]:
    """The symbols that this very node binds."""
    if not isinstance(tree, (t.Big, t.Expectation, t.Comprehension)):
        return frozenset()
    within = frozenset().union(*(variables(child).bound for child in tree.children))
    return variables(tree).bound - within | frozenset(
        name for name in getattr(tree, "bound", ()) if isinstance(name, Symbol)
    )


def _renamed(tree: Tree, names: frozenset[Symbol], taken: frozenset[Symbol]) -> Tree:
    renaming = {name: _fresh(name, taken) for name in names}
    return rebuilt(
        tree, lambda node: renaming.get(node, node) if isinstance(node, Symbol) else node
    )


def _fresh(name: Symbol, taken: frozenset[Symbol]) -> Symbol:
    for primes in range(1, _MAX_PRIMES):
        fresh = replace(name, primes=name.primes + primes)
        if fresh not in taken:
            return fresh
    raise AssertionError("a formula with fifty names that differ in primes only")
