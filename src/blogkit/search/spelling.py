"""``did_you_mean``: a query that would find more, where nothing holds a word of this one.

Latin words are compared letter by letter, Chinese ones by their sound and by their characters;
a Latin word may also be the pinyin of a Chinese one. Loaded only when a word is unknown.
"""

from __future__ import annotations

import re

from blogkit.search.phrases import Phrase
from blogkit.text.analyzer import phrase_pieces
from blogkit.text.normalize import fold, fold_script
from blogkit.text.pinyin import pinyin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogkit.search.searcher import Searcher

_MOST_TERMS = 12
"""A query of more terms was pasted, not typed: other words of it find the post."""
_SHORTEST_CHARS = 4
"""Shorter Latin words are like too many others."""
_TOKEN = re.compile(r"[\u4e00-\u9fd5]+|[0-9A-Za-z\u00c0-\u024f][-._'0-9A-Za-z\u00c0-\u024f]*")

_PINYIN = re.compile(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]{1,3}(?:ng?|r)?)+")
"""What may be pinyin by its letters."""


def suggest(query: str, unknown: Sequence[str], searcher: Searcher) -> str | None:
    """The query with its unknown words mended; None if there is nothing like them.

    Args:
        query: the query, as it was given.
        unknown: its terms that no section has.
        searcher: whose index and posts know the words.
    """
    if len(searcher.analyzer.query_terms(query)) > _MOST_TERMS:
        return None
    vocabulary = searcher.vocabulary()
    mender = _Mender(searcher, vocabulary)
    folded = fold(fold_script(query))
    mended, position = "", 0
    for token in _TOKEN.finditer(folded):
        better = mender.mend(token.group())
        mended += query[position : token.start()]
        mended += better if better else query[token.start() : token.end()]
        position = token.end()
    mended += query[position:]
    return mended if fold(mended) != folded else None


class _Mender:
    def __init__(self, searcher: Searcher, vocabulary: Mapping[str, int]) -> None:
        self._searcher = searcher
        self._vocabulary = vocabulary

    def mend(self, word: str) -> str | None:
        """A word of the library for one that it does not have."""
        if word[0] >= "\u4e00":
            return self._mend_chinese(word)
        if word in self._vocabulary or len(word) < _SHORTEST_CHARS or word.isdecimal():
            return None
        return self._by_letters(word) or self._by_pinyin(word)

    def _by_letters(self, word: str) -> str | None:
        """The nearest Latin word: at most a letter wrong in four to seven, two in more."""
        most = 1 if len(word) < 8 else 2
        near = [
            (distance, -count, term)
            for term, count in self._vocabulary.items()
            if term[0] < "\u0530" and abs(len(term) - len(word)) <= most
            if (distance := edit_distance(word, term, most)) <= most
        ]
        return min(near)[2] if near else None

    def _by_pinyin(self, word: str) -> str | None:
        """The Chinese words that sound as a Latin word is written."""
        if not _PINYIN.fullmatch(word):
            return None
        pieces = self._searcher.archive().words_by_sound(word, self._vocabulary)
        return "".join(max(piece, key=self._commonness) for piece in pieces) or None

    def _commonness(self, word: str) -> tuple[int, str]:
        return self._vocabulary[word], word

    def _mend_chinese(self, run: str) -> str | None:
        """The run with each stretch of unknown characters made a word of the library."""
        mended, position, changed = "", 0, False
        for start, end in self._unknown_stretches(run):
            better = self._like(run[start:end])
            if better:
                mended += run[position:start] + better
                position, changed = end, True
        return mended + run[position:] if changed else None

    def _unknown_stretches(self, run: str) -> list[tuple[int, int]]:
        """Where words stand that no post has; single characters join what is beside them."""
        stretches: list[list[int]] = []
        place = 0
        for word in self._base_words(run):
            start, place = place, place + len(word)
            if len(word) > 1 and word in self._vocabulary:
                continue
            if stretches and stretches[-1][1] == start:
                stretches[-1][1] = place
            else:
                stretches.append([start, place])
        return [(a, b) for a, b in stretches if b - a > 1 and not self._is_in_a_post(run[a:b])]

    def _base_words(self, run: str) -> list[str]:
        """The run cut once over, into words that some post has where there are any."""
        words: list[str] = []
        place = 0
        found = set(self._searcher.analyzer.terms(run))
        terms = sorted(found, key=lambda t: (t in self._vocabulary, len(t)), reverse=True)
        while place < len(run):
            word = next((t for t in terms if run.startswith(t, place)), run[place])
            words.append(word)
            place += len(word)
        return words

    def _is_in_a_post(self, text: str) -> bool:
        """Whether a text has these characters together, however it is cut into words."""
        phrase = Phrase(text)
        numbers = set(self._searcher.index.sections_with(phrase_pieces(text)))
        facts = self._searcher.archive().facts(numbers) if numbers else ()
        return any(phrase.is_in("\n".join((*post.titles, post.post.text))) for post in facts)

    def _like(self, word: str) -> str | None:
        """A word that sounds the same; else one of three or more with one character changed."""
        archive = self._searcher.archive()
        pieces = archive.words_by_sound(pinyin_of(word), self._vocabulary)
        same = [w for w in pieces[0] if len(w) == len(word)] if len(pieces) == 1 else []
        if same:
            return max(same, key=self._commonness)
        if len(word) < 3:
            return None
        near = [
            term
            for term in self._vocabulary
            if len(term) == len(word) and sum(a != b for a, b in zip(term, word, strict=True)) == 1
        ]
        return max(near, key=self._commonness, default=None)


def edit_distance(first: str, second: str, most: int) -> int:
    """Letters to insert, delete, replace, or swap with a neighbour; more than most is most + 1.

    Source: Damerau's distance as restricted by "optimal string alignment".

    >>> edit_distance("attnetion", "attention", 2), edit_distance("abc", "xyz", 1)
    (1, 2)
    """
    two_back: list[int] = []
    one_back = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(row[-1] + 1, one_back[j] + 1, one_back[j - 1] + (char != other))
            if two_back and j > 1 and char == second[j - 2] and first[i - 2] == other:
                cost = min(cost, two_back[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(one_back) > most:
            return most + 1
        two_back, one_back = one_back, row
    return min(one_back[-1], most + 1)
