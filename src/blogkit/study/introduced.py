r"""Which letters of a formula the words around it don't say anything of.

A question can be answered only if what its answer is written in is known: $\eta$ is not, unless the
sentence speaks of it. Imports formula and text; knows no posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.formula import (
    Apply,
    Big,
    Call,
    Cases,
    Constant,
    Ellipsis,
    Expectation,
    Matrix,
    Number,
    Relation,
    Symbol,
    System,
    Tree,
    build,
    variables,
    walk,
)
from blogkit.latex import parse
from blogkit.symbols.places import is_symbol
from blogkit.text.marks import covered
from blogkit.text.mathspans import find_math

_BARE_LETTER = re.compile(
    r"(?<![A-Za-z\\\u0370-\u03ff])[A-Za-z\u0370-\u03ff](?![A-Za-z\u0370-\u03ff])"
)
"""A letter that words name without dollars: 真实值为f(x)."""
_HABITS = frozenset({"p", "P", "E", "Pr", "d"})
"""Functions that nobody introduces: probabilities, expectations, differentials."""
_DOES = (Apply, Big, Call, Cases, Expectation, Matrix)
_WORD_CHARS = 3
"""A function with a name as long as this says itself what it is: `softmax`."""


def unsaid(latex: str, *known: str) -> frozenset[str]:
    r"""The letters of a formula that no known text names: not bound in it, and no word by itself.

    Args:
        latex: the formula, without dollars.
        known: texts with formulas between dollars.

    >>> sorted(unsaid(r"H(p) = -\sum_{i=1}^n p_i \log p_i", "对于分布 $p$，它的信息熵"))
    ['H', 'n']
    """
    said = {name for text in known for name in _said(text)}
    return _letters(_tree(latex)) - said


def unsaid_in(words: str, *known: str) -> frozenset[str]:
    """The letters of the formulas among some words that no known text names."""
    found = (unsaid(formula.body.of(words), *known) for formula in find_math(words)[0])
    return frozenset().union(*found)


def defined_side(latex: str) -> str:
    r"""What a formula defines, as text with formulas: the left side of each of its statements.

    >>> defined_side(r"H(p) = -\sum_{i=1}^n p_i \log p_i")
    '$H(p)$'
    """
    tree = _tree(latex)
    statements = tree.statements if isinstance(tree, System) else (tree,)
    lefts = [one.operands[0].span.of(latex) for one in statements if isinstance(one, Relation)]
    return " ".join(f"${left}$" for left in lefts)


def defined_functions(latex: str) -> str:
    r"""The functions that a formula defines, as text with formulas: those applied on its left side.

    >>> defined_functions(r"L(\theta) = \theta^2"), defined_functions("x + y = z")
    ('$L$', '')
    """
    tree = _tree(latex)
    left = tree.operands[0] if isinstance(tree, Relation) else tree
    applied = (node.function for node in walk(left) if isinstance(node, Call))
    return " ".join(f"${one.span.of(latex)}$" for one in applied if isinstance(one, Symbol))


def is_worked(latex: str) -> bool:
    r"""Whether a formula works a case out: a side is a decimal, or a calculation ends in a number.

    >>> [is_worked(latex) for latex in (r"P(a) = \frac{8}{17} = 0.471", r"\sum_i p_i = 1")]
    [True, False]
    """
    tree = _tree(latex)
    chains = [node for node in walk(tree) if isinstance(node, Relation)]
    return _is_of_numbers(tree, is_last=False) or any(
        _is_of_numbers(side, is_last=number > 1)
        for chain in chains
        for number, side in enumerate(chain.operands)
    )


def _is_of_numbers(side: Tree, *, is_last: bool) -> bool:
    """Whether a side is a decimal, a matrix of numbers, or what a calculation comes to."""
    if isinstance(side, Number):
        return is_last or "." in side.text
    is_pure = not any(isinstance(node, Symbol | Constant | Ellipsis) for node in walk(side))
    return is_pure and (is_last or isinstance(side, Matrix))


def is_list(latex: str) -> bool:
    r"""Whether a formula only lists or writes a thing down: nothing is done in what it states.

    >>> [is_list(latex) for latex in (r"D = x_1, x_2, \ldots, x_n", "y = Wx + b")]
    [True, False]
    """
    tree = _tree(latex)
    return not any(isinstance(node, _DOES) and not _is_member(node) for node in walk(tree))


def _is_member(node: Tree) -> bool:
    """Whether a node writes one of a list: a product of letters and dots is none of its own."""
    return isinstance(node, Apply) and any(isinstance(one, Ellipsis) for one in node.children)


def _said(text: str) -> Iterator[str]:
    formulas = find_math(text)[0]
    words = covered(text, (formula.span for formula in formulas))
    yield from _BARE_LETTER.findall(words)
    for formula in formulas:
        tree = _tree(formula.body.of(text))
        yield from (node.name for node in walk(tree) if isinstance(node, Symbol))


def _tree(latex: str) -> Tree:
    return build(parse(latex).tree).tree


def _letters(tree: Tree) -> frozenset[str]:
    found = variables(tree)
    names = {one.name for one in found.free if is_symbol(one)}
    names |= {f.name for f in found.functions if is_symbol(f) and len(f.name) < _WORD_CHARS}
    return frozenset(names - {one.name for one in found.bound} - _HABITS)
