"""Trees with vectors and matrices computed the slow and obvious way, beside what is judged.

It shares nothing with `blogkit.compute`: a walk over the tree on NumPy arrays, as by hand.
"""

import itertools
import math
from collections.abc import Mapping

import numpy as np

from blogkit.formula import tree as t
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.tree import Symbol, Tree


class UnknownError(Exception):
    """There is no rule for a part."""


Env = Mapping[Tree, object]

_FUNCTIONS = {
    "exp": np.exp,
    "log": np.log,
    "ln": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
}
_NAMED = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "ReLU": lambda x: np.maximum(x, 0),
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True),
    "softplus": lambda x: np.log(1 + np.exp(x)),
}  # fmt: skip


def value(tree: Tree, env: Env) -> np.ndarray | float:
    """The value of a tree, where each name and member has its value; vectors are columns' lists."""
    if tree in env:
        return env[tree]
    if isinstance(tree, Symbol) and t.Index(tree, ()) in env:
        return env[t.Index(tree, ())]
    match tree:
        case t.Number(text=text):
            return float(text)
        case t.Constant(name="π"):
            return math.pi
        case t.Constant(name="e"):
            return math.e
        case t.Apply(operator="plus", args=args):
            return sum(value(arg, env) for arg in args)
        case t.Apply(operator="minus", args=(inner,)):
            return -value(inner, env)
        case t.Apply(operator="divide", args=(above, below)):
            return value(above, env) / value(below, env)
        case t.Apply(operator="root", args=(inner,)):
            return np.sqrt(value(inner, env))
        case t.Apply(operator="power", args=(t.Constant(name="e"), inner)):
            return np.exp(value(inner, env))
        case t.Apply(operator="power", args=(base, exponent)):
            under = value(base, env)
            if np.ndim(under) == 2:
                raise UnknownError("a matrix to a power")
            return under ** value(exponent, env)
        case t.Apply(operator="hadamard" | "compose", args=args):
            return math.prod((value(arg, env) for arg in args), start=1.0)
        case t.Apply(operator="times", args=args):
            return _product([*args], env)
        case t.Apply(operator="transpose", args=(inner,)):
            return np.transpose(value(inner, env))
        case t.Apply(operator="norm", args=(inner, *order)):
            return _norm(value(inner, env), order)
        case t.Apply(operator="min" | "max" as operator, args=(inner,)):
            return getattr(np, operator)(value(inner, env))
        case t.Apply(operator="min" | "max" as operator, args=args):
            pick = np.minimum if operator == "min" else np.maximum
            return pick.reduce([value(arg, env) for arg in args])
        case t.Apply(operator="inverse", args=(inner,)):
            return np.linalg.inv(value(inner, env))
        case t.Apply(operator=operator, args=(inner,)) if operator in _FUNCTIONS:
            return _FUNCTIONS[operator](value(inner, env))
        case t.Call(function=Symbol() as name, args=(inner,), conditions=(), parameters=()):
            known = named_function(name) or by_letter(name)
            if known is not None and known.name in _NAMED:
                return _NAMED[known.name](value(inner, env))
        case t.Index():
            return _member(tree, env)
        case t.Apply(operator="cardinality", args=(members,)):
            return float(env[members])
        case t.Apply(operator="abs", args=(Symbol(font="calligraphic") as members,)):
            return float(env[members])
        case t.Big(operator="sum" | "product" | "max" | "min" as operator, bound=names) if names:
            ranges = [_steps(tree, name, env) for name in names]
            points = (dict(zip(names, place, strict=True)) for place in itertools.product(*ranges))
            return _RUN[operator]([value(tree.body, {**env, **point}) for point in points])
    raise UnknownError(type(tree).__name__)


def _norm(inner: object, order: list[Tree]) -> float:
    if not order or (order == [t.Number("2")] and np.ndim(inner) < 2):
        return float(np.sqrt(np.sum(np.square(inner))))
    if order == [t.Number("1")] and np.ndim(inner) < 2:
        return float(np.sum(np.abs(inner)))
    if order == [Symbol("F")]:
        return float(np.sqrt(np.sum(np.square(inner))))
    raise UnknownError("another norm")


def _product(args: list[Tree], env: Env) -> object:
    """Numbers times arrays; columns of two vectors give a number, a column and a row a matrix."""
    total: object = 1.0
    is_row_before = False
    for arg in args:
        is_row = isinstance(arg, t.Apply) and arg.operator == "transpose"
        factor = value(arg, env)
        if np.ndim(total) == 0 or np.ndim(factor) == 0:
            is_row_before = is_row if np.ndim(factor) else is_row_before
            total = total * factor
        elif np.ndim(total) == np.ndim(factor) == 1 and is_row and not is_row_before:
            total = np.outer(total, factor)
        else:
            total = np.dot(total, factor)
    return total


_RUN = {"sum": sum, "product": math.prod, "max": max, "min": min}


def _member(tree: t.Index, env: Env) -> object:
    """A member of an array, counted as the formula does."""
    base, indices = _flat(tree)
    array = env.get(t.Index(base, ()))
    if array is None and not isinstance(base, Symbol):
        array = value(base, env)
    if array is None:
        raise UnknownError("a family without members")
    first = env.get(t.Text("first"), {})
    place = tuple(
        _whole(index, env) - first.get((base, axis), 1) for axis, index in enumerate(indices)
    )
    if min(place) < 0 or any(k >= n for k, n in zip(place, np.shape(array), strict=False)):
        raise UnknownError("outside of the array")
    return array[place]


def _whole(tree: Tree, env: Env) -> int:
    found = value(tree, env)
    if np.ndim(found) or found != int(found):
        raise UnknownError("no whole number")
    return int(found)


def _flat(tree: Tree) -> tuple[Tree, tuple[Tree, ...]]:
    upper, lower = (), ()
    while isinstance(tree, t.Index):
        upper, lower = (
            ((*tree.indices, *upper), lower) if tree.upper else (upper, (*tree.indices, *lower))
        )
        tree = tree.base
    return tree, (*upper, *lower)


def _steps(tree: t.Big, name: Tree, env: Env) -> range:
    """What an index runs through: a range, or all members of the arrays that it numbers."""
    if tree.lower is not None and tree.upper is not None:
        return range(_whole(tree.lower, env), _whole(tree.upper, env) + 1)
    match tree.condition:
        case None | t.Relation(operators=("∈",)):
            pass
        case _:
            raise UnknownError("a condition")
    for node in t.walk(tree.body):
        if isinstance(node, t.Index):
            base, indices = _flat(node)
            array = env.get(t.Index(base, ()))
            if name in indices and array is not None:
                return range(1, np.shape(array)[indices.index(name)] + 1)
    raise UnknownError("a sum without a range")
