r"""Values of which a post says that there are some: `存在实数 $x$ 使得`, `there is an $x$ with`.

A statement behind it in its sentence is said of some values of those names. Words that add that
there is only one, or none, are not read here. Imports `polarity.py` and the operator tree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.check.context.prose import Inline
from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.meaning.statements.clauses import bare_names
from blogkit.meaning.statements.cues import cue
from blogkit.meaning.statements.polarity import affirmed
from blogkit.spans import Span

_THERE_IS: Final = re.compile(
    r"存在(?:某个|一个|两个|一些)?(?:的)?(?:(?:正|负|非负|非零)?(?:实数|整数|有理数|数)|自然数|复数|数对)?\s*$"
    r"|\b(?:there (?:is|are|exists?)|for some)\s+(?:an?\s+|some\s+|two\s+)?"
    r"(?:(?:positive|negative|real|rational|complex|natural|numbers?|integers?)\s+)*$",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(cue("if", "suppose", also="倘/unless|whether"), re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[。！？!?；;]|\.(?=\s)|\n\s*\n")
_SENTENCE_CHARS: Final = 120
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
        for found in affirmed(_THERE_IS, words, start, formula.span.start):
            front = _SENTENCE_END.split(
                words[max(0, found.start() - _SENTENCE_CHARS) : found.start()]
            )
            if found.end() == formula.span.start and not _SUPPOSED.search(front[-1]):
                yield from _existing(formula)


def _existing(formula: Inline) -> Iterator[Existing]:
    tree = formula.tree
    head = tree.operands[0] if isinstance(tree, t.Relation) else tree
    names = bare_names(head)
    if names and all(isinstance(name, Symbol) for name in names):
        symbols = frozenset(name for name in names if isinstance(name, Symbol))
        yield Existing(symbols, None if head is tree else tree, formula.span)
