r"""LaTeX to the tree that is checked.

It exists because a checker needs what a search does not: that a lone `e` is Euler's number and `i`
the imaginary unit, unless the formula or its post uses the letter for something else.
Imports `blogkit.latex` and the operator tree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree, build, variables, walk
from blogkit.formula import tree as t
from blogkit.latex import Macro, parse

_E: Final = Symbol("e")
_I: Final = Symbol("i")
_POLICY: Final = re.compile(r"\\pi(?:_\{?[^{}()|]*\}?)?\s*(?:\\left)?\([^()]*(?:\||\\mid)")
_DERIVATIVES: Final = frozenset(["derivative", "partial", "gradient"])
_COUNTING: Final = frozenset(["factorial", "mod", "binomial"])
_NEIGHBOURS: Final = frozenset(map(Symbol, "dfgh"))


@dataclass(frozen=True, slots=True)
class Read:
    """A formula as it is checked."""

    tree: Tree
    """Its operator tree."""
    is_complete: bool
    """Whether all of it could be read."""
    is_valid: bool
    """Whether TeX could set it."""
    macros: Mapping[str, Macro]
    """The macros known behind it: those given and those that it defined."""


def read(
    latex: str,
    *,
    macros: Mapping[str, Macro] | None = None,
    variables_of_post: frozenset[Symbol] = frozenset(),
    named: frozenset[Symbol] = frozenset(),
    functions: frozenset[str] = frozenset(),
) -> Read:
    r"""The tree of a formula.

    Args:
        latex: The formula, without dollars.
        macros: Commands that were defined before.
        variables_of_post: Symbols that the post uses for something of its own.
        named: Symbols of which the post says what they are, so that no power of them is a constant.
        functions: Names that the post declares to be functions.

    >>> from blogkit.formula import to_sexpr
    >>> to_sexpr(read(r"\ln e = 1").tree)
    '(= (ln #e) 1)'
    """
    parsed = parse(latex, macros=macros)
    if _POLICY.search(latex):
        functions |= {"π"}
    free = frozenset(symbol.name for symbol in named)
    reading = build(parsed.tree, declared_functions=functions, variables=free)
    constants = [
        symbol.name
        for symbol in (_E, _I)
        if symbol not in variables_of_post | named and _is_constant(symbol, reading.tree)
    ]
    if constants:
        reading = build(
            parsed.tree, declared_functions=functions, constants=constants, variables=free
        )
    return Read(reading.tree, reading.opaque_count == 0, not parsed.problems, parsed.macros)


def _is_constant(symbol: Symbol, tree: Tree) -> bool:
    found = variables(tree)
    if symbol not in found.free or symbol in found.bound or symbol in found.functions:
        return False
    for node in walk(tree):
        if isinstance(node, t.Index) and any(symbol in walk(part) for part in node.children):
            return False
        if isinstance(node, t.Big) and symbol in node.bound:
            return False
        if isinstance(node, t.Apply) and node.operator in _DERIVATIVES and symbol in node.args[1:]:
            return False
    if symbol == _I:
        return not _counts(symbol, tree)
    return not (found.free & _NEIGHBOURS) and not _is_named(symbol, tree)


def _counts(symbol: Symbol, tree: Tree) -> bool:
    """Whether a letter is compared or listed, as one that numbers is: `i = 1`, `1 ≤ i ≤ n`."""
    for node in walk(tree):
        if isinstance(node, t.Relation) and symbol in node.operands:
            if any(sign in "<≤>≥∈≠|∣" for sign in node.operators):
                return True
            return len(variables(node).free) > 1 or node.operators != ("=",)
        if isinstance(node, t.Call) and symbol in node.args:
            return True
        if isinstance(node, t.Apply) and node.operator in _COUNTING and symbol in node.args:
            return True
    return False


def _is_named(symbol: Symbol, tree: Tree) -> bool:
    """Whether an equation gives the letter a value that is no number: `e = y - x`."""
    for node in walk(tree):
        if isinstance(node, t.Relation) and symbol in node.operands:
            others = (part for part in node.operands if part != symbol)
            if any(variables(part).free for part in others):
                return True
    return False
