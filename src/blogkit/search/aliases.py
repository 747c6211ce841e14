"""Other names of what a query names: ``注意力`` is Attention.

They come from a file that blogkit brings for machine learning, from a file of the same form in the
library's folder, and from the glosses of the posts, in this order. They widen queries only, never
posts, and count less than what was typed. On the way of every search: imports next to nothing.
"""

from __future__ import annotations

import os

from blogkit.text.lexicon import substrings
from blogkit.text.normalize import fold, fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    Glosses = Callable[[Collection[str]], list[tuple[str, str, int]]]
    """Gives words and their English names where either is asked for, and how often."""

SHIPPED = os.path.join(os.path.dirname(__file__), "aliases.txt")
"""The file that blogkit brings."""
FILE_NAME = "aliases.txt"
"""The user's file in a library's folder."""
_ENGLISH_WORDS = 4
"""Words of an English name that is looked for among the glosses, at most."""


class Alias:
    """Another name for words of a query.

    Args:
        name: what the query has.
        other: another name for it.
        source: ``shipped``, ``user`` or ``post``.
    """

    __slots__ = ("name", "other", "source")

    def __init__(self, name: str, other: str, source: str) -> None:
        self.name = name
        self.other = other
        self.source = source


class Aliases:
    """The other names that a library knows.

    Args:
        user_file: the user's file; None where there is none, as in memory.
        glosses: finds the glosses of the posts.
    """

    def __init__(self, user_file: str | None, glosses: Glosses) -> None:
        self._user_file = user_file
        self._glosses = glosses
        self._groups: list[tuple[str, list[str]]] | None = None
        self._taken_back: set[tuple[str, str]] = set()

    def of(self, query: str) -> list[Alias]:
        """The other names of what a query names, each once; a longer name hides what is in it."""
        folded = fold(fold_script(query))
        found: list[tuple[int, int, Alias]] = []
        for source, names in self._all_groups():
            for name in names:
                if name in folded and (place := _place_of(name, folded)) >= 0:
                    found += [
                        (place, place + len(name), Alias(name, other, source))
                        for other in names
                        if other != name
                    ]
        for alias in self._glossed(folded):
            place = folded.find(alias.name)
            found.append((place, place + len(alias.name), alias))
        kept = {
            (alias.name, alias.other): alias
            for start, end, alias in reversed(found)
            if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
            and (alias.name, alias.other) not in self._taken_back
        }
        return list(kept.values())[::-1]

    def _glossed(self, folded: str) -> Iterator[Alias]:
        names = _names_in(folded)
        for word, english, _ in self._glosses(names) if names else ():
            if word in names:
                yield Alias(word, english, "post")
            if english in names:
                yield Alias(english, word, "post")

    def all_groups(self) -> list[tuple[str, list[str]]]:
        """Where each group of names comes from, and the names."""
        return list(self._all_groups())

    def _all_groups(self) -> list[tuple[str, list[str]]]:
        if self._groups is None:
            with open(SHIPPED, encoding="utf-8") as file:
                lines = file.read().split("\n")
            # No white space to mend and nothing to fold in it: every search reads this file.
            self._groups = [("shipped", line.split(" = ")) for line in lines if line[:1] not in "#"]
            self._groups += [("user", names) for names in self._read_user_file()]
        return self._groups

    def _read_user_file(self) -> list[list[str]]:
        try:
            with open(self._user_file or "", encoding="utf-8", errors="replace") as file:
                text = fold(fold_script(file.read()))
        except OSError:  # most libraries have none
            return []
        lines = text.lstrip("\ufeff").split("\n")
        for names in _groups_of("\n".join(line[1:] for line in lines if line[:1] == "!")):
            self._taken_back.update((a, b) for a in names for b in names)
        return _groups_of("\n".join(line for line in lines if line[:1] != "!"))


def _groups_of(text: str) -> list[list[str]]:
    """The names of each line that has several; what follows ``#`` is a comment."""
    groups = []
    for line in text.split("\n"):
        if "=" in line and line[0] != "#":
            names = [" ".join(name.split()) for name in line.partition("#")[0].split("=")]
            groups.append([name for name in names if name])
    return groups


def _place_of(name: str, folded: str) -> int:
    """Where a name stands in a query: a Latin one as whole words; -1 if it does not."""
    place = folded.find(name)
    while place >= 0:
        end = place + len(name)
        if not (
            (name[0].isascii() and _is_latin(folded[place - 1 : place]))
            or (name[-1].isascii() and _is_latin(folded[end : end + 1]))
        ):
            return place
        place = folded.find(name, place + 1)
    return -1


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _names_in(folded: str) -> set[str]:
    """What may be a word with a gloss: Chinese characters together, and a few Latin words."""
    names: set[str] = set()
    latin: list[str] = []
    for piece in _pieces(folded):
        if piece[0].isascii():
            latin = [*latin, piece][-_ENGLISH_WORDS:]
            names.update(" ".join(latin[start:]) for start in range(len(latin)))
        else:
            latin = []
            names |= substrings(piece)
    return names


def _pieces(folded: str) -> Iterator[str]:
    """Runs of Latin letters with hyphens, and runs of other letters."""
    piece = ""
    for char in folded:
        is_part = char.isalnum() or (char in "-'" and piece[:1].isascii() and piece)
        if piece and (not is_part or char.isascii() != piece[-1].isascii()):
            yield piece
            piece = ""
        if is_part:
            piece += char
    if piece:
        yield piece
