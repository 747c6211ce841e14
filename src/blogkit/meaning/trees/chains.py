r"""The chain rule as it is written of names: `\frac{dy}{dx} = \frac{dy}{du}\frac{du}{dx}`.

Of `y` and `x` nothing is said but that the one depends on the other, so there is nothing to
compute; the statement is the rule itself. It holds where `y` depends on `x` through the names
between and through nothing else, which is told with it. Imports the operator tree only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from blogkit.formula import Tree
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import DERIVATIVES


@dataclass(frozen=True, slots=True)
class ChainRule:
    """A derivative as a sum over paths."""

    of: Tree
    """What is derived."""
    by: Tree
    """By what."""
    through: tuple[Tree, ...]
    """What the one depends on, and itself depends on the other: the first name of each path."""


def chain_rule(tree: Tree) -> ChainRule | None:
    r"""The chain rule that a statement is; None if it is none.

    >>> from blogkit.meaning.trees.reading import read
    >>> rule = chain_rule(read(r"\frac{dy}{dx} = \frac{dy}{du}\frac{du}{dx}").tree)
    >>> [name.name for name in rule.through]
    ['u']
    """
    if not isinstance(tree, t.Relation) or tree.operators != ("=",):
        return None
    for whole, paths in (tree.operands, tree.operands[::-1]):
        ends = _ends(whole)
        if ends is None:
            continue
        of, by = ends
        firsts = [_first_on_path(path, of, by) for path in _summands(paths)]
        found = tuple(name for name in firsts if name is not None)
        if found and len(found) == len(firsts) == len(set(found)):
            return ChainRule(of, by, found)
    return None


def link_of(tree: Tree) -> tuple[Tree, Tree] | None:
    """What a derivative is of, and by what; None for what is none, or is by several names."""
    match tree:
        case t.Apply(operator=operator, args=(of, by)) if operator in DERIVATIVES:
            return of, by
    return None


def _ends(tree: Tree) -> tuple[Tree, Tree] | None:
    """What a derivative is of, and by what, where both are names."""
    link = link_of(tree)
    is_of_names = link is not None and all(isinstance(end, t.Symbol | t.Index) for end in link)
    return link if is_of_names else None


def _summands(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, t.Apply) and tree.operator == "plus":
        yield from tree.args
    else:
        yield tree


def _first_on_path(path: Tree, of: Tree, by: Tree) -> Tree | None:
    """The first name between, where a product of derivatives leads from one name to the other."""
    if not isinstance(path, t.Apply) or path.operator != "times" or len(path.args) < 2:
        return None
    steps = [_ends(factor) for factor in path.args]
    at, names = of, []
    for step in steps:
        if step is None or step[0] != at:
            return None
        at = step[1]
        names.append(at)
    is_path = at == by and len({of, *names}) == len(names) + 1
    return names[0] if is_path else None
