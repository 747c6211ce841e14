r"""Sums over an index, and expectations, in normal form: what does not depend on it stands outside.

`\sum_i (a x_i + b)` is `a \sum_i x_i + n b`, and `w^\top (\sum_i x_i x_i^\top) w` is
`\sum_i (w^\top x_i)^2`: of a matrix a sum is one letter, in a number it stands outside.
Imports `letters.py`, `ratios.py` and the operator tree.
"""

from __future__ import annotations

import itertools
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, cast

from blogkit.formula import (
    Apply,
    Big,
    Call,
    Expectation,
    Number,
    Relation,
    Symbol,
    Tree,
    walk,
)
from blogkit.meaning.terms.letters import (
    Key,
    Letter,
    Word,
    Words,
    added,
    frozen,
    frozen_ratio,
    thawed_ratio,
)
from blogkit.meaning.terms.nodes import OPEN, bound_name
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.ratios import Ratio, Sum, atom_ratio, atom_sum, lone_atom, number, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from blogkit.meaning.terms.free_algebra import Algebra

Binder = Big | Expectation
"""What a sum or an expectation binds, with a blank for its body."""


class Summed(NamedTuple):
    """What stands behind a letter that is a sum."""

    binder: Binder
    """What is bound, and over what."""
    word: Word
    """The product that is summed."""
    factor: Ratio
    """The number before it."""


def of_number(binder: Binder, value: Ratio) -> Ratio:
    """The sum, or expectation, of a number."""
    total = ratio(0)
    is_below = _below_varies(value, binder)
    inner_below = value.below if is_below else number(1)
    outer_below = number(1) if is_below else value.below
    for term, coefficient in value.above.terms.items():
        inside = frozenset(pair for pair in term if _varies(pair[0], binder))
        outer = Ratio(Sum({term - inside: coefficient}), outer_below)
        inner = Ratio(Sum({inside: Fraction(1)}), inner_below)
        total += outer * _of_one(binder, inner)
    return total


def _of_one(binder: Binder, inner: Ratio) -> Ratio:
    if _is_density(inner, binder):
        return ratio(1)
    if _is_slope_of_density(inner, binder):
        return ratio(0)
    if inner.above == number(1) and inner.below == number(1):
        if isinstance(binder, Expectation):
            return ratio(1)
        if binder.operator == "sum":
            return count_of(binder)
    return atom_ratio(("sum", *closed(binder, frozen_ratio(inner))))


def _is_density(value: Ratio, binder: Binder) -> bool:
    r"""Whether a probability of just what is bound is integrated: `\int p(x)\,dx`."""
    atom = atom_of(value)
    return isinstance(atom, tuple) and atom[0] == "call" and _is_law(atom[1], atom[2], binder)


def _is_slope_of_density(value: Ratio, binder: Binder) -> bool:
    r"""Whether its derivative by a parameter is: `\int \partial_\theta p(x; \theta)\,dx = 0`."""
    atom = atom_of(value)
    return isinstance(atom, tuple) and _is_slope(atom, binder)


def _is_slope(key: Key, binder: Binder) -> bool:
    match key:
        case (
            "call",
            Apply(operator="partial", args=(Call() as law, Number(text=place))),
            tuple(args),
        ):
            given = len(law.args) + len(law.conditions)
            return int(place) > given and _is_law(law, args, binder)
    return False


def _is_law(law: object, args: tuple[Hashable, ...], binder: Binder) -> bool:
    if not isinstance(binder, Big) or binder.operator != "integral" or binder.lower is not None:
        return False
    (own,) = binder.bound
    if not isinstance(law, Call) or len(law.args) != 1:
        return False
    others = any(_mentions(arg, own) for arg in args[1:])
    as_number = frozen({(): atom_ratio(("name", own))})
    as_vector = frozen({(Letter(("name", own)),): ratio(1)})
    return is_probability(law) and not others and args[0] in (as_number, as_vector)


def atom_of(value: Ratio) -> Hashable:
    """The atom that a number is; None where it is none."""
    term = value.above.lone() if value.below == number(1) else None
    return None if term is None else lone_atom(term)


def is_zero(value: Ratio) -> bool:
    r"""Whether a number is zero, sums over one range taken together: `\sum f - \sum g`, `f = g`."""
    groups: dict[Hashable, Ratio] = {}
    for term, c in value.above.terms.items():
        atoms = [atom for atom, exponent in term if exponent == 1 and _is_sum(atom)]
        if not atoms:
            return False
        (_, binder, inner), *_ = cast("list[tuple[str, Big, Hashable]]", atoms)
        (own,), name = binder.bound, bound_name(2 * OPEN)
        factor = Ratio(Sum({term - {(atoms[0], 1)}: c}), number(1))
        summand = thawed_ratio(_renamed(inner, own, name)) * factor
        key = _renamed(binder, own, name)
        groups[key] = groups[key] + summand if key in groups else summand
    return not any(summand.above.terms for summand in groups.values())


def _is_sum(atom: Hashable) -> bool:
    match atom:
        case ("sum", Big(bound=(_,)), _):
            return True
    return False


def _is_constant(value: Ratio, binder: Binder) -> bool:
    atoms = [atom for part in (value.above, value.below) for term in part.terms for atom, _ in term]
    return not any(_varies(atom, binder) for atom in atoms)


def closed(binder: Binder, inner: Hashable) -> tuple[Binder, Hashable]:
    """A binder and what it binds in, with a name that tells only how many sums stand within.

    So sums are the same however deep they stand: de Bruijn's levels, counted from the inside.
    """
    if not isinstance(binder, Big):
        return binder, inner
    own = binder.bound[0]
    name = bound_name(1 + max(_levels(inner), default=0))
    return cast("Binder", _renamed(binder, own, name)), _renamed(inner, own, name)


def _levels(value: object) -> Iterator[int]:
    """The numbers of closed sums within."""
    if isinstance(value, Big):
        for name in value.bound:
            if isinstance(name, Symbol) and isinstance(name.subscript, Number):
                number = int(name.subscript.text)
                if number < OPEN:
                    yield number
    elif isinstance(value, Letter):
        yield from _levels(value.key)
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from _levels(item)


def count_of(binder: Big) -> Ratio:
    r"""How many summands there are: `n` from 1 to n, `|S|` over a set."""
    match binder:
        case Big(lower=Number(text=first), upper=last, condition=None) if (
            first in {"0", "1"} and last is not None
        ):
            if isinstance(last, Number) and last.text.isdigit():
                return ratio(int(last.text) + 1 - int(first))
            if isinstance(last, Symbol):
                return ratio(atom_sum(("name", last)) + number(1 - int(first)))
        case Big(condition=Relation(operators=("∈",), operands=(name, members)), lower=None) if (
            name in binder.bound
        ):
            return atom_ratio(("count", members))
    return atom_ratio(("count", binder))


def mean_of_number(algebra: Algebra, binder: Expectation, value: Ratio) -> Ratio:
    r"""The expectation of a number; of `x^\top b` it is that of x, times b."""
    total = ratio(0)
    for term, c in value.above.terms.items():
        part = Ratio(Sum({term: c}), value.below)
        inside = [pair for pair in term if _varies(pair[0], binder)]
        mean = _mean_of_form(algebra, binder, inside) if value.below == number(1) else None
        if mean is None:
            total += of_number(binder, part)
        else:
            outside = Ratio(Sum({term - frozenset(inside): c}), number(1))
            total += outside * mean
    return total


def _mean_of_form(
    algebra: Algebra, binder: Expectation, inside: list[tuple[Hashable, int]]
) -> Ratio | None:
    """The expectation of a product of size 1 by 1 of which only a part is random; else None."""
    match inside:
        case [(("form", tuple(word)), 1)]:
            varying = [place for place, letter in enumerate(word) if _varies(letter, binder)]
            first, last = varying[0], varying[-1] + 1
            if last - first < len(word):
                summed = Summed(binder, word[first:last], ratio(1))
                return algebra.form((*word[:first], _letter(algebra, summed), *word[last:]))
    return None


def of_words(algebra: Algebra, binder: Binder, words: Words) -> Words:
    """The sum, or expectation, of a matrix."""
    total: Words = {}
    for word, coefficient in words.items():
        if len(word) == 1 and _is_slope(word[0].key, binder) and _is_constant(coefficient, binder):
            continue
        varying = [place for place, letter in enumerate(word) if _varies(letter, binder)]
        if not varying:
            total = added(total, {word: of_number(binder, coefficient)})
            continue
        first, last = varying[0], varying[-1] + 1
        for term, c in coefficient.above.terms.items():
            inside = frozenset(pair for pair in term if _varies(pair[0], binder))
            is_below = _below_varies(coefficient, binder)
            factor = Ratio(Sum({inside: Fraction(1)}), coefficient.below if is_below else number(1))
            outer = Ratio(Sum({term - inside: c}), number(1) if is_below else coefficient.below)
            middle = _letter(algebra, Summed(binder, word[first:last], factor))
            total = added(total, {(*word[:first], middle, *word[last:]): outer})
    return total


def _letter(algebra: Algebra, summed: Summed) -> Letter:
    """A sum as one letter, the same for its transpose."""
    turned = algebra.turned_word(summed.word)
    is_turned = repr(turned) < repr(summed.word)
    rows, columns = algebra.sides(summed.word[0])[0], algebra.sides(summed.word[-1])[1]
    word = turned if is_turned else summed.word
    key: Key = ("over", *closed(summed.binder, frozen({word: summed.factor})))
    algebra.shapes[key] = (columns, rows) if is_turned else (rows, columns)
    algebra.summed[key] = summed._replace(word=word)
    if turned == summed.word:
        algebra.symmetric.add(key)
    return Letter(key, is_turned)


def place_of_sum(algebra: Algebra, word: Word) -> int | None:
    """Where a letter stands that is a sum and may be taken out of its word; None if nowhere.

    An expectation may only where nothing around it is random.
    """
    for place, letter in enumerate(word):
        summed = algebra.summed.get(letter.key)
        if summed is None or letter.is_inverted:
            continue
        others = (*word[:place], *word[place + 1 :])
        if isinstance(summed.binder, Big) or not any(_varies(x, summed.binder) for x in others):
            return place
    return None


def taken_out(algebra: Algebra, word: Word, place: int, of_word: Callable[[Word], Ratio]) -> Ratio:
    """A number of a word in which a letter is a sum, as a sum of numbers of words."""
    letter = word[place]
    summed = _apart(algebra.summed[letter.key], (*word[:place], *word[place + 1 :]))
    middle = algebra.turned_word(summed.word) if letter.is_turned else summed.word
    for inner in middle:
        _learn_shape(algebra, inner, letter, summed)
    value = of_word((*word[:place], *middle, *word[place + 1 :])) * summed.factor
    return of_number(summed.binder, value)


def _learn_shape(algebra: Algebra, inner: Letter, letter: Letter, summed: Summed) -> None:
    """Shapes of letters whose bound name was changed."""
    if inner.key in algebra.shapes:
        return
    before = algebra.summed[letter.key]
    for old, new in zip(before.word, summed.word, strict=True):
        algebra.shapes[new.key] = algebra.shapes[old.key]
        if old.key in algebra.symmetric:
            algebra.symmetric.add(new.key)


def _apart(summed: Summed, others: Word) -> Summed:
    """It with another bound name, where the letters around know the name."""
    if not isinstance(summed.binder, Big):
        return summed
    (own,) = summed.binder.bound
    if not _mentions(others, own):
        return summed
    names = (bound_name(2 * OPEN + number) for number in itertools.count())
    fresh = next(name for name in names if not _mentions((others, summed.word), name))
    return Summed(
        cast("Binder", _renamed(summed.binder, own, fresh)),
        cast("Word", _renamed(summed.word, own, fresh)),
        thawed_ratio(_renamed(frozen_ratio(summed.factor), own, fresh)),
    )


def _renamed(value: Hashable, old: Tree, new: Tree) -> Hashable:
    """Trees, keys and numbers with a symbol replaced."""
    if value == old:
        return new
    if isinstance(value, frozenset):
        return frozenset(_renamed(item, old, new) for item in value)
    if isinstance(value, tuple):
        return tuple(_renamed(item, old, new) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: _renamed(getattr(value, part.name), old, new) for part in fields(value)}
        return cast("Hashable", replace(value, **parts)) if parts else value
    return value


def _varies(value: object, binder: Binder) -> bool:
    """Whether something depends on what is bound; under an expectation, whether it is random.

    Where an expectation does not name its variables, all may be random.
    """
    if isinstance(binder, Big):
        return _mentions(value, binder.bound[0])
    if _is_mean(value):
        return False
    names = _random_names(binder)
    return not names or any(_mentions(value, name) for name in names)


def _is_mean(value: object) -> bool:
    """Whether a letter or number is an expectation itself, in which nothing is random any more."""
    key = value.key if isinstance(value, Letter) else value
    match key:
        case ("over" | "sum", Expectation(), *_):
            return True
    return False


def _below_varies(value: Ratio, binder: Binder) -> bool:
    return any(_varies(atom, binder) for term in value.below.terms for atom, _ in term)


def _random_names(binder: Expectation) -> frozenset[Tree]:
    """The variables below the sign: `x` of `x \\sim p`; none where the expectation names none."""
    under = binder.under
    match under:
        case Relation(operands=(name, *_), operators=("∼", *_)):
            return frozenset([name])
        case Symbol():
            return frozenset([under])
        case Call(args=args):
            return frozenset(args)
    return frozenset()


def _mentions(value: object, name: Tree) -> bool:
    if isinstance(value, Tree):
        return any(node == name for node in walk(value))
    if isinstance(value, tuple | frozenset):
        return any(_mentions(item, name) for item in value)
    return isinstance(value, Letter) and _mentions(value.key, name)
