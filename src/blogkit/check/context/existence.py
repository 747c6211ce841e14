r"""Values of which a post says that there are some: `存在实数 $x$ 使得`, `there is an $x$ with`.

A statement behind it in its sentence is said of some values of those names. Words that add that
there is only one, or none, are not read here. Imports `polarity.py` and the operator tree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.check.context.prose import Inline
from blogkit.check.statements.clauses import bare_names
from blogkit.check.statements.polarity import affirmed
from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.spans import Span

_THERE_IS: Final = re.compile(
    r"存在(?!的|着|性|于|问题|唯一|且仅|惟一)[^\W\d\ue000唯惟]{0,6}\s*$"
    r"|\b(?:there (?:is|are|exists?)|for some)\s+(?:an?\s+|some\s+)?(?!unique|exactly|only|no\b)"
    r"(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_REACH_CHARS: Final = 40


@dataclass(frozen=True, slots=True)
class Existing:
    """Names of which there are values."""

    names: frozenset[Symbol]
    """The names."""
    condition: Tree | None
    """Where the values lie, as it is written there: `x > 0`."""
    span: Span
    """Where it is said."""


def existing_in(words: str, inline: Sequence[Inline]) -> Iterator[Existing]:
    """The inline formulas of which the words in front say that there are such values.

    Args:
        words: The text, its inline formulas masked.
        inline: Those formulas.
    """
    for formula in inline:
        start = max(0, formula.span.start - _REACH_CHARS)
        for cue in affirmed(_THERE_IS, words, start, formula.span.start):
            if cue.end() == formula.span.start:
                yield from _existing(formula)


def _existing(formula: Inline) -> Iterator[Existing]:
    tree = formula.tree
    head = tree.operands[0] if isinstance(tree, t.Relation) else tree
    names = bare_names(head)
    if names and all(isinstance(name, Symbol) for name in names):
        symbols = frozenset(name for name in names if isinstance(name, Symbol))
        yield Existing(symbols, None if head is tree else tree, formula.span)
