r"""LaTeX to the tree that is checked.

It exists because a checker needs what a search does not: that a lone `e` is Euler's number and `i`
the imaginary unit, unless the formula or its post uses the letter for something else.
Imports `blogkit.latex`, the operator tree and `rewriting.py`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from blogkit.formula import Symbol, Tree, build, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.latex import Macro, parse
from blogkit.meaning.trees.differentials import speaks_of_differentials
from blogkit.meaning.trees.rewriting import map_nodes
from blogkit.spans import Span

_E: Final = Symbol("e")
_I: Final = Symbol("i")
_EMPTY_SCRIPT = re.compile(r"[_^]\s*\{\s*\}")
_POLICY: Final = re.compile(r"\\pi(?:_\{?[^{}()|]*\}?)?\s*(?:\\left)?\([^()]*(?:\||\\mid)")
_COUNTING: Final = frozenset(["factorial", "mod", "binomial"])
_MAX_READINGS: Final = 16
_NAMING: Final = frozenset(["=", "≔", "≕", "≜", "≝", "≡", "←"])
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
    forks: Mapping[str, int] = field(default_factory=dict)
    """Habits of writing that could have read it otherwise, with how many readings each has."""


def read(
    latex: str,
    *,
    macros: Mapping[str, Macro] | None = None,
    variables_of_post: frozenset[Symbol] = frozenset(),
    named: frozenset[Symbol] = frozenset(),
    functions: frozenset[str] = frozenset(),
    choices: Mapping[str, int] | None = None,
) -> Read:
    r"""The tree of a formula.

    Args:
        latex: The formula, without dollars.
        macros: Commands that were defined before.
        variables_of_post: Symbols that the post uses for something of its own.
        named: Symbols of which the post says what they are, so that no power of them is a constant.
        functions: Names that the post declares to be functions.
        choices: Which reading to take of what reads in several ways; see `formula.build`.

    >>> from blogkit.formula import to_sexpr
    >>> to_sexpr(read(r"\ln e = 1").tree)
    '(= (ln #e) 1)'
    """
    parsed = parse(latex, macros=macros)
    if _POLICY.search(latex):
        functions |= {"π"}
    free = frozenset(symbol.name for symbol in named)
    reading = build(parsed.tree, declared_functions=functions, variables=free, choices=choices)
    constants = [
        symbol.name
        for symbol in (_E, _I)
        if symbol not in variables_of_post | named and _is_constant(symbol, reading.tree)
    ]
    if constants:
        reading = build(
            parsed.tree,
            declared_functions=functions,
            constants=constants,
            variables=free,
            choices=choices,
        )
    if speaks_of_differentials(reading.tree):
        reading = build(
            parsed.tree,
            declared_functions=functions,
            variables=free,
            has_differentials=True,
            choices=choices,
        )
    is_complete = reading.opaque_count == 0
    tree = map_nodes(_with_expectations(_with_ends(reading.tree)), _parted)
    if "max" in latex or "min" in latex:
        tree = map_nodes(tree, _over_its_index)
    if _EMPTY_SCRIPT.search(latex):
        tree = map_nodes(tree, _without_empty_ends)
    if r"\cdot" in latex:
        tree = map_nodes(tree, lambda node: _with_inner(node, latex))
    return Read(tree, is_complete, not parsed.problems, parsed.macros, reading.forks)


def _over_its_index(node: Tree) -> Tree:
    r"""`\max(o_k)` as `\max_k o_k`: of one number it would be nothing, so all members are meant."""
    match node:
        case t.Apply(operator="max" | "min" as operator, args=(inner,)):
            members = (part for part in walk(inner) if isinstance(part, t.Index))
            indices = {i for member in members for i in member.indices if isinstance(i, Symbol)}
            if len(indices) == 1:
                return t.Big(operator, tuple(indices), None, None, None, inner, span=node.span)
    return node


def _without_empty_ends(node: Tree) -> Tree:
    r"""`\sum_{x}^{ }` as a sum without an upper end."""
    if not isinstance(node, t.Big):
        return node
    ends = (node.lower, node.upper, node.condition)
    if not any(isinstance(end, t.Blank) for end in ends):
        return node
    low, high, condition = (None if isinstance(end, t.Blank) else end for end in ends)
    return replace(node, lower=low, upper=high, condition=condition)


def _parted(node: Tree) -> Tree:
    r"""`\prod_i a_i \prod_i b_i` as two products: who binds a letter anew has done with it."""
    if not (isinstance(node, t.Big) and isinstance(node.body, t.Apply)):
        return node
    *rest, last = node.body.args
    if node.body.operator != "times" or not rest or _bound_last(last) != node.bound:
        return node
    body = rest[0] if len(rest) == 1 else replace(node.body, args=tuple(rest))
    return t.Apply("times", (replace(node, body=body), last), span=node.span)


def _bound_last(tree: Tree) -> tuple[Tree, ...]:
    """What the first operator of a product binds, or an operator by itself."""
    first = tree.args[0] if isinstance(tree, t.Apply) and tree.operator == "times" else tree
    return first.bound if isinstance(first, t.Big) else ()


def _with_inner(node: Tree, latex: str) -> Tree:
    r"""`x \cdot y` of two vectors as their inner product; of numbers it is a product."""
    if not isinstance(node, t.Apply) or node.operator != "times":
        return node
    args: list[Tree] = []
    for arg in node.args:
        before = args[-1] if args else None
        if before is None or not (_is_vector(before) and _is_vector(arg)):
            args.append(arg)
        elif r"\cdot" in latex[before.span.end : arg.span.start]:
            span = Span(before.span.start, arg.span.end)
            args[-1] = t.Apply("inner", (before, arg), span=span)
        else:
            args.append(arg)
    return args[0] if len(args) == 1 else replace(node, args=tuple(args))


def _is_vector(tree: Tree) -> bool:
    match tree:
        case Symbol(name=name, font="bold"):
            return len(name) == 1 and name.islower()
        case Symbol(accents=accents):
            return "vec" in accents
        case t.Index(base=base):
            return _is_vector(base)
        case t.Apply(operator="gradient"):
            return True
        case t.Apply(operator="plus" | "minus", args=args):
            return all(map(_is_vector, args))
        case t.Apply(operator="times", args=(*_, last)):
            return _is_vector(last)
    return False


def _with_ends(tree: Tree) -> Tree:
    r"""The tree with `a_T` as a member of the family that a sum to `T` runs through.

    By itself the capital is part of a name, as in `w_K`.
    """
    ends = {
        node
        for big in walk(tree)
        if isinstance(big, t.Big)
        for end in (big.lower, big.upper)
        if end is not None
        for node in variables(end).free
    }
    families = {node.base for node in walk(tree) if isinstance(node, t.Index)}

    def changed(node: Tree) -> Tree:
        if not (isinstance(node, Symbol) and node.subscript in ends):
            return node
        family = replace(node, subscript=None, span=node.span)
        return t.Index(family, (node.subscript,), span=node.span) if family in families else node

    return map_nodes(tree, changed) if ends and families else tree


def _with_expectations(tree: Tree) -> Tree:
    r"""`E(x)` beside a variance or an expectation that is written as such is one too."""
    if not any(isinstance(node, t.Expectation) for node in walk(tree)):
        return tree

    def changed(node: Tree) -> Tree:
        match node:
            case t.Call(function=Symbol("E"), args=args, conditions=given, parameters=()):
                return t.Expectation("expectation", None, args, given, span=node.span)
        return node

    return map_nodes(tree, changed)


def readings(
    latex: str,
    *,
    macros: Mapping[str, Macro] | None = None,
    variables_of_post: frozenset[Symbol] = frozenset(),
    named: frozenset[Symbol] = frozenset(),
) -> tuple[Read, ...]:
    r"""A formula in all the ways in which it reads, the most usual first.

    A habit is kept throughout a formula, so two habits give four readings and not more; beyond
    16, the further ones are left out. A reading in which a list equals a number is none.

    >>> from blogkit.formula import to_sexpr
    >>> [to_sexpr(one.tree) for one in readings(r"2\frac12")]
    ['(times 2 (divide 1 2))', '(plus 2 (divide 1 2))']
    """
    waiting: list[dict[str, int]] = [{}]
    tried: list[dict[str, int]] = []
    found: list[Read] = []
    while waiting and len(tried) < _MAX_READINGS:
        choices = waiting.pop(0)
        tried.append(choices)
        one = read(
            latex,
            macros=macros,
            variables_of_post=variables_of_post,
            named=named,
            choices=choices,
        )
        is_sound = not found or _gaps(one.tree) <= _gaps(found[0].tree)
        if is_sound and all(one.tree != other.tree for other in found):
            found.append(one)
        for more in _further(choices, one.forks):
            if more not in tried and more not in waiting:
                waiting.append(more)
    sensible = [one for one in found if not _compares_list(one.tree)]
    return tuple(sensible or found[:1])


def _gaps(tree: Tree) -> int:
    """How many parts were not read, bars without a partner among them."""
    loose = (x for x in walk(tree) if isinstance(x, t.Relation) and "|" in x.operators)
    return sum(isinstance(node, t.Opaque) for node in walk(tree)) + sum(1 for _ in loose)


def _further(choices: dict[str, int], forks: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Choices with one more habit otherwise."""
    for habit, count in forks.items():
        if habit not in choices:
            yield from ({**choices, habit: other} for other in range(1, count))


def _compares_list(tree: Tree) -> bool:
    """Whether numbers that are listed are compared with one number: `1, 234 = 1234`."""
    for node in walk(tree):
        if isinstance(node, t.Relation) and not variables(node).free:
            lists = [isinstance(part, t.Collection) for part in node.operands]
            kinds = {part.kind for part in node.operands if isinstance(part, t.Collection)}
            if kinds == {"sequence"} and not all(lists):
                return True
    return False


def _is_constant(symbol: Symbol, tree: Tree) -> bool:
    found = variables(tree)
    if symbol not in found.free or symbol in found.bound or symbol in found.functions:
        return False
    for node in walk(tree):
        if isinstance(node, t.Index) and any(symbol in walk(part) for part in node.children):
            return False
        if isinstance(node, t.Big) and symbol in node.bound:
            return False
        if isinstance(node, t.Apply) and node.operator in DERIVATIVES and symbol in node.args[1:]:
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
        if isinstance(node, t.Relation) and any(sign in _NAMING for sign in node.operators):
            for pair in zip(node.operands, node.operators, node.operands[1:], strict=False):
                left, sign, right = pair
                other = right if left == symbol else left
                if symbol in (left, right) and sign in _NAMING and variables(other).free:
                    return True
    return False
