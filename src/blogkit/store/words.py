"""Words beyond the dictionary: a user's own, and those that posts define.

A word is known while a user wants it or a post defines it. When it begins or ceases to be known,
its row takes the generation, by which the index finds the posts to read again.
"""

from __future__ import annotations

import json

from blogkit.text.lexicon import WordsByStart, rows_by_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from blogkit.store.database import Database
    from blogkit.text.definitions import Definition

_IS_KNOWN = "(is_user OR definitions > 0)"
_BATCH = 500
_KNOWN_WORDS = f"{rows_by_start('word', 'words')} WHERE {_IS_KNOWN}"
_GLOSSES = "english != '' GROUP BY word, english"
_GLOSSED_WORDS = f"{rows_by_start('word, english, count(*)', 'definitions')} WHERE {_GLOSSES}"


def put_definitions(
    database: Database, post: int, terms: Sequence[Definition], generation: int
) -> None:
    """Store what a post defines, in place of what it defined before."""
    execute = database.connection.execute
    before = {
        (word, english, origin)
        for word, english, origin in execute(
            "SELECT word, english, origin FROM definitions WHERE post = ?", (post,)
        )
    }
    after = {(term.word, term.english, term.origin) for term in terms}
    if before == after:
        return
    execute("DELETE FROM definitions WHERE post = ?", (post,))
    database.connection.executemany(
        "INSERT INTO definitions (post, word, english, origin) VALUES (?, ?, ?, ?)",
        [(post, *row) for row in sorted(after)],
    )
    old, new = {row[0] for row in before}, {row[0] for row in after}
    for word in sorted(new - old):
        _change(database, word, "definitions", 1, generation)
    for word in sorted(old - new):
        _change(database, word, "definitions", -1, generation)


def put_user_word(database: Database, word: str, *, wanted: bool, generation: int) -> bool:
    """Let a word be a user's, or no more; whether that changed anything."""
    row = database.connection.execute("SELECT is_user FROM words WHERE word = ?", (word,))
    (is_user,) = row.fetchone() or (0,)
    if bool(is_user) == wanted:
        return False
    _change(database, word, "is_user", 1 if wanted else -1, generation)
    return True


def _change(database: Database, word: str, column: str, step: int, generation: int) -> None:
    """Count a word up or down; its generation rises if that makes it known or unknown."""
    execute = database.connection.execute
    execute("INSERT OR IGNORE INTO words VALUES (?, 0, 0, ?)", (word, generation))
    was = execute(f"SELECT {_IS_KNOWN} FROM words WHERE word = ?", (word,)).fetchone()
    execute(f"UPDATE words SET {column} = {column} + ? WHERE word = ?", (step, word))
    if execute(f"SELECT {_IS_KNOWN} FROM words WHERE word = ?", (word,)).fetchone() != was:
        execute("UPDATE words SET generation = ? WHERE word = ?", (generation, word))


def words_changed_since(database: Database, generation: int) -> list[str]:
    """Words that began or ceased to be known after a generation."""
    rows = database.connection.execute(
        "SELECT word FROM words WHERE generation > ? ORDER BY word", (generation,)
    )
    return [word for (word,) in rows]


def count_words(database: Database, *, only_user: bool) -> int:
    """How many words are known, or are a user's."""
    select = f"SELECT count(*) FROM words WHERE {'is_user' if only_user else _IS_KNOWN}"
    (count,) = database.connection.execute(select).fetchone()
    return int(count)


def word_rows(
    database: Database, *, only_user: bool = False, limit: int | None = None, offset: int = 0
) -> Iterator[tuple[str, bool, list[str], list[str], list[str]]]:
    """Known words in order: whether a user's; origins, English names, ids of defining posts.

    Args:
        database: where they are.
        only_user: whether those that only posts define are left out.
        limit: at most so many.
        offset: how many are passed over.
    """
    execute = database.connection.execute
    for word, is_user in execute(
        f"SELECT word, is_user FROM words WHERE {'is_user' if only_user else _IS_KNOWN}"
        " ORDER BY word LIMIT ? OFFSET ?",
        (-1 if limit is None else limit, offset),
    ).fetchall():
        rows = execute(
            "SELECT d.origin, d.english, p.id FROM definitions d JOIN posts p ON p.number = d.post"
            " WHERE d.word = ? ORDER BY d.post, d.english",
            (word,),
        ).fetchall()
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        origins, english, posts = (list(dict.fromkeys(filter(None, column))) for column in columns)
        yield word, bool(is_user), origins, english, posts


class StoredGlosses:
    """Words of a library as it is, with their English names; looked up as a query needs them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words = WordsByStart(self._read)

    def __call__(self, runs: Collection[str], names: Collection[str]) -> list[tuple[str, str, int]]:
        """Words and their English names, with how many posts say so.

        Args:
            runs: of Chinese characters; the words that stand in one.
            names: in small letters; the words that bear one.
        """
        found = [row for run in runs for row in self._words.rows_in(run)]
        for marks, batch in _batches(names):
            found += self._database.connection.execute(
                "SELECT word, english, count(*) FROM definitions"
                f" WHERE english IN ({marks}) AND {_GLOSSES}",
                batch,
            )
        return found

    def _read(self, starts: Collection[str]) -> Iterable[tuple[str, str, int]]:
        return self._database.connection.execute(_GLOSSED_WORDS, (json.dumps(list(starts)),))


class StoredLexicon:
    """The known words of a library as it is, looked up as a query needs them, and kept."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words = WordsByStart(self._read)

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """Those of the words that are known, with how many posts define each."""
        found: dict[str, int] = {}
        for marks, batch in _batches(words):
            select = f"SELECT word, definitions FROM words WHERE word IN ({marks}) AND {_IS_KNOWN}"
            found.update(self._database.connection.execute(select, batch))
        return found

    def words_in(self, han: str) -> list[str]:
        """The known words that stand in a run of Chinese characters, once for each time."""
        return [word for (word,) in self._words.rows_in(han)]

    def _read(self, starts: Collection[str]) -> Iterable[tuple[str]]:
        return self._database.connection.execute(_KNOWN_WORDS, (json.dumps(list(starts)),))


def _batches(values: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Values by the hundred, each time with as many question marks."""
    ordered = sorted(values)
    for first in range(0, len(ordered), _BATCH):
        batch = ordered[first : first + _BATCH]
        yield ",".join("?" * len(batch)), batch
