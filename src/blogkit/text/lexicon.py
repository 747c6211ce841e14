"""Words beyond the segmenter's dictionary, found wherever their characters stand.

A segmenter cuts by what is probable in a context, so that a word it does not know may be cut one
way in a query and another in a post. A word of the lexicon is asked for *besides* what the
segmenter cuts, by its pairs of characters, all of which a section must have: the index knows
nothing of the lexicon, so that a word that comes or goes touches no post.
"""

from __future__ import annotations

from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Protocol

    class Lexicon(Protocol):
        """What knows words."""

        def words_in(self, han: str) -> list[str]:
            """The words that stand in a run of Chinese characters, once for each time."""
            ...

        def counts(self, words: Collection[str]) -> dict[str, int]:
            """Those of the words that are its own, with how many posts define each."""
            ...


SHORTEST_CHARS, LONGEST_CHARS = 2, 16
"""Length of a word of the lexicon, in characters."""


class WordSet:
    """A lexicon in memory.

    >>> WordSet(["梯度裁剪", "裁剪法"]).words_in("用梯度裁剪法")
    ['梯度裁剪', '裁剪法']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._counts = Counter(words)
        self._by_start: dict[str, list[str]] = {}
        for word in self._counts:
            self._by_start.setdefault(word[:SHORTEST_CHARS], []).append(word)

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """Those of the words that are its own, with how often each was given."""
        return {word: self._counts[word] for word in words if word in self._counts}

    def words_in(self, han: str) -> list[str]:
        """The words that stand in a run of Chinese characters, once for each time."""
        by_start = self._by_start
        return [
            word
            for start in range(len(han) - 1)
            for word in by_start.get(han[start : start + SHORTEST_CHARS], ())
            if han.startswith(word, start)
        ]


def substrings(han: str) -> set[str]:
    """Everything in a run of Chinese characters that is long enough to be a word."""
    return {
        han[start:end]
        for start in range(len(han) - 1)
        for end in range(start + SHORTEST_CHARS, min(len(han), start + LONGEST_CHARS) + 1)
    }
