r"""How far a gradient reaches: `\nabla_x a^\top x` is that of the whole product.

The reader of formulas takes the next factor, as for any sign in front. Where that factor can't be
meant alone, since it holds nothing that is derived by or is no number, what follows belongs to it.
Imports the operator tree and `rewriting.py`.
"""

from blogkit.formula import Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import ALL_DERIVATIVES
from blogkit.meaning.trees.rewriting import map_nodes


def with_full_reach(tree: Tree) -> Tree:
    r"""A tree in which each derivative is of all that it can be meant of.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula import to_sexpr
    >>> to_sexpr(with_full_reach(read(r"\nabla_{x} a^\top x").tree))
    '(gradient (times (transpose a) x) x)'
    """
    return map_nodes(tree, _reaching)


def _reaching(node: Tree) -> Tree:
    match node:
        case t.Apply(operator="times", args=factors):
            for place, factor in enumerate(factors[:-1]):
                wider = _widened(factor, factors[place + 1 :])
                if wider is not None:
                    return t.Apply("times", (*factors[:place], wider)) if place else wider
                if _is_extreme(factor) and isinstance(factors[place + 1], t.Apply):
                    whole = t.Call(factor, factors[place + 1 : place + 2])
                    return t.Apply("times", (*factors[:place], whole, *factors[place + 2 :]))
        case t.Apply(operator="gradient", args=(t.Apply(operator="transpose", args=(inner,)), *by)):
            return t.Apply("transpose", (t.Apply("gradient", (inner, *by)),))
    return node


def _is_extreme(tree: Tree) -> bool:
    r"""Whether it is the largest or smallest of something: `\lambda_{\max}`."""
    match tree:
        case t.Symbol(name="λ" | "σ", subscript=t.Symbol(name="max" | "min")):
            return True
    return False


def _widened(factor: Tree, rest: tuple[Tree, ...]) -> Tree | None:
    """A derivative with the factors behind it within; None where it stands by itself."""
    match factor:
        case t.Apply(operator="transpose", args=(t.Apply(operator="gradient", args=(of, by)),)):
            if _holds(rest, by) and not isinstance(of, t.Call):
                alone = t.Apply("transpose", (of,))
                return t.Apply("gradient", (t.Apply("times", (alone, *rest)), by))
        case t.Apply(operator="gradient" | "hessian" as operator, args=(of,)) if _is_number(of):
            return t.Apply(operator, (t.Apply("times", (of, *rest)),))
        case t.Apply(operator=operator, args=(of, by)) if operator in ALL_DERIVATIVES:
            is_name = isinstance(of, t.Symbol | t.Index | t.Call)
            if not is_name and not _holds((of,), by) and _holds(rest, by):
                parts = of.args if isinstance(of, t.Apply) and of.operator == "times" else (of,)
                return t.Apply(operator, (t.Apply("times", (*parts, *rest)), by))
    return None


def _is_number(tree: Tree) -> bool:
    return not any(isinstance(node, t.Symbol) for node in walk(tree))


def _holds(trees: tuple[Tree, ...], name: Tree) -> bool:
    return any(node == name for tree in trees for node in walk(tree))
