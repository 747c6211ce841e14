"""Words of matrices with their coefficients: the normal form of a matrix expression.

Imports `ratios.py`.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from blogkit.meaning.trees.ratios import Ratio, Sum

Key = tuple[Hashable, ...]
"""What a letter is: a name, or a sum of words that is kept whole."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One factor of a word."""

    key: Key
    """What it is."""
    is_turned: bool = False
    """Whether it is transposed."""
    is_inverted: bool = False
    """Whether it is inverted."""


Word = tuple[Letter, ...]
"""Letters in their order; the empty word is the identity."""

Words = dict[Word, Ratio]
"""A matrix: words with their coefficients."""


def added(one: Words, two: Words) -> Words:
    """The sum of two sums of words."""
    total = dict(one)
    for word, coefficient in two.items():
        total[word] = total[word] + coefficient if word in total else coefficient
    return cleaned(total)


def cleaned(words: Words) -> Words:
    """A sum of words without those that cancel."""
    return {word: c for word, c in words.items() if c.above.terms}


def frozen(words: Words) -> frozenset[tuple[Word, Hashable]]:
    """A sum of words as a hashable value."""
    return frozenset((word, frozen_ratio(c)) for word, c in words.items())


def frozen_ratio(value: Ratio) -> Hashable:
    """A fraction as a hashable value."""
    return frozenset(value.above.terms.items()), frozenset(value.below.terms.items())


def thawed(value: Hashable) -> Words:
    """A sum of words from its hashable value."""
    assert isinstance(value, frozenset)
    return {w: Ratio(Sum(dict(above)), Sum(dict(below))) for w, (above, below) in value}


def thawed_ratio(value: Hashable) -> Ratio:
    """A fraction from its hashable value."""
    assert isinstance(value, tuple)
    above, below = value
    return Ratio(Sum(dict(above)), Sum(dict(below)))
