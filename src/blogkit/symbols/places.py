r"""Every symbol of a formula with the places where it stands.

It exists so that a reader can point at a symbol: `\mathbf{W}_{xh}` is one, `x_1` and `x_n` are
two occurrences of one family. Imports the operator tree.
"""

import re
from collections.abc import Iterator
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.spans import Span

_A_LETTER: Final = re.compile(r"[^\W\d_]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


def symbols_in(tree: Tree, named: frozenset[Symbol] = frozenset()) -> Iterator[tuple[Symbol, Span]]:
    r"""The symbols of a tree in reading order, each time that they stand there.

    A subscript that is part of a name is not looked into. A letter that means a constant by habit
    counts where it is named.

    Args:
        tree: the tree.
        named: symbols of which the post says what they are.

    >>> from blogkit.check.trees.reading import read
    >>> [(symbol.name, span.start) for symbol, span in symbols_in(read(r"x_i + L_\theta").tree)]
    [('x', 0), ('i', 2), ('L', 6)]
    """
    match tree:
        case Symbol(name=name):
            if _A_LETTER.match(name) and not _HAN.search(name):
                yield tree, tree.span
            return
        case t.Constant(name=name, assumed=True) if Symbol(name) in named:
            yield Symbol(name), tree.span
    for child in tree.children:
        yield from symbols_in(child, named)
