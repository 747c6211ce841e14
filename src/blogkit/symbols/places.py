r"""Every symbol of a formula with the places where it stands.

It exists so that a reader can point at a symbol: `\mathbf{W}_{xh}` is one, `x_1` and `x_n` are
two occurrences of one family. Imports the operator tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import LARGE, NAMED
from blogkit.spans import Span

_OPENING: Final = re.compile(r"(?:\\[A-Za-z]+\s*)?\{\s*$")
_SETTING: Final = re.compile(
    r"\\(?:math[a-z]+|bm|boldsymbol|pmb|text[a-z]*|operatorname|(?:wide)?(?:hat|tilde|check|bar)|vec"
    r"|d?dot|breve|acute|grave|over(?:line|(?:left|right)arrow))\s*\{\s*$"
)
"""The beginning of what sets a letter in another font or under an accent."""
_A_LETTER: Final = re.compile(r"[^\W\d_]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


def widened(latex: str, span: Span) -> Span:
    r"""A place in LaTeX with the braces and the command that it begins or ends within.

    The tree places a letter where it stands; `\mathbf{x}_i` begins with its command.

    >>> [widened(r"a\mathbf{x}_i", Span(*ends)).of(r"a\mathbf{x}_i") for ends in ((9, 10), (9, 13))]
    ['\\mathbf{x}', '\\mathbf{x}_i']
    """
    start, end = span.start, span.end
    while True:
        piece = latex[start:end]
        missing = piece.count("}") - piece.count("{")
        opening = (_OPENING if missing > 0 else _SETTING).search(latex, 0, start)
        if missing < 0 and "}" in latex[end:]:
            end = latex.index("}", end) + 1
        elif opening and (missing > 0 or latex.startswith("}", end)):
            start, end = opening.start(), end + (missing == 0)
        else:
            return Span(start, end)


def is_symbol(name: Symbol) -> bool:
    r"""Whether a name may stand for something: no sign, no words, and no function such as `\max`.

    >>> [is_symbol(Symbol(name)) for name in ("x", "softmax", "max", "损失", "_")]
    [True, True, False, False, False]
    """
    is_function = len(name.name) > 1 and (name.name in NAMED or name.name in LARGE)
    return bool(_A_LETTER.match(name.name)) and not _HAN.search(name.name) and not is_function


def symbols_in(tree: Tree, named: frozenset[Symbol] = frozenset()) -> Iterator[tuple[Symbol, Span]]:
    r"""The symbols of a tree in reading order, each time that they stand there.

    A subscript that is part of a name is not looked into. A letter that means a constant by habit
    counts where it is named.

    Args:
        tree: the tree.
        named: symbols of which the post says what they are.

    >>> from blogkit.meaning.trees.reading import read
    >>> [(symbol.name, span.start) for symbol, span in symbols_in(read(r"x_i + L_\theta").tree)]
    [('x', 0), ('i', 2), ('L', 6)]
    """
    match tree:
        case Symbol():
            if is_symbol(tree):
                yield tree, tree.span
            return
        case t.Constant(name=name, assumed=True) if Symbol(name) in named:
            yield Symbol(name), tree.span
    for child in tree.children:
        yield from symbols_in(child, named)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or word of a formula, as it is drawn."""

    name: str
    """It in Unicode."""
    is_styled: bool
    """Whether it is set in a font of its own, such as bold."""
    start: int
    """Where it stands in the LaTeX."""
    symbol: Symbol | None = None
    """The symbol that it is; None for a part of a name, or a constant."""


def letters_in(tree: Tree, named: frozenset[Symbol] = frozenset()) -> Iterator[Letter]:
    r"""The letters of a formula, also those in names and constants, in the order of its source.

    >>> from blogkit.meaning.trees.reading import read
    >>> [(x.name, x.symbol is not None) for x in letters_in(read(r"x_i + W_{in} + \pi").tree)]
    [('x', True), ('i', True), ('W', True), ('in', False), ('π', False)]
    """
    found = list(_letters(tree, named))
    yield from sorted(found, key=lambda letter: letter.start)


def _letters(tree: Tree, named: frozenset[Symbol]) -> Iterator[Letter]:
    match tree:
        case Symbol(name=name, font=font):
            is_styled = font not in ("", "upright")
            yield Letter(name, is_styled, tree.span.start, tree if is_symbol(tree) else None)
            for part in (part for child in tree.children for part in walk(child)):
                if isinstance(part, Symbol | t.Constant):
                    yield Letter(part.name, False, part.span.start)
            return
        case t.Constant(name=name):
            symbol = Symbol(name) if Symbol(name) in named else None
            yield Letter(name, False, tree.span.start, symbol)
    for child in tree.children:
        yield from _letters(child, named)
