r"""Partial derivatives by a member of a family: `\frac{\partial}{\partial x_i} \sum_j e^{x_j}`.

It exists because only the tree knows that `x_j` in a sum is `x_i` once. Imports the operator tree.
"""

from blogkit.check.trees.rewriting import substitute
from blogkit.formula import Tree, walk
from blogkit.formula import tree as t

_ZERO = t.Number("0")
_ONE = t.Number("1")


class NoRuleError(Exception):
    """A part has no rule; caught within the package."""


def partial(tree: Tree, member: t.Index) -> Tree:
    """The derivative of a number by a member, whose index is within the range of every sum.

    Raises:
        NoRuleError: where a part has no rule.
    """
    if tree == member:
        return _ONE
    if not any(node == member.base for node in walk(tree)):
        return _ZERO
    match tree:
        case t.Big(operator="sum", bound=(name,), condition=None, body=body):
            if any(member.base in walk(end) for end in (tree.lower, tree.upper) if end is not None):
                raise NoRuleError
            inner = partial(body, t.Index(member.base, (name,)))
            return substitute(inner, {name: member.indices[0]})
        case t.Apply(operator=operator, args=args):
            return _of_operator(operator, args, member)
    raise NoRuleError


def _of_operator(operator: str, args: tuple[Tree, ...], member: t.Index) -> Tree:
    slopes = [partial(arg, member) for arg in args]
    match operator, args:
        case "plus", _:
            return _sum(slopes)
        case "minus", _:
            return t.Apply("minus", (slopes[0],))
        case "times", _:
            return _sum([_product([*args[:k], s, *args[k + 1 :]]) for k, s in enumerate(slopes)])
        case "divide", (above, below):
            crossed = t.Apply("minus", (_product([above, slopes[1]]),))
            top = _sum([_product([slopes[0], below]), *([] if slopes[1] == _ZERO else [crossed])])
            return t.Apply("divide", (top, t.Apply("power", (below, t.Number("2")))))
        case "power", (t.Constant(name="e"), _):
            return _product([t.Apply("power", args), slopes[1]])
        case "power", (base, t.Number() as exponent):
            return _product([exponent, _lowered(base, exponent), slopes[0]])
        case "exp", _:
            return _product([t.Apply("exp", args), slopes[0]])
        case (("log" | "ln"), (inner,)):
            return t.Apply("divide", (slopes[0], inner))
    raise NoRuleError


def _lowered(base: Tree, exponent: t.Number) -> Tree:
    """A power with one factor less."""
    if exponent.text == "2":
        return base
    one_less = t.Apply("plus", (exponent, t.Apply("minus", (_ONE,))))
    return t.Apply("power", (base, one_less))


def _sum(terms: list[Tree]) -> Tree:
    kept = [term for term in terms if term != _ZERO]
    return t.Apply("plus", tuple(kept)) if len(kept) > 1 else (kept or [_ZERO])[0]


def _product(factors: list[Tree]) -> Tree:
    if _ZERO in factors:
        return _ZERO
    kept = [factor for factor in factors if factor != _ONE]
    return t.Apply("times", tuple(kept)) if len(kept) > 1 else (kept or [_ONE])[0]
