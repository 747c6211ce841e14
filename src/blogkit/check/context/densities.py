r"""Expectations that are told by a density: `\mathbb{E}_{x\sim\mathcal{N}(\mu,\sigma^2)}[x^2]`.

It exists because the methods for expectations know no particular distribution; as an integral, one
over a normal distribution has a value, and so have its density and the divergence of two.
`\mathbb{E}_{x\sim p}[\log(p(x)/q(x))]` is a divergence. Imports the operator tree.
"""

from dataclasses import replace

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t

_TWO = t.Number("2")
_SCRIPTS = frozenset(["calligraphic", "script"])
_INFINITY = t.Constant("∞")


def told_by_density(node: Tree) -> Tree | None:
    """An expectation in other terms; None where it has none.

    >>> from blogkit.formula.printing import to_latex
    >>> from blogkit.meaning.trees.reading import read
    >>> to_latex(told_by_density(read(r"\\mathbb{E}_{x\\sim p(x)}[\\log\\frac{p(x)}{q(x)}]").tree))
    '\\\\operatorname{KL}(p \\\\mid q)'
    """
    match node:
        case t.Call(args=(one,), conditions=(other,), parameters=()) if _is_divergence(
            node.function
        ):
            return _divergence_of_normals(one, other) or _of_laws(node, one, other)
        case t.Call(args=(Symbol() as x,), conditions=(), parameters=(mean, variance)) if (
            _is_normal(node.function)
        ):
            return _density(x, mean, variance)
        case t.Expectation(
            "expectation", under=t.Relation((Symbol() as x, drawn), ("∼",)), args=(body,)
        ) if not node.conditions:
            return _normal(x, drawn, body) or _divergence(x, drawn, body)
    return None


def _normal(x: Symbol, drawn: Tree, body: Tree) -> Tree | None:
    moments = _moments(drawn)
    if moments is None or variables(body).functions or not _is_scalar(body):
        return None
    density = _density(x, *moments)
    if density is None:
        return None
    whole = t.Apply("times", (body, density))
    return t.Big("integral", (x,), _minus(_INFINITY), _INFINITY, None, whole)


def with_whole_range(node: Tree) -> Tree:
    """An integral over a normal density without limits as one over all numbers."""
    match node:
        case t.Big(operator="integral", bound=(x,), lower=None, upper=None, condition=None) if any(
            isinstance(part, t.Call) and _is_normal(part.function) and part.args == (x,)
            for part in walk(node.body)
        ):
            return replace(node, lower=_minus(_INFINITY), upper=_INFINITY)
    return node


def _of_laws(divergence: t.Call, one: Tree, other: Tree) -> Tree | None:
    r"""`KL(p(x) \| q(x))` as `KL(p \| q)`."""
    match one, other:
        case (
            t.Call(Symbol() as p, (x,), conditions=(), parameters=()),
            t.Call(Symbol() as q, (y,), conditions=(), parameters=()),
        ) if x == y and p != q:
            return replace(divergence, args=(p,), conditions=(q,))
    return None


def _moments(law: Tree) -> tuple[Tree, Tree] | None:
    r"""Mean and variance of a normal distribution: `\mathcal{N}(\mu, \sigma^2)`."""
    match law:
        case t.Call(args=(mean, variance), conditions=(), parameters=()) if _is_normal(
            law.function
        ):
            return (mean, variance) if _is_scalar(mean) and _is_scalar(variance) else None
    return None


def _is_normal(function: Tree) -> bool:
    return isinstance(function, Symbol) and function.name == "N" and function.font in _SCRIPTS


def _is_divergence(function: Tree) -> bool:
    below = function.subscript if isinstance(function, Symbol) else None
    named = below if below is not None else function
    return isinstance(named, Symbol) and named.name == "KL"


def _density(x: Symbol, mean: Tree, variance: Tree) -> Tree | None:
    """The density of a normal distribution at a place."""
    if not (_is_scalar(mean) and _is_scalar(variance)) or x in (*walk(mean), *walk(variance)):
        return None
    away = t.Apply("power", (t.Apply("plus", (x, _minus(mean))), _TWO))
    exponent = _minus(t.Apply("divide", (away, t.Apply("times", (_TWO, variance)))))
    scale = t.Apply("root", (t.Apply("times", (_TWO, t.Constant("π"), variance)),))
    return t.Apply("divide", (t.Apply("power", (t.Constant("e"), exponent)), scale))


def _divergence_of_normals(one: Tree, other: Tree) -> Tree | None:
    """Half of log v2/v1 + (v1 + (m1 - m2)^2)/v2 - 1 (Kingma, Welling 2014, appendix B)."""
    first, second = _moments(one), _moments(other)
    if first is None or second is None:
        return None
    (mean, variance), (place, width) = first, second
    away = t.Apply("power", (t.Apply("plus", (mean, _minus(place))), _TWO))
    ratio = t.Apply("divide", (t.Apply("plus", (variance, away)), width))
    logs = t.Apply("ln", (width,)), _minus(t.Apply("ln", (variance,)))
    return t.Apply("divide", (t.Apply("plus", (*logs, ratio, _minus(t.Number("1")))), _TWO))


def _is_scalar(tree: Tree) -> bool:
    """Whether it is made of numbers and plain letters."""
    parts = (t.Apply, t.Number, t.Constant, t.Index, Symbol)
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
