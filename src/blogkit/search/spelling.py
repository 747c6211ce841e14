"""``did_you_mean``: a query that would find more, where nothing holds a word of this one.

Latin words are compared letter by letter, Chinese ones by their sound and by their characters; a
Latin word may also be the pinyin of a Chinese one. What is compared, the index finds by keys, so
that the cost does not grow with the library. Loaded only when a word is unknown.
"""

from __future__ import annotations

import re

from blogkit.search.phrases import Phrase
from blogkit.text.analyzer import phrase_pieces
from blogkit.text.normalize import fold, fold_script
from blogkit.text.pinyin import pinyin_of
from blogkit.text.similar import keys_of_near, keys_of_spelling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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
    mender = _Mender(searcher)
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
    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def mend(self, word: str) -> str | None:
        """A word of the library for one that it does not have."""
        if word[0] >= "\u4e00":
            return self._mend_chinese(word)
        if self._is_known(word) or len(word) < _SHORTEST_CHARS or word.isdecimal():
            return None
        return self._by_letters(word) or self._by_pinyin(word)

    def _by_letters(self, word: str) -> str | None:
        """The nearest Latin word: at most a letter wrong in four to seven, two in more."""
        most = 1 if len(word) < 8 else 2
        letters = set(word)
        near = {
            term: distance
            for term in self._words_with(keys_of_near(word, most))
            # Each change puts one letter in place of another: this is told sooner.
            if term[0] < "\u0530" and len(letters.symmetric_difference(term)) <= 2 * most
            if (distance := edit_distance(word, term, most)) <= most
        }
        counts = self._searcher.counts(near)
        best = min(((near[term], -count, term) for term, count in counts.items()), default=None)
        return best[2] if best else None

    def _by_pinyin(self, word: str) -> str | None:
        """The Chinese words that sound as a Latin word is written."""
        if not _PINYIN.fullmatch(word):
            return None
        pieces = self._searcher.words_by_sound(word)
        return "".join(self._commonest(piece) or "" for piece in pieces) or None

    def _commonest(self, words: Collection[str]) -> str | None:
        """Of words, that of most sections."""
        counts = self._searcher.counts(words)
        return max(counts, key=lambda word: (counts[word], word), default=None)

    def _is_known(self, word: str) -> bool:
        return bool(self._searcher.counts([word]))

    def _words_with(self, keys: Iterable[str]) -> set[str]:
        return set().union(*self._searcher.index.words_with(keys).values())

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
            if len(word) > 1 and self._is_known(word):
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
        known = self._searcher.counts(found)
        terms = sorted(found, key=lambda term: (term in known, len(term)), reverse=True)
        while place < len(run):
            word = next((t for t in terms if run.startswith(t, place)), run[place])
            words.append(word)
            place += len(word)
        return words

    def _is_in_a_post(self, text: str) -> bool:
        """Whether a text has these characters together, however it is cut into words."""
        phrase = Phrase(text)
        numbers = self._searcher.index.posts_with(phrase_pieces(text))
        facts = self._searcher.archive().facts(numbers) if numbers else ()
        return any(phrase.is_in("\n".join((*post.titles, post.post.text))) for post in facts)

    def _like(self, word: str) -> str | None:
        """A word that sounds the same; else one of three or more with one character changed."""
        pieces = self._searcher.words_by_sound(pinyin_of(word))
        same = [w for w in pieces[0] if len(w) == len(word)] if len(pieces) == 1 else []
        if same:
            return self._commonest(same)
        return self._commonest(
            [
                term
                for term in self._words_with(keys_of_spelling(word))
                if sum(a != b for a, b in zip(term, word, strict=True)) == 1
            ]
        )


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
