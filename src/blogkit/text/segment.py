"""Chinese words: two ways to the same cut.

``DictionarySegmenter`` loads rjieba's dictionary (0.1 s) and then cuts megabytes a second: for
adding posts. ``TableSegmenter`` loads nothing and looks its words up in a file: for a query, unless
the dictionary is there by then (``ReadySegmenter``). All give the words of jieba's
``cut_for_search`` on a run of Chinese characters; a test holds them to jieba itself.
"""

from __future__ import annotations

import math
import sys

from blogkit.text.words import IMPOSSIBLE, WordTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    class Segmenter(Protocol):
        """What cuts a run of Chinese characters into words."""

        def cut(self, han: str) -> list[str]:
            """Words of the run in search mode: a long word follows its parts."""
            ...

        def knows(self, word: str) -> bool:
            """Whether the dictionary has a word, so that texts are cut at it."""
            ...


_START = (-0.26268660809250016, IMPOSSIBLE, IMPOSSIBLE, -1.4652633398537678)
"""Log probability that a run of unknown characters begins in B, M, E, S (jieba.finalseg)."""

_FROM = {
    0: ((2, -0.5897149736854513), (3, -0.7211965654669841)),
    1: ((0, -0.916290731874155), (1, -1.2603623820268226)),
    2: ((0, -0.51082562376599), (1, -0.33344856811948514)),
    3: ((2, -0.8085250474669937), (3, -0.6658631448798212)),
}
"""For each state, the states that may precede it, with the log probability of the step."""


class DictionarySegmenter:
    """Cuts with rjieba, whose dictionary is loaded at the first cut."""

    def cut(self, han: str) -> list[str]:
        """Words of the run in search mode.

        >>> DictionarySegmenter().cut("梯度裁剪")
        ['梯度', '裁剪']
        """
        import rjieba

        words: list[str] = rjieba.cut_for_search(han, True)
        return words

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word; what the model of unknown words makes does not count.

        >>> [DictionarySegmenter().knows(word) for word in ("注意力", "词向量")]
        [True, False]
        """
        import rjieba

        return list(rjieba.cut(word, False)) == [word]


class ReadySegmenter:
    """Cuts with the dictionary where this process has loaded it anyway, else with a word table.

    Args:
        table: the word table.
    """

    def __init__(self, table: WordTable) -> None:
        self._table = TableSegmenter(table)
        self._dictionary = DictionarySegmenter()

    def _ready(self) -> Segmenter:
        return self._dictionary if "rjieba" in sys.modules else self._table

    def cut(self, han: str) -> list[str]:
        """Words of the run in search mode."""
        return self._ready().cut(han)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return self._ready().knows(word)


def cut_words(han: str) -> list[str]:
    """Words of the run one after another, without the parts of long ones.

    >>> cut_words("自然语言处理")
    ['自然语言', '处理']
    """
    import rjieba

    words: list[str] = rjieba.cut(han, True)
    return words


class TableSegmenter:
    """Cuts with jieba's method over a word table, touching only the words at hand.

    Source: jieba's ``Tokenizer`` and ``finalseg`` (most probable path over the dictionary, then
    a hidden Markov model over what is left in single characters).
    """

    def __init__(self, table: WordTable) -> None:
        self._table = table

    def cut(self, han: str) -> list[str]:
        """Words of the run in search mode."""
        frequencies = self._table.frequencies(han)
        words: list[str] = []
        for word in self._words(han, frequencies):
            words += _parts(word, frequencies)
            words.append(word)
        return words

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        frequencies = self._table.frequencies(word)
        return list(_most_probable_path(word, frequencies, self._table.log_total)) == [word]

    def _words(self, han: str, frequencies: Mapping[str, int]) -> Iterator[str]:
        unknown = ""
        for word in _most_probable_path(han, frequencies, self._table.log_total):
            if len(word) == 1:
                unknown += word
                continue
            yield from self._guess(unknown, frequencies)
            unknown = ""
            yield word
        yield from self._guess(unknown, frequencies)

    def _guess(self, run: str, frequencies: Mapping[str, int]) -> Iterator[str]:
        """Words in a run of single characters, by the hidden Markov model."""
        if len(run) < 2 or run in frequencies:
            yield from run
        else:
            yield from _viterbi_words(run, self._table.emissions(run))


def _parts(word: str, frequencies: Mapping[str, int]) -> Iterator[str]:
    for size in (2, 3):
        if len(word) > size:
            for start in range(len(word) - size + 1):
                part = word[start : start + size]
                if part in frequencies:
                    yield part


def _most_probable_path(
    han: str, frequencies: Mapping[str, int], log_total: float
) -> Iterator[str]:
    """Words of the cut whose product of frequencies is greatest; of equals, the longer first."""
    longest = max(map(len, frequencies), default=1)
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(han) + 1)
    for start in range(len(han) - 1, -1, -1):
        ends = [
            end
            for end in range(start + 1, min(len(han), start + longest) + 1)
            if han[start:end] in frequencies
        ] or [start + 1]
        best[start] = max(
            (math.log(frequencies.get(han[start:end], 1)) - log_total + best[end][0], end)
            for end in ends
        )
    start = 0
    while start < len(han):
        end = best[start][1]
        yield han[start:end]
        start = end


def _viterbi_words(run: str, emissions: Mapping[str, tuple[float, ...]]) -> Iterator[str]:
    unseen = (IMPOSSIBLE,) * 4
    emit = emissions.get(run[0], unseen)
    scores = [_START[state] + emit[state] for state in range(4)]
    trail: list[list[int]] = []
    for char in run[1:]:
        emit = emissions.get(char, unseen)
        steps = [
            max((scores[before] + step + emit[state], before) for before, step in _FROM[state])
            for state in range(4)
        ]
        scores = [score for score, _ in steps]
        trail.append([before for _, before in steps])
    yield from _split_after_ends(run, _states(scores, trail))


def _states(scores: list[float], trail: list[list[int]]) -> list[int]:
    """Most probable states, read back from the last, which must end a word."""
    state = max((scores[2], 2), (scores[3], 3))[1]
    states = [state]
    for step in reversed(trail):
        state = step[state]
        states.append(state)
    return states[::-1]


def _split_after_ends(run: str, states: list[int]) -> Iterator[str]:
    start = 0
    for index, state in enumerate(states):
        if state >= 2:
            yield run[start : index + 1]
            start = index + 1
    if start < len(run):
        yield run[start:]
