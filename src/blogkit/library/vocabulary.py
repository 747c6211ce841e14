"""A library's own words: those a user adds, and those that its posts define; and other names.

The words lie in the database, so that they come and go with a transaction; the index knows
nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogkit.errors import WordError
from blogkit.language import Message
from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown
from blogkit.search.aliases import Aliases
from blogkit.store.database import Database
from blogkit.store.words import count_words, put_user_word, word_rows
from blogkit.text.lexicon import LONGEST_CHARS, SHORTEST_CHARS
from blogkit.text.normalize import fold_script

_WORD = re.compile(rf"[\u4e00-\u9fd5]{{{SHORTEST_CHARS},{LONGEST_CHARS}}}")


@record
class Word(Shown):
    """One of a library's own words."""

    _shown = ("word", "english", "origins")

    word: str
    """The word, in simplified characters."""
    is_user: bool
    """Whether a user added it."""
    origins: tuple[str, ...]
    """Where posts define it: ``title``, ``tag``, ``quoted``, ``gloss``."""
    english: tuple[str, ...]
    """Its English names, as posts gloss it."""
    post_ids: tuple[str, ...]
    """The posts that define it."""

    def to_dict(self) -> dict[str, object]:
        """The word as JSON has it."""
        return {
            "word": self.word,
            "user": self.is_user,
            "origins": list(self.origins),
            "english": list(self.english),
            "post_ids": list(self.post_ids),
        }


@record
class Words(Rows[Word]):
    """A library's own words, by code points."""

    _rows = "words"
    _is_whole = True
    _json = (
        "total",
        "words",
    )

    words: tuple[Word, ...]
    """The words asked for."""
    total: int
    """How many there are in all."""


@record
class WordsChange(Shown):
    """What adding or removing words did."""

    _is_whole = True

    changed: tuple[str, ...]
    """Words that were added, or removed."""
    unchanged: tuple[str, ...]
    """Words that were there already, or were not there."""
    posts: int
    """Posts that have the words that became known, or ceased to be: rather more."""


@record
class NameGroup(Shown):
    """Names of one thing."""

    names: tuple[str, ...]
    """The names."""
    source: str
    """``shipped``, ``user`` or ``post``."""


@record
class NameGroups(Rows[NameGroup]):
    """Other names that widen queries."""

    _rows = "groups"

    file: str
    """The file that a user may write."""
    groups: tuple[NameGroup, ...]
    """The names, in the order in which they count."""

    def to_dict(self) -> dict[str, object]:
        """The list as JSON has it."""
        groups = [group.to_dict() for group in self.groups]
        return {"schema": 1, "file": self.file, "aliases": groups}


def change_words(
    database: Database, words: Sequence[str], *, wanted: bool
) -> tuple[list[str], list[str]]:
    """Add or remove a user's words in one transaction; those that changed, and the others.

    Raises:
        WordError: if one of them can't be a word; then nothing is changed.
    """
    folded = [_checked(word) for word in dict.fromkeys(words)]
    changed: list[str] = []
    unchanged: list[str] = []
    with database.writing() as generation:
        for word in folded:
            did = put_user_word(database, word, wanted=wanted, generation=generation)
            (changed if did else unchanged).append(word)
    return changed, unchanged


def _checked(word: str) -> str:
    folded = fold_script(word.strip())
    if not _WORD.fullmatch(folded):
        raise WordError(
            Message(
                "expected a word of {shortest_chars} to {longest_chars} Chinese characters, "
                "found '{word}'; Latin words, names and numbers are found whole without "
                "being added",
                shortest_chars=SHORTEST_CHARS,
                longest_chars=LONGEST_CHARS,
                word=word,
            )
        )
    return folded


def all_words(database: Database, *, only_user: bool, limit: int | None, offset: int) -> Words:
    """A library's own words."""
    rows = [
        Word(word, is_user, tuple(origins), tuple(english), tuple(posts))
        for word, is_user, origins, english, posts in word_rows(
            database, only_user=only_user, limit=limit, offset=offset
        )
    ]
    return Words(tuple(rows), count_words(database, only_user=only_user))


def all_names(database: Database, aliases: Aliases) -> NameGroups:
    """Other names: from blogkit's list, the user's, and the glosses of the posts."""
    groups = [NameGroup(tuple(names), source) for source, names in aliases.all_groups()]
    groups += [
        NameGroup((word, *english), "post")
        for word, _, _, english, _ in word_rows(database)
        if english
    ]
    return NameGroups(aliases.user_file or "", tuple(groups))
