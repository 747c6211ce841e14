r"""Differentials: which formulas speak of them, and what they are by the rules of derivation.

It exists because `d(x^2) = 2x\,dx` is no statement on a number d. An equation speaks of
differentials where each of its terms has as many of them; then `d(uv)` becomes `v\,du + u\,dv`,
and what is left are the differentials of names, which are names of their own.
Imports the operator tree only.
"""

from dataclasses import replace
from typing import Final

from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.rewriting import map_nodes, substitute

_D: Final = Symbol("d")
_ONE: Final = t.Number("1")
_TWO: Final = t.Number("2")
_LINEAR: Final = frozenset(["transpose", "trace", "minus"])
_MOST_FACTORS: Final = 4
_X: Final = Symbol("x")


def speaks_of_differentials(tree: Tree) -> bool:
    r"""Whether an equation's letter `d` is the sign of a differential.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> equations = r"d(uv) = u\,dv+v\,du", r"ad = bc", r"dx = c"
    >>> [speaks_of_differentials(build(parse(latex).tree).tree) for latex in equations]
    [True, False, False]
    """
    for node in walk(tree):
        if isinstance(node, t.Relation) and node.operators == ("=",):
            degrees = {_degree(side) for side in node.operands if side != t.Number("0")}
            if len(degrees) == 1 and (degrees.pop() or 0) > 0:
                return True
    return False


def _degree(tree: Tree) -> int | None:
    """How many differentials each term has as a factor; None where they differ."""
    match tree:
        case Symbol() if tree == _D:
            return None
        case t.Apply(operator="differential") | t.Call(function=Symbol(name="d", font="")):
            return 1
        case t.Apply(operator="plus", args=args):
            degrees = {_degree(arg) for arg in args}
            return degrees.pop() if len(degrees) == 1 else None
        case t.Apply(operator="times", args=args):
            return _degree_of_product(args)
        case t.Apply(operator="divide", args=(above, below)):
            over, under = _degree(above), _degree(below)
            return None if over is None or under is None else over - under
        case t.Apply(operator="power", args=(base, t.Number(text=text))) if text.isdecimal():
            degree = _degree(base)
            return None if degree is None else degree * int(text)
        case t.Apply(operator=operator, args=(inner,)) if operator in _LINEAR:
            return _degree(inner)
    return None if _D in walk(tree) else 0


def _degree_of_product(args: tuple[Tree, ...]) -> int | None:
    """A `d` stands before what it is taken of; at the end it is a number."""
    total = 0
    for place, arg in enumerate(args):
        if arg == _D and place + 1 < len(args) and args[place + 1] != _D:
            total += 1
            continue
        degree = _degree(arg)
        if degree is None:
            return None
        total += degree
    return total


def expand_differentials(tree: Tree) -> Tree:
    r"""A tree with each differential computed down to those of names.

    Raises:
        NotApplicable: where no rule applies.

    >>> from blogkit.formula import to_sexpr
    >>> product = t.Apply("times", (Symbol("u"), Symbol("v")))
    >>> to_sexpr(expand_differentials(t.Apply("differential", (product,))))
    '(plus (times du v) (times u dv))'
    """

    def computed(node: Tree) -> Tree:
        if isinstance(node, t.Apply) and node.operator == "differential":
            return _of(node.args[0])
        return node

    return map_nodes(tree, computed)


def _of(tree: Tree) -> Tree:
    match tree:
        case t.Number() | t.Constant():
            return t.Number("0")
        case Symbol() | t.Index():
            return _of_name(tree)
        case t.Apply(operator="plus", args=args):
            return t.Apply("plus", tuple(map(_of, args)))
        case t.Apply(operator=operator, args=(inner,)) if operator in _LINEAR:
            return t.Apply(operator, (_of(inner),))
        case t.Apply(operator="times", args=args):
            return _of_product(args)
        case t.Apply(operator="power", args=(base, t.Number(text=text))) if text.isdecimal():
            return _of_power(base, int(text))
        case t.Apply(operator="inverse", args=(inner,)):
            return _minus(_times(tree, _of(inner), tree))
        case t.Apply(operator="divide", args=(above, below)):
            change = t.Apply("plus", (_times(below, _of(above)), _minus(_times(above, _of(below)))))
            return t.Apply("divide", (change, t.Apply("power", (below, _TWO))))
    return _of_function(tree)


def _of_name(tree: Tree) -> Tree:
    if isinstance(tree, t.Index) and isinstance(tree.base, Symbol):
        return replace(tree, base=_of_name(tree.base))
    if not isinstance(tree, Symbol):
        raise NotApplicable
    sign = "D" if tree.name.isupper() else "d"
    return replace(tree, name=sign + tree.name)


def _of_product(args: tuple[Tree, ...]) -> Tree:
    terms = tuple(
        t.Apply("times", (*args[:k], change, *args[k + 1 :]))
        for k, arg in enumerate(args)
        if (change := _of(arg)) != t.Number("0")
    )
    if not terms:
        return t.Number("0")
    return t.Apply("plus", terms) if len(terms) > 1 else terms[0]


def _of_power(base: Tree, exponent: int) -> Tree:
    """By the rule of products, so that it holds of matrices too."""
    if not 0 < exponent <= _MOST_FACTORS:
        raise NotApplicable
    return _of_product((base,) * exponent) if exponent > 1 else _of(base)


def _times(*factors: Tree) -> Tree:
    return t.Apply("times", factors)


def _minus(tree: Tree) -> Tree:
    return t.Apply("minus", (tree,))


def _power(base: Tree, exponent: Tree) -> Tree:
    return t.Apply("power", (base, exponent))


def _function(operator: str) -> Tree:
    return t.Apply(operator, (_X,))


_DERIVATIVES: Final[dict[Tree, Tree]] = {
    _function("sin"): _function("cos"),
    _function("cos"): _minus(_function("sin")),
    _function("tan"): t.Apply("divide", (_ONE, _power(_function("cos"), _TWO))),
    _function("sinh"): _function("cosh"),
    _function("cosh"): _function("sinh"),
    _function("ln"): t.Apply("divide", (_ONE, _X)),
    _function("log"): t.Apply("divide", (_ONE, _X)),
    _function("exp"): _function("exp"),
    _power(t.Constant("e"), _X): _power(t.Constant("e"), _X),
    _function("root"): t.Apply("divide", (_ONE, _times(_TWO, _function("root")))),
}
"""Functions of x and their derivatives."""


def _of_function(tree: Tree) -> Tree:
    inner = tree.children[-1] if tree.children else None
    for function, derivative in _DERIVATIVES.items():
        if inner is not None and substitute(function, {_X: inner}) == tree:
            return _times(substitute(derivative, {_X: inner}), _of(inner))
    raise NotApplicable
