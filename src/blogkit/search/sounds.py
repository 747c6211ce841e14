"""The pinyin of a library's words: made as it is asked for, and kept in a file where there is one.

A word's pinyin never changes, so that the file only grows; what a library no longer holds is left
out when it is asked.
"""

from __future__ import annotations

import sqlite3

from blogkit.text.pinyin import pinyin_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SCHEMA = "CREATE TABLE IF NOT EXISTS sounds (word TEXT PRIMARY KEY, pinyin TEXT) WITHOUT ROWID"
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fd5"


class Sounds:
    """How words sound.

    Args:
        path: a file to keep what was made; None to keep it in memory.
    """

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._known: dict[str, str] | None = None
        self._vocabulary: Mapping[str, int] | None = None
        self._by_pinyin: dict[str, list[str]] = {}

    def by_pinyin(self, vocabulary: Mapping[str, int]) -> Mapping[str, list[str]]:
        """The Chinese words of a vocabulary by their pinyin; kept for the vocabulary at hand."""
        if vocabulary is not self._vocabulary:
            known = self._pinyin_of_all(
                [term for term in vocabulary if _FIRST_HAN <= term[0] <= _LAST_HAN]
            )
            self._by_pinyin = {}
            for word, pinyin in known.items():
                self._by_pinyin.setdefault(pinyin, []).append(word)
            self._vocabulary = vocabulary
        return self._by_pinyin

    def _pinyin_of_all(self, words: Iterable[str]) -> dict[str, str]:
        if self._known is None:
            self._known = self._read()
        known = self._known
        new = {word: pinyin_of(word) for word in words if word not in known}
        if new:
            known.update(new)
            self._write(new)
        return {word: known[word] for word in words}

    def _read(self) -> dict[str, str]:
        if self._path is None:
            return {}
        try:
            connection = sqlite3.connect(self._path)
        except sqlite3.Error:
            return {}
        try:
            return dict(connection.execute("SELECT word, pinyin FROM sounds"))
        except sqlite3.Error:  # not there yet, or damaged: it is made anew
            return {}
        finally:
            connection.close()

    def _write(self, new: Mapping[str, str]) -> None:
        """Keep what is new; a file that can't be written only costs the time again."""
        if self._path is None:
            return
        try:
            connection = sqlite3.connect(self._path)
            try:
                with connection:
                    connection.execute(_SCHEMA)
                    connection.executemany(
                        "INSERT OR REPLACE INTO sounds VALUES (?, ?)", new.items()
                    )
            finally:
                connection.close()
        except sqlite3.Error:
            return
