r"""Expectations that are told by a density: `\mathbb{E}_{x\sim\mathcal{N}(\mu,\sigma^2)}[x^2]`.

It exists because the methods for expectations know no particular distribution; as an integral, one
over a normal distribution has a value. `\mathbb{E}_{x\sim p}[\log(p(x)/q(x))]` is a divergence.
Imports the operator tree.
"""

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t

_TWO = t.Number("2")
_INFINITY = t.Constant("∞")


def told_by_density(node: Tree) -> Tree | None:
    """An expectation in other terms; None where it has none.

    >>> from blogkit.formula.printing import to_latex
    >>> from blogkit.check.trees.reading import read
    >>> to_latex(told_by_density(read(r"\\mathbb{E}_{x\\sim p(x)}[\\log\\frac{p(x)}{q(x)}]").tree))
    '\\\\operatorname{KL}(p \\\\mid q)'
    """
    match node:
        case t.Expectation(
            "expectation", under=t.Relation((Symbol() as x, drawn), ("∼",)), args=(body,)
        ) if not node.conditions:
            return _normal(x, drawn, body) or _divergence(x, drawn, body)
    return None


def _normal(x: Symbol, drawn: Tree, body: Tree) -> Tree | None:
    match drawn:
        case t.Call(Symbol(name="N", font="calligraphic" | "script"), (mean, variance)) if (
            not drawn.parameters
        ):
            pass
        case _:
            return None
    if variables(body).functions or not all(map(_is_scalar, (mean, variance, body))):
        return None
    if x in walk(mean) or x in walk(variance):
        return None
    away = t.Apply("power", (t.Apply("plus", (x, _minus(mean))), _TWO))
    exponent = _minus(t.Apply("divide", (away, t.Apply("times", (_TWO, variance)))))
    scale = t.Apply("root", (t.Apply("times", (_TWO, t.Constant("π"), variance)),))
    density = t.Apply("divide", (t.Apply("power", (t.Constant("e"), exponent)), scale))
    whole = t.Apply("times", (body, density))
    return t.Big("integral", (x,), _minus(_INFINITY), _INFINITY, None, whole)


def _is_scalar(tree: Tree) -> bool:
    """Whether it is made of numbers and plain letters."""
    parts = (t.Apply, t.Number, t.Constant, Symbol)
    return all(
        isinstance(node, parts) and not (isinstance(node, Symbol) and node.font)
        for node in walk(tree)
    )


def _minus(tree: Tree) -> Tree:
    return t.Apply("minus", (tree,))


def _divergence(x: Symbol, drawn: Tree, body: Tree) -> Tree | None:
    match body:
        case t.Apply(
            "log" | "ln",
            (
                t.Apply(
                    "divide",
                    (
                        t.Call(Symbol() as p, (above,), conditions=(), parameters=()),
                        t.Call(Symbol() as q, (below,), conditions=(), parameters=()),
                    ),
                ),
            ),
        ) if above == below == x and p != q:
            if drawn in (p, t.Call(p, (x,))):
                return t.Call(Symbol("KL"), (p,), (q,))
    return None
