r"""Expansions around a vector as expansions along a line.

It exists because `f(x+\epsilon) = f(x) + \epsilon^\top \nabla f(x) + O(\|\epsilon\|^2)` is a
statement on functions of one number: of a step $\epsilon = h d$ with a direction $d$ of length 1 it
speaks of $g(h) = f(x + h d)$. Then $\epsilon^\top \nabla f(x) = h g'(0)$, and
$\epsilon^\top \nabla^2 f(x) \epsilon = h^2 g''(0)$. Imports the operator tree and `rewriting.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.meaning.trees.rewriting import map_nodes, substitute

_SLOPES: Final = {"gradient": 1, "hessian": 2}


def along_a_line(claim: t.Relation) -> t.Relation:
    r"""The claim on functions of one number, where it expands functions of a vector; else itself.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> source = r"f(x + \mathbf{d}) - f(x) \approx \mathbf{d}^\top \nabla f(x)"
    >>> to_latex(along_a_line(read(source).tree))
    "f(x + d) - f(x) \\approx d f'(x)"
    """
    claim = replace(claim, operands=tuple(map(_with_powers, claim.operands)))
    claim = replace(claim, operands=tuple(map_nodes(side, _as_name) for side in claim.operands))
    for step in sorted(set(_steps(claim)), key=repr):
        changed = map_nodes(claim, partial(_changed, step=step))
        plain = _with_plain_names(changed)
        if isinstance(plain, t.Relation):
            return plain
    return claim


ORDERS: Final = frozenset("Oo")
r"""The names of Landau's symbols; `o(h)` is of a higher order than `h`."""


def expanded_at(claim: Tree) -> frozenset[Symbol]:
    r"""The names between whose values a claim with a remainder expands a function.

    It holds of all of them, so nothing is put in for them: `x` and `h` of `f(x+h) = f(x) + O(h)`.

    >>> from blogkit.meaning.trees.reading import read
    >>> sorted(name.name for name in expanded_at(read(r"f(x+h) = f(x) + a h + O(h^2)").tree))
    ['h', 'x']
    """
    calls = list(_calls(claim)) if isinstance(claim, t.Relation) else []
    names = [call.function.name for call in calls if isinstance(call.function, Symbol)]
    if not ORDERS & {*names}:
        return frozenset()
    return frozenset(name for call in calls for name in variables(call.args[0]).free)


def with_differences(claim: Tree) -> tuple[Tree, tuple[t.Relation, ...]]:
    r"""A claim with `\Delta y` as the difference of a function beside it, and what that is.

    It is `f(x_0 + \Delta x) - f(x_0)`, where f is the only function that is taken at such places.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> source = r"\frac{\Delta s}{\Delta t} = \frac{s(t_0 + \Delta t) - s(t_0)}{\Delta t}"
    >>> to_latex(with_differences(read(source).tree)[1][0])
    '\\Delta s = s(t_{0} + \\Delta t) - s(t_{0})'
    """
    steps = {(call.function, *found) for call in _calls(claim) if (found := _step(call))}
    nodes = {node for node in walk(claim) if isinstance(node, t.Apply)}
    increments = {node for node in nodes if node.operator == "increment"}
    if len(steps) != 1:
        return claim, ()
    ((function, start, step),) = steps
    others = [node for node in increments - {step} if isinstance(node.args[0], Symbol)]
    if len(others) != 1:
        return claim, ()
    there = t.Call(function, (t.Apply("plus", (start, step)),))
    difference = t.Apply("plus", (there, t.Apply("minus", (t.Call(function, (start,)),))))
    put = map_nodes(claim, lambda node: difference if node == others[0] else node)
    if not any(isinstance(node, t.Big) for node in walk(put)):
        put = map_nodes(put, lambda node: _as_name(node) if node == step else node)
    return put, (t.Relation((others[0], difference), ("=",)),)


def _calls(claim: Tree) -> Iterator[t.Call]:
    """Values of functions of one number; of a letter before a bracket, which may be one, too."""
    for node in walk(claim):
        match node:
            case t.Call(args=(_,), conditions=(), parameters=()):
                yield node
            case t.Apply(operator="times", args=(Symbol() as letter, t.Apply() as inner)):
                yield t.Call(letter, (inner,))


def _step(call: t.Call) -> tuple[Tree, Tree] | None:
    r"""From where a function goes by which step: of `f(x + \Delta x)`."""
    match call.args:
        case (t.Apply(operator="plus", args=(start, t.Apply(operator="increment") as step)),):
            return start, step
    return None


def _with_powers(side: Tree) -> Tree:
    r"""A side in which `\Delta x^2` is the square of the step, where a function makes that step."""

    def changed(node: Tree) -> Tree:
        match node:
            case t.Apply(operator="increment", args=(t.Apply(operator="power", args=(name, top)),)):
                return t.Apply("power", (t.Apply("increment", (name,)), top))
        return node

    return map_nodes(side, changed)


def _as_name(node: Tree) -> Tree:
    r"""`\Delta x` and `x_0` as names."""
    match node:
        case t.Apply(operator="increment", args=(Symbol() as name,)):
            return replace(name, name="Δ", subscript=name)
        case t.Apply(operator="increment", args=(t.Index(base=Symbol()) as name,)):
            return Symbol("Δ", subscript=name)
        case t.Index(base=Symbol(subscript=None) as name, indices=(index,), upper=False) if (
            not variables(index).free
        ):
            return replace(name, subscript=index)
    return node


def _steps(claim: Tree) -> Iterator[Symbol]:
    """Names that are added to an argument, and of which the claim takes a transpose or length."""
    for node in walk(claim):
        match node:
            case t.Apply(operator="transpose" | "norm" | "inner", args=args):
                yield from (arg for arg in args if isinstance(arg, Symbol))
            case t.Call(args=(t.Apply(operator="plus", args=args),)):
                yield from (arg for arg in args if isinstance(arg, Symbol) and arg.font == "bold")


def _changed(node: Tree, step: Symbol) -> Tree:
    match node:
        case t.Apply(operator="norm", args=(inner, *_)) if inner == step:
            return _plain(step)
        case t.Apply(operator="inner", args=args):
            return _along(args, step) or node
        case t.Apply(operator="times", args=args):
            return _factors(args, step)
    return node


def _factors(args: tuple[Tree, ...], step: Symbol) -> Tree:
    """A product, with what in it is a slope along the step replaced."""
    kept: list[Tree] = []
    place = 0
    while place < len(args):
        for length in (3, 2):
            found = _along(args[place : place + length], step)
            if found is not None and place + length <= len(args):
                kept.append(found)
                place += length
                break
        else:
            kept.append(args[place])
            place += 1
    return kept[0] if len(kept) == 1 else t.Apply("times", tuple(kept))


def _along(factors: tuple[Tree, ...], step: Symbol) -> Tree | None:
    """What a slope is along the step, times it once or twice; None where it is no such product."""
    steps = sum(_untransposed(factor) == step for factor in factors)
    slopes = [slope for factor in factors if (slope := _untransposed(factor)) != step]
    if len(slopes) != 1 or not steps:
        return None
    match slopes[0]:
        case t.Apply(operator=operator, args=(t.Call(function=Symbol() as name) as call, *_)) if (
            _SLOPES.get(operator) == steps
        ):
            slope = replace(call, function=replace(name, primes=name.primes + steps))
            return t.Apply("times", (*[_plain(step)] * steps, slope))
    return None


def _untransposed(tree: Tree) -> Tree:
    if isinstance(tree, t.Apply) and tree.operator == "transpose":
        return tree.args[0]
    return tree


def _plain(name: Symbol) -> Symbol:
    return replace(name, font="", accents=tuple(a for a in name.accents if a != "vec"))


def _with_plain_names(claim: Tree) -> Tree | None:
    """It with all names plain; None where vectors still stand in it, or two names would be one."""
    if any(
        isinstance(node, t.Apply) and node.operator in ("transpose", "norm", "inner", *_SLOPES)
        for node in walk(claim)
    ):
        return None
    names = variables(claim).free
    plain = {name: _plain(name) for name in names if _plain(name) != name}
    if set(plain.values()) & (names - plain.keys() - set(plain.values())) or len(
        set(plain.values())
    ) < len(plain):
        return None
    return substitute(claim, plain)
