r"""Proofs of matrix identities in the free algebra with transposes and inverses.

A matrix expression becomes a sum of words of letters, order kept: `AB` is not `BA`. Transposes and
inverses move to the letters, a part of size 1 by 1 is a number that equals its transpose, a trace
may be turned around, a determinant is multiplicative. Sizes are those of `matrix_terms.py`.
Imports no algebra.
"""

import itertools
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from blogkit.formula import Apply, Constant, Expectation, Index, Number, Relation, Symbol, Tree
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.terms import powers, sums
from blogkit.meaning.terms.letters import (
    Key,
    Letter,
    Word,
    Words,
    added,
    cleaned,
    frozen,
    frozen_ratio,
)
from blogkit.meaning.terms.nodes import ONE, Sizes, Term, all_terms, binder, without_slopes
from blogkit.meaning.terms.sums import Summed
from blogkit.meaning.trees.ratios import Ratio, Sum, atom_ratio, number, ratio

_ROUNDS = 60


@dataclass(slots=True)
class Algebra:
    """Normal forms, with the sizes of letters and what sums stand behind them."""

    sizes: Sizes
    shapes: dict[Key, tuple[int, int]] = field(default_factory=dict)
    sums: dict[Key, Words] = field(default_factory=dict)
    squares: dict[Key, Ratio] = field(default_factory=dict)
    summed: dict[Key, Summed] = field(default_factory=dict)
    symmetric: set[Key] = field(default_factory=set)
    orthogonal: set[Key] = field(default_factory=set)
    definite: set[Key] = field(default_factory=set)
    positive: frozenset[Hashable] = frozenset()
    conditions: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def learn(self, facts: Facts) -> None:
        """Takes symmetry, orthogonality and definiteness from the facts; others are not used."""
        for fact in facts.constraints:
            name = symmetric_name(fact.tree)
            if name is not None:
                self.symmetric.add(("name", name))
            name = definite_name(fact.tree)
            if name is not None:
                self.definite.add(("name", name))
            name = orthogonal_name(fact.tree)
            if name is not None:
                self.orthogonal.add(("name", name))

    # Matrices

    def matrix(self, term: Term) -> Words:
        """The normal form of a term; a number stands before the empty word."""
        if self._is_scalar(term):
            return cleaned({(): self.scalar(term)})
        match term.operator:
            case "name":
                key: Key = ("name", term.name)
                self.shapes[key] = (term.rows, term.columns)
                return {self._normal_letter(Letter(key)): ratio(1)}
            case "identity":
                return {(): ratio(1)}
            case "zero":
                return {}
            case "plus":
                total: Words = {}
                for arg in term.args:
                    total = added(total, self.matrix(arg))
                return total
            case "times":
                return self._product(term.args)
            case "power":
                return self._product(term.args * term.count) if term.count else {(): ratio(1)}
            case "divide":
                factor = ratio(1) / self.scalar(term.args[1])
                return {w: c * factor for w, c in self.matrix(term.args[0]).items()}
            case "transpose":
                return self.turned(self.matrix(term.args[0]))
            case "inverse":
                return self._inverse(term.args[0])
            case "hadamard":
                return self._hadamard(term)
            case "call" | "function" | "matrix-function" | "kronecker" | "stacked":
                key = self._applied(term)
                self.shapes[key] = (term.rows, term.columns)
                of_symmetric = term.operator == "matrix-function" and self._is_own_transpose(
                    term.args[0]
                )
                if of_symmetric or _is_second_slope(term):
                    self.symmetric.add(key)
                return {self._normal_letter(Letter(key)): ratio(1)}
            case "sum" | "expectation" | "integral":
                return sums.of_words(self, binder(term), self.matrix(term.args[0]))
            case _:
                raise NotApplicable(Message("a part of the matrix expression is not understood"))

    def _is_own_transpose(self, term: Term) -> bool:
        words = self.matrix(term)
        return self.turned(words) == words

    def _is_scalar(self, term: Term) -> bool:
        return self.sizes.find(term.rows) == ONE == self.sizes.find(term.columns)

    def _normal_letter(self, letter: Letter) -> Word:
        if letter.key in self.symmetric:
            letter = Letter(letter.key, False, letter.is_inverted)
        elif letter.key in self.orthogonal and letter.is_turned and self._is_square(letter):
            letter = Letter(letter.key, False, not letter.is_inverted)
        return (letter,)

    def _is_square(self, letter: Letter) -> bool:
        rows, columns = self.shapes[letter.key]
        return self.sizes.find(rows) == self.sizes.find(columns)

    def turned(self, words: Words) -> Words:
        """The transpose."""
        return {self.turned_word(word): c for word, c in words.items()}

    def turned_word(self, word: Word) -> Word:
        result: Word = ()
        for letter in reversed(word):
            turned = Letter(letter.key, not letter.is_turned, letter.is_inverted)
            result = (*result, *self._normal_letter(turned))
        return result

    def _product(self, terms: tuple[Term, ...]) -> Words:
        result: Words = {(): ratio(1)}
        for term in terms:
            result = self.times(result, self.matrix(term))
        return result

    def times(self, one: Words, two: Words) -> Words:
        """The product of two sums of words."""
        if len(one) * len(two) > 400:
            raise NotApplicable(Message("the normal form has too many terms"))
        result: Words = {}
        for (first, c), (second, d) in itertools.product(one.items(), two.items()):
            word, factor = self._shortened((*first, *second))
            result = added(result, {word: c * d * factor})
        return result

    def _shortened(self, word: Word) -> tuple[Word, Ratio]:
        """A word without `A A^{-1}`, and with its parts of size 1 by 1 taken out as numbers."""
        letters: list[Letter] = []
        for letter in word:
            if letters and _cancels(letters[-1], letter, self.orthogonal):
                letters.pop()
            else:
                letters.append(letter)
        kept = tuple(letters)
        narrow = [p for p in range(len(kept) + 1) if self._width(kept, p) == ONE]
        factor = ratio(1)
        for start, end in itertools.pairwise(narrow):
            factor *= self.form(kept[start:end])
        if len(narrow) > 1:
            kept = kept[: narrow[0]] + kept[narrow[-1] :]
        return kept, factor

    def _width(self, word: Word, place: int) -> int:
        """The size between the letters of a word."""
        if place < len(word):
            return self.sides(word[place])[0]
        return self.sides(word[-1])[1] if word else -1

    def sides(self, letter: Letter) -> tuple[int, int]:
        rows, columns = (self.sizes.find(size) for size in self.shapes[letter.key])
        return (columns, rows) if letter.is_turned else (rows, columns)

    def form(self, word: Word) -> Ratio:
        """A number that a word of size 1 by 1 is; it equals its transpose, sums stand outside."""
        place = sums.place_of_sum(self, word)
        if place is not None:
            return sums.taken_out(self, word, place, lambda whole: self._shortened(whole)[1])
        return atom_ratio(("form", min(word, self.turned_word(word), key=repr)))

    def _inverse(self, inner: Term) -> Words:
        words = self.matrix(inner)
        if not words:
            raise NotApplicable(Message("the inverse of zero"))
        if len(words) == 1:
            ((word, coefficient),) = words.items()
            if all(self._is_square(letter) for letter in word):
                for letter in word:
                    self._note_invertible(letter)
                inverted: Word = ()
                for letter in reversed(word):
                    flipped = Letter(letter.key, letter.is_turned, not letter.is_inverted)
                    inverted = (*inverted, *self._normal_letter(flipped))
                return {inverted: ratio(1) / coefficient}
        letter = self._whole(words, inner.rows, inner.columns)
        self._note_invertible(letter)
        return {(Letter(letter.key, letter.is_turned, True),): ratio(1)}

    def _whole(self, words: Words, rows: int, columns: int) -> Letter:
        """A sum of words as one letter, the same for its transpose."""
        other = self.turned(words)
        is_turned = repr(sorted(map(repr, other))) < repr(sorted(map(repr, words)))
        chosen = other if is_turned else words
        key: Key = ("sum", frozen(chosen))
        self.sums[key] = chosen
        self.shapes[key] = (columns, rows) if is_turned else (rows, columns)
        return Letter(key, is_turned)

    def _note_invertible(self, letter: Letter) -> None:
        name = letter.key[1]
        text = (
            Message(r"{name} \text{{ is invertible}}", name=to_latex(name))
            if isinstance(name, Tree)
            else Message(r"\text{all inverses exist}")
        )
        if text not in self.conditions:
            self.conditions.append(text)

    def _hadamard(self, term: Term) -> Words:
        result: Words = {}
        sides = [self.matrix(arg) for arg in term.args]
        for choice in itertools.product(*(side.items() for side in sides)):
            words = tuple(sorted((word for word, _ in choice), key=repr))
            coefficient = prod((c for _, c in choice), start=ratio(1))
            turned = tuple(sorted(map(self.turned_word, words), key=repr))
            is_turned = repr(turned) < repr(words)
            key: Key = ("hadamard", turned if is_turned else words)
            self.shapes[key] = (term.columns, term.rows) if is_turned else (term.rows, term.columns)
            result = added(result, {(Letter(key, is_turned),): coefficient})
        return result

    # Numbers

    def scalar(self, term: Term) -> Ratio:
        """The normal form of a number."""
        match term.operator:
            case "number":
                assert isinstance(term.name, Number)
                return ratio(Fraction(term.name.text))
            case "zero":
                return ratio(0)
            case "name":
                return atom_ratio(("name", term.name))
            case "plus":
                return sum(map(self.scalar, term.args), ratio(0))
            case "times":
                return self._scalar_product(term)
            case "divide":
                return self.scalar(term.args[0]) / self.scalar(term.args[1])
            case "power":
                return self.with_squares(self.scalar(term.args[0]) ** term.count)
            case "symbolic-power":
                assert term.name is not None
                return self._power(self.scalar(term.args[0]), self.sizes.of(term.name))
            case "transpose":
                return self.scalar(term.args[0])
            case "inverse":
                return ratio(1) / self.scalar(term.args[0])
            case "trace":
                return self._trace(term.args[0])
            case "determinant":
                return self._determinant(term.args[0])
            case "rank":
                return atom_ratio(("rank", self._either_way(self.matrix(term.args[0]))))
            case "frobenius":
                return self._norm(self.matrix(term.args[0]))
            case "norm" | "one-norm":
                words = self._unsigned(self.matrix(term.args[0]))
                return atom_ratio((term.operator, term.name, frozen(words)))
            case "abs" | "root":
                return self._root(term)
            case "expectation":
                mean = binder(term)
                assert isinstance(mean, Expectation)
                return sums.mean_of_number(self, mean, self.scalar(term.args[0]))
            case "sum" | "integral":
                return sums.of_number(binder(term), self.scalar(term.args[0]))
            case "extremum":
                inner = frozen_ratio(self.scalar(term.args[0]))
                return atom_ratio(("extremum", *sums.closed(binder(term), inner)))
            case "cases":
                values = tuple(frozen_ratio(self.scalar(arg)) for arg in term.args)
                return atom_ratio(("cases", term.name, values))
            case "count":
                return atom_ratio(("count", term.name))
            case "function" | "matrix-function" | "call" | "constant" | "exponent" | "product":
                return self._number_of_functions(term)
            case "entry":
                return atom_ratio(("entry", term.name, frozen(self.matrix(term.args[0]))))
            case _:
                raise NotApplicable(Message("a part of the matrix expression is not understood"))

    def _applied(self, term: Term) -> Key:
        """A function of arguments in normal form."""
        return (term.operator, term.name, tuple(frozen(self.matrix(arg)) for arg in term.args))

    def _number_of_functions(self, term: Term) -> Ratio:
        """The normal form of exponentials and logarithms; of other functions, an atom."""
        if term.operator == "constant":
            is_e = term.name == Constant("e")
            return powers.exponential(ratio(1)) if is_e else atom_ratio(term.name)
        if term.operator == "exponent":
            return powers.power(*map(self.scalar, term.args))
        if term.operator == "product":
            return powers.product_over(binder(term), self.scalar(term.args[0]))
        if term.name == Symbol("exp"):
            return powers.exponential(self.scalar(term.args[0]))
        if term.name == Symbol("log"):
            return powers.logarithm(self.scalar(term.args[0]), self.positive)
        return atom_ratio(self._applied(term))

    def _scalar_product(self, term: Term) -> Ratio:
        if all(self._is_scalar(arg) for arg in term.args):
            return self.with_squares(prod(map(self.scalar, term.args), start=ratio(1)))
        words = self._product(term.args)
        total = ratio(0)
        for word, coefficient in words.items():
            if word:
                raise NotApplicable(Message("the sizes of the matrices don't fit"))
            total += coefficient
        return total

    def _root(self, term: Term) -> Ratio:
        inner = self.scalar(term.args[0])
        squared = inner * inner if term.operator == "abs" else inner
        if term.operator == "abs":
            inner = min(inner, -inner, key=lambda value: repr(frozen_ratio(value)))
        key: Key = (term.operator, frozen_ratio(inner))
        self.squares[key] = squared
        return atom_ratio(key)

    def _norm(self, words: Words) -> Ratio:
        key: Key = ("length", frozen(self._unsigned(words)))
        self.squares[key] = self.square(words)
        return atom_ratio(key)

    def square(self, words: Words) -> Ratio:
        """The squared Frobenius norm; of a column, the squared length."""
        return self._trace_of(self.times(self.turned(words), words), None)

    def _unsigned(self, words: Words) -> Words:
        other = {word: -c for word, c in words.items()}
        return min(words, other, key=lambda value: repr(sorted(map(repr, frozen(value)))))

    def with_squares(self, value: Ratio) -> Ratio:
        """A fraction in which the square of a norm, root or absolute value is worked out."""
        for key, square in list(self.squares.items()):
            for part in ("above", "below"):
                terms: Mapping[frozenset[tuple[Hashable, int]], Fraction]
                terms = value.above.terms if part == "above" else value.below.terms
                if all(abs(dict(term).get(key, 0)) < 2 for term in terms):
                    continue
                total = ratio(0)
                for term, c in terms.items():
                    exponent = dict(term).get(key, 0)
                    rest = frozenset(pair for pair in term if pair[0] != key)
                    if exponent % 2:
                        rest = rest | {(key, 1)}
                    total += ratio(Sum({rest: c})) * square ** (exponent // 2)
                other = ratio(value.below if part == "above" else value.above)
                value = total / other if part == "above" else other / total
        return value

    def _power(self, base: Ratio, size: int) -> Ratio:
        """A number to the power of a size, factor by factor."""
        if len(base.above.terms) != 1 or len(base.below.terms) != 1:
            return atom_ratio(("power", frozen_ratio(base), self.sizes.find(size)))
        result = ratio(1)
        for part, sign in ((base.above, 1), (base.below, -1)):
            ((term, coefficient),) = part.terms.items()
            factors: list[tuple[Hashable, int]] = [(atom, sign * e) for atom, e in term]
            if coefficient != 1:
                factors.append((coefficient, sign))
            for atom, exponent in factors:
                key = (("power", atom, self.sizes.find(size)), exponent)
                result *= ratio(Sum({frozenset([key]): Fraction(1)}))
        return result

    def _trace(self, inner: Term) -> Ratio:
        return self._trace_of(self.matrix(inner), inner.rows)

    def _trace_of(self, words: Words, size: int | None) -> Ratio:
        traces = (c * self._trace_of_word(word, size) for word, c in words.items())
        return sum(traces, ratio(0))

    def _trace_of_word(self, word: Word, size: int | None) -> Ratio:
        if not word:
            if size is None or self.sizes.find(size) == ONE:
                return ratio(1)
            return atom_ratio(("size", self.sizes.find(size)))
        place = sums.place_of_sum(self, word)
        if place is not None:
            return sums.taken_out(self, word, place, lambda w: self._trace_of_word(w, None))
        turns = [word[place:] + word[:place] for place in range(len(word))]
        for turn in turns:
            if len(turn) > 1 and _cancels(turn[-1], turn[0], self.orthogonal):
                size = self.sides(turn[0])[1]
                return self._trace_of_word(turn[1:-1], size)
        narrow = [turn for turn in turns if self._width(turn, 0) == ONE]
        if narrow:
            kept, factor = self._shortened(narrow[0])
            if not kept:
                return factor
        turns += [self.turned_word(turn) for turn in turns]
        return atom_ratio(("trace", min(turns, key=repr)))

    def _determinant(self, inner: Term) -> Ratio:
        words = self.matrix(inner)
        if not words:
            return ratio(0)
        if len(words) == 1:
            ((word, coefficient),) = words.items()
            if all(self._is_square(letter) for letter in word):
                result = self._power(coefficient, inner.rows)
                for letter in word:
                    factor = atom_ratio(("determinant", letter.key))
                    result = result / factor if letter.is_inverted else result * factor
                return result
        letter = self._whole(words, inner.rows, inner.columns)
        return atom_ratio(("determinant", letter.key))

    def _either_way(self, words: Words) -> Hashable:
        return min(
            (frozen(words), frozen(self.turned(words))), key=lambda v: repr(sorted(map(repr, v)))
        )

    # Comparison

    def same_scalars(self, left: Term, right: Term) -> bool:
        """Whether two numbers have the same normal form; two lengths, whether their squares do."""
        if self._agree(left, right):
            return True
        self.positive = frozenset(self._in_logarithms(left, right))
        if self.positive and self._agree(left, right):
            self.conditions.append(Message(r"\text{logarithms are of positive numbers}"))
            return True
        one, two = self.scalar(left), self.scalar(right)
        squares = [self._as_square(side) for side in (one, two)]
        return squares[0] is not None and squares[1] is not None and squares[0].equals(squares[1])

    def _agree(self, left: Term, right: Term) -> bool:
        one, two = (self.with_squares(self.scalar(side)) for side in (left, right))
        return one.equals(two) or sums.is_zero(one - two)

    def _in_logarithms(self, *sides: Term) -> Iterator[Hashable]:
        """What a logarithm is taken of by itself, and which is positive where both sides are."""
        for term in (inner for side in sides for inner in all_terms(side)):
            if term.operator == "function" and term.name == Symbol("log"):
                (inner,) = term.args
                if self._is_scalar(inner) and inner.operator in {"name", "call"}:
                    yield powers.unbound(sums.atom_of(self.scalar(inner)))

    def _as_square(self, value: Ratio) -> Ratio | None:
        """The square of a number that is not negative: one norm, root or absolute value."""
        term = value.above.lone()
        if term is None or value.below != number(1) or len(term) != 1:
            return None
        ((atom, exponent),) = term
        return self.squares.get(atom) if exponent == 1 and isinstance(atom, tuple) else None

    def same_matrices(self, left: Term, right: Term) -> bool:
        """Whether two matrices have the same normal form, perhaps with inverses multiplied out."""
        difference = added(self.matrix(left), {w: -c for w, c in self.matrix(right).items()})
        if not difference:
            return True
        return self._vanishes(difference, 3)

    def _vanishes(self, words: Words, depth: int) -> bool:
        """Whether a sum is zero after some multiplications by the invertible sums in it."""
        words = self._rewritten(words)
        if not words:
            return True
        if not depth:
            return False
        letters = {
            letter
            for word in words
            for letter in word
            if letter.is_inverted and letter.key in self.sums
        }
        for letter in sorted(letters, key=repr):
            whole = self.sums[letter.key]
            whole = self.turned(whole) if letter.is_turned else whole
            rows, columns = self.sides(letter)
            for word in words:
                if word and self.sides(word[0])[0] == rows and word[0] == letter:
                    if self._vanishes(self.times(whole, words), depth - 1):
                        return True
                    break
            for word in words:
                if word and self.sides(word[-1])[1] == columns and word[-1] == letter:
                    if self._vanishes(self.times(words, whole), depth - 1):
                        return True
                    break
        return False

    def _rewritten(self, words: Words) -> Words:
        """A sum with `S^{-1}` next to the longest word of `S` replaced, by `S^{-1} S = I`."""
        for _ in range(_ROUNDS):
            for word in words:
                step = self._step(word)
                if step is not None:
                    coefficient = words[word]
                    rest = {w: c for w, c in words.items() if w != word}
                    scaled = {w: c * coefficient for w, c in step.items()}
                    words = added(rest, scaled)
                    break
            else:
                return words
        return words

    def _step(self, word: Word) -> Words | None:
        for place, letter in enumerate(word):
            if not letter.is_inverted or letter.key not in self.sums:
                continue
            whole = self.sums[letter.key]
            whole = self.turned(whole) if letter.is_turned else whole
            longest = max(whole, key=lambda w: (len(w), repr(w)))
            size, before, after = len(longest), word[:place], word[place + 1 :]
            others = {w: -c for w, c in whole.items() if w != longest}
            scale = ratio(1) / whole[longest]
            if size and after[:size] == longest:
                middle = added({(): ratio(1)}, self.times({(letter,): ratio(1)}, others))
                return self._around(before, middle, after[size:], scale)
            if size and before[-size:] == longest:
                middle = added({(): ratio(1)}, self.times(others, {(letter,): ratio(1)}))
                return self._around(before[:-size], middle, after, scale)
        return None

    def _around(self, before: Word, middle: Words, after: Word, scale: Ratio) -> Words:
        one = ratio(1)
        return self.times(self.times({before: scale}, middle), {after: one})


def _cancels(one: Letter, two: Letter, orthogonal: set[Key]) -> bool:
    if one.key != two.key:
        return False
    if one.is_turned == two.is_turned:
        return one.is_inverted != two.is_inverted
    is_column = one.is_turned and not (one.is_inverted or two.is_inverted)
    return one.key in orthogonal and is_column


def _is_second_slope(term: Term) -> bool:
    """Whether it is a second derivative of an unknown function by one argument."""
    if term.operator != "call" or term.name is None:
        return False
    _, places = without_slopes(term.name)
    return len(places) == 2 and len(set(places)) == 1


def symmetric_name(tree: Tree) -> Tree | None:
    r"""`A` of `A^\top = A`."""
    for one, other in _equation(tree):
        if isinstance(other, Symbol | Index) and _transposed(one) == other:
            return other
    return None


def definite_name(tree: Tree) -> Tree | None:
    r"""`A` of `A \\succ 0` or `A \\succeq 0`."""
    match tree:
        case Relation(operands=(name, Number(text="0")), operators=("≻" | "⪰" | "≽",)):
            return name
    return None


def orthogonal_name(tree: Tree) -> Tree | None:
    r"""`Q` of `Q^\top Q = I`; its columns are orthonormal, it need not be square."""
    for one, other in _equation(tree):
        is_identity = isinstance(other, Symbol) and other.name == "I" and other.is_bare
        if (
            is_identity
            and isinstance(one, Apply)
            and one.operator == "times"
            and len(one.args) == 2
            and _transposed(one.args[0]) == one.args[1]
        ):
            return one.args[1]
    return None


def _equation(tree: Tree) -> list[tuple[Tree, Tree]]:
    if isinstance(tree, Relation) and tree.operators == ("=",):
        return [(tree.operands[0], tree.operands[1]), (tree.operands[1], tree.operands[0])]
    return []


def _transposed(tree: Tree) -> Tree | None:
    return tree.args[0] if isinstance(tree, Apply) and tree.operator == "transpose" else None
