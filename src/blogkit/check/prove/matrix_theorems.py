r"""Inequalities of lengths and inner products that are theorems, told by their name.

A difference that is a sum of squares, the Cauchy-Schwarz inequality, the triangle inequality; each
is matched in the normal forms of the free algebra. Imports no algebra.
"""

import itertools
from collections.abc import Hashable

from blogkit.language import Message
from blogkit.meaning.terms.free_algebra import Algebra
from blogkit.meaning.terms.letters import Key, Letter, Words, added, frozen_ratio, thawed
from blogkit.meaning.terms.nodes import Term
from blogkit.meaning.trees.ratios import Ratio, atom_ratio, number, ratio


def theorem_of(algebra: Algebra, low: Term, high: Term) -> str:
    """The theorem that says `low ≤ high`, or nothing."""
    difference = algebra.with_squares(algebra.scalar(high) - algebra.scalar(low))
    if _is_sum_of_squares(algebra, difference):
        return Message("a sum of squares")
    if _is_cauchy_schwarz(algebra, low, high):
        return Message("Cauchy-Schwarz inequality")
    if _is_triangle(algebra, low, high):
        return Message("triangle inequality")
    return ""


def _is_sum_of_squares(algebra: Algebra, value: Ratio) -> bool:
    if value.below != number(1):
        return False
    return all(
        c > 0 and all(e % 2 == 0 or _is_square_atom(algebra, atom) for atom, e in term)
        for term, c in value.above.terms.items()
    )


def _is_square_atom(algebra: Algebra, atom: Hashable) -> bool:
    if not isinstance(atom, tuple):
        return False
    if atom[0] in {"length", "norm", "one-norm", "abs", "root", "rank"}:
        return True
    if atom[0] in {"form", "trace"}:
        word = atom[1]
        turns = [word] if atom[0] == "form" else [word[p:] + word[:p] for p in range(len(word))]
        return any(_is_square(algebra, turn) for turn in turns)
    return False


def _is_square(algebra: Algebra, word: tuple[Letter, ...]) -> bool:
    """`X^T X`, or `X^T A X` for an `A` that is positive definite or semidefinite."""
    half = len(word) // 2
    middle = word[half : len(word) - half]
    is_definite = all(letter.key in algebra.definite for letter in middle)
    return is_definite and algebra.turned_word(word[:half]) == word[len(word) - half :]


def _is_cauchy_schwarz(algebra: Algebra, low: Term, high: Term) -> bool:
    """`|x^T y| ≤ ‖x‖ ‖y‖`, also squared or without the bars."""
    lower, upper = algebra.scalar(low), algebra.scalar(high)
    for factor in (1, 2):
        lengths = _lengths(algebra, upper, factor)
        if lengths is None:
            continue
        inner = scalar_of_words(algebra, algebra.times(algebra.turned(lengths[0]), lengths[1]))
        if inner is None:
            continue
        bounds = [inner * inner] if factor == 2 else [inner, -inner, _abs(algebra, inner)]
        if any(algebra.with_squares(lower).equals(algebra.with_squares(b)) for b in bounds):
            return True
    return False


def _abs(algebra: Algebra, value: Ratio) -> Ratio:
    chosen = min(value, -value, key=lambda v: repr(frozen_ratio(v)))
    return atom_ratio(("abs", frozen_ratio(chosen)))


def scalar_of_words(algebra: Algebra, words: Words) -> Ratio | None:
    """A sum of empty words as the number that it is; None for a matrix."""
    if any(words):
        return None
    return words.get((), ratio(0))


def _lengths(algebra: Algebra, value: Ratio, power: int) -> tuple[Words, Words] | None:
    """The columns of `‖x‖ ‖y‖` (or of its square), told from the norms behind it."""
    term = value.above.lone()
    if term is None or value.below != number(1):
        return None
    found: list[Words] = []
    for atom, exponent in sorted(term, key=repr):
        if not isinstance(atom, tuple):
            return None
        words = _column(algebra, atom, power)
        if words is None:
            return None
        found += [words] * exponent
    return (found[0], found[1]) if len(found) == 2 else None


def _column(algebra: Algebra, atom: Key, power: int) -> Words | None:
    if power == 1 and atom[0] == "length":
        return thawed(atom[1])
    if power == 2 and atom[0] == "form":
        word = atom[1]
        assert isinstance(word, tuple)
        half = len(word) // 2
        if len(word) % 2 == 0 and algebra.turned_word(word[:half]) == word[half:]:
            return {word[half:]: ratio(1)}
    return None


def _is_triangle(algebra: Algebra, low: Term, high: Term) -> bool:
    """`‖u + v‖ ≤ ‖u‖ + ‖v‖`, and `‖u‖ - ‖v‖ ≤ ‖u - v‖` with it."""
    lower, upper = algebra.scalar(low), algebra.scalar(high)
    moved = upper - lower
    if moved.below != number(1):
        return False
    longs: list[tuple[Words, int]] = []
    for term, c in moved.above.terms.items():
        if len(term) != 1 or abs(c) != 1:
            return False
        ((atom, exponent),) = term
        if exponent != 1 or not isinstance(atom, tuple) or atom[0] != "length":
            return False
        longs.append((thawed(atom[1]), int(c)))
    negative = [words for words, c in longs if c < 0]
    positive = [words for words, c in longs if c > 0]
    if len(negative) != 1 or not positive:
        return False
    for signs in itertools.product((1, -1), repeat=len(positive)):
        total = negative[0]
        for sign, words in zip(signs, positive, strict=True):
            total = added(total, {w: c if sign > 0 else -c for w, c in words.items()})
        if not total:
            return True
    return False
