"""Latin words, numbers and identifiers: the ways to write one, and the parts that it is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from blogkit.regexes import regex
from blogkit.spans import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = regex(r"[-._'’+#]")
"""What connects the parts of a word, or ends it."""
_CONNECTOR = regex(r"[-_'’+#]+")
_DOT = regex(r"\.(?!\d)|(?<!\d)\.")
"""Between two digits a dot is part of a number."""
_LOOSE = regex(r"(?<!\d)[-.'’]|[-.'’](?!\d)")
"""What some write and others leave out: ``GPT-4``, ``node.js``; not what parts two numbers."""
_LOOSE_MARKS = "-.'’"
_SUFFIX = regex(r"(?<=\w\w\w)(?:\+\+|#)$")
"""Behind the name of a thing that another name is made of, as in ``k-means++``; C is not in C++."""
_POWER = regex(r"\d+(?:\.\d+)?[eE]-\d+")
_SEAM = regex(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[a-z])(?=[A-Z])")
"""Between a letter and a digit, and before a capital inside a word."""


@lru_cache(maxsize=1 << 14)
def compound(word: str) -> tuple[str, ...]:
    """A Latin word, number or identifier whole, and the parts that can be searched by themselves.

    The whole is there as it is written, and as those write it who leave out what connects it.

    >>> compound("tf.recompute_grad")
    ('tf.recompute_grad', 'tf', 'recompute_grad', 'recompute', 'grad')
    >>> compound("k-means")
    ('k-means', 'kmeans', 'means')
    >>> compound("Qwen2.5-7B")
    ('qwen2.5-7b', 'qwen2.5', '7b', 'qwen', '2.5')
    """
    return (*spellings_of(word), *parts_of(word))


def spellings_of(word: str) -> list[str]:
    """A word as it is written; and without its one hyphen or dot, if that may be left out."""
    lowered = word.lower()
    loose = [] if word.isalpha() or "_" in word or _POWER.fullmatch(word) else _places(word)
    if len(loose) != 1:
        return [lowered]
    return [lowered, lowered[: loose[0]] + lowered[loose[0] + 1 :]]


def without_marks(term: str) -> str:
    """A term as those write it who leave out its hyphens and dots.

    >>> without_marks("x.grad"), without_marks("梯度")
    ('xgrad', '梯度')
    """
    for mark in _LOOSE_MARKS:
        term = term.replace(mark, "")
    return term


def _places(word: str) -> list[int]:
    return [match.start() for match in _LOOSE.finditer(word, 1)]


def parts_of(word: str) -> list[str]:
    """The parts of a word, the larger first: between dots, between hyphens, at seams."""
    if (word.isalpha() and (word.islower() or word.isupper())) or _POWER.fullmatch(word):
        return []
    base = _SUFFIX.sub("", word)
    dotted = _DOT.split(base)
    hyphened = [piece for part in dotted for piece in _CONNECTOR.split(part)]
    seamed = [piece for part in hyphened for piece in _SEAM.split(part)]
    bases = spellings_of(base) if base != word else []
    found = dict.fromkeys(part.lower() for part in (*bases, *dotted, *hyphened, *seamed))
    wholes = spellings_of(word)
    return [part for part in found if len(part) > 1 and part not in wholes]


def compound_spans(word: str, start: int, terms: frozenset[str]) -> Iterator[Span]:
    """Where terms stand in a word: the whole, or whole parts between its dots and hyphens."""
    base = _SUFFIX.sub("", word)
    for whole in dict.fromkeys((word, base)):
        if not terms.isdisjoint(spellings_of(whole)):
            yield Span(start, start + len(whole))
            return
    terms = terms.intersection(parts_of(word))
    for dotted in _pieces(_DOT, word, 0):
        if dotted.of(word).lower() in terms:
            yield Span(start + dotted.start, start + dotted.end)
            continue
        for piece in _pieces(_CONNECTOR, dotted.of(word), dotted.start):
            if not terms.isdisjoint(compound(piece.of(word))):
                yield Span(start + piece.start, start + piece.end)


def _pieces(separator: re.Pattern[str], word: str, offset: int) -> Iterator[Span]:
    """What of a word stands between separators, moved by an offset."""
    start = 0
    for match in separator.finditer(word):
        if match.start() > start:
            yield Span(offset + start, offset + match.start())
        start = match.end()
    if start < len(word):
        yield Span(offset + start, offset + len(word))
