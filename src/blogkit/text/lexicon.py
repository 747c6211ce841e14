"""Words beyond the segmenter's dictionary, found wherever their characters stand.

A segmenter cuts by what is probable in a context, so that a word it does not know may be cut one
way in a query and another in a post. A word of the lexicon is asked for *besides* what the
segmenter cuts, by its pairs of characters, all of which a section must have: the index knows
nothing of the lexicon, so that a word that comes or goes touches no post.
"""

from __future__ import annotations

from collections import Counter
from operator import add

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import Any, Protocol, TypeAlias

    Row: TypeAlias = tuple[Any, ...]
    """What is known of a word, the word first."""

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
_STARTS_KEPT = 1 << 15
"""Pairs of characters whose words are kept; then all are forgotten."""


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


class WordsByStart:
    """The words of a table on disk, found wherever they stand in a run of characters.

    They are read by their first two characters, when those are first met, and kept: a process that
    answers many queries soon reads nothing.

    Args:
        read: gives the rows of the words that begin with any of some pairs of characters.

    >>> table = [("梯度", 7), ("梯度裁剪", 1), ("裁剪", 3)]
    >>> words = WordsByStart(lambda starts: [row for row in table if row[0][:2] in starts])
    >>> list(words.rows_in("用梯度裁"))
    [('梯度', 7)]
    """

    def __init__(self, read: Callable[[Collection[str]], Iterable[Row]]) -> None:
        self._read = read
        self._kept: dict[str, list[Row]] = {}

    def rows_in(self, run: str) -> Iterator[Row]:
        """The rows of the words that stand in a run, once for each time, in order."""
        starts = list(map(add, run, run[1:]))
        kept = self._level(starts)
        for place, start in enumerate(starts):
            for row in kept[start]:
                if run.startswith(row[0], place):
                    yield row

    def _level(self, starts: Iterable[str]) -> dict[str, list[Row]]:
        """What is kept, with the words of these starts in it."""
        kept = self._kept if len(self._kept) < _STARTS_KEPT else {}
        missing: dict[str, list[Row]] = {start: [] for start in starts if start not in kept}
        for row in self._read(missing) if missing else ():
            missing[row[0][:SHORTEST_CHARS]].append(row)
        kept.update(missing)
        self._kept = kept
        return kept


def rows_by_start(select: str, table: str) -> str:
    """SQL for the rows of a table whose ``word`` begins with any of a JSON list of starts."""
    return (
        f"SELECT {select} FROM json_each(?) AS start CROSS JOIN {table}"
        " ON word >= start.value AND word < start.value || char(1114111)"
    )
