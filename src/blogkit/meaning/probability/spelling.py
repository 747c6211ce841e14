r"""Conditional probabilities and divergences as what they abbreviate.

It exists so that what stands beside them is proved as any equation is: with $p(z|x) = p(x, z)/p(x)$
and $KL(q\|p) = E_q[\log q - \log p]$ the evidence lower bound is one. Imports the operator tree.
"""

from dataclasses import replace
from functools import partial

from blogkit.formula import Apply, Big, Call, Collection, Expectation, Symbol, System, Tree, walk
from blogkit.language import Message
from blogkit.meaning.probability.events import drawn_from, is_divergence
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.rewriting import map_nodes

STEP = Message(
    r"By definition $p(a \mid b) = p(a, b) / p(b)$, and $KL(q \| p)$ is the expectation of "
    r"$\log q - \log p$ under $q$."
)


def spelled_out(claim: Tree) -> Tree:
    r"""A claim with divergences as expectations, and conditional probabilities as quotients.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> to_latex(spelled_out(read(r"p(z|x)").tree))
    '\\frac{p(x, z)}{p(x)}'
    """
    bound = [name for node in walk(claim) if isinstance(node, Big) for name in node.bound]
    at = bound[0] if bound else Symbol("x")
    claim = map_nodes(map_nodes(claim, partial(_without_divergence, at=at)), _with_law)
    laws = {node.under for node in walk(claim) if isinstance(node, Expectation)}
    if len(laws) > 1 and all(isinstance(law, Call) for law in laws):
        claim, laws = map_nodes(claim, _as_integral), set()
    kept = {part for law in laws if law is not None for part in walk(law)}
    return map_nodes(claim, lambda node: node if node in kept else _as_quotient(node))


def _without_divergence(node: Tree, at: Tree) -> Tree:
    if not isinstance(node, Call) or not is_divergence(node):
        return node
    one, other = (
        Call(law, (at,)) if isinstance(law, Symbol) else law
        for law in (*node.args, *node.conditions)
    )
    if not (isinstance(one, Call) and isinstance(other, Call) and _is_probability_like(one)):
        return node
    logs = (Apply("log", (one,)), Apply("minus", (Apply("log", (other,)),)))
    return Expectation("expectation", one, (Apply("plus", logs),))


def _with_law(node: Tree) -> Tree:
    """An expectation under the law itself, however that is written: `z \\sim q(z)`, `z \\sim q`.

    One under several laws is one within another, the first of them around all.
    """
    if not isinstance(node, Expectation):
        return node
    if isinstance(node.under, Collection | System) and all(map(drawn_from, node.under.children)):
        laws = [drawn_from(law) for law in node.under.children]
        inner = replace(node, under=laws.pop())
        while laws:
            inner = replace(node, under=laws.pop(), args=(inner,))
        return inner
    return replace(node, under=drawn_from(node.under) or node.under)


def _as_integral(node: Tree) -> Tree:
    r"""An expectation beside others under other laws: `\int p(x) f(x)\,dx`."""
    match node:
        case Expectation(operator="expectation", under=Call() as law, args=(body,), conditions=()):
            return Big("integral", law.args, None, None, None, Apply("times", (law, body)))
    return node


def _is_probability_like(call: Call) -> bool:
    """Whether a call is a distribution, also `q(z)` without a bar."""
    return is_probability(replace(call, conditions=call.conditions or call.args))


def _as_quotient(node: Tree) -> Tree:
    if not isinstance(node, Call) or not is_probability(node):
        return node
    both = tuple(sorted({*node.args, *node.conditions}, key=repr))
    joint = replace(node, args=both, conditions=())
    if not node.conditions:
        return joint
    below = replace(node, args=tuple(sorted(node.conditions, key=repr)), conditions=())
    return Apply("divide", (joint, below))
