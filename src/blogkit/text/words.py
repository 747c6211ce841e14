"""jieba's dictionary as a file that answers in microseconds, without being loaded.

jieba takes most of a second to load its 349,000 words, rjieba a tenth: too long for a search that
asks for a dozen of them. ``build_word_table`` writes words, frequencies and the hidden Markov
model for unknown words once into an SQLite file; ``WordTable`` looks up what a query needs.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3

from blogkit.text.lexicon import WordsByStart, rows_by_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from types import ModuleType
    from typing import TypeVar

    T = TypeVar("T")

STATES = "BMES"
"""Begin, middle and end of a word, and single: the states of jieba's model."""

IMPOSSIBLE = -3.14e100
"""Log probability of what jieba's model has never seen."""

_FREQUENCIES = "SELECT word, frequency FROM words WHERE word IN"
_EMISSIONS = "SELECT char, b, m, e, s FROM emissions WHERE char IN"
_WORDS = rows_by_start("word, frequency", "words")

_FORMAT = 1
_SCHEMA = """
CREATE TABLE words (word TEXT PRIMARY KEY, frequency INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE emissions (
    char TEXT PRIMARY KEY, b REAL NOT NULL, m REAL NOT NULL, e REAL NOT NULL, s REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE total (frequency INTEGER NOT NULL);
"""


def build_word_table(path: str) -> None:
    """Write jieba's dictionary and model to an SQLite file, in one step or not at all.

    Cost: about 0.7 s and 7 MB on disk, once a library.
    """
    words, total, emissions = _read_jieba()
    part = f"{path}.{os.getpid()}.part"
    connection = sqlite3.connect(part)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            connection.executemany("INSERT INTO words VALUES (?, ?)", sorted(words.items()))
            connection.executemany("INSERT INTO emissions VALUES (?, ?, ?, ?, ?)", emissions)
            connection.execute("INSERT INTO total VALUES (?)", (total,))
            connection.execute(f"PRAGMA user_version = {_FORMAT}")
    finally:
        connection.close()
    os.replace(part, path)


def import_jieba() -> ModuleType:
    """jieba, without the warnings that its import gives on recent Pythons."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.finalseg
    module: ModuleType = jieba
    return module


def _read_jieba() -> tuple[dict[str, int], int, list[tuple[str, float, float, float, float]]]:
    jieba = import_jieba()
    with jieba.dt.get_dict_file() as file:  # a line: word, frequency, part of speech
        fields = file.read().decode().split()
    frequencies = list(map(int, fields[1::3]))
    words = dict(zip(fields[::3], frequencies, strict=True))
    emit = jieba.finalseg.emit_P
    chars = sorted(set().union(*(emit[state] for state in STATES)))
    emissions = [(char, *(emit[state].get(char, IMPOSSIBLE) for state in STATES)) for char in chars]
    return words, sum(frequencies), emissions


class WordTable:
    """Frequencies and emission probabilities, looked up in the file as they are asked for.

    Raises:
        sqlite3.DatabaseError: on opening, if the file is missing, damaged or of another format.
    """

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version != _FORMAT:
                raise sqlite3.DatabaseError(f"{path}: not a word table of format {_FORMAT}")
            (total,) = self._connection.execute("SELECT frequency FROM total").fetchone()
        except BaseException:
            self._connection.close()
            raise
        self.log_total = math.log(total)
        self._words = WordsByStart(self._read_words)
        self._chars: dict[str, tuple[int, ...]] = {}
        self._emissions: dict[str, tuple[float, ...]] = {}

    def frequencies(self, text: str) -> Mapping[str, int]:
        """The dictionary words that occur anywhere in text, with their frequencies."""
        chars = self._of_chars(text, self._chars, _FREQUENCIES)
        found = {char: row[0] for char in text if (row := chars[char])}
        found.update(self._words.rows_in(text))
        return found

    def _read_words(self, starts: Collection[str]) -> Iterable[tuple[str, int]]:
        return self._connection.execute(_WORDS, (json.dumps(list(starts)),))

    def shares(self, words: Iterable[str]) -> Mapping[str, float]:
        """Of words of the dictionary, what share of all running words they are."""
        rows = self._lookup(_FREQUENCIES, set(words))
        return {word: frequency / math.exp(self.log_total) for word, frequency in rows}

    def emissions(self, text: str) -> Mapping[str, tuple[float, ...]]:
        """For each known character of text, its log probability in each of STATES."""
        known = self._of_chars(text, self._emissions, _EMISSIONS)
        return {char: row for char in text if (row := known[char])}

    def _of_chars(
        self, text: str, kept: dict[str, tuple[T, ...]], select: str
    ) -> dict[str, tuple[T, ...]]:
        """What is kept of characters, with those of a text in it; empty rows of unknown ones."""
        missing = set(text).difference(kept)
        if missing:
            kept.update(dict.fromkeys(missing, ()))
            kept.update((row[0], row[1:]) for row in self._lookup(select, missing))
        return kept

    def _lookup(self, select: str, keys: set[str]) -> list[tuple]:  # type: ignore[type-arg]
        rows = []
        ordered = sorted(keys)
        for first in range(0, len(ordered), 500):
            batch = ordered[first : first + 500]
            marks = ",".join("?" * len(batch))
            rows += self._connection.execute(f"{select} ({marks})", batch).fetchall()
        return rows

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> WordTable:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
