r"""What a function is derived by, which its subscript names, as a parameter: `p_\theta(x)`.

It exists because of `\nabla_\theta \log p_\theta(x)` it is clear how it depends on the name: as
`p(x; \theta)` does. Imports the operator tree and `rewriting.py`.
"""

from dataclasses import replace
from functools import partial

from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import ALL_DERIVATIVES
from blogkit.meaning.trees.rewriting import map_nodes


def with_parameters(claim: Tree) -> Tree:
    r"""A claim with names by which it derives as parameters of the functions that bear them.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> to_latex(with_parameters(read(r"\nabla_\theta p_\theta(x)").tree))
    '\\nabla_{\\theta} p(x; \\theta)'
    """
    for name in sorted(derived_by(claim), key=repr):
        calls = {node for node in walk(claim) if isinstance(node, t.Call)}
        bearing = {call: plain for call in calls if (plain := _without(call.function, name))}
        plain_ones = {call.function for call in calls if not call.parameters}
        if bearing and not plain_ones & set(bearing.values()):
            claim = map_nodes(claim, partial(_changed, name=name))
    return claim


def derived_by(tree: Tree) -> frozenset[Symbol]:
    r"""The names by which something is derived: `L` of `\partial J / \partial L`.

    >>> derived_by(t.Apply("partial", (Symbol("J"), Symbol("L"))))
    frozenset({Symbol(name='L', font='', accents=(), primes=0, subscript=None, superscript=None)})
    """
    return frozenset(
        name
        for node in walk(tree)
        if isinstance(node, t.Apply) and node.operator in ALL_DERIVATIVES
        for by in node.args[1:]
        if isinstance(name := by.base if isinstance(by, t.Index) else by, Symbol)
    )


def _changed(node: Tree, name: Symbol) -> Tree:
    match node:
        case t.Call(function=function) if plain := _without(function, name):
            return replace(node, function=plain, parameters=(*node.parameters, name))
        case t.Relation(operators=("∼",), operands=(drawn, source)) if plain := _without(
            source, name
        ):
            law = t.Call(plain, (drawn,), (), (name,))
            return replace(node, operands=(drawn, law))
    return node


def _without(function: Tree, name: Symbol) -> Symbol | None:
    """A function's name without the subscript that is another name; None where it has none."""
    match function:
        case t.Index(base=Symbol() as base, indices=(index,), upper=False) if index == name:
            return base
        case Symbol(subscript=below) if below == name:
            return replace(function, subscript=None)
    return None
