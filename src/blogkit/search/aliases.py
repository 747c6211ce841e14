"""Other names of what a query names: ``注意力`` is Attention.

They come from a file that blogkit brings for machine learning, from a file of the same form in the
library's folder, and from the glosses of the posts, in this order. They widen queries only, never
posts, and count less than what was typed. On the way of every search: imports next to nothing.
"""

from __future__ import annotations

import os

from blogkit.sources.regular import open_regular
from blogkit.text.normalize import fold, fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    Glosses = Callable[[Collection[str], Collection[str]], Iterable[tuple[str, str, int]]]
    """Gives words that stand in runs of characters, or bear one of some English names; with those
    names, and how many posts say so."""

SHIPPED = os.path.join(os.path.dirname(__file__), "aliases.txt")
"""The file that blogkit brings."""
FILE_NAME = "aliases.txt"
"""The user's file in a library's folder."""
_ENGLISH_WORDS = 4
"""Words of an English name that is looked for among the glosses, at most."""
_GLOSSES_OF_A_NAME = 3
"""A name is widened by at most so many glosses, those that most posts say: among very many posts,
some stand by chance beside what they do not mean."""


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
        self.user_file = user_file
        self._glosses = glosses
        self._texts: list[tuple[str, str]] | None = None
        self._names: list[tuple[str, str, str]] = []
        self._taken_back: set[tuple[str, str]] = set()

    def of(self, query: str) -> list[Alias]:
        """The other names of what a query names, each once; a longer name hides what is in it."""
        folded = fold(fold_script(query))
        found = [*self._listed(folded), *self._glossed(folded)]
        if not found:
            return []
        places = {alias.name: _places_of(alias.name, folded) for alias in found}
        kept = {
            (alias.name, alias.other): alias
            for alias in reversed(found)
            if (alias.name, alias.other) not in self._taken_back
            and not _is_hidden(places[alias.name], places.values())
        }
        return list(kept.values())[::-1]

    def _listed(self, folded: str) -> Iterator[Alias]:
        """The other names that the files have for what a query names.

        The names are looked for all at once: every search does this.
        """
        self._read()
        for source, text, name in self._names:
            if name in folded and _places_of(name, folded):
                for line in text.split("\n"):
                    names = line.split(" = ") if name in line else ()
                    if name in names and line[0] != "#":
                        yield from (Alias(name, other, source) for other in names if other != name)

    def _glossed(self, folded: str) -> Iterator[Alias]:
        runs, names = _runs_and_names(folded)
        found: dict[str, dict[str, int]] = {}
        for word, english, count in self._glosses(runs, names) if runs or names else ():
            if any(word in run for run in runs):
                found.setdefault(word, {})[english] = count
            if english in names:
                found.setdefault(english, {})[word] = count
        for name, others in found.items():
            by_count = sorted(others, key=lambda other: (-others[other], other))
            yield from (Alias(name, other, "post") for other in by_count[:_GLOSSES_OF_A_NAME])

    def all_groups(self) -> list[tuple[str, list[str]]]:
        """Where each group of names comes from, and the names."""
        return [
            (source, line.split(" = "))
            for source, text in self._read()
            for line in text.split("\n")
            if " = " in line and line[0] != "#"
        ]

    def _read(self) -> list[tuple[str, str]]:
        """The files' lines with several names, in small letters and without comments."""
        if self._texts is None:
            with open(SHIPPED, encoding="utf-8") as file:
                self._texts = [("shipped", file.read())]
            user_text = self._read_user_file()
            if user_text:
                self._texts.append(("user", user_text))
            self._names = [
                (source, text, name)
                for source, text in self._texts
                for name in dict.fromkeys(text.replace("\n", " = ").split(" = "))
                if name
            ]
        return self._texts

    def _read_user_file(self) -> str:
        try:
            with open_regular(self.user_file or "") as file:
                text = fold(fold_script(file.read().decode("utf-8", "replace")))
        except OSError:  # most libraries have none
            return ""
        groups: list[list[str]] = []
        for line in text.lstrip("\ufeff").split("\n"):
            is_taken_back = line[:1] == "!"
            names = _names_of(line[is_taken_back:])
            if is_taken_back:
                self._taken_back.update((a, b) for a in names for b in names)
            elif len(names) > 1:
                groups.append(names)
        return "\n".join(map(" = ".join, groups))


def _names_of(line: str) -> list[str]:
    """The names in a line of a user's file; what follows ``#`` is a comment."""
    names = [" ".join(name.split()) for name in line.partition("#")[0].split("=")]
    return [name for name in names if name]


def _is_hidden(places: list[tuple[int, int]], others: Iterable[list[tuple[int, int]]]) -> bool:
    """Whether each place of a name lies inside a longer name."""
    longer = [place for other in others for place in other]
    return all(
        any(a <= start and end <= b and b - a > end - start for a, b in longer)
        for start, end in places
    )


def _places_of(name: str, folded: str) -> list[tuple[int, int]]:
    """Where a name stands in a query: a Latin one as whole words."""
    places: list[tuple[int, int]] = []
    start = folded.find(name)
    while start >= 0:
        end = start + len(name)
        runs_on = (name[0].isascii() and _is_latin(folded[start - 1 : start])) or (
            name[-1].isascii() and _is_latin(folded[end : end + 1])
        )
        if not runs_on:
            places.append((start, end))
        start = folded.find(name, start + 1)
    return places


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _runs_and_names(folded: str) -> tuple[list[str], set[str]]:
    """Runs of other than Latin characters, in which words with a gloss may stand; and what may be
    such a gloss: a few Latin words."""
    runs: list[str] = []
    names: set[str] = set()
    latin: list[str] = []
    for piece in _pieces(folded):
        if piece[0].isascii():
            latin = [*latin, piece][-_ENGLISH_WORDS:]
            names.update(" ".join(latin[start:]) for start in range(len(latin)))
        else:
            latin = []
            runs.append(piece)
    return runs, names


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
