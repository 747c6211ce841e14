r"""Ellipses made concrete: `x_1 + \dots + x_n` as a sum over an index.

It exists so that what is written with dots can be computed for any size. The general term is read
only where all terms written agree with it; otherwise the ellipsis stays, and is not computed.
Imports the operator tree and `substitution.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from blogkit.formula import Apply, Big, Collection, Ellipsis, Index, Number, Symbol, Tree, walk
from blogkit.meaning.trees.rewriting import map_nodes, map_parts, substitute

PLACE: Final = Symbol("k", accents=("index",))
"""The index of a sum that was made from an ellipsis; no source can write this name."""

_LETTERS: Final = "ijklmpqrstuvw"
_MADE: Final = {
    "plus": "sum",
    "times": "product",
    "max": "max",
    "min": "min",
    "and": "and",
    "or": "or",
}
"""Operators whose arguments may go on, and what binds instead."""


def unroll(tree: Tree, *, is_certain: bool = False) -> Tree:
    r"""The tree with sums and products over an index in place of ellipses, where they are clear.

    Args:
        tree: The tree.
        is_certain: Whether `1 + \dots + n` is not clear, which may go on in other steps.

    >>> n, dots = Symbol("n"), Ellipsis()
    >>> unroll(Apply("plus", (Number("1"), Number("2"), dots, n))).operator
    'sum'
    """
    if not any(isinstance(node, Ellipsis) for node in walk(tree)):
        return tree
    tree = map_parts(tree, partial(unroll, is_certain=is_certain))
    if isinstance(tree, Apply) and tree.operator in _MADE:
        return _unrolled(tree, tree.args, is_certain)
    return tree


def without_ellipses(tree: Tree) -> Tree:
    r"""What is certain of that, with a letter for the index that does not stand in the tree.

    >>> x, n, one = Symbol("x"), Symbol("n"), Number("1")
    >>> first, last = Index(x, (one,)), Index(x, (n,))
    >>> from blogkit.formula import to_sexpr
    >>> to_sexpr(without_ellipses(Apply("plus", (first, Ellipsis(), last))))
    '(sum :for i :from 1 :to n :of (index x i))'
    """
    if not any(isinstance(node, Ellipsis) for node in walk(tree)):
        return tree
    names = {node.name for node in walk(tree) if isinstance(node, Symbol)}
    letter = Symbol(next(letter for letter in (*_LETTERS, "ι") if letter not in names))
    return map_nodes(unroll(tree, is_certain=True), lambda node: letter if node == PLACE else node)


def _unrolled(tree: Apply, args: tuple[Tree, ...], is_certain: bool) -> Tree:
    if tree.operator in ("max", "min") and len(args) == 1:
        inner = args[0]
        # A plain range of numbers in a set is computed as it stands.
        if not isinstance(inner, Collection) or (
            inner.items and isinstance(inner.items[0], Number)
        ):
            return tree
        args = inner.items
    if any(node == PLACE for arg in args for node in walk(arg)):
        return tree
    places = [at for at, arg in enumerate(args) if isinstance(arg, Ellipsis)]
    if len(places) != 1 or not 0 < places[0] < len(args) - 1:
        return tree
    head, tail = args[: places[0]], args[places[0] + 1 :]
    for before, after in ((head, tail), (tail[::-1], head[::-1])):
        found = progression(list(before), list(after))
        if found is not None:
            term, first, last = found
            if is_certain and len(head) + len(tail) < 3 and not _only_numbers_members(term):
                return tree
            return Big(_MADE[tree.operator], (PLACE,), first, last, None, term)
    if tree.operator == "plus":
        return _with_leading(tree, head, tail)
    return tree


def _only_numbers_members(tree: Tree) -> bool:
    """Whether the index of a general term numbers members and stands nowhere else."""
    if isinstance(tree, Index):
        return all(index == PLACE or PLACE not in walk(index) for index in tree.indices)
    return tree != PLACE and all(map(_only_numbers_members, tree.children))


def _with_leading(tree: Apply, head: tuple[Tree, ...], tail: tuple[Tree, ...]) -> Tree:
    """A sum whose first terms are no part of the progression: `y + x_1 + … + x_n`."""
    for skipped in range(1, len(head) - 1):
        found = progression(list(head[skipped:]), list(tail))
        if found is not None:
            term, first, last = found
            whole = Big("sum", (PLACE,), first, last, None, term)
            return replace(tree, args=(*head[:skipped], whole))
    return tree


def progression(head: list[Tree], tail: list[Tree]) -> tuple[Tree, Tree, Tree] | None:
    """General term, first and last index that give all the terms of `head` and the tail's last."""
    for start, end in ((head, tail), *_as_powers(head, tail)):
        pairs = set(_differences(start[0], end[-1]))
        if len(pairs) != 1:
            continue
        first, last = pairs.pop()
        if not (isinstance(first, Number) and first.text.isdigit()):
            continue
        if not _is_plain_end(last, is_alone=len(head) == 1):
            continue
        term = _generalise(start[0], end[-1])
        if _agrees(term, int(first.text), last, start, end):
            return term, first, last
    return None


def _is_plain_end(last: Tree, *, is_alone: bool) -> bool:
    """Whether an index can end a progression in steps of one: `1 + 2 + … + 2^n` cannot."""
    match last:
        case Symbol():
            return True
        case Number(text):
            return text.isdigit()
        case Apply("plus", (Symbol(), Number() | Apply("minus", (Number(),)))):
            return True
        case Apply("times", (Number(), Symbol())):
            return not is_alone
    return False


def _differences(a: Tree, b: Tree) -> Iterator[tuple[Tree, Tree]]:
    """Where two trees of one shape differ: the smallest parts that do."""
    if a == b:
        return
    if _same_shape(a, b):
        for left, right in zip(a.children, b.children, strict=True):
            yield from _differences(left, right)
    else:
        yield a, b


def _same_shape(a: Tree, b: Tree) -> bool:
    if type(a) is not type(b) or not a.children or len(a.children) != len(b.children):
        return False
    return not isinstance(a, Apply) or a.operator == getattr(b, "operator", None)


def _generalise(a: Tree, b: Tree) -> Tree:
    if a == b:
        return a
    if not _same_shape(a, b):
        return PLACE
    others = iter(b.children)
    return map_parts(a, lambda part: _generalise(part, next(others)))


def _agrees(term: Tree, first: int, last: Tree, head: list[Tree], tail: list[Tree]) -> bool:
    for at, written in enumerate(head):
        if substitute(term, {PLACE: Number(str(first + at))}) != written:
            return False
    for at, written in enumerate(reversed(tail)):
        if written not in [substitute(term, {PLACE: index}) for index in _lowered(last, at)]:
            return False
    return True


def _lowered(last: Tree, by: int) -> list[Tree]:
    """Ways to write `last - by`."""
    if by == 0:
        return [last]
    if isinstance(last, Number) and last.text.isdigit():
        return [Number(str(int(last.text) - by))]
    return [Apply("plus", (last, Apply("minus", (Number(str(by)),))))]


def _as_powers(head: list[Tree], tail: list[Tree]) -> Iterator[tuple[list[Tree], list[Tree]]]:
    """The terms with `1` and `x` written as `x^0` and `x^1`, where the last is a power."""
    power = _power_in(tail[-1])
    if power is None:
        return
    base, exponent = power.args
    if isinstance(exponent, Number):
        return
    if isinstance(base, Number) and len(head) < 3:
        return  # `1 + 2 + … + 2^n` may also go through all the numbers
    yield [_filled(term, base) for term in head], [_filled(term, base) for term in tail]


def _power_in(tree: Tree) -> Apply | None:
    candidates = (
        tree,
        *(tree.args if isinstance(tree, Apply) and tree.operator == "times" else ()),
    )
    for part in candidates:
        if isinstance(part, Apply) and part.operator == "power":
            return part
    return None


def _filled(term: Tree, base: Tree) -> Tree:
    if _power_in(term) is not None:
        return term
    if term == Number("1"):
        return Apply("power", (base, Number("0")))
    if term == base:
        return Apply("power", (base, Number("1")))
    if isinstance(term, Number) and isinstance(base, Number):
        return _numeric_power(term, base)
    if isinstance(term, Apply) and term.operator == "times" and term.args[-1] == base:
        return Apply("times", (*term.args[:-1], Apply("power", (base, Number("1")))))
    return Apply("times", (term, Apply("power", (base, Number("0")))))


def _numeric_power(term: Number, base: Number) -> Tree:
    """A number as a power of another one, where it is one."""
    if term.text.isdigit() and base.text.isdigit() and int(base.text) > 1:
        for exponent in range(2, 12):
            if int(base.text) ** exponent == int(term.text):
                return Apply("power", (base, Number(str(exponent))))
    return term
