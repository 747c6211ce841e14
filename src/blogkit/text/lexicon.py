"""Words beyond the segmenter's dictionary, found wherever their characters stand.

A segmenter cuts by what is probable in a context, so that a word it does not know may be cut one
way in a query and another in a post. A word of the lexicon is a term *besides* what the segmenter
cuts, in every run of Chinese characters that holds it: whether a text has it depends on nothing
else, so that queries and posts agree, and a word that comes or goes touches only the posts that
hold its characters.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Protocol

    from blogkit.text.segment import Segmenter

    class Lexicon(Protocol):
        """What knows words."""

        def words_in(self, han: str) -> list[str]:
            """The words that stand in a run of Chinese characters, once for each time."""
            ...


SHORTEST_CHARS, LONGEST_CHARS = 2, 16
"""Length of a word of the lexicon, in characters."""


class WordSet:
    """A lexicon in memory.

    >>> WordSet(["梯度裁剪", "裁剪法"]).words_in("用梯度裁剪法")
    ['梯度裁剪', '裁剪法']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for word in words:
            self._by_start.setdefault(word[:SHORTEST_CHARS], []).append(word)

    def __bool__(self) -> bool:
        return bool(self._by_start)

    def words_in(self, han: str) -> list[str]:
        """The words that stand in a run of Chinese characters, once for each time."""
        by_start = self._by_start
        return [
            word
            for start in range(len(han) - 1)
            for word in by_start.get(han[start : start + SHORTEST_CHARS], ())
            if han.startswith(word, start)
        ]


class LexiconSegmenter:
    """A segmenter, with the words of a lexicon besides.

    >>> from blogkit.text.segment import DictionarySegmenter
    >>> LexiconSegmenter(DictionarySegmenter(), WordSet(["梯度裁剪"])).cut("梯度裁剪")
    ['梯度', '裁剪', '梯度裁剪']
    """

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        self._segmenter = segmenter
        self._lexicon = lexicon

    def cut(self, han: str) -> list[str]:
        """Words of the run as the segmenter cuts it, then those of the lexicon it did not give."""
        words = self._segmenter.cut(han)
        known = self._lexicon.words_in(han) if len(han) >= SHORTEST_CHARS else []
        return [*words, *_besides(known, words)] if known else words


def _besides(known: list[str], words: list[str]) -> Iterator[str]:
    """Known words as often as they stand there, less the times that they were given already."""
    given = {word: words.count(word) for word in known}
    for word in known:
        if given[word]:
            given[word] -= 1
        else:
            yield word


def substrings(han: str) -> set[str]:
    """Everything in a run of Chinese characters that is long enough to be a word."""
    return {
        han[start:end]
        for start in range(len(han) - 1)
        for end in range(start + SHORTEST_CHARS, min(len(han), start + LONGEST_CHARS) + 1)
    }
