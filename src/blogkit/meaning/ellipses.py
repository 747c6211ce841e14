r"""Sums, products and maxima with dots, written with a range instead.

It exists because `x_1 + \dots + x_n` and `\max(x_1, \dots, x_n)` mean something exact only once the
rule behind the dots is known. The rule is read from the first and the last term and must explain
every other one; where it does not, the dots stay and the formula is not read. Imports the operator
tree only.
"""

from dataclasses import replace
from typing import Final

from blogkit.formula import (
    Apply,
    Big,
    Collection,
    Ellipsis,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    walk,
)
from blogkit.meaning.facts.ranges import rational_of

_RUNNING: Final = {"plus": "sum", "times": "product", "max": "max", "min": "min"}
_LETTERS: Final = "ijklmpqrstuvw"


def without_ellipses(tree: Tree) -> Tree:
    r"""The tree with every sum, product, maximum and minimum over dots as one over a range.

    >>> x, n, one = Symbol("x"), Symbol("n"), Number("1")
    >>> first, last = Index(x, (one,)), Index(x, (n,))
    >>> from blogkit.formula import to_sexpr
    >>> to_sexpr(without_ellipses(Apply("plus", (first, Ellipsis(), last))))
    '(sum :for i :from 1 :to n :of (index x i))'
    """
    if not any(isinstance(part, Ellipsis) for part in walk(tree)):
        return tree
    match tree:
        case Relation(operands=operands):
            return replace(tree, operands=tuple(map(without_ellipses, operands)))
        case Big(body=body):
            return replace(tree, body=without_ellipses(body))
        case Apply(operator=operator, args=args):
            found = _as_range(operator, _listed(args)) if operator in _RUNNING else None
            return found or replace(tree, args=tuple(map(without_ellipses, args)))
    return tree


def _listed(args: tuple[Tree, ...]) -> tuple[Tree, ...]:
    if len(args) == 1 and isinstance(args[0], Collection):
        return args[0].items
    return args


def _as_range(operator: str, terms: tuple[Tree, ...]) -> Tree | None:
    places = [at for at, term in enumerate(terms) if isinstance(term, Ellipsis)]
    if len(places) != 1:
        return None
    before, after = terms[: places[0]], terms[places[0] + 1 :]
    letter = _unused(terms)
    for opening, closing in ((before, after), (after[::-1], before[::-1])):
        rule = _rule(opening, closing, letter)
        if rule is not None:
            lower, upper, body = rule
            return Big(_RUNNING[operator], (letter,), lower, upper, None, body)
    return None


def _unused(terms: tuple[Tree, ...]) -> Symbol:
    names = {part.name for term in terms for part in walk(term) if isinstance(part, Symbol)}
    return Symbol(next(letter for letter in [*_LETTERS, "ι"] if letter not in names))


def _rule(
    opening: tuple[Tree, ...], closing: tuple[Tree, ...], letter: Symbol
) -> tuple[Tree, Tree, Tree] | None:
    """First value, last value and term as a function of the letter, if all terms agree."""
    if not opening or not closing:
        return None
    first, last = opening[0], closing[-1]
    pairs = _differences(first, last)
    if pairs is None or len(set(pairs)) != 1:
        return None
    lower, upper = pairs[0]
    if rational_of(lower) is None or not _is_linear(upper):
        return None
    body = _generalised(first, last, letter)
    for step, term in enumerate(opening):
        if term != _put(body, letter, _stepped(lower, step)):
            return None
    for step, term in enumerate(reversed(closing)):
        if term != _put(body, letter, _stepped(upper, -step)):
            return None
    is_confirmed = len(opening) + len(closing) > 2 or _is_only_index(body, letter)
    return (lower, upper, body) if is_confirmed else None


def _is_linear(tree: Tree) -> bool:
    """Whether a last value can only be meant as one: in `1 + 2 + … + 2^n` it may be a power."""
    operators = {part.operator for part in walk(tree) if isinstance(part, Apply)}
    return operators <= {"plus", "minus", "times"}


def _stepped(tree: Tree, step: int) -> Tree:
    """A whole number, or a letter with a whole number added, as the operator tree has them."""
    value = rational_of(tree)
    if value is not None and (value + step) >= 0:
        return Number(str(value + step))
    if step == 0:
        return tree
    term = Number(str(step)) if step > 0 else Apply("minus", (Number(str(-step)),))
    return Apply("plus", (tree, term))


def _differences(first: Tree, last: Tree) -> list[tuple[Tree, Tree]] | None:
    """Where two terms differ: the parts of both, or None where they have nothing in common."""
    if first == last:
        return []
    if type(first) is type(last) and len(first.children) == len(last.children) > 0:
        if not _same_head(first, last):
            return None
        found: list[tuple[Tree, Tree]] = []
        for left, right in zip(first.children, last.children, strict=True):
            inner = _differences(left, right)
            if inner is None:
                return None
            found += inner
        return found
    return [(first, last)]


def _same_head(first: Tree, last: Tree) -> bool:
    match first, last:
        case Apply(operator=one), Apply(operator=other):
            return one == other
        case Index(base=one_base, upper=one_upper), Index(base=other_base, upper=other_upper):
            return (one_base, one_upper) == (other_base, other_upper)
    return False


def _generalised(first: Tree, last: Tree, letter: Symbol) -> Tree:
    if first == last:
        return first
    match first, last:
        case Apply(args=ones), Apply(args=others) if _same_head(first, last):
            pairs = zip(ones, others, strict=True)
            return replace(first, args=tuple(_generalised(*pair, letter) for pair in pairs))
        case Index(indices=ones), Index(indices=others) if _same_head(first, last):
            pairs = zip(ones, others, strict=True)
            return replace(first, indices=tuple(_generalised(*pair, letter) for pair in pairs))
    return letter


def _put(tree: Tree, letter: Symbol, value: Tree) -> Tree:
    if tree == letter:
        return value
    match tree:
        case Apply(args=args):
            return replace(tree, args=tuple(_put(arg, letter, value) for arg in args))
        case Index(indices=indices):
            return replace(tree, indices=tuple(_put(index, letter, value) for index in indices))
    return tree


def _is_only_index(tree: Tree, letter: Symbol) -> bool:
    """Whether the letter stands only as an index of a member: then two terms tell the rule."""
    if tree == letter:
        return False
    if isinstance(tree, Index):
        return all(index == letter or letter not in walk(index) for index in tree.indices)
    return all(_is_only_index(part, letter) for part in tree.children)
